"""How a passage is spread over the pool: on how many days, over how long, by how many outlets it was printed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import chain
from typing import Final

import msgspec

from sayso.copies.fingerprints import prepared
from sayso.copies.postings import Postings

_MOST_NEAR: Final = 64  # near copies of one holder that are looked at: their days show whether a passage is standing
_HELD: Final = 0.5  # share of a passage's fingerprints from which a report is taken to hold it


class Standing(msgspec.Struct, frozen=True):
    """`days`: different days of publication; `span`: days from the first to the last; `outlets`: different names."""

    days: int
    span: int
    outlets: int


def day_of(published: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None where there is none.

    >>> day_of("2016-06-08T23:10+03:00"), day_of("June")
    (datetime.date(2016, 6, 8), None)
    """
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


class Spread:
    """Looks passages up in the index."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    def of(self, passage: str) -> Standing:
        """Where the reports of the pool that hold most of `passage` stand in time."""
        fingerprints = prepared([passage])[0].fingerprints
        counts = Counter(chain.from_iterable(self._postings.held(fingerprints).values()))
        enough = _HELD * len(fingerprints)
        holders = {number for number, count in counts.items() if count >= enough}
        for number in tuple(holders):
            holders.update(self._postings.near(number, _MOST_NEAR))
        texts = [self._postings.text(number) for number in holders]
        days = {day for text in texts if (day := day_of(text.published))}
        outlets = {(text.outlet or "").casefold() for text in texts}
        return Standing(len(days), (max(days) - min(days)).days if days else 0, len(outlets))
