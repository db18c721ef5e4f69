"""Names of places that no gazetteer has: acts told of such a village are there, though nobody knows where it lies.

A name of this kind is weighed like a town, so that "the town", or an event without a place, is not given to the next
town that is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sayso.places.entry import Entry
from sayso.places.headings import Headings
from sayso.records.letters import CAPITAL as BIG
from sayso.records.resolved import Place
from sayso.records.span import Span

PREFIX = "unknown:"
WHERE = re.compile(
    r"\b(?:in|into|from|to|at|near|around|toward|towards|inside|outside|through|across|reached|entered)\s$", re.I
)
NAME = re.compile(rf"{BIG}[\w’'-]+(?: (?:[a-z]{{1,3}} )?{BIG}[\w’'-]+){{0,2}}")
LONGEST_WHERE = 12  # characters before a name in which such a word stands


def is_place(text: str, span: Span, headings: Headings) -> bool:
    """Whether words of which no place is known stand as the name of one: behind "in", or at the head of a paragraph."""
    start, end = span
    if NAME.fullmatch(text, start, end) is None:
        return False
    return WHERE.search(text, max(0, start - LONGEST_WHERE), start) is not None or span in headings


def entry_of(name: str) -> Entry:
    """What stands for a place that is not known, where places are weighed."""
    return Entry(
        id=PREFIX + name.casefold(), name=name, country=None, admin1=None, admin1_name=None, admin2=None, lat=0.0,
        lon=0.0, level="town", feature="", population=0, geonameid=None,
    )  # fmt: skip


def is_unknown(of: Entry | Place) -> bool:
    """Whether it only stands for a place."""
    return of.id.startswith(PREFIX)


def with_unknown(text: str, places: Mapping[Span, Place | None], as_places: Iterable[Span]) -> dict[Span, Place | None]:
    """What names mean, with something that stands for each place that is not known.

    `as_places`: names that are said to be the place of something, whatever stands before them.
    """
    named = [span for span, place in places.items() if place is None and NAME.fullmatch(text, *span)]
    headings = Headings(text, [*named, *(span for span, place in places.items() if place)])
    sure = set(as_places)
    return {
        **places,
        **{span: _place(text[slice(*span)]) for span in named if span in sure or is_place(text, span, headings)},
    }


def _place(name: str) -> Place:
    entry = entry_of(name)
    return Place(
        id=entry.id, name=name, country=None, admin1=None, lat=entry.lat, lon=entry.lon, level=entry.level, precision=1,
        candidates=0, why="No place of this name is known.",
    )  # fmt: skip
