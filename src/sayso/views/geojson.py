"""Incidents and holdings as GeoJSON (RFC 7946) for a map program: points with what is told as properties."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from sayso.records.pool import Holding, Incident
from sayso.records.resolved import Place

DIGITS = 6  # of a degree: about 10 cm, as RFC 7946 section 11.2 advises


def holdings_as_geojson(holdings: Iterable[Holding]) -> dict[str, Any]:
    """A feature collection with a point for each holding, and the keys of the accounts behind it."""
    return _collection([_feature(None, holding.place, _held(holding)) for holding in holdings])


def incidents_as_geojson(incidents: Iterable[Incident]) -> dict[str, Any]:
    """A feature collection of incidents; one whose place is not known has no geometry, as the standard has it.

    Incidents known by province or country stand at its middle: `precision` (UCDP's where_prec) says so.
    """
    return _collection([_feature(incident.id, incident.place, _told(incident)) for incident in incidents])


def _held(holding: Holding) -> dict[str, Any]:
    return {
        **_place(holding.place),
        "actor": holding.actor,
        "actor_id": holding.actor_id,
        "status": holding.status,
        "since": holding.since,
        "until": holding.until,
        "said": holding.said,
        "why": holding.why,
        "accounts": list(holding.accounts),
    }


def _told(incident: Incident) -> dict[str, Any]:
    return {
        **_place(incident.place),
        "type": incident.type,
        "status": incident.status,
        "actors": list(incident.actors),
        "targets": list(incident.targets),
        "first": incident.first,
        "last": incident.last,
        "killed": list(incident.killed) if incident.killed else None,
        "wounded": list(incident.wounded) if incident.wounded else None,
        "reports": len(incident.reports),
        "independent": incident.independent,
        "disputed": sorted({dispute.kind for dispute in incident.disputes}),
        "accounts": list(incident.accounts),
    }


def _place(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {"place": None, "place_id": None, "country": None, "precision": None}
    return {"place": place.name, "place_id": place.id, "country": place.country, "precision": place.precision}


def _feature(ident: str | None, place: Place | None, properties: dict[str, Any]) -> dict[str, Any]:
    point = _point(place) if place else None
    feature: dict[str, Any] = {"type": "Feature"}
    if ident is not None:
        feature["id"] = ident
    feature["geometry"] = {"type": "Point", "coordinates": point} if point else None
    feature["properties"] = properties
    return feature


def _point(place: Place) -> list[float] | None:
    """Longitude, then latitude, within the world; None: no numbers to draw."""
    if not (math.isfinite(place.lon) and math.isfinite(place.lat) and abs(place.lat) <= 90):
        return None
    lon = place.lon if abs(place.lon) <= 180 else (place.lon + 180) % 360 - 180
    return [round(lon, DIGITS), round(place.lat, DIGITS)]


def _collection(features: Sequence[dict[str, Any]]) -> dict[str, Any]:
    points = [feature["geometry"]["coordinates"] for feature in features if feature["geometry"]]
    found: dict[str, Any] = {"type": "FeatureCollection"}
    if points:
        found["bbox"] = _bbox(points)
    found["features"] = list(features)
    return found


def _bbox(points: Sequence[Sequence[float]]) -> list[float]:
    """West, south, east, north. Over the antimeridian west is greater than east (RFC 7946, 5.2): the narrower box."""
    lons, lats = sorted({point[0] for point in points}), [point[1] for point in points]
    gaps = [(after - before, after, before) for before, after in pairwise(lons)]
    widest = max(gaps, default=(0.0, lons[0], lons[-1]))
    around = lons[0] + 360 - lons[-1]
    west, east = (lons[0], lons[-1]) if around >= widest[0] else widest[1:]
    return [west, min(lats), east, max(lats)]
