"""Do the kept links fit: every incident with its events and its row, every count, every id that leads on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from sayso.ledger import packing
from sayso.ledger.incidents import accounts_of_report
from sayso.ledger.records import Misfit
from sayso.ledger.rows import SHIFT
from sayso.records.pool import Dispute, Holding, Incident

_incident = msgspec.json.Decoder(Incident)
_ROW = "SELECT number, id, type, status, first_day, last_day, accounts, independent, disputes, packed FROM incidents"


def misfits_of_links(connection: sqlite3.Connection) -> Iterator[Misfit]:
    """What does not fit in incidents, disputes and holdings; what waits to be linked is not looked at."""
    for row in connection.execute(f"{_ROW} WHERE packed IS NOT NULL"):
        yield from _incident_fits(connection, *row)
    yield from _events(connection)
    yield from _counts(connection)
    yield from _records(connection, "disputes", Dispute)
    yield from _records(connection, "holdings", Holding)
    for id, now in connection.execute(
        "SELECT id, now FROM incident_was WHERE id IN (SELECT id FROM incidents) "
        "OR now NOT IN (SELECT id FROM incidents)"
    ):
        yield Misfit(f"incident {id}", f"is said to be {now} now, which cannot be")


def _incident_fits(
    connection: sqlite3.Connection, number: int, id: str, type: str, status: str, first: str, last: str, *rest: object
) -> Iterator[Misfit]:
    accounts, independent, disputes, packed = rest
    where = f"incident {id}"
    try:
        told = _incident.decode(packing.unpack(packed)) if isinstance(packed, bytes) else None
    except (ValueError, msgspec.DecodeError) as error:
        yield Misfit(where, str(error))
        return
    if told is None:
        return
    kept = (told.id, told.type, told.status, told.first or "", told.last or "", len(told.accounts), told.independent,
            len(told.disputes))  # fmt: skip
    if kept != (id, type, status, first, last, accounts, independent, disputes):
        yield Misfit(where, "has a row that does not say what the incident says")
    rows = connection.execute(
        "SELECT p.id || '#' || e.id FROM incident_events m JOIN events e ON e.number = m.event "
        "JOIN pages p ON p.number = e.report WHERE m.incident = ?",
        (number,),
    )
    if {key for (key,) in rows} != set(told.accounts):
        yield Misfit(where, "has not the events that it is told by")


def _events(connection: sqlite3.Connection) -> Iterator[Misfit]:
    """Every account that is linked against the events in incidents."""
    linked = connection.execute(
        "SELECT l.report, p.id FROM linked l JOIN pages p ON p.number = l.report "
        "WHERE l.report NOT IN (SELECT report FROM to_link)"
    ).fetchall()
    for report, id in linked:
        try:
            told = {account.key for account in accounts_of_report(connection, report)}
        except (ValueError, msgspec.DecodeError) as error:
            yield Misfit(f"accounts of {id}", str(error))
            continue
        rows = connection.execute(
            "SELECT e.id FROM incident_events m JOIN events e ON e.number = m.event WHERE m.event BETWEEN ? AND ?",
            (report << SHIFT, (report + 1) << SHIFT),
        )
        if {f"{id}#{event}" for (event,) in rows} != told:
            yield Misfit(f"accounts of {id}", "are not those that are in incidents")


def _counts(connection: sqlite3.Connection) -> Iterator[Misfit]:
    counted = "SELECT first_day, type, count(*) FROM incidents WHERE packed IS NOT NULL GROUP BY 1, 2"
    kept = "SELECT day, type, n FROM incident_days"
    for one, other in ((counted, kept), (kept, counted)):
        for day, type, n in connection.execute(f"{one} EXCEPT {other}"):
            yield Misfit("incidents counted by day", f"{n} of {type} on {day or 'an unknown day'} are not there")


def _records(connection: sqlite3.Connection, table: str, kind: type[Dispute] | type[Holding]) -> Iterator[Misfit]:
    decoder = msgspec.json.Decoder(kind)
    for number, packed in connection.execute(f"SELECT number, packed FROM {table}"):  # noqa: S608
        try:
            decoder.decode(packing.unpack(packed))
        except (ValueError, msgspec.DecodeError) as error:
            yield Misfit(f"{table} row {number}", str(error))
