"""Kept incidents: filtered and page after page, one by its id (also by one it had), those of events and of reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from sayso.ledger import packing
from sayso.ledger.conditions import Condition
from sayso.ledger.filters import Filters
from sayso.ledger.ids import record_number
from sayso.ledger.incident_filters import SORTED, Order, conditions, selected
from sayso.ledger.rows import SHIFT
from sayso.records import Problem, SaysoError
from sayso.records.pool import Account, Holding, Incident

_incident = msgspec.json.Decoder(Incident)
_accounts = msgspec.msgpack.Decoder(tuple[Account, ...])


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as it is kept: `added` and `changed` in UTC."""

    incident: Incident
    added: str
    changed: str


def incidents(
    connection: sqlite3.Connection,
    filters: Filters,
    order: Order = "day",
    limit: int | None = None,
    after: str | None = None,
) -> Iterator[Kept]:
    """Incidents that fit, the latest, best corroborated or last added first: `limit` of them, from the one after the id
    `after` on. SaysoError when a name asked for occurs nowhere, or `after` is no incident.
    """
    found = conditions(connection, filters)
    columns = ", ".join(f"i.{column}" for column in SORTED[order])
    if after is not None:
        number = incident_number(connection, after)
        at = connection.execute(f"SELECT {columns} FROM incidents i WHERE number = ?", (number,)).fetchone()  # noqa: S608
        found.append(Condition(sql=f"({columns}) < ({', '.join('?' * len(at))})", values=at))
    select, values = selected(connection, found, order, limit)
    descending = ", ".join(f"i.{column} DESC" for column in SORTED[order])
    rows = connection.execute(  # numbers first: what is sorted is narrow
        f"SELECT i.packed, i.added, i.changed FROM incidents i WHERE number IN (SELECT i.number {select} "  # noqa: S608
        f"ORDER BY {descending} LIMIT ?) ORDER BY {descending}",
        (*values, -1 if limit is None else limit),
    )
    return (Kept(incident=_unpacked(packed), added=added, changed=changed) for packed, added, changed in rows)


def incidents_by_numbers(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[Kept]:
    """The incidents with these numbers, in their order."""
    rows = connection.execute(
        "SELECT i.packed, i.added, i.changed FROM json_each(?) n CROSS JOIN incidents i ON i.number = n.value "
        "WHERE i.packed IS NOT NULL ORDER BY n.key",
        (msgspec.json.encode(numbers).decode(),),
    )
    return (Kept(incident=_unpacked(packed), added=added, changed=changed) for packed, added, changed in rows)


def count(connection: sqlite3.Connection, filters: Filters) -> int:
    """How many incidents fit."""
    if filters == Filters():
        return int(connection.execute("SELECT ifnull(sum(n), 0) FROM incident_days").fetchone()[0])
    select, values = selected(connection, conditions(connection, filters), "day", None)
    return int(connection.execute(f"SELECT count(*) {select}", values).fetchone()[0])


def incident(connection: sqlite3.Connection, id: str) -> Kept:
    """The incident with this id, or the one that has become of it. SaysoError when there is none."""
    packed, added, changed = connection.execute(
        "SELECT packed, added, changed FROM incidents WHERE number = ?", (incident_number(connection, id),)
    ).fetchone()
    return Kept(incident=_unpacked(packed), added=added, changed=changed)


def incident_number(connection: sqlite3.Connection, id: str) -> int:
    """The number of the incident with this id, or of what has become of it. SaysoError when there is none."""
    found = connection.execute(
        "SELECT number FROM incidents WHERE packed IS NOT NULL "
        "AND id IN (?1, (SELECT now FROM incident_was WHERE id = ?1)) ORDER BY id != ?1",
        (id,),
    ).fetchone()
    if found is None:
        was = connection.execute("SELECT 1 FROM incident_was WHERE id = ?", (id,)).fetchone()
        reason = f"nothing is left of incident {id}" if was else f"no incident {id!r} in it"
        raise SaysoError(Problem(where="the ledger", reason=reason))
    return int(found[0])


def incident_of_event(connection: sqlite3.Connection, id: str) -> str | None:
    """The id of the incident that an event (REPORT#e3) tells of; None: it is not linked, or was rejected."""
    table, number = record_number(connection, id)
    if table != "events":
        raise SaysoError(Problem(where="the ledger", reason=f"{id!r} is no event"))
    return incidents_of_events(connection, [number]).get(number)


def incidents_of_events(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The incidents' ids of events, both by the events' numbers."""
    rows = connection.execute(
        "SELECT m.event, i.id FROM incident_events m JOIN incidents i ON i.number = m.incident "
        "WHERE i.packed IS NOT NULL AND m.event IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(numbers).decode(),),
    )
    return dict(rows.fetchall())


def incidents_of_report(connection: sqlite3.Connection, report: int) -> dict[str, str]:
    """The incident's id of each of a report's events, by the event's id in its report (e3)."""
    rows = connection.execute(
        "SELECT e.id, i.id FROM incident_events m JOIN incidents i ON i.number = m.incident "
        "JOIN events e ON e.number = m.event WHERE i.packed IS NOT NULL AND m.event BETWEEN ? AND ? ORDER BY m.event",
        (report << SHIFT, (report + 1) << SHIFT),
    )
    return dict(rows.fetchall())


def accounts_of_incident(connection: sqlite3.Connection, id: str) -> list[Account]:
    """The accounts of an incident, in its order. SaysoError when there is none with this id."""
    keys = incident(connection, id).incident.accounts
    number = incident_number(connection, id)
    reports = connection.execute(
        "SELECT DISTINCT event >> ? FROM incident_events WHERE incident = ?", (SHIFT, number)
    ).fetchall()
    by_key = {a.key: a for (report,) in reports for a in accounts_of_report(connection, report)}
    return [by_key[key] for key in keys if key in by_key]


def accounts_of_report(connection: sqlite3.Connection, report: int) -> tuple[Account, ...]:
    """The accounts of a report that is linked, those of rejected events too; in the order of its events."""
    found = connection.execute("SELECT accounts FROM linked WHERE report = ?", (report,)).fetchone()
    return _accounts.decode(packing.unpack(found[0])) if found else ()


def reports_of_incidents(
    connection: sqlite3.Connection, ids: Collection[str] | None, holdings: Iterable[Holding] = ()
) -> list[int]:
    """The numbers of the reports that tell of some incidents, and of who holds what; ids None: of all linked."""
    if ids is None:
        return [report for (report,) in connection.execute("SELECT report FROM linked ORDER BY report")]
    rows = connection.execute(
        "SELECT DISTINCT m.event >> ? FROM incidents i JOIN incident_events m ON m.incident = i.number "
        "WHERE i.id IN (SELECT value FROM json_each(?))",
        (SHIFT, msgspec.json.encode(sorted(ids)).decode()),
    )
    pages = {key.rpartition("#")[0] for held in holdings for key in held.accounts}
    told = connection.execute(
        "SELECT number FROM pages WHERE id IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(sorted(pages)).decode(),),
    )
    return sorted({number for (number,) in rows} | {number for (number,) in told})


def unlinked(connection: sqlite3.Connection) -> int:
    """How many reports came or changed and are not linked yet."""
    return int(connection.execute("SELECT count(*) FROM to_link").fetchone()[0])


def _unpacked(packed: bytes) -> Incident:
    return _incident.decode(packing.unpack(packed))
