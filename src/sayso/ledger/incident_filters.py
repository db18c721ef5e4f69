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
_OFTEN = 0.3  # share of incidents that is supposed of what MANY have, or more: they are not counted
_MARKS = {"party": "actors", "voice": "sources", "outlet": "outlets"}


def conditions(connection: sqlite3.Connection, filters: Filters) -> list[Condition]:
    """What is wanted of incidents; all of it must be true of one."""
    wanted = meant(connection, filters)
    return [Condition(sql="i.packed IS NOT NULL"), *_columns(wanted), *_marked(wanted), *_newest(filters)]


def selected(
    connection: sqlite3.Connection, found: Sequence[Condition], order: Order, limit: int | None
) -> tuple[str, list[object]]:
    """FROM and WHERE for the incidents that all conditions are true of, and the values for its question marks."""
    (rows,) = connection.execute("SELECT ifnull(max(number), 1) FROM incidents").fetchone()
    sizes = [(_size(connection, c), c) for c in found if c.numbers is not None]
    share = prod(min(1.0, size / rows) if size < MANY else max(_OFTEN, size / rows) for size, _ in sizes)
    walked = min(rows, limit / share) if limit and share else rows
    size, lead = min(sizes, key=lambda one: one[0], default=(MANY, None))
    if lead is None or size >= MANY or size > walked:
        index = "incidents_in_time" if order == "day" else f"incidents_by_{order}"
        where = " AND ".join(f"({c.sql})" for c in found)
        return f"FROM incidents i INDEXED BY {index} WHERE {where}", [value for c in found for value in c.values]
    # Other marks are looked at before the incident itself: its row is wide.
    marks = [c for c in found if c is not lead and _is_mark(c) and _is_mark(lead)]
    numbers = (lead.numbers or "") + "".join(f" AND {c.sql.replace('i.number', 'm.incident')}" for c in marks)
    rest = [c for c in found if c is not lead and c not in marks]
    where = "".join(f" AND ({c.sql})" for c in rest)
    return f"FROM incidents i NOT INDEXED WHERE i.number IN ({numbers}){where}", [
        value for c in (lead, *marks, *rest) for value in c.values
    ]


def _is_mark(condition: Condition) -> bool:
    return "FROM incident_marks m" in (condition.numbers or "")


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
            these = "{0}.what = '{1}' AND {0}.number IN (SELECT value FROM json_each(?))"
            there = these.format("x", what)
            yield Condition(
                sql=f"EXISTS (SELECT 1 FROM incident_marks x WHERE {there} AND x.incident = i.number)",  # noqa: S608
                numbers=f"SELECT m.incident FROM incident_marks m WHERE {these.format('m', what)}",  # noqa: S608
                values=(_list(numbers),),
            )


def _having(sql: str, index: str, values: tuple[object, ...]) -> Condition:
    numbers = f"SELECT number FROM incidents INDEXED BY incidents_by_{index} WHERE {sql}"  # noqa: S608
    column, rest = sql.split(" ", 1)
    return Condition(sql=f"i.{column} {rest}", numbers=numbers, values=values)


def _list(numbers: Sequence[int]) -> str:
    return msgspec.json.encode(numbers).decode()
