"""Does everything in the ledger fit: the chain of custody, every digest, every row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sayso.ledger import custody, packing
from sayso.ledger.numbers import TableNumbers
from sayso.ledger.records import Misfit
from sayso.ledger.rows import rows_of
from sayso.ledger.store import load_reading
from sayso.ledger.verify_links import misfits_of_links
from sayso.records import digest_of
from sayso.records.reading import Reading


def misfits(connection: sqlite3.Connection, known_hash: str | None = None) -> Iterator[Misfit]:
    """All that does not fit, named; nothing: the ledger is whole. `known_hash`: see `custody.walk`."""
    yield from _file(connection)
    yield from custody.walk(connection, known_hash)
    yield from _received(connection)
    yield from _pages(connection)
    yield from _lines(connection)
    yield from _readings(connection)
    yield from misfits_of_links(connection)


def _file(connection: sqlite3.Connection) -> Iterator[Misfit]:
    for (said,) in connection.execute("PRAGMA quick_check(20)"):
        if said != "ok":
            yield Misfit("the file", said)
    for table, number, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Misfit(f"{table} row {number}", f"points at a row of {parent} that is not there")


def _received(connection: sqlite3.Connection) -> Iterator[Misfit]:
    """Every blob against its digest and size, and its line of custody."""
    for digest, size, packed in connection.execute("SELECT digest, size, packed FROM received"):
        try:
            data = packing.unpack(packed)
        except ValueError as error:
            yield Misfit(f"received {digest}", str(error))
            continue
        if digest_of(data) != digest or len(data) != size:
            yield Misfit(f"received {digest}", "the bytes are not those that were received")
    for (digest,) in connection.execute(
        "SELECT digest FROM received WHERE digest NOT IN (SELECT digest FROM pages WHERE digest IS NOT NULL)"
    ):
        yield Misfit(f"received {digest}", "belongs to no page")


def _pages(connection: sqlite3.Connection) -> Iterator[Misfit]:
    """Every page against the custody log, both ways."""
    first = "SELECT page, min(number) AS number FROM custody WHERE act = 'received' GROUP BY page"
    last = "SELECT page, max(number) AS number FROM custody WHERE act IN ('received', 'reread') GROUP BY page"
    rows = connection.execute(
        f"""SELECT p.id, p.state, p.digest, c.digest, l.reading, g.digest, r.number IS NOT NULL, x.page IS NOT NULL
        FROM pages p LEFT JOIN ({first}) f ON f.page = p.id LEFT JOIN custody c ON c.number = f.number
        LEFT JOIN ({last}) m ON m.page = p.id LEFT JOIN custody l ON l.number = m.number
        LEFT JOIN reports r ON r.number = p.number LEFT JOIN readings g ON g.report = p.number
        LEFT JOIN (SELECT DISTINCT page FROM custody WHERE act = 'redacted') x ON x.page = p.id"""  # noqa: S608
    )
    for id, state, digest, recorded, read, reading, report, redacted in rows:
        where = f"page {id}"
        if recorded is None:
            yield Misfit(where, "has no line in the custody log")
        elif (state == "redacted") != bool(redacted):
            yield Misfit(where, "is redacted in one place and not in the other: custody log, pages")
        elif state != "redacted" and digest != recorded:
            yield Misfit(where, f"has not the digest that was recorded: {recorded}")
        elif bool(report) != (state == "read"):
            yield Misfit(
                where, "has no report, though it was read" if state == "read" else f"has a report, but is {state}"
            )
        elif state == "read" and reading != read:
            yield Misfit(where, f"has not the reading that was recorded: {read}")
    for (page,) in connection.execute(
        "SELECT DISTINCT page FROM custody WHERE page IS NOT NULL AND page NOT IN (SELECT id FROM pages)"
    ):
        yield Misfit(f"page {page}", "was received, says the custody log, and is not there")


def _lines(connection: sqlite3.Connection) -> Iterator[Misfit]:
    """Every JSONL line against the digest that the custody log has of it, both ways; an older ledger has neither."""
    first = "SELECT page, min(number) AS number FROM custody WHERE act = 'received' GROUP BY page"
    rows = connection.execute(
        f"SELECT p.id, p.line, c.line_digest FROM pages p JOIN ({first}) f ON f.page = p.id "  # noqa: S608
        "JOIN custody c ON c.number = f.number WHERE p.line IS NOT NULL "
        "OR (p.state != 'redacted' AND c.line_digest IS NOT NULL)"
    )
    for id, packed, digest in rows:
        try:
            fits = packed is not None and digest_of(packing.unpack(packed)) == digest
        except ValueError:
            fits = False
        if not fits:
            yield Misfit(f"page {id}", "has not the line that was received")


def _readings(connection: sqlite3.Connection) -> Iterator[Misfit]:
    """Every reading against its digest."""
    numbers = connection.execute(
        "SELECT g.report, g.digest, p.id FROM readings g JOIN pages p ON p.number = g.report"
    ).fetchall()
    for number, digest, id in numbers:
        reading = load_reading(connection, number)
        if isinstance(reading, Misfit):
            yield Misfit(f"reading of {id}", reading.reason)
        elif packing.reading_digest(reading) != digest:
            yield Misfit(f"reading of {id}", "is not what was stored: the text or the reading was changed")
        else:
            yield from _rows(connection, number, id, reading)


def _rows(connection: sqlite3.Connection, number: int, id: str, reading: Reading) -> Iterator[Misfit]:
    """A report's rows against its reading."""
    reader = connection.execute("SELECT reader FROM reports WHERE number = ?", (number,)).fetchone()[0]
    try:
        rows = rows_of(reading, number, reader, TableNumbers(connection))
    except sqlite3.OperationalError:  # a name or place that would have to be written first
        yield Misfit(f"tables of {id}", "lack a name, place or outlet of the reading")
        return
    stored = connection.execute("SELECT * FROM reports WHERE number = ?", (number,)).fetchall()
    if stored != [rows.report]:
        yield Misfit(f"reports row of {id}", "does not say what the reading says")
    for table, key in (("claims", "number"), ("events", "number"), ("parts", "position")):
        stored = connection.execute(
            f"SELECT * FROM {table} WHERE report = ? ORDER BY {key}", (number,)  # noqa: S608
        ).fetchall()  # fmt: skip
        if stored != getattr(rows, table):
            yield Misfit(f"{table} of {id}", "do not say what the reading says")
