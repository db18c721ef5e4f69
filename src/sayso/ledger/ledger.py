"""The ledger: one file opened, and what can be done with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sayso.ledger import connect, custody, store
from sayso.ledger.ids import page_number
from sayso.ledger.records import Entry, Misfit, Outcome, Receipt, utc
from sayso.ledger.store import AfterStoring, Stamp
from sayso.records import Problem, SaysoError
from sayso.records.reading import Reading


class Ledger:
    """An opened ledger; `with` closes it. Methods that write wait for their turn; SQLite's errors become SaysoError."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @staticmethod
    def create(path: Path, now: datetime, tool: str) -> Ledger:
        """A new, empty ledger. SaysoError when there is a file already."""
        ledger = Ledger(path, connect.create(path))
        with ledger.writing():
            custody.append(ledger.connection, Entry(act="created", at=utc(now), tool=tool))
        return ledger

    @staticmethod
    def open(path: Path, *, write: bool = False) -> Ledger:
        """The ledger in a file that is there. Readers are never held up by a writer."""
        return Ledger(path, connect.connect(path, write=write))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of the block or nothing of it."""
        with connect.plainly(self.path), connect.transaction(self.connection):
            yield self.connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A block that only reads."""
        with connect.plainly(self.path):
            yield self.connection

    def backup(self, target: Path) -> None:
        """A whole copy at `target`, also while others write. SaysoError when there is a file already."""
        if target.exists():
            raise SaysoError(Problem(where=str(target), reason="there is a file already"))
        part = target.with_name(f".{target.name}.part")
        with connect.plainly(target):
            copy = sqlite3.connect(part)
            try:
                self.connection.backup(copy)
                copy.execute("PRAGMA journal_mode = WAL")
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            finally:
                copy.close()
            part.rename(target)

    def arrived(self, receipt: Receipt) -> tuple[Outcome | None, Problem | None]:
        """What the ledger has of a page already (`store.arrived`)."""
        with self.reading() as connection:
            return store.arrived(connection, receipt)

    def keep(
        self, receipt: Receipt, read: Reading | Problem, stamp: Stamp, then: AfterStoring
    ) -> tuple[Outcome, Problem | None]:
        """Store one page and its reading, whole or not at all (`store.keep`)."""
        with self.writing() as connection:
            return store.keep(connection, receipt, read, stamp, then)

    def number_of(self, id: str) -> int:
        """The number of the report with this id, or with one that begins so if only one does. SaysoError: none."""
        with self.reading() as connection:
            return page_number(connection, id)

    def load(self, number: int) -> Reading:
        """The reading of a report by its number. SaysoError when there is none, or it is damaged."""
        with self.reading() as connection:
            id, state, problem = connection.execute(
                "SELECT id, state, problem FROM pages WHERE number = ?", (number,)
            ).fetchone()
            if state != "read":
                reason = f"{id} was redacted" if state == "redacted" else f"{id} could not be read: {problem}"
                raise SaysoError(Problem(where=str(self.path), reason=reason))
            found = store.load_reading(connection, number)
        if isinstance(found, Misfit):
            raise SaysoError(Problem(where=str(self.path), reason=str(found)))
        return found

    def readings(self) -> Iterator[Reading]:
        """Every reading, in the order in which they came."""
        numbers = self.connection.execute("SELECT number FROM reports ORDER BY number").fetchall()
        return (self.load(number) for (number,) in numbers)
