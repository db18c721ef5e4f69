"""Whether two reports tell of one incident: what speaks for it and against it, weighed, with the reasons kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import resources

import msgspec

from sayso.linking.disputes import Related, ranges_meet
from sayso.linking.nodes import EXACT_DAYS, FINE, Node
from sayso.records.resolved import Place

REACH_KM = {1: 6.0, 2: 30.0, 3: 60.0}  # how far a place may be off by UCDP where_prec
ALIKE = 0.12  # of the words: less is what any two reports of a war share
EARTH_KM = 6371.0
NO = -20.0  # no weight of evidence outweighs it


class Judged(msgspec.Struct, frozen=True, gc=False):
    """The log odds that two nodes are one incident, and what decided."""

    score: float
    reasons: tuple[str, ...]


@cache
def weights() -> dict[str, float]:
    """The weight of each reason, in log odds."""
    return msgspec.json.decode(
        resources.files("sayso.linking").joinpath("weights.json").read_bytes(), type=dict[str, float]
    )  # fmt: skip


def judge(one: Node, other: Node, *, copied: bool, related: Related) -> Judged:
    """Weigh two nodes. `copied`: a passage that tells one of them is also the other's."""
    if not one.families & other.families:
        return Judged(NO, ("of different kinds",))
    table, found = weights(), [("bias", 1.0)]
    found.append(("same type" if one.type == other.type else "same family", 1.0))
    found += _place(one.place, other.place)
    found += _days(one, other)
    found += _parties("actor", one.actors, other.actors, related)
    found += _parties("target", one.targets, other.targets, related)
    found += _numbers(one, other)
    alike = len(one.words & other.words) / (len(one.words | other.words) or 1)
    if alike > ALIKE:
        found.append(("alike in words", alike))
    if copied:
        found.append(("copied passage", 1.0))
    if one.report == other.report:
        found.append(("same report", 1.0))
    score = sum(table[name] * amount for name, amount in found)
    return Judged(score, tuple(name for name, amount in found if table[name] * amount > 0))


def km_between(one: Place, other: Place) -> float:
    """Great-circle distance in kilometres."""
    a, b, c, d = (math.radians(x) for x in (one.lat, one.lon, other.lat, other.lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _place(one: Place | None, other: Place | None) -> list[tuple[str, float]]:
    if one is None or other is None:
        return []
    if one.id == other.id:
        return [("same place", 1.0 if one.precision <= FINE else 0.3)]
    if one.country and other.country and one.country != other.country:
        return [("far", 1.0)]
    if one.precision > FINE or other.precision > FINE:
        within = one.admin1 == other.admin1 and one.admin1 is not None
        wide = max(one.precision, other.precision) >= 6  # one of them is a whole country
        return [("one holds the other", 1.0)] if within else [] if wide else [("far", 0.6)]
    reach = REACH_KM[one.precision] + REACH_KM[other.precision]
    away = km_between(one, other)
    if away <= reach:
        return [("near", 1.0)]
    return [("far", 1.0 if away > 2 * reach else 0.5)]


def _days(one: Node, other: Node) -> list[tuple[str, float]]:
    precise = [
        max(a.date_precision or 9 for a in n.accounts if a.first == n.first) if n.first else 9 for n in (one, other)
    ]
    if one.first and one.last and other.first and other.last and max(precise) <= EXACT_DAYS:
        gap = max(_gap(one.last, other.first), _gap(other.last, one.first))
        return [
            ("same days", 1.0) if gap <= 0 else ("a day apart", 1.0) if gap == 1 else ("days apart", min(1.5, gap / 4))
        ]
    if one.day and other.day:
        gap = abs(_gap(one.day, other.day))
        return [("only published together", 1.0)] if gap <= 1 else [("days apart", min(1.0, gap / 10))]
    return []


def _gap(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _parties(role: str, one: frozenset[str], other: frozenset[str], related: Related) -> list[tuple[str, float]]:
    if not one or not other:
        return []
    if one & other or any(related(a, b) for a in one for b in other):
        return [(f"same {role}", 1.0)]
    return [(f"other {role}", 1.0)]


def _numbers(one: Node, other: Node) -> list[tuple[str, float]]:
    if one.killed is None or other.killed is None:
        return []
    if one.killed == other.killed:
        return [("same number", 1.0 if (one.killed[0] or 0) > 2 else 0.3)]
    return [("numbers meet" if ranges_meet(one.killed, other.killed) else "numbers apart", 1.0)]


Judge = Callable[[Node, Node], Judged]
