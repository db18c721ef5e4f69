"""Incidents into the ledger: what linking made of some events takes the place of what it had made of them before."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from sayso.ledger import packing
from sayso.ledger.numbers import TableNumbers
from sayso.records.pool import Incident

_COLUMNS = (
    "id", "type", "status", "place", "first_day", "last_day", "killed_low", "killed_high", "wounded_low",
    "wounded_high", "accounts", "reports", "outlets", "origins", "independent", "disputes", "added", "changed",
    "packed",
)  # fmt: skip
_MARKS = (
    "SELECT DISTINCT 'party', p.name, m.incident FROM incident_events m JOIN parties p ON p.event = m.event",
    "SELECT DISTINCT 'voice', e.voice, m.incident FROM incident_events m JOIN events e ON e.number = m.event",
    "SELECT DISTINCT 'outlet', e.outlet, m.incident FROM incident_events m JOIN events e ON e.number = m.event",
)
_WITH = ("p.name", "e.voice", "e.outlet")


class Settled(msgspec.Struct, frozen=True):
    """An incident and its events: their numbers, and for each the first event of its node."""

    incident: Incident
    nodes: dict[int, int]


class _Old(msgspec.Struct, frozen=True):
    number: int
    id: str
    day: str
    type: str
    added: str
    packed: bytes | None


def settle(connection: sqlite3.Connection, new: Sequence[Settled], now: str) -> int:
    """Put incidents in the places of those that had any of their events; how many say something else. In a transaction.

    All events of those that are replaced, and are still linked, must be among the new ones'. An incident whose id stays
    keeps its number; one that is gone leads on to the one that has most of its events.
    """
    had = _had(connection, new)
    old = {one.id: one for one in had}
    packed = {s.incident.id: packing.pack(msgspec.json.encode(s.incident)) for s in new}
    changed = [s for s in new if (was := old.get(s.incident.id)) is None or was.packed != packed[s.incident.id]]
    gone = [one for one in had if one.id not in packed]
    heirs = {one.number: _heir(connection, one.number, new) for one in gone}
    added = _added(connection, changed, had, now)
    stale = [one.number for one in gone] + [old[s.incident.id].number for s in changed if s.incident.id in old]
    _clear(connection, stale)
    _count(connection, [(one.day, one.type) for one in had if one.number in set(stale) and one.packed], -1)
    numbers = TableNumbers(connection)
    for one in gone:
        connection.execute("DELETE FROM incidents WHERE number = ?", (one.number,))
    for s in changed:
        row = (*_row(s.incident, numbers), added[s.incident.id], now, packed[s.incident.id])
        _write(connection, row, s, old.get(s.incident.id))
    _count(connection, [(s.incident.first or "", s.incident.type) for s in changed], 1)
    for one in gone:
        _lead_on(connection, one.id, heirs[one.number])
    return len(changed)


def withdraw(connection: sqlite3.Connection, events: Iterable[int]) -> None:
    """Take events out of their incidents, in a transaction: of these the other events are to be joined anew.

    Until then nothing is shown of them, so that nothing is left of what only the events taken out said.
    """
    for event in events:
        found = connection.execute("SELECT incident FROM incident_events WHERE event = ?", (event,)).fetchone()
        connection.execute("DELETE FROM to_join WHERE event = ?", (event,))
        if found is None:
            continue
        connection.execute("DELETE FROM incident_events WHERE event = ?", (event,))
        (number,) = found
        row = connection.execute(
            "SELECT id, first_day, type FROM incidents WHERE number = ? AND packed IS NOT NULL", (number,)
        ).fetchone()
        if row is not None:
            _count(connection, [(row[1], row[2])], -1)
            connection.execute(
                "INSERT OR IGNORE INTO to_join SELECT event FROM incident_events WHERE incident = ?", (number,)
            )
            connection.execute("DELETE FROM disputes WHERE incident = ?", (number,))
            connection.execute("DELETE FROM incident_marks WHERE incident = ?", (number,))
            connection.execute(
                "UPDATE incidents SET packed = NULL, place = NULL, disputes = 0, first_day = '', last_day = '', "
                "killed_low = NULL, killed_high = NULL, wounded_low = NULL, wounded_high = NULL WHERE number = ?",
                (number,),
            )


def bury_empty(connection: sqlite3.Connection) -> None:
    """Take out incidents that lost all their events; their ids lead nowhere. In a transaction."""
    empty = connection.execute(
        "SELECT number, id FROM incidents i WHERE packed IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM incident_events WHERE incident = i.number)"
    ).fetchall()
    for number, id in empty:
        connection.execute("DELETE FROM incidents WHERE number = ?", (number,))
        _lead_on(connection, id, None)


def _had(connection: sqlite3.Connection, new: Sequence[Settled]) -> list[_Old]:
    """What any of the events were in, and what bears one of the ids: its events may all have been taken out."""
    events, ids = [event for s in new for event in s.nodes], [s.incident.id for s in new]
    rows = connection.execute(
        "SELECT number, id, first_day, type, added, packed FROM incidents WHERE number IN "
        "(SELECT incident FROM incident_events WHERE event IN (SELECT value FROM json_each(?1))) "
        "OR id IN (SELECT value FROM json_each(?2))",
        (msgspec.json.encode(events).decode(), msgspec.json.encode(ids).decode()),
    )
    return [_Old(*row) for row in rows]


def _heir(connection: sqlite3.Connection, number: int, new: Sequence[Settled]) -> str | None:
    """The id of the new incident with most events of an old one."""
    rows = connection.execute("SELECT event FROM incident_events WHERE incident = ?", (number,))
    events = {event for (event,) in rows}
    shares = [(len(events & s.nodes.keys()), s.incident.id) for s in new]
    return max((share for share in shares if share[0]), key=lambda share: (share[0], share[1]), default=(0, None))[1]


def _added(connection: sqlite3.Connection, changed: Sequence[Settled], had: Sequence[_Old], now: str) -> dict[str, str]:
    """Since when there is each incident: since the first of those that it took events from."""
    home: dict[int, str] = {}
    for one in had:
        rows = connection.execute("SELECT event FROM incident_events WHERE incident = ?", (one.number,))
        home |= {event: one.added for (event,) in rows}
    return {
        s.incident.id: min((home[event] for event in s.nodes if event in home), default=now) for s in changed
    }  # fmt: skip


def _clear(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    for table in ("incident_events", "incident_marks", "disputes"):
        connection.executemany(f"DELETE FROM {table} WHERE incident = ?", [(n,) for n in numbers])  # noqa: S608


def _row(incident: Incident, numbers: TableNumbers) -> tuple[object, ...]:
    place = numbers.place("", incident.place) if incident.place else None
    return (
        incident.id, incident.type, incident.status, place, incident.first or "", incident.last or "",
        *(incident.killed or (None, None)), *(incident.wounded or (None, None)), len(incident.accounts),
        len(incident.reports), len(incident.outlets), len(incident.origins), incident.independent,
        len(incident.disputes),
    )  # fmt: skip


def _write(connection: sqlite3.Connection, row: tuple[object, ...], s: Settled, old: _Old | None) -> None:
    do = connection.execute
    if old is None:
        marks = ", ".join("?" * len(_COLUMNS))
        number = do(f"INSERT INTO incidents ({', '.join(_COLUMNS)}) VALUES ({marks})", row).lastrowid  # noqa: S608
        do("DELETE FROM incident_was WHERE id = ?", (s.incident.id,))
    else:
        number = old.number
        columns = ", ".join(f"{column} = ?" for column in _COLUMNS)
        do(f"UPDATE incidents SET {columns} WHERE number = ?", (*row, number))  # noqa: S608
    connection.executemany(
        "INSERT OR REPLACE INTO incident_events VALUES (?, ?, ?)",
        [(event, number, node) for event, node in sorted(s.nodes.items())],
    )
    for select, column in zip(_MARKS, _WITH, strict=True):
        do(f"INSERT INTO incident_marks {select} WHERE m.incident = ? AND {column} IS NOT NULL", (number,))
    connection.executemany(
        "INSERT INTO disputes (id, incident, place, kind, about, first_day, packed) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (d.id, number, row[3], d.kind, d.about, s.incident.first or "", packing.pack(msgspec.json.encode(d)))
            for d in s.incident.disputes
        ],
    )


def _count(connection: sqlite3.Connection, counted: Iterable[tuple[str, str]], sign: int) -> None:
    connection.executemany(
        "INSERT INTO incident_days VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        [(*key, sign * n) for key, n in Counter(counted).items()],
    )
    if sign < 0:
        connection.execute("DELETE FROM incident_days WHERE n = 0")


def _lead_on(connection: sqlite3.Connection, id: str, heir: str | None) -> None:
    """Let an id that is gone, and all that led to it, lead to another."""
    connection.execute("UPDATE incident_was SET now = ? WHERE now = ?", (heir, id))
    connection.execute("INSERT OR REPLACE INTO incident_was VALUES (?, ?)", (id, heir))
