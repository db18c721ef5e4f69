"""Decisions of people on records: rows that only grow, outlive the reading they were made on, and can be undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from sayso.ledger.ids import is_record, page_number, record_number
from sayso.ledger.plain_names import is_name
from sayso.ledger.records import utc
from sayso.ledger.review_standing import COUNTED, Taken, last_of_each, live, standing
from sayso.ledger.rows import SHIFT
from sayso.records import Problem, SaysoError, digest_of

Decision = Literal["accept", "reject", "mend", "unsure", "skip", "note"]
MOST_NOTE = 4_000  # characters: some paragraphs
MOST_NAME = 80
MOST_KEY = 64  # a UUID and more


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A decision on a record: `id` is a report's, REPORT#e1, REPORT#c1, or an incident's.

    `mend`: JSON of the fields as they should be, checked before (`review_mends`); `key`: sent again, it is not decided
    again. `settle`: it is meant to end a disagreement, with what others decided in view. `seen`: the last decision
    that was on the screen when it was taken; None: all of them.
    """

    id: str
    decision: Decision
    who: str
    note: str = ""
    mend: bytes | None = None
    key: str | None = None
    settle: bool = False
    seen: int | None = None


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision is about. `page` None: an incident; `table`: claims, events, or None where it is neither."""

    page: int | None
    record: str
    table: Literal["claims", "events"] | None = None
    number: int = 0


def decide(connection: sqlite3.Connection, review: Review, now: datetime) -> int:
    """Write down a decision and return its number; earlier ones on the same record stay. In a transaction.

    SaysoError when there is no such record, or nothing to settle.
    """
    _check(review)
    if review.key and (sent := _sent(connection, review.key, review.who)):
        return sent
    subject = subject_of(connection, review.id)
    row = (
        subject.page, subject.record, review.decision, review.who, utc(now), review.note,
        json.dumps(mark_of(connection, subject, mends=review.mend is not None), sort_keys=True),
        review.mend.decode() if review.mend else None, int(_blind(connection, subject, review)), review.key,
    )  # fmt: skip
    number = connection.execute(
        "INSERT INTO reviews (page, record, decision, who, at, note, mark, mend, blind, key) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    ).lastrowid
    stand_again(connection, subject)
    return int(number or 0)


def undo(connection: sqlite3.Connection, number: int, who: str, now: datetime, key: str | None = None) -> int:
    """Take back one's own decision, or one's own undoing of it; the number of the new row. In a transaction."""
    if key and (sent := _sent(connection, key, who)):
        return sent
    found = connection.execute("SELECT page, record, who, mark FROM reviews WHERE number = ?", (number,)).fetchone()
    if found is None:
        raise _refused(f"there is no decision {number}")
    page, record, by, mark = found
    if by != who:
        raise _refused(f"decision {number} is of {by}, who alone can undo it")
    if connection.execute("SELECT 1 FROM reviews WHERE undoes = ?", (number,)).fetchone():
        raise _refused(f"decision {number} is undone already")
    row = connection.execute(
        "INSERT INTO reviews (page, record, decision, who, at, note, mark, undoes, key) "
        "VALUES (?, ?, 'undo', ?, ?, '', ?, ?, ?)",
        (page, record, who, utc(now), mark, number, key),
    )
    stand_again(connection, Subject(page=page, record=record))
    return int(row.lastrowid or 0)


def coders_needed(connection: sqlite3.Connection) -> int:
    """How many people decide on a record before it counts: 1, or 2 who do not see each other's decision."""
    found = connection.execute("SELECT coders FROM review_modes ORDER BY number DESC LIMIT 1").fetchone()
    return int(found[0]) if found else 1


def set_coders(connection: sqlite3.Connection, coders: int, who: str, now: datetime) -> None:
    """Let one or two people decide from now on. To be called in a transaction."""
    if coders not in (1, 2):
        raise _refused("one or two people decide on a record")
    connection.execute("INSERT INTO review_modes (coders, who, at) VALUES (?, ?, ?)", (coders, who, utc(now)))


def subject_of(connection: sqlite3.Connection, id: str) -> Subject:
    """What an id is of. SaysoError when the ledger has nothing of the kind."""
    if is_record(connection, id):
        table, number = record_number(connection, id)
        return Subject(page=number >> SHIFT, record=id.rpartition("#")[2], table=table, number=number)
    if found := _incident(connection, id):
        return Subject(page=None, record=found[1], number=found[0])
    return Subject(page=page_number(connection, id), record="")


def _incident(connection: sqlite3.Connection, id: str) -> tuple[int, str] | None:
    """The number and id of the incident that is meant, or that has become of it; None: the id is no incident's."""
    if not id.startswith("i:") or connection.execute("SELECT 1 FROM pages WHERE id = ?", (id,)).fetchone():
        return None
    found: tuple[int, str] | None = connection.execute(
        "SELECT number, id FROM incidents WHERE id IN (?1, (SELECT now FROM incident_was WHERE id = ?1)) "
        "ORDER BY id != ?1",
        (id,),
    ).fetchone()
    return found


def taken(connection: sqlite3.Connection, subject: Subject) -> list[Taken]:
    """All decisions on a record, in their order, those undone and undoing among them."""
    columns = "number, decision, who, at, note, mend, undoes, blind, found"
    where = "record = ?1 AND page IS NULL" if subject.page is None else "page = ?2 AND record = ?1"
    rows = connection.execute(
        f"SELECT {columns} FROM reviews WHERE {where} ORDER BY number",  # noqa: S608
        (subject.record,) if subject.page is None else (subject.record, subject.page),
    )
    return [Taken(*row) for row in rows]


def shows_others(connection: sqlite3.Connection, rows: Sequence[Taken], who: str) -> bool:
    """Whether a coder may see what others decided on a record: of two, not before deciding too."""
    if coders_needed(connection) == 1:
        return True
    deciding = {row.who for row in live(rows) if row.counts}
    return who in deciding or len(deciding) > 1


def stand_again(connection: sqlite3.Connection, subject: Subject) -> None:
    """Reckon anew what the decisions on a record come to. To be called in a transaction."""
    rows, key = taken(connection, subject), (subject.page or 0, subject.record)
    for table in ("reviewed", "reviewed_by"):
        connection.execute(f"DELETE FROM {table} WHERE page = ? AND record = ?", key)  # noqa: S608
    connection.executemany(
        "INSERT INTO reviewed_by VALUES (?, ?, ?, ?, ?)",
        [(*key, who, row.decision, row.number) for who, row in last_of_each(rows).items()],
    )
    if stands := standing(rows):
        connection.execute(
            "INSERT INTO reviewed VALUES (?, ?, ?, ?, ?, ?)",
            (*key, stands.status, stands.decision, stands.coders, stands.last),
        )


def find_again(connection: sqlite3.Connection, page: int) -> None:
    """After a new reading: point a page's decisions at the records that stand where the old ones stood.

    A decision whose record the new reading does not have keeps the old id and is marked `found` 0; so is one that
    mends a record of which the text is no longer the same.
    """
    now: dict[str, str] = {}
    for table, record, number in _records(connection, page):
        mark = mark_of(connection, Subject(page=page, record=record, table=table, number=number), mends=True)
        bare = {name: value for name, value in mark.items() if name != "text"}
        for one in (mark, bare):
            now.setdefault(json.dumps(one, sort_keys=True), record)
    decided = connection.execute("SELECT number, record, mark FROM reviews WHERE page = ? AND record != ''", (page,))
    for number, record, mark_then in decided.fetchall():
        found = now.get(mark_then)
        connection.execute(
            "UPDATE reviews SET record = ?, found = ? WHERE number = ?",
            (found or record, int(found is not None), number),
        )
    for derived in ("reviewed", "reviewed_by"):
        connection.execute(f"DELETE FROM {derived} WHERE page = ?", (page,))  # noqa: S608
    for (record,) in connection.execute("SELECT DISTINCT record FROM reviews WHERE page = ?", (page,)).fetchall():
        stand_again(connection, Subject(page=page, record=record))


def mark_of(connection: sqlite3.Connection, subject: Subject, *, mends: bool) -> dict[str, Any]:
    """What a record is and where it stands: what stays the same when it is read again.

    `mends`: with the digest of the text, into which the spans of a mend point.
    """
    if subject.table is None:
        return {}
    columns, names = "spans, cue", ["claim", "cue"]
    if subject.table == "events":
        columns, names = "type, start, stop, words", ["event", "start", "stop", "words"]
    row = connection.execute(
        f"SELECT {columns} FROM {subject.table} WHERE number = ?", (subject.number,)  # noqa: S608
    ).fetchone()  # fmt: skip
    mark = dict(zip(names, row, strict=True))
    if subject.table == "claims":
        mark["claim"] = json.loads(mark["claim"])
    if mends:
        (text,) = connection.execute("SELECT text FROM reports WHERE number = ?", (subject.page,)).fetchone()
        mark["text"] = digest_of(text.encode())
    return mark


def _blind(connection: sqlite3.Connection, subject: Subject, review: Review) -> bool:
    """Whether a decision is taken without having seen another's; SaysoError when there is nothing to settle."""
    rows = taken(connection, subject)
    others = [row for row in live(rows) if row.who != review.who and row.counts]
    if review.settle and not others:
        raise _refused(f"nobody else has decided on {review.id}: there is nothing to settle")
    if review.decision not in COUNTED or not (review.settle or shows_others(connection, rows, review.who)):
        return True
    return all(review.seen is not None and row.number > review.seen for row in others)


def _records(
    connection: sqlite3.Connection, page: int
) -> Iterator[tuple[Literal["claims", "events"], str, int]]:  # fmt: skip
    tables: tuple[Literal["claims", "events"], ...] = ("claims", "events")
    for table in tables:
        rows = connection.execute(f"SELECT id, number FROM {table} WHERE report = ?", (page,))  # noqa: S608
        for id, number in rows.fetchall():
            yield table, id, number


def _sent(connection: sqlite3.Connection, key: str, who: str) -> int | None:
    """The decision that was sent with this key already."""
    found = connection.execute("SELECT number, who FROM reviews WHERE key = ?", (key,)).fetchone()
    if found is None:
        return None
    if found[1] != who:
        raise _refused("this key was used by somebody else")
    return int(found[0])


def _check(review: Review) -> None:
    if not is_name(review.who, MOST_NAME):
        raise _refused(f"whoever decides has a name of 1 to {MOST_NAME} printable characters")
    if len(review.note) > MOST_NOTE or "\0" in review.note:
        raise _refused(f"a note has at most {MOST_NOTE:,} characters")
    if review.key is not None and not 0 < len(review.key) <= MOST_KEY:
        raise _refused(f"a key has 1 to {MOST_KEY} characters")
    if (review.decision == "mend") != (review.mend is not None):
        raise _refused("to mend is to say what should be otherwise, and nothing else does")
    if review.decision == "note" and not review.note.strip():
        raise _refused("a note says something")


def _refused(reason: str) -> SaysoError:
    return SaysoError(Problem(where="the decision", reason=reason))
