"""Events, incidents and holdings as GeoJSON (RFC 7946), many at once for the desk's own map.

SQLite writes the features of events and incidents itself, as one text, or two at once of many: no row of them is made
in Python.
"""

# ruff: noqa: S608 -- what is put together in questions are constants of this project
from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import msgspec

from sayso.actors.register import Register
from sayso.desk.asked import At, Bulk, IncidentBulk
from sayso.desk.chosen import event_numbers, incident_numbers
from sayso.desk.desk import Body, Desk, as_json
from sayso.desk.tables import control_rows
from sayso.engine.pool import relation
from sayso.ledger import Ledger
from sayso.records.pool import Holding
from sayso.views.areas import control_as_geojson
from sayso.views.geojson import holdings_as_geojson
from sayso.views.plain import in_json

_MANY = 2_000  # features: 1,000 are there within 26 ms, in one piece (docs/desk.md)
_holdings = msgspec.msgpack.Decoder(list[Holding])
_EVENT = {
    "type": "e.type", "status": "e.status", "place": "g.name", "place_id": "g.id",
    "place_precision": "e.place_precision", "date": "e.date", "first_day": "nullif(e.first_day, '')",
    "last_day": "nullif(e.last_day, '')", "actors": "e.actors", "targets": "e.targets", "killed_low": "e.killed_low",
    "killed_high": "e.killed_high", "wounded_low": "e.wounded_low", "wounded_high": "e.wounded_high",
    "source": "n.name", "outlet": "o.name",
}  # fmt: skip
_INCIDENT = {
    "type": "i.type", "status": "i.status", "place": "g.name", "place_id": "g.id", "level": "g.level",
    "first_day": "nullif(i.first_day, '')", "last_day": "nullif(i.last_day, '')", "killed_low": "i.killed_low",
    "killed_high": "i.killed_high", "wounded_low": "i.wounded_low", "wounded_high": "i.wounded_high",
    "reports": "i.reports", "outlets": "i.outlets", "independent": "i.independent", "disputes": "i.disputes",
    "added": "i.added",
}  # fmt: skip


def event_features(desk: Desk, ledger: Ledger, asked: Bulk) -> Body:
    """A point for each event, the latest first; null where no place is known."""
    return _features(
        desk,
        ledger,
        "p.id || '#' || e.id",
        _EVENT,
        "events e ON e.number = f.value CROSS JOIN pages p ON p.number = e.report "
        "LEFT JOIN outlets o ON o.number = e.outlet LEFT JOIN places g ON g.number = e.place "
        "LEFT JOIN names n ON n.number = e.voice",
        event_numbers(ledger, desk.columns, asked),
        asked.limit,
    )


def incident_features(desk: Desk, ledger: Ledger, asked: IncidentBulk) -> Body:
    """A point for each incident, with its counts."""
    return _features(
        desk,
        ledger,
        "i.id",
        _INCIDENT,
        "incidents i ON i.number = f.value LEFT JOIN places g ON g.number = i.place",
        incident_numbers(ledger, desk.columns, asked),
        asked.limit,
    )


def control_features(ledger: Ledger, asked: At) -> Body:
    """A point for each holding; with a day, on the first stretch, also the areas held then."""
    found = control_rows(ledger, asked)
    if asked.at is None or asked.cursor:
        return Body(as_json(holdings_as_geojson(found["rows"])), found["next"])
    return Body(_drawn(msgspec.msgpack.encode(found["rows"]), asked.at), found["next"])


@lru_cache(maxsize=8)  # the days somebody goes back and forth between; by what is held, so a change is never missed
def _drawn(holdings: bytes, day: str) -> str:
    """A day's areas and points."""
    return as_json(control_as_geojson(_holdings.decode(holdings), day, relation(Register.installed())))


def _features(
    desk: Desk, ledger: Ledger, id: str, told: Mapping[str, str], source: str, numbers: Sequence[int], limit: int
) -> Body:
    """`limit` of the rows as points that tell what is `told` by name; the id of the last if more follow."""
    asked = numbers[:limit]
    write = partial(_written, id=id, told=told, source=source)
    if len(asked) < _MANY:
        features, last = write(ledger, asked)
    else:
        half = len(asked) // 2
        one, other = partial(write, numbers=asked[:half]), partial(write, numbers=asked[half:])
        (before, _), (after, last) = desk.side_by_side(ledger, one, other)
        features = ",".join(part for part in (before, after) if part)
    text = in_json(f'{{"type":"FeatureCollection","features":[{features or ""}]}}')
    return Body(text, last if len(numbers) > limit else None)


def _written(
    ledger: Ledger, numbers: Sequence[int], id: str, told: Mapping[str, str], source: str
) -> tuple[str | None, str | None]:
    """The rows as features with commas between, in the order of the numbers, and the id of the last."""
    point = "json_object('type', 'Point', 'coordinates', json_array(g.lon, g.lat))"
    point = f"CASE WHEN abs(g.lat) <= 90 THEN {point} END"
    properties = ", ".join(f"'{name}', {value}" for name, value in told.items())
    # The id beside max() is of the last.
    _, last, features = ledger.connection.execute(
        f"SELECT max(f.key), {id}, group_concat(json_object('type', 'Feature', 'id', {id}, 'geometry', {point}, "
        f"'properties', json_object({properties})), ',') FROM json_each(?) f CROSS JOIN {source}",
        (msgspec.json.encode(numbers).decode(),),
    ).fetchone()
    return features, last
