"""Nodes -> incidents: near ones compared, the surest joined first, and only where all that are joined fit on the whole.

Joining by the mean of all pairs keeps two incidents apart that a third, vague account resembles both of.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from sayso.linking.nodes import FINE, Node
from sayso.linking.pairs import Judge, Judged

CELL = 0.5  # degrees: with its neighbours a square of about 150 km, wider than two places of one incident are apart
BUCKET_DAYS = 4
UNCOMPARED = -1.0  # log odds of a pair that no key brought together
MOST_IN_A_CELL = 400  # nodes under one key: more are compared with the nearest of them in time only
JOIN = 0.0  # log odds


class Cluster(msgspec.Struct):
    """Nodes of one incident, and the reasons that brought them together."""

    nodes: list[Node]
    reasons: list[str]


def cluster(nodes: Sequence[Node], judge: Judge, extra: Iterable[tuple[str, str]] = ()) -> list[Cluster]:
    """The clusters of all nodes, by first key. `extra`: pairs of node keys to compare, whatever their place and day."""
    by_key = {node.key: node for node in nodes}
    scores: dict[tuple[str, str], Judged] = {}
    for one, other in {*_candidates(nodes), *(pair(a, b) for a, b in extra)}:
        scores[one, other] = judge(by_key[one], by_key[other])
    home = {node.key: Cluster([node], []) for node in nodes}
    for (one, other), judged in sorted(scores.items(), key=lambda item: (-item[1].score, item[0])):
        if judged.score <= JOIN:
            break
        mine, theirs = home[one], home[other]
        if mine is theirs or _mean(mine, theirs, scores) <= JOIN:
            continue
        mine.nodes += theirs.nodes
        mine.reasons += [*theirs.reasons, *judged.reasons]
        for node in theirs.nodes:
            home[node.key] = mine
    unique = {id(found): found for found in home.values()}.values()
    return sorted(unique, key=lambda found: min(node.key for node in found.nodes))


def pair(one: str, other: str) -> tuple[str, str]:
    """Two keys in order."""
    return (one, other) if one < other else (other, one)


def _mean(one: Cluster, other: Cluster, scores: dict[tuple[str, str], Judged]) -> float:
    total = 0.0
    for a in one.nodes:
        for b in other.nodes:
            found = scores.get(pair(a.key, b.key))
            total += found.score if found else UNCOMPARED
    return total / (len(one.nodes) * len(other.nodes))


def _candidates(nodes: Sequence[Node]) -> Iterator[tuple[str, str]]:
    """Pairs of nodes near in place and time, or, without a place, of the same parties at the same time."""
    index: dict[tuple[object, ...], list[Node]] = defaultdict(list)
    for node in nodes:
        for key in _keys(node):
            index[key].append(node)
    for node in nodes:
        for key in _near(node):
            beside = index.get(key, ())
            if len(beside) > MOST_IN_A_CELL:
                beside = sorted(beside, key=lambda other: (abs(_day(other) - _day(node)), other.key))[:MOST_IN_A_CELL]
            yield from (pair(node.key, other.key) for other in beside if other.key != node.key)


def _keys(node: Node) -> list[tuple[object, ...]]:
    bucket = _day(node) // BUCKET_DAYS
    if node.place and node.place.precision <= FINE:
        x, y = _cell(node.place.lat), _cell(node.place.lon)
        return [(family, x, y, bucket) for family in node.families]
    return [(family, party, bucket) for family in node.families for party in sorted(node.actors | node.targets)[:4]]


def _near(node: Node) -> Iterator[tuple[object, ...]]:
    around = (-1, 0, 1)
    for key in _keys(node):
        if len(key) == 4:
            family, x, y, bucket = key
            yield from (
                (family, x + dx, y + dy, bucket + db)  # type: ignore[operator]
                for dx in around for dy in around for db in around
            )  # fmt: skip
        else:
            family, party, bucket = key
            yield from ((family, party, bucket + db) for db in around)  # type: ignore[operator]
    for family in node.families if node.place and node.place.precision <= FINE else ():
        bucket = _day(node) // BUCKET_DAYS
        for party in sorted(node.actors | node.targets)[:4]:  # accounts of the same parties that name no place
            yield from ((family, party, bucket + db) for db in around)


def _cell(degrees: float) -> int:
    return math.floor(degrees / CELL)


def _day(node: Node) -> int:
    return date.fromisoformat(node.day).toordinal() if node.day else 0
