"""Points that are reckoned: a distance and a direction from a place, the middle of a line between two."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

from sayso.places.gazetteer import EARTH_KM


def offset(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point `km` along the great circle that leaves (lat, lon) at `bearing` (degrees clockwise from north).

    >>> offset(36.53, 37.95, 0, 30)
    (36.7998, 37.95)
    """
    north, east, way, turn = radians(lat), radians(lon), km / EARTH_KM, radians(bearing)
    there = asin(sin(north) * cos(way) + cos(north) * sin(way) * cos(turn))
    across = east + atan2(sin(turn) * sin(way) * cos(north), cos(way) - sin(north) * sin(there))
    return round(degrees(there), 4), round((degrees(across) + 540) % 360 - 180, 4)


def middle(lat: float, lon: float, other_lat: float, other_lon: float) -> tuple[float, float]:
    """The point halfway along the great circle between two points.

    >>> middle(36.2, 37.16, 36.2, 37.16)
    (36.2, 37.16)
    """
    points = [(radians(a), radians(b)) for a, b in ((lat, lon), (other_lat, other_lon))]
    x, y, z = (
        sum(parts) for parts in zip(*((cos(a) * cos(b), cos(a) * sin(b), sin(a)) for a, b in points), strict=True)
    )
    return round(degrees(atan2(z, sqrt(x * x + y * y))), 4), round(degrees(atan2(y, x)), 4)


def compass(bearing: float) -> str:
    """The nearest of eight directions.

    >>> compass(350)
    'north'
    """
    names = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
    return names[round(bearing / 45) % 8]
