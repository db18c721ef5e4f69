"""Families of copies: the reports that hang together by copying, and for each of them whom it has its words from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from sayso.copies.records import Pair


class Descent(msgspec.Struct, frozen=True):
    """One report of a family. `of`: the report it has most of its copied words from, None where that is not known;
    `pair`: the pair that says so; `depth`: how many stand between it and one of which nothing earlier is known."""

    id: str
    of: str | None
    pair: Pair | None
    depth: int


class Family(msgspec.Struct, frozen=True):
    """Reports that copy each other, parents before children; `pairs`: all copying among them."""

    members: tuple[Descent, ...]
    pairs: tuple[Pair, ...]

    @property
    def origins(self) -> tuple[str, ...]:
        """The reports that have their words from none of the others, as far as is known."""
        return tuple(member.id for member in self.members if member.of is None)


def families_of(pairs: Iterable[Pair]) -> list[Family]:
    """The families, the largest first. Quotations, background and furniture make none."""
    copying = sorted((p for p in pairs if p.kind in ("same", "part")), key=lambda p: (-copied(p), p.a, p.b))
    parents: dict[str, Pair] = {}
    for pair in copying:  # the pairs with most words in common say first who has it from whom
        if pair.first in ("a", "b"):
            child, parent = (pair.b, pair.a) if pair.first == "a" else (pair.a, pair.b)
            if child not in parents and not _descends(parent, child, parents):
                parents[child] = pair
    return sorted(
        (_family(members, copying, parents) for members in _connected(copying)),
        key=lambda family: (-len(family.members), family.members[0].id),
    )


def copied(pair: Pair) -> int:
    """How many words of the pair say something about who has what from whom."""
    return sum(passage.words for passage in pair.passages if passage.kind in ("copied", "quotation"))


def _other(pair: Pair, id: str) -> str:
    return pair.b if pair.a == id else pair.a


def _descends(id: str, ancestor: str, parents: dict[str, Pair]) -> bool:
    while id != ancestor and id in parents:
        id = _other(parents[id], id)
    return id == ancestor


def _connected(pairs: Iterable[Pair]) -> list[list[str]]:
    """Union by a pointer to the smallest id, halved on the way."""
    root: dict[str, str] = {}

    def find(id: str) -> str:
        while root.setdefault(id, id) != id:
            root[id] = root[root[id]]
            id = root[id]
        return id

    for pair in pairs:
        low, high = sorted((find(pair.a), find(pair.b)))
        root[high] = low
    groups = defaultdict(list)
    for id in sorted(root):
        groups[find(id)].append(id)
    return list(groups.values())


def _family(members: list[str], copying: list[Pair], parents: dict[str, Pair]) -> Family:
    inside = frozenset(members)
    children = defaultdict(list)
    for id in members:
        if id in parents:
            children[_other(parents[id], id)].append(id)
    ordered: list[Descent] = []
    waiting = [(id, 0) for id in reversed(members) if id not in parents]
    while waiting:
        id, depth = waiting.pop()
        pair = parents.get(id)
        ordered.append(Descent(id, _other(pair, id) if pair else None, pair, depth))
        waiting += [(child, depth + 1) for child in reversed(children[id])]
    return Family(tuple(ordered), tuple(pair for pair in copying if pair.a in inside))
