"""Statements of who holds a place into the ledger, and the histories of places that are made of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from sayso.ledger import packing
from sayso.ledger.numbers import TableNumbers
from sayso.records.pool import Account, HolderDispute, Holding

_account = msgspec.msgpack.Decoder(Account)


def keep_statements(connection: sqlite3.Connection, statements: Iterable[tuple[int, Account]]) -> None:
    """Keep accounts by their events' numbers, in a transaction; the histories of their places are to be told anew."""
    for event, account in statements:
        if account.place is not None:
            values = (account.place.id, event, msgspec.msgpack.encode(account))
            connection.execute("INSERT OR REPLACE INTO statements VALUES (?, ?, ?)", values)
            connection.execute("INSERT OR IGNORE INTO to_hold VALUES (?)", (account.place.id,))


def drop_statements(connection: sqlite3.Connection, first: int, last: int) -> None:
    """Take out statements by their events' numbers, and the histories that rest on them; in a transaction."""
    places = connection.execute(
        "SELECT DISTINCT place FROM statements WHERE event BETWEEN ? AND ?", (first, last)
    ).fetchall()
    connection.execute("DELETE FROM statements WHERE event BETWEEN ? AND ?", (first, last))
    for (place,) in places:
        connection.execute("INSERT OR IGNORE INTO to_hold VALUES (?)", (place,))
        _clear(connection, place)


def places_to_hold(connection: sqlite3.Connection) -> list[str]:
    """The places whose history is to be told anew."""
    return [place for (place,) in connection.execute("SELECT place FROM to_hold ORDER BY place")]


def statements_of(connection: sqlite3.Connection, place: str) -> list[Account]:
    """What is kept for a place."""
    rows = connection.execute("SELECT packed FROM statements WHERE place = ? ORDER BY event", (place,))
    return [_account.decode(packed) for (packed,) in rows]


def keep_holdings(
    connection: sqlite3.Connection, place: str, holdings: Sequence[Holding], disputes: Sequence[HolderDispute] = ()
) -> None:
    """Write a place's history in the place of the old one. In a transaction."""
    _clear(connection, place)
    numbers = TableNumbers(connection)
    for h in holdings:
        number = numbers.place("", h.place)
        connection.execute(
            "INSERT INTO holdings (place, actor, actor_id, since, until, said, status, packed) VALUES "
            "(?, ?, ?, ?, ?, ?, ?, ?)",
            (number, h.actor, h.actor_id, h.since or "", h.until or "", h.said or "", h.status,
             packing.pack(msgspec.json.encode(h))),
        )  # fmt: skip
    for found in disputes:
        number, d = numbers.place("", found.place), found.dispute
        connection.execute(
            "INSERT INTO disputes (id, place, kind, about, first_day, packed) VALUES (?, ?, ?, ?, ?, ?)",
            (d.id, number, d.kind, d.about, found.first, packing.pack(msgspec.json.encode(d))),
        )
    connection.execute("DELETE FROM to_hold WHERE place = ?", (place,))


def _clear(connection: sqlite3.Connection, place: str) -> None:
    these = "place IN (SELECT number FROM places WHERE id = ?)"
    connection.execute(f"DELETE FROM holdings WHERE {these}", (place,))  # noqa: S608
    connection.execute(f"DELETE FROM disputes WHERE incident IS NULL AND {these}", (place,))  # noqa: S608
