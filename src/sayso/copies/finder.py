"""The finder: a new report against all that came before it, and a whole pool, one report after another.

A report is looked up by its fingerprints. One that stands for the most part in an earlier report is kept as its near
copy: only the fingerprints that the earlier one lacks enter the index, so that a story printed by a thousand outlets
fills no list, and whoever meets the first meets them all.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import chain
from typing import Final

import msgspec
import numpy as np

from sayso.copies.align import Runs, Stretch, stretches
from sayso.copies.fingerprints import digest_of_words, fingerprints_of, runs_of
from sayso.copies.judge import Shared, judged
from sayso.copies.postings import MemoryPostings, Postings
from sayso.copies.records import Pair, Text
from sayso.copies.spread import Spread
from sayso.copies.words import Words, words_of

_KEPT_WORDS: Final = 8192  # reports whose words are kept at hand, some 5 kB each


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What a pair of copies is, and how much is looked at for one report, however large the pool.

    `shared`: fingerprints in common before two reports are laid side by side. `words`, `weight`: equal words in all,
    and their weight (`align.Stretch.weight`), from which two reports make a pair. `near`: share of a report's words
    found in an earlier one from which it is kept as its near copy. `holders`: reports a fingerprint is kept for;
    `candidates`: reports laid beside a new one.
    """

    shared: int = 2
    words: int = 30
    weight: float = 12.0
    near: float = 0.8
    holders: int = 64
    candidates: int = 512


class CopyFinder:
    """Finds, for each report added to `postings`, the reports that it shares passages with."""

    def __init__(self, postings: Postings, bounds: Bounds = Bounds()) -> None:  # noqa: B008 -- frozen
        self._postings = postings
        self._bounds = bounds
        self._words: OrderedDict[int, Words] = OrderedDict()
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
        if self._postings.number_of(report.id) is not None:
            return []
        words = words_of(report.text)
        runs = runs_of(words)
        fingerprints = fingerprints_of(runs)
        digest = digest_of_words(words)
        held = dict(self._postings.holders(fingerprints))
        beside = Runs.of(runs)
        found = []
        for number in self._candidates(held, set(fingerprints)):
            other = self._words_of(number)
            aligned = _aligned(other, words, beside)
            equal = sum(stretch.equal for stretch in aligned)
            if equal >= self._bounds.words and sum(stretch.weight for stretch in aligned) >= self._bounds.weight:
                found.append((equal, number, aligned, other))
        near = max(found, key=lambda one: (one[0], -one[1]), default=None)
        if near is not None and near[0] >= self._bounds.near * len(words):
            lacking = self._lacked_by(near[1], fingerprints)
            number = self._postings.add(report, digest, self._open(lacking, held), near[1])
        else:
            number = self._postings.add(report, digest, self._open(fingerprints, held), None)
        self._keep(number, words)
        return [
            Shared.of_stretches(self._postings.text(other_number), report, aligned, other, words)
            for _, other_number, aligned, other in sorted(found, key=lambda one: one[1])
        ]

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
        theirs = fingerprints_of(runs_of(self._words_of(number)))
        return len(fingerprints.intersection(theirs)) >= self._bounds.shared

    def _lacked_by(self, number: int, fingerprints: Sequence[int]) -> list[int]:
        theirs = set(fingerprints_of(runs_of(self._words_of(number))))
        return [one for one in fingerprints if one not in theirs]

    def _open(self, fingerprints: Iterable[int], held: dict[int, Sequence[int]]) -> list[int]:
        """The fingerprints whose lists are not full."""
        return [one for one in fingerprints if len(held.get(one, ())) < self._bounds.holders]

    def _words_of(self, number: int) -> Words:
        if (words := self._words.get(number)) is None:
            words = words_of(self._postings.text(number).text)
            self._keep(number, words)
        else:
            self._words.move_to_end(number)
        return words

    def _keep(self, number: int, words: Words) -> None:
        self._words[number] = words
        if len(self._words) > _KEPT_WORDS:
            self._words.popitem(last=False)

    def _text_of(self, id: str) -> Text:
        number = self._postings.number_of(id)
        if number is None:
            raise KeyError(id)
        return self._postings.text(number)


def pairs_of(texts: Iterable[Text], bounds: Bounds = Bounds()) -> Iterator[Pair]:  # noqa: B008 -- frozen
    """All pairs of a pool, judged with the whole pool in view; `a` stands before `b` in `texts`."""
    postings = MemoryPostings()
    finder = CopyFinder(postings, bounds)
    found = [shared for text in texts for shared in finder.shared(text)]
    spread = Spread(postings)
    return (judged(shared, spread) for shared in found)


def _aligned(a: Words, b: Words, runs_b: Runs) -> list[Stretch]:
    if len(a) == len(b) and np.array_equal(a.hashes, b.hashes):
        return [Stretch(0, len(a), 0, len(b), len(a))]
    return stretches(a.hashes, b.hashes, runs_of(a), runs_b)
