"""Events or incidents counted by day, week or month and type."""

# ruff: noqa: S608 -- what is put together in questions are constants of this project
from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from operator import itemgetter
from typing import Any, Literal

import msgspec

from sayso.desk.asked import ByTime, filters_of
from sayso.ledger import Ledger
from sayso.ledger.conditions import conditions, selected
from sayso.ledger.filters import Filters, Meant, meant
from sayso.ledger.incident_filters import conditions as incident_conditions
from sayso.ledger.incident_filters import selected as incidents_selected

Step = Literal["day", "week", "month"]
Counted = Iterable[tuple[str, str, str, int]]  # first and last possible day, type, how many


def timeline(ledger: Ledger, asked: ByTime) -> dict[str, Any]:
    """`answers.Timeline`: what lies in one day, week or month as far as its days are known."""
    filters = filters_of(ledger.connection, asked)
    counted = (_of_events if asked.of == "events" else _of_incidents)(ledger.connection, filters)
    begin = _beginning(asked.by)
    bins: dict[str, dict[str, int]] = {}
    wider = 0
    for first, last, type, n in counted:
        start = begin(first)
        if not start or (last != first and begin(last) != start):
            wider += n
            continue
        types = bins.setdefault(start, {})
        types[type] = types.get(type, 0) + n
    rows = [
        {"start": start, "n": sum(types.values()), "types": dict(sorted(types.items()))}
        for start, types in sorted(bins.items())
    ]
    return {"by": asked.by, "of": asked.of, "rows": rows, "wider": wider}


def _beginning(by: Step) -> Callable[[str], str]:
    """The first day of the stretch that a day lies in, '' for what is no day."""

    @cache
    def begin(day: str) -> str:
        try:
            known = date.fromisoformat(day)
        except ValueError:
            return ""
        if by == "week":
            known -= timedelta(days=min(known.weekday(), known.toordinal() - 1))
        return (known.replace(day=1) if by == "month" else known).isoformat()

    return begin


def _of_events(connection: sqlite3.Connection, filters: Filters) -> Counted:
    wanted = meant(connection, filters)
    if msgspec.structs.replace(wanted, types=(), since=None, until=None) == Meant():
        where, values = _where(wanted, "first_day", "last_day")
        return connection.execute(
            f"SELECT first_day, last_day, type, n FROM event_days WHERE {where}", values
        ).fetchall()
    found = list(conditions(connection, "events", wanted, None))
    if wanted.actors is None:
        select, values = selected(connection, "events", found, None)
    else:  # looking up whether each event has an actor takes longer than to fetch all that have
        [lead] = [c for c in found if c.numbers and "parties" in c.numbers]
        rest = [c for c in found if c is not lead]
        where = "".join(f" AND ({c.sql})" for c in rest)
        select = f"FROM events e NOT INDEXED WHERE e.number IN ({lead.numbers}){where}"
        values = [value for c in (lead, *rest) for value in c.values]
    return _one_by_one(connection, "e.first_day || '|' || e.last_day || '|' || e.type", select, values)


def _of_incidents(connection: sqlite3.Connection, filters: Filters) -> Counted:
    """By the first possible day: kept counts, the marks of one name or outlet, or incidents one by one.

    In the first two a period is that of first days, which are all that is counted.
    """
    wanted = meant(connection, filters)
    marks = {"party": wanted.actors, "voice": wanted.sources, "outlet": wanted.outlets}
    named = [(what, numbers) for what, numbers in marks.items() if numbers is not None]
    plain = msgspec.structs.replace(wanted, actors=None, sources=None, outlets=None, types=(), since=None, until=None)
    if plain != Meant() or filters.new_since or filters.disputed or len(named) > 1 or any(len(n) > 1 for _, n in named):
        select, values = incidents_selected(connection, incident_conditions(connection, filters), "day", None)
        return _one_by_one(connection, "i.first_day || '|' || i.first_day || '|' || i.type", select, values)
    where, values = _where(wanted, "day", "day")
    if not named:
        return connection.execute(f"SELECT day, day, type, n FROM incident_days WHERE {where}", values).fetchall()
    [(what, [number])] = named
    source = f"FROM incident_marks WHERE what = '{what}' AND number = ? AND {where}"
    return _one_by_one(connection, "day || '|' || day || '|' || type", source, [number, *values])


def _where(wanted: Meant, first: str, last: str) -> tuple[str, list[object]]:
    """Types and period, where counts are kept by them."""
    where, values = ["1"], list[object]()
    if wanted.types:
        where.append(f"type IN ({', '.join('?' * len(wanted.types))})")
        values += wanted.types
    if wanted.until is not None:
        where.append(f"{first} BETWEEN '0' AND ?")
        values.append(wanted.until)
    if wanted.since is not None:
        where.append(f"{last} >= ?")
        values.append(wanted.since)
    return " AND ".join(where), values


def _one_by_one(
    connection: sqlite3.Connection, key: str, source: str, values: list[object]
) -> Iterator[tuple[str, str, str, int]]:
    """Each row counted; a table of counts here takes half the time of sorting them there."""
    for found, n in Counter(map(itemgetter(0), connection.execute(f"SELECT {key} {source}", values))).items():
        first, last, type = found.split("|")
        yield first, last, type, n
