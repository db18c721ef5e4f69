"""Events, incidents and holdings as GeoJSON (RFC 7946), many at once for the desk's own map."""

# ruff: noqa: S608 -- what is put together in questions are constants of this project
from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from sayso.desk.asked import At, Bulk, IncidentBulk, filters_of
from sayso.desk.tables import control_rows, reports_claims_or_events, stretch
from sayso.ledger import Ledger
from sayso.ledger.conditions import Condition
from sayso.ledger.incident_filters import SORTED, conditions, selected
from sayso.ledger.incidents import incident_number
from sayso.views.geojson import holdings_as_geojson

Features = tuple[dict[str, Any], str | None]  # a feature collection, and the cursor of the next stretch
_DIGITS = 5  # of a degree: a metre
_EVENT = (
    "type", "status", "place", "place_id", "place_precision", "date", "first_day", "last_day", "actors", "targets",
    "killed_low", "killed_high", "wounded_low", "wounded_high", "source", "outlet",
)  # fmt: skip
_INCIDENT = (
    "type", "status", "place", "place_id", "level", "first_day", "last_day", "killed_low", "killed_high", "wounded_low",
    "wounded_high", "reports", "outlets", "independent", "disputes", "added",
)  # fmt: skip


def event_features(ledger: Ledger, asked: Bulk) -> Features:
    """A point for each event; null where no place is known."""
    found = reports_claims_or_events(ledger, "events", asked)
    return collection((row["id"], row["lon"], row["lat"], {k: row[k] for k in _EVENT}) for row in found["rows"]), found[
        "next"
    ]


def incident_features(ledger: Ledger, asked: IncidentBulk) -> Features:
    """A point for each incident, with its counts."""
    connection = ledger.connection
    filters = filters_of(connection, asked)
    found = conditions(connection, filters)
    columns = ", ".join(f"i.{column}" for column in SORTED[asked.order])
    if asked.cursor:
        number = incident_number(connection, asked.cursor)
        at = connection.execute(f"SELECT {columns} FROM incidents i WHERE number = ?", (number,)).fetchone()
        found.append(Condition(sql=f"({columns}) < ({', '.join('?' * len(at))})", values=at))
    select, values = selected(connection, found, asked.order, asked.limit + 1)
    descending = ", ".join(f"i.{column} DESC" for column in SORTED[asked.order])
    rows = connection.execute(
        "SELECT id, lon, lat, type, status, name, place_id, level, nullif(first_day, ''), nullif(last_day, ''), "
        "killed_low, killed_high, wounded_low, wounded_high, reports, outlets, independent, disputes, added FROM ("
        f"SELECT i.*, g.name, g.id AS place_id, g.lon, g.lat, g.level FROM (SELECT i.* {select} ORDER BY {descending} "
        f"LIMIT ?) i LEFT JOIN places g ON g.number = i.place) i ORDER BY {descending}",
        (*values, asked.limit + 1),
    ).fetchall()
    shown = stretch(
        ({"id": id, "at": (lon, lat), "told": dict(zip(_INCIDENT, told, strict=True))} for id, lon, lat, *told in rows),
        asked.limit,
        lambda row: row["id"],
    )
    return collection((row["id"], *row["at"], row["told"]) for row in shown["rows"]), shown["next"]


def control_features(ledger: Ledger, asked: At) -> Features:
    """A point for each holding."""
    found = control_rows(ledger, asked)
    return holdings_as_geojson(found["rows"]), found["next"]


def collection(points: Iterable[tuple[str, float | None, float | None, dict[str, Any]]]) -> dict[str, Any]:
    """A feature collection of points: id, degrees east and north, properties."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": id, "geometry": _point(lon, lat), "properties": told}
            for id, lon, lat, told in points
        ],
    }  # fmt: skip


def _point(lon: float | None, lat: float | None) -> dict[str, Any] | None:
    if lon is None or lat is None or not (math.isfinite(lon) and math.isfinite(lat)) or abs(lat) > 90:
        return None
    return {"type": "Point", "coordinates": [round(lon, _DIGITS), round(lat, _DIGITS)]}
