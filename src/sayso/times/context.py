"""The date of an event without a time of its own: one of the dates at hand, or none of them.

At hand are the dates that the report tells closest by, the report's day, the day before and the month. Each is weighed
by where it is told and of what, and by how it stands to the report's day. `context.json` holds the weights of a softmax
over these dates and "none" (`training/times_context.py` makes it from annotated reports).
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import msgspec

from sayso.records.choice import Signs, Weights, likeliest
from sayso.records.reading import Event
from sayso.records.span import Span
from sayso.records.vocabulary import SPOKEN
from sayso.times.finder import Times
from sayso.times.lexicon import cue
from sayso.times.written import day_of, extent_of

SENTENCE_END: Final = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n\s*\n")
DATES_AT_MOST: Final = 12  # weighed for an event, those told closest
TOLD_AT_MOST: Final = 40  # times that dates are told before an event, and after it: bounds the time for a long list
HOURS: Final = 3  # sentences that begin with a clock time, for a text to be the log of a day: its month is its day
HOUR: Final = re.compile(
    r"(?:^|\n|[.!?] )(?:[•*–-] )?(?:[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*, )?(?:[01]?\d|2[0-3])[:.][0-5]\d\b(?!\.\d)"
)
WORD: Final = re.compile(r"[A-Za-z’']+|[^\sA-Za-z]")
DAYS_AGO: Final = (
    (-1, "a day to come"), (0, "today"), (1, "the day before"), (7, "a day of the last week"),
    (40, "a day of the last weeks"), (math.inf, "a day long ago"),
)  # fmt: skip
TENSES: Final = cue("near a trigger")
LASTING: Final = frozenset({"control", "siege"})
_ENDING: Final = re.compile(r"(?:ing|ed|es|s|ion|ment)$")


@dataclass(frozen=True, slots=True)
class Told:
    """Words that tell a date; `event`: the one whose own time they are."""

    span: Span
    date: str
    event: Event | None
    sentence: int


@dataclass(slots=True)
class AtHand:
    """A date to choose, and where the report tells it, the closest to the event first."""

    date: str
    told: list[Told] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Setting:
    """The dates at hand for an event without one of its own, each with its signs; `none`: the signs of no date."""

    none: Signs
    at_hand: tuple[AtHand, ...]
    signs: tuple[Signs, ...]


class Chosen(NamedTuple):
    """The date chosen, how likely it is, and which words tell it, if any do."""

    date: str
    chance: float
    words: str | None


@cache
def weights() -> Weights:
    """The weights as they lie in the package."""
    return msgspec.convert(json.loads((files("sayso.times") / "context.json").read_text(encoding="utf-8")), Weights)


class Context:
    """The dates at hand in one report, to be asked for the events without a date of their own.

    `own`: what events' own words tell: the event, the words, the date.
    """

    def __init__(self, text: str, times: Times, own: Sequence[tuple[Event, Span, str]]) -> None:
        self._text, self._times = text, times
        self._ends = [match.end() for match in SENTENCE_END.finditer(text)]
        now = times.now
        today = now and now.isoformat()
        told = [Told(span, day, event, self._sentence(span)) for event, span, day in own]
        taken = _apart(span for _, span, _ in own)
        told += [
            Told(timex.span, day, None, self._sentence(timex.span))
            for timex in times.expressions
            if (day := day_of(timex)) is not None
            and not _within(timex.span, taken)
            and not (timex.anchor is None and day == today)  # the report's own date, above it or below
        ]
        self._told = sorted(told, key=lambda each: each.span)
        self._starts = [each.span[0] for each in self._told]
        self._news = [] if now is None else [now.isoformat(), (now - timedelta(1)).isoformat(), now.isoformat()[:7]]
        self._of_a_day = now is not None and len(HOUR.findall(text)) >= HOURS

    def choose(self, event: Event, table: Weights | None = None) -> Chosen | None:
        """The likeliest date; None where none is likely enough."""
        setting = self.setting(event)
        best = likeliest(setting.none, setting.signs, table or weights())
        if best is None:
            return None
        found, here = setting.at_hand[best[0]], self._sentence(event.trigger)
        closest = min(found.told, key=lambda each: _away(here, each), default=None)
        day = self._news[0] if self._of_a_day and found.date == self._news[-1] else found.date
        return Chosen(day, best[1], self._words(event, closest) if closest else None)

    def setting(self, event: Event) -> Setting:
        """What there is to choose from."""
        at = bisect_left(self._starts, event.trigger[0])
        close = self._told[max(0, at - TOLD_AT_MOST) : at + TOLD_AT_MOST]
        by_date = {day: AtHand(day) for day in self._news}
        for each in sorted(close, key=lambda each: abs(each.span[0] - event.trigger[0])):
            if each.date in by_date or len(by_date) < DATES_AT_MOST:
                by_date.setdefault(each.date, AtHand(each.date)).told.append(each)
        last = next((each.date for each in reversed(close) if each.event and each.span[0] < event.trigger[0]), None)
        at_hand = tuple(by_date.values())
        signs = tuple(tuple(self._signs(event, one, last)) for one in at_hand)
        return Setting(tuple(self._of_none(event, len(at_hand))), at_hand, signs)

    def _words(self, event: Event, told: Told) -> str:
        """Which words tell a date, and how far from an event."""
        away = self._sentence(event.trigger) - told.sentence
        near = ("in its sentence", "in the sentence before", "in the next sentence")
        far = f"{abs(away)} sentences {'before' if away > 0 else 'after'}"
        return f'"{self._text[slice(*told.span)]}" is told {near[away] if abs(away) <= 1 else far}'

    def _of_none(self, event: Event, at_hand: int) -> Iterator[str]:
        """What speaks for or against any date at all."""
        yield "none"
        yield f"none type={event.type}"
        yield f"none status={event.status}"
        yield f"none at={self._part(event)}"
        yield f"none of={min(at_hand, 6)}"
        yield f"none placed={event.place is not None}"
        for word in self._tense(event):
            yield f"none {word}"

    def _signs(self, event: Event, one: AtHand, last: str | None) -> Iterator[str]:
        """What speaks for or against one date. `last`: the one that an event was told to have last before."""
        here, told = self._sentence(event.trigger), one.told
        kind, stands = _kind(one.date), self._stands(one.date)
        yield f"is {kind}"
        yield f"is {stands}"
        yield f"is {stands}, {event.status}"
        yield f"is {stands}, {event.type}"
        yield f"is {stands}, killed={event.killed is not None}"
        yield f"is {stands}, history={self._times.history}"
        distance = _distance(here, told)
        yield f"told {distance}"
        yield f"told {distance}, {stands}"
        yield f"told {distance}, {kind}"
        yield f"told {distance}, {event.type}"
        yield f"told {distance}, {self._part(event)}"
        if told:
            yield f"last={one.date == last}"
            yield f"times={min(4, len(told))}"
        of_events = [each for each in told if each.event is not None]
        if of_events:
            closest = min(of_events, key=lambda each: _away(here, each))
            yield f"told {distance}, {_sort(event)} like {_sort(closest.event)}"
        if like := [each for each in of_events if each.event and each.event.type == event.type]:
            yield f"type {_distance(here, like)}"
        if like := [each for each in of_events if each.event and each.event.incident == event.incident]:
            yield f"incident {_distance(here, like)}"
        if like := [each for each in of_events if each.event and self._stem(each.event) == self._stem(event)]:
            yield f"word {_distance(here, like)}"

    def _tense(self, event: Event) -> list[str]:
        """The little words before the trigger, and its ending: they tell tense from noun."""
        at = event.trigger[0]
        start = self._ends[here - 1] if (here := self._sentence(event.trigger)) else 0
        words = [word.lower() for word in WORD.findall(self._text[max(start, at - 60) : at])][-3:]
        trigger = self._text[slice(*event.trigger)].lower().split()
        tense = [f"word{i}={word}" for i, word in enumerate(reversed(words), 1) if word in TENSES]
        return [*tense, f"ends={ending(trigger[-1] if trigger else '')}"]

    def _part(self, event: Event) -> str:
        sentence = self._sentence(event.trigger)
        return "title" if sentence == 0 else "lede" if sentence <= 2 else "early" if sentence <= 6 else "late"

    def _stands(self, written: str) -> str:
        """How a date stands to the report's day."""
        now = self._times.now
        first, end = extent_of(written)
        if now is None or first is None or end is None:
            return f"a {_kind(written)}"
        away = (now - end).days
        if "/" in written:
            return "a stretch to now" if away <= 0 else "a stretch that is over"
        if len(written) == 7:
            return "this month" if away <= 0 <= (now - first).days else "a month"
        if len(written) == 4:
            return "this year" if first.year == now.year else "a year"
        return next(name for days, name in DAYS_AGO if away <= days)

    def _stem(self, event: Event) -> str:
        return _ENDING.sub("", self._text[slice(*event.trigger)].lower())

    def _sentence(self, span: Span) -> int:
        return bisect_right(self._ends, span[0])


def ending(word: str) -> str:
    """The shape of the trigger's last word, which tells a verb's tense from a noun."""
    return next((end for end in ("ed", "ing", "ion", "ment", "s") if word.endswith(end)), "")


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _within(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span overlaps one of others, which are apart and in order."""
    at = bisect_right(taken, span)
    return any(other[0] < span[1] and span[0] < other[1] for other in taken[max(0, at - 1) : at + 1])


def _kind(written: str) -> str:
    return "stretch" if "/" in written else {10: "day", 7: "month"}.get(len(written), "year")


def _distance(here: int, told: Sequence[Told]) -> str:
    """How far the closest is, those before first."""
    if not told:
        return "nowhere"
    away = here - min(told, key=lambda each: _away(here, each)).sentence
    if abs(away) <= 1:
        return ("here", "before", "after")[away]
    if away < 0:
        return "later"
    return "2 before" if away == 2 else "3-5 before" if away <= 5 else "far before"


def _away(here: int, told: Told) -> tuple[int, bool]:
    return abs(told.sentence - here), told.sentence > here


def _sort(event: Event | None) -> str:
    return "" if event is None else "words" if event.type in SPOKEN else "state" if event.type in LASTING else "force"
