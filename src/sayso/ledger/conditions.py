"""Filters as conditions in SQL, and which of them should lead to the rows.

Which index answers fastest depends on how rare each thing asked for is, which SQLite cannot know. Every condition that
can list its rows is asked how many they are, up to a bound. Then either the shortest list leads, or the newest rows are
walked until enough fit: whichever should have to look at fewer rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from math import prod
from typing import Literal

import msgspec

from sayso.ledger.filters import Meant

Table = Literal["reports", "claims", "events"]
ALIAS = {"reports": "r", "claims": "c", "events": "e"}
DAY = {"reports": "r.day", "claims": "c.day", "events": "e.first_day"}
MANY = 60_000  # rows are fetched and sorted in a tenth of a second; whatever has more than these never leads


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """One condition on a table's rows; `numbers`, where there is an index, lists the rows it is true of."""

    sql: str
    numbers: str | None = None
    values: tuple[object, ...] = ()


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
    alias = ALIAS[table]
    lead = leading(connection, table, found, limit)
    where = " AND ".join(f"({c.sql})" for c in found if c is not lead) or "1"
    values = [value for c in found if c is not lead for value in c.values]
    if lead is None:
        return f"FROM {table} {alias} INDEXED BY {table}_by_day WHERE {where}", values
    return f"FROM {table} {alias} NOT INDEXED WHERE {alias}.number IN ({lead.numbers}) AND {where}", [
        *lead.values, *values,
    ]  # fmt: skip


def leading(
    connection: sqlite3.Connection, table: Table, found: Sequence[Condition], limit: int | None
) -> Condition | None:
    """The condition with the fewest rows, None when walking the newest rows should be done sooner."""
    sizes = [(_size(connection, c), c) for c in found if c.numbers is not None]
    fewest, rarest = min(sizes, key=lambda one: one[0], default=(MANY, None))
    if fewest >= MANY:
        return None
    (rows,) = connection.execute(
        "SELECT ifnull(max(n), 1) FROM tallies WHERE what = 'all' AND name = ?", (table,)
    ).fetchone()
    share = prod(min(1.0, size / rows) for size, _ in sizes)
    walked = rows if limit is None or not share else limit / share
    return rarest if fewest <= walked else None


def _size(connection: sqlite3.Connection, condition: Condition) -> int:
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
            these = f"{column} IN ({_marks(words)})"
            numbers = f"SELECT number FROM events INDEXED BY events_by_{column} WHERE {these}"  # noqa: S608
            yield Condition(sql=f"e.{these}", numbers=numbers, values=words)


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
    these = f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608
    return Condition(
        sql=f"{ALIAS[table]}.{these}",
        numbers=f"SELECT number FROM {table} INDEXED BY {table}_by_{column} WHERE {these}",  # noqa: S608
        values=(_list(numbers),),
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
    if leading(connection, inner, found, limit) is not None:
        select, values = selected(connection, inner, found, limit)
        numbers = f"SELECT {alias}.{column} {select}"
        return Condition(sql=f"{ALIAS[table]}.number IN ({numbers})", numbers=numbers, values=tuple(values))
    where = " AND ".join(f"({c.sql})" for c in found)
    held = f"SELECT 1 FROM {inner} {alias} INDEXED BY {inner}_by_{column} WHERE {alias}.{column} = "  # noqa: S608
    return Condition(
        sql=f"EXISTS ({held}{ALIAS[table]}.number AND {where})", values=tuple(v for c in found for v in c.values)
    )


def _marks(words: Sequence[object]) -> str:
    return ", ".join("?" * len(words))


def _list(numbers: Sequence[int]) -> str:
    return msgspec.json.encode(numbers).decode()
