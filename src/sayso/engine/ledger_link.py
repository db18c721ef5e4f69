"""Links kept in the ledger: what came is linked report by report, and only its neighbourhood changes.

What waits is on record (`to_link`), and each batch is one transaction: stopped at any moment, the next call goes on.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path

from sayso.engine.ledger_relink import FEW, relink_all
from sayso.engine.linker import Linker
from sayso.ledger import Ledger, connect
from sayso.ledger.link_tables import LinkTables
from sayso.ledger.records import utc

BATCH = 20  # reports linked in one transaction: what is lost at most by a kill, and how long others wait to write
_TABLES = ("to_link", "to_join", "to_hold")


def link_waiting(ledger: Ledger, now: Callable[[], datetime]) -> Iterator[int]:
    """Link what came, changed or was decided since the last time; the numbers of reports, batch by batch.

    What another version linked is all linked anew, and so is a ledger of which most waits.
    """
    with ledger.reading() as connection:
        if not is_waiting(connection):
            return
    with _alone(ledger.path):
        if _is_to_be_linked_anew(ledger):
            yield _relinked(ledger, now)
            return
        linker = Linker(ledger)
        waits = True
        while waits:
            with ledger.writing():
                linker.tables.note("linker", linker_version())
                batch = linker.tables.waiting(BATCH)
                linker.link(batch, utc(now()))
                waits = len(batch) == BATCH
                if not waits:
                    linker.hold()
            yield len(batch)


def link_all(ledger: Ledger, now: Callable[[], datetime]) -> int:
    """`link_waiting` to its end; how many reports were linked."""
    return sum(link_waiting(ledger, now))


def relink(ledger: Ledger, now: Callable[[], datetime]) -> int:
    """Link the whole ledger anew, on all cores if it is large; how many reports were linked."""
    with _alone(ledger.path):
        return _relinked(ledger, now)


def is_waiting(connection: sqlite3.Connection) -> bool:
    """Whether something came, changed or was decided that is not linked yet, or another version linked."""
    if is_outdated(connection):
        return True
    return any(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in _TABLES)  # noqa: S608


def is_outdated(connection: sqlite3.Connection) -> bool:
    """Whether another version of the linker linked it, or a linking anew was broken off."""
    return LinkTables(connection).note("linker") not in (None, linker_version())


def _relinked(ledger: Ledger, now: Callable[[], datetime]) -> int:
    return relink_all(ledger, utc(now()), linker_version(), os.cpu_count() or 1)


def _is_to_be_linked_anew(ledger: Ledger) -> bool:
    """Whether another version linked it, a linking anew was broken off, or most of a large ledger waits."""
    with ledger.reading() as connection:
        if is_outdated(connection):
            return True
        (waiting,) = connection.execute("SELECT count(*) FROM to_link").fetchone()
        (reports,) = connection.execute("SELECT count(*) FROM reports").fetchone()
    return bool(waiting > FEW and 2 * waiting > reports)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one process links a ledger at a time; others wait. Whoever is killed lets go."""
    beside = path.with_name(f"{path.name}-linking")
    with connect.plainly(beside):
        lock = sqlite3.connect(beside, isolation_level=None, timeout=connect.WAIT_SECONDS)
    try:
        with connect.plainly(beside):
            lock.execute("PRAGMA journal_mode = MEMORY")
            lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


@cache
def linker_version() -> str:
    """What tells one linker from another: a digest over all code and weights that it consists of."""
    digests = hashlib.sha256()
    folder = Path(str(resources.files("sayso") / "linking"))
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digests.update(path.relative_to(folder).as_posix().encode())
            digests.update(path.read_bytes())
    return f"linker {digests.hexdigest()[:12]}"
