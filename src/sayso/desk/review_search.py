"""Looking up what a mend may say: places of the gazetteer, actors of the register."""

from __future__ import annotations

from functools import cache
from math import log10
from typing import Any

from sayso.actors import resolve_actors
from sayso.actors.names import fold, words
from sayso.actors.register import Register
from sayso.places.entry import Entry
from sayso.places.gazetteer import Gazetteer, km
from sayso.records.resolved import Named

MOST = 12  # found: a screen to choose from
_NEAR_KM = 50.0  # as `sayso places find --near`
Point = tuple[float, float]


def places(name: str, near: Point | None) -> dict[str, Any]:
    """Places that a name may mean (`review_answers.PlacesFound`); of a point alone the places around it."""
    gazetteer = Gazetteer.installed()
    if not name.strip():
        around = gazetteer.nearby(*near, _NEAR_KM)[:MOST] if near else ()
        return {"rows": [_place(entry, near) for entry in around]}
    matches = list(gazetteer.find(name))
    if near is not None:
        matches.sort(key=lambda m: -(m.score - 2 * log10(1 + km(*near, m.entry.lat, m.entry.lon) / _NEAR_KM)))
    return {"rows": [_place(match.entry, near) for match in matches[:MOST]]}


def actors(name: str, country: str | None, day: str | None) -> dict[str, Any]:
    """Actors of record that a name, or the beginnings of its words, may mean (`review_answers.ActorsFound`)."""
    register = Register.installed()
    asked = [word.folded for word in words(name)]
    if not asked:
        return {"rows": []}
    found: dict[str, str] = {}
    [meant] = resolve_actors([name], register=register, text="", countries=[country] if country else [], published=day)
    if meant is not None:
        found[meant.id] = name
    for id, known_as, folded in _names():
        if len(found) >= MOST:
            break
        if id not in found and all(any(word.startswith(one) for word in folded) for one in asked):
            found[id] = known_as
    return {"rows": [_actor(register.named(id, ""), known_as) for id, known_as in found.items()]}


@cache
def _names() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Every name of the register with its id and folded words, shorter names first; made once a process."""
    uses = {
        (use.id, use.name): frozenset(fold(word) for word in use.name.split())
        for many in Register.installed().index.names.values()
        for use in many
        if Register.installed().actor(use.id) is not None
    }
    return tuple(
        (id, name, folded) for (id, name), folded in sorted(uses.items(), key=lambda one: (len(one[0][1]), one))
    )


def _place(entry: Entry, near: Point | None) -> dict[str, Any]:
    return {
        "id": entry.id, "name": entry.name, "country": entry.country, "admin1": entry.admin1_name, "lat": entry.lat,
        "lon": entry.lon, "level": entry.level, "population": entry.population,
        "km": round(km(*near, entry.lat, entry.lon), 1) if near else None,
    }  # fmt: skip


def _actor(named: Named, known_as: str) -> dict[str, Any]:
    country = getattr(Register.installed().actor(named.id), "country", None)
    return {"id": named.id, "name": named.name, "kind": named.kind, "known_as": known_as, "country": country}
