"""A reading and its times -> a date for each event, as coarse as the words warrant, with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

from sayso.records.reading import Claim, Event, Reading
from sayso.records.resolved import Timex
from sayso.records.span import Span
from sayso.times.context import Context
from sayso.times.finder import Times
from sayso.times.partial import precision_of
from sayso.times.written import extent_of, in_words, next_time, stretch_since

SINCE: Final = re.compile(r"\b(?:since|ever since)\b[^.]{0,80}$", re.I)
CLOSE: Final = 30  # characters between a trigger and a day beside it
BEFORE: Final = re.compile(r"['’]s(?: [a-z]+){0,2} | ")  # between the day and the trigger
OWNED: Final = re.compile(r"['’]s (?:[a-z]+ )?")  # "Wednesday's deadly strike", not "said Wednesday strikes"
AFTER: Final = re.compile(r" (?:late |early )?(?:on )?")  # between the trigger and the day
NOT_YET: Final = frozenset({"planned", "possible", "conditional"})
STATES: Final = frozenset({"control", "support"})


class EventDate(msgspec.Struct, frozen=True, kw_only=True):
    """When an event was: `date` as in the reading (a day, month, year, or "A/B"), UCDP's date_prec, and why.

    `bounds`: the first and last day possible, None where open; they are given also where no date is warranted.
    `guessed`: the event's own words do not tell the date.
    """

    event: str
    date: str | None
    precision: int | None
    bounds: tuple[str | None, str | None] | None
    why: str
    guessed: bool = False


def date_events(reading: Reading, times: Times) -> list[EventDate]:
    """One date for each event, in the order of `reading.events`.

    An event's own time comes first, then the likeliest of the dates at hand, or none (`sayso.times.context`).
    """
    own, context = gathered(reading, times)
    claims = {claim.id: claim for claim in reading.claims}
    found = []
    for event, by_own_words in zip(reading.events, own, strict=True):
        answer = by_own_words or from_context(event, context, times)
        said = said_on(claims.get(event.claim or ""), reading.report.text, times)
        if answer.date is None and said and event.status not in NOT_YET:
            answer = not_after(answer, said)
        found.append(answer)
    return found


def gathered(reading: Reading, times: Times) -> tuple[list[EventDate | None], Context]:
    """What each event's own words say, and the dates at hand for those whose words say nothing."""
    text = reading.report.text
    own: list[EventDate | None] = []
    told: list[tuple[Event, Span, str]] = []
    for event in reading.events:
        when = beside_trigger(event, text, times, before_only=event.time is not None) or event.time
        found = None if when is None else own_date(event, when, text, times)
        own.append(found)
        if when is not None and found is not None and found.date is not None:
            told.append((event, when, found.date))
    return own, Context(text, times, told)


def own_date(event: Event, when: Span, text: str, times: Times) -> EventDate | None:
    """The date that the words of an event's own time give; None where they tell no day, as "at noon"."""
    start, end = when
    inside = [t for t in times.expressions if t.span[0] < end and start < t.span[1]]
    if any(t.type == "DATE" and t.precision == 1 for t in inside):
        inside = [t for t in inside if not _within_a_day(t) and not _is_part_of_a_day(t, text)]
    words = text[start:end]
    if not inside:
        return None
    since = SINCE.search(text[max(0, start - 8) : inside[-1].span[0]])
    date_ = in_words(inside, words, times.now)
    future = event.status == "planned" and not times.history and any(t.anchor for t in inside)
    if future and times.now is not None and date_ is not None:
        date_ = next_time(date_, times.now)
    if since and date_ is not None and event.status not in NOT_YET:
        date_ = stretch_since(date_.split("/")[0], times.now)
    if date_ is None and all(_within_a_day(t) for t in inside):
        return None
    if date_ is None:
        return undated(event, inside, f'"{words}" gives no date')
    if times.now is not None and event.status not in NOT_YET and is_ahead(date_, times.now):
        why = f'"{words}" is said to be past, and would be after the report'
        return EventDate(event=event.id, date=None, precision=None, bounds=(None, times.now.isoformat()), why=why)
    return dated(event, date_, f'its own time "{words}"' + reasons(inside))


def _within_a_day(found: Timex) -> bool:
    """Whether an expression tells an hour, or how many, and no day."""
    hours = found.type == "TIME" or (found.type == "DURATION" and (found.value or "").startswith("PT"))
    return hours and found.start is None and found.end is None


def _is_part_of_a_day(found: Timex, text: str) -> bool:
    """Whether an expression is one word for a part of a day, as "dawn" in "at dawn on Tuesday"."""
    return found.type == "TIME" and text[slice(*found.span)].lower().isalpha()


def beside_trigger(event: Event, text: str, times: Times, *, before_only: bool = False) -> Span | None:
    """A day that stands at the trigger itself: "the 8 June strike", "Wednesday's deadly strike", "killed on Sunday".

    `before_only`: of those, one that has the trigger, "Wednesday's"; it is surer than what else the sentence tells.
    """
    start, end = event.trigger
    for found in times.expressions:
        if found.type in ("DATE", "TIME") and found.precision == 1 and "\n" not in text[found.span[1] : start]:
            before = found.span[1] < start and (OWNED if before_only else BEFORE).fullmatch(
                text[found.span[1] : min(start, found.span[1] + CLOSE)]
            )
            after = not before_only and end < found.span[0] <= end + CLOSE
            after = after and AFTER.fullmatch(text[end : found.span[0]]) is not None
            if (before and start - found.span[1] < CLOSE) or after:
                return found.span
    return None


def said_on(claim: Claim | None, text: str, times: Times) -> Timex | None:
    """The day on which a claim was made: "the army said on Monday"."""
    if claim is None or claim.cue is None:
        return None
    end = claim.cue[1]
    days = (t for t in times.expressions if t.type == "DATE" and t.precision == 1 and end < t.span[0] <= end + CLOSE)
    return next((day for day in days if AFTER.fullmatch(text[end : day.span[0]])), None)


def not_after(answer: EventDate, said: Timex) -> EventDate:
    """No date, but what is said to have happened on a day did so by then."""
    first, last = answer.bounds or (None, None)
    if said.end is None or (last and last <= said.end) or (first and first > said.end):
        return answer
    why = f"{answer.why}; said on {said.end}"
    return msgspec.structs.replace(answer, bounds=(first, said.end), why=why)


def reasons(inside: Sequence[Timex]) -> str:
    """Why the expressions mean what they mean, in brackets."""
    told = [f"{t.why}, from {t.anchor}" if t.anchor else t.why for t in inside if t.why]
    return f" ({told[0]})" if told else ""


def undated(event: Event, inside: Sequence[Timex], why: str) -> EventDate:
    """No date, but what bounds the words give."""
    bounded = next((t for t in inside if t.start or t.end), None)
    bounds = (bounded.start, bounded.end) if bounded else None
    note = f"{why}; {bounded.why}" if bounded else why
    return EventDate(event=event.id, date=None, precision=None, bounds=bounds, why=note)


def dated(event: Event, date_: str, why: str) -> EventDate:
    """A date with its precision and bounds."""
    first, last = extent_of(date_)
    return EventDate(
        event=event.id, date=date_, precision=precision_of(first, last),
        bounds=(first.isoformat() if first else None, last.isoformat() if last else None), why=why,
    )  # fmt: skip


def from_context(event: Event, context: Context, times: Times) -> EventDate:
    """The date of an event without a time of its own."""
    chosen = context.choose(event)
    if chosen is None or (event.status in NOT_YET and is_past(chosen.date, times.now)):
        why = "no day in its words and none that surely governs it"
        return EventDate(event=event.id, date=None, precision=None, bounds=None, why=why)
    words = chosen.words or f"taken for news of the report's {_news(chosen.date, times.now)}"
    why = f"no day of its own: {words} ({chosen.chance:.0%} likely)"
    if event.type in STATES and chosen.words is None:
        why += "; a state, as of then"
    return msgspec.structs.replace(dated(event, chosen.date, why), guessed=True)


def _news(date_: str, now: date | None) -> str:
    """What a date is of the report's, in words."""
    today = now.isoformat() if now else ""
    return "day" if date_ == today else "month" if today.startswith(date_) else "day before"


def is_ahead(written: str, now: date) -> bool:
    """Whether a date begins later than the day after the report's: outlets date their reports by their own clocks."""
    first = extent_of(written)[0]
    return first is not None and first > now + timedelta(days=1)


def is_past(written: str, now: date | None) -> bool:
    """Whether a date is over by the report's day."""
    last = extent_of(written)[1]
    return now is not None and last is not None and last < now
