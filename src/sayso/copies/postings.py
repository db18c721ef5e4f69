"""The index behind the finder: which reports hold a fingerprint. What it asks of a store, and the store in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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

    def near(self, number: int, most: int) -> Sequence[int]:
        """The reports added with `near=number`, the earliest first, at most `most` of them."""
        ...

    def held(self, fingerprints: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """For each fingerprint held by any, the numbers of the reports it was added with, the earliest first."""
        ...


class MemoryPostings:
    """Postings in this process's memory, about 20 kB a report of 400 words."""

    def __init__(self) -> None:
        self._texts: list[Text] = []
        self._numbers: dict[str, int] = {}
        self._same: dict[int, list[int]] = {}
        self._near: dict[int, list[int]] = {}
        # Fingerprint -> the one report that holds it, or -1 - the place in `_several` of those that do, which many
        # fingerprints share. Numbers alone, so that collecting garbage need not walk through millions of entries.
        self._held: dict[int, int] = {}
        self._several: list[tuple[int, ...]] = []

    def add(self, text: Text, digest: int, fingerprints: Sequence[int], near: int | None) -> int:
        """Keep a report and return its number."""
        number = len(self._texts)
        self._texts.append(text)
        self._numbers[text.id] = number
        self._same.setdefault(digest, []).append(number)
        if near is not None:
            self._near.setdefault(near, []).append(number)
        held_by = self._held.setdefault
        known = [(one, held) for one in fingerprints if (held := held_by(one, number)) != number]
        longer = {held: self._longer(held, number) for held in {held for _, held in known}}
        self._held.update([(one, longer[held]) for one, held in known])
        return number

    def _longer(self, held: int, number: int) -> int:
        self._several.append((*self._holders(held), number))
        return -len(self._several)

    def _holders(self, held: int) -> tuple[int, ...]:
        return (held,) if held >= 0 else self._several[-1 - held]

    def number_of(self, id: str) -> int | None:
        """The number of the report with this id, None if it was never added."""
        return self._numbers.get(id)

    def text(self, number: int) -> Text:
        """The report as it was added."""
        return self._texts[number]

    def same(self, digest: int) -> Sequence[int]:
        """The reports added with this digest."""
        return self._same.get(digest, ())

    def near(self, number: int, most: int) -> Sequence[int]:
        """The reports added with `near=number`, at most `most` of them."""
        return self._near.get(number, ())[:most]

    def held(self, fingerprints: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """For each fingerprint held by any, the numbers of the reports it was added with."""
        get = self._held.get
        found = {one: held for one in fingerprints if (held := get(one)) is not None}
        holders = {held: self._holders(held) for held in set(found.values())}
        return {one: holders[held] for one, held in found.items()}
