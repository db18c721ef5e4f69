"""Reports, claims, events and sources as rows: filtered, newest first, page after page; and one by its id."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from sayso.ledger.conditions import ALIAS, DAY, Condition, Table, conditions, selected
from sayso.ledger.filters import Filters, meant
from sayso.ledger.ids import page_number, record_number

_JSON = frozenset({"spans", "acled", "plover", "ucdp"})
_VIEWS = {"reports": "reports_view", "claims": "claims_view", "events": "events_view"}


def rows(
    connection: sqlite3.Connection, table: Table, filters: Filters, limit: int | None = None, after: str | None = None
) -> Iterator[dict[str, Any]]:
    """Rows of `table`'s view by column, newest first: `limit` of them, from the one after the id `after` on."""
    found = list(conditions(connection, table, meant(connection, filters)))
    alias, day = ALIAS[table], DAY[table]
    if after is not None:
        number = page_number(connection, after) if table == "reports" else record_number(connection, after)[1]
        (of_day,) = connection.execute(
            f"SELECT {day} FROM {table} {alias} WHERE number = ?", (number,)  # noqa: S608
        ).fetchone()  # fmt: skip
        found.append(Condition(sql=f"({day}, {alias}.number) < (?, ?)", values=(of_day, number)))
    select, values = selected(connection, table, found)
    numbers = connection.execute(
        f"SELECT {alias}.number {select} ORDER BY {day} DESC, {alias}.number DESC LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return by_numbers(connection, table, (number for (number,) in numbers))


def by_numbers(connection: sqlite3.Connection, table: Table, numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The rows with these numbers, in their order."""
    cursor = connection.cursor()
    for number in numbers:
        cursor.execute(f"SELECT * FROM {_VIEWS[table]} WHERE number = ?", (number,))  # noqa: S608
        columns = [column[0] for column in cursor.description]
        yield _by_column(columns, cursor.fetchone())


def sources(connection: sqlite3.Connection, filters: Filters, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Who is cited, most cited first: `name`, `source_id`, `claims`, `reports`, `outlets`, `first`, `last` (months).

    A period counts by whole months.
    """
    wanted = meant(connection, filters)
    where, values = ["1"], list[object]()
    for column, numbers in (("s.voice", wanted.sources), ("s.outlet", wanted.outlets)):
        if numbers is not None:
            where.append(f"{column} IN (SELECT value FROM json_each(?))")  # noqa: S608
            values.append(msgspec.json.encode(numbers).decode())
    for sign, day in ((">=", wanted.since), ("<=", wanted.until)):
        if day is not None:
            where.append(f"s.month {sign} ? AND s.month > ''")
            values.append(day[:7])
    cursor = connection.execute(
        f"""SELECT n.name, n.actor AS source_id, g.claims, g.reports, g.outlets, g.first, g.last FROM (
          SELECT s.voice, sum(s.claims) AS claims, sum(s.reports) AS reports, count(DISTINCT nullif(s.outlet, 0)) AS
          outlets, min(nullif(s.month, '')) AS first, max(nullif(s.month, '')) AS last
          FROM said s WHERE {" AND ".join(where)} GROUP BY s.voice ORDER BY claims DESC, s.voice LIMIT ?
        ) g JOIN names n ON n.number = g.voice ORDER BY g.claims DESC, n.name""",  # noqa: S608
        (*values, -1 if limit is None else limit),
    )
    columns = [column[0] for column in cursor.description]
    return (_by_column(columns, row) for row in cursor)


def _by_column(columns: Sequence[str], row: Sequence[object]) -> dict[str, Any]:
    """A row by its columns without its number, JSON in it decoded."""
    return {
        name: msgspec.json.decode(value) if name in _JSON and isinstance(value, str) else value
        for name, value in zip(columns, row, strict=True)
        if name not in ("number", "text")
    }
