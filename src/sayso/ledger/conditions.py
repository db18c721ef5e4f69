"""Filters as conditions in SQL, and which index should lead to the rows.

Which answers fastest depends on how rare each thing asked for is, which SQLite cannot know. Every condition that can
list its rows is asked how many they are, up to a bound. Then either the newest rows are walked until enough fit, or
those of one condition in their own index (also newest first, where one value is asked for), or all of one condition are
fetched and sorted: whichever should have to look at fewest rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from math import inf, prod
from typing import Literal

import msgspec

from sayso.ledger.filters import Meant

Table = Literal["reports", "claims", "events"]
ALIAS = {"reports": "r", "claims": "c", "events": "e"}
DAY = {"reports": "r.day", "claims": "c.day", "events": "e.first_day"}
MANY = 60_000  # rows are fetched and sorted in a tenth of a second; more are not counted


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """One condition on a table's rows. `numbers`, where there is an index, lists the rows it is true of.

    `ordered`: an index that holds them by day. `size`: at most so many there are, where that is known already.
    """

    sql: str
    numbers: str | None = None
    values: tuple[object, ...] = ()
    ordered: str | None = None
    size: int | None = None


class Plan(msgspec.Struct, frozen=True):
    """How to come to the rows: `index` walked by day, or else all of `lead` fetched; and how many are looked at."""

    rows: float
    index: str | None = None
    lead: Condition | None = None
    size: int = MANY


def conditions(connection: sqlite3.Connection, table: Table, wanted: Meant, limit: int | None) -> Iterator[Condition]:
    """What is wanted of a table's own rows, and of the claims and events that they hold."""
    if wanted.outlets is not None:
        yield _among(table, "outlet", wanted.outlets)
    if table == "events":
        yield from _of_events(wanted)
        yield from _of_possible_days(wanted)
        return
    yield from _of_days(table, wanted)
    if table == "claims":
        if wanted.sources is not None:
            yield _among(table, "voice", wanted.sources)
        if wanted.stance:
            yield Condition(sql=f"c.stance IN ({_marks(wanted.stance)})", values=wanted.stance)
    elif wanted.sources is not None:
        yield _holding(connection, table, "claims", [_among("claims", "voice", wanted.sources)], limit)
    if events := list(_of_events(msgspec.structs.replace(wanted, sources=None))):
        yield _holding(connection, table, "events", events, limit)


def selected(
    connection: sqlite3.Connection, table: Table, found: Sequence[Condition], limit: int | None
) -> tuple[str, list[object]]:
    """FROM and WHERE for the rows of `table` that all conditions are true of, and the values for its marks."""
    return _select(table, found, planned(connection, table, found, limit))


def planned(connection: sqlite3.Connection, table: Table, found: Sequence[Condition], limit: int | None) -> Plan:
    """The way to `limit` rows (None: all) on which the fewest are looked at, if things go together by chance."""
    rows = _rows(connection, table)
    sizes = [(c, _size(connection, c)) for c in found if c.numbers is not None]
    share = prod(min(1.0, size / rows) for _, size in sizes)
    plans = [Plan(min(rows, limit / share) if limit and share else rows, index=f"{table}_by_day")]
    for condition, size in sizes:
        if size < MANY:
            plans.append(Plan(size, lead=condition, size=size))
        if condition.ordered and limit and share:
            walked = limit / share * min(1.0, size / rows)
            plans.append(Plan(min(walked, size if size < MANY else rows), index=condition.ordered))
    return min(plans, key=lambda plan: plan.rows)


def _select(table: Table, found: Sequence[Condition], plan: Plan) -> tuple[str, list[object]]:
    alias, lead = ALIAS[table], plan.lead
    where = " AND ".join(f"({c.sql})" for c in found if c is not lead) or "1"
    values = [value for c in found if c is not lead for value in c.values]
    if lead is None:
        return f"FROM {table} {alias} INDEXED BY {plan.index} WHERE {where}", values
    return f"FROM {table} {alias} NOT INDEXED WHERE {alias}.number IN ({lead.numbers}) AND {where}", [
        *lead.values, *values,
    ]  # fmt: skip


def _rows(connection: sqlite3.Connection, table: Table) -> int:
    counted = "SELECT ifnull(max(n), 1) FROM tallies WHERE what = 'all' AND name = ?"
    return int(connection.execute(counted, (table,)).fetchone()[0])


def _size(connection: sqlite3.Connection, condition: Condition) -> int:
    if condition.size is not None:
        return condition.size
    count = f"SELECT count(*) FROM (SELECT 1 FROM ({condition.numbers}) LIMIT {MANY})"  # noqa: S608
    return int(connection.execute(count, condition.values).fetchone()[0])


def _of_events(wanted: Meant) -> Iterator[Condition]:
    if wanted.places is not None:
        yield _among("events", "place", wanted.places)
    if wanted.actors is not None:
        these = "p.name IN (SELECT value FROM json_each(?))"
        yield Condition(
            sql=f"EXISTS (SELECT 1 FROM parties p WHERE p.event = e.number AND {these})",  # noqa: S608
            numbers=f"SELECT p.event FROM parties p WHERE {these}",  # noqa: S608
            values=(_list(wanted.actors),),
        )
    if wanted.sources is not None:
        yield _among("events", "voice", wanted.sources)
    for column, words in (("type", wanted.types), ("status", wanted.status)):
        if words:
            these, index = f"{column} IN ({_marks(words)})", f"events_by_{column}"
            numbers = f"SELECT number FROM events INDEXED BY {index} WHERE {these}"  # noqa: S608
            yield Condition(
                sql=f"e.{these}", numbers=numbers, values=words, ordered=index if len(words) == 1 else None
            )  # fmt: skip


def _of_possible_days(wanted: Meant) -> Iterator[Condition]:
    """Events that may have been in a period: their first possible day is not after it, their last not before."""
    select = "SELECT number FROM events INDEXED BY"
    if wanted.until is not None:
        numbers = f"{select} events_by_day WHERE first_day BETWEEN '0' AND ?"
        yield Condition(sql="e.first_day BETWEEN '0' AND ?", numbers=numbers, values=(wanted.until,))
    if wanted.since is not None:
        numbers = f"{select} events_by_last_day WHERE last_day >= ?"
        yield Condition(sql="e.last_day >= ?", numbers=numbers, values=(wanted.since,))


def _of_days(table: Table, wanted: Meant) -> Iterator[Condition]:
    """Reports and claims are of one day, so that a short period can lead."""
    if wanted.since is None and wanted.until is None:
        return
    since, until = wanted.since or "0", wanted.until or "9999-12-31"
    yield Condition(
        sql=f"{DAY[table]} BETWEEN ? AND ?",
        numbers=f"SELECT number FROM {table} INDEXED BY {table}_by_day WHERE day BETWEEN ? AND ?",  # noqa: S608
        values=(since, until),
    )


def _among(table: Table, column: str, numbers: list[int]) -> Condition:
    one = len(numbers) == 1
    these = f"{column} = ?" if one else f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608
    index = f"{table}_by_{column}"
    return Condition(
        sql=f"{ALIAS[table]}.{these}",
        numbers=f"SELECT number FROM {table} INDEXED BY {index} WHERE {these}",  # noqa: S608
        values=(numbers[0] if one else _list(numbers),),
        ordered=index if one else None,
    )


def _holding(
    connection: sqlite3.Connection,
    table: Table,
    inner: Literal["claims", "events"],
    found: list[Condition],
    limit: int | None,
) -> Condition:
    """That a report or claim holds a record of `inner` that all conditions are true of."""
    column = "report" if table == "reports" else "claim"
    alias = ALIAS[inner]
    sizes = [(_size(connection, c), c) for c in found if c.numbers is not None]
    size, lead = min(sizes, key=lambda one: one[0])
    share = prod(min(1.0, size / _rows(connection, inner)) for size, _ in sizes)
    walked = (
        limit / share if limit and share else inf
    )  # rows of `inner` until there are enough; twice that many listed cost no more than walking them
    if size < MANY and size <= 2 * walked:
        select, values = _select(inner, found, Plan(size, lead=lead))
        numbers = f"SELECT {alias}.{column} {select}"
        sql = f"{ALIAS[table]}.number IN ({numbers})"
        return Condition(sql=sql, numbers=numbers, values=tuple(values), size=size)
    where = " AND ".join(f"({c.sql})" for c in found)
    held = f"SELECT 1 FROM {inner} {alias} INDEXED BY {inner}_by_{column} WHERE {alias}.{column} = "  # noqa: S608
    return Condition(
        sql=f"EXISTS ({held}{ALIAS[table]}.number AND {where})", values=tuple(v for c in found for v in c.values)
    )


def _marks(words: Sequence[object]) -> str:
    return ", ".join("?" * len(words))


def _list(numbers: Sequence[int]) -> str:
    return msgspec.json.encode(numbers).decode()
