"""What somebody asks a table for, and which of the ledger's numbers that means."""

from __future__ import annotations

import re
import sqlite3
from math import asin, cos, degrees, radians, sin, sqrt

import msgspec

from sayso.ledger.days import bounds
from sayso.ledger.folding import folded
from sayso.records import Problem, SaysoError

_EARTH_KM = 6371.0088  # mean radius (IUGG)
_WORD = re.compile(r"\w+")
_WIDE = ("province", "country", "region")  # stand for themselves, not for the point in their middle


class Near(msgspec.Struct, frozen=True):
    """A circle: degrees north and east, and kilometres."""

    lat: float
    lon: float
    radius: float


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Which records are wanted; what is None or empty asks for nothing.

    `place`, `actor`, `source`, `outlet`: an id of a register, or (part of) a name. `near` is what `place` and a radius
    mean on the map, `box` a part of it: south, west, north, east in degrees. `since`, `until`: ISO days, months or
    years, both included. `status` is of events and incidents, `stance` of claims; `new_since`, a moment in UTC or its
    beginning, and `disputed` of incidents only.
    """

    place: str | None = None
    near: Near | None = None
    box: tuple[float, float, float, float] | None = None
    since: str | None = None
    until: str | None = None
    actor: str | None = None
    source: str | None = None
    outlet: str | None = None
    types: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    new_since: str | None = None
    disputed: bool = False


class Meant(msgspec.Struct, frozen=True, kw_only=True):
    """Filters as the numbers and days they mean; None: not asked for."""

    places: list[int] | None = None
    actors: list[int] | None = None
    sources: list[int] | None = None
    outlets: list[int] | None = None
    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()


def meant(connection: sqlite3.Connection, filters: Filters) -> Meant:
    """The numbers that the filters mean. SaysoError when a name occurs nowhere in the ledger: that is worth knowing."""
    return Meant(
        places=_places(connection, filters),
        actors=_people(connection, filters.actor, "an actor"),
        sources=_people(connection, filters.source, "a source"),
        outlets=_outlets(connection, filters.outlet),
        since=_day(filters.since, 0),
        until=_day(filters.until, 1),
        types=filters.types,
        status=filters.status,
        stance=filters.stance,
    )


def point_of(connection: sqlite3.Connection, name: str) -> tuple[float, float] | None:
    """Where the place with this name or id lies that most events of the ledger are at; None: it has none with one."""
    found = connection.execute(
        "SELECT lat, lon FROM places WHERE (key = ?1 OR id = ?2) AND lat IS NOT NULL ORDER BY "
        "(SELECT count(*) FROM (SELECT 1 FROM events WHERE place = places.number LIMIT 1000)) DESC, number LIMIT 1",
        (folded(name), name),
    ).fetchone()
    return (found[0], found[1]) if found else None


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance between two points.

    >>> round(km(36.2, 37.16, 36.53, 37.96))  # Aleppo to Manbij
    80
    """
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    part = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(part))


def _places(connection: sqlite3.Connection, filters: Filters) -> list[int] | None:
    if filters.place is None and filters.near is None:
        return None if filters.box is None else sorted(_in_box(connection, filters.box))
    found = set[int]()
    if filters.place is not None:
        rows = connection.execute(
            "SELECT number FROM places WHERE key = ? OR id = ?", (folded(filters.place), filters.place)
        )  # fmt: skip
        found = {number for (number,) in rows}
    if filters.near is not None:
        found |= _around(connection, filters.near)
    if not found and filters.near is None:
        raise _nowhere("a place", filters.place or "")
    return sorted(found if filters.box is None else found & _in_box(connection, filters.box))


def _in_box(connection: sqlite3.Connection, box: tuple[float, float, float, float]) -> set[int]:
    """Places in a part of the map; where its west is east of its east it lies over the 180th meridian."""
    south, west, north, east = box
    sides = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    found = set[int]()
    for left, right in sides:
        rows = connection.execute(
            "SELECT number FROM place_areas WHERE south >= ? AND north <= ? AND west >= ? AND east <= ?",
            (south - 1e-5, north + 1e-5, left - 1e-5, right + 1e-5),  # the tree keeps 32 bits, rounded outwards
        )
        found |= {number for (number,) in rows}
    return found


def _around(connection: sqlite3.Connection, near: Near) -> set[int]:
    """Places in a circle, without those wider than a district."""
    north = degrees(near.radius / _EARTH_KM)
    # Where the circle holds a pole, or nearly, all longitudes count.
    east = (
        180.0
        if abs(near.lat) + north >= 89
        else min(180.0, degrees(asin(min(1, sin(radians(north)) / cos(radians(near.lat))))))
    )
    boxes = [(near.lon - east, near.lon + east)]
    boxes += [(near.lon - east + 360, 180.0)] if near.lon - east < -180 else []
    boxes += [(-180.0, near.lon + east - 360)] if near.lon + east > 180 else []
    found = set[int]()
    for west, limit in boxes:
        rows = connection.execute(
            "SELECT p.number, lat, lon, level FROM place_areas a JOIN places p USING (number) "
            "WHERE a.south >= ? AND a.north <= ? AND a.west >= ? AND a.east <= ?",
            (near.lat - north - 0.01, near.lat + north + 0.01, west - 0.01, limit + 0.01),
        )
        found |= {
            number for number, lat, lon, level in rows
            if level not in _WIDE and km(near.lat, near.lon, lat, lon) <= near.radius
        }  # fmt: skip
    return found


def _people(connection: sqlite3.Connection, asked: str | None, what: str) -> list[int] | None:
    """Names of an actor's id, or names that hold the words asked for: whole words, "IS" is not in "Istanbul"."""
    if asked is None:
        return None
    rows = connection.execute("SELECT number FROM names WHERE actor = ?", (asked,)).fetchall()
    if not rows and (words := _WORD.findall(folded(asked))):
        phrase = f'"{" ".join(words)}"'
        rows = connection.execute("SELECT rowid FROM name_words WHERE name_words MATCH ?", (phrase,)).fetchall()
    if not rows:
        raise _nowhere(what, asked)
    return sorted(number for (number,) in rows)


def _outlets(connection: sqlite3.Connection, asked: str | None) -> list[int] | None:
    """Outlets with an id, or whose name holds the words asked for; there are some hundred, so all are looked at."""
    if asked is None:
        return None
    words = _spaced(folded(asked))
    rows = connection.execute("SELECT number, id, key FROM outlets").fetchall()
    found = [number for number, id, key in rows if id == asked or words in _spaced(key)]
    if not found or not words.strip():
        raise _nowhere("an outlet", asked)
    return found


def _spaced(key: str) -> str:
    return f" {' '.join(_WORD.findall(key))} "


def _day(asked: str | None, which: int) -> str | None:
    return bounds(asked)[which] or None if asked else None


def _nowhere(what: str, name: str) -> SaysoError:
    return SaysoError(Problem(where="the ledger", reason=f"{name!r} is not {what} in it"))
