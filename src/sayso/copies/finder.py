"""The finder: a new report against all that came before it, and a whole pool, one report after another.

A report is looked up by its fingerprints. One that stands for the most part in an earlier report is kept as its near
copy: only the fingerprints that the earlier one lacks enter the index, so that a story printed by a thousand outlets
fills no list, and whoever meets the first meets them all.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import chain, islice
from typing import Final, NamedTuple

import msgspec
import numpy as np

from sayso.copies.align import Runs, Stretch, stretches
from sayso.copies.fingerprints import Prepared, digest_of_words, prepared
from sayso.copies.judge import Shared, is_quoted, judged
from sayso.copies.postings import MemoryPostings, Postings
from sayso.copies.records import Pair, Text
from sayso.copies.spread import Spread

_AT_HAND: Final = 8192  # reports whose words are kept at hand, some 8 kB each
_AT_ONCE: Final = 32  # reports of a pool that are cut into words together: more gain nothing


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What a pair of copies is, and how much is looked at for one report, however large the pool.

    `shared`: fingerprints in common before two reports are laid side by side. `words`, `weight`: equal words in all,
    and their weight (`align.Stretch.weight`), from which two reports make a pair. `quoted`: equal words of one passage
    from which they do where it is a quotation. `near`: share of a report's words
    found in an earlier one from which it is kept as its near copy. `holders`: reports a fingerprint is kept for;
    `candidates`: reports laid beside a new one.
    """

    shared: int = 2
    words: int = 30
    weight: float = 12.0
    quoted: int = 15
    near: float = 0.8
    holders: int = 64
    candidates: int = 512


class _Found(NamedTuple):
    number: int
    equal: int
    stretches: list[Stretch]


class CopyFinder:
    """Finds, for each report added to `postings`, the reports that it shares passages with."""

    def __init__(self, postings: Postings, bounds: Bounds = Bounds()) -> None:  # noqa: B008 -- frozen
        self._postings = postings
        self._bounds = bounds
        self._at_hand: OrderedDict[int, Prepared] = OrderedDict()
        self._spread = Spread(postings)

    def add(self, report: Text) -> list[Pair]:
        """The pairs of `report` with all reports before it, whom it joins. A report known by its id has none again.

        Whether a passage is standing background shows only as the pool grows; `judge_again` says what it is by now.
        """
        return [judged(shared, self._spread) for shared in self.shared(report)]

    def judge_again(self, pair: Pair) -> Pair:
        """The pair as it is judged with the pool as it is now; its passages stay where they are."""
        a, b = (self._text_of(id) for id in (pair.a, pair.b))
        return judged(Shared.of_pair(pair, a, b), self._spread)

    def shared(self, report: Text) -> list[Shared]:
        """What `report` shares with each report before it, not yet judged; the report joins the pool."""
        return self.shared_by(report, prepared([report.text])[0])

    def shared_by(self, report: Text, new: Prepared) -> list[Shared]:
        """As `shared`, with the report's words at hand."""
        if self._postings.number_of(report.id) is not None:
            return []
        fingerprints = new.fingerprints
        held = dict(self._postings.holders(fingerprints))
        found = self._beside(report, new, self._candidates(held, set(fingerprints))) if held else []
        nearest = max(found, key=lambda one: (one.equal, -one.number), default=None)
        near = None
        if nearest is not None and nearest.equal >= self._bounds.near * len(new.words):
            near = nearest.number
            theirs = set(self._prepared(near).fingerprints)
            fingerprints = [one for one in fingerprints if one not in theirs]
        free = [one for one in fingerprints if len(held.get(one, ())) < self._bounds.holders]
        number = self._postings.add(report, digest_of_words(new.words), free, near)
        self._keep(number, new)
        return [
            Shared.of_stretches(
                self._postings.text(one.number), report, one.stretches, self._prepared(one.number).words, new.words
            )
            for one in sorted(found, key=lambda one: one.number)
        ]

    def _beside(self, report: Text, new: Prepared, numbers: Iterable[int]) -> list[_Found]:
        """The reports, of those with these numbers, that share enough with the new one, and what."""
        runs = Runs.of(new.runs)
        found = []
        for number in numbers:
            aligned = _aligned(self._prepared(number), new, runs)
            if aligned and (self._is_enough(aligned) or self._is_quotation(report, new, number, aligned)):
                found.append(_Found(number, sum(stretch.equal for stretch in aligned), aligned))
        return found

    def _is_enough(self, aligned: Sequence[Stretch]) -> bool:
        return (
            sum(stretch.equal for stretch in aligned) >= self._bounds.words
            and sum(stretch.weight for stretch in aligned) >= self._bounds.weight
        )

    def _is_quotation(self, report: Text, new: Prepared, number: int, aligned: Sequence[Stretch]) -> bool:
        """Whether a stretch is a quotation in both: fewer words are enough, for two writers do not quote by chance."""
        if max(stretch.equal for stretch in aligned) < self._bounds.quoted:
            return False
        other = self._postings.text(number)
        shared = Shared.of_stretches(other, report, aligned, self._prepared(number).words, new.words)
        return any(one.equal >= self._bounds.quoted and is_quoted(other, report, one) for one in shared.passages)

    def _candidates(self, held: dict[int, Sequence[int]], fingerprints: set[int]) -> list[int]:
        """The reports with enough fingerprints in common, near copies among them; the closest where they are many."""
        counts = Counter(chain.from_iterable(held.values()))
        known = {number for number, count in counts.items() if count >= self._bounds.shared}
        # A near copy's own list lacks what the report it copies has, so the two together say what it may share. Reports
        # that are copied come before their copies: in the order of their numbers every sum is whole when it is used.
        waiting = sorted(counts)
        while waiting:
            parent = heappop(waiting)
            for number in self._postings.near(parent):
                if number not in counts:
                    heappush(waiting, number)
                counts[number] += counts[parent]
        enough = [number for number, count in counts.items() if count >= self._bounds.shared]
        closest = sorted(enough, key=lambda number: (-counts[number], number))[: self._bounds.candidates]
        return [number for number in closest if number in known or self._share(number, fingerprints)]

    def _share(self, number: int, fingerprints: set[int]) -> bool:
        theirs = self._prepared(number).fingerprints
        return len(fingerprints.intersection(theirs)) >= self._bounds.shared

    def _prepared(self, number: int) -> Prepared:
        if (found := self._at_hand.get(number)) is None:
            found = prepared([self._postings.text(number).text])[0]
            self._keep(number, found)
        else:
            self._at_hand.move_to_end(number)
        return found

    def _keep(self, number: int, words: Prepared) -> None:
        self._at_hand[number] = words
        if len(self._at_hand) > _AT_HAND:
            self._at_hand.popitem(last=False)

    def _text_of(self, id: str) -> Text:
        number = self._postings.number_of(id)
        if number is None:
            raise KeyError(id)
        return self._postings.text(number)


def pairs_of(texts: Iterable[Text], bounds: Bounds = Bounds()) -> Iterator[Pair]:  # noqa: B008 -- frozen
    """All pairs of a pool, judged with the whole pool in view; `a` stands before `b` in `texts`."""
    postings = MemoryPostings()
    finder = CopyFinder(postings, bounds)
    found: list[Shared] = []
    left = iter(texts)
    while some := list(islice(left, _AT_ONCE)):
        for text, words in zip(some, prepared([text.text for text in some]), strict=True):
            found += finder.shared_by(text, words)
    spread = Spread(postings)
    return (judged(shared, spread) for shared in found)


def _aligned(a: Prepared, b: Prepared, runs_b: Runs) -> list[Stretch]:
    size = len(a.words)
    if size == len(b.words) and np.array_equal(a.words.hashes, b.words.hashes):
        return [Stretch(0, size, 0, size, size)]
    return stretches(a.words.hashes, b.words.hashes, a.runs, runs_b)
