"""Two reports' words laid beside each other: the stretches they share, in whatever order, each word by word.

Runs of five equal words are the seeds. Seeds that follow each other in both reports, with little between, are one
stretch; what lies between them is aligned word by word (longest common subsequence, by rapidfuzz), and so are the words
before the first and after the last seed as far as they go together. Everything is bounded by the reports' lengths.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import msgspec
import numpy as np
from rapidfuzz.distance import Indel

from sayso.copies.fingerprints import RUN
from sayso.copies.words import Hashes, Places, WordHashes

_REACH: Final = 40  # words between two seeds of one stretch, about two sentences rewritten
_SKEW: Final = 25  # how much longer the one's words between may be than the other's: a sentence left out
_DROP: Final = 8  # unequal words in a row, of either, that part two stretches: about a clause
_BY_CHANCE: Final = 0.4  # share of equal words in two sentences on one kind of event, in one order, without copying
LEAST_WEIGHT: Final = 5.0  # of a stretch: nine words that are all equal, 25 of which a third was replaced
_TAIL: Final = 20  # words looked at beyond the last seed: further on, a seed would have to follow
_MOST_BLOCKS: Final = 512  # seeds of two reports that are gone on with, the longest: more are refrains
_MOST_PAIRS: Final = 4  # places of one run in the second report that are tried: a refrain is not a text


class Stretch(msgspec.Struct, frozen=True):
    """Words a[a0:a1] and b[b0:b1] go together; `equal` of them are the same in the same order."""

    a0: int
    a1: int
    b0: int
    b1: int
    equal: int

    @property
    def weight(self) -> float:
        """How many equal words there are beyond what chance would give, discounted by how many are not equal."""
        return self.equal * (self.equal / max(self.a1 - self.a0, self.b1 - self.b0) - _BY_CHANCE)

    def turned(self) -> Stretch:
        """The same, seen from b."""
        return Stretch(self.b0, self.b1, self.a0, self.a1, self.equal)


Block = tuple[int, int, int]  # first word in a, first word in b, how many are equal


class Runs(msgspec.Struct, frozen=True):
    """A report's runs, in the order of the text and sorted, so that another's can be looked up in them."""

    runs: Hashes
    order: Places
    ordered: Hashes

    @classmethod
    def of(cls, runs: Hashes) -> Runs:
        order = np.argsort(runs, kind="stable")
        return cls(runs, order, runs[order])


def stretches(a: WordHashes, b: WordHashes, runs_a: Hashes, runs_b: Runs) -> list[Stretch]:
    """The stretches that the words `a` and `b` share, in the order of `a`; none overlaps another in either."""
    blocks = seeds(runs_a, runs_b)
    if not blocks:
        return []
    # Always from the same report's point of view, so that a pair is the same whichever report came first.
    turned = a.tobytes() > b.tobytes()
    if turned:
        a, b = b, a
        blocks = [(j, i, size) for i, j, size in blocks]
    sides = (_Side(a), _Side(b))
    found: list[Stretch] = []
    for chain in _chains(_apart(blocks, *sides)):
        found += _cut(_filled(chain, *sides))
    kept = _disjoint(found)
    return sorted((s.turned() for s in kept), key=lambda s: s.a0) if turned else kept


def seeds(runs_a: Hashes, runs_b: Runs) -> list[Block]:
    """Maximal diagonals of equal runs, as blocks of equal words."""
    if not len(runs_a) or not len(runs_b.runs):
        return []
    at = np.searchsorted(runs_b.ordered, runs_a)
    at[at == len(runs_b.ordered)] = 0
    in_a = np.flatnonzero(runs_b.ordered[at] == runs_a)
    if not in_a.size:
        return []
    at = at[in_a]
    in_b = runs_b.order[at]
    more_a, more_b = [in_a], [in_b]
    for step in range(1, _MOST_PAIRS):  # the same run again in b
        again = at + step < len(runs_b.ordered)
        at_again, a_again = at[again] + step, in_a[again]
        equal = runs_b.ordered[at_again] == runs_a[a_again]
        if not equal.any():
            break
        more_a.append(a_again[equal])
        more_b.append(runs_b.order[at_again[equal]])
    if len(more_a) > 1:
        in_a, in_b = np.concatenate(more_a), np.concatenate(more_b)
        sorting = np.lexsort((in_a, in_b - in_a))
        in_a, in_b = in_a[sorting], in_b[sorting]
        parted = (np.diff(in_a) != 1) | (np.diff(in_b) != 1)
    else:
        parted = (np.diff(in_a) != 1) | (np.diff(in_b) != 1)
    firsts = np.concatenate(([0], np.flatnonzero(parted) + 1))
    lasts = np.append(firsts[1:], len(in_a)) - 1
    sizes = in_a[lasts] - in_a[firsts] + RUN
    return list(zip(in_a[firsts].tolist(), in_b[firsts].tolist(), sizes.tolist(), strict=True))


class _Side:
    """One report's words, and which of them are aligned already."""

    def __init__(self, words: WordHashes) -> None:
        self.words = words
        self.taken = bytearray(len(words))

    def take(self, start: int, size: int) -> None:
        self.taken[start : start + size] = b"\1" * size

    def is_free(self, start: int, end: int) -> bool:
        return self.taken.find(1, start, end) < 0

    def free_before(self, end: int) -> int:
        """Where the free words before `end` begin, looked for as far as a tail may reach."""
        return max(end - _TAIL, self.taken.rfind(1, 0, end) + 1)

    def free_after(self, start: int) -> int:
        """Where the free words from `start` on end."""
        taken = self.taken.find(1, start, start + _TAIL)
        return min(start + _TAIL, len(self.words)) if taken < 0 else taken


def _apart(blocks: list[Block], one: _Side, other: _Side) -> list[Block]:
    """Blocks that overlap in neither report: the longest stay whole, others keep the longest piece that is left."""
    kept: list[Block] = []
    for negative, i, j in sorted((-size, i, j) for i, j, size in blocks)[:_MOST_BLOCKS]:
        size = -negative
        if not (one.is_free(i, i + size) and other.is_free(j, j + size)):
            at, size = _longest_free(one.taken[i : i + size], other.taken[j : j + size])
            if size < 2:
                continue
            i, j = i + at, j + at
        one.take(i, size)
        other.take(j, size)
        kept.append((i, j, size))
    return sorted(kept)


def _longest_free(one: bytearray, other: bytearray) -> tuple[int, int]:
    """Place and size of the longest stretch that is free in both."""
    both = (int.from_bytes(one, "big") | int.from_bytes(other, "big")).to_bytes(len(one), "big")
    longest = max(both.split(b"\1"), key=len)
    return both.find(longest), len(longest)


def _chains(blocks: list[Block]) -> list[list[Block]]:
    """Blocks that follow each other closely in both reports."""
    chains: list[list[Block]] = []
    for block in blocks:
        i, j, _ = block
        best, least = None, _REACH + _REACH + 1
        for chain in chains[-8:]:
            k, m, size = chain[-1]
            between_a, between_b = i - k - size, j - m - size
            close = 0 <= between_a <= _REACH and 0 <= between_b <= _REACH and abs(between_a - between_b) <= _SKEW
            if close and between_a + between_b < least:
                best, least = chain, between_a + between_b
        if best is None:
            chains.append([block])
        else:
            best.append(block)
    return chains


def _filled(chain: list[Block], one: _Side, other: _Side) -> list[Block]:
    """The chain with the equal words between its blocks, before and after it, that are in no other chain."""
    i, j, _ = chain[0]
    filled = _common(one, other, one.free_before(i), i, other.free_before(j), j)
    filled.append(chain[0])
    for (k, m, before), block in pairwise(chain):
        filled += _common(one, other, k + before, block[0], m + before, block[1])
        filled.append(block)
    k, m, size = chain[-1]
    end_a, end_b = k + size, m + size
    return filled + _common(one, other, end_a, one.free_after(end_a), end_b, other.free_after(end_b))


def _common(one: _Side, other: _Side, a0: int, a1: int, b0: int, b1: int) -> list[Block]:
    """What one[a0:a1] and other[b0:b1] have in common in one order, if they are free."""
    if a0 >= a1 or b0 >= b1 or not (one.is_free(a0, a1) and other.is_free(b0, b1)):
        return []
    left, right = one.words[a0:a1].tolist(), other.words[b0:b1].tolist()
    if set(left).isdisjoint(right):
        return []
    found = [(a0 + m.a, b0 + m.b, m.size) for m in Indel.opcodes(left, right).as_matching_blocks() if m.size]
    for i, j, size in found:
        one.take(i, size)
        other.take(j, size)
    return found


def _cut(blocks: list[Block]) -> list[Stretch]:
    """Where blocks stand close enough to go together: the segments that score best, each equal word for, each unequal
    one in either report against, ended when the score has fallen by `_DROP` below its best (as in BLAST)."""
    found: list[Stretch] = []
    first = 0
    while first < len(blocks):
        score = best = equal = best_equal = 0
        last = first
        for at in range(first, len(blocks)):
            i, j, size = blocks[at]
            if at > first:
                k, m, before = blocks[at - 1]
                score -= max(i - k - before, j - m - before)
                if score <= max(0, best - _DROP):
                    break
            score, equal = score + size, equal + size
            if score > best:
                best, best_equal, last = score, equal, at
        (i, j, _), (k, m, size) = blocks[first], blocks[last]
        found.append(Stretch(i, k + size, j, m + size, best_equal))
        first = last + 1
    return [stretch for stretch in found if stretch.weight >= LEAST_WEIGHT]


def _disjoint(found: list[Stretch]) -> list[Stretch]:
    """The longest first; a stretch that overlaps a longer one in either report is left out."""
    kept: list[Stretch] = []
    for stretch in sorted(found, key=lambda s: (-s.equal, s.a0, s.b0)):
        if all((stretch.a1 <= o.a0 or o.a1 <= stretch.a0) and (stretch.b1 <= o.b0 or o.b1 <= stretch.b0) for o in kept):
            kept.append(stretch)
    return sorted(kept, key=lambda s: (s.a0, s.b0))
