"""Taking content out for good: the bytes, the words, whatever was read in them. That it was there stays on record."""

from __future__ import annotations

import sqlite3

from sayso.ledger import custody, packing
from sayso.ledger.postings import forget
from sayso.ledger.records import Entry, utc
from sayso.ledger.store import AfterStoring, Stamp, remove_reading

# Rows that nothing points at any more: they may hold names that only the redacted report gave.
_UNUSED_PLACE = (
    "NOT EXISTS (SELECT 1 FROM events WHERE place = p.number) "
    "AND NOT EXISTS (SELECT 1 FROM toponyms WHERE place = p.number)"
)
_LEFT_OVER = (
    "DELETE FROM names AS n WHERE NOT EXISTS (SELECT 1 FROM parties WHERE name = n.number) "
    "AND NOT EXISTS (SELECT 1 FROM claims WHERE voice = n.number) "
    "AND NOT EXISTS (SELECT 1 FROM events WHERE voice = n.number)",
    f"DELETE FROM place_areas WHERE number IN (SELECT number FROM places p WHERE {_UNUSED_PLACE})",  # noqa: S608
    f"DELETE FROM places AS p WHERE {_UNUSED_PLACE}",  # noqa: S608
    "DELETE FROM outlets AS o WHERE NOT EXISTS (SELECT 1 FROM reports WHERE outlet = o.number)",
)


def redact(
    connection: sqlite3.Connection, number: int, reason: str, stamp: Stamp, then: AfterStoring
) -> tuple[str, ...]:
    """Take out a page's content, in a transaction; the ids of other pages that hold the same bytes, which stay.

    Its id, its digest and the lines of the custody log stay, so that it is not taken in again. `then` compares a
    report with the others anew. `scrub` comes after.
    """
    do = connection.execute
    id, digest, state = do("SELECT id, digest, state FROM pages WHERE number = ?", (number,)).fetchone()
    if state == "redacted":
        return ()
    copies = forget(connection, number)
    if state == "read":
        remove_reading(connection, number)
    emptied = ", ".join(f"{column} = NULL" for column in ("digest", "problem", "received", "context", "line"))
    do(f"UPDATE pages SET state = 'redacted', {emptied} WHERE number = ?", (number,))  # noqa: S608
    for table in (
        "reviews",
        "reviewed",
        "reviewed_by",
        "decided_events",
    ):  # of a redacted page decisions may be deleted: they may quote it
        do(f"DELETE FROM {table} WHERE page = ?", (number,))  # noqa: S608
    others = tuple(other for (other,) in do("SELECT id FROM pages WHERE digest = ?", (digest,)))
    if not others:
        packing.drop(connection, digest)
    for statement in _LEFT_OVER:
        do(statement)
    entry = Entry(act="redacted", at=utc(stamp.now), tool=stamp.tool, page=id, digest=digest, note=reason)
    custody.append(connection, entry)
    for copy in copies:
        then(copy)
    return others


def scrub(connection: sqlite3.Connection) -> None:
    """Write over what deleted rows left in the file: in the index of words, in free pages, in the log of changes."""
    for index in ("words", "name_words"):  # deleted words wait in an index for its next merge
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
