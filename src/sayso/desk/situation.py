"""What there is, counted."""

# ruff: noqa: S608 -- what is put together in questions are constants of this project
from __future__ import annotations

import sqlite3
from typing import Any

from sayso.desk.asked import Asked
from sayso.ledger import Ledger

_COUNTED = {name: name for name in ("disputes", "holdings", "outlets", "reviews")} | {"sources": "cited"}


def situation(ledger: Ledger, asked: Asked) -> dict[str, Any]:
    """Counts over the whole ledger, and what is new since `new_since`."""
    connection = ledger.connection
    first, last = _one(
        connection,
        "SELECT (SELECT min(first_day) FROM events WHERE first_day > ''), (SELECT max(first_day) FROM events)",
    )
    received = _last_received(connection)
    since = asked.new_since or (received[:10] if received else None)
    return {
        "ledger": ledger.path.name,
        "counts": counts_of(connection),
        "first": first or None,
        "last": last or None,
        "types": _tally(connection, "event type"),
        "status": _tally(connection, "status"),
        "languages": _tally(connection, "language"),
        "disputed": _one(connection, "SELECT count(*) FROM incidents INDEXED BY incidents_disputed WHERE disputes > 0")[
            0
        ],
        "new_since": since,
        "new": {} if since is None else _new(connection, since),
        "received": received,
    }


def counts_of(connection: sqlite3.Connection) -> dict[str, int]:
    """How many there are of everything."""
    counts = dict.fromkeys(("reports", "claims", "events"), 0)
    counts |= {name: n for name, n in _tally(connection, "all").items() if name in counts}
    (counts["incidents"],) = _one(connection, "SELECT ifnull(sum(n), 0) FROM incident_days")
    for name, table in _COUNTED.items():
        (counts[name],) = _one(connection, f"SELECT count(*) FROM {table}")
    (counts["unlinked"],) = _one(connection, "SELECT count(*) FROM to_link")
    return counts


def _new(connection: sqlite3.Connection, since: str) -> dict[str, int]:
    """What came in since a day or moment: reports by the custody log, incidents by when they were first linked."""
    (incidents,) = _one(connection, "SELECT count(*) FROM incidents WHERE added >= ? AND packed IS NOT NULL", [since])
    line = _first_line(connection, since)
    (page,) = _one(
        connection,
        "SELECT number FROM pages WHERE id = (SELECT page FROM custody WHERE number >= ? AND act = 'received' "
        "ORDER BY number LIMIT 1)",
        [line],
    ) or (None,)
    reports = 0 if page is None else _one(connection, "SELECT count(*) FROM pages WHERE number >= ?", [page])[0]
    return {"reports": reports, "incidents": incidents}


def _first_line(connection: sqlite3.Connection, since: str) -> int:
    """The first line of the custody log that was written since; its lines are in the order of time."""
    low, high = 1, _one(connection, "SELECT ifnull(max(number), 0) FROM custody")[0] + 1
    while low < high:
        middle = (low + high) // 2
        (at,) = _one(connection, "SELECT at FROM custody WHERE number = ?", [middle]) or ("",)
        low, high = (low, middle) if at >= since else (middle + 1, high)
    return int(low)


def _last_received(connection: sqlite3.Connection) -> str | None:
    found = _one(connection, "SELECT at FROM custody WHERE act LIKE 'received%' ORDER BY number DESC LIMIT 1")
    return found[0] if found else None


def _tally(connection: sqlite3.Connection, what: str) -> dict[str, int]:
    return dict(
        connection.execute("SELECT name, n FROM tallies WHERE what = ? ORDER BY n DESC, name", (what,)).fetchall()
    )


def _one(connection: sqlite3.Connection, question: str, values: list[object] | None = None) -> Any:
    return connection.execute(question, values or []).fetchone()
