"""Names -> places: the packaged gazetteer, our own file of conflict places, and what the user added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from math import asin, cos, log10, radians, sin, sqrt
from pathlib import Path
from typing import Final

import numpy as np

from sayso.places.entry import LEVELS, Entry, How, Match
from sayso.places.names import bare, folded, sounded, type_of
from sayso.places.shelf import MOST_PLACES, Shelf, shelve

EARTH_KM = 6371.0088  # mean radius (IUGG)
MOST_MATCHES = 100  # of a name: there are 300 San Josés, and nobody means the last of them without saying where
_REMEMBERED = 20_000  # names and places; reports name the same ones again and again

# Powers of ten of people. A place's other name must belong to a place thrice as large to come before one's own name;
# a name met only by its sound must belong to a place 300 times as large.
PENALTY: Final[dict[How, float]] = {"exact": 0.0, "other name": 0.5, "bare": 1.0, "spelling": 2.5}
# What a place weighs that has no population of its own, or is more than its people.
_WEIGHT = {"country": 9.0, "province": 5.5, "region": 5.0, "district": 3.5, "town": 2.0, "site": 2.0}


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance between two points."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    part = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(part))


class Gazetteer:
    """Places by name, by id, by where they are and by what they lie in."""

    def __init__(self, shelves: Sequence[Shelf]) -> None:
        self._shelves = tuple(shelves)
        self.find = lru_cache(_REMEMBERED)(self._find)
        self._entry = lru_cache(_REMEMBERED)(self._made)
        self._division = lru_cache(_REMEMBERED)(self._divided)

    @staticmethod
    def packaged() -> Gazetteer:
        """The gazetteer that comes with sayso, made once a process."""
        return _packaged()

    def _find(self, name: str) -> tuple[Match, ...]:
        """The places that `name` may mean, best first; none for what is no name or is not known."""
        if not (key := folded(name)):
            return ()
        without = bare(key)
        found: dict[tuple[int, int], How] = {}
        for shelf_number, shelf in enumerate(self._shelves):
            for number in shelf.numbers("f", key):
                own = folded(shelf.name(number)[0]) == key
                found[shelf_number, number] = "exact" if own else "other name"
            for tier, looser in (("b", without), ("f", without)) if without != key else (("b", without),):
                for number in shelf.numbers(tier, looser):
                    found.setdefault((shelf_number, number), "bare")
            if sound := sounded(key):
                for tier in "fbs":
                    for number in shelf.numbers(tier, sound):
                        found.setdefault((shelf_number, number), "spelling")
        return self._ranked(name, found)

    def _ranked(self, name: str, found: dict[tuple[int, int], How]) -> tuple[Match, ...]:
        level = type_of(name)
        ranked = []
        for place, how in found.items():
            row = self._shelves[place[0]].places[place[1]]
            kind = LEVELS[int(row["level"])]
            penalty = PENALTY[how]
            if how == "bare" and level is not None and kind == level:
                penalty = PENALTY["exact"]
            weight = max(_WEIGHT[kind], log10(int(row["population"]) + 1))
            ranked.append((weight - penalty, penalty, place, how))
        ranked.sort(key=lambda each: (-each[0], each[2]))
        return tuple(
            Match(self._entry(*place), name, how, penalty, round(score, 3))
            for score, penalty, place, how in ranked[:MOST_MATCHES]
        )

    def entry(self, place_id: str) -> Entry | None:
        """The entry with this id."""
        for shelf_number, shelf in enumerate(self._shelves):
            for number in shelf.numbered(place_id):
                return self._entry(shelf_number, number)
        return None

    def inside(self, entry: Entry) -> tuple[Entry, ...]:
        """What `entry` lies in, as far as it is known: its district, its province, its country."""
        if entry.country is None:
            return ()
        codes = [entry.country]
        if entry.admin1:
            codes.append(f"{codes[-1]}.{entry.admin1}")
            if entry.admin2:
                codes.append(f"{codes[-1]}.{entry.admin2}")
        found = (self._division(code) for code in reversed(codes))
        return tuple(each for each in found if each is not None and each.id != entry.id)

    def nearby(self, lat: float, lon: float, within_km: float) -> tuple[Entry, ...]:
        """The places within `within_km` of a point, nearest first."""
        found: list[tuple[float, Entry]] = []
        for shelf_number, shelf in enumerate(self._shelves):
            for number in _close(shelf, lat, lon, within_km):
                entry = self._entry(shelf_number, int(number))
                if (distance := km(lat, lon, entry.lat, entry.lon)) <= within_km:
                    found.append((distance, entry))
        return tuple(entry for _, entry in sorted(found, key=lambda each: (each[0], each[1].id)))

    def _made(self, shelf_number: int, number: int) -> Entry:
        shelf = self._shelves[shelf_number]
        geonameid, lat, lon, country, admin1, admin2, feature, population, level, _ = shelf.places[number].item()
        name, place_id = shelf.name(number)
        country, admin1, kind = country.decode() or None, shelf.codes[admin1] or None, LEVELS[level]
        division = None
        if kind not in ("province", "country") and country and admin1:
            division = self._division(f"{country}.{admin1}")
        return Entry(
            id=place_id or f"geonames:{geonameid}",
            name=name,
            country=country,
            admin1=admin1,
            admin1_name=name if kind == "province" else division.name if division else None,
            admin2=shelf.codes[admin2] or None,
            lat=lat / 1e5,
            lon=lon / 1e5,
            level=kind,
            feature=shelf.codes[feature],
            population=population,
            geonameid=geonameid or None,
        )

    def _divided(self, code: str) -> Entry | None:
        for shelf_number, shelf in enumerate(self._shelves):
            for number in shelf.numbers("d", code):
                return self._entry(shelf_number, number)
        return None


def _close(shelf: Shelf, lat: float, lon: float, within_km: float) -> Iterable[int]:
    """The numbers of places in the box around a circle."""
    north = within_km / 111.0  # km a degree, a little less than it is anywhere
    east = min(180.0, north / max(0.01, cos(radians(min(89.0, abs(lat) + north)))))
    lats, lons = shelf.places["lat"], shelf.places["lon"]
    across = np.abs((lons - round(lon * 1e5) + 18_000_000) % 36_000_000 - 18_000_000)
    return np.flatnonzero((np.abs(lats - round(lat * 1e5)) <= north * 1e5) & (across <= east * 1e5)).tolist()


@cache
def _packaged() -> Gazetteer:
    folder = Path(str(resources.files("sayso.places"))) / "world"
    return Gazetteer([Shelf.mapped(folder)])


__all__ = ["MOST_MATCHES", "MOST_PLACES", "Gazetteer", "km", "shelve"]
