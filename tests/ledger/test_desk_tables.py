"""The tables that the desk asks for: events counted by day, and an audit trail that only grows."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sayso.engine.ledger_add import comparing
from sayso.ledger import Ledger, Stamp, connect
from sayso.ledger.redact import redact

NOON = datetime(2016, 6, 20, 12, tzinfo=UTC)
COUNTED = "SELECT first_day, last_day, type, n FROM event_days ORDER BY 1, 2, 3"
ALL = "SELECT first_day, last_day, type, count(*) FROM events GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"


def test_events_are_counted_by_day_as_they_come_and_go(ledger: Ledger) -> None:
    connection = ledger.connection
    assert connection.execute(COUNTED).fetchall() == connection.execute(ALL).fetchall() != []
    with ledger.writing():
        redact(connection, 1, "names a child", Stamp(NOON, "sayso test", ""), comparing(ledger))
    assert connection.execute(COUNTED).fetchall() == connection.execute(ALL).fetchall() != []


def test_an_older_ledger_gets_them(ledger: Ledger) -> None:
    connection = ledger.connection
    before = connection.execute(COUNTED).fetchall()
    for trigger in ("events_are_counted", "events_are_counted_no_more"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for table in ("audit", "event_days"):
        connection.execute(f"DROP TABLE {table}")
    script = (Path(connect.__file__).parent / "migrations" / "0003.sql").read_text(encoding="utf-8")
    connect.migrate(connection, 2, 3, {3: script}.__getitem__)
    assert connection.execute(COUNTED).fetchall() == before


@pytest.mark.parametrize("change", ["UPDATE audit SET who = 'another'", "DELETE FROM audit"])
def test_the_audit_trail_only_grows(ledger: Ledger, change: str) -> None:
    ledger.connection.execute("INSERT INTO audit VALUES (1, '2016-06-20T12:00:00Z', 'Amira', 's', 'accept', 'n-1#e1')")
    with pytest.raises(sqlite3.IntegrityError):
        ledger.connection.execute(change)
