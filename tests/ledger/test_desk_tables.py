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
ADDED_SINCE = {  # what version 2 had not, of what versions 3 and 5 to 7 brought
    "TRIGGER": (
        "audit_is_not_changed", "audit_is_not_deleted", "changes_are_forgotten", "events_came", "events_went",
        "incidents_came", "incidents_changed", "incidents_went",
    ),
    "INDEX": (
        "audit_by_subject", "incidents_in_time", "statements_by_day", "holdings_by_turn", "holdings_by_beginning",
        "disputes_over_holders", "incidents_to_settle",
    ),
    "TABLE": ("audit", "changes"),
}  # fmt: skip
COLUMNS_SINCE = (
    "pages.line", "custody.line_digest", "to_hold.day", "statements.day", "holdings.turn", "holdings.begun",
    "disputes.turn",
)  # fmt: skip


def schema(ledger: Ledger) -> dict[str, object]:
    """The columns of the tables, and the rest of the schema as it is written."""
    do = ledger.connection.execute
    rows = do("SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {
        name: do(f"PRAGMA table_xinfo({name})").fetchall() if kind == "table" else " ".join(sql.split())
        for name, kind, sql in rows
    }


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
    for table, _, column in (name.partition(".") for name in COLUMNS_SINCE):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for version in (3, 5, 6, 7):
        script = (MIGRATIONS / f"{version:04}.sql").read_text(encoding="utf-8")
        connect.migrate(connection, version - 1, version, {version: script}.__getitem__)
    assert schema(ledger) == new
    assert connection.execute("SELECT * FROM incident_marks ORDER BY 1, 2, 3").fetchall() == marks != []


@pytest.mark.parametrize("change", ["UPDATE audit SET who = 'another'", "DELETE FROM audit"])
def test_the_audit_trail_only_grows(ledger: Ledger, change: str) -> None:
    ledger.connection.execute("INSERT INTO audit VALUES (1, '2016-06-20T12:00:00Z', 'Amira', 's', 'accept', 'n-1#e1')")
    with pytest.raises(sqlite3.IntegrityError):
        ledger.connection.execute(change)
