"""Ids as people type them -> the ledger's numbers."""

from __future__ import annotations

import sqlite3
from typing import Literal

from sayso.ledger.rows import SHIFT
from sayso.records import Problem, SaysoError

Records = Literal["claims", "events"]
_KINDS: dict[str, Records] = {"c": "claims", "e": "events"}


def page_number(connection: sqlite3.Connection, id: str) -> int:
    """The number of the page with this id, or with the one id that begins so. SaysoError when there is none."""
    found = connection.execute("SELECT number FROM pages WHERE id = ?", (id,)).fetchall()
    if not found and id:
        begun = "SELECT number FROM pages WHERE id BETWEEN ? AND ? || char(1114111) LIMIT 2"
        found = connection.execute(begun, (id, id)).fetchall()
        found += connection.execute(begun, (f"sha256:{id}", f"sha256:{id}")).fetchall()
    if len(found) == 1:
        return int(found[0][0])
    raise _none(f"more than one report's id begins with {id!r}" if found else f"no report {id!r} in it")


def record_number(connection: sqlite3.Connection, id: str) -> tuple[Records, int]:
    """The table and number of a claim (REPORT#c1) or event (REPORT#e1). SaysoError when there is none."""
    report, _, record = id.rpartition("#")
    table = _KINDS.get(record[:1])
    if not report or table is None:
        raise _none(f"{id!r} is no id of a claim or event, like d34568a7cb1c#e1")
    number = page_number(connection, report)
    found = connection.execute(
        f"SELECT number FROM {table} WHERE number BETWEEN ? AND ? AND id = ?",  # noqa: S608
        (number << SHIFT, (number + 1) << SHIFT, record),
    ).fetchone()
    if found is None:
        raise _none(f"no {id!r} in it")
    return table, int(found[0])


def is_record(connection: sqlite3.Connection, id: str) -> bool:
    """Whether an id means a claim or event: ids of reports may hold a # too, and come first."""
    whole = connection.execute("SELECT 1 FROM pages WHERE id = ?", (id,)).fetchone()
    return whole is None and id.rpartition("#")[2][:1] in _KINDS and "#" in id


def _none(reason: str) -> SaysoError:
    return SaysoError(Problem(where="the ledger", reason=reason))
