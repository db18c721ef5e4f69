"""What people decide, on its way into the ledger: places and actors looked up, the mend checked against the text."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any

import msgspec

from sayso.actors.register import Register
from sayso.desk.problems import ASKED_BADLY, RefusedError
from sayso.desk.review_answers import Deciding, Merging, Mode, Splitting, Undoing
from sayso.ledger import incident_decisions, reviews, store
from sayso.ledger.incident_decisions import Decided
from sayso.ledger.records import Misfit
from sayso.ledger.review_mends import checked
from sayso.ledger.review_queue import status_of
from sayso.ledger.reviews import Review, Subject, coders_needed, set_coders, subject_of
from sayso.places.gazetteer import Gazetteer
from sayso.places.precision import where_prec
from sayso.records import Problem, SaysoError
from sayso.records.reading import Claim, Event, Reading
from sayso.records.resolved import Place

Done = dict[str, Any]
_IDS = ("actor_ids", "target_ids", "via_ids")
_MOST_IDS = 1_000  # of incidents or events in one merge or split
_CHOSEN = "chosen by a person"


def decide(connection: sqlite3.Connection, asked: Deciding, who: str, now: datetime) -> Done:
    """Take a decision. To be called in a transaction; RefusedError or SaysoError where it cannot be."""
    subject = subject_of(connection, asked.id)
    if subject.page is not None and subject.table is None:
        raise RefusedError(ASKED_BADLY, "id", "decisions are on claims, events and incidents")
    mend = None
    if asked.decision == "mend":
        mend = _mend(connection, subject, asked.mend or {})
    elif asked.mend is not None:
        raise RefusedError(ASKED_BADLY, "mend", f"who decides to {asked.decision} changes no field")
    review = Review(
        id=asked.id, decision=asked.decision, who=who, note=asked.note, mend=mend, key=asked.key, settle=asked.settle,
        seen=asked.seen,
    )  # fmt: skip
    number = reviews.decide(connection, review, now)
    return _done(connection, number, asked.id, subject)


def undo(connection: sqlite3.Connection, asked: Undoing, who: str, now: datetime) -> Done:
    """Take back a decision, a merge or a split. To be called in a transaction."""
    if asked.joined:
        row = connection.execute("SELECT who FROM incident_decisions WHERE number = ?", (asked.number,)).fetchone()
        if row is not None and row[0] != who:
            raise RefusedError(ASKED_BADLY, "number", f"it is of {row[0]}, who alone can undo it")
        number = incident_decisions.undo(connection, asked.number, Decided(who=who), now)
        return {"number": number, "id": "", "standing": "open", "decision": None}
    number = reviews.undo(connection, _number(connection, asked), who, now, asked.key)
    id, page, record = connection.execute(
        "SELECT v.id, r.page, r.record FROM reviews r JOIN reviews_view v USING (number) WHERE number = ?", (number,)
    ).fetchone()
    return _done(connection, number, id, Subject(page=page, record=record))


def _number(connection: sqlite3.Connection, asked: Undoing) -> int:
    if asked.of is None:
        return asked.number
    found = connection.execute("SELECT number FROM reviews WHERE key = ?", (asked.of,)).fetchone()
    if found is None:
        raise RefusedError(ASKED_BADLY, "of", "no decision was sent with this key")
    return int(found[0])


def merge(connection: sqlite3.Connection, asked: Merging, who: str, now: datetime) -> Done:
    """Say that incidents are one. To be called in a transaction."""
    _bounded(asked.ids, asked.note)
    number = incident_decisions.merge(connection, asked.ids, Decided(who=who, note=asked.note), now)
    return {"number": number, "id": asked.ids[0], "standing": "open", "decision": None}


def split(connection: sqlite3.Connection, asked: Splitting, who: str, now: datetime) -> Done:
    """Say that events are an incident of their own. To be called in a transaction."""
    _bounded(asked.events, asked.note)
    number = incident_decisions.split(connection, asked.id, asked.events, Decided(who=who, note=asked.note), now)
    return {"number": number, "id": asked.id, "standing": "open", "decision": None}


def set_mode(connection: sqlite3.Connection, asked: Mode, who: str, now: datetime) -> dict[str, int]:
    """Let one or two people decide on each record from now on. To be called in a transaction."""
    set_coders(connection, asked.coders, who, now)
    return {"coders": coders_needed(connection)}


def _done(connection: sqlite3.Connection, number: int, id: str, subject: Subject) -> Done:
    status, decision = status_of(connection, subject.page or 0, subject.record)
    return {"number": number, "id": id, "standing": status, "decision": decision}


def _bounded(ids: list[str], note: str) -> None:
    if not 0 < len(ids) <= _MOST_IDS:
        raise RefusedError(ASKED_BADLY, "ids", f"1 to {_MOST_IDS}, please")
    if len(note) > reviews.MOST_NOTE:
        raise RefusedError(ASKED_BADLY, "note", f"a note has at most {reviews.MOST_NOTE:,} characters")


def _mend(connection: sqlite3.Connection, subject: Subject, given: dict[str, Any]) -> bytes:
    """A mend as it is kept: its place and actors found, its spans checked."""
    if subject.page is None:
        raise RefusedError(ASKED_BADLY, "mend", "an incident is mended by its accounts, or merged or split")
    reading = store.load_reading(connection, subject.page)
    if isinstance(reading, Misfit):
        raise SaysoError(Problem(where="the ledger", reason=str(reading)))
    record = _record(reading, subject.record)
    fields = dict(given)
    if isinstance(fields.get("place_is"), dict):
        fields["place_is"] = _place(fields["place_is"], record)
    for name in _IDS:
        if isinstance(fields.get(name), list):
            _check_ids(fields[name], _known(reading))
    if fields.get("source_id") is not None:
        _check_ids([fields["source_id"]], _known(reading))
    return checked(record, reading, msgspec.json.encode(fields))


def _record(reading: Reading, id: str) -> Claim | Event:
    records: list[Claim | Event] = [*reading.claims, *reading.events]
    return next(record for record in records if record.id == id)


def _known(reading: Reading) -> set[str]:
    """Ids of actors and outlets that the reading has."""
    return {named.id for named in (*reading.actors, *((reading.outlet_is,) if reading.outlet_is else ()))}


def _check_ids(ids: list[Any], known: set[str]) -> None:
    for ident in ids:
        if ident is None or ident in known:
            continue
        if not isinstance(ident, str) or Register.installed().actor(ident) is None:
            raise RefusedError(ASKED_BADLY, "the mend", f"the register has no actor {str(ident)[:80]!r}")


def _place(given: dict[str, Any], record: Claim | Event) -> Place | dict[str, Any]:
    """The place meant: of the gazetteer, or a point on the map; one that is the record's already stays as it is."""
    had = record.place_is if isinstance(record, Event) else None
    if had is not None and given.get("id") == had.id:
        return had
    if isinstance(ident := given.get("id"), str):
        entry = Gazetteer.installed().entry(ident[:100])
        if entry is None:
            raise RefusedError(ASKED_BADLY, "the mend", f"the gazetteer has no place {ident[:80]!r}")
        return Place(
            id=entry.id, name=entry.name, country=entry.country, admin1=entry.admin1_name, lat=entry.lat, lon=entry.lon,
            level=entry.level, precision=where_prec(entry, "at"), candidates=1, geonameid=entry.geonameid, why=_CHOSEN,
        )  # fmt: skip
    lat, lon, name = given.get("lat"), given.get("lon"), given.get("name")
    numbers = all(isinstance(degrees, int | float) and not isinstance(degrees, bool) for degrees in (lat, lon))
    if not numbers or not isinstance(name, str):
        raise RefusedError(ASKED_BADLY, "the mend", "a place is an id of the gazetteer, or lat and lon with a name")
    near = Gazetteer.installed().nearby(float(lat), float(lon), 25.0) if abs(lat) <= 90 and abs(lon) <= 180 else ()  # type: ignore[arg-type]
    return Place(
        id=f"point:{lat:.5f},{lon:.5f}", name=name, country=near[0].country if near else None,
        admin1=near[0].admin1_name if near else None, lat=float(lat), lon=float(lon), level="site", precision=1,  # type: ignore[arg-type]
        candidates=1, why="a point on the map, chosen by a person",
    )  # fmt: skip
