"""What the addresses of incidents and places answer."""

# ruff: noqa: S608 -- what is put together in questions are constants of this project
from __future__ import annotations

from typing import Any

import msgspec

from sayso.desk.asked import At
from sayso.desk.problems import MISSING, RefusedError, or_missing
from sayso.desk.records import head
from sayso.desk.tables import COUNTED, clipped, incident_row, skipped
from sayso.ledger import Ledger
from sayso.ledger.disputes import holder_disputes
from sayso.ledger.filters import Filters
from sayso.ledger.holdings import holdings
from sayso.ledger.ids import page_number
from sayso.ledger.incidents import accounts_of_incident, incident, incidents

Page = dict[str, Any]
SHOWN = 50  # incidents of a place or an actor that are shown at once
_MOST_ACCOUNTS = 500  # of an incident whose records are shown


def incident_page(ledger: Ledger, id: str) -> Page:
    """An incident with its accounts, their reports, and what these share (`answers.IncidentPage`)."""
    connection = ledger.connection
    with or_missing():
        kept = incident(connection, id)
        accounts = accounts_of_incident(connection, id)[:_MOST_ACCOUNTS]
    reports = list(dict.fromkeys(account.report for account in accounts))
    numbers = {report: page_number(connection, report) for report in reports}
    among = msgspec.json.encode(list(numbers.values())).decode()
    names = {number: report for report, number in numbers.items()}
    shared = connection.execute(
        "SELECT a, b, kind, first, why FROM copies WHERE a IN (SELECT value FROM json_each(?1)) "
        "AND b IN (SELECT value FROM json_each(?1)) ORDER BY a, b LIMIT ?2",
        (among, COUNTED),
    ).fetchall()
    return {
        **msgspec.to_builtins(kept.incident),
        "asked": id,
        "account_records": [msgspec.structs.replace(a, title=clipped(a.title)) for a in accounts],
        "report_heads": {report: head(connection, number) for report, number in numbers.items()},
        "copies": [
            {"a": names[a], "b": names[b], "kind": kind, "first": first, "why": why}
            for a, b, kind, first, why in shared
        ],
        "added": kept.added,
        "changed": kept.changed,
    }


def place_page(ledger: Ledger, id: str, asked: At) -> Page:
    """A place: who is said to hold it, on a day and over time, and what happened there (`answers.PlacePage`)."""
    connection = ledger.connection
    columns = ("number", "id", "name", "country", "admin1", "lat", "lon", "level", "geonameid")
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM places WHERE id = ? ORDER BY number", (id,)).fetchall()
    if not rows:
        raise RefusedError(MISSING, "the ledger", f"no place {id!r} in it")
    place = dict(zip(columns, rows[0], strict=True))
    numbers = msgspec.json.encode([row[0] for row in rows]).decode()
    these = "place IN (SELECT value FROM json_each(?))"
    types = connection.execute(
        f"SELECT type, count(*) FROM events WHERE {these} GROUP BY type ORDER BY 2 DESC, 1",
        (numbers,),
    ).fetchall()
    first, last = connection.execute(
        f"SELECT min(nullif(first_day, '')), max(nullif(first_day, '')) FROM events WHERE {these}",
        (numbers,),
    ).fetchone()
    here = Filters(place=id)
    first_row = skipped(asked.cursor)
    found = list(incidents(connection, here, limit=first_row + SHOWN + 1))[first_row:]
    return {
        **{name: place[name] for name in columns if name != "number"},
        "events": sum(n for _, n in types),
        "names": [row[2] for row in rows],
        "types": dict(types),
        "first": first,
        "last": last,
        "holdings": holdings(connection, here),
        "disputes": [kept.dispute for _, kept in holder_disputes(connection, id)],
        "at": asked.at,
        "held": holdings(connection, here, asked.at) if asked.at else [],
        "incident_rows": [incident_row(kept) for kept in found[:SHOWN]],
        "more_incidents": len(found) > SHOWN,
    }
