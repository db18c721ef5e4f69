"""Events, incidents and holdings as GeoJSON (RFC 7946), many at once for the desk's own map."""

# ruff: noqa: S608 -- what is put together in questions are constants of this project
from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec

from sayso.actors.register import Register
from sayso.desk.asked import At, Bulk, IncidentBulk, filters_of
from sayso.desk.tables import check_kind, control_rows
from sayso.engine.pool import relation
from sayso.ledger import Ledger
from sayso.ledger.conditions import Condition
from sayso.ledger.conditions import conditions as event_conditions
from sayso.ledger.conditions import selected as events_selected
from sayso.ledger.filters import meant
from sayso.ledger.ids import record_number
from sayso.ledger.incident_filters import SORTED, conditions, selected
from sayso.ledger.incidents import incident_number
from sayso.records.pool import Holding
from sayso.views.areas import control_as_geojson
from sayso.views.geojson import holdings_as_geojson

Features = tuple[dict[str, Any], str | None]  # a feature collection, and the cursor of the next stretch
_holdings = msgspec.msgpack.Decoder(list[Holding])
_DIGITS = 5  # of a degree: a metre
_EVENT = {
    "type": "e.type", "status": "e.status", "place": "g.name", "place_id": "g.id",
    "place_precision": "e.place_precision", "date": "e.date", "first_day": "nullif(e.first_day, '')",
    "last_day": "nullif(e.last_day, '')", "actors": "e.actors", "targets": "e.targets", "killed_low": "e.killed_low",
    "killed_high": "e.killed_high", "wounded_low": "e.wounded_low", "wounded_high": "e.wounded_high",
    "source": "n.name", "outlet": "o.name",
}  # fmt: skip
_INCIDENT = (
    "type", "status", "place", "place_id", "level", "first_day", "last_day", "killed_low", "killed_high", "wounded_low",
    "wounded_high", "reports", "outlets", "independent", "disputes", "added",
)  # fmt: skip


def event_features(ledger: Ledger, asked: Bulk) -> Features:
    """A point for each event; null where no place is known."""
    connection = ledger.connection
    found = list(event_conditions(connection, "events", meant(connection, filters_of(connection, asked)), asked.limit))
    if asked.cursor:
        check_kind(connection, "events", asked.cursor)
        number = record_number(connection, asked.cursor)[1]
        (day,) = connection.execute("SELECT first_day FROM events WHERE number = ?", (number,)).fetchone()
        found.append(Condition(sql="(e.first_day, e.number) < (?, ?)", values=(day, number)))
    select, values = events_selected(connection, "events", found, asked.limit + 1)
    latest = "e.first_day DESC, e.number DESC"
    rows = connection.execute(
        f"SELECT p.id || '#' || e.id, g.lon, g.lat, {', '.join(_EVENT.values())} FROM (SELECT e.number {select} "
        f"ORDER BY {latest} LIMIT ?) f CROSS JOIN events e ON e.number = f.number JOIN pages p ON p.number = e.report "
        "LEFT JOIN outlets o ON o.number = e.outlet LEFT JOIN places g ON g.number = e.place "
        f"LEFT JOIN names n ON n.number = e.voice ORDER BY {latest}",
        (*values, asked.limit + 1),
    ).fetchall()
    return _features(rows, tuple(_EVENT), asked.limit)


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
    return _features(rows, _INCIDENT, asked.limit)


def control_features(ledger: Ledger, asked: At) -> Features:
    """A point for each holding; with a day, on the first stretch, also the areas held then."""
    found = control_rows(ledger, asked)
    if asked.at is None or asked.cursor:
        return holdings_as_geojson(found["rows"]), found["next"]
    return _drawn(msgspec.msgpack.encode(found["rows"]), asked.at), found["next"]


@lru_cache(maxsize=8)  # the days somebody goes back and forth between; by what is held, so a change is never missed
def _drawn(holdings: bytes, day: str) -> dict[str, Any]:
    """A day's areas and points; only to be read."""
    return control_as_geojson(_holdings.decode(holdings), day, relation(Register.packaged()))


def _features(rows: Sequence[Sequence[Any]], told: Sequence[str], limit: int) -> Features:
    """`limit` of the rows (id, degrees east and north, what is told) as points; the id of the last if more follow."""
    points = [
        {"type": "Feature", "id": id, "geometry": _point(lon, lat), "properties": dict(zip(told, rest, strict=True))}
        for id, lon, lat, *rest in rows[:limit]
    ]
    return {"type": "FeatureCollection", "features": points}, rows[limit - 1][0] if len(rows) > limit else None


def _point(lon: float | None, lat: float | None) -> dict[str, Any] | None:
    if lon is None or lat is None or not (math.isfinite(lon) and math.isfinite(lat)) or abs(lat) > 90:
        return None
    return {"type": "Point", "coordinates": [round(lon, _DIGITS), round(lat, _DIGITS)]}
