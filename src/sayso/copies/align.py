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

from sayso.copies.fingerprints import PLACE_BITS, RUN
from sayso.copies.words import Hashes, WordHashes

_REACH: Final = 40  # words between two seeds of one stretch, about two sentences rewritten
_SKEW: Final = 25  # how much longer the one's words between may be than the other's: a sentence left out
_DROP: Final = 8  # unequal words in a row, of either, that part two stretches: about a clause
_BY_CHANCE: Final = 0.4  # share of equal words in two sentences on one kind of event, in one order, without copying
LEAST_WEIGHT: Final = 5.0  # of a stretch: nine words that are all equal, 25 of which a third was replaced
_TAIL: Final = 20  # words looked at beyond the last seed: further on, a seed would have to follow
_MOST_BLOCKS: Final = 512  # seeds of two reports that are gone on with, the longest: more are refrains
_MOST_PAIRS: Final = 4  # places of one run in the second report that are tried: a refrain is not a text
_PLACE: Final = np.uint64((1 << PLACE_BITS) - 1 >> 1)  # of a key: the place of a run
_PLACES: Final = np.uint64(PLACE_BITS)
_IN_B: Final = np.uint64(1 << PLACE_BITS - 1)  # of a key: the run is b's
_DIAGONAL: Final = np.uint64((1 << PLACE_BITS) + 1)


class Stretch(msgspec.Struct, frozen=True, gc=False):
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


def stretches(a: WordHashes, b: WordHashes, keys_a: Hashes, keys_b: Hashes) -> list[Stretch]:
    """The stretches that the words `a` and `b` share, in the order of `a`; none overlaps another in either.

    `keys_a`, `keys_b`: their runs (`fingerprints.Prepared.keys`).
    """
    blocks = seeds(keys_a, keys_b)
    if not blocks:
        return []
    # Always from the same report's point of view, so that a pair is the same whichever report came first.
    turned = a.tobytes() > b.tobytes()
    if turned:
        a, b = b, a
        blocks = sorted((j, i, size) for i, j, size in blocks)
    one, other = _Side(a), _Side(b)
    chains = _chains(blocks if _is_apart(blocks) else _apart(blocks, one, other))
    if len(chains) > 1:
        for following in chains:
            _take(following, one, other)
    found: list[Stretch] = []
    for following in chains:
        found += _cut(_filled(following, one, other))
    kept = _disjoint(found)
    return sorted((s.turned() for s in kept), key=lambda s: s.a0) if turned else kept


def seeds(keys_a: Hashes, keys_b: Hashes) -> list[Block]:
    """Maximal diagonals of equal runs, as blocks of equal words, in the order of a."""
    merged = np.concatenate((keys_a, keys_b | _IN_B))
    merged.sort()
    tops = merged >> _PLACES
    at = (tops[1:] == tops[:-1]).nonzero()[0]
    if not at.size:
        return []
    if (at[1:] - at[:-1] == 1).any():  # a run that occurs three times
        pairs = _pairs_of_refrains(keys_a, keys_b)
    else:
        before, after = merged[at], merged[at + 1]
        in_both = (before ^ after) & _IN_B != 0  # else it occurs twice in one of them, and not in the other
        pairs = (before[in_both] & _PLACE) << _PLACES | after[in_both] & _PLACE
        pairs.sort()
    if not pairs.size:
        return []
    # Along a diagonal both places go up by one.
    firsts = [0, *((pairs[1:] - pairs[:-1] != _DIAGONAL).nonzero()[0] + 1).tolist()]
    ends = [*firsts[1:], len(pairs)]
    in_a, in_b = (pairs[firsts] >> _PLACES).tolist(), (pairs[firsts] & _PLACE).tolist()
    return sorted([(i, j, end - first + RUN - 1) for i, j, first, end in zip(in_a, in_b, firsts, ends, strict=True)])


def _pairs_of_refrains(keys_a: Hashes, keys_b: Hashes) -> Hashes:
    """Places of equal runs, diagonal by diagonal, where a run may stand in several places of both."""
    tops_a, tops_b = keys_a >> _PLACES, keys_b >> _PLACES
    first = tops_b.searchsorted(tops_a)
    found: list[tuple[Hashes, Hashes]] = []
    for step in range(_MOST_PAIRS):
        at = first + step
        inside = (at < len(tops_b)).nonzero()[0]
        equal = inside[tops_b[at[inside]] == tops_a[inside]]
        if not equal.size:
            break
        found.append((keys_a[equal] & _PLACE, keys_b[at[equal]] & _PLACE))
    in_a, in_b = (np.concatenate(side) for side in zip(*found, strict=True)) if found else (keys_a[:0], keys_b[:0])
    order = np.lexsort((in_a, in_b - in_a))
    return in_a[order] << _PLACES | in_b[order]


class _Side:
    """One report's words, and which of them are aligned already, where there is more than one chain to take them."""

    def __init__(self, words: WordHashes) -> None:
        self.words = words
        self.taken = bytearray()

    def is_free(self, start: int, end: int) -> bool:
        return self.taken.find(1, start, end) < 0

    def free_before(self, end: int) -> int:
        """Where the free words before `end` begin, looked for as far as a tail may reach."""
        return max(end - _TAIL, self.taken.rfind(1, 0, end) + 1)

    def free_after(self, start: int) -> int:
        """Where the free words from `start` on end."""
        taken = self.taken.find(1, start, start + _TAIL)
        return min(start + _TAIL, len(self.words)) if taken < 0 else taken


def _take(blocks: list[Block], one: _Side, other: _Side) -> None:
    """Blocks are aligned, in both."""
    if not one.taken:
        one.taken, other.taken = bytearray(len(one.words)), bytearray(len(other.words))
    in_one, in_other = one.taken, other.taken
    for i, j, size in blocks:
        in_one[i : i + size] = in_other[j : j + size] = b"\1" * size


def _is_apart(blocks: list[Block]) -> bool:
    """Whether the blocks follow each other in both reports, as they do in most pairs."""
    return all(i + size <= k and j + size <= m for (i, j, size), (k, m, _) in pairwise(blocks))


def _apart(blocks: list[Block], one: _Side, other: _Side) -> list[Block]:
    """Blocks that overlap in neither report: the longest stay whole, others keep the longest piece that is left."""
    kept: list[Block] = []
    _take([], one, other)
    for negative, i, j in sorted((-size, i, j) for i, j, size in blocks)[:_MOST_BLOCKS]:
        size = -negative
        if not (one.is_free(i, i + size) and other.is_free(j, j + size)):
            at, size = _longest_free(one.taken[i : i + size], other.taken[j : j + size])
            if size < 2:
                continue
            i, j = i + at, j + at
        kept.append((i, j, size))
        _take(kept[-1:], one, other)
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
        i, j, _ = block
        if i - k - before > 1 or j - m - before > 1:  # a word for another word is no equal word
            filled += _common(one, other, k + before, i, m + before, j)
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
    if one.taken:
        _take(found, one, other)
    return found


def _cut(blocks: list[Block]) -> list[Stretch]:
    """Where blocks stand close enough to go together: the segments that score best, each equal word for, each unequal
    one in either report against, ended when the score has fallen by `_DROP` below its best (as in BLAST)."""
    found: list[Stretch] = []
    first = 0
    while first < len(blocks):
        score = best = equal = best_equal = 0
        last = first
        k, m, _ = blocks[first]
        for at in range(first, len(blocks)):
            i, j, size = blocks[at]
            unequal = i - k if i - k > j - m else j - m
            if unequal:
                score -= unequal
                if score <= 0 or score <= best - _DROP:
                    break
            score += size
            equal += size
            if score > best:
                best, best_equal, last = score, equal, at
            k, m = i + size, j + size
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
