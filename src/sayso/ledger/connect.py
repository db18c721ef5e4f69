"""Opening the one SQLite file, and what can go wrong with it in plain words."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

from sayso.records import Problem, SaysoError

APPLICATION = 0x73617973  # "says": tells a ledger from any other SQLite file
VERSION = 7  # of schema.sql; migrations/NNNN.sql makes version NNNN of the one before
_OLDEST_SQLITE = (3, 37, 0)  # the first with STRICT tables
WAIT_SECONDS = 3600.0  # for another sayso that writes: it lets go after every report, but there may be many
_LOG_PAGES = 10_000  # 40 MB of changes before they move into the file: pages changed by many reports move once
_CACHE_KILOBYTES = 262_144  # the inner pages of the fingerprints' tree of a million reports
_REASONS: dict[int, str] = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "cannot be written: no permission, or its folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: no such file, or no permission for it or its folder",
    sqlite3.SQLITE_PERM: "cannot be opened: no permission",
    sqlite3.SQLITE_NOTADB: "not a ledger",
    sqlite3.SQLITE_CORRUPT: "damaged: restore a backup",
    sqlite3.SQLITE_BUSY: "another program holds it: try again",
    sqlite3.SQLITE_LOCKED: "another program holds it: try again",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk is full, too small, or fails",
    sqlite3.SQLITE_TOOBIG: "a report is too large for it",
}


@contextlib.contextmanager
def plainly(path: Path) -> Iterator[None]:
    """SQLite's errors as SaysoError with a plain reason."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None or isinstance(error, sqlite3.ProgrammingError):
            raise
        reason = _REASONS.get(code & 0xFF) or f"cannot be used: {error}"
        raise SaysoError(Problem(where=str(path), reason=reason)) from error


def create(path: Path) -> sqlite3.Connection:
    """A new ledger's file, its tables empty. SaysoError when the file is there already."""
    with plainly(path):
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            raise SaysoError(Problem(where=str(path), reason="there is a file already")) from None
        except OSError as error:
            raise SaysoError(Problem(where=str(path), reason=f"cannot be written: {error.strerror}")) from None
        try:
            connection = _connected(path, "rwc")
            connection.execute("PRAGMA journal_mode = WAL")
            _run(connection, (resources.files("sayso.ledger") / "schema.sql").read_text(encoding="utf-8"), VERSION)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return connection


def connect(path: Path, *, write: bool, threads: bool = False) -> sqlite3.Connection:
    """The ledger at `path`, of this version; one of an older version is brought up to date if it may be written.

    `threads`: it will be used in several, one after another.
    """
    if not path.is_file():
        raise SaysoError(Problem(where=str(path), reason="no ledger there: `sayso init` makes one"))
    if write and not (os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)):
        raise SaysoError(Problem(where=str(path), reason=_REASONS[sqlite3.SQLITE_READONLY]))
    with plainly(path):
        try:
            connection = _connected(path, "rw" if write else "ro", threads)
            version = _version(connection)
        except sqlite3.OperationalError as error:
            if write or error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                raise
            # A folder that lets nobody write: then nobody does.
            connection = _connected(path, "ro&immutable=1", threads)
            version = _version(connection)
        if version is None:
            raise SaysoError(Problem(where=str(path), reason="not a ledger"))
        if version > VERSION:
            reason = f"made by a newer sayso (version {version} of the tables; this one knows {VERSION})"
            raise SaysoError(Problem(where=str(path), reason=reason))
        if version < VERSION:
            if not write:
                connection.close()
                connection = _connected(path, "rw", threads)
            migrate(connection, version, VERSION, _migration)
        return connection


def migrate(connection: sqlite3.Connection, version: int, to: int, script_of: Callable[[int], str]) -> None:
    """Bring the tables from `version` to `to`, one number after another, each whole or not at all."""
    for number in range(version + 1, to + 1):
        _run(connection, script_of(number), number)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing; waits its turn behind other writers."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _connected(path: Path, mode: str, threads: bool = False) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        reason = f"needs SQLite 3.37 or newer; this Python has {sqlite3.sqlite_version}"
        raise SaysoError(Problem(where=str(path), reason=reason))
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=WAIT_SECONDS,
        check_same_thread=not threads,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is redacted leaves no trace in free pages
    connection.execute(
        "PRAGMA synchronous = NORMAL"
    )  # whole after any crash; after a power cut too, less the last lines
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _version(connection: sqlite3.Connection) -> int | None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        return None
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migration(number: int) -> str:
    return (resources.files("sayso.ledger") / "migrations" / f"{number:04}.sql").read_text(encoding="utf-8")


def _run(connection: sqlite3.Connection, script: str, version: int) -> None:
    with transaction(connection):
        for statement in statements(script):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {int(version)}")


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would end the transaction it is called in."""
    begun = ""
    for line in re.sub(r"--[^\n]*", "", script).splitlines():
        begun += line + "\n"
        if line.rstrip().endswith(";") and sqlite3.complete_statement(begun):
            yield begun
            begun = ""
    if begun.strip():
        yield begun
