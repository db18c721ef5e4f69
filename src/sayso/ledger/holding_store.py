"""Statements of who holds a place into the ledger, and the histories of places that are made of them.

A history is kept holder by holder (`turn`): what is said of a day changes the holder of that day and those after it,
and these alone are told anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from sayso.ledger import packing
from sayso.ledger.numbers import TableNumbers
from sayso.records.pool import Account, HolderDispute, Holding

_account = msgspec.msgpack.Decoder(Account)
_words = msgspec.json.Decoder(tuple[str, ...])


class Statement(msgspec.Struct, frozen=True):
    """An account of who holds its place: the number of its event, the day it speaks of."""

    event: int
    day: str
    account: Account


class Turn(msgspec.Struct, frozen=True):
    """One holder of a place: where the words on it begin, its stretches, the disputes over it."""

    begun: tuple[str, ...]  # its first is the day
    holdings: Sequence[Holding]
    disputes: Sequence[HolderDispute]


class Start(msgspec.Struct, frozen=True):
    """From where on a history is told anew: the number of the first holder, where the words on it begin."""

    turn: int = 0
    begun: tuple[str, ...] = ()


def keep_statements(connection: sqlite3.Connection, statements: Iterable[Statement]) -> None:
    """Keep statements, in a transaction; from their days on the histories of their places are to be told anew."""
    for told in statements:
        if told.account.place is not None:
            place = told.account.place.id
            connection.execute(
                "INSERT OR REPLACE INTO statements (place, event, packed, day) VALUES (?, ?, ?, ?)",
                (place, told.event, msgspec.msgpack.encode(told.account), told.day),
            )
            _hold_anew(connection, place, told.day)


def drop_statements(connection: sqlite3.Connection, first: int, last: int) -> None:
    """Take out statements by their events' numbers, and of the histories what rests on them; in a transaction."""
    places = connection.execute(
        "SELECT place, min(day) FROM statements WHERE event BETWEEN ? AND ? GROUP BY place", (first, last)
    ).fetchall()
    connection.execute("DELETE FROM statements WHERE event BETWEEN ? AND ?", (first, last))
    for place, day in places:
        _hold_anew(connection, place, day)
        _clear(connection, place, _start(connection, place, day).turn)


def places_to_hold(connection: sqlite3.Connection) -> list[tuple[str, Start]]:
    """The places whose history is to be told anew, and from where on."""
    rows = connection.execute("SELECT place, day FROM to_hold ORDER BY place").fetchall()
    return [(place, _start(connection, place, day)) for place, day in rows]


def statements_of(connection: sqlite3.Connection, place: str, start: Start) -> list[Account]:
    """What is kept for a place, from the day on which something starts."""
    rows = connection.execute(
        "SELECT packed FROM statements WHERE place = ? AND day >= ? ORDER BY event", (place, *(start.begun[:1] or [""]))
    )
    return [_account.decode(packed) for (packed,) in rows]


def keep_turns(connection: sqlite3.Connection, place: str, start: Start, turns: Sequence[Turn]) -> None:
    """Write a place's history from a start on in the place of the old one. In a transaction."""
    _clear(connection, place, start.turn)
    numbers = TableNumbers(connection)
    for at, turn in enumerate(turns, start.turn):
        begun = msgspec.json.encode(turn.begun).decode()
        for h in turn.holdings:
            number = numbers.place("", h.place)
            connection.execute(
                "INSERT INTO holdings (place, actor, actor_id, since, until, said, status, packed, turn, begun) VALUES "
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, h.actor, h.actor_id, h.since or "", h.until or "", h.said or "", h.status,
                 packing.pack(msgspec.json.encode(h)), at, begun),
            )  # fmt: skip
        for found in turn.disputes:
            number, d = numbers.place("", found.place), found.dispute
            connection.execute(
                "INSERT INTO disputes (id, place, kind, about, first_day, packed, turn) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (d.id, number, d.kind, d.about, found.first, packing.pack(msgspec.json.encode(d)), at),
            )
    connection.execute("DELETE FROM to_hold WHERE place = ?", (place,))


def _hold_anew(connection: sqlite3.Connection, place: str, day: str) -> None:
    connection.execute(
        "INSERT INTO to_hold (place, day) VALUES (?, ?) ON CONFLICT DO UPDATE SET day = min(day, excluded.day)",
        (place, day),
    )


def _start(connection: sqlite3.Connection, place: str, day: str) -> Start:
    """The last holder that was there before a day, all before whom stay as they are told.

    The first holder is none: what was said against it before it came is not found by its beginning.
    """
    found = connection.execute(
        "SELECT turn, begun FROM holdings WHERE place IN (SELECT number FROM places WHERE id = ?) AND turn > 0 "
        "AND begun < ? ORDER BY begun DESC LIMIT 1",
        (place, f'["{day}'),
    ).fetchone()
    return Start(found[0], _words.decode(found[1])) if found else Start()


def _clear(connection: sqlite3.Connection, place: str, turn: int) -> None:
    these = "place IN (SELECT number FROM places WHERE id = ?) AND turn >= ?"
    connection.execute(f"DELETE FROM holdings WHERE {these}", (place, turn))  # noqa: S608
    connection.execute(f"DELETE FROM disputes WHERE incident IS NULL AND {these}", (place, turn))  # noqa: S608
