"""Mentions of one event in one report share an incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sayso.records.reading import Bounds

STRIKES: Final = frozenset(
    {"air_strike", "shelling", "bombing", "suicide_bombing", "chemical_attack", "attack", "clash"}
)
SAME_ALWAYS: Final = frozenset({"capture", "casualties", *STRIKES})


@dataclass(frozen=True, slots=True)
class Mention:
    """What decides whether two mentions are of one event; names and places in lower case, empty if unknown."""

    type: str
    actors: frozenset[str]
    targets: frozenset[str]
    place: str
    time: str
    killed: Bounds | None
    status: str


def incidents_of(mentions: Sequence[Mention]) -> list[int]:
    """The incident of each mention, numbered from 1 in order of first mention.

    A mention joins the latest incident whose every mention it is compatible with, and which it shares something with:
    nothing is joined by a chain of mentions that contradict each other.
    """
    groups: list[list[Mention]] = []
    numbers: list[int] = []
    for mention in mentions:
        for number in range(len(groups) - 1, -1, -1):
            group = groups[number]
            if all(_compatible(mention, m) for m in group) and any(_shares(mention, m) for m in group):
                group.append(mention)
                numbers.append(number + 1)
                break
        else:
            groups.append([mention])
            numbers.append(len(groups))
    return numbers


def _compatible(a: Mention, b: Mention) -> bool:
    return (
        _types_fit(a.type, b.type)
        and _names_fit(a.actors, b.actors)
        and (not a.place or not b.place or a.place in b.place or b.place in a.place)
        and (not a.time or not b.time or a.time == b.time)
        and (a.killed is None or b.killed is None or _meet(a.killed, b.killed))
        and (a.status == b.status or "denied" in (a.status, b.status) or a.type == "casualties")
    )


def _types_fit(a: str, b: str) -> bool:
    if a == b:
        return True
    pair = {a, b}
    return ("casualties" in pair or "attack" in pair) and pair <= STRIKES | {"casualties"}


def _names_fit(a: frozenset[str], b: frozenset[str]) -> bool:
    return not a or not b or any(x in y or y in x for x in a for y in b)


def _meet(a: Bounds, b: Bounds) -> bool:
    infinite = float("inf")
    return (a[0] or 0) <= (infinite if b[1] is None else b[1]) and (b[0] or 0) <= (infinite if a[1] is None else a[1])


def _shares(a: Mention, b: Mention) -> bool:
    """At least one thing said of both beside the type, where the type is one that recurs within a report."""
    if a.killed is not None and a.killed == b.killed:
        return True
    if a.place and b.place and (a.type == b.type or a.type in SAME_ALWAYS):
        return True
    return bool(a.type == b.type and a.actors & b.actors and (a.targets & b.targets or not a.targets or not b.targets))
