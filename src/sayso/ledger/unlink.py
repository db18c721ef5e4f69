"""What is taken out of the links when a report's reading is taken out of the ledger."""

from __future__ import annotations

import sqlite3

from sayso.ledger.holding_store import drop_statements
from sayso.ledger.incident_store import withdraw
from sayso.ledger.link_tables import LinkTables
from sayso.ledger.rows import SHIFT


def unlink(connection: sqlite3.Connection, report: int) -> None:
    """Take a report out of incidents and histories, in a transaction; what it leaves is to be linked anew."""
    tables = LinkTables(connection)
    tables.forget(report)
    withdraw(connection, tables.events_of_report(report))
    drop_statements(connection, report << SHIFT, (report + 1) << SHIFT)
    tables.done([report])
