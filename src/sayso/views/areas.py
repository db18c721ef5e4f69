"""Who is said to hold the land around places on a day: areas by the nearest place, for a map. Not a front line.

Every spot goes to the place nearest to it, if that is near enough, within the country's outline (a Voronoi diagram, cut
off). Where two holders' areas meet lies a contested band. Between places nobody said anything: this is a picture of
what was said, and `days` tells how old it is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import msgspec
import shapely  # type: ignore[import-untyped]  # its stubs are a package of their own
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped]

from sayso.linking.disputes import Related
from sayso.linking.stretches import at
from sayso.places.meanings import lands
from sayso.records.pool import Holding, HoldStatus
from sayso.views.brief.base_map import Extent, packaged

REACH_KM = 15.0  # as far as a place's holder is taken to hold the land: half a day's way between villages
BAND_KM = 2.0  # on each side of where two holders meet
KM = 111.195  # of a degree of latitude
ROUGHLY = 0.03  # degrees: 3 km, by which the outlines may be off
AGES = (7, 30)  # days: what was said this week, this month, before
SAME = 0.001  # degrees: about 100 m, two places in one spot
DIGITS = 4  # of a degree: 11 m, finer than anything known here
# Natural Earth's names of countries that GeoNames calls otherwise, and of what it draws apart.
OUTLINES = {
    "BA": ("Bosnia and Herz.",), "CD": ("Dem. Rep. Congo",), "CF": ("Central African Rep.",), "CG": ("Congo",),
    "CI": ("Côte d'Ivoire",), "CY": ("Cyprus", "N. Cyprus"), "DO": ("Dominican Rep.",), "EH": ("W. Sahara",),
    "GQ": ("Eq. Guinea",), "MK": ("Macedonia",), "NL": ("Netherlands",), "PS": ("Palestine",), "SB": ("Solomon Is.",),
    "SO": ("Somalia", "Somaliland"), "SS": ("S. Sudan",), "SZ": ("eSwatini",), "TL": ("Timor-Leste",),
    "US": ("United States of America",),
}  # fmt: skip


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """Land around some places of one holder, status and age. `actors`: the holder, or the two that meet in a band.

    `days`: the most days that passed since the last word on any of the places. `shape`: GeoJSON, WGS 84 degrees.
    """

    kind: str  # "held", or "band" where two meet
    actors: tuple[str, ...]
    actor_ids: tuple[str | None, ...]
    status: HoldStatus
    days: int
    places: tuple[str, ...]
    shape: dict[str, Any]


def areas(
    holdings: Iterable[Holding],
    day: str,
    related: Related = lambda a, b: a == b,
    *,
    reach_km: float = REACH_KM,
    band_km: float = BAND_KM,
) -> tuple[Area, ...]:
    """The areas of a day (ISO), by holder, status and age. Places without a holder on that day have none.

    `related`: whether one actor, by id, is part of the other: between these lies no band.
    """
    by_country: dict[str, list[Holding]] = defaultdict(list)
    for holding in at(holdings, day):
        if holding.actor and math.isfinite(holding.place.lat + holding.place.lon) and abs(holding.place.lat) < 85:
            by_country[holding.place.country or ""].append(holding)
    return tuple(
        area
        for country in sorted(by_country)
        for area in _of_country(country, _apart(by_country[country]), day, related, reach_km, band_km)
    )


def _apart(holdings: Sequence[Holding]) -> list[Holding]:
    """One holding for each spot: of places drawn at one point the first by id."""
    found: dict[tuple[int, int], Holding] = {}
    for holding in sorted(holdings, key=lambda h: (h.place.id, h.since or "")):
        found.setdefault((round(holding.place.lat / SAME), round(holding.place.lon / SAME)), holding)
    return list(found.values())


def _of_country(
    country: str, holdings: Sequence[Holding], day: str, related: Related, reach_km: float, band_km: float
) -> Iterator[Area]:
    flat = _Flat(sum(h.place.lat for h in holdings) / len(holdings))
    points = [flat.point(h.place.lon, h.place.lat) for h in holdings]
    land = _land(country, holdings, flat, reach_km)
    pieces = [piece.intersection(land) for piece in _nearest(points, reach_km)]
    groups: dict[tuple[str, str | None, HoldStatus, int], list[int]] = defaultdict(list)
    by_actor: dict[str, list[int]] = defaultdict(list)
    for n, holding in enumerate(holdings):
        name = holding.actor or ""
        groups[name, holding.actor_id, holding.status, _age(_days(holding, day))].append(n)
        by_actor[name].append(n)
    ids = {h.actor or "": h.actor_id for h in holdings}
    apart = [pair for pair in combinations(sorted(by_actor), 2) if not related(*(ids[n] or n for n in pair))]
    bands = list(_bands(apart, by_actor, pieces, band_km))
    fought = shapely.union_all([band for _, band in bands]) if bands else shapely.Polygon()
    for (name, ident, status, _), members in sorted(groups.items(), key=lambda item: str(item[0])):
        shape = shapely.union_all([pieces[n] for n in members])
        shape = shape if status == "contested" else shape.difference(fought)
        if found := flat.geojson(shape):
            yield _area("held", (name,), (ident,), status, [holdings[n] for n in members], day, found)
    for (one, other), band in bands:
        near = [h for n, h in enumerate(holdings) if h.actor in (one, other) and pieces[n].intersects(band)]
        if found := flat.geojson(band):
            yield _area("band", (one, other), (ids[one], ids[other]), "contested", near, day, found)


def _area(
    kind: str, actors: tuple[str, ...], ids: tuple[str | None, ...], status: HoldStatus, behind: Sequence[Holding],
    day: str, shape: dict[str, Any],
) -> Area:  # fmt: skip
    days = max(_days(holding, day) for holding in behind)
    places = tuple(sorted({holding.place.name for holding in behind}))
    return Area(kind=kind, actors=actors, actor_ids=ids, status=status, days=days, places=places, shape=shape)


def _nearest(points: Sequence[shapely.Point], reach_km: float) -> list[BaseGeometry]:
    """For each point what is nearer to it than to any other, and not farther than `reach_km`."""
    rounds = [point.buffer(reach_km) for point in points]
    if len(points) < 2:
        return rounds
    cells = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=shapely.union_all(rounds), ordered=True)
    return [cell.intersection(around) for cell, around in zip(cells.geoms, rounds, strict=True)]


def _bands(
    apart: Sequence[tuple[str, str]], by_actor: dict[str, list[int]], pieces: Sequence[BaseGeometry], band_km: float
) -> Iterator[tuple[tuple[str, str], BaseGeometry]]:
    """The land on both sides of where two holders' areas meet."""
    whole = {actor: shapely.union_all([pieces[n] for n in members]) for actor, members in by_actor.items()}
    rims = {actor: shape.buffer(1e-6) for actor, shape in whole.items()}
    for one, other in apart:
        if rims[one].intersects(rims[other]):
            meet = rims[one].intersection(rims[other])
            band = meet.buffer(band_km).intersection(shapely.union_all([whole[one], whole[other]]))
            if band.area > 0:
                yield (one, other), band


def _land(country: str, holdings: Sequence[Holding], flat: _Flat, reach_km: float) -> BaseGeometry:
    """The outlines of the country near these places, and of whoever else is drawn where one of them lies."""
    reach = 2 * reach_km / KM
    wide = reach / max(0.1, math.cos(math.radians(max(abs(h.place.lat) for h in holdings))))
    lons, lats = [h.place.lon for h in holdings], [h.place.lat for h in holdings]
    extent = Extent(min(lons) - wide, min(lats) - reach, max(lons) + wide, max(lats) + reach)
    known = lands().get(country)
    names = OUTLINES.get(country, (known.name,) if known else ())
    points = shapely.MultiPoint([(h.place.lon, h.place.lat) for h in holdings])
    rings = [(name, shapely.make_valid(shapely.Polygon(ring))) for name, ring in packaged().land(extent)]
    own = [ring for name, ring in rings if name in names]
    drawn = shapely.union_all(own)
    for point in shapely.get_parts(points):
        if not drawn.contains(point):  # a border drawn roughly, or land that the map gives to another
            far = drawn.is_empty or drawn.distance(point) > ROUGHLY
            own += [ring for _, ring in rings if far and ring.contains(point)]
            own.append(point.buffer(ROUGHLY))
    return flat.of(shapely.union_all(own))


class _Flat:
    """Kilometres on a plane that fits at one latitude: to the east of Greenwich, to the north of the equator."""

    def __init__(self, lat: float) -> None:
        self._east = KM * math.cos(math.radians(lat))

    def point(self, lon: float, lat: float) -> shapely.Point:
        return shapely.Point(lon * self._east, lat * KM)

    def of(self, shape: BaseGeometry) -> BaseGeometry:
        return shapely.transform(shape, lambda points: points * (self._east, KM))

    def geojson(self, shape: BaseGeometry) -> dict[str, Any] | None:
        """The polygons of a shape in degrees, wound as RFC 7946 has it; None if there are none."""
        back = shapely.transform(shape, lambda points: points / (self._east, KM))
        rounded = [shapely.set_precision(part, 10.0**-DIGITS, mode="pointwise") for part in _polygons(back)]
        kept = [whole for part in rounded for whole in _polygons(shapely.make_valid(part))]
        if not kept:
            return None
        return {"type": "MultiPolygon", "coordinates": [_rings(shapely.orient_polygons(part)) for part in kept]}


def _polygons(shape: BaseGeometry) -> list[BaseGeometry]:
    """The polygons of a shape of any kind, once it is made valid: of lines and points nothing is left."""
    if shape.geom_type == "Polygon":
        return [shape] if shape.area else []
    return [polygon for part in getattr(shape, "geoms", ()) for polygon in _polygons(part)]


def _rings(part: Any) -> list[list[list[float]]]:
    return [[[round(x, DIGITS), round(y, DIGITS)] for x, y in ring.coords] for ring in (part.exterior, *part.interiors)]


def _days(holding: Holding, day: str) -> int:
    """Days since the last word on a place; a word of a later day on this one is as fresh as can be."""
    said = holding.said or holding.since or day
    return max(0, (date.fromisoformat(day) - date.fromisoformat(said)).days)


def _age(days: int) -> int:
    return next((n for n, most in enumerate(AGES) if days <= most), len(AGES))


def control_as_geojson(holdings: Sequence[Holding], day: str, related: Related = lambda a, b: a == b) -> dict[str, Any]:
    """A feature collection of a day: its areas (`kind` "held" or "band"), then a point for each place that is held."""
    from sayso.views.geojson import holdings_as_geojson

    found = holdings_as_geojson(at(holdings, day))
    drawn = [
        {
            "type": "Feature",
            "geometry": area.shape,
            "properties": {
                "kind": area.kind, "actors": list(area.actors), "actor_ids": list(area.actor_ids),
                "status": area.status, "days": area.days, "places": list(area.places), "day": day,
            },
        }
        for area in areas(holdings, day, related)
    ]  # fmt: skip
    for feature in found["features"]:
        feature["properties"]["kind"] = "place"
    found.pop("bbox", None)  # it is that of the points
    return {**found, "features": [*drawn, *found["features"]]}
