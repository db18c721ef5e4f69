"""How near two types of act are, and how much it says that two are told of one place."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from sayso.linking.nodes import families


@lru_cache(2_000)
def types_alike(one: str, other: str) -> str:
    """What two types of one family say, as a piece of evidence.

    >>> types_alike("air_strike", "shelling"), types_alike("casualties", "bombing"), types_alike("siege", "deploy")
    ('types alike', 'one type is general', 'same family')
    """
    if one == other:
        return "same type"
    if any(one in alike and other in alike for alike in families().alike):
        return "types alike"
    return "one type is general" if {one, other} & set(families().general) else "same family"


@cache
def towns() -> frozenset[str]:
    """`towns.txt`: ids of towns of 100,000 people and more, where much happens on one day."""
    lines = resources.files("sayso.linking").joinpath("towns.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(f"geonames:{number}" for line in lines if not line.startswith("#") for number in line.split())
