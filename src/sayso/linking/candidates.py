"""Which nodes are worth comparing: near in place and time, of the same parties, or of the same rare words.

Each node is filed under a few keys and compared with a bounded number of those beside it under each, the nearest in
time and of its own type first: a week with ten thousand reports of one town costs no more than ten thousand quiet
weeks.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from sayso.linking.nodes import FINE, Node
from sayso.linking.wording import weight

CELL = 0.5  # degrees: with its neighbours a square of about 150 km, wider than two places of one incident are apart
BUCKET_DAYS = 4
BESIDE = 3  # nodes compared under one key, on each side in time
PARTIES = 2  # keys of actors and targets, for a node that has no place to be found by or may be told without one
RARE = 2  # keys of the rarest words
RARE_WEIGHT = 4.0  # such a word stands in one report of fifty

Key = tuple[object, ...]
Filed = tuple[int, str, str]  # day, type, key of the node


class Index:
    """Nodes by the keys they are found by. What is near a node does not depend on the order in which nodes came."""

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        self.nodes: dict[str, Node] = {}
        self._filed: dict[Key, list[Filed]] = defaultdict(list)
        for node in nodes:
            self.nodes[node.key] = node
            filing = _filing(node)
            for key in _keys(node):
                self._filed[key].append(filing)
        for filed in self._filed.values():
            filed.sort()

    def add(self, node: Node) -> None:
        """File one more node."""
        self.nodes[node.key] = node
        filing = _filing(node)
        for key in _keys(node):
            insort(self._filed[key], filing)

    def before(self, node: Node) -> set[str]:
        """The keys of nodes to compare with, of those filed before it in time: each pair comes up once."""
        return self._beside(node, (-1, 0), after=0)

    def around(self, node: Node) -> set[str]:
        """The same, of those before and after."""
        return self._beside(node, (-1, 0, 1), after=BESIDE)

    def _beside(self, node: Node, buckets: tuple[int, ...], after: int) -> set[str]:
        mine = _filing(node)
        found: set[str] = set()
        for key in _near(node, buckets):
            filed = self._filed.get(key)
            if filed:
                at = bisect_left(filed, mine)
                found.update(item[2] for item in filed[max(0, at - BESIDE) : at])
                found.update(item[2] for item in filed[at : at + after])
        found.discard(node.key)
        return found


def _filing(node: Node) -> Filed:
    return _day(node.day), node.type, node.key


def _keys(node: Node) -> Iterator[Key]:
    bucket = _day(node.day) // BUCKET_DAYS
    placed = _placed(node)
    if placed:
        for family in node.families:
            yield family, *placed, bucket
            yield family, *placed, bucket, node.type
        if node.place:
            yield node.place.id, bucket
    for family in node.families:
        for party in _parties(node):
            yield family, party, bucket, bool(placed)
    for word in _rare(node):
        yield word, bucket


def _near(node: Node, buckets: tuple[int, ...]) -> Iterator[Key]:
    """The keys that what is near a node is filed under: its own and those beside it on the map and in time."""
    middle = _day(node.day) // BUCKET_DAYS
    placed = _placed(node)
    around = (-1, 0, 1)
    for bucket in (middle + b for b in buckets):
        if placed:
            x, y = placed
            for family in node.families:
                for cell in ((x + dx, y + dy) for dx in around for dy in around):
                    yield family, *cell, bucket
                yield family, *placed, bucket, node.type
            if node.place:
                yield node.place.id, bucket
        for family in node.families:
            for party in _parties(node):
                yield family, party, bucket, False
                if not placed:
                    yield family, party, bucket, True
        for word in _rare(node):
            yield word, bucket


def _placed(node: Node) -> tuple[int, int] | None:
    if node.place and node.place.precision <= FINE:
        return math.floor(node.place.lat / CELL), math.floor(node.place.lon / CELL)
    return None


def _parties(node: Node) -> list[str]:
    return sorted(node.actors | node.targets)[:PARTIES]


def _rare(node: Node) -> list[str]:
    found = heapq.nlargest(RARE, ((weight(word), word) for word in node.words.stems))
    return [word for rarity, word in found if rarity >= RARE_WEIGHT]


@lru_cache(maxsize=20_000)
def _day(day: str) -> int:
    return date.fromisoformat(day).toordinal() if day else 0
