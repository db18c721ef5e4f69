"""Kept disputes, of incidents and of who holds a place: filtered, the latest first, page after page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import msgspec

from sayso.ledger import packing
from sayso.ledger.filters import Filters, Meant, meant
from sayso.ledger.incident_filters import conditions, selected
from sayso.records import Problem, SaysoError
from sayso.records.pool import Dispute

_SELECT = "SELECT i.id, d.first_day, d.packed FROM disputes d LEFT JOIN incidents i ON i.number = d.incident"
_dispute = msgspec.json.Decoder(Dispute)


class KeptDispute(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute, the incident it is about (None: it is about who holds a place), and its first day ('': unknown)."""

    incident: str | None
    day: str
    dispute: Dispute


def disputes(
    connection: sqlite3.Connection,
    filters: Filters,
    limit: int | None = None,
    after: str | None = None,
    among: Sequence[int] | None = None,
) -> Iterator[KeptDispute]:
    """The disputes of the incidents that fit, the latest first; those about who holds a place by its place and day, and
    only where nothing else is asked for.

    `limit` of them, from the one after the id `after` on. SaysoError when there is no such id. `among`: the numbers of
    the incidents that fit, where they are known already.
    """
    if among is None:
        where, values = _wanted(connection, filters)
    else:
        where = "d.incident IN (SELECT value FROM json_each(?))"
        values = [msgspec.json.encode(among).decode()]
    holders, theirs = _of_holders(connection, filters)
    where, values = f"({where} OR {holders})", [*values, *theirs]
    if after is not None:
        where += " AND (d.first_day, d.number) < (?, ?)"
        values += place_of(connection, after)
    rows = connection.execute(
        f"{_SELECT} WHERE {where} ORDER BY d.first_day DESC, d.number DESC LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return (KeptDispute(incident=id, day=day, dispute=_unpacked(packed)) for id, day, packed in rows)


def holder_disputes(connection: sqlite3.Connection, place: str | None = None) -> Iterator[tuple[str, KeptDispute]]:
    """The disputes over who holds a place, of all or of one (its id), with their places' ids: by place and day."""
    rows = connection.execute(
        "SELECT p.id, d.first_day, d.packed FROM disputes d JOIN places p ON p.number = d.place "
        "WHERE d.incident IS NULL AND p.id = coalesce(?, p.id) ORDER BY p.id, d.first_day, d.number",
        (place,),
    )
    return ((id, KeptDispute(incident=None, day=day, dispute=_unpacked(packed))) for id, day, packed in rows)


def _wanted(connection: sqlite3.Connection, filters: Filters) -> tuple[str, list[object]]:
    """That a dispute is of an incident that fits."""
    if filters in (Filters(), Filters(disputed=True)):
        return "1", []
    found = conditions(connection, msgspec.structs.replace(filters, disputed=True))
    select, values = selected(connection, found, "day", None)
    return f"d.incident IN (SELECT i.number {select})", values


def _of_holders(connection: sqlite3.Connection, filters: Filters) -> tuple[str, list[object]]:
    """That a dispute is about who holds a place, and the place and its day are as wanted."""
    wanted = meant(connection, filters)
    plain = msgspec.structs.replace(wanted, places=None, since=None, until=None)
    if plain != Meant() or filters.new_since is not None:
        return "0", []
    where, values = "d.incident IS NULL", list[object]()
    if wanted.places is not None:
        where += " AND d.place IN (SELECT value FROM json_each(?))"
        values.append(msgspec.json.encode(wanted.places).decode())
    if wanted.until is not None:
        where += " AND d.first_day BETWEEN '0' AND ?"
        values.append(wanted.until)
    if wanted.since is not None:
        where += " AND d.first_day >= ?"
        values.append(wanted.since)
    return f"({where})", values


def place_of(connection: sqlite3.Connection, id: str) -> tuple[str, int]:
    """The first day and the number of a dispute. SaysoError when there is none with this id."""
    found = connection.execute("SELECT first_day, number FROM disputes WHERE id = ?", (id,)).fetchone()
    if found is None:
        raise _none(id)
    return found[0], found[1]


def _none(id: str) -> SaysoError:
    return SaysoError(Problem(where="the ledger", reason=f"no dispute {id!r} in it"))


def _unpacked(packed: bytes) -> Dispute:
    return _dispute.decode(packing.unpack(packed))
