"""A shelf: places and the keys of their names as arrays, in memory or mapped from a folder of .npy files.

Every file is one NumPy array, so processes share what they map and nothing is read before it is needed. `keys.npy` is
sorted; each key is 40 bits of a hash, 2 bits for how the place comes by it and 22 bits for the place's number. A name
that is not there is taken for one that is once in half a million questions to two million keys. Divisions are filed by
their codes ("SY.09") and places that are not of GeoNames by their ids.
"""

from __future__ import annotations

import hashlib
import struct
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.places.entry import LEVELS, Row
from sayso.places.names import bare, folded, sounded

_PLACE_BITS: Final = 22  # places a shelf can hold: four million
_HOW_BITS: Final = 2
_LOW_BITS: Final = _PLACE_BITS + _HOW_BITS
MOST_PLACES: Final = 1 << _PLACE_BITS
_MOST_CODES: Final = 1 << 16
OWN, OTHER, BARE, SOUND = range(4)  # how a place comes by a key: its own name, another of its names, or a looser key
_CODE, _ID = "\x01", "\x02"  # before a division's code and a place's id: no name holds control characters
_ARRAYS: Final = ("places", "keys", "names", "codes")
_COUNTRIES: Final = ("PCLI", "PCL", "PCLD", "PCLF", "PCLS", "PCLIX", "TERR")

# geonameid (0: the id stands behind the name), lat and lon (1e-5 degrees), country, admin1, admin2, feature (numbers
# in `codes`), population, level (number in LEVELS), where the name begins in `names`
_PLACE: Final = struct.Struct("<Iii2sHIHIBI")
_FIELDS = ("geonameid", "lat", "lon", "country", "admin1", "admin2", "feature", "population", "level", "name")
PLACES: Final = np.dtype(
    list(zip(_FIELDS, ["<u4", "<i4", "<i4", "S2", "<u2", "<u4", "<u2", "<u4", "u1", "<u4"], strict=True))
)
Bytes = npt.NDArray[np.uint8]


class Place(NamedTuple):
    """A place as it stands on the shelf."""

    geonameid: int
    lat: int
    lon: int
    country: bytes
    admin1: int
    admin2: int
    feature: int
    population: int
    level: int
    name: int


class Shelf:
    """Places by number, and the numbers of the places that have a key."""

    def __init__(self, places: npt.NDArray[np.void], keys: npt.NDArray[np.uint64], names: Bytes, codes: Bytes) -> None:
        self.places, self.keys = places, keys
        self._names, self._codes = names, codes
        self._keys = memoryview(keys)  # type: ignore[arg-type]  # half the time of numpy's own search, one at a time
        self._records = memoryview(places.view(np.uint8))  # type: ignore[arg-type]
        self.codes = tuple(codes.tobytes().decode().split("\n"))

    @classmethod
    def mapped(cls, folder: Path) -> Shelf:
        """The shelf in `folder`, mapped read-only. OSError or ValueError if it is none, or one of another version."""
        places, keys, names, codes = (
            np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _ARRAYS
        )
        if places.dtype != PLACES or keys.dtype != np.uint64:
            raise ValueError("made by another version of sayso")
        return cls(places, keys, names, codes)

    def save(self, folder: Path) -> None:
        """Write the arrays to `folder`, each whole or not at all: somebody may have the old ones mapped."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: tuple[npt.NDArray[Any], ...] = (self.places, self.keys, self._names, self._codes)
        for name, array in zip(_ARRAYS, arrays, strict=True):
            np.save(folder / f"{name}.new.npy", array)
        for name in _ARRAYS:
            (folder / f"{name}.new.npy").replace(folder / f"{name}.npy")

    def look(self, key: str) -> list[tuple[int, int]]:
        """Number and how (_MOST_CODES: Final = 1 << 16
        OWN, OTHER, BARE, SOUND) of each place filed under `key`."""
        first = _hash(key)
        last = first | ((1 << _LOW_BITS) - 1)
        keys, at, found = self._keys, bisect_left(self._keys, first), []
        while at < len(keys) and (filed := keys[at]) <= last:
            found.append((filed & (MOST_PLACES - 1), filed >> _PLACE_BITS & 3))
            at += 1
        return found

    def division(self, code: str) -> int | None:
        """The number of the country or division with this code ("SY", "SY.09", "SY.09.167355")."""
        return next((number for number, _ in self.look(_CODE + code)), None)

    def numbered(self, place_id: str) -> int | None:
        """The number of the place with this id."""
        gazetteer, _, local = place_id.partition(":")
        if gazetteer == "geonames" and local.isdecimal() and len(local) < 10:
            return next(iter(np.flatnonzero(self.places["geonameid"] == int(local)).tolist()), None)
        return next((number for number, _ in self.look(_ID + place_id)), None)

    def place(self, number: int) -> Place:
        """The place with this number."""
        return Place._make(_PLACE.unpack_from(self._records, number * _PLACE.size))

    def name(self, number: int) -> tuple[str, str]:
        """The name and the id of a place; the id is empty for one of GeoNames."""
        begin = self.place(number).name
        end = self.place(number + 1).name if number + 1 < len(self.places) else len(self._names)
        name, _, place_id = self._names[begin:end].tobytes().decode().partition("\x1f")
        return name, place_id


def _hash(key: str) -> int:
    """40 bits of a hash of `key`, in the upper bits of 64."""
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> _LOW_BITS << _LOW_BITS


def keys_of(row: Row) -> dict[str, int]:
    """The keys under which a place is filed, and how it comes by each: the strictest way where there are several."""
    keys: dict[str, int] = {}
    for how, names in ((OWN, (row.name,)), (OTHER, row.names)):
        for name in names:
            if key := folded(name):
                keys.setdefault(key, how)
    if row.level == "country":  # "Mare" is not Maroc: countries are well known, and spelled well
        return keys
    for key in list(keys):
        keys.setdefault(bare(key), BARE)
    for key in list(keys):
        if sound := sounded(key):
            keys.setdefault(sound, SOUND)
    return keys


def shelve(rows: Iterable[Row]) -> Shelf:
    """A shelf of `rows`. ValueError if there are more than it can hold."""
    codes: dict[str, int] = {"": 0}
    records: list[tuple[object, ...]] = []
    names = bytearray()
    keys: list[int] = []
    for number, row in enumerate(rows):
        if number == MOST_PLACES:
            raise ValueError(f"more than {MOST_PLACES} places")
        gazetteer, _, local = row.id.partition(":")
        geonameid = int(local) if gazetteer == "geonames" else 0
        begin = len(names)
        names += (row.name if geonameid else f"{row.name}\x1f{row.id}").encode()
        numbers = [codes.setdefault(code, len(codes)) for code in (row.admin1, row.admin2, row.feature)]
        if len(codes) > _MOST_CODES:
            raise ValueError(f"more than {_MOST_CODES} codes of divisions")
        people = min(max(row.population, 0), 2**32 - 1)
        point = round(row.lat * 1e5), round(row.lon * 1e5)
        country = row.country.encode()[:2]
        records.append((geonameid, *point, country, *numbers, people, LEVELS.index(row.level), begin))
        keys += [_hash(key) | how << _PLACE_BITS | number for key, how in keys_of(row).items()]
        if code := _code(row):
            keys.append(_hash(_CODE + code) | number)
        if not geonameid:
            keys.append(_hash(_ID + row.id) | number)
    return Shelf(
        np.array(records, dtype=PLACES),
        np.unique(np.array(keys, dtype=np.uint64)),
        np.frombuffer(bytes(names), dtype=np.uint8),
        np.frombuffer("\n".join(codes).encode(), dtype=np.uint8),
    )


def _code(row: Row) -> str:
    """The code by which other places name `row` as what they lie in; "" if it is no country or division."""
    if row.feature in _COUNTRIES:
        return row.country
    if row.feature == "ADM1":
        return f"{row.country}.{row.admin1}"
    if row.feature == "ADM2":
        return f"{row.country}.{row.admin1}.{row.admin2}"
    return ""
