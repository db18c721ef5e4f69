"""Which nodes are worth comparing: near in place and time, of the same parties, or of the same rare words.

Each node is filed under a few keys, in the order of days, and looks for others under its own keys and under those
beside them on the map and in time. Two nodes are compared if each is among the `BESIDE` next ones of the other under
such a key, seen from both: a week with ten thousand reports of one town costs no more than ten thousand quiet weeks.
More nodes only put others further apart, so that nodes that come one by one are compared with all that they would be
compared with if they came together; those that were next to one another for a time only (`still_beside`) can be told.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol, TypeVar

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

Name = tuple[object, ...]
Key = tuple[Name, int]  # a name, and a stretch of days
Filing = tuple[int, int, int]  # day, type, and a digest of the node's key: the order of nodes under one key
Item = tuple[Filing, str]
At = TypeVar("At", Item, tuple[int, int, int, int])
Look = tuple[Name, tuple[Name, ...]]  # a name that a node is filed under, and those where it looks for others like it


def filing(node: Node) -> Filing:
    """Where a node stands among those under one key."""
    return _day(node.day), _TYPES.get(node.type, len(_TYPES)), _digest(node.key, 4)


def stretch(node: Node) -> int:
    """The stretch of days that a node is filed in."""
    return _day(node.day) // BUCKET_DAYS


@lru_cache(maxsize=400_000)
def number_of(key: Key) -> int:
    """A key as a number that fits into SQLite."""
    return _digest(repr(key), 8) >> 1


def looks(node: Node) -> Iterator[Look]:
    """The names a node is filed under, each with those where it looks. Whoever is found there would find it too."""
    placed = _placed(node)
    if placed:
        x, y = placed
        around = [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        for family in node.families:
            yield (family, x, y), tuple((family, *cell) for cell in around)
            yield (own := (family, x, y, node.type)), (own,)
        if node.place:
            yield (node.place.id,), ((node.place.id,),)
    for family in node.families:
        for party in _parties(node):
            told, untold = (family, party, True), (family, party, False)
            yield (told, (untold,)) if placed else (untold, (untold, told))
    for word in _rare(node):
        yield (word,), ((word,),)


def pairs_among(nodes: Sequence[Node], first: int = 0) -> Iterator[tuple[int, int]]:
    """Each two nodes to compare, as places in `nodes`, which are in the order of `filing`; those from `first` on."""
    last: dict[int, dict[Name, list[int]]] = {}  # by stretch of days: what was lately filed under each name
    for at, node in enumerate(nodes):
        days = stretch(node)
        if days not in last:
            last = {d: names for d, names in last.items() if d >= days - 1} | {days: defaultdict(list)}
        now, before = last[days], last.get(days - 1, {})
        own = list(looks(node))
        if at >= first:
            yield from ((other, at) for other in _found(own, now, before))
        for name, _ in own:
            filed = now[name]
            filed.append(at)
            if len(filed) > BESIDE:
                del filed[0]


def _found(own: Sequence[Look], now: dict[Name, list[int]], before: dict[Name, list[int]]) -> set[int]:
    found: set[int] = set()
    for name, near in own:
        mine = now.get(name, [])
        oldest = mine[0] if len(mine) == BESIDE else -1  # for what is older, others of this name are nearer
        for other in near:
            for filed in (before.get(other), now.get(other)):
                if filed:
                    found.update(at for at in filed if at >= oldest)
    return found


class Files(Protocol[At]):
    """Where nodes are filed: places under a key, in order."""

    def before(self, key: Key, at: At) -> Sequence[At]:
        """The last `BESIDE` places before one."""
        ...

    def after(self, key: Key, at: At) -> Sequence[At]:
        """The first `BESIDE` places after one."""
        ...


def around(files: Files[At], node: Node, at: At) -> set[At]:
    """The places of the nodes to compare one with, whether it is filed itself or not."""
    days = stretch(node)
    found: set[At] = set()
    for name, near in looks(node):
        before, after = files.before((name, days), at), files.after((name, days), at)
        first = min(before) if len(before) == BESIDE else None  # to what is further off, others of this name are nearer
        last = max(after) if len(after) == BESIDE else None
        for other in near:
            for d in (days - 1, days):
                found.update(it for it in files.before((other, d), at) if first is None or it >= first)
            for d in (days, days + 1):
                found.update(it for it in files.after((other, d), at) if last is None or it <= last)
    return found


def still_beside(files: Files[At], one: Node, at_one: At, other: Node, at_other: At) -> bool:
    """Whether two nodes that were next to one another are so still; `one` is filed before `other`."""
    then, now = stretch(one), stretch(other)
    sought = dict(looks(other))
    if not 0 <= now - then <= 1:
        return False
    for name, near in looks(one):
        after = None
        for met in near:
            if name in sought.get(met, ()):
                after = files.after((name, then), at_one) if after is None else after
                before = files.before((met, now), at_other)
                if (len(after) < BESIDE or after[-1] >= at_other) and (len(before) < BESIDE or min(before) <= at_one):
                    return True
    return False


class Index:
    """Nodes by the keys they are found by, to which others can be added."""

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        self.nodes: dict[str, Node] = {}
        self._filed: dict[Key, list[Item]] = defaultdict(list)
        for node in nodes:
            self.add(node)

    def add(self, node: Node) -> None:
        """File one more node."""
        self.nodes[node.key] = node
        for name, _ in looks(node):
            insort(self._filed[name, stretch(node)], (filing(node), node.key))

    def around(self, node: Node) -> set[str]:
        """The keys of the nodes to compare one with."""
        return {key for _, key in around(self, node, (filing(node), node.key))}

    def before(self, key: Key, at: Item) -> list[Item]:
        """The last `BESIDE` places before one."""
        filed = self._filed.get(key, [])
        here = bisect_left(filed, at)
        return filed[max(0, here - BESIDE) : here]

    def after(self, key: Key, at: Item) -> list[Item]:
        """The first `BESIDE` places after one."""
        filed = self._filed.get(key, [])
        here = bisect_right(filed, at)
        return filed[here : here + BESIDE]


def _digest(text: str, size: int) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=size).digest(), "big")


def _placed(node: Node) -> tuple[int, int] | None:
    if node.place and node.place.precision <= FINE:
        return math.floor(node.place.lat / CELL), math.floor(node.place.lon / CELL)
    return None


def _parties(node: Node) -> list[str]:
    return sorted(node.actors | node.targets)[:PARTIES]


def _rare(node: Node) -> list[str]:
    return [word for word in node.words.stems[:RARE] if weight(word) >= RARE_WEIGHT]  # the rarest come first


@lru_cache(maxsize=20_000)
def _day(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:  # none, or only a month
        return 0
