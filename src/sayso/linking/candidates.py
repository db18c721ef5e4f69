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
from hashlib import blake2b

from sayso.linking.nodes import FINE, Node
from sayso.linking.wording import weight
from sayso.records.vocabulary import EVENT_TYPES

CELL = 0.5  # degrees: with its neighbours a square of about 150 km, wider than two places of one incident are apart
BUCKET_DAYS = 4
BESIDE = 3  # nodes compared under one key, on each side in time
PARTIES = 2  # keys of actors and targets, for a node that has no place to be found by or may be told without one
RARE = 2  # keys of the rarest words
RARE_WEIGHT = 4.0  # such a word stands in one report of fifty
_TYPES = {kind: at for at, kind in enumerate(EVENT_TYPES)}

Filing = tuple[int, int, int]  # day, type, and a digest of the node's key: the order of nodes under one key


class Index:
    """Nodes by the keys they are found by. What is near a node does not depend on the order in which nodes came."""

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        self.nodes: dict[str, Node] = {}
        self._filed: dict[int, list[tuple[Filing, str]]] = defaultdict(list)
        for node in nodes:
            self.nodes[node.key] = node
            item = filing(node), node.key
            for key in keys_of(node):
                self._filed[key].append(item)
        for filed in self._filed.values():
            filed.sort()

    def add(self, node: Node) -> None:
        """File one more node."""
        self.nodes[node.key] = node
        for key in keys_of(node):
            insort(self._filed[key], (filing(node), node.key))

    def before(self, node: Node) -> set[str]:
        """The keys of nodes to compare with, of those filed before it in time: each pair comes up once."""
        return self._beside(node, (-1, 0), after=0)

    def around(self, node: Node) -> set[str]:
        """The same, of those before and after."""
        return self._beside(node, (-1, 0, 1), after=BESIDE)

    def _beside(self, node: Node, buckets: tuple[int, ...], after: int) -> set[str]:
        mine = filing(node), node.key
        found: set[str] = set()
        for key in near_keys(node, buckets):
            filed = self._filed.get(key)
            if filed:
                at = bisect_left(filed, mine)
                found.update(item[1] for item in filed[max(0, at - BESIDE) : at])
                found.update(item[1] for item in filed[at : at + after])
        found.discard(node.key)
        return found


def filing(node: Node) -> Filing:
    """Where a node stands among those under one key."""
    return _day(node.day), _TYPES[node.type], _digest(node.key, 4)


def keys_of(node: Node) -> set[int]:
    """The keys that a node is filed under."""
    bucket = _day(node.day) // BUCKET_DAYS
    return {_key(name, bucket) for name in _names(node)}


def near_keys(node: Node, buckets: Iterable[int]) -> set[int]:
    """The keys that what is near a node is filed under: its own and those beside it on the map, in stretches of days.

    `buckets`: -1, 0, 1 for the stretch before its own, its own, the one after.
    """
    middle = _day(node.day) // BUCKET_DAYS
    names = list(_near(node))
    return {_key(name, middle + b) for b in buckets for name in names}


def _names(node: Node) -> Iterator[str]:
    placed = _placed(node)
    if placed:
        x, y = placed
        for family in node.families:
            yield f"{family} {x} {y}"
            yield f"{family} {x} {y} {node.type}"
        if node.place:
            yield node.place.id
    for family in node.families:
        for party in _parties(node):
            yield f"{family} {party} {bool(placed)}"
    yield from _rare(node)


def _near(node: Node) -> Iterator[str]:
    placed = _placed(node)
    if placed:
        x, y = placed
        for family in node.families:
            yield from (f"{family} {x + dx} {y + dy}" for dx in (-1, 0, 1) for dy in (-1, 0, 1))
            yield f"{family} {x} {y} {node.type}"
        if node.place:
            yield node.place.id
    for family in node.families:
        for party in _parties(node):
            yield f"{family} {party} False"
            if not placed:
                yield f"{family} {party} True"
    yield from _rare(node)


@lru_cache(maxsize=400_000)
def _key(name: str, bucket: int) -> int:
    return _digest(f"{bucket} {name}", 8) >> 1  # SQLite's integers have a sign


def _digest(text: str, size: int) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=size).digest(), "big")


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
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:  # none, or only a month
        return 0
