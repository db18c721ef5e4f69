"""What there is, counted, and when it happened."""

# ruff: noqa: S608 -- what is put together in questions are constants of this project
from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

from sayso.desk.asked import Asked, ByTime, filters_of
from sayso.ledger import Ledger
from sayso.ledger.conditions import Condition, conditions, selected
from sayso.ledger.filters import Filters, Meant, meant
from sayso.ledger.incident_filters import conditions as incident_conditions
from sayso.ledger.incident_filters import selected as incidents_selected

# Of a day, the first day of its stretch: itself, its Monday, the first of its month.
_STRETCH = {
    "day": "{0}",
    "week": "date({0}, 'weekday 0', '-6 days')",
    "month": "CASE {0} WHEN '' THEN '' ELSE substr({0}, 1, 7) || '-01' END",
}

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


def timeline(ledger: Ledger, asked: ByTime) -> dict[str, Any]:
    """Events or incidents counted by day, week or month and type."""
    connection = ledger.connection
    filters = filters_of(connection, asked)
    found = _events_over_time if asked.of == "events" else _incidents_over_time
    rows, wider = found(connection, filters, asked)
    bins: dict[str, dict[str, Any]] = {}
    for start, type, n in rows:
        one = bins.setdefault(start, {"start": start, "n": 0, "types": {}})
        one["n"] += n
        one["types"][type] = n
    return {"by": asked.by, "of": asked.of, "rows": list(bins.values()), "wider": wider}


def _events_over_time(
    connection: sqlite3.Connection, filters: Filters, asked: ByTime
) -> tuple[list[tuple[str, str, int]], int]:
    wanted = meant(connection, filters)
    source, values = _counted_days(wanted) or _of_events(connection, wanted)
    first, last = (_STRETCH[asked.by].format(column) for column in ("first_day", "last_day"))
    rows = connection.execute(
        f"SELECT CASE WHEN {first} = {last} THEN {first} END, type, sum(n) FROM {source} GROUP BY 1, 2 ORDER BY 1, 2",
        values,
    ).fetchall()
    return [row for row in rows if row[0]], sum(n for start, _, n in rows if not start)


def _counted_days(wanted: Meant) -> tuple[str, list[object]] | None:
    """The counts kept by day and type, if nothing else is asked for."""
    if msgspec.structs.replace(wanted, types=(), since=None, until=None) != Meant():
        return None
    where, values = ["1"], list[object]()
    if wanted.types:
        where.append(f"type IN ({', '.join('?' * len(wanted.types))})")
        values += wanted.types
    if wanted.until is not None:
        where.append("first_day BETWEEN '0' AND ?")
        values.append(wanted.until)
    if wanted.since is not None:
        where.append("last_day >= ?")
        values.append(wanted.since)
    return f"(SELECT * FROM event_days WHERE {' AND '.join(where)})", values


def _of_events(connection: sqlite3.Connection, wanted: Meant) -> tuple[str, list[object]]:
    found: list[Condition] = list(conditions(connection, "events", wanted, None))
    if wanted.actors is None:
        select, values = selected(connection, "events", found, None)
    else:  # looking up whether each event has an actor takes longer than to fetch all that have
        [lead] = [c for c in found if c.numbers and "parties" in c.numbers]
        rest = [c for c in found if c is not lead]
        where = "".join(f" AND ({c.sql})" for c in rest)
        select = f"FROM events e NOT INDEXED WHERE e.number IN ({lead.numbers}){where}"
        values = [value for c in (lead, *rest) for value in c.values]
    return f"(SELECT e.first_day, e.last_day, e.type, 1 AS n {select})", values


def _incidents_over_time(
    connection: sqlite3.Connection, filters: Filters, asked: ByTime
) -> tuple[list[tuple[str, str, int]], int]:
    """By the first possible day."""
    source, values = _days_of_incidents(connection, filters)
    step = _STRETCH[asked.by].format("day")
    rows = connection.execute(
        f"SELECT CASE day WHEN '' THEN '' ELSE {step} END, type, sum(n) FROM {source} GROUP BY 1, 2 ORDER BY 1, 2",
        values,
    ).fetchall()
    return [row for row in rows if row[0]], sum(n for day, _, n in rows if not day)


def _days_of_incidents(connection: sqlite3.Connection, filters: Filters) -> tuple[str, list[object]]:
    """Where incidents are counted by `day` and `type`: kept counts, the marks of one name or outlet, or one by one.

    In the first two a period is that of first days, which are all that is counted.
    """
    wanted = meant(connection, filters)
    named = [(what, found) for what, found in _marks_of(wanted) if found is not None]
    plain = msgspec.structs.replace(wanted, actors=None, sources=None, outlets=None, types=(), since=None, until=None)
    if plain != Meant() or filters.new_since or filters.disputed or len(named) > 1 or any(len(n) > 1 for _, n in named):
        select, values = incidents_selected(connection, incident_conditions(connection, filters), "day", None)
        return f"(SELECT i.first_day AS day, i.type AS type, count(*) AS n {select} GROUP BY 1, 2)", values
    where, values = ["1"], list[object]()
    if wanted.types:
        where.append(f"type IN ({', '.join('?' * len(wanted.types))})")
        values += wanted.types
    if wanted.since is not None or wanted.until is not None:
        where.append("day BETWEEN ? AND ?")
        values += [wanted.since or "0", wanted.until or "9999-12-31"]
    if not named:
        return f"(SELECT * FROM incident_days WHERE {' AND '.join(where)})", values
    [(what, [number])] = named
    marks = f"incident_marks WHERE what = '{what}' AND number = ? AND {' AND '.join(where)}"
    return f"(SELECT day, type, count(*) AS n FROM {marks} GROUP BY 1, 2)", [number, *values]


def _marks_of(wanted: Meant) -> tuple[tuple[str, list[int] | None], ...]:
    return ("party", wanted.actors), ("voice", wanted.sources), ("outlet", wanted.outlets)


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
