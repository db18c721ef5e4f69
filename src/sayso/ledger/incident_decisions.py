"""Merges and splits of incidents by people: rows that stay, are taken back by later rows, and outlive a new reading."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from sayso.ledger.ids import record_number
from sayso.ledger.incidents import incident_number
from sayso.ledger.records import utc
from sayso.ledger.rows import SHIFT
from sayso.records import Problem, SaysoError

Keys = dict[str, frozenset[str]]


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """Who decides, and why."""

    who: str
    note: str = ""


def merge(connection: sqlite3.Connection, ids: Sequence[str], by: Decided, now: datetime) -> int:
    """Put incidents together; the decision's number. In a transaction; `link_waiting` brings it into effect.

    SaysoError when one is not there, or they are one already.
    """
    numbers = {incident_number(connection, id) for id in ids}
    if len(numbers) < 2:
        raise _refused("name two incidents or more to merge")
    events = [event for number in sorted(numbers) for event in _events_of(connection, number)]
    return _decide(connection, "merge", ids, [(event, 0) for event in events], by, now)


def split(connection: sqlite3.Connection, id: str, events: Iterable[str], by: Decided, now: datetime) -> int:
    """Take some events (REPORT#e3) out of an incident, as an incident of their own; the decision's number.

    In a transaction; `link_waiting` brings it into effect. SaysoError when they are not in it, or are all of it.
    """
    inside = set(_events_of(connection, incident_number(connection, id)))
    out = {record_number(connection, event)[1] for event in events}
    if not out or not out <= inside or out == inside:
        raise _refused("name some of the incident's events to split off, and not all")
    return _decide(connection, "split", [id], [(event, int(event in out)) for event in sorted(inside)], by, now)


def undo(connection: sqlite3.Connection, number: int, by: Decided, now: datetime) -> int:
    """Take a merge or split back, or an undoing; the new decision's number. SaysoError when there is none."""
    found = connection.execute("SELECT said FROM incident_decisions WHERE number = ?", (number,)).fetchone()
    if found is None:
        raise _refused(f"no decision {number} to take back")
    undoing = _write(connection, "undo", number, found[0], by, now)
    _queue(connection, _root(connection, number))
    return undoing


def decisions(connection: sqlite3.Connection, id: str | None = None) -> list[dict[str, Any]]:
    """All decisions, or those that named an incident's id, the last first.

    Fields: `number`, `kind`, `undoes`, `incidents`, `who`, `at`, `note`, `live`.
    """
    rows = connection.execute(
        "SELECT number, kind, undoes, said, who, at, note FROM incident_decisions ORDER BY number DESC"
    ).fetchall()
    live = set(_live(connection))
    told = [
        {"number": number, "kind": kind, "undoes": undoes, "incidents": json.loads(said), "who": who, "at": at,
         "note": note, "live": number in live}
        for number, kind, undoes, said, who, at, note in rows
    ]  # fmt: skip
    return [row for row in told if id is None or id in row["incidents"]]


def bound(connection: sqlite3.Connection) -> tuple[Keys, Keys]:
    """By the keys of events (REPORT#e3): which of them are one, and which are not, by the decisions that stand."""
    one: dict[str, set[str]] = defaultdict(set)
    apart: dict[str, set[str]] = defaultdict(set)
    for number in _live(connection):
        sides: dict[int, list[str]] = {0: [], 1: []}
        rows = connection.execute(
            "SELECT p.id || '#' || d.record, d.side FROM decided_events d JOIN pages p ON p.number = d.page "
            "WHERE d.decision = ? AND d.found = 1 ORDER BY 1",
            (number,),
        )
        for key, side in rows:
            sides[side].append(key)
        kind = connection.execute("SELECT kind FROM incident_decisions WHERE number = ?", (number,)).fetchone()[0]
        rest, out = sides[0], sides[1]
        if kind == "merge":
            _tie(rest, one, apart)
        else:
            _tie(out, one, apart)
            for a, b in ((a, b) for a in rest for b in out):
                _untie(a, b, one, apart)
    return {k: frozenset(v) for k, v in one.items() if v}, {k: frozenset(v) for k, v in apart.items() if v}


def find_decided_again(connection: sqlite3.Connection, page: int) -> None:
    """After a new reading: point decisions at the events that stand where the old ones stood (`reviews.find_again`)."""
    numbers = connection.execute(
        "SELECT number, id FROM events WHERE report = ? ORDER BY number DESC", (page,)
    ).fetchall()
    now = {_mark_of(connection, number): record for number, record in numbers}
    rows = connection.execute("SELECT rowid, record, mark FROM decided_events WHERE page = ?", (page,)).fetchall()
    for row, record, mark in rows:
        found = now.get(mark)
        connection.execute(
            "UPDATE decided_events SET record = ?, found = ? WHERE rowid = ?",
            (found or record, int(found is not None), row),
        )


def _decide(
    connection: sqlite3.Connection, kind: str, ids: Sequence[str], events: Sequence[tuple[int, int]], by: Decided,
    now: datetime,
) -> int:  # fmt: skip
    number = _write(connection, kind, None, json.dumps(list(ids)), by, now)
    for event, side in events:
        (record,) = connection.execute("SELECT id FROM events WHERE number = ?", (event,)).fetchone()
        mark = _mark_of(connection, event)
        connection.execute(
            "INSERT INTO decided_events (decision, page, record, side, mark) VALUES (?, ?, ?, ?, ?)",
            (number, event >> SHIFT, record, side, mark),
        )
    _queue(connection, number)
    return number


def _write(connection: sqlite3.Connection, kind: str, undoes: int | None, said: str, by: Decided, now: datetime) -> int:
    return int(
        connection.execute(
            "INSERT INTO incident_decisions (kind, undoes, said, who, at, note) VALUES (?, ?, ?, ?, ?, ?)",
            (kind, undoes, said, by.who, utc(now), by.note),
        ).lastrowid
        or 0
    )


def _queue(connection: sqlite3.Connection, decision: int) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO to_link SELECT DISTINCT page FROM decided_events WHERE decision = ? "
        "AND page IN (SELECT number FROM reports)",
        (decision,),
    )


def _live(connection: sqlite3.Connection) -> list[int]:
    """Merges and splits that stand, in their order: an undoing that was itself undone takes nothing back."""
    rows = connection.execute("SELECT number, undoes FROM incident_decisions ORDER BY number DESC").fetchall()
    undone = set[int]()
    for number, undoes in rows:
        if undoes is not None and number not in undone:
            undone.add(undoes)
    return sorted(number for number, undoes in rows if undoes is None and number not in undone)


def _root(connection: sqlite3.Connection, number: int) -> int:
    """The merge or split that an undoing, or an undoing of one, is about."""
    (undoes,) = connection.execute("SELECT undoes FROM incident_decisions WHERE number = ?", (number,)).fetchone()
    return number if undoes is None else _root(connection, undoes)


def _events_of(connection: sqlite3.Connection, incident: int) -> list[int]:
    rows = connection.execute("SELECT event FROM incident_events WHERE incident = ? ORDER BY event", (incident,))
    return [event for (event,) in rows]


def _mark_of(connection: sqlite3.Connection, event: int) -> str:
    """What an event is and where it stands: what stays the same when its page is read again."""
    row = connection.execute("SELECT type, start, stop, words FROM events WHERE number = ?", (event,)).fetchone()
    return json.dumps(row, ensure_ascii=False)


def _tie(keys: Sequence[str], one: dict[str, set[str]], apart: dict[str, set[str]]) -> None:
    for key in keys:
        others = set(keys) - {key}
        one[key] |= others
        apart[key] -= others


def _untie(a: str, b: str, one: dict[str, set[str]], apart: dict[str, set[str]]) -> None:
    for key, other in ((a, b), (b, a)):
        apart[key].add(other)
        one[key].discard(other)


def _refused(reason: str) -> SaysoError:
    return SaysoError(Problem(where="the ledger", reason=reason))
