"""Pages and their readings into the ledger, each page in one transaction: all of it or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime

import msgspec

from sayso.ledger import custody, packing
from sayso.ledger.folding import folded
from sayso.ledger.numbers import TableNumbers
from sayso.ledger.records import Act, Entry, Misfit, Outcome, Receipt, conflict, utc
from sayso.ledger.rows import SHIFT, Row, Rows, rows_of
from sayso.ledger.unlink import unlink
from sayso.records import Problem, Received, digest_of
from sayso.records.reading import Reading

AfterStoring = Callable[[int], None]  # with the report's number, inside its transaction


class Stamp(msgspec.Struct, frozen=True):
    """When something is written and by what: `tool` is sayso's version, `reader` that of what read the page."""

    now: datetime
    tool: str
    reader: str

    def __str__(self) -> str:
        """As the custody log has it."""
        return f"{self.tool}; {self.reader}"


def arrived(connection: sqlite3.Connection, receipt: Receipt) -> tuple[Outcome | None, Problem | None]:
    """What the ledger has of a page already, None if nothing; with the problem when what it has is something else.

    "known": the same from the same place; "again": the same from elsewhere.
    """
    found = connection.execute(
        "SELECT digest, state, context FROM pages WHERE id = ?", (receipt.id,)
    ).fetchone()  # fmt: skip
    if found is None:
        return None, None
    digest, state, context = found
    if state == "redacted":
        return "redacted", None
    if digest != receipt.received.digest:
        return "conflict", conflict(receipt, f"the ledger has other words under this id: {receipt.id}")
    given = receipt.received.how == "jsonl" and receipt.id != receipt.received.digest
    if given and msgspec.json.decode(context)["hints"] != receipt.context["hints"]:
        return "conflict", conflict(
            receipt, f"the ledger has another title, date or outlet under this id: {receipt.id}"
        )
    same_place = connection.execute(
        "SELECT 1 FROM custody WHERE page = ? AND act LIKE 'received%' AND place = ? AND record IS ? "
        "AND (line_digest IS NULL OR line_digest IS ?)",
        (receipt.id, receipt.received.where, receipt.record, _line_digest(receipt)),
    ).fetchone()
    return ("known" if same_place else "again"), None


def keep(
    connection: sqlite3.Connection, receipt: Receipt, read: Reading | Problem, stamp: Stamp, then: AfterStoring
) -> tuple[Outcome, Problem | None]:
    """Store a page that was read, or could not be, with its line of custody. To be called in a transaction.

    Another program may have stored it meanwhile: then nothing changes, or a line says that it came again.
    """
    outcome, problem = arrived(connection, receipt)
    if outcome == "again":
        custody.append(connection, _entry("received again", receipt, stamp))
    if outcome is not None:
        return outcome, problem
    packing.put(connection, receipt.received.digest, receipt.data)
    received, context = (msgspec.json.encode(value).decode() for value in (receipt.received, receipt.context))
    unreadable = read.reason if isinstance(read, Problem) else None
    number = connection.execute(
        "INSERT INTO pages (id, digest, state, problem, received, context, line) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            receipt.id,
            receipt.received.digest,
            "unreadable" if unreadable else "read",
            unreadable,
            received,
            context,
            None if receipt.line is None else packing.pack(receipt.line),
        ),
    ).lastrowid
    assert number is not None  # noqa: S101 -- of an INSERT it never is
    digest = None if isinstance(read, Problem) else store_reading(connection, number, read, stamp.reader)
    entry = _entry("received", receipt, stamp)
    custody.append(connection, msgspec.structs.replace(entry, reading=digest, note=unreadable))
    if isinstance(read, Problem):
        return "unreadable", None
    then(number)
    return "new", None


def store_reading(connection: sqlite3.Connection, number: int, reading: Reading, reader: str) -> str:
    """Write a reading's rows in every table and return its digest. To be called in a transaction."""
    numbers = TableNumbers(connection)
    rows = rows_of(reading, number, reader, numbers)
    numbers.actors(reading)
    digest = packing.reading_digest(reading)
    _insert(connection, "reports", [rows.report])
    _insert(connection, "readings", [(number, digest, packing.pack_reading(reading))])
    for table in ("parts", "claims", "events", "parties", "toponyms", "times"):
        _insert(connection, table, getattr(rows, table))
    connection.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, *_words(reading)))
    _count(connection, rows, 1)
    return digest


def remove_reading(connection: sqlite3.Connection, number: int) -> None:
    """Take out what was read in a page, from every table; what was received and decided stays. In a transaction."""
    reading = load_reading(connection, number)
    if isinstance(reading, Misfit):
        raise ValueError(str(reading))
    unlink(connection, number)
    rows = rows_of(reading, number, "", TableNumbers(connection))
    _count(connection, rows, -1)
    title, text = folded(reading.report.title or ""), folded(reading.report.text)
    connection.execute(
        "INSERT INTO words (words, rowid, title, text) VALUES ('delete', ?, ?, ?)", (number, title, text)
    )
    low, high = number << SHIFT, (number + 1) << SHIFT
    connection.execute("DELETE FROM parties WHERE event BETWEEN ? AND ?", (low, high))
    for table in ("events", "claims", "parts", "toponyms", "times", "readings"):
        connection.execute(f"DELETE FROM {table} WHERE report = ?", (number,))  # noqa: S608
    connection.execute("DELETE FROM reports WHERE number = ?", (number,))


def load_reading(connection: sqlite3.Connection, number: int) -> Reading | Misfit:
    """The reading of a report as it was stored, or what is wrong with it."""
    packed, text = connection.execute(
        "SELECT packed, text FROM readings JOIN reports ON number = report WHERE report = ?", (number,)
    ).fetchone()
    try:
        return packing.unpack_reading(packed, text)
    except (ValueError, msgspec.DecodeError) as error:
        return Misfit(f"reading {number}", str(error))


def load_receipt(connection: sqlite3.Connection, number: int) -> Receipt | Misfit:
    """What was received as a page, as it was received; or that it was redacted, or what is wrong with it."""
    found = connection.execute(
        "SELECT id, received, context, packed, line FROM pages JOIN received USING (digest) WHERE number = ?", (number,)
    ).fetchone()
    if found is None:
        id, state = connection.execute("SELECT id, state FROM pages WHERE number = ?", (number,)).fetchone()
        return Misfit(f"page {id}", f"what was received {'was redacted' if state == 'redacted' else 'is missing'}")
    id, received, context, packed, line = found
    try:
        return Receipt(
            id=id,
            data=packing.unpack(packed),
            received=msgspec.json.decode(received, type=Received),
            context=msgspec.json.decode(context),
            line=None if line is None else packing.unpack(line),
        )
    except (ValueError, msgspec.DecodeError) as error:
        return Misfit(f"page {id}", str(error))


def _words(reading: Reading) -> tuple[str, str]:
    """Title and text as they are searched."""
    return folded(reading.report.title or ""), folded(reading.report.text)


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608


def _count(connection: sqlite3.Connection, rows: Rows, sign: int) -> None:
    """Add a report's counts to the tallies, or take them out."""
    outlet, month = rows.report[2] or 0, str(rows.report[6])[:7]
    connection.executemany(
        "INSERT INTO tallies VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        [(*key, sign * n) for key, n in rows.tallies.items()],
    )
    connection.executemany(
        "INSERT INTO said VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET claims = claims + excluded.claims, reports = reports + excluded.reports",
        [(voice, outlet, month, sign * n, sign) for voice, n in rows.said.items()],
    )
    connection.executemany(
        "INSERT INTO cited VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET claims = claims + excluded.claims, reports = reports + excluded.reports",
        [(voice, sign * n, sign) for voice, n in rows.said.items()],
    )
    if sign < 0:
        connection.execute("DELETE FROM tallies WHERE n = 0")
        connection.executemany("DELETE FROM cited WHERE voice = ? AND claims = 0", [(voice,) for voice in rows.said])
        connection.executemany(
            "DELETE FROM said WHERE voice = ? AND claims = 0", [(voice,) for voice in rows.said]
        )  # fmt: skip


def _entry(act: Act, receipt: Receipt, stamp: Stamp) -> Entry:
    received = receipt.received
    return Entry(
        act=act,
        at=utc(stamp.now),
        tool=str(stamp),
        page=receipt.id,
        place=received.where,
        record=receipt.record,
        how=received.how,
        size=received.size,
        digest=received.digest,
        line_digest=_line_digest(receipt),
    )


def _line_digest(receipt: Receipt) -> str | None:
    return None if receipt.line is None else digest_of(receipt.line)
