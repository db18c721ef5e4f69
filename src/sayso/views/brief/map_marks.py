"""What is put on the map: for each place the incidents by family of types, and who is said to hold it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

import msgspec
import yaml  # type: ignore[import-untyped]
from msgspec.structs import replace

from sayso.records.pool import Account, Holding, Incident
from sayso.records.resolved import Place
from sayso.views.brief.compose import place_name

POINT = 3  # UCDP where_prec: what is known only by province, line or country has no place on a map of places
MOST_PLACES = 300  # more would hide each other
ALSO = 7  # incidents named in the title of a symbol
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NOBODY = "nobody known"


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """Types of event that the map shows alike."""

    name: str
    title: str
    shape: str
    colour: str
    types: tuple[str, ...]


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """The incidents of one family at a place; `voices`: their independent origins, added up."""

    family: Family
    incidents: tuple[Incident, ...]
    voices: int
    disputed: bool


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place with what is told of it, the family of most voices first."""

    place: Place
    marks: tuple[Mark, ...]
    holding: Holding | None = None

    @property
    def voices(self) -> int:
        return sum(mark.voices for mark in self.marks)


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """The spots, the most told of first; `letters`: actor -> the letter in its squares; how many incidents are off."""

    spots: tuple[Spot, ...]
    letters: dict[str, str]
    placeless: int
    coarse: int


@cache
def families() -> dict[str, Family]:
    """Type of event -> its family."""
    text = (resources.files("sayso.views.brief") / "map_families.yaml").read_text(encoding="utf-8")
    found = msgspec.convert(yaml.safe_load(text)["families"], list[Family])
    return {kind: family for family in found for kind in family.types}


def marks_of(incidents: Sequence[Incident], holdings: Sequence[Holding], accounts: Mapping[str, Account]) -> Marks:
    """The spots of incidents, and of the last word on who holds each place, named as their accounts name them."""
    at: dict[str, list[Incident]] = defaultdict(list)
    places: dict[str, Place] = {}
    for incident in incidents:
        if incident.place and _is_point(incident.place):
            at[incident.place.id].append(incident)
            places.setdefault(incident.place.id, incident.place)
    held = {h.place.id: h for h in holdings if h.until is None and _is_point(h.place)}
    for ident, holding in held.items():
        places.setdefault(ident, holding.place)
    spots = [
        Spot(
            place=_named(place, [*at[ident], *([held[ident]] if ident in held else [])], accounts),
            marks=_marks(at[ident]),
            holding=held.get(ident),
        )
        for ident, place in places.items()
    ]
    spots.sort(key=lambda spot: (-spot.voices, spot.place.name, spot.place.id))
    actors = Counter(holding.actor for holding in held.values() if holding.actor)
    return Marks(
        spots=tuple(spots),
        letters={
            name: LETTERS[n] for n, (name, _) in enumerate(sorted(actors.items(), key=_by_number)[: len(LETTERS)])
        },
        placeless=sum(i.place is None for i in incidents),
        coarse=sum(i.place is not None and not _is_point(i.place) for i in incidents),
    )


def _named(place: Place, told: Sequence[Incident | Holding], accounts: Mapping[str, Account]) -> Place:
    """The place by the name that its line in the brief has, without its province."""
    alone = replace(place, admin1=None, country=None)
    return replace(
        place, name=place_name(alone, [accounts[k] for item in told for k in item.accounts if k in accounts])
    )


def _marks(incidents: Sequence[Incident]) -> tuple[Mark, ...]:
    by_family: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        by_family[families()[incident.type].name].append(incident)
    marks = [
        Mark(
            family=families()[found[0].type],
            incidents=tuple(sorted(found, key=lambda i: (-i.independent, i.first or "", i.id))),
            voices=sum(max(i.independent, 1) for i in found),
            disputed=any(d.kind == "happened" for i in found for d in i.disputes),
        )
        for found in by_family.values()
    ]
    return tuple(sorted(marks, key=lambda mark: (-mark.voices, mark.family.name)))


def _is_point(place: Place) -> bool:
    return place.precision <= POINT and place.level not in ("province", "country", "region") and _is_on_earth(place)


def _is_on_earth(place: Place) -> bool:
    return math.isfinite(place.lat) and math.isfinite(place.lon) and abs(place.lat) <= 90 and abs(place.lon) <= 360


def _by_number(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
