"""Lines that words name by two places: "between A and B", "the A-B road", "the Turkish-Syrian border"."""

from __future__ import annotations

from functools import lru_cache

from sayso.places.entry import Entry
from sayso.places.gazetteer import Gazetteer, km
from sayso.places.relative import middle
from sayso.records.resolved import Place

HALVINGS = 7  # of the way from one country's middle to the other's: to about 10 km
SEEN_KM = 150.0  # around a point; who has the nearest place there holds it


def line(a: Entry, b: Entry, count: int) -> Place:
    """The line between two places, by its middle."""
    lat, lon = middle(a.lat, a.lon, b.lat, b.lon)
    name, apart = f"between {a.name} and {b.name}", km(a.lat, a.lon, b.lat, b.lon)
    land = a.country if a.country == b.country else None
    return Place(
        id=f"{a.id}--{b.id}", name=name, country=land, admin1=a.admin1_name if a.admin1 == b.admin1 and land else None,
        lat=lat, lon=lon, level="region", precision=5, candidates=count,
        why=f"A line, by its middle: {name}, {apart:.0f} km apart.",
    )  # fmt: skip


def border(of: Entry, other: Entry | None, gazetteer: Gazetteer) -> Place:
    """The border of a country, with `other` where that is known: a point of it between the middles of the two."""
    if other is None or of.country == other.country:
        return _beside(of, of.lat, of.lon, f"border of {of.name}", "A border: known no closer than the country.")
    lat, lon = _meeting(gazetteer, of, other)
    why = f"A line: where the way from the middle of {of.name} to that of {other.name} crosses from one to the other."
    return _beside(other, lat, lon, f"border of {of.name} and {other.name}", why)


@lru_cache(1_000)
def _meeting(gazetteer: Gazetteer, of: Entry, other: Entry) -> tuple[float, float]:
    near, far = (of.lat, of.lon), (other.lat, other.lon)
    for _ in range(HALVINGS):
        point = middle(*near, *far)
        held = next(iter(gazetteer.nearby(*point, SEEN_KM)), None)
        if held is None or held.country not in (of.country, other.country):
            return point
        near, far = (point, far) if held.country == of.country else (near, point)
    return middle(*near, *far)


def _beside(of: Entry, lat: float, lon: float, name: str, why: str) -> Place:
    return Place(
        id=f"{of.id}@border", name=name, country=of.country, admin1=None, lat=lat, lon=lon, level="region", precision=5,
        candidates=1, why=why,
    )  # fmt: skip
