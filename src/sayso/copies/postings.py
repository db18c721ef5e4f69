"""The index behind the finder: which reports hold a fingerprint. What it asks of a store, and the store in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from sayso.copies.records import Text


class Postings(Protocol):
    """What the finder asks of an index. Reports are numbered from 0 in the order in which they were added.

    A fingerprint is an int from 0 to 2**63 - 1, the same on every machine. The finder never has more than a fixed
    number of reports (`finder.Bounds.holders`) held for one fingerprint, so every question is answered from a few
    short lists, in a pool of a thousand reports or of a million.
    """

    def add(self, text: Text, digest: int, fingerprints: Sequence[int], near: int | None) -> int:
        """Keep a report and return its number.

        `digest`: of its words, a fingerprint like the others. `near`: the number of the earlier report that this one
        is (almost) a copy of, and then `fingerprints` are only those that the earlier one lacks.
        """
        ...

    def number_of(self, id: str) -> int | None:
        """The number of the report with this id, None if it was never added."""
        ...

    def text(self, number: int) -> Text:
        """The report as it was added."""
        ...

    def same(self, digest: int) -> Sequence[int]:
        """The reports added with this digest, the earliest first."""
        ...

    def near(self, number: int) -> Sequence[int]:
        """The reports added with `near=number`, the earliest first."""
        ...

    def holders(self, fingerprints: Iterable[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """(fingerprint, numbers of the reports it was added with), the earliest first, for those held by any."""
        ...


class MemoryPostings:
    """Postings in this process's memory, about 20 kB a report of 400 words."""

    def __init__(self) -> None:
        self._texts: list[Text] = []
        self._numbers: dict[str, int] = {}
        self._same: dict[int, list[int]] = {}
        self._near: dict[int, list[int]] = {}
        self._first: dict[int, int] = {}  # most fingerprints are held by one report: a list for each would fill memory
        self._all: dict[int, list[int]] = {}

    def add(self, text: Text, digest: int, fingerprints: Sequence[int], near: int | None) -> int:
        """Keep a report and return its number."""
        number = len(self._texts)
        self._texts.append(text)
        self._numbers[text.id] = number
        self._same.setdefault(digest, []).append(number)
        if near is not None:
            self._near.setdefault(near, []).append(number)
        known = self._first.keys() & fingerprints
        for fingerprint in known:
            self._all.setdefault(fingerprint, [self._first[fingerprint]]).append(number)
        self._first.update(dict.fromkeys([one for one in fingerprints if one not in known], number))
        return number

    def number_of(self, id: str) -> int | None:
        """The number of the report with this id, None if it was never added."""
        return self._numbers.get(id)

    def text(self, number: int) -> Text:
        """The report as it was added."""
        return self._texts[number]

    def same(self, digest: int) -> Sequence[int]:
        """The reports added with this digest."""
        return self._same.get(digest, ())

    def near(self, number: int) -> Sequence[int]:
        """The reports added with `near=number`."""
        return self._near.get(number, ())

    def holders(self, fingerprints: Iterable[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """(fingerprint, numbers of the reports it was added with) for those held by any."""
        for fingerprint in self._first.keys() & fingerprints:
            yield fingerprint, self._all.get(fingerprint) or (self._first[fingerprint],)
