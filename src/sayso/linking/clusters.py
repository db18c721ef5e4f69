"""Nodes -> incidents: near ones compared, the surest joined first, and only where all that are joined fit on the whole.

Joining by the mean of all pairs keeps two incidents apart that a third, vague account resembles both of. What is joined
depends only on the nodes that hang together (`tied`), so that a new report changes its own neighbourhood and nothing
else. What people have put together or taken apart stays so.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from sayso.linking.candidates import Index, filing, pairs_among
from sayso.linking.nodes import Node
from sayso.linking.pairs import Judge, Judged
from sayso.linking.whole import whole

JOIN = 0.0  # log odds
# Two clusters may also be one by all that each says together (`whole.py`): a strike that some tell as shelling.
SURE = 1.0  # log odds of the two wholes
NOT_UNLIKE = -2.0  # the mean of their pairs, at least
SURE_PAIR = 1.0  # of nodes: nearly three to one
SURER_PAIR = 2.0  # seven to one: by such pairs few hang together in any pool that was tried
MANY_TOGETHER = 250  # nodes: dividing them takes a tenth of a second
SAMPLE = 6  # nodes of a cluster that stand for all of it when two are held against each other

Pair = tuple[str, str]
K = TypeVar("K", str, int)
Likely = Mapping[str, Mapping[str, Judged]]


class Cluster(msgspec.Struct):
    """Nodes of one incident, and the reasons that brought them together."""

    nodes: list[Node]
    reasons: list[str]


class Bound(msgspec.Struct, frozen=True):
    """What people decided of accounts, by their keys: those that are one, and those that are not, both ways."""

    one: Mapping[str, frozenset[str]] = {}
    apart: Mapping[str, frozenset[str]] = {}


UNBOUND = Bound()


def pair(one: str, other: str) -> Pair:
    """Two keys in order."""
    return (one, other) if one < other else (other, one)


def cluster(nodes: Sequence[Node], judge: Judge, extra: Iterable[Pair] = (), bound: Bound = UNBOUND) -> list[Cluster]:
    """The clusters of all nodes, by first key. `extra`: pairs of node keys to compare, whatever their place and day."""
    linker = Linker(judge, bound)
    linker.add(nodes, extra)
    return linker.clusters()


class Linker:
    """Keeps nodes linked while reports come in."""

    def __init__(self, judge: Judge, bound: Bound = UNBOUND) -> None:
        self._judge = judge
        self._bound = bound
        self._index = Index()
        self._likely: dict[str, dict[str, Judged]] = defaultdict(dict)  # pairs more likely one than not, both ways

    def add(self, nodes: Sequence[Node], extra: Iterable[Pair] = ()) -> None:
        """Take in nodes, and compare them with what is near them."""
        first = not self._index.nodes
        for node in nodes:
            self._index.add(node)
        if first:
            ordered = sorted(nodes, key=filing)
            for at, beside in pairs_among(ordered):
                self._compare(pair(ordered[at].key, ordered[beside].key))
        else:
            for node in nodes:
                for key in self._index.around(node):
                    self._compare(pair(node.key, key))
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

    def _tied(self, key: str, sure: float) -> set[str]:
        return tied({other: judged.score for other, judged in self._likely.get(key, {}).items()}, self._best, sure)

    def _best(self, key: str) -> float:
        return max(judged.score for judged in self._likely[key].values())

    def _clusters(self, keys: Iterable[str]) -> list[Cluster]:
        homes = homes_of(self._index.nodes.values(), self._bound)
        found: list[Cluster] = []
        for keys_together in components(keys, lambda key, sure: {*self._tied(key, sure), *homes.get(key, ())}):
            nodes = {key: self._index.nodes[key] for key in keys_together}
            found += divide(nodes, self._likely, self._judge, self._bound)
        return sorted(found, key=lambda cluster: cluster.nodes[0].key)


def components(keys: Iterable[K], tied_to: Callable[[K, float], Iterable[K]]) -> Iterator[set[K]]:
    """The sets of keys that hang together with some. `tied_to`: what a key is tied to, by how sure pairs.

    Where very many would, only surer pairs count; whichever of them is asked for, the sets are the same.
    """
    seen: set[K] = set()
    for key in keys:
        if key not in seen:
            found = _spread(key, lambda one: tied_to(one, SURE_PAIR), MANY_TOGETHER)
            if len(found) > MANY_TOGETHER:
                found = _spread(key, lambda one: tied_to(one, SURER_PAIR), math.inf)
            seen |= found
            yield found


def _spread(key: K, beside: Callable[[K], Iterable[K]], most: float) -> set[K]:
    """All that hangs together with a key, or more than `most` of it."""
    found, ahead = {key}, [key]
    while ahead and len(found) <= most:
        new = set(beside(ahead.pop())) - found
        found |= new
        ahead += new
    return found


def tied(likely: Mapping[K, float], best: Callable[[K], float], sure: float) -> set[K]:
    """Those of a node's likely partners, with their log odds, that it hangs together with.

    Those with higher log odds than `sure`; and the likeliest of whoever has none of these, seen from either side. All
    likely pairs together would tie a whole war into one. `best`: the highest log odds that a partner has with anybody.
    """
    mine = max(likely.values(), default=0.0)
    least = mine if mine <= sure else math.inf
    return {key for key, odds in likely.items() if odds > sure or odds >= least or odds >= best(key)}


def homes_of(nodes: Iterable[Node], bound: Bound) -> dict[str, set[str]]:
    """For the nodes that people have put together with others: the keys of those, both ways."""
    if not bound.one:
        return {}
    home = {key: node.key for node in nodes for key in node.keys}
    tied: dict[str, set[str]] = defaultdict(set)
    for key, others in bound.one.items():
        if key in home:
            tied[home[key]] |= {home[other] for other in others if other in home}
    return tied


def divide(nodes: Mapping[str, Node], likely: Likely, judge: Judge, bound: Bound = UNBOUND) -> list[Cluster]:
    """The clusters among nodes that hang together: the likeliest pairs first, where the whole fits."""
    return _Division(nodes, likely, judge, bound).clusters()


class _Division:
    def __init__(self, nodes: Mapping[str, Node], likely: Likely, judge: Judge, bound: Bound) -> None:
        self._likely, self._judge, self._bound = likely, judge, bound
        self._home = {key: Cluster([nodes[key]], []) for key in sorted(nodes)}
        self._scores: dict[Pair, float] = {}

    def clusters(self) -> list[Cluster]:
        """What people put together, then the rest."""
        home = self._home
        nodes = [found.nodes[0] for found in home.values()]
        for key, others in sorted(homes_of(nodes, self._bound).items()):
            for other in sorted(others):
                self._join(key, other, ("somebody put them together",))
        ordered = sorted(
            (-judged.score, one, other, judged.reasons)
            for one in home
            for other, judged in self._likely.get(one, {}).items()
            if one < other and other in home
        )
        refused: set[tuple[str, int, str, int]] = set()  # two clusters are tried again only when one of them has grown
        for _, one, other, reasons in ordered:
            mine, theirs = home[one], home[other]
            if mine is theirs:
                continue
            a, b = sorted((found.nodes[0].key, len(found.nodes)) for found in (mine, theirs))
            if (*a, *b) in refused:
                continue
            if self._fit(mine, theirs):
                self._join(one, other, reasons)
            else:
                refused.add((*a, *b))
        return list({id(found): found for found in home.values()}.values())

    def _join(self, one: str, other: str, reasons: Iterable[str]) -> None:
        mine, theirs = self._home[one], self._home[other]
        if mine is theirs:
            return
        mine.nodes = sorted(mine.nodes + theirs.nodes, key=lambda node: node.key)
        mine.reasons += [*theirs.reasons, *reasons]
        for node in theirs.nodes:
            self._home[node.key] = mine

    def _fit(self, one: Cluster, other: Cluster) -> bool:
        if self._kept_apart(one, other):
            return False
        mean = self._mean(one, other)
        return mean > JOIN or (mean > NOT_UNLIKE and self._judge(whole(one.nodes), whole(other.nodes)).score > SURE)

    def _kept_apart(self, one: Cluster, other: Cluster) -> bool:
        apart = self._bound.apart
        if not apart:
            return False
        theirs = {key for node in other.nodes for key in node.keys}
        return any(not theirs.isdisjoint(apart.get(key, ())) for node in one.nodes for key in node.keys)

    def _mean(self, one: Cluster, other: Cluster) -> float:
        total, count = 0.0, 0
        for a in _some(one.nodes):
            for b in _some(other.nodes):
                keys = pair(a.key, b.key)
                if keys not in self._scores:
                    known = self._likely.get(keys[0], {}).get(keys[1])
                    self._scores[keys] = (known or self._judge(a, b)).score
                total += self._scores[keys]
                count += 1
        return total / count


def _some(nodes: Sequence[Node]) -> Sequence[Node]:
    """At most `SAMPLE` nodes, spread over all."""
    if len(nodes) <= SAMPLE:
        return nodes
    return [nodes[at * len(nodes) // SAMPLE] for at in range(SAMPLE)]
