"""UCDP's type of violence: who uses it against whom."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.codebooks.conditions import Seen
from sayso.codebooks.mapping import Mapping

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3


def type_of_violence(seen: Seen, mapping: Mapping) -> tuple[int | None, str]:
    """1, 2, 3, or None where no type is warranted; and why. UCDP counts what has at least one death."""
    if seen.event.type not in mapping.lethal:
        return None, "no lethal violence"
    if seen.event.killed_n is not None and seen.event.killed_n[1] == 0:
        return None, "nobody was killed"
    actors = _sides(seen.actor_kinds, mapping)
    if any(kind in mapping.groups["bodies"] for kind in seen.actor_kinds):
        actors.add("state")  # forces under an international body are states'
    if not seen.target_kinds and len(seen.actor_kinds) > 1:  # "clashes between A and B": both are actors
        return _between(seen.actor_kinds, mapping)
    targets = _sides(seen.target_kinds, mapping)
    if not actors & {"state", "non-state"}:
        return None, "which organised side used violence is not known"
    if targets & {"state", "non-state"}:
        stated = "state" in actors | targets
        told = f"{_named(seen.actor_kinds)} against {_named(seen.target_kinds)}"
        return (STATE_BASED if stated else NON_STATE), told
    if targets == {"civilians"} and seen.event.type not in mapping.never_one_sided:
        return ONE_SIDED, f"{_named(seen.actor_kinds)} against civilians"
    return None, "whom it was used against is not known"


def _between(kinds: Iterable[str | None], mapping: Mapping) -> tuple[int | None, str]:
    """Of sides that are told together. Forces of states alone may be allies, so they are no two sides."""
    kinds = tuple(kinds)
    groups = [_sides([kind], mapping) for kind in kinds]
    non_state = sum("non-state" in group for group in groups)
    if non_state and any("state" in group for group in groups):
        return STATE_BASED, f"between {_named(kinds)}"
    if non_state > 1:
        return NON_STATE, f"between {_named(kinds)}"
    return None, "which two sides fought is not known"


def _sides(kinds: Iterable[str | None], mapping: Mapping) -> set[str]:
    sides = {"state": mapping.groups["state"] | mapping.groups["foreign"]}
    sides |= {name: mapping.groups[name] for name in ("non-state", "civilians")}
    return {side for side, group in sides.items() for kind in kinds if kind in group}


def _named(kinds: Iterable[str | None]) -> str:
    return " and ".join(dict.fromkeys(kind or "unknown" for kind in kinds))
