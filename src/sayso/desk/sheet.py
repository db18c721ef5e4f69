"""Tables as CSV for spreadsheets: the columns of the command line, safe against formulas."""

from __future__ import annotations

import io
from typing import Literal

from sayso.desk.desk import Body
from sayso.desk.tables import Row, Stretch
from sayso.views.tables import write_rows


def table_sheet(found: Stretch, table: Literal["reports", "claims", "events"]) -> Body:
    """Reports, claims or events."""
    return _sheet(found["rows"], table, found["next"])


def incident_sheet(found: Stretch) -> Body:
    """Incidents, their place and numbers in columns of their own."""
    return _sheet([_flat(row) for row in found["rows"]], "incidents", found["next"])


def _flat(row: Row) -> Row:
    place = row["place"]
    flat = {**row, **{name: "; ".join(row[name]) for name in ("actors", "targets", "disputed")}}
    for name in ("name", "id", "country", "admin1", "lat", "lon", "precision"):
        flat[{"name": "place", "id": "place_id", "precision": "place_precision"}.get(name, name)] = (
            getattr(place, name) if place else None
        )
    for name in ("killed", "wounded"):
        flat[f"{name}_low"], flat[f"{name}_high"] = row[name] or (None, None)
    return {**flat, "id": row["id"]}


def _sheet(rows: list[Row], table: str, after: str | None) -> Body:
    stream = io.StringIO()
    write_rows(rows, table, "csv", stream)
    return Body(stream.getvalue(), after)
