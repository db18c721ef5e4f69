"""What some nodes of one incident tell together, as one node, so that groups can be compared by all they say."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from sayso.linking.nodes import EXACT_DAYS, MOST_STEMS, Node, Wording, families
from sayso.linking.wording import mass, weight

T = TypeVar("T")
MOST_TRIGGERS = 6  # stems of triggers kept, those that most nodes use


def whole(nodes: Sequence[Node]) -> Node:
    """One node for several: the type, place and day that most say, most exactly; the words that most use.

    It is of no report, so that nothing is said of how one report tells it.
    """
    if len(nodes) == 1:
        return nodes[0]
    first = min(nodes, key=lambda node: node.key)
    exact = [node for node in nodes if node.days <= EXACT_DAYS] or nodes
    dated = _most((node.first, node.last, node.days, node.day) for node in exact)
    placed = [node for node in nodes if node.place]
    finest = min((node.place.precision for node in placed if node.place), default=9)
    ids = Counter(node.place.id for node in placed if node.place and node.place.precision == finest)
    at = next((node for node in placed if node.place and node.place.id == _most(ids.elements())), first)
    lows = [low for node in nodes if node.killed and (low := node.killed[0]) is not None]
    highs = [node.killed[1] for node in nodes if node.killed]
    return msgspec.structs.replace(
        first,
        report="",
        type=min(Counter(n.type for n in nodes).items(), key=lambda c: (c[0] in families().general, -c[1], c[0]))[0],
        families=frozenset().union(*(node.families for node in nodes)),
        place=at.place,
        place_words=frozenset().union(*(node.place_words for node in nodes)),
        first=dated[0],
        last=dated[1],
        days=dated[2],
        day=dated[3],
        actors=frozenset().union(*(node.actors for node in nodes)),
        targets=frozenset().union(*(node.targets for node in nodes)),
        party_words=_worded([node.party_words for node in nodes]),
        killed=(min(lows, default=0), None if None in highs else max(h for h in highs if h is not None))
        if highs
        else None,
        triggers=frozenset(s for s, _ in _ranked(s for node in nodes for s in node.triggers)[:MOST_TRIGGERS]),
        words=_worded([node.words for node in nodes]),
        denied=all(node.denied for node in nodes),
    )


def _ranked(items: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(items).items(), key=lambda item: (-item[1], item[0]))


def _most(items: Iterable[T]) -> T:
    counts = Counter(items)
    return min(counts, key=lambda item: (-counts[item], str(item)))


def _worded(those: Sequence[Wording]) -> Wording:
    counts = Counter(stem for words in those for stem in words.stems)
    kept = heapq.nlargest(MOST_STEMS, ((n * weight(stem), stem) for stem, n in counts.items()))
    return Wording(tuple(stem for _, stem in kept), mass(stem for _, stem in kept))
