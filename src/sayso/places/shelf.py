"""A shelf: places and the keys of their names as arrays, in memory or mapped from a folder of .npy files.

Every file is one NumPy array, so processes share what they map and nothing is read before it is needed. `keys.npy` is
sorted; each key is 42 bits of a hash of (tier, key) and 22 bits for the place's number. A name that is not there is
taken for one that is once in two million questions to two million keys. Divisions are filed by their codes ("SY.09").
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.places.entry import LEVELS, Row
from sayso.places.names import bare, folded, sounded

PLACE_BITS = 22  # places a shelf can hold: four million
MOST_PLACES = 1 << PLACE_BITS
_ARRAYS = ("places", "keys", "names", "codes")

PLACES = np.dtype(
    [
        ("geonameid", "<u4"),  # 0: not of GeoNames; its id then stands behind its name
        ("lat", "<i4"),  # 1e-5 degrees
        ("lon", "<i4"),
        ("country", "S2"),
        ("admin1", "<u2"),  # numbers in `codes`
        ("admin2", "<u4"),
        ("feature", "<u2"),
        ("population", "<u4"),
        ("level", "u1"),
        ("name", "<u4"),  # where its name begins in `names`
    ]
)
Places = npt.NDArray[np.void]
Keys = npt.NDArray[np.uint64]
Tier = str  # "f" folded, "b" bare, "s" sounded, "d" code of a division


def key_hash(tier: Tier, key: str) -> int:
    """The 42 bits under which `key` is filed, in the upper bits of 64."""
    digest = hashlib.blake2b(f"{tier}{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> PLACE_BITS << PLACE_BITS


class Shelf:
    """Places by number, and the numbers of the places that have a key."""

    def __init__(self, places: Places, keys: Keys, names: npt.NDArray[np.uint8], codes: npt.NDArray[np.uint8]) -> None:
        self.places = places
        self.keys = keys
        self._names = names
        self.codes = tuple(codes.tobytes().decode().split("\n"))

    @classmethod
    def mapped(cls, folder: Path) -> Shelf:
        """The shelf in `folder`, mapped read-only."""
        arrays = [np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _ARRAYS]
        return cls(*arrays)

    def save(self, folder: Path) -> None:
        """Write the arrays to `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        codes = np.frombuffer("\n".join(self.codes).encode(), dtype=np.uint8)
        arrays: tuple[npt.NDArray[Any], ...] = (self.places, self.keys, self._names, codes)
        for name, array in zip(_ARRAYS, arrays, strict=True):
            np.save(folder / f"{name}.npy", array)

    def numbers(self, tier: Tier, key: str) -> list[int]:
        """The numbers of the places filed under `key`."""
        first = key_hash(tier, key)
        low = int(self.keys.searchsorted(np.uint64(first)))
        upper = first + (MOST_PLACES - 1)
        if low == len(self.keys) or int(self.keys[low]) > upper:
            return []
        high = int(self.keys.searchsorted(np.uint64(upper), side="right"))
        return [int(key) & (MOST_PLACES - 1) for key in self.keys[low:high]]

    def numbered(self, place_id: str) -> list[int]:
        """The numbers of the places with this id: one or none."""
        gazetteer, _, local = place_id.partition(":")
        if gazetteer == "geonames" and local.isdecimal() and len(local) < 10:
            numbers: list[int] = np.flatnonzero(self.places["geonameid"] == int(local)).tolist()
            return numbers
        return self.numbers("i", place_id)

    def name(self, number: int) -> tuple[str, str]:
        """The name and the id of a place; the id is empty for one of GeoNames."""
        begin = int(self.places["name"][number])
        end = int(self.places["name"][number + 1]) if number + 1 < len(self.places) else len(self._names)
        name, _, place_id = self._names[begin:end].tobytes().decode().partition("\x1f")
        return name, place_id


def keys_of(names: Iterable[str]) -> set[tuple[Tier, str]]:
    """The keys under which a place with these names is filed; a looser key only where it says something else."""
    keys: set[tuple[Tier, str]] = set()
    for name in names:
        key = folded(name)
        if not key:
            continue
        keys.add(("f", key))
        if (without := bare(key)) != key:
            keys.add(("b", without))
        if (sound := sounded(key)) and sound != without:
            keys.add(("s", sound))
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
        names += row.name.encode() if geonameid else f"{row.name}\x1f{row.id}".encode()
        numbers = [codes.setdefault(code, len(codes)) for code in (row.admin1, row.admin2, row.feature)]
        level = LEVELS.index(row.level)
        point = round(row.lat * 1e5), round(row.lon * 1e5)
        people = min(max(row.population, 0), 2**32 - 1)
        records.append((geonameid, *point, row.country.encode()[:2], *numbers, people, level, begin))
        keys += [key_hash(tier, key) | number for tier, key in keys_of((row.name, *row.names))]
        if code := _division(row):
            keys.append(key_hash("d", code) | number)
        if not geonameid:
            keys.append(key_hash("i", row.id) | number)
    return Shelf(
        np.array(records, dtype=PLACES),
        np.unique(np.array(keys, dtype=np.uint64)),
        np.frombuffer(bytes(names), dtype=np.uint8),
        np.frombuffer("\n".join(codes).encode(), dtype=np.uint8),
    )


def _division(row: Row) -> str:
    """The code by which other places name `row` as what they lie in; "" if it is no country or division."""
    if row.feature in ("PCLI", "PCL", "PCLD", "PCLF", "PCLS", "PCLIX", "TERR"):
        return row.country
    if row.feature == "ADM1":
        return f"{row.country}.{row.admin1}"
    if row.feature == "ADM2":
        return f"{row.country}.{row.admin1}.{row.admin2}"
    return ""
