"""What people should look at next: claims, events and incidents by weight, with the filters of the tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from math import prod
from typing import Literal

import msgspec

from sayso.ledger import conditions, incident_filters
from sayso.ledger.conditions import MANY, Condition
from sayso.ledger.filters import Filters, meant
from sayso.ledger.review_weights import WEIGHTS, reasons
from sayso.ledger.reviews import coders_needed

Kind = Literal["events", "claims", "incidents"]
Show = Literal["open", "skipped", "mine", "decided", "once", "agreed", "disagreed", "settled", "all"]
_ALIAS: dict[Kind, str] = {"events": "e", "claims": "c", "incidents": "i"}
_KEY: dict[Kind, tuple[str, str]] = {  # of `reviewed`: page, record
    "events": ("e.report", "e.id"), "claims": ("c.report", "c.id"), "incidents": ("0", "i.id"),
}  # fmt: skip
_SORTED = 20_000  # rows are fetched and sorted in 50 ms; a walk may take far longer where weight and filter go apart


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What of the queue is wanted. `who`: for whom it is; `after`: weight and number of the last item that was had.

    `show`: "open" what `who` may decide on, "skipped" what `who` put off, "mine" what `who` decided, "decided" what
    anybody did, or one status.
    """

    kind: Kind = "events"
    show: Show = "open"
    who: str = ""
    filters: Filters = Filters()
    limit: int = 50
    after: tuple[int, int] | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A record in the queue: its id and number, weight, and why it weighs so (`review_weights.reasons`).

    `page`, `record`: where decisions on it stand in `reviewed`.

    `status`: open, once, agreed, disagreed, settled; `decision`: the one that is in effect, None while there is none.
    """

    id: str
    kind: Kind
    page: int
    record: str
    number: int
    weight: int
    why: tuple[tuple[str, int | float | None], ...]
    status: str
    decision: str | None


def queue(connection: sqlite3.Connection, asked: Asked) -> list[Item]:
    """The records asked for, the weightiest first, later ones before earlier ones of the same weight."""
    found = [*_filtered(connection, asked), *_shown(connection, asked)]
    numbers = list(_weighed(connection, asked, found))
    return [_item(connection, asked.kind, number, weight) for weight, number in numbers]


def _filtered(connection: sqlite3.Connection, asked: Asked) -> Iterator[Condition]:
    """What the filters ask for. Disputed records are weighty: whoever walks by weight meets them soon."""
    filters = msgspec.structs.replace(asked.filters, disputed=False)
    if asked.kind == "incidents":
        yield from incident_filters.conditions(connection, filters)
    else:
        yield from conditions.conditions(connection, asked.kind, meant(connection, filters), None)
    if asked.filters.disputed and asked.kind == "incidents":
        yield Condition(sql="i.disputes > 0")
    elif asked.filters.disputed and asked.kind == "events":
        joined = "incident_events m JOIN incidents i ON i.number = m.incident"
        yield Condition(sql=f"EXISTS (SELECT 1 FROM {joined} WHERE m.event = e.number AND i.disputes > 0)")  # noqa: S608


def _shown(connection: sqlite3.Connection, asked: Asked) -> Iterator[Condition]:
    """What the status and the decisions on a record must be."""
    page, record = _KEY[asked.kind]
    at = f"v.page = {page} AND v.record = {record}"
    mine = f"SELECT 1 FROM reviewed_by v WHERE {at} AND v.who = ?"  # noqa: S608
    if asked.show == "open":
        if coders_needed(connection) == 1:
            yield Condition(sql=f"NOT EXISTS (SELECT 1 FROM reviewed v WHERE {at})")  # noqa: S608
        else:
            done = "(v.coders >= 2 OR v.status = 'settled')"
            yield Condition(sql=f"NOT EXISTS (SELECT 1 FROM reviewed v WHERE {at} AND {done})")  # noqa: S608
        yield Condition(sql=f"NOT EXISTS ({mine})", values=(asked.who,))
    elif asked.show in ("skipped", "mine"):
        which = "v.decision = 'skip'" if asked.show == "skipped" else "v.decision != 'skip'"
        yield _among(asked.kind, "reviewed_by", f"v.who = ? AND {which}", asked.who)
    elif asked.show == "decided":
        yield _among(asked.kind, "reviewed", "1")
    elif asked.show != "all":
        yield _among(asked.kind, "reviewed", "v.status = ?", asked.show)


def _among(kind: Kind, table: str, where: str, *values: object) -> Condition:
    """Records with a row in `table`, which is small beside theirs."""
    page, record = _KEY[kind]
    alias = _ALIAS[kind]
    rows = f"FROM {table} v CROSS JOIN {kind} {alias} ON v.page = {page} AND v.record = {record} WHERE {where}"
    return Condition(
        sql=f"EXISTS (SELECT 1 FROM {table} v WHERE v.page = {page} AND v.record = {record} AND {where})",  # noqa: S608
        numbers=f"SELECT {alias}.number {rows}",
        values=values,
    )


def _weighed(connection: sqlite3.Connection, asked: Asked, found: Sequence[Condition]) -> Iterator[tuple[int, int]]:
    """Weight and number of the records wanted: the order is walked, or else all of a rare condition are sorted."""
    alias, weight = _ALIAS[asked.kind], WEIGHTS[asked.kind]
    sizes = [(_size(connection, c), c) for c in found if c.numbers is not None]
    size, lead = min(sizes, key=lambda one: one[0], default=(MANY, None))
    rows = _rows(connection, asked.kind)
    share = prod(min(1.0, size / rows) for size, _ in sizes)
    walked = min(rows, asked.limit / share) if share else rows  # if weight and filters go together by chance
    if lead is not None and (size < _SORTED or size < min(MANY, walked)):
        whole = weight
        if asked.kind == "events":
            whole = f"ifnull((SELECT f.weight FROM review_first f WHERE f.event = e.number), {weight})"  # noqa: S608
        source = f"FROM {asked.kind} {alias} NOT INDEXED"
        among = Condition(sql=f"{alias}.number IN ({lead.numbers})", values=lead.values)
        yield from _ordered(connection, asked, source, whole, [among, *(c for c in found if c is not lead)])
        return
    source = f"FROM {asked.kind} {alias} INDEXED BY {asked.kind}_by_weight"
    if asked.kind != "events":
        yield from _ordered(connection, asked, source, weight, found)
        return
    rest = Condition(sql="NOT EXISTS (SELECT 1 FROM review_first f WHERE f.event = e.number)")
    first = "FROM review_first f INDEXED BY review_first_by_weight CROSS JOIN events e ON e.number = f.event"
    streams = [_ordered(connection, asked, first, "f.weight", found, "f.event")]
    if not asked.filters.disputed:  # events of disputed incidents are all among the first
        streams.append(_ordered(connection, asked, source, weight, [*found, rest]))
    yield from islice(merge(*streams, reverse=True), asked.limit)


def _rows(connection: sqlite3.Connection, kind: Kind) -> int:
    if kind == "incidents":
        return int(connection.execute("SELECT ifnull(max(number), 1) FROM incidents").fetchone()[0])
    found = connection.execute("SELECT max(n, 1) FROM tallies WHERE what = 'all' AND name = ?", (kind,)).fetchone()
    return int(found[0]) if found else 1


def _ordered(
    connection: sqlite3.Connection, asked: Asked, source: str, weight: str, found: Sequence[Condition], number: str = ""
) -> Iterator[tuple[int, int]]:
    number = number or f"{_ALIAS[asked.kind]}.number"
    where, values = [f"({c.sql})" for c in found], [value for c in found for value in c.values]
    if asked.after is not None:
        where.append(f"{weight} <= ? AND ({weight} < ? OR {number} < ?)")
        values += [asked.after[0], asked.after[0], asked.after[1]]
    rows = connection.execute(
        f"SELECT {weight}, {number} {source} WHERE {' AND '.join(where) or '1'} "
        f"ORDER BY {weight} DESC, {number} DESC LIMIT ?",
        (*values, asked.limit),
    )
    yield from rows


def _size(connection: sqlite3.Connection, condition: Condition) -> int:
    if condition.size is not None:
        return condition.size
    count = f"SELECT count(*) FROM (SELECT 1 FROM ({condition.numbers}) LIMIT {MANY})"  # noqa: S608
    return int(connection.execute(count, condition.values).fetchone()[0])


_FACTS: dict[Kind, str] = {
    "events": "SELECT p.id || '#' || e.id AS id, e.report AS page, e.id AS record, e.score, e.killed_low, "
    "e.killed_high, e.wounded_low, e.wounded_high, i.disputes, i.reports FROM events e "
    "JOIN pages p ON p.number = e.report LEFT JOIN incident_events m ON m.event = e.number "
    "LEFT JOIN incidents i ON i.number = m.incident WHERE e.number = ?",
    "claims": "SELECT p.id || '#' || c.id AS id, c.report AS page, c.id AS record, c.score, c.stance, c.voice "
    "FROM claims c JOIN pages p ON p.number = c.report WHERE c.number = ?",
    "incidents": "SELECT id, 0 AS page, id AS record, killed_low, killed_high, wounded_low, wounded_high, disputes, "
    "reports FROM incidents WHERE number = ?",
}


def _item(connection: sqlite3.Connection, kind: Kind, number: int, weight: int) -> Item:
    cursor = connection.execute(_FACTS[kind], (number,))
    row = dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))
    status, decision = status_of(connection, row["page"], row["record"])
    return Item(
        id=row["id"],
        kind=kind,
        page=row["page"],
        record=row["record"],
        number=number,
        weight=weight,
        why=tuple(reasons(row)),
        status=status,
        decision=decision,
    )


def item_of(connection: sqlite3.Connection, kind: Kind, number: int) -> Item:
    """One record as it stands in the queue."""
    alias, weight = _ALIAS[kind], WEIGHTS[kind]
    if kind == "events":
        weight = f"ifnull((SELECT f.weight FROM review_first f WHERE f.event = e.number), {weight})"  # noqa: S608
    (found,) = connection.execute(
        f"SELECT {weight} FROM {kind} {alias} WHERE {alias}.number = ?", (number,)  # noqa: S608
    ).fetchone()  # fmt: skip
    return _item(connection, kind, number, found)


def status_of(connection: sqlite3.Connection, page: int, record: str) -> tuple[str, str | None]:
    """How it stands with a record, and the decision that is in effect; ("open", None): nobody decided on it."""
    found = connection.execute(
        "SELECT status, decision FROM reviewed WHERE page = ? AND record = ?", (page, record)
    ).fetchone()
    if found is None:
        return "open", None
    waits = found[0] == "disagreed" or (found[0] == "once" and coders_needed(connection) == 2)
    return found[0], None if waits else found[1]
