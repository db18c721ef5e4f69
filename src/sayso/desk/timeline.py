"""Events or incidents counted by day, week or month and type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

import numpy as np

from sayso.desk.asked import ByTime, filters_of
from sayso.ledger import Ledger
from sayso.ledger.columns import Array, Columns
from sayso.ledger.filters import meant
from sayso.records.vocabulary import EVENT_TYPES

Step = Literal["day", "week", "month"]


def timeline(ledger: Ledger, columns: Columns, asked: ByTime) -> dict[str, Any]:
    """`answers.Timeline`: events that lie in one day, week or month as far as their days are known; incidents by their
    first possible day.
    """
    filters = filters_of(ledger.connection, asked)
    now, wanted = columns.now(), meant(ledger.connection, filters)
    table = now.events if asked.of == "events" else now.incidents
    fits = table.fitting(wanted) if asked.of == "events" else now.fitting_incidents(wanted, filters)
    rows = {name: table.rows[name][fits] for name in ("first", "last", "type")}
    starts = _starts(rows["first"], asked.by)
    known = starts > 0
    if asked.of == "events":
        known &= starts == _starts(rows["last"], asked.by)
    days, at = _numbered(starts[known])
    counts = np.bincount(at * len(EVENT_TYPES) + rows["type"][known], minlength=len(days) * len(EVENT_TYPES))
    return {
        "by": asked.by,
        "of": asked.of,
        "rows": _rows(days, counts.reshape(len(days), len(EVENT_TYPES))),
        "wider": int(len(known) - known.sum()),
    }


def _starts(days: Array, by: Step) -> Array:
    """The first day of the stretch that each day lies in; 0 for one that is not known."""
    different, at = _numbered(days)
    begin = _beginning(by)
    return np.array([begin(day) if day > 0 else 0 for day in different.tolist()], np.int64)[at]


def _beginning(by: Step) -> Callable[[int], int]:
    if by == "day":
        return lambda day: day
    if by == "week":
        return lambda day: max(1, day - (day - 1) % 7)  # day 1 was a Monday
    return lambda day: date.fromordinal(day).replace(day=1).toordinal()


def _numbered(days: Array) -> tuple[Array, Array]:
    """The different days in order, and the position of each day among them; days lie close together."""
    least = int(days.min(initial=0))
    there = np.zeros(int(days.max(initial=0)) - least + 1, bool)
    there[days - least] = True
    positions = np.cumsum(there) - 1
    return np.flatnonzero(there) + least, positions[days - least]


def _rows(days: Array, counts: Array) -> list[dict[str, Any]]:
    names = sorted(EVENT_TYPES)
    counts = counts[:, [EVENT_TYPES.index(name) for name in names]]
    rows = [
        {"start": date.fromordinal(day).isoformat(), "n": n, "types": {}}
        for day, n in zip(days.tolist(), counts.sum(1).tolist(), strict=True)
    ]
    row, type = np.nonzero(counts)
    for r, t, n in zip(row.tolist(), type.tolist(), counts[row, type].tolist(), strict=True):
        rows[r]["types"][names[t]] = n
    return rows
