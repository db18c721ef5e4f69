"""What there is in the ledger, counted without looking through it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from sayso.ledger import custody


def counts(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Rows of `what`, `name`, `n`: all records; reports by outlet, language, month; events by type, status; claims."""
    for what, name, n in connection.execute(
        "SELECT what, name, n FROM tallies ORDER BY what != 'all', what, what = 'month', n DESC, name"
    ):
        yield {"what": what, "name": name, "n": n}
    for name in ("copies", "reviews"):
        (n,) = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
        yield {"what": "all", "name": "pairs of copies" if name == "copies" else name, "n": n}
    lines, _ = custody.head(connection)
    yield {"what": "all", "name": "lines of custody", "n": lines}
