"""Pairs of copies as rows, and the lineage of one report."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

_PAIRS = (
    "SELECT c.a, c.b, pa.id, pb.id, c.kind, c.how, c.first, c.why FROM copies c "
    "JOIN pages pa ON pa.number = c.a JOIN pages pb ON pb.number = c.b "
)


def pairs(
    connection: sqlite3.Connection, number: int | None = None, limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """`a`, `b`, `kind`, `how`, `first`, `passages` ([a_start, a_stop, b_start, b_stop] each), `why`: all, or one's."""
    most = -1 if limit is None else limit
    if number is None:
        found = connection.execute(f"{_PAIRS} ORDER BY c.b DESC, c.a LIMIT ?", (most,))
    else:
        found = connection.execute(
            f"{_PAIRS} WHERE c.b = ?1 UNION ALL {_PAIRS} WHERE c.a = ?1 LIMIT ?2", (number, most)
        )  # fmt: skip
    for a, b, id_a, id_b, kind, how, first, why in found:
        passages = connection.execute(
            "SELECT a_start, a_stop, b_start, b_stop FROM passages WHERE a = ? AND b = ? ORDER BY b_start", (a, b)
        ).fetchall()
        yield {
            "a": id_a, "b": id_b, "kind": kind, "how": how, "first": first,
            "passages": [list(passage) for passage in passages], "why": why,
        }  # fmt: skip


def side_by_side(connection: sqlite3.Connection, pair: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The words of a pair's passages in `a` and in `b`."""
    text_a, text_b = (
        connection.execute("SELECT text FROM reports JOIN pages USING (number) WHERE id = ?", (pair[side],)).fetchone()[
            0
        ]
        for side in ("a", "b")
    )
    for a_start, a_stop, b_start, b_stop in pair["passages"]:
        yield text_a[a_start:a_stop], text_b[b_start:b_stop]
