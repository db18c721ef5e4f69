"""Kept holdings: who is said to hold what, over all time or on one day."""

from __future__ import annotations

import sqlite3

import msgspec

from sayso.ledger import packing
from sayso.ledger.filters import Filters, meant
from sayso.records.pool import Holding

_holding = msgspec.json.Decoder(Holding)


def holdings(connection: sqlite3.Connection, filters: Filters, at: str | None = None) -> list[Holding]:
    """Holdings by place and time. `at`: those of this ISO day; of `filters`, place, map, period and actor count."""
    where, values = _wanted(connection, filters, at)
    rows = connection.execute(
        f"SELECT h.packed FROM holdings h JOIN places p ON p.number = h.place WHERE {where} "  # noqa: S608
        "ORDER BY p.id, h.number",
        values,
    )
    return [_holding.decode(packing.unpack(packed)) for (packed,) in rows]


def some_holdings(
    connection: sqlite3.Connection, filters: Filters, at: str | None, limit: int, skip: int = 0
) -> list[Holding]:
    """`limit` of the same after the first `skip`, place after place as they came into the ledger."""
    where, values = _wanted(connection, filters, at)
    rows = connection.execute(
        f"SELECT h.packed FROM holdings h INDEXED BY holdings_by_place WHERE {where} "  # noqa: S608
        "ORDER BY h.place, h.since, h.number LIMIT :limit OFFSET :skip",
        {**values, "limit": limit, "skip": skip},
    )
    return [_holding.decode(packing.unpack(packed)) for (packed,) in rows]


def _wanted(connection: sqlite3.Connection, filters: Filters, at: str | None) -> tuple[str, dict[str, object]]:
    wanted = meant(connection, msgspec.structs.replace(filters, actor=None))
    where, values = ["1"], dict[str, object]()
    if wanted.places is not None:
        where.append("h.place IN (SELECT value FROM json_each(:places))")
        values["places"] = msgspec.json.encode(wanted.places).decode()
    if wanted.until is not None:
        where.append("h.since <= :until")
        values["until"] = wanted.until
    if wanted.since is not None:
        where.append("(h.until = '' OR h.until >= :since)")
        values["since"] = wanted.since
    if at is not None:
        where.append("h.since <= :at AND (h.until = '' OR :at < h.until)")
        values["at"] = at
    if filters.actor is not None:
        where.append("(h.actor_id = :actor OR lower(h.actor) = :name)")
        values |= {"actor": filters.actor, "name": filters.actor.lower()}
    return " AND ".join(where), values
