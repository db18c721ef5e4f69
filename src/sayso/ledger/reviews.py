"""Decisions of people on records, which outlive the reading they were made on."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import Any

import msgspec

from sayso.ledger.ids import is_record, page_number, record_number
from sayso.ledger.records import utc
from sayso.ledger.rows import SHIFT


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A decision on a record: `id` is a report's, or REPORT#e1, REPORT#c1."""

    id: str
    decision: str
    who: str
    note: str = ""


def decide(connection: sqlite3.Connection, review: Review, now: datetime) -> None:
    """Write down a decision; earlier ones on the same record stay. To be called in a transaction."""
    if is_record(connection, review.id):
        table, number = record_number(connection, review.id)
        page, record = number >> SHIFT, review.id.rpartition("#")[2]
        mark = _mark(connection, table, number)
    else:
        page, record, mark = page_number(connection, review.id), "", {}
    connection.execute(
        "INSERT INTO reviews (page, record, decision, who, at, note, mark) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (page, record, review.decision, review.who, utc(now), review.note, json.dumps(mark, sort_keys=True)),
    )


def find_again(connection: sqlite3.Connection, page: int) -> None:
    """After a new reading: point a page's decisions at the records that stand where the old ones stood.

    A decision whose record the new reading does not have keeps the old id and is marked `found` 0.
    """
    now: dict[str, str] = {}
    for table in ("claims", "events"):
        numbers = connection.execute(f"SELECT number, id FROM {table} WHERE report = ?", (page,)).fetchall()  # noqa: S608
        for number, record in numbers:
            now.setdefault(json.dumps(_mark(connection, table, number), sort_keys=True), record)
    decided = connection.execute("SELECT number, record, mark FROM reviews WHERE page = ? AND record != ''", (page,))
    for number, record, mark in decided.fetchall():
        found = now.get(mark)
        connection.execute(
            "UPDATE reviews SET record = ?, found = ? WHERE number = ?",
            (found or record, int(found is not None), number),
        )


def _mark(connection: sqlite3.Connection, table: str, number: int) -> dict[str, Any]:
    """What a record is and where it stands: what stays the same when it is read again."""
    if table == "events":
        type, start, stop, words = connection.execute(
            "SELECT type, start, stop, words FROM events WHERE number = ?", (number,)
        ).fetchone()
        return {"event": type, "start": start, "stop": stop, "words": words}
    spans, cue = connection.execute("SELECT spans, cue FROM claims WHERE number = ?", (number,)).fetchone()
    return {"claim": json.loads(spans), "cue": cue}
