"""What is known of a name's meanings before any report is read: how great, of which kind and where each is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.places.entry import LEVELS, Entry, Match
from sayso.places.gazetteer import Gazetteer, km
from sayso.places.meanings import meanings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MEANINGS_AT_MOST = 40  # of one name: "San José" has 300, and no report tells the 41st from the 40th
NEAR_KM = 60.0  # a place and a town or district it is said to lie in or near
BIG_KM = 450.0  # a place and the middle of a wide region
BESIDE_KM = 150.0  # a place and the middle of a province it is said to lie near
GREAT = 6.3  # the score of a country, or of a town or province of two million: nobody needs to say where it is

# A type word and the levels of the places it fits.
FITS: Final[dict[str, frozenset[str]]] = {
    "town": frozenset({"town"}),
    "district": frozenset({"district", "site", "town"}),
    "quarter": frozenset({"district", "site", "town"}),
    "province": frozenset({"province", "region"}),
    "region": frozenset({"region", "province"}),
    "country": frozenset({"country"}),
    "continent": frozenset({"region"}),
    "site": frozenset({"site"}),
    "water": frozenset({"site", "region"}),
    "road": frozenset({"site"}),
    "border": frozenset({"region", "site", "country"}),
}
OWN: Final = ("people", "weight", "penalty", "rank", "first", *LEVELS, "capital", "great")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The meanings of a name, best known first: features (`OWN`), points on the unit sphere, what each lies in."""

    matches: tuple[Match, ...]
    features: Floats
    points: Floats
    countries: tuple[str | None, ...]
    provinces: tuple[str | None, ...]


@lru_cache(20_000)
def sheet(gazetteer: Gazetteer, text: str) -> Sheet:
    """The sheet of the name `text`."""
    matches = meanings(gazetteer, text)[:MEANINGS_AT_MOST]
    entries = [m.entry for m in matches]
    return Sheet(
        matches,
        np.array([_own(rank, m) for rank, m in enumerate(matches)]).reshape(-1, len(OWN)),
        np.array([_unit(e) for e in entries]).reshape(-1, 3),
        tuple(e.country for e in entries),
        tuple(f"{e.country}.{e.admin1}" if e.country and e.admin1 else None for e in entries),
    )


def _own(rank: int, match: Match) -> list[float]:
    """Features of one meaning, of the order of one each."""
    entry = match.entry
    seat = {"PPLC": 1.0, "PPLA": 0.5}.get(entry.feature, 0.0)
    people = float(np.log10(entry.population + 1)) / 7.0
    levels = [float(entry.level == level) for level in LEVELS]
    great = float(match.score >= GREAT and match.how != "spelling")
    return [people, match.score / 9.0, match.penalty, float(np.log1p(rank)), float(rank == 0), *levels, seat, great]


def _unit(entry: Entry) -> tuple[float, float, float]:
    lat, lon = np.radians(entry.lat), np.radians(entry.lon)
    return float(np.cos(lat) * np.cos(lon)), float(np.cos(lat) * np.sin(lon)), float(np.sin(lat))


def lies_in(entry: Entry, holder: Entry, how: str) -> float:
    """How surely `entry` is what the words mean that put it in, or near, `holder`: 0 to 1."""
    if entry.id == holder.id or (entry.level == "country" and holder.level != "region"):
        return 0.0
    if holder.level == "country":
        return float(entry.country == holder.country)
    if holder.level == "province":
        if (entry.country, entry.admin1) == (holder.country, holder.admin1):
            return float(entry.level != "province")
        return 0.4 if how == "near" and _km(entry, holder) < BESIDE_KM else 0.0
    if holder.level == "region":
        return 0.6 if entry.level != "region" and _km(entry, holder) < BIG_KM else 0.0
    here = (entry.country, entry.admin1, entry.admin2) == (holder.country, holder.admin1, holder.admin2)
    if holder.feature == "ADM2" and holder.admin2 and here:
        return 1.0
    if abs(entry.lat - holder.lat) > 1:  # degree: 111 km
        return 0.0
    return 0.8 * float(_km(entry, holder) < NEAR_KM)


def _km(a: Entry, b: Entry) -> float:
    return km(a.lat, a.lon, b.lat, b.lon)
