"""Reports, claims and events as rows: filtered, newest first, page after page; and some by their numbers."""

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
    found = list(conditions(connection, table, meant(connection, filters), limit))
    alias, day = ALIAS[table], DAY[table]
    if after is not None:
        number = page_number(connection, after) if table == "reports" else record_number(connection, after)[1]
        (of_day,) = connection.execute(
            f"SELECT {day} FROM {table} {alias} WHERE number = ?", (number,)  # noqa: S608
        ).fetchone()  # fmt: skip
        found.append(Condition(sql=f"({day}, {alias}.number) < (?, ?)", values=(of_day, number)))
    select, values = selected(connection, table, found, limit)
    numbers = connection.execute(
        f"SELECT {alias}.number {select} ORDER BY {day} DESC, {alias}.number DESC LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return by_numbers(connection, table, (number for (number,) in numbers))


def by_numbers(connection: sqlite3.Connection, table: Table, numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The rows with these numbers, in their order; of those that are there, for meanwhile some may have gone."""
    cursor = connection.execute(
        f"SELECT v.* FROM json_each(?) n CROSS JOIN {_VIEWS[table]} v ON v.number = n.value ORDER BY n.key",  # noqa: S608
        (msgspec.json.encode(list(numbers)).decode(),),
    )
    columns = [column[0] for column in cursor.description]
    return (by_column(columns, row) for row in cursor)


def by_column(columns: Sequence[str], row: Sequence[object]) -> dict[str, Any]:
    """A row by its columns without its number, JSON in it decoded."""
    return {
        name: msgspec.json.decode(value) if name in _JSON and isinstance(value, str) else value
        for name, value in zip(columns, row, strict=True)
        if name not in ("number", "text")
    }
