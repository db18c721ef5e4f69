"""What the tables' addresses answer: a stretch of rows and the cursor of the next."""

# ruff: noqa: S608 -- what is put together in questions are constants of this project
from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Literal

from sayso.desk.asked import At, Bulk, IncidentBulk, IncidentRows, Rows, Words, filters_of
from sayso.desk.chosen import check_kind, disputed_numbers, event_numbers, incident_numbers
from sayso.desk.problems import ASKED_BADLY, RefusedError
from sayso.ledger import Ledger
from sayso.ledger.columns import Columns
from sayso.ledger.disputes import disputes
from sayso.ledger.folding import folded
from sayso.ledger.holdings import some_holdings
from sayso.ledger.incidents import Kept, incident, incidents, incidents_by_numbers
from sayso.ledger.search import search
from sayso.ledger.sources import sources
from sayso.ledger.tables import by_numbers, rows
from sayso.places.gazetteer import Gazetteer
from sayso.records.pool import Dispute

Row = dict[str, Any]
Stretch = dict[str, Any]  # `rows`, and `next`: the cursor of the next stretch
COUNTED = 1_000  # events of an actor or place that are counted for a list
MOST_CELL = 5_000  # characters of one cell; the record's own page has all of it
_WHOLE = frozenset({"id", "report", "claim", "within", "source_id", "place_id", "outlet_id"})
_FURTHEST = 100_000  # rows that can be skipped where nothing but counting them leads on
_WORD = re.compile(r"\w+")


def report_or_claim_rows(ledger: Ledger, table: Literal["reports", "claims"], asked: Rows | Bulk) -> Stretch:
    """Reports or claims, the last published first."""
    connection = ledger.connection
    if asked.cursor and table == "claims":
        check_kind(ledger, table, asked.cursor)
    found = rows(connection, table, filters_of(connection, asked), asked.limit + 1, asked.cursor)
    return stretch(map(clipped_row, found), asked.limit, lambda row: row["id"])


def event_rows(ledger: Ledger, columns: Columns, asked: Rows | Bulk) -> Stretch:
    """Events, the latest first."""
    connection = ledger.connection
    if columns.are_loaded:
        numbers = event_numbers(ledger, columns, asked)
        return _numbered(map(clipped_row, by_numbers(connection, "events", numbers[: asked.limit])), numbers, asked)
    if asked.cursor:  # a desk that was just opened shows its lists at once
        check_kind(ledger, "events", asked.cursor)
    found = rows(connection, "events", filters_of(connection, asked), asked.limit + 1, asked.cursor)
    return stretch(map(clipped_row, found), asked.limit, lambda row: row["id"])


def incident_rows(ledger: Ledger, columns: Columns, asked: IncidentRows | IncidentBulk) -> Stretch:
    """Incidents with counts in place of lists."""
    connection = ledger.connection
    if columns.are_loaded:
        numbers = incident_numbers(ledger, columns, asked)
        return _numbered(map(incident_row, incidents_by_numbers(connection, numbers[: asked.limit])), numbers, asked)
    found = incidents(connection, filters_of(connection, asked), asked.order, asked.limit + 1, asked.cursor)
    return stretch(map(incident_row, found), asked.limit, lambda row: row["id"])


def _numbered(found: Iterable[Row], numbers: Sequence[int], asked: Rows | Bulk) -> Stretch:
    """The rows found of those numbered, of which there is one more where there are more."""
    shown = list(found)
    return {"rows": shown, "next": shown[-1]["id"] if shown and len(numbers) > asked.limit else None}


def incident_row(kept: Kept) -> Row:
    """An incident as a row of a table (`answers.IncidentRow`)."""
    said = kept.incident
    counted = ("accounts", "reports", "outlets", "origins")
    same = (
        "id", "type", "status", "actors", "actor_ids", "targets", "target_ids", "place", "first", "last",
        "date_precision", "killed", "wounded", "independent", "by_side", "place_words",
    )  # fmt: skip
    return {
        **{name: getattr(said, name) for name in same},
        **{name: len(getattr(said, name)) for name in counted},
        "disputed": sorted({dispute.kind for dispute in said.disputes}),
        "added": kept.added,
        "changed": kept.changed,
    }


def dispute_rows(ledger: Ledger, columns: Columns, asked: Rows) -> Stretch:
    """Disputes with the incident, or the place, they are about."""
    connection = ledger.connection
    filters = filters_of(connection, asked)
    among = disputed_numbers(ledger, columns, filters, asked)
    found = list(disputes(connection, filters, limit=asked.limit + 1, after=asked.cursor, among=among))
    places = _places_of(connection, [kept.incident for kept in found[: asked.limit]])
    return stretch(
        (
            {
                "dispute": kept.dispute,
                "incident": kept.incident,
                "first": kept.day or None,
                "place": places.get(kept.incident or ""),
            }
            for kept in found
        ),
        asked.limit,
        lambda row: _id_of(row["dispute"]),
    )


def control_rows(ledger: Ledger, asked: At) -> Stretch:
    """Who is said to hold what."""
    connection = ledger.connection
    first = skipped(asked.cursor)
    found = some_holdings(connection, filters_of(connection, asked), asked.at, asked.limit + 1, first)
    return {"at": asked.at, **counted(found, first, asked.limit)}


def source_rows(ledger: Ledger, asked: Rows) -> Stretch:
    """Who is cited, most cited first."""
    first = skipped(asked.cursor)
    connection = ledger.connection
    found = sources(connection, filters_of(connection, asked), first + asked.limit + 1)
    return counted(islice(found, first, None), first, asked.limit)


def outlet_rows(ledger: Ledger, asked: Words) -> Stretch:
    """Outlets with most reports first; `q`: words of the name."""
    words = f" {' '.join(_WORD.findall(folded(asked.q)))} " if asked.q.strip() else " "
    columns = ("name", "id", "kind", "reports", "first", "last")
    found = (
        (key, dict(zip(columns, row, strict=True)))
        for key, *row in ledger.connection.execute(
            "SELECT o.key, o.name, o.id, o.kind, n, first, last FROM outlets o JOIN "
            "(SELECT outlet, count(*) AS n, min(nullif(day, '')) AS first, max(nullif(day, '')) AS last FROM reports "
            "INDEXED BY reports_by_outlet WHERE outlet IS NOT NULL GROUP BY outlet) c ON c.outlet = o.number "
            "ORDER BY n DESC, o.number"
        )
    )
    first = skipped(asked.cursor)
    fitting = (row for key, row in found if words in f" {' '.join(_WORD.findall(key))} ")
    return counted(islice(fitting, first, first + asked.limit + 1), first, asked.limit)


def actor_rows(ledger: Ledger, asked: Words) -> Stretch:
    """Actors of record, and names without an entry, that hold the words; without words the actors of record by name."""
    connection, first = ledger.connection, skipped(asked.cursor)
    match = " ".join(f'"{word}"*' for word in _WORD.findall(folded(asked.q))[:20])
    if match:
        named = connection.execute(
            "SELECT n.actor, ifnull(a.name, n.name), a.kind, json_group_array(n.number) FROM name_words w "
            "JOIN names n ON n.number = w.rowid LEFT JOIN actors a ON a.id = n.actor WHERE name_words MATCH ? "
            "AND EXISTS (SELECT 1 FROM parties p WHERE p.name = n.number) "
            "GROUP BY ifnull(n.actor, n.number) LIMIT ?",
            (match, COUNTED),
        )
    else:
        named = connection.execute(
            "SELECT a.id, a.name, a.kind, (SELECT json_group_array(number) FROM names WHERE actor = a.id) "
            "FROM actors a ORDER BY a.name, a.id LIMIT ? OFFSET ?",
            (asked.limit + 1, first),
        )
    many = (
        f"SELECT count(*) FROM (SELECT 1 FROM parties WHERE name IN (SELECT value FROM json_each(?)) LIMIT {COUNTED})"
    )
    found = [
        {"id": id, "name": name, "kind": kind, "events": connection.execute(many, (numbers,)).fetchone()[0]}
        for id, name, kind, numbers in named.fetchall()
    ]
    if match:
        found.sort(key=lambda row: (-row["events"], row["id"] is None, row["name"]))
        found = found[first : first + asked.limit + 1]
    return counted(found, first, asked.limit)


def place_rows(ledger: Ledger, asked: Words) -> Stretch:
    """Places of the ledger whose name begins with the words; where none does, those of the gazetteer with that name."""
    connection, first = ledger.connection, skipped(asked.cursor)
    begun = " ".join(folded(asked.q).split())
    columns = ("id", "name", "country", "admin1", "lat", "lon", "level", "geonameid")
    many = f"(SELECT count(*) FROM (SELECT 1 FROM events WHERE place = g.number LIMIT {COUNTED})) AS n"
    found = connection.execute(
        f"SELECT {', '.join(columns)}, {many} FROM (SELECT * FROM places WHERE key >= ? AND key < ? LIMIT {COUNTED}) g "
        "ORDER BY n DESC, id IS NULL, number LIMIT ? OFFSET ?",
        (begun, begun + "\U0010ffff", asked.limit + 1, first),
    ).fetchall()
    if found or first or not begun:
        return counted([dict(zip((*columns, "events"), row, strict=True)) for row in found], first, asked.limit)
    entries = [match.entry for match in Gazetteer.installed().find(asked.q)[: asked.limit]]
    known = [{name: getattr(entry, name, None) for name in columns} for entry in entries]
    return {"rows": [{**row, "events": 0} for row in known], "next": None}


def found_rows(ledger: Ledger, asked: Words) -> Stretch:
    """Reports that hold the words, best first."""
    if not asked.q.strip():
        return {"rows": [], "next": None}
    first = skipped(asked.cursor, 5_000)
    found = search(ledger.connection, asked.q, first + asked.limit + 1)
    return counted(map(clipped_row, islice(found, first, None)), first, asked.limit)


def clipped(text: str | None) -> str | None:
    """A title or other words as a table or a heading shows them: a page may give a title of megabytes."""
    return text if text is None or len(text) <= MOST_CELL else text[: MOST_CELL - 1] + "…"


def clipped_row(row: Row) -> Row:
    """A row whose words are no longer than a table can show; ids stay whole."""
    return {
        name: clipped(value) if isinstance(value, str) and name not in _WHOLE else value for name, value in row.items()
    }


def stretch(found: Iterable[Row], limit: int, id_of: Any) -> Stretch:
    """`limit` rows of those found, which are one more where there are more."""
    shown = list(found)
    more = len(shown) > limit
    return {"rows": shown[:limit], "next": id_of(shown[limit - 1]) if more else None}


def counted(found: Iterable[Any], first: int, limit: int) -> Stretch:
    """`limit` rows of those found from row `first` on; the cursor is how many to skip."""
    shown = list(islice(found, limit + 1))
    return {"rows": shown[:limit], "next": str(first + limit) if len(shown) > limit else None}


def skipped(cursor: str | None, furthest: int = _FURTHEST) -> int:
    """How many rows a cursor says to skip. RefusedError when it is none."""
    if not cursor:
        return 0
    if not re.fullmatch("[0-9]{1,9}", cursor) or int(cursor) > furthest:
        raise RefusedError(ASKED_BADLY, "cursor", "not one that was given")
    return int(cursor)


def _places_of(connection: sqlite3.Connection, ids: Sequence[str | None]) -> dict[str, Any]:
    """The places of incidents, by the incident's id."""
    found: dict[str, Any] = {}
    for id in ids:
        if id is not None and id not in found:
            found[id] = incident(connection, id).incident.place
    return found


def _id_of(dispute: Dispute) -> str:
    return dispute.id
