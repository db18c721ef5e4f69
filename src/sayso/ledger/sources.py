"""Who is cited, most cited first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from heapq import heappush, heapreplace
from typing import Any

import msgspec

from sayso.ledger.filters import Filters, Meant, meant

_FEW = 20_000  # months of voices in outlets that are summed up in some hundredths of a second
_COUNTED = (
    "sum(claims), sum(reports), count(DISTINCT nullif(outlet, 0)), min(nullif(month, '')), max(nullif(month, ''))"
)
_FIELDS = ("claims", "reports", "outlets", "first", "last")
_Cited = tuple[int, int]  # claims, and the voice with its sign turned: of two as often cited the earlier comes first


def sources(connection: sqlite3.Connection, filters: Filters, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Rows of `name`, `source_id`, `claims`, `reports`, `outlets`, `first`, `last` (months).

    Of the filters, source, outlet and period count; a period by whole months.
    """
    wanted = meant(connection, filters)
    where, values = _where(wanted)
    for _, voice in _most_cited(connection, wanted, where, values, limit):
        name, actor = connection.execute("SELECT name, actor FROM names WHERE number = ?", (-voice,)).fetchone()
        counted = connection.execute(
            f"SELECT {_COUNTED} FROM said WHERE voice = ? AND {where}", (-voice, *values)  # noqa: S608
        ).fetchone()  # fmt: skip
        yield {"name": name, "source_id": actor, **dict(zip(_FIELDS, counted, strict=True))}


def _most_cited(
    connection: sqlite3.Connection, wanted: Meant, where: str, values: list[object], limit: int | None
) -> list[_Cited]:
    """The voices with the most claims that fit, best first."""
    if limit is None or wanted.sources is not None or _is_small(connection, where, values):
        these, named = "", list[object]()
        if wanted.sources is not None:
            these, named = (
                "voice IN (SELECT value FROM json_each(?)) AND ",
                [msgspec.json.encode(wanted.sources).decode()],
            )
        found = connection.execute(
            f"SELECT sum(claims) AS n, -voice FROM said WHERE {these}{where} GROUP BY voice "  # noqa: S608
            "ORDER BY n DESC, voice LIMIT ?",
            (*named, *values, -1 if limit is None else limit),
        )
        return [(n, voice) for n, voice in found]
    return _by_falling_bound(connection, where, values, limit)


def _by_falling_bound(
    connection: sqlite3.Connection, where: str, values: list[object], limit: int
) -> list[_Cited]:  # fmt: skip
    """Voices from the most cited of all on, until none of the rest can have as many that fit (Fagin's threshold)."""
    best: list[_Cited] = []
    for voice, bound in connection.execute("SELECT voice, claims FROM cited ORDER BY claims DESC, voice"):
        if len(best) == limit and bound < best[0][0]:
            break
        (claims,) = connection.execute(
            f"SELECT ifnull(sum(claims), 0) FROM said WHERE voice = ? AND {where}", (voice, *values)  # noqa: S608
        ).fetchone()  # fmt: skip
        if claims and len(best) < limit:
            heappush(best, (claims, -voice))
        elif claims and (claims, -voice) > best[0]:
            heapreplace(best, (claims, -voice))
    return sorted(best, reverse=True)


def _where(wanted: Meant) -> tuple[str, list[object]]:
    where, values = ["1"], list[object]()
    if wanted.outlets is not None:
        where.append("outlet IN (SELECT value FROM json_each(?))")
        values.append(msgspec.json.encode(wanted.outlets).decode())
    for sign, day in ((">=", wanted.since), ("<=", wanted.until)):
        if day is not None:
            where.append(f"month {sign} ? AND month > ''")
            values.append(day[:7])
    return " AND ".join(where), values


def _is_small(connection: sqlite3.Connection, where: str, values: list[object]) -> bool:
    """Whether there is little that fits at all."""
    if where == "1":
        return False
    count = f"SELECT count(*) FROM (SELECT 1 FROM said WHERE {where} LIMIT {_FEW})"  # noqa: S608
    return bool(connection.execute(count, values).fetchone()[0] < _FEW)
