"""The audit trail: a row for whatever is written through the desk, in the same transaction as what it wrote."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from sayso.desk.session import Coder
from sayso.ledger.records import utc

_MOST = 1_000  # characters of a subject that are kept: ids are far shorter


def note(connection: sqlite3.Connection, coder: Coder, act: str, subject: str, now: datetime) -> None:
    """Write who did what, and to which record. To be called in a transaction."""
    connection.execute(
        "INSERT INTO audit (at, who, session, act, subject) VALUES (?, ?, ?, ?, ?)",
        (utc(now), coder.name or "", coder.session, act, subject[:_MOST]),
    )
