"""Filters as conditions on incidents, and the way to a page of them on which the fewest are looked at.

As for the other tables (`conditions.py`): either the order asked for is walked until enough fit, or all incidents of
the rarest condition are fetched and sorted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from math import prod
from typing import Literal

import msgspec

from sayso.ledger.conditions import MANY, Condition
from sayso.ledger.filters import Filters, Meant, meant

Order = Literal["day", "independent", "added"]
SORTED: dict[Order, tuple[str, ...]] = {
    "day": ("first_day", "number"),
    "independent": ("independent", "first_day", "number"),
    "added": ("added", "number"),
}
_MARKS = {"party": "actors", "voice": "sources", "outlet": "outlets"}


def conditions(connection: sqlite3.Connection, filters: Filters) -> list[Condition]:
    """What is wanted of incidents; all of it must be true of one."""
    wanted = meant(connection, filters)
    return [Condition(sql="i.packed IS NOT NULL"), *_columns(wanted), *_marked(wanted), *_newest(filters)]


def selected(
    connection: sqlite3.Connection, found: Sequence[Condition], order: Order, limit: int | None
) -> tuple[str, list[object]]:
    """FROM and WHERE for the incidents that all conditions are true of, and the values for its marks."""
    (rows,) = connection.execute("SELECT ifnull(max(number), 1) FROM incidents").fetchone()
    sizes = [(_size(connection, c), c) for c in found if c.numbers is not None]
    share = prod(min(1.0, size / rows) for size, _ in sizes)
    walked = min(rows, limit / share) if limit and share else rows
    size, lead = min(sizes, key=lambda one: one[0], default=(MANY, None))
    if lead is None or size >= MANY or size > walked:
        lead = None
        index = "incidents_in_time" if order == "day" else f"incidents_by_{order}"
        source, values = f"FROM incidents i INDEXED BY {index}", list[object]()
    else:
        source, values = "FROM incidents i NOT INDEXED", list(lead.values)
    where = [f"({c.sql})" for c in found if c is not lead]
    where += [f"i.number IN ({lead.numbers})"] if lead else []
    rest = [value for c in found if c is not lead for value in c.values]
    return f"{source} WHERE {' AND '.join(where)}", [*rest, *values]


def _size(connection: sqlite3.Connection, condition: Condition) -> int:
    count = f"SELECT count(*) FROM (SELECT 1 FROM ({condition.numbers}) LIMIT {MANY})"  # noqa: S608
    return int(connection.execute(count, condition.values).fetchone()[0])


def _columns(wanted: Meant) -> Iterator[Condition]:
    if wanted.places is not None:
        yield _having("place IN (SELECT value FROM json_each(?))", "place", (_list(wanted.places),))
    for column, words in (("type", wanted.types), ("status", wanted.status)):
        if words:
            yield _having(f"{column} IN ({', '.join('?' * len(words))})", column, words)
    if wanted.until is not None:
        yield _having("first_day BETWEEN '0' AND ?", "day", (wanted.until,))
    if wanted.since is not None:
        yield _having("last_day >= ?", "last_day", (wanted.since,))


def _newest(filters: Filters) -> Iterator[Condition]:
    if filters.new_since is not None:
        yield _having("added >= ?", "added", (filters.new_since,))
    if filters.disputed:
        numbers = "SELECT number FROM incidents INDEXED BY incidents_disputed WHERE disputes > 0"
        yield Condition(sql="i.disputes > 0", numbers=numbers)


def _marked(wanted: Meant) -> Iterator[Condition]:
    for what, field in _MARKS.items():
        numbers: list[int] | None = getattr(wanted, field)
        if numbers is not None:
            these = f"m.what = '{what}' AND m.number IN (SELECT value FROM json_each(?))"  # noqa: S608
            yield Condition(
                sql=f"EXISTS (SELECT 1 FROM incident_marks m WHERE {these} AND m.incident = i.number)",  # noqa: S608
                numbers=f"SELECT m.incident FROM incident_marks m WHERE {these}",  # noqa: S608
                values=(_list(numbers),),
            )


def _having(sql: str, index: str, values: tuple[object, ...]) -> Condition:
    numbers = f"SELECT number FROM incidents INDEXED BY incidents_by_{index} WHERE {sql}"  # noqa: S608
    column, rest = sql.split(" ", 1)
    return Condition(sql=f"i.{column} {rest}", numbers=numbers, values=values)


def _list(numbers: Sequence[int]) -> str:
    return msgspec.json.encode(numbers).decode()
