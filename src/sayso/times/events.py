"""A reading and its times -> a date for each event, as coarse as the words warrant, with the reason."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from sayso.records.reading import Event, Reading
from sayso.records.resolved import Timex
from sayso.records.span import Span
from sayso.times.context import Choice, Setting, choose
from sayso.times.finder import Times
from sayso.times.partial import precision_of
from sayso.times.written import day_of, extent_of, in_words, next_time, stretch_since

SENTENCE_END: Final = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n\s*\n")
SINCE: Final = re.compile(r"\b(?:since|ever since)\b[^.]{0,80}$", re.I)
CLOSE: Final = 30  # characters between a trigger and a day beside it
BEFORE: Final = re.compile(r"['’]s(?: [a-z]+){0,2} | ")  # between the day and the trigger
AFTER: Final = re.compile(r" (?:late |early )?(?:on )?")  # between the trigger and the day
NOT_YET: Final = frozenset({"planned", "possible", "conditional"})
STATES: Final = frozenset({"control", "support"})


class EventDate(msgspec.Struct, frozen=True, kw_only=True):
    """When an event was: `date` as in the reading (a day, month, year, or "A/B"), UCDP's date_prec, and why.

    `bounds`: the first and last day possible, None where open; they are given also where no date is warranted.
    """

    event: str
    date: str | None
    precision: int | None
    bounds: tuple[str | None, str | None] | None
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """A date that an event's own words give: where its trigger stands, its incident, the date and why."""

    at: int
    incident: str
    date: str
    why: str


def date_events(reading: Reading, times: Times) -> list[EventDate]:
    """One date for each event, in the order of `reading.events`.

    An event's own time comes first, then the date of another mention of its incident, then the time in its sentence
    that governs it, then what such mentions without a time mostly meant where readers dated them (`context.json`).
    """
    ends, own, told = gathered(reading, times)
    return [
        found if found is not None else from_context(event, reading, times, told, ends)
        for event, found in zip(reading.events, own, strict=True)
    ]


def gathered(reading: Reading, times: Times) -> tuple[list[int], list[EventDate | None], list[Told]]:
    """Where sentences end, what each event's own words say, and the dates so told."""
    ends = [match.end() for match in SENTENCE_END.finditer(reading.report.text)]
    own = [own_date(event, reading, times) for event in reading.events]
    told = [
        Told(event.trigger[0], event.incident, found.date, found.why)
        for event, found in zip(reading.events, own, strict=True)
        if found is not None and found.date is not None
    ]
    return ends, own, told


def untimed(reading: Reading, times: Times) -> list[Setting]:
    """The events whose date only the context can tell: what `context.json` is trained on."""
    ends, own, told = gathered(reading, times)
    return [
        setting_of(event, reading, times, told, ends)
        for event, found in zip(reading.events, own, strict=True)
        if found is None and not any(t.incident == event.incident for t in told)
    ]


def own_date(event: Event, reading: Reading, times: Times) -> EventDate | None:
    """The date that the event's own time expression gives; None where it has none, or only a short while."""
    when = event.time or beside_trigger(event, reading.report.text, times)
    if when is None:
        return None
    start, end = when
    inside = [t for t in times.expressions if t.span[0] < end and start < t.span[1]]
    text = reading.report.text
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
    if date_ is None:
        return undated(event, inside, f'"{words}" gives no date')
    return dated(event, date_, f'its own time "{words}"' + reasons(inside))


def beside_trigger(event: Event, text: str, times: Times) -> Span | None:
    """A day that stands at the trigger itself: "the 8 June strike", "Wednesday's deadly strike", "killed on Sunday"."""
    start, end = event.trigger
    for found in times.expressions:
        if found.type in ("DATE", "TIME") and found.precision == 1 and "\n" not in text[found.span[1] : start]:
            before = found.span[1] < start and BEFORE.fullmatch(text[found.span[1] : min(start, found.span[1] + CLOSE)])
            after = end < found.span[0] <= end + CLOSE and AFTER.fullmatch(text[end : found.span[0]])
            if (before and start - found.span[1] < CLOSE) or after:
                return found.span
    return None


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


def from_context(event: Event, reading: Reading, times: Times, told: Sequence[Told], ends: Sequence[int]) -> EventDate:
    """The date of an event without a time of its own."""
    at = event.trigger[0]
    same = [t for t in told if t.incident == event.incident]
    if same and event.status not in ("planned", "conditional"):
        nearest = min(same, key=lambda t: abs(t.at - at))
        return dated(event, nearest.date, f"another mention of its incident: {nearest.why}")
    setting = setting_of(event, reading, times, told, ends)
    choice, chance = choose(setting)
    date_ = setting.dates.get(choice)
    why = f"{WHY[choice]} ({chance:.0%} of such mentions)"
    if date_ is None or (event.status in NOT_YET and is_past(date_, times.now)):
        floor = max((t.start for t in times.expressions if t.start and t.end is None), default=None)
        bounds = (floor, None) if floor else None
        return EventDate(event=event.id, date=None, precision=None, bounds=bounds, why=WHY["none"])
    if event.type in STATES and choice in ("day", "month"):
        why += "; a state, as of then"
    return dated(event, date_, why)


def is_past(written: str, now: date | None) -> bool:
    """Whether a date is over by the report's day."""
    last = extent_of(written)[1]
    return now is not None and last is not None and last < now


WHY: Final[dict[Choice, str]] = {
    "none": "no time in its words and none that surely governs it",
    "day": "no time of its own: taken for news of the report's day",
    "month": "no time of its own: taken for news of the report's month",
    "near": "the time nearest to it in its sentence",
    "before": "the time told last before it",
    "lede": "the date of the report's first event",
    "other": "",
}


def setting_of(event: Event, reading: Reading, times: Times, told: Sequence[Told], ends: Sequence[int]) -> Setting:
    """What is known of an event that its date could be guessed from."""
    at = event.trigger[0]
    sentence = bisect.bisect_right(ends, at)
    simple = [(t.span[0], d) for t in times.expressions if (d := day_of(t)) is not None]
    here = [(abs(p - at), d) for p, d in simple if bisect.bisect_right(ends, p) == sentence]
    here_told = [(abs(t.at - at), t.date) for t in told if bisect.bisect_right(ends, t.at) == sentence]
    earlier = [(bisect.bisect_right(ends, t.at), t.date) for t in told if bisect.bisect_right(ends, t.at) < sentence]
    dates: dict[Choice, str] = {}
    if times.now is not None:
        dates["day"] = times.now.isoformat()
        dates["month"] = times.now.isoformat()[:7]
    if here or here_told:
        dates["near"] = min(here_told or here)[1]
    if earlier:
        dates["before"] = earlier[-1][1]
    if told:
        dates["lede"] = told[0].date
    text = reading.report.text
    start = ends[sentence - 1] if sentence else 0
    return Setting(
        event=event, dates=dates, sentence=sentence, sentences=len(ends) + 1, before=text[max(start, at - 60) : at],
        trigger=text[event.trigger[0] : event.trigger[1]], now=times.now, near_told=bool(here_told),
        distance=sentence - earlier[-1][0] if earlier else 9, timed=len(told) / max(1, len(reading.events)),
        history=times.history,
    )  # fmt: skip
