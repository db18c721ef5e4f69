"""The tables that the desk asks for: what changed last, and an audit trail that only grows."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sayso.engine.ledger_add import comparing
from sayso.ledger import Ledger, Stamp, connect
from sayso.ledger.redact import redact

NOON = datetime(2016, 6, 20, 12, tzinfo=UTC)
MIGRATIONS = Path(connect.__file__).parent / "migrations"
ADDED_SINCE = {  # what version 2 had not, of what versions 3, 5 and 6 brought
    "TRIGGER": (
        "audit_is_not_changed", "audit_is_not_deleted", "changes_are_forgotten", "events_came", "events_went",
        "incidents_came", "incidents_changed", "incidents_went",
    ),
    "INDEX": ("audit_by_subject", "incidents_in_time"),
    "TABLE": ("audit", "changes"),
}  # fmt: skip


def schema(ledger: Ledger) -> dict[str, str]:
    rows = ledger.connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {name: " ".join(sql.split()).replace("( ", "(").replace(" )", ")") for name, sql in rows}


def test_what_changed_is_told_of_reports_and_incidents(ledger: Ledger) -> None:
    connection = ledger.connection
    (turn,) = connection.execute("SELECT max(turn) FROM changes").fetchone()
    with ledger.writing():
        redact(connection, 1, "names a child", Stamp(NOON, "sayso test", ""), comparing(ledger))
    told = connection.execute("SELECT DISTINCT what, number FROM changes WHERE turn > ?", (turn,)).fetchall()
    assert ("report", 1) in told
    assert {what for what, _ in told} == {"report", "incident"}


def test_an_older_ledger_becomes_as_a_new_one(ledger: Ledger) -> None:
    connection, new = ledger.connection, schema(ledger)
    marks = connection.execute("SELECT * FROM incident_marks ORDER BY 1, 2, 3").fetchall()
    for kind, names in ADDED_SINCE.items():
        for name in names:
            connection.execute(f"DROP {kind} {name}")
    connection.execute("ALTER TABLE pages DROP COLUMN line")
    connection.execute("ALTER TABLE custody DROP COLUMN line_digest")
    for version in (3, 5, 6):
        script = (MIGRATIONS / f"{version:04}.sql").read_text(encoding="utf-8")
        connect.migrate(connection, version - 1, version, {version: script}.__getitem__)
    assert schema(ledger) == new
    assert connection.execute("SELECT * FROM incident_marks ORDER BY 1, 2, 3").fetchall() == marks != []


@pytest.mark.parametrize("change", ["UPDATE audit SET who = 'another'", "DELETE FROM audit"])
def test_the_audit_trail_only_grows(ledger: Ledger, change: str) -> None:
    ledger.connection.execute("INSERT INTO audit VALUES (1, '2016-06-20T12:00:00Z', 'Amira', 's', 'accept', 'n-1#e1')")
    with pytest.raises(sqlite3.IntegrityError):
        ledger.connection.execute(change)
