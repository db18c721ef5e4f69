"""The place of an event whose own words name none: that of its sentence, or of the sentence before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import msgspec

from sayso.records.resolved import Place
from sayso.records.span import Span
from sayso.records.vocabulary import EventType

# In our gold readings these stand with a place nine times in ten; a demand or an accusation hardly ever does.
SOMEWHERE: Final[frozenset[EventType]] = frozenset({
    "capture", "shelling", "suicide_bombing", "control", "siege", "advance", "withdraw", "air_strike", "destroy",
    "bombing", "clash", "displace", "casualties",
})  # fmt: skip
SENTENCES_BACK: Final = 1
_BREAK = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[A-Z\"“])|\n+")


class Nearby:
    """The places of one report's events, to be asked for those that have none.

    `placed`: where each place is named, half-open code points into `text`, and the place meant.
    """

    def __init__(self, text: str, placed: Sequence[tuple[Span, Place]]) -> None:
        self._breaks = [match.end() for match in _BREAK.finditer(text)]
        self._text = text
        self._placed = sorted(placed, key=lambda each: each[0])

    def place(self, event_type: EventType, trigger: Span) -> Place | None:
        """The closest place in the trigger's sentence; else the last one of the sentence before; else None."""
        if event_type not in SOMEWHERE:
            return None
        here = self._sentence(trigger)
        same = [each for each in self._placed if self._sentence(each[0]) == here]
        before = [each for each in self._placed if 0 < here - self._sentence(each[0]) <= SENTENCES_BACK]
        if same:
            span, place = min(same, key=lambda each: abs(each[0][0] - trigger[0]))
            where = "its sentence"
        elif before:
            span, place = before[-1]
            where = "the sentence before"
        else:
            return None
        why = f'Its own words name no place; {where} does: "{self._text[span[0] : span[1]]}". {place.why}'
        return msgspec.structs.replace(place, why=why)

    def _sentence(self, span: Span) -> int:
        return bisect_right(self._breaks, span[0])
