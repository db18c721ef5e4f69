"""Names -> places: the packaged gazetteer, our own file of conflict places, and what the user added."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from math import asin, cos, log10, radians, sin, sqrt
from pathlib import Path
from typing import Final

import numpy as np

from sayso.places.add import user_folder, user_shelves
from sayso.places.countries import countries_of_people
from sayso.places.entry import LEVELS, Entry, How, Match
from sayso.places.names import bare, folded, sounded, type_of
from sayso.places.shelf import BARE, OTHER, OWN, SOUND, Place, Shelf

EARTH_KM = 6371.0088  # mean radius (IUGG)
MOST_MATCHES = 100  # of a name: there are 300 San Josés, and nobody means the last of them without saying where
_MOST_SPELLINGS = 12  # of these: loose keys must not drown the strict ones
_REMEMBERED = 20_000  # names and places; reports name the same ones again and again

_PEOPLE: Final = 0.5  # beside the ways of shelf.py, between OWN and BARE
_HOW: Final[dict[float, How]] = {
    OWN: "exact",
    OTHER: "other name",
    _PEOPLE: "people",
    BARE: "bare",
    SOUND: "spelling",
}
# Powers of ten of people. A place's other name must belong to a place thrice as large to come before one's own name;
# a name met only by its sound must belong to a place 300 times as large.
_PENALTY: Final = {OWN: 0.0, OTHER: 0.5, _PEOPLE: 0.5, BARE: 1.0, SOUND: 2.5}
_LEAST: Final = {"country": 9.0, "province": 4.5, "region": 5.0, "district": 2.0, "town": 2.0, "site": 2.0}
_CAPITAL: Final = 1.5  # more than its people: capitals act for their states
_LOOSE: Final = 2.0  # more for BARE and SOUND where the very name is known: Port Sudan is not Sudan
_ALSO: Final = {("region", "province"), ("quarter", "district")}  # a type word, and the level that it also stands for
_LESS: Final = {"province": 1.2, "district": 1.2}  # than its people: a division is named less often than its town


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance between two points."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    part = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(part)))


class Gazetteer:
    """Places by name, by id, by where they are and by what they lie in; what several shelves hold, the first tells."""

    def __init__(self, shelves: Sequence[Shelf]) -> None:
        self._shelves = tuple(shelves)
        self._told = {
            ident: (shelf_number, number)
            for shelf_number, shelf in reversed(list(enumerate(self._shelves[:-1])))
            for number, ident in enumerate(shelf.places["geonameid"].tolist())
            if ident
        }  # where the first shelf that holds a place of GeoNames does, but for the last shelf's own
        self.find = lru_cache(_REMEMBERED)(self._find)
        self._entry = lru_cache(_REMEMBERED)(self._made)
        self._division = lru_cache(_REMEMBERED)(self._divided)

    @staticmethod
    def packaged() -> Gazetteer:
        """The gazetteer that comes with sayso, made once a process."""
        return _packaged()

    @staticmethod
    def installed() -> Gazetteer:
        """The packaged gazetteer and, before it, what the user added with `sayso places add`."""
        return Gazetteer([*user_shelves(user_folder()), *_packaged()._shelves])

    def _find(self, name: str) -> tuple[Match, ...]:
        """The places that `name` may mean, best first; none for what is no name or is not known."""
        if not (key := folded(name)):
            return ()
        keys: dict[str, int] = {}  # a looser key that says the same is the stricter one
        found: dict[tuple[int, int], float] = {}
        for asked, looser in ((SOUND, sounded(key)), (BARE, bare(key)), (OWN, key)):
            keys[looser] = asked
        for looser, asked in keys.items():
            for shelf_number, shelf in enumerate(self._shelves) if looser else ():
                for number, how in shelf.look(looser):
                    place = shelf_number, number
                    found[place] = min(found.get(place, SOUND), max(how, asked))
        for code in _peoples().get(key, ()):
            found.update(dict.fromkeys(self._countries(code), _PEOPLE))
        return self._ranked(name, found)

    def _countries(self, code: str) -> list[tuple[int, int]]:
        numbers = ((shelf_number, shelf.division(code)) for shelf_number, shelf in enumerate(self._shelves))
        return [(shelf_number, number) for shelf_number, number in numbers if number is not None][:1]

    def _ranked(self, name: str, found: dict[tuple[int, int], float]) -> tuple[Match, ...]:
        level = type_of(name) if len(found) > 1 else None
        known = any(how < BARE for how in found.values())
        ranked = []
        for (shelf_number, number), how in found.items():
            shelf = self._shelves[shelf_number]
            place = shelf.place(number)
            kind = LEVELS[place.level]
            typed = how == BARE and level is not None  # a type word was left out: was it this place's?
            if typed and (kind == level or (level, kind) in _ALSO):
                penalty = _PENALTY[OWN]
            else:
                penalty = _PENALTY[SOUND if typed else how] + (_LOOSE if how >= BARE and known else 0.0)
            weight = _weight(place, "" if how == SOUND else shelf.codes[place.feature])
            ranked.append((weight - penalty, penalty, (shelf_number, number), how))
        ranked.sort(key=lambda each: (-each[0], each[2]))
        loose = [each for each in ranked if each[3] == SOUND][_MOST_SPELLINGS:]
        if loose:
            ranked = [each for each in ranked if each not in loose]
        matches: dict[str, Match] = {}
        for score, penalty, numbers, how in ranked[:MOST_MATCHES]:
            entry = self._entry(*numbers)
            matches.setdefault(entry.id, Match(entry, name, _HOW[how], penalty, round(score, 3)))
        return tuple(matches.values())

    def entry(self, place_id: str) -> Entry | None:
        """The entry with this id."""
        for shelf_number, shelf in enumerate(self._shelves):
            if (number := shelf.numbered(place_id)) is not None:
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
        found: dict[str, tuple[float, Entry]] = {}
        for shelf_number, shelf in enumerate(self._shelves):
            for number in _in_box(shelf, lat, lon, within_km):
                entry = self._entry(shelf_number, number)
                if (distance := km(lat, lon, entry.lat, entry.lon)) <= within_km:
                    found.setdefault(entry.id, (distance, entry))
        return tuple(entry for _, entry in sorted(found.values(), key=lambda each: (each[0], each[1].id)))

    def _made(self, shelf_number: int, number: int) -> Entry:
        shelf = self._shelves[shelf_number]
        place = shelf.place(number)
        if (first := self._told.get(place.geonameid, (shelf_number, number))) != (shelf_number, number):
            return self._entry(*first)
        name, place_id = shelf.name(number)
        country, admin1 = place.country.rstrip(b"\0").decode() or None, shelf.codes[place.admin1] or None
        level = LEVELS[place.level]
        division = None
        if country and admin1 and level not in ("province", "country"):
            division = self._division(f"{country}.{admin1}")
        return Entry(
            id=place_id or f"geonames:{place.geonameid}",
            name=name,
            country=country,
            admin1=admin1,
            admin1_name=name if level == "province" else division.name if division else None,
            admin2=shelf.codes[place.admin2] or None,
            lat=place.lat / 1e5,
            lon=place.lon / 1e5,
            level=level,
            feature=shelf.codes[place.feature],
            population=place.population,
            geonameid=place.geonameid or None,
        )

    def _divided(self, code: str) -> Entry | None:
        for shelf_number, shelf in enumerate(self._shelves):
            if (number := shelf.division(code)) is not None:
                return self._entry(shelf_number, number)
        return None


def _weight(place: Place, feature: str) -> float:
    """How readily a place is meant, in powers of ten of people."""
    level = LEVELS[place.level]
    weight = max(_LEAST[level], log10(place.population + 1) - _LESS.get(level, 0.0))
    return weight + _CAPITAL if feature == "PPLC" else weight


def _in_box(shelf: Shelf, lat: float, lon: float, within_km: float) -> list[int]:
    """The numbers of places in the box around a circle."""
    north = within_km / 111.0  # km a degree, a little less than it is anywhere
    east = min(180.0, north / max(0.01, cos(radians(min(89.0, abs(lat) + north)))))
    lats, lons = shelf.places["lat"], shelf.places["lon"]
    across = np.abs((lons - round(lon * 1e5) + 18_000_000) % 36_000_000 - 18_000_000)
    close = np.flatnonzero((np.abs(lats - round(lat * 1e5)) <= north * 1e5) & (across <= east * 1e5))
    numbers: list[int] = close.tolist()
    return numbers


@cache
def _peoples() -> dict[str, tuple[str, ...]]:
    """Folded demonyms, one and many -> codes of their countries."""
    plain = {folded(people): codes for people, codes in countries_of_people().items()}
    return {f"{people}s": codes for people, codes in plain.items()} | plain


@cache
def _packaged() -> Gazetteer:
    room = Path(str(resources.files("sayso.places")))
    return Gazetteer([Shelf.mapped(room / "own" / "shelf"), Shelf.mapped(room / "world")])
