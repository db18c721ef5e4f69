"""Who did it and to whom, in the two places that the codebooks have for them."""

from __future__ import annotations

import msgspec

from sayso.views.export.facts import Facts


class Party(msgspec.Struct, frozen=True):
    """An actor as the reports name it, and its id in the register where it is of record."""

    name: str
    id: str | None


class Sides(msgspec.Struct, frozen=True):
    """The first actor and the first it was done to, and the others of each."""

    one: Party | None
    with_one: tuple[Party, ...]
    other: Party | None
    with_other: tuple[Party, ...]


def sides_of(facts: Facts) -> Sides:
    """The two sides. Of a clash whose targets are not told, the second actor is the other side.

    Where accounts differ over who did it, the others they name are no associates and stay out.
    """
    incident = facts.incident
    actors = parties(incident.actors, incident.actor_ids)
    targets = parties(incident.targets, incident.target_ids)
    if incident.type == "clash" and not targets and len(actors) > 1 and not facts.disputed_actor:
        actors, targets = actors[:1], actors[1:]
    return Sides(
        one=actors[0] if actors else None,
        with_one=() if facts.disputed_actor else actors[1:],
        other=targets[0] if targets else None,
        with_other=targets[1:],
    )


def parties(names: tuple[str, ...], ids: tuple[str | None, ...]) -> tuple[Party, ...]:
    """Names with their ids; a record without ids has none."""
    return tuple(Party(*pair) for pair in zip(names, ids or (None,) * len(names), strict=True))
