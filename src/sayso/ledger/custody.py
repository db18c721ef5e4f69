"""The custody log: what came when and from where, each line sealed by the hash of the one before."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

import msgspec

from sayso.ledger.records import Entry, Misfit

_COLUMNS = ("number", *Entry.__struct_fields__, "previous")
_BEGINNING = "0" * 64  # `previous` of the first line


def append(connection: sqlite3.Connection, entry: Entry) -> str:
    """Write a line and return its hash. To be called inside the transaction of what it records."""
    last = connection.execute("SELECT number, hash FROM custody ORDER BY number DESC LIMIT 1").fetchone()
    number, previous = (last[0] + 1, last[1]) if last else (1, _BEGINNING)
    row = (number, *msgspec.structs.astuple(entry), previous)
    seal = _seal(row)
    marks = ", ".join("?" * (len(row) + 1))
    connection.execute(f"INSERT INTO custody ({', '.join(_COLUMNS)}, hash) VALUES ({marks})", (*row, seal))  # noqa: S608
    return seal


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """How many lines there are, and the hash of the last: noted elsewhere, it proves that none was cut off."""
    last = connection.execute("SELECT number, hash FROM custody ORDER BY number DESC LIMIT 1").fetchone()
    return (last[0], last[1]) if last else (0, _BEGINNING)


def lines_of(connection: sqlite3.Connection, page: str) -> Iterator[dict[str, object]]:
    """The lines about one page, by column."""
    columns = (*_COLUMNS, "hash")
    rows = connection.execute(
        f"SELECT {', '.join(columns)} FROM custody WHERE page = ? ORDER BY number", (page,)  # noqa: S608
    )  # fmt: skip
    return (dict(zip(columns, row, strict=True)) for row in rows)


def walk(connection: sqlite3.Connection, known: str | None = None) -> Iterator[Misfit]:
    """Every line that does not fit the one before; `known`: a hash noted earlier that must be among them."""
    expected, previous, met = 1, _BEGINNING, known is None
    rows = connection.execute(f"SELECT {', '.join(_COLUMNS)}, hash FROM custody ORDER BY number")  # noqa: S608
    for *row, seal in rows:
        number = row[0]
        if number != expected:
            yield Misfit(f"custody line {expected}", f"missing: the next there is line {number}")
        elif row[-1] != previous:
            yield Misfit(f"custody line {number}", "does not continue the line before it")
        if _seal(row) != seal:
            yield Misfit(f"custody line {number}", "was changed: its content does not have its hash")
        expected, previous, met = number + 1, seal, met or seal == known
    if not met:
        yield Misfit("custody", f"no line has the hash {known}: lines were cut off, or it is of another ledger")


def _seal(row: tuple[object, ...] | list[object]) -> str:
    """SHA-256 over the JSON array of a line's columns, in the order of `_COLUMNS`; without `line_digest` where it is
    NULL, as in lines written before there was such a column.
    """
    told = [value for name, value in zip(_COLUMNS, row, strict=True) if name != "line_digest" or value is not None]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()
