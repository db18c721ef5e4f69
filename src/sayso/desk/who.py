"""What the addresses of sources, actors and outlets answer: who speaks, who acts, who publishes."""

# ruff: noqa: S608 -- what is put together in questions are constants of this project
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Any

import numpy as np

from sayso.actors.register import Register
from sayso.desk.incident import SHOWN
from sayso.desk.problems import ASKED_BADLY, MISSING, RefusedError
from sayso.desk.tables import incident_row, stretch
from sayso.ledger import Ledger
from sayso.ledger.columns import Columns
from sayso.ledger.filters import Filters, Meant
from sayso.ledger.ids import page_number, record_number
from sayso.ledger.incidents import incidents
from sayso.ledger.sources import sources
from sayso.ledger.tables import by_numbers
from sayso.outlets.register import Outlets
from sayso.records.vocabulary import EVENT_TYPES

Page = dict[str, Any]
_THESE = "IN (SELECT value FROM json_each(:numbers))"
_LISTED = 30  # outlets, sources, names that are listed
_LOOKED_AT = 2_000  # claims of one source, copies of one outlet that are looked through


def source_page(ledger: Ledger, columns: Columns, id: str, cursor: str | None = None) -> Page:
    """Who says what, how often and through whom (`answers.SourcePage`)."""
    connection = ledger.connection
    names = _names(connection, id, "a source")
    given = {"numbers": json.dumps([number for number, _, _ in names]), "most": _LOOKED_AT}
    claims, reports, outlets, first, last = connection.execute(
        "SELECT sum(claims), sum(reports), count(DISTINCT nullif(outlet, 0)), min(nullif(month, '')), "
        f"max(nullif(month, '')) FROM said WHERE voice {_THESE}",
        given,
    ).fetchone()
    if not claims:
        raise RefusedError(MISSING, "the ledger", f"{id!r} is not a source in it")
    recent = f"(SELECT stance, via FROM claims WHERE voice {_THESE} ORDER BY day DESC LIMIT :most)"
    before, values = "", dict(given)
    if cursor:
        before, values = _before(connection, "claims", cursor, given)
    numbers = connection.execute(
        f"SELECT number FROM claims WHERE voice {_THESE} {before} ORDER BY day DESC, number DESC LIMIT {SHOWN + 1}",
        values,
    ).fetchall()
    rows = stretch(by_numbers(connection, "claims", (n for (n,) in numbers)), SHOWN, lambda row: row["id"])
    actor = next((actor for _, _, actor in names if actor), None)
    named = _of_record(connection, actor)
    return {
        "id": actor or id,
        "name": named[0] or names[0][1],
        "source_id": actor,
        "kind": named[1],
        "names": [name for _, name, _ in names[:_LISTED]],
        "claims": claims,
        "reports": reports,
        "outlets": outlets,
        "first": first,
        "last": last,
        "months": _months(connection, f"voice {_THESE}", given),
        "stances": _counts(connection, f"SELECT stance, count(*) FROM {recent} GROUP BY 1 ORDER BY 2 DESC", given),
        "relayed": _relays(connection, f"SELECT via, count(*) FROM {recent} WHERE via != '' GROUP BY 1", given),
        "by_outlet": _said(
            connection,
            "SELECT o.name, o.id, sum(s.claims) AS n, sum(s.reports) FROM said s JOIN outlets o ON o.number = s.outlet "
            f"WHERE s.voice {_THESE} GROUP BY s.outlet ORDER BY n DESC LIMIT {_LISTED}",
            given,
        ),
        **_incidents(columns, Meant(sources=[number for number, _, _ in names])),
        "claim_rows": rows["rows"],
        "next": rows["next"],
    }


def actor_page(ledger: Ledger, columns: Columns, id: str) -> Page:
    """Who acted, on whom, and what the register has of them (`answers.ActorPage`)."""
    connection = ledger.connection
    names = _names(connection, id, "an actor")
    given = {"numbers": json.dumps([number for number, _, _ in names])}
    roles = columns.now().events.roles([number for number, _, _ in names])
    actor = next((actor for _, _, actor in names if actor), None)
    if not any(roles.values()) and not actor:
        raise RefusedError(MISSING, "the ledger", f"{id!r} is not an actor in it")
    types, first, last = _acted(columns, [number for number, _, _ in names])
    (claims,) = connection.execute(f"SELECT ifnull(sum(claims), 0) FROM cited WHERE voice {_THESE}", given).fetchone()
    named = _of_record(connection, actor)
    found = (
        list(incidents(connection, Filters(actor=actor or names[0][1]), limit=SHOWN + 1)) if any(roles.values()) else []
    )
    return {
        "id": actor,
        "name": named[0] or names[0][1],
        "kind": named[1],
        "names": [name for _, name, _ in names[:_LISTED]],
        "parents": _parents(actor),
        "as_actor": roles["actor"],
        "as_target": roles["target"],
        "types": types,
        "claims": claims,
        "first": first,
        "last": last,
        "incident_rows": [incident_row(kept) for kept in found[:SHOWN]],
        "more_incidents": len(found) > SHOWN,
    }


def outlet_page(ledger: Ledger, columns: Columns, id: str, cursor: str | None = None) -> Page:
    """What an outlet published, whom it cites, whose words it copies (`answers.OutletPage`)."""
    connection = ledger.connection
    rows = connection.execute(
        "SELECT number, name, id, kind FROM outlets WHERE id = ?1 OR name = ?1 ORDER BY id IS NULL, number", (id,)
    ).fetchall()
    rows = [row for row in rows if row[2] == rows[0][2]]
    if not rows:
        raise RefusedError(MISSING, "the ledger", f"no outlet {id!r} in it")
    given = {"numbers": json.dumps([row[0] for row in rows])}
    reports, first, last = connection.execute(
        f"SELECT count(*), min(nullif(day, '')), max(nullif(day, '')) FROM reports WHERE outlet {_THESE}",
        given,
    ).fetchone()
    (claims,) = connection.execute(f"SELECT count(*) FROM claims WHERE outlet {_THESE}", given).fetchone()
    months = _months(connection, f"outlet {_THESE}", given)
    named = sum(month["claims"] for month in months)
    before, values = _before(connection, "reports", cursor, given) if cursor else ("", given)
    numbers = connection.execute(
        f"SELECT number FROM reports WHERE outlet {_THESE} {before} ORDER BY day DESC, number DESC LIMIT {SHOWN + 1}",
        values,
    ).fetchall()
    shown = stretch(by_numbers(connection, "reports", (n for (n,) in numbers)), SHOWN, lambda row: row["id"])
    known = Outlets.installed().by_id(rows[0][2]) if rows[0][2] else None
    cited = islice(sources(connection, Filters(outlet=rows[0][2] or rows[0][1]), _LISTED), _LISTED) if named else []
    return {
        "id": rows[0][2],
        "name": known.name if known else rows[0][1],
        "kind": rows[0][3],
        "country": known.country if known else None,
        "names": [row[1] for row in rows[:_LISTED]],
        "reports": reports,
        "claims": claims,
        "unnamed": max(0, claims - named),
        "first": first,
        "last": last,
        "months": months,
        "sources": [
            {"name": row["name"], "id": row["source_id"], "claims": row["claims"], "reports": row["reports"]}
            for row in cited
        ],
        "copied_from": _copies(connection, given, "b"),
        "copied_by": _copies(connection, given, "a"),
        **_incidents(columns, Meant(outlets=[row[0] for row in rows])),
        "report_rows": shown["rows"],
        "next": shown["next"],
    }


def _names(connection: sqlite3.Connection, id: str, what: str) -> list[tuple[int, str, str | None]]:
    """Numbers, names and id of the register of whoever has this id, or else this very name."""
    asked = (
        "SELECT number, name, actor FROM names LEFT JOIN cited ON voice = number WHERE {} "
        "ORDER BY claims DESC, number LIMIT 1000"
    )
    found = connection.execute(asked.format("actor = ?"), (id,)).fetchall()
    if not found:
        named = connection.execute(asked.format("name = ?"), (id,)).fetchall()
        found = [row for row in named if row[2] is None]
        if named and not found:  # a name of an actor of record: all of its names are meant
            found = connection.execute(asked.format("actor = ?"), (named[0][2],)).fetchall()
    if not found:
        raise RefusedError(MISSING, "the ledger", f"{id!r} is not {what} in it")
    return found


def _acted(columns: Columns, names: list[int]) -> tuple[dict[str, int], str | None, str | None]:
    """How many events of each type the names took part in, most first, and the first and last of their first days."""
    events = columns.now().events
    fits = events.fitting(Meant(actors=names))
    counts = np.bincount(events.rows["type"][fits], minlength=len(EVENT_TYPES)).tolist()
    types = {type: n for n, type in sorted(zip(counts, EVENT_TYPES, strict=True), reverse=True) if n}
    days = events.rows["first"][fits]
    known = days[days > 0]
    ends = (
        [date.fromordinal(int(day)).isoformat() for day in (known.min(), known.max())] if len(known) else [None, None]
    )
    return types, ends[0], ends[1]


def _incidents(columns: Columns, wanted: Meant) -> dict[str, int]:
    """In how many incidents somebody has a part, and how many of these are disputed."""
    incidents = columns.now().incidents
    fits = incidents.fitting(wanted)
    return {"incidents": int(fits.sum()), "disputed": int((fits & (incidents.rows["disputes"] > 0)).sum())}


def _of_record(connection: sqlite3.Connection, actor: str | None) -> tuple[str | None, str | None]:
    """The main name and kind in the register of actors or outlets."""
    found = connection.execute("SELECT name, kind FROM actors WHERE id = ?", (actor,)).fetchone()
    if found or not actor:
        return found or (None, None)
    outlet = Outlets.installed().by_id(actor)
    return (outlet.name, outlet.kind) if outlet else (None, None)


def _parents(actor: str | None) -> list[Page]:
    register = Register.installed()
    found = []
    for parent in register.parents(actor) if actor and register.actor(actor) else ():
        known = register.actor(parent)
        if known is not None:
            found.append(
                {"id": parent, "name": known.name, "kind": getattr(known, "kind", "office"), "why": "the register"}
            )
    return found


def _months(connection: sqlite3.Connection, where: str, given: dict[str, Any]) -> list[Page]:
    rows = connection.execute(f"SELECT month, sum(claims) FROM said WHERE {where} GROUP BY 1 ORDER BY 1", given)
    return [{"month": month, "claims": n} for month, n in rows]


def _said(connection: sqlite3.Connection, question: str, given: dict[str, Any]) -> list[Page]:
    names = ("name", "id", "claims", "reports")
    return [dict(zip(names, row, strict=True)) for row in connection.execute(question, given)]


def _relays(connection: sqlite3.Connection, question: str, given: dict[str, Any]) -> dict[str, int]:
    """Who passes a source's words on: `via` holds the relays of one claim, "; " between."""
    counts: dict[str, int] = {}
    for via, n in connection.execute(question, given):
        for relay in via.split("; "):
            counts[relay] = counts.get(relay, 0) + n
    return _most(counts.items())


def _copies(connection: sqlite3.Connection, given: dict[str, Any], had: str) -> dict[str, int]:
    """Outlets by how many of their reports were copied from (`had` "b") this outlet's, or by it."""
    # `copies.a` came into the ledger first; `first` says which side had the words first, where that is known.
    rows = connection.execute(
        "SELECT ifnull(o.name, ''), count(*) FROM (SELECT CASE WHEN r.number = c.a THEN c.b ELSE c.a END AS other FROM "
        f"(SELECT number FROM reports WHERE outlet {_THESE} ORDER BY day DESC LIMIT {_LOOKED_AT}) r JOIN copies c "
        "ON (c.a = r.number AND c.first = :if_a) OR (c.b = r.number AND c.first = :if_b) "
        "WHERE c.kind IN ('same', 'part')) x JOIN reports t ON t.number = x.other "
        "LEFT JOIN outlets o ON o.number = t.outlet GROUP BY 1",
        {**given, "if_a": had, "if_b": "a" if had == "b" else "b"},
    )
    return _most(rows.fetchall())


def _counts(connection: sqlite3.Connection, question: str, given: dict[str, Any]) -> dict[str, int]:
    return dict(connection.execute(question, given).fetchall())


def _most(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(counts, key=lambda one: (-one[1], one[0]))[:_LISTED])


def _before(
    connection: sqlite3.Connection, table: str, cursor: str, given: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """The condition that rows come after the one with the cursor's id."""
    number = page_number(connection, cursor) if table == "reports" else record_number(connection, cursor)[1]
    found = connection.execute(f"SELECT day FROM {table} WHERE number = ?", (number,)).fetchone()
    if found is None:
        raise RefusedError(ASKED_BADLY, "cursor", "not one that was given")
    return "AND (day, number) < (:day, :number)", {**given, "day": found[0], "number": number}
