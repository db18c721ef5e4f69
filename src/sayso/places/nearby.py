"""The place of an event whose own words name none: one that its report names elsewhere, or none of them.

Each place that the report names is weighed by where it is named and by what else happens there. `nearby.json` holds the
weights of a softmax over these places and "none" (`training/places_nearby.py` makes it from annotated reports). The
likeliest is taken where its chance is `least` or more.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from sayso.places.headings import Headings
from sayso.places.unknown import is_unknown, with_unknown
from sayso.records.choice import Signs, Weights, likeliest
from sayso.records.reading import Event
from sayso.records.resolved import Place
from sayso.records.span import Span

PLACES_AT_MOST: Final = 12  # weighed for an event, those named closest
HEADING_LEVELS: Final = frozenset({"town", "site", "district"})  # a province at the head of a section is too wide
NAMED_AT_MOST: Final = 60  # times that places are named before an event, and after it: bounds the time for a long list
VIOLENT: Final = frozenset(
    {"air_strike", "shelling", "bombing", "suicide_bombing", "chemical_attack", "attack", "clash", "casualties"}
)  # may tell of one act
POINTING: Final = frozenset({"the", "this", "that", "these", "those", "such", "its", "his", "her", "their", "both"})
_BREAK = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[A-Z\"“])|\n+")
_WORD = re.compile(r"\w+")
_ENDING = re.compile(r"(?:ing|ed|es|s|ion|ment)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a place is named; `event`: the one that it is named as the place of."""

    span: Span
    sentence: int
    event: Event | None


@dataclass(slots=True)
class Named:
    """A place and where it is named, in the order of the text; once for each event that it is named as the place of."""

    place: Place
    mentions: list[Mention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Setting:
    """An event without a place of its own; `none`: the signs of that; the places at hand, each with its signs."""

    none: Signs
    named: tuple[Named, ...]
    signs: tuple[Signs, ...]


@cache
def weights() -> Weights:
    """The weights as they lie in the package."""
    return msgspec.convert(json.loads((files("sayso.places") / "nearby.json").read_text(encoding="utf-8")), Weights)


class Nearby:
    """The places that one report names, to be asked for the events that have none.

    `places`: what each span that names a place means (None: not known); spans are half-open code points into `text`.
    """

    def __init__(self, text: str, events: Sequence[Event], places: Mapping[Span, Place | None]) -> None:
        self._text = text
        self._breaks = [match.end() for match in _BREAK.finditer(text)]
        places = with_unknown(text, places, [event.place for event in events if event.place])
        of_events = [(event.place, event) for event in events if event.place]
        others = [(span, None) for span in places.keys() - {span for span, _ in of_events}]
        self._mentions = [
            (place, Mention(span, self._sentence(span), event))
            for span, event in sorted([*of_events, *others], key=lambda each: each[0])
            if (place := places.get(span))
        ]
        self._starts = [mention.span[0] for _, mention in self._mentions]
        self._headings = Headings(text, [mention.span for _, mention in self._mentions])
        counts = Counter(place.id for place, mention in self._mentions if mention.event)
        whole = max(1, counts.total())
        self._share = {place.id: counts[place.id] / whole for place, _ in self._mentions}
        self._first = next((place.id for place, mention in self._mentions if mention.event), None)

    def is_elsewhere(self, event: Event) -> bool:
        """Whether the words that are said to place an event stand outside its paragraph, which its own place heads."""
        heading = self._headings.over(event.trigger[0])
        return heading is not None and event.place is not None and not self._headings.share(event.place, event.trigger)

    def place(self, event: Event, table: Weights | None = None) -> Place | None:
        """Where the event most likely was; None where no place is likely enough."""
        if headed := self._headed(event):
            return None if is_unknown(headed) else headed
        setting = self.setting(event)
        best = likeliest(setting.none, setting.signs, table or weights())
        if best is None:
            return None
        named = setting.named[best[0]]
        if is_unknown(named.place):
            return None
        at = min(named.mentions, key=lambda m: (m.sentence > self._sentence(event.trigger), self._away(event, m)))
        words = self._text[slice(*at.span)]
        why = f'Its own words name no place; "{words}" is named {self._where(event, at)}. {named.place.why}'
        return msgspec.structs.replace(named.place, why=why)

    def _headed(self, event: Event) -> Place | None:
        """The place at the head of the event's paragraph, if its own sentence names no other."""
        heading, sentence = self._headings.over(event.trigger[0]), self._sentence(event.trigger)
        if heading is None:
            return None
        of_sentence = [m for _, m in self._mentions if m.sentence == sentence and m.span != heading]
        place = next(place for place, mention in self._mentions if mention.span == heading)
        if of_sentence or place.level not in HEADING_LEVELS:
            return None
        why = f'Its own words name no place; its paragraph is headed "{self._text[slice(*heading)]}". {place.why}'
        return msgspec.structs.replace(place, why=why)

    def setting(self, event: Event) -> Setting:
        """What there is to choose from."""
        at = bisect_left(self._starts, event.trigger[0])
        close = self._mentions[max(0, at - NAMED_AT_MOST) : at + NAMED_AT_MOST]
        by_place: dict[str, Named] = {}
        for place, mention in close:
            by_place.setdefault(place.id, Named(place)).mentions.append(mention)
        named = sorted(by_place.values(), key=lambda n: min(self._away(event, m) for m in n.mentions))[:PLACES_AT_MOST]
        told = (place.id for place, m in reversed(close) if m.event and m.span[0] < event.trigger[0])
        last = next(told, None)
        pointed_at = self._pointed_at(event)
        signs = tuple(tuple(self._signs(event, one, last, pointed_at)) for one in named)
        return Setting(tuple(self._of_none(event, len(named), pointed_at)), tuple(named), signs)

    def _of_none(self, event: Event, at_hand: int, pointed_at: bool) -> Iterator[str]:
        """What speaks for or against any place at all."""
        sentence = self._sentence(event.trigger)
        yield "none"
        yield f"none type={event.type}"
        yield f"none status={event.status}"
        yield f"none claim={event.claim is not None}"
        yield f"none pointed at={pointed_at}"
        yield f"none at={'title' if sentence == 0 else 'lede' if sentence <= 2 else 'body'}"
        yield f"none of={min(at_hand, 4)}"
        yield f"none alone={not (event.actors or event.targets)}"

    def _signs(self, event: Event, named: Named, last: str | None, pointed_at: bool) -> Iterator[str]:
        """What speaks for or against one place. `last`: the id of that of an event which was named last before."""
        here, place = self._sentence(event.trigger), named.place
        distance = _distance(here, [m.sentence for m in named.mentions])
        told = [m for m in named.mentions if m.event is not None]
        yield f"is {place.level}"
        yield f"named {distance}"
        yield f"named {distance}, {'by' if told else 'not by'} an event"
        yield f"named {distance}, {place.level}"
        yield f"named {distance}, {event.type}"
        yield f"share={int(5 * self._share[place.id])}"
        yield f"last={place.id == last}"
        yield f"first={place.id == self._first}"
        yield f"only={len(self._share) == 1}"
        yield f"times={min(4, len(named.mentions))}"
        for kind, like in (
            ("type", [m for m in told if m.event and m.event.type == event.type]),
            ("sort", [m for m in told if m.event and {m.event.type, event.type} <= VIOLENT]),
            ("word", [m for m in told if m.event and self._stem(m.event) == self._stem(event)]),
            ("incident", [m for m in told if m.event and m.event.incident == event.incident]),
            ("actor", [m for m in told if m.event and set(m.event.actors_are) & set(event.actors_are)]),
            ("target", [m for m in told if m.event and set(m.event.targets_are) & set(event.targets_are)]),
        ):
            if like:
                yield f"{kind} {_distance(here, [m.sentence for m in like])}"
                yield f"{kind} like, pointed at={pointed_at}"

    def _pointed_at(self, event: Event) -> bool:
        """Whether the words speak of something told already: "the attack", "this siege", but not "the army took"."""
        at = max(
            [0, event.trigger[0] - 40, *(end for _, end in (*event.actors, *event.targets) if end <= event.trigger[0])]
        )
        before = _WORD.findall(self._text[at : event.trigger[0]])[-2:]
        return any(word.lower() in POINTING for word in before)

    def _stem(self, event: Event) -> str:
        return _ENDING.sub("", self._text[slice(*event.trigger)].lower())

    def _away(self, event: Event, mention: Mention) -> tuple[int, int]:
        """How far a mention is from an event: in sentences, then in characters."""
        sentences = abs(self._sentence(event.trigger) - mention.sentence)
        return sentences, abs(event.trigger[0] - mention.span[0])

    def _where(self, event: Event, mention: Mention) -> str:
        away = self._sentence(event.trigger) - mention.sentence
        if abs(away) <= 1:
            return ("in its sentence", "in the sentence before", "in the next sentence")[away]
        return f"{abs(away)} sentences {'before' if away > 0 else 'after'}"

    def _sentence(self, span: Span) -> int:
        return bisect_right(self._breaks, span[0])


def _distance(here: int, sentences: Sequence[int]) -> str:
    """How far the closest is, those before first."""
    away = min((here - s for s in sentences), key=lambda d: (abs(d), d < 0))
    if abs(away) <= 1:
        return ("here", "before", "after")[away]
    if away < 0:
        return "later"
    return "2 before" if away == 2 else "3-5 before" if away <= 5 else "far before"
