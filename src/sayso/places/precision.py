"""How exactly words place something: UCDP's `where_prec` for an entry and the way it is spoken of."""

from __future__ import annotations

from typing import Final

from sayso.places.entry import Entry
from sayso.places.phrase import Relation
from sayso.records.resolved import Level

# UCDP GED codebook: 1 the spot, 2 within about 25 km of it, 3 second-level division, 4 first-level division,
# 5 a line or a wider region, 6 country, 7 international waters or several countries.
_OF_LEVEL: Final[dict[Level, int]] = {"site": 1, "town": 1, "district": 3, "province": 4, "region": 5, "country": 6}
_NEAR: Final[frozenset[Relation]] = frozenset({"near", "offset"})


def where_prec(entry: Entry, relation: Relation) -> int:
    """The precision of a place that stands in `relation` to `entry`."""
    if relation in ("between", "border"):
        return 5
    own = 7 if entry.level == "region" and entry.country is None else _OF_LEVEL[entry.level]
    if entry.level == "country":
        return 5 if relation in ("part", "near", "around") else own
    if relation in _NEAR:
        return max(2, own)
    if relation == "around":
        return max(3, own)
    return own


def level_of(entry: Entry, relation: Relation) -> Level:
    """The level of a place that stands in `relation` to `entry`: a part of a country is a region, a line is one."""
    if relation in ("between", "border") or (entry.level == "country" and relation in ("part", "near", "around")):
        return "region"
    return entry.level
