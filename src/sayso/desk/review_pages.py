"""What the review shows: the queue, one record with all that a decision rests on, how far it is, who did what."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Literal

import msgspec

from sayso.desk.asked import Rows, filters_of
from sayso.desk.problems import ASKED_BADLY, MISSING, RefusedError, or_missing
from sayso.desk.records import head
from sayso.desk.tables import incident_row
from sayso.ledger import Ledger
from sayso.ledger.filters import Filters
from sayso.ledger.incident_decisions import decisions as joined
from sayso.ledger.incidents import accounts_of_incident, incident, incident_of_event, incidents
from sayso.ledger.review_effect import Effect, effects
from sayso.ledger.review_mends import with_mend
from sayso.ledger.review_queue import Asked, Item, Kind, Show, item_of, queue
from sayso.ledger.review_standing import Taken, last_of_each, live
from sayso.ledger.reviews import Subject, coders_needed, shows_others, subject_of, taken
from sayso.ledger.tables import by_numbers
from sayso.linking.accounts import sentence_around
from sayso.records import SaysoError
from sayso.records.reading import Claim, Event, Reading
from sayso.records.span import Span

Page = dict[str, Any]
KINDS: dict[str, Kind] = {"event": "events", "claim": "claims", "incident": "incidents"}
ONE: dict[Kind, str] = {kind: one for one, kind in KINDS.items()}
_WORDS = 240  # characters of a record's words in the queue
_AROUND = 700  # characters of the text that are shown on either side of a record's spans
_MOST_AROUND = 20_000  # on either side of where the record stands, however far its place or date
_MOST_CLAIMS = 300  # of a report that are offered to choose from
_MOST_ACCOUNTS = 200  # of an incident
_NEAR = 8  # incidents like this one
_NEAR_DAYS = 3
_NO_HEAD: Page = {
    "type": None, "stance": None, "record_status": None, "words": "", "actors": "", "targets": "", "place": None,
    "first": None, "last": None, "source": None, "outlet": None, "published": None, "reports": 1,
}  # fmt: skip


class QueueRows(Rows):
    """A stretch of the queue."""

    kind: Literal["event", "claim", "incident"] = "event"
    show: Show = "open"


def queue_page(ledger: Ledger, asked: QueueRows, who: str) -> Page:
    """The records to decide on, the weightiest first (`review_answers.Queue`)."""
    connection = ledger.connection
    found = queue(
        connection,
        Asked(
            kind=KINDS[asked.kind],
            show=asked.show,
            who=who,
            filters=filters_of(connection, asked),
            limit=asked.limit + 1,
            after=_after(asked.cursor),
        ),
    )
    shown = found[: asked.limit]
    more = len(found) > len(shown)
    return {
        "rows": [_row(ledger, item, who) for item in shown],
        "next": f"{shown[-1].weight}.{shown[-1].number}" if more else None,
    }


def item_page(ledger: Ledger, id: str, who: str) -> Page:
    """One record (`review_answers.ReviewItem`). 404 where it is no claim, event or incident."""
    connection = ledger.connection
    with or_missing():
        subject = subject_of(connection, id)
    kind: Kind | None = "incidents" if subject.page is None else subject.table
    if kind is None:
        raise RefusedError(MISSING, "the ledger", f"{id!r} is no claim, event or incident")
    item = item_of(connection, kind, subject.number)
    rows = taken(connection, subject)
    page: Page = {
        **_item(item),
        **_history(connection, rows, item.id, who),
        **dict.fromkeys(("report", "passage", "event", "event_now", "claim", "claim_now", "incident")),
        **{name: [] for name in ("claims", "accounts", "near", "joined")},
    }
    if subject.page is None:
        return {**page, **_incident(ledger, item.id)}
    reading = ledger.load(subject.page)
    return {**page, **_record(ledger, reading, subject, rows, who)}


def progress(ledger: Ledger, who: str | None) -> Page:
    """How far the review is (`review_answers.Progress`)."""
    do = ledger.connection.execute
    kinds: dict[str, dict[str, int]] = {}
    tallies = dict(do("SELECT name, n FROM tallies WHERE what = 'all' AND name IN ('events', 'claims')").fetchall())
    (linked,) = do("SELECT ifnull(sum(n), 0) FROM incident_days").fetchone()
    for one, many in KINDS.items():
        of = linked if one == "incident" else tallies.get(many, 0)
        kinds[one] = {"all": of, "once": 0, "agreed": 0, "disagreed": 0, "settled": 0}
    rows = do(
        "SELECT CASE WHEN page = 0 THEN 'incident' WHEN record LIKE 'e%' THEN 'event' "
        "WHEN record LIKE 'c%' THEN 'claim' END AS kind, status, count(*) FROM reviewed GROUP BY 1, 2"
    )
    for kind, status, n in rows:
        if kind is not None:
            kinds[kind][status] += n
    by = do(
        "SELECT b.who, sum(b.decision != 'skip'), sum(b.decision = 'skip'), max(r.at) FROM reviewed_by b "
        "JOIN reviews r USING (number) GROUP BY b.who ORDER BY 2 DESC, 1 LIMIT 200"
    )
    (waiting,) = do(
        "SELECT (SELECT count(*) FROM to_link) + (SELECT count(*) FROM to_join) + (SELECT count(*) FROM to_hold)"
    ).fetchone()
    return {
        "coders": coders_needed(ledger.connection),
        "who": who,
        "kinds": kinds,
        "by": [dict(zip(("who", "decided", "skipped", "last"), row, strict=True)) for row in by],
        "waiting": waiting,
    }


def trail(ledger: Ledger, who: str, limit: int, cursor: str | None) -> Page:
    """Decisions, the last first, without those that whoever asks may not see yet (`review_answers.Trail`)."""
    connection = ledger.connection
    if cursor is not None and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise RefusedError(ASKED_BADLY, "cursor", "it is none of this address")
    numbers = connection.execute(
        "SELECT r.number, r.page, r.record, v.id FROM reviews r JOIN reviews_view v USING (number) "
        "WHERE r.number < ? ORDER BY r.number DESC LIMIT ?",
        (int(cursor) if cursor else 1 << 62, limit + 1),
    ).fetchall()
    found = []
    for number, page, record, id in numbers[:limit]:
        rows = taken(connection, Subject(page=page, record=record))
        shown = shows_others(connection, rows, who)
        found += [_decided(row, id, rows) for row in rows if row.number == number and (shown or row.who == who)]
    return {"rows": found, "next": str(numbers[limit - 1][0]) if len(numbers) > limit else None}


def _after(cursor: str | None) -> tuple[int, int] | None:
    if cursor is None:
        return None
    weight, _, number = cursor.partition(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in (weight, number)):
        raise RefusedError(ASKED_BADLY, "cursor", "it is none of this address")
    return int(weight), int(number)


def _item(item: Item) -> Page:
    return {
        "id": item.id,
        "kind": ONE[item.kind],
        "weight": item.weight,
        "why": item.why,
        "standing": item.status,
        "decision": item.decision,
    }


def _row(ledger: Ledger, item: Item, who: str) -> Page:
    connection = ledger.connection
    subject = Subject(page=None if item.kind == "incidents" else item.page, record=item.record)
    mine = last_of_each(taken(connection, subject)).get(who)
    return {**_item(item), "mine": mine.decision if mine else None, **_NO_HEAD, **_head(connection, item)}


def _head(connection: sqlite3.Connection, item: Item) -> Page:
    """What the queue shows of a record."""
    if item.kind == "incidents":
        said = incident(connection, item.id).incident
        place = said.place.name if said.place else None
        return {
            "type": said.type, "record_status": said.status, "words": said.why, "actors": "; ".join(said.actors),
            "targets": "; ".join(said.targets), "place": place, "first": said.first, "last": said.last,
            "outlet": "; ".join(said.outlets[:3]), "reports": len(said.reports),
        }  # fmt: skip
    [row] = by_numbers(connection, item.kind, [item.number])
    both = {name: row[name] for name in ("source", "outlet", "published")}
    if item.kind == "claims":
        return {**both, "stance": row["stance"], "words": row["content"][:_WORDS]}
    (text,) = connection.execute("SELECT text FROM reports WHERE number = ?", (item.page,)).fetchone()
    return {
        **both, "type": row["type"], "record_status": row["status"], "actors": row["actors"],
        "words": _sentence(text, row["start"], row["stop"]), "targets": row["targets"],
        "place": row["place"] or row["place_words"], "first": row["first_day"], "last": row["last_day"],
    }  # fmt: skip


def _sentence(text: str, start: int, stop: int) -> str:
    first, last = sentence_around(text, (start, stop))
    return text[first : min(last, max(stop, first + _WORDS))]


def _history(connection: sqlite3.Connection, rows: list[Taken], id: str, who: str) -> Page:
    """The decisions on a record that whoever asks may see."""
    shown = rows if shows_others(connection, rows, who) else [row for row in rows if row.who == who]
    mine = last_of_each(rows).get(who)
    return {
        "mine": mine.decision if mine else None,
        "coders": coders_needed(connection),
        "decisions": [_decided(row, id, rows) for row in shown],
        "hidden": len(live(rows)) - len(live(shown)),
        "seen": max((row.number for row in rows), default=0),
    }


def _decided(row: Taken, id: str, rows: list[Taken]) -> Page:
    return {
        "number": row.number, "id": id, "decision": row.decision, "who": row.who, "at": row.at, "note": row.note,
        "mend": msgspec.json.decode(row.mend) if row.mend else None, "undoes": row.undoes,
        "live": row.undoes is None and any(row.number == one.number for one in live(rows)), "blind": bool(row.blind),
        "found": bool(row.found),
    }  # fmt: skip


def _record(ledger: Ledger, reading: Reading, subject: Subject, rows: list[Taken], who: str) -> Page:
    connection = ledger.connection
    assert subject.page is not None  # noqa: S101 -- it is a claim or event
    claims, events = ({one.id: one for one in many} for many in (reading.claims, reading.events))
    record: Claim | Event = claims[subject.record] if subject.table == "claims" else events[subject.record]
    now = _now(record, _effect(connection, subject, rows, who))
    found = incident_of_event(connection, f"{reading.id}#{record.id}") if isinstance(record, Event) else None
    kind = "event" if isinstance(record, Event) else "claim"
    return {
        kind: record,
        f"{kind}_now": now,
        "report": head(connection, subject.page),
        "passage": _passage(reading, record, now),
        "claims": [
            {"id": c.id, "source": c.source_is, "stance": c.stance, "words": _quoted(reading, c)}
            for c in reading.claims[:_MOST_CLAIMS]
        ],
        "incident": incident_row(incident(connection, found)) if found else None,
    }


def _effect(connection: sqlite3.Connection, subject: Subject, rows: list[Taken], who: str) -> Effect | None:
    """The decision in effect, or one's own before that."""
    counts = effects(connection, subject.page or 0).get(subject.record)
    mine = last_of_each(rows).get(who)
    if counts is None and mine is not None:
        return Effect(decision=mine.decision, who=mine.who, mend=mine.mend)
    return counts


def _now(record: Claim | Event, effect: Effect | None) -> Claim | Event:
    if effect is None or effect.mend is None:
        return record
    if isinstance(record, Event):
        return with_mend(record, effect.mend, effect.who)
    return with_mend(record, effect.mend, effect.who)


def _quoted(reading: Reading, claim: Claim) -> str:
    return " … ".join(reading.quote(span) for span in claim.content)[:_WORDS]


def _passage(reading: Reading, *records: Claim | Event) -> Page:
    """The text around all spans of a record: whole lines where they are short."""
    text = reading.report.text
    spans = [span for record in records for span in _spans(record)]
    anchor = spans[0]
    first = max(min(start for start, _ in spans) - _AROUND, anchor[0] - _MOST_AROUND, 0)
    last = min(max(end for _, end in spans) + _AROUND, anchor[1] + _MOST_AROUND, len(text))
    line = text.rfind("\n", max(0, first - _AROUND), first + 1)
    start = line + 1 if line >= 0 else 0 if first <= _AROUND else first
    end = text.find("\n", last, last + _AROUND)
    return {"start": start, "text": text[start : end if end >= 0 else last]}


def _spans(record: Claim | Event) -> Iterable[Span]:
    """All words a record rests on, where it stands first of all."""
    if isinstance(record, Claim):
        return [*record.content, *(span for span in (record.cue, record.source) if span)]
    single = (record.place, record.time, record.killed, record.wounded, record.weapon)
    return [record.trigger, *record.actors, *record.targets, *(span for span in single if span)]


def _incident(ledger: Ledger, id: str) -> Page:
    """An incident with its accounts and those like it."""
    connection = ledger.connection
    kept = incident(connection, id)
    return {
        "incident": incident_row(kept),
        "accounts": accounts_of_incident(connection, id)[:_MOST_ACCOUNTS],
        "near": [row for row in _near(connection, kept.incident) if row["id"] != id][:_NEAR],
        "joined": joined(connection, id)[:_NEAR],
    }


def _near(connection: sqlite3.Connection, said: Any) -> list[Page]:
    """Incidents at the same place in the same days."""
    if said.place is None or said.first is None:
        return []
    first, last = date.fromisoformat(said.first), date.fromisoformat(said.last or said.first)
    filters = Filters(
        place=said.place.id,
        since=(first - timedelta(_NEAR_DAYS)).isoformat(),
        until=(last + timedelta(_NEAR_DAYS)).isoformat(),
    )
    try:
        found = list(incidents(connection, filters, "independent", 4 * _NEAR))
    except SaysoError:  # a place that no event of the ledger is at any more
        return []
    alike = sorted(found, key=lambda kept: kept.incident.type != said.type)
    return [incident_row(kept) for kept in alike]
