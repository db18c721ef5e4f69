"""Pairs of copies as they are stored: of the whole ledger, of one report, of all that descend from one another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

_PAIRS = (
    "SELECT c.a, c.b, pa.id, pb.id, c.kind, c.how, c.first, c.why FROM copies c "
    "JOIN pages pa ON pa.number = c.a JOIN pages pb ON pb.number = c.b "
)
_PASSAGE = ("a", "b", "words", "kind", "why")


def pairs(
    connection: sqlite3.Connection, number: int | None = None, limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """All pairs, the last taken in first, or those of one report; fields as in `sayso.copies.records.Pair`."""
    most = -1 if limit is None else limit
    if number is None:
        found = connection.execute(f"{_PAIRS} ORDER BY c.b DESC, c.a LIMIT ?", (most,))
    else:
        one = f"{_PAIRS} WHERE c.b = ?1 UNION ALL {_PAIRS} WHERE c.a = ?1 LIMIT ?2"
        found = connection.execute(one, (number, most))
    for a, b, id_a, id_b, kind, how, first, why in found:
        passages = connection.execute(
            "SELECT a_start, a_stop, b_start, b_stop, words, kind, why FROM passages WHERE a = ? AND b = ? "
            "ORDER BY b_start, a_start",
            (a, b),
        )
        yield {
            "a": id_a, "b": id_b, "kind": kind, "how": how, "first": first, "why": why,
            "passages": [dict(zip(_PASSAGE, (p[:2], p[2:4], *p[4:]), strict=True)) for p in passages],
        }  # fmt: skip


def kin(connection: sqlite3.Connection, number: int, most: int = 500) -> list[int]:
    """The reports that copy this one, or are copied by it, or by those that do; at most `most` of them."""
    met, open_ends = {number}, [number]
    while open_ends and len(met) < most:
        one = open_ends.pop(0)
        rows = connection.execute(
            "SELECT b FROM copies WHERE a = ?1 AND kind IN ('same', 'part') UNION "
            "SELECT a FROM copies WHERE b = ?1 AND kind IN ('same', 'part')",
            (one,),
        )
        new = [other for (other,) in rows if other not in met][: most - len(met)]
        met.update(new)
        open_ends += new
    return sorted(met)
