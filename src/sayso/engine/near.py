"""The circle that somebody means by a place and a radius."""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from sayso.ledger.filters import Near, point_of
from sayso.places.gazetteer import Gazetteer
from sayso.records import Problem, SaysoError

RADIUS: Final = 30.0  # kilometres around a point given without a radius: a day's reach of a local fight
_POINT: Final = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*", re.ASCII)


def point(place: str) -> tuple[float, float] | None:
    """The point that "LAT,LON" means; None: it is a name. SaysoError where there is none such on the earth.

    >>> point("36.53, 37.96"), point("Manbij")
    ((36.53, 37.96), None)
    """
    found = _POINT.fullmatch(place)
    if found is None:
        return None
    lat, lon = float(found[1]), float(found[2])
    if abs(lat) > 90 or abs(lon) > 180:
        raise SaysoError(Problem(where="place", reason=f"{place} is no point on the earth: LAT,LON in degrees"))
    return lat, lon


def circle(connection: sqlite3.Connection, place: str, radius: float | None) -> Near | None:
    """Around a point, or around the place of that name with most events in the ledger, else the gazetteer's.

    None: a name without a radius, which stands for itself. SaysoError when nobody knows where it lies.
    """
    here = point(place)
    if here is not None:
        return Near(*here, radius or RADIUS)
    if not radius:
        return None
    found = point_of(connection, place) or _of_gazetteer(place)
    if found is None:
        raise SaysoError(Problem(where="the ledger", reason=f"nobody knows where {place!r} lies"))
    return Near(*found, radius)


def _of_gazetteer(place: str) -> tuple[float, float] | None:
    matches = Gazetteer.installed().find(place)
    return (matches[0].entry.lat, matches[0].entry.lon) if matches else None
