"""The tables of decisions: they only grow, and an older ledger gets them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sayso.ledger import Ledger, connect
from sayso.ledger.reviews import Review, decide
from tests.ledger.small import NOON

OF_VERSION_1 = """
DROP TRIGGER events_are_weighed;
DROP TRIGGER events_are_weighed_no_more;
DROP TABLE reviewed;
DROP TABLE reviewed_by;
DROP TABLE review_modes;
DROP TABLE review_first;
DROP INDEX events_by_weight;
DROP INDEX claims_by_weight;
DROP INDEX incidents_by_weight;
DROP VIEW reviews_view;
DROP TABLE reviews;
CREATE TABLE reviews (
  number INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES pages, record TEXT NOT NULL, decision TEXT NOT NULL,
  who TEXT NOT NULL, at TEXT NOT NULL, note TEXT NOT NULL, mark TEXT NOT NULL, found INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE INDEX reviews_by_page ON reviews (page, record);
CREATE VIEW reviews_view AS SELECT * FROM reviews;
INSERT INTO reviews VALUES (1, 1, 'e1', 'accept', 'an analyst', '2016-06-09T12:00:00Z', 'seen', '{}', 1);
"""


def test_decisions_of_an_older_ledger_are_kept(ledger: Ledger) -> None:
    def reviews_of(connection: sqlite3.Connection) -> set[tuple[str, str]]:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE sql LIKE '%review%' OR name LIKE '%weigh%'"
        )
        return {(name, " ".join((sql or "").replace('"', "").split())) for name, sql in rows if "linked" not in name}

    now = reviews_of(ledger.connection)
    for statement in connect.statements(OF_VERSION_1):  # as it was
        ledger.connection.execute(statement)
    script = (Path(connect.__file__).parent / "migrations" / "0002.sql").read_text(encoding="utf-8")
    of_reviews = "".join(s for s in connect.statements(script) if "review" in s or "_by_weight" in s)
    connect.migrate(ledger.connection, 1, 2, {2: of_reviews}.__getitem__)
    assert reviews_of(ledger.connection) == now
    assert ledger.connection.execute("SELECT id, decision, note, blind FROM reviews_view").fetchall() == [
        ("n-1#e1", "accept", "seen", 1)
    ]


@pytest.mark.parametrize("change", ["UPDATE reviews SET decision = 'reject'", "DELETE FROM reviews"])
def test_a_decision_is_neither_changed_nor_deleted(ledger: Ledger, change: str) -> None:
    with ledger.writing() as connection:
        decide(connection, Review(id="n-1#e1", decision="accept", who="an analyst"), NOON)
    with pytest.raises(sqlite3.IntegrityError):
        ledger.connection.execute(change)
