"""What the addresses of reports, claims and events answer: the record with what its page shows beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

import msgspec

from sayso.desk.problems import or_missing
from sayso.desk.tables import clipped_row, incident_row
from sayso.ledger import Ledger, custody
from sayso.ledger.copies import pairs
from sayso.ledger.ids import page_number, record_number
from sayso.ledger.incidents import incident, incidents_of_report
from sayso.ledger.reviews import coders_needed
from sayso.ledger.rows import SHIFT
from sayso.ledger.tables import by_numbers
from sayso.records import Problem, SaysoError
from sayso.records.reading import Reading
from sayso.records.span import Span

Page = dict[str, Any]
MOST_COPIES = 20  # of a report that are shown with their passages
_MOST_PASSAGES = 40  # of a pair
_PART = 4_000  # characters of a paragraph that is shown around a record
_FIRST = {"a": {True: "this", False: "other"}, "b": {True: "other", False: "this"}}
_HEAD = ("id", "title", "outlet", "outlet_id", "published", "language", "url")


def report_page(ledger: Ledger, id: str) -> Page:
    """A report: its reading, its copies, its way into the ledger (`answers.ReportPage`)."""
    connection = ledger.connection
    with or_missing():
        number = page_number(connection, id)
    whole, state, problem = connection.execute(
        "SELECT id, state, problem FROM pages WHERE number = ?", (number,)
    ).fetchone()
    reading = ledger.load(number) if state == "read" else None
    found = list(pairs(connection, number, MOST_COPIES)) if reading else []
    (in_all,) = connection.execute(
        "SELECT (SELECT count(*) FROM copies WHERE a = ?1) + (SELECT count(*) FROM copies WHERE b = ?1)", (number,)
    ).fetchone()
    return {
        **(_reading(reading) if reading else _NO_READING),
        "id": whole,
        "state": state,
        "problem": problem,
        "incidents": incidents_of_report(connection, number),
        "copies": [_copy(ledger, pair, whole, reading.report.text) for pair in found] if reading else [],
        "copies_in_all": in_all,
        "custody": list(custody.lines_of(connection, whole)),
        "reviews": reviews_of(connection, number),
    }


_NO_READING: Page = {
    "report": None, "claims": [], "events": [], "toponyms": [], "times": [], "actors": [], "outlet_is": None,
    "notes": [],
}  # fmt: skip


def claim_page(ledger: Ledger, id: str) -> Page:
    """A claim with its report, its paragraph and the events it holds (`answers.ClaimPage`)."""
    connection = ledger.connection
    number, reading = _record(ledger, id, "claims")
    record = id.rpartition("#")[2]
    claim = next(claim for claim in reading.claims if claim.id == record)
    report = number >> SHIFT
    held = connection.execute("SELECT number FROM events WHERE claim = ? ORDER BY number", (number,)).fetchall()
    within = f"{reading.id}#{claim.within}" if claim.within else None
    incidents = incidents_of_report(connection, report)
    events = list(by_numbers(connection, "events", (n for (n,) in held)))
    own = {event["id"].rpartition("#")[2] for event in events}
    return {
        **msgspec.to_builtins(claim),
        "id": f"{reading.id}#{claim.id}",
        "within": within,
        "report": head(connection, report),
        "passage": passage(reading, [*claim.content, *(s for s in (claim.cue, claim.source) if s)]),
        "row": _row(connection, "claims", number),
        "within_row": _row(connection, "claims", record_number(connection, within)[1]) if within else None,
        "event_rows": events,
        "incidents": {event: found for event, found in incidents.items() if event in own},
        "reviews": reviews_of(connection, report, record),
    }


def event_page(ledger: Ledger, id: str) -> Page:
    """An event with its report, its paragraph, its claim and its incident (`answers.EventPage`)."""
    connection = ledger.connection
    number, reading = _record(ledger, id, "events")
    record = id.rpartition("#")[2]
    event = next(event for event in reading.events if event.id == record)
    report = number >> SHIFT
    claim = f"{reading.id}#{event.claim}" if event.claim else None
    found = incidents_of_report(connection, report).get(record)
    return {
        **msgspec.to_builtins(event),
        "id": f"{reading.id}#{event.id}",
        "claim": claim,
        "incident": found,
        "report": head(connection, report),
        "passage": passage(reading, [event.trigger]),
        "row": _row(connection, "events", number),
        "claim_row": _row(connection, "claims", record_number(connection, claim)[1]) if claim else None,
        "incident_row": incident_row(incident(connection, found)) if found else None,
        "reviews": reviews_of(connection, report, record),
    }


def head(connection: sqlite3.Connection, number: int) -> Page:
    """A report as it is named beside its records."""
    row = connection.execute(
        "SELECT p.id, r.title, o.name, o.id, r.published, r.language, r.url FROM pages p "
        "LEFT JOIN reports r USING (number) LEFT JOIN outlets o ON o.number = r.outlet WHERE p.number = ?",
        (number,),
    ).fetchone()
    return clipped_row(dict(zip(_HEAD, row, strict=True)))


def passage(reading: Reading, spans: Iterable[Span]) -> Page:
    """The part, or the parts, of a text in which spans stand; of a very long one the stretch around them."""
    spans = list(spans)
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    around = [
        part for part in reading.report.parts if part.start <= last and part.end >= first and part.end > part.start
    ]
    start = max(min((part.start for part in around), default=first), first - _PART)
    end = min(max((part.end for part in around), default=last), last + _PART)
    start, end = min(start, first), max(end, last)
    if not around:  # a text without parts: some lines around the spans
        start, end = max(0, first - _PART // 10), min(len(reading.report.text), last + _PART // 10)
    return {"start": start, "text": reading.report.text[start:end]}


def reviews_of(connection: sqlite3.Connection, page: int, record: str | None = None) -> list[Page]:
    """Decisions on a page's records, or on one of them, the first first.

    Where two coders decide on each record, not those that the second is not to see before deciding.
    """
    rows = connection.execute(
        "SELECT v.id, v.decision, v.who, v.at, v.note, v.found FROM reviews_view v JOIN reviews r USING (number) "
        "WHERE r.page = ?1 AND (?2 IS NULL OR r.record = ?2) AND (?3 = 1 OR EXISTS (SELECT 1 FROM reviewed s "
        "WHERE s.page = r.page AND s.record = r.record AND s.status != 'once')) ORDER BY v.number",
        (page, record, coders_needed(connection)),
    )
    names = ("id", "decision", "who", "at", "note", "found")
    return [{**dict(zip(names, row, strict=True)), "found": bool(row[-1])} for row in rows]


def _record(ledger: Ledger, id: str, table: str) -> tuple[int, Reading]:
    with or_missing():
        of, number = record_number(ledger.connection, id)
        if of != table:
            raise SaysoError(Problem(where="the ledger", reason=f"{id!r} is not one of its {table}"))
    return number, ledger.load(number >> SHIFT)


def _reading(reading: Reading) -> Page:
    return {name: getattr(reading, name) for name in reading.__struct_fields__}


def _row(connection: sqlite3.Connection, table: Any, number: int) -> Page:
    return next(iter(by_numbers(connection, table, [number])))


def _copy(ledger: Ledger, pair: Page, id: str, text: str) -> Page:
    """A pair of copies as seen from one of the two."""
    first = pair["a"] == id
    here, there = ("a", "b") if first else ("b", "a")
    number = page_number(ledger.connection, pair[there])
    (other,) = ledger.connection.execute("SELECT text FROM reports WHERE number = ?", (number,)).fetchone()
    return {
        "other": head(ledger.connection, number),
        **{name: pair[name] for name in ("kind", "how", "why")},
        "first": _FIRST[pair["first"]][first] if pair["first"] in _FIRST else pair["first"],
        "passages": [
            {
                "here": found[here],
                "there": found[there],
                "here_words": text[slice(*found[here])],
                "there_words": other[slice(*found[there])],
                **{name: found[name] for name in ("words", "kind", "why")},
            }
            for found in pair["passages"][:_MOST_PASSAGES]
        ],
    }
