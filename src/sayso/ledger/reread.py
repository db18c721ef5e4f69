"""A page read again: the new reading takes the old one's place, decisions and everything received stay."""

from __future__ import annotations

import sqlite3

from sayso.ledger import custody, packing
from sayso.ledger.incident_decisions import find_decided_again
from sayso.ledger.postings import forget, to_compare
from sayso.ledger.records import Entry, utc
from sayso.ledger.reviews import find_again
from sayso.ledger.store import AfterStoring, Stamp, remove_reading, store_reading
from sayso.records import Problem
from sayso.records.reading import Reading


def outdated(connection: sqlite3.Connection, reader: str | None) -> list[int]:
    """Numbers of pages that another reader than `reader` read last, or could not read; None: of all."""
    rows = connection.execute(
        "SELECT p.number FROM pages p LEFT JOIN reports r USING (number) WHERE p.state != 'redacted' "
        "AND (?1 IS NULL OR r.reader IS NOT ?1) ORDER BY p.number",
        (reader,),
    )
    return [number for (number,) in rows]


def replace(
    connection: sqlite3.Connection, number: int, read: Reading | Problem, stamp: Stamp, then: AfterStoring
) -> bool:
    """Put a new reading in the place of the old one; whether it says anything else. To be called in a transaction.

    A page that could be read once keeps its reading when it cannot be read any more.
    """
    id, state, digest = connection.execute(
        "SELECT p.id, p.state, g.digest FROM pages p LEFT JOIN readings g ON g.report = p.number WHERE p.number = ?",
        (number,),
    ).fetchone()
    if state == "redacted" or isinstance(read, Problem):
        return False
    if packing.reading_digest(read) == digest:
        connection.execute("UPDATE reports SET reader = ? WHERE number = ?", (stamp.reader, number))
        return False
    before = None
    if state == "read":
        before = to_compare(connection, number)
        connection.execute("PRAGMA defer_foreign_keys = ON")  # pairs of copies point at the report, which comes back
        remove_reading(connection, number)
    connection.execute("UPDATE pages SET state = 'read', problem = NULL WHERE number = ?", (number,))
    new = store_reading(connection, number, read, stamp.reader)
    find_again(connection, number)
    find_decided_again(connection, number)
    custody.append(connection, Entry(act="reread", at=utc(stamp.now), tool=str(stamp), page=id, reading=new))
    if before != to_compare(connection, number):
        for again in (number, *forget(connection, number)):
            then(again)
    return True
