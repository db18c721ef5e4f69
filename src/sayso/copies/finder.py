"""The finder: a new report against all that came before it, and a whole pool, one report after another.

A report is looked up by its fingerprints. One that stands for the most part in an earlier report is kept as its near
copy: only the fingerprints that the earlier one lacks enter the index, so that a story printed by a thousand outlets
fills no list, and whoever meets the first meets the others.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush
from itertools import islice
from typing import Final

import msgspec

from sayso.copies.beside import Least, Ready, shared_with
from sayso.copies.fingerprints import Prepared, digest_of_words, prepared
from sayso.copies.judge import Shared, judged
from sayso.copies.postings import MemoryPostings, Postings
from sayso.copies.records import Pair, Text
from sayso.copies.spread import Spread

AT_HAND: Final = 8192  # reports whose words are kept at hand, some 8 kB each: making them ready again costs 0.1 ms
AT_HAND_OF_POOL: Final = 65_536  # where all of a pool is in memory anyhow
_AT_ONCE: Final = 32  # reports of a pool that are cut into words together: more gain nothing


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """How much is looked at for one report, however large the pool, and what makes a pair.

    `shared`: fingerprints in common before two reports are laid side by side. `near`: share of a report's fingerprints
    that an earlier one has from which it is kept as its near copy. `holders`: reports a fingerprint is kept for;
    `candidates`: reports laid beside a new one, those with most fingerprints in common.
    """

    shared: int = 2
    near: float = 0.75
    holders: int = 64
    candidates: int = 128
    least: Least = Least()


class CopyFinder:
    """Finds, for each report added to `postings`, the reports that it shares passages with.

    `at_hand`: how many reports' words are kept in memory.
    """

    def __init__(self, postings: Postings, bounds: Bounds = Bounds(), at_hand: int = AT_HAND) -> None:  # noqa: B008 -- frozen
        self._postings = postings
        self._most_at_hand = at_hand
        self._bounds = bounds
        self._at_hand: OrderedDict[int, Prepared] = OrderedDict()
        self._spread = Spread(postings)

    def add(self, report: Text) -> list[Pair]:
        """The pairs of `report` with the reports before it, whom it joins. A report known by its id has none again.

        Whether a passage is standing background shows only as the pool grows; `judge_again` says what it is by now.
        """
        new = Ready(report, prepared([report.text])[0])
        return [self.judge(shared) for shared in shared_with(self.met(new), new, self._bounds.least)]

    def judge(self, shared: Shared) -> Pair:
        """What two reports share, judged with the pool as it is now."""
        return judged(shared, self._spread)

    def judge_again(self, pair: Pair) -> Pair:
        """The pair as it is judged with the pool as it is now; its passages stay where they are."""
        a, b = (self._text_of(id) for id in (pair.a, pair.b))
        return self.judge(Shared.of_pair(pair, a, b))

    def met(self, new: Ready) -> list[Ready]:
        """The reports to lay beside a new one, in the order in which they came; the new one joins the pool."""
        if self._postings.number_of(new.text.id) is not None:
            return []
        fingerprints = new.made.fingerprints
        held = self._postings.held(fingerprints)
        closest = self._closest(held, frozenset(fingerprints)) if held else []
        near = self._near(closest, fingerprints)
        most = self._bounds.holders
        full = {one for one, numbers in held.items() if len(numbers) >= most}
        if near is not None:
            full.update(self._made(near).fingerprints)
        kept = [one for one in fingerprints if one not in full]
        number = self._postings.add(new.text, digest_of_words(new.made.words), kept, near)
        self._keep(number, new.made)
        return [Ready(self._postings.text(number), self._made(number)) for number in sorted(closest)]

    def _near(self, closest: list[int], fingerprints: tuple[int, ...]) -> int | None:
        """The report that the new one is a near copy of: the closest, the earliest of those that are equally close."""
        if not closest:
            return None
        shared = len(set(fingerprints).intersection(self._made(closest[0]).fingerprints))
        return closest[0] if shared >= self._bounds.near * len(fingerprints) else None

    def _closest(self, held: Mapping[int, tuple[int, ...]], fingerprints: frozenset[int]) -> list[int]:
        """The reports with enough fingerprints in common, near copies among them; those with most first."""
        counts: Counter[int] = Counter()
        for numbers, count in Counter(held.values()).items():
            for number in numbers:
                counts[number] += count
        least = self._bounds.shared
        known = {number for number, count in counts.items() if count >= least}
        self._count_near_copies(counts)
        enough = [number for number, count in counts.items() if count >= least]
        closest = sorted(enough, key=lambda number: (-counts[number], number))[: self._bounds.candidates]
        return [number for number in closest if number in known or self._share(number, fingerprints)]

    def _count_near_copies(self, counts: Counter[int]) -> None:
        """Add the reports that hang on those counted, as many of them as are laid beside a report.

        A near copy's own list lacks what the report it copies has, so the two together say what it may share. Reports
        that are copied come before their copies: in the order of their numbers every sum is whole when it is used.
        """
        waiting = sorted(counts)
        left = self._bounds.candidates
        while waiting and left > 0:
            parent = heappop(waiting)
            for number in self._postings.near(parent, left):
                if number not in counts:
                    heappush(waiting, number)
                counts[number] += counts[parent]
                left -= 1

    def _share(self, number: int, fingerprints: frozenset[int]) -> bool:
        return len(fingerprints.intersection(self._made(number).fingerprints)) >= self._bounds.shared

    def _made(self, number: int) -> Prepared:
        if (found := self._at_hand.get(number)) is None:
            found = prepared([self._postings.text(number).text])[0]
            self._keep(number, found)
        else:
            self._at_hand.move_to_end(number)
        return found

    def _keep(self, number: int, made: Prepared) -> None:
        self._at_hand[number] = made
        if len(self._at_hand) > self._most_at_hand:
            self._at_hand.popitem(last=False)

    def _text_of(self, id: str) -> Text:
        number = self._postings.number_of(id)
        if number is None:
            raise KeyError(id)
        return self._postings.text(number)


def made_ready(texts: Iterable[Text]) -> Iterator[Ready]:
    """Each report with its words made ready, some at once."""
    left = iter(texts)
    while some := list(islice(left, _AT_ONCE)):
        yield from map(Ready, some, prepared([text.text for text in some]))


def pairs_of(texts: Iterable[Text], bounds: Bounds = Bounds()) -> Iterator[Pair]:  # noqa: B008 -- frozen
    """All pairs of a pool, judged with the whole pool in view; `a` stands before `b` in `texts`."""
    finder = CopyFinder(MemoryPostings(), bounds, AT_HAND_OF_POOL)
    found = [shared for new in made_ready(texts) for shared in shared_with(finder.met(new), new, bounds.least)]
    return map(finder.judge, found)
