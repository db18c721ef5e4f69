"""Nodes -> incidents: near ones compared, the surest joined first, and only where all that are joined fit on the whole.

Joining by the mean of all pairs keeps two incidents apart that a third, vague account resembles both of. What is joined
depends only on the nodes that hang together by pairs more likely one than not, so that a new report changes its own
neighbourhood and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from sayso.linking.candidates import Index
from sayso.linking.nodes import Node
from sayso.linking.pairs import Judge, Judged

JOIN = 0.0  # log odds
SAMPLE = 6  # nodes of a cluster that stand for all of it when two are held against each other

Pair = tuple[str, str]


class Cluster(msgspec.Struct):
    """Nodes of one incident, and the reasons that brought them together."""

    nodes: list[Node]
    reasons: list[str]


def pair(one: str, other: str) -> Pair:
    """Two keys in order."""
    return (one, other) if one < other else (other, one)


def cluster(nodes: Sequence[Node], judge: Judge, extra: Iterable[Pair] = ()) -> list[Cluster]:
    """The clusters of all nodes, by first key. `extra`: pairs of node keys to compare, whatever their place and day."""
    linker = Linker(judge)
    linker.add(nodes, extra)
    return linker.clusters()


class Linker:
    """Keeps nodes linked while reports come in."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._index = Index()
        self._likely: dict[str, dict[str, Judged]] = defaultdict(dict)  # pairs more likely one than not, both ways

    def add(self, nodes: Sequence[Node], extra: Iterable[Pair] = ()) -> None:
        """Take in nodes, and compare them with what is near them."""
        if self._index.nodes:
            for node in nodes:
                self._index.add(node)
            near = self._index.around
        else:
            self._index = Index(nodes)
            near = self._index.before
        for node in sorted(nodes, key=lambda node: (node.day, node.key)):  # what is near was lately at hand
            for other in near(node):
                self._compare(pair(node.key, other))
        for one, other in extra:
            self._compare(pair(one, other))

    def clusters(self, around: Iterable[str] | None = None) -> list[Cluster]:
        """All clusters by first key, or those of the nodes that hang together with some."""
        return self._clusters(self._index.nodes if around is None else around)

    def _compare(self, keys: Pair) -> None:
        one, other = keys
        if other not in self._likely.get(one, ()):
            judged = self._judge(self._index.nodes[one], self._index.nodes[other])
            if judged.score > JOIN:
                self._likely[one][other] = self._likely[other][one] = judged

    def _clusters(self, keys: Iterable[str]) -> list[Cluster]:
        seen: set[str] = set()
        found: list[Cluster] = []
        for key in keys:
            if key not in seen:
                together = self._together(key)
                seen |= together
                found += self._divide(together)
        return sorted(found, key=lambda cluster: cluster.nodes[0].key)

    def _together(self, key: str) -> set[str]:
        """All keys that hang together with one by likely pairs."""
        found, ahead = {key}, [key]
        while ahead:
            new = self._likely.get(ahead.pop(), {}).keys() - found
            found |= new
            ahead += new
        return found

    def _divide(self, keys: set[str]) -> list[Cluster]:
        """The clusters among nodes that hang together: the likeliest pairs first, where the whole fits."""
        nodes = self._index.nodes
        home = {key: Cluster([nodes[key]], []) for key in sorted(keys)}
        scores: dict[Pair, float] = {}
        likely = ((key, other, judged) for key in keys for other, judged in self._likely.get(key, {}).items())
        ordered = sorted((-judged.score, one, other, judged.reasons) for one, other, judged in likely if one < other)
        for _, one, other, reasons in ordered:
            mine, theirs = home[one], home[other]
            if mine is theirs or self._mean(mine, theirs, scores) <= JOIN:
                continue
            mine.nodes = sorted(mine.nodes + theirs.nodes, key=lambda node: node.key)
            mine.reasons += [*theirs.reasons, *reasons]
            for node in theirs.nodes:
                home[node.key] = mine
        return list({id(found): found for found in home.values()}.values())

    def _mean(self, one: Cluster, other: Cluster, scores: dict[Pair, float]) -> float:
        total, count = 0.0, 0
        for a in _some(one.nodes):
            for b in _some(other.nodes):
                keys = pair(a.key, b.key)
                if keys not in scores:
                    known = self._likely.get(keys[0], {}).get(keys[1])
                    scores[keys] = (known or self._judge(a, b)).score
                total += scores[keys]
                count += 1
        return total / count


def _some(nodes: Sequence[Node]) -> Sequence[Node]:
    """At most `SAMPLE` nodes, spread over all."""
    if len(nodes) <= SAMPLE:
        return nodes
    return [nodes[at * len(nodes) // SAMPLE] for at in range(SAMPLE)]
