"""Generated reports for `bench/ledger.py`: few things are frequent and many rare, as in real pools (Zipf)."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from sayso.copies.finder import Bounds
from sayso.copies.fingerprints import digest_of_words, prepared
from sayso.ledger import Ledger, packing
from sayso.ledger.numbers import TableNumbers
from sayso.ledger.rows import SHIFT, rows_of
from sayso.records import Received, Report, digest_of
from sayso.records.reading import Claim, Event, Reading
from sayso.records.resolved import Named, Place
from sayso.records.vocabulary import EVENT_TYPES, STATUSES

WORDS = 400  # of a report
EVENTS, CLAIMS = 16, 10  # of a report, as in the example pool; every claim holds an event
_MADE = 6_250  # reports that are made one by one; the others are these with other ids, days and fingerprints
_VOCABULARY, _ACTORS, _VOICES, _PLACES, _OUTLETS = 50_000, 50_000, 20_000, 5_000, 40
_OF_RECORD = 300  # actors with an id
_FIRST_DAY, _DAYS = date(2012, 1, 1), 2_500
_MASK = 2**63 - 1


@cache
def _shares(number: int) -> np.ndarray:  # type: ignore[type-arg]
    """Zipf's law, summed up: the second as frequent as half the first, the third as a third."""
    shares = np.cumsum(1 / np.arange(1, number + 1))
    return shares / shares[-1]


def made_report(number: int) -> Reading:
    """Report `number`: always the same."""
    draw = np.random.default_rng(number)

    def some(kinds: int, count: int) -> list[int]:
        return [int(n) + 1 for n in np.searchsorted(_shares(kinds), draw.random(count))]

    words = [f"word{n}" for n in some(_VOCABULARY, WORDS)]
    if number % 50 == 0:
        words[5], words[9] = "مَنْبِج", "Манбиджа"
    text = " ".join(words)
    starts = np.cumsum([0, *(len(word) + 1 for word in words)])
    spans = [(int(starts[at]), int(starts[at + 1]) - 1) for at in range(9, WORDS, WORDS // EVENTS)]
    day = _FIRST_DAY + timedelta(days=int(draw.integers(_DAYS)))
    outlet = some(_OUTLETS, 1)[0]
    claims = tuple(
        Claim(
            id=f"c{at + 1}", source=spans[at], source_is=f"voice {voice}", cue=None, content=(spans[at],), via=(),
            stance="affirms", within=None, score=0.9,
        )
        for at, voice in enumerate(islice(cycle(some(_VOICES, 5)), CLAIMS))
    )  # fmt: skip
    # A report comes back to the same places and parties, and tells of the last three days.
    kinds = zip(some(len(EVENT_TYPES), EVENTS), cycle(some(_PLACES, 5)), some(len(STATUSES), EVENTS), strict=False)
    actors = zip(cycle(some(_ACTORS, 5)), cycle(some(_ACTORS, 4)), strict=False)
    drawn = zip(spans, actors, kinds, strict=False)
    events = tuple(_event(at, span, who, *what, day) for at, (span, who, what) in enumerate(drawn))
    report = Report(
        id=f"r-{number}", text=text, title=" ".join(words[:8]), outlet=f"outlet {outlet}", published=day.isoformat(),
        language="en",
        received=Received(where="bench", how="jsonl", media="clean", digest=digest_of(text.encode()), size=len(text)),
    )  # fmt: skip
    return Reading(
        id=report.id,
        report=report,
        claims=claims,
        events=events,
        outlet_is=Named(id=f"outlets:{outlet}", name=f"outlet {outlet}", kind="state", why="its name"),
    )


@cache
def _spot(place: int) -> tuple[float, float]:
    """Somewhere in a rectangle of 440 by 450 km."""
    north, east = np.random.default_rng(place).random(2)
    return 34 + 4 * float(north), 36 + 5 * float(east)


def _event(at: int, span: tuple[int, int], actors: list[int], type: int, place: int, status: int, day: date) -> Event:
    lat, lon = _spot(place)
    when = day - timedelta(days=at % 3)
    return Event(
        id=f"e{at + 1}", type=EVENT_TYPES[type - 1], trigger=span, actors=(span,), actors_are=(f"actor {actors[0]}",),  # type: ignore[arg-type]
        actor_ids=(f"actors:{actors[0]}" if actors[0] <= _OF_RECORD else None,), targets=(span,),
        targets_are=(f"actor {actors[1]}",), target_ids=(f"actors:{actors[1]}" if actors[1] <= _OF_RECORD else None,),
        place=span,
        place_is=Place(
            id=f"bench:{place}", name=f"place {place}", country="SY", admin1=None, lat=lat, lon=lon,
            level="town", precision=1, candidates=3, why="the nearest of 3",
        ),
        date=when.isoformat(), date_precision=1, status=STATUSES[status - 1],  # type: ignore[arg-type]
        claim=f"c{at + 1}" if at < CLAIMS else None, incident=f"i{at + 1}", score=0.8,
    )  # fmt: skip


def fill(path: Path, events: int, now: datetime, most_made: int = _MADE) -> None:
    """A ledger with so many events, made in bulk: its indexes are written at the end."""
    made = min(most_made, events // EVENTS)
    with Ledger.create(path, now, "bench") as ledger:
        do = ledger.connection.execute
        do("PRAGMA synchronous = OFF")
        do("PRAGMA secure_delete = OFF")
        do("PRAGMA foreign_keys = OFF")
        indexes = [
            (name, sql)
            for name, sql in do("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
            if not name.endswith("_once")
        ]  # fmt: skip
        for name, _ in indexes:
            do(f"DROP INDEX {name}")
        with ledger.writing() as connection:
            _make(connection, range(1, made + 1))
        for more in range(1, events // EVENTS // made):
            with ledger.writing() as connection:
                _again(connection, made, more)
        with ledger.writing() as connection:
            _index(connection)
        for _, sql in indexes:
            do(sql)
        do("PRAGMA wal_checkpoint(TRUNCATE)")


def _again(connection: sqlite3.Connection, made: int, more: int) -> None:
    """The reports made, once more: numbers go up, days and places shift, so that nothing is twice the same."""
    by, up = more * made, (more * made) << SHIFT
    days = f"'{37 * more % 365} days'"
    changed = {
        "received": {"digest": f"'sha256:' || printf('%064x', rowid + {by})"},
        "pages": {
            "number": f"number + {by}", "id": f"'r-' || (number + {by})",
            "digest": f"'sha256:' || printf('%064x', number + {by})",
        },
        "reports": {"number": f"number + {by}", "day": f"date(day, {days})", "published": f"date(published, {days})"},
        "readings": {"report": f"report + {by}"},
        "compared": {"report": f"report + {by}", "digest": f"(digest + {more * 7919}) & {_MASK}"},
        "claims": {"number": f"number + {up}", "report": f"report + {by}", "day": f"date(day, {days})"},
        "events": {
            "number": f"number + {up}", "report": f"report + {by}", "claim": f"claim + {up}",
            "place": f"1 + (place + {11 * more}) % (SELECT count(*) FROM places)",
            "first_day": f"date(first_day, {days})", "last_day": f"date(last_day, {days})",
        },
        "parties": {"event": f"event + {up}"},
    }  # fmt: skip
    last = {"received": f"rowid <= {made}", "pages": f"number <= {made}", "reports": f"number <= {made}",
            "claims": f"report <= {made}", "events": f"report <= {made}", "parties": f"event < {(made + 1) << SHIFT}",
            "readings": f"report <= {made}", "compared": f"report <= {made}"}  # fmt: skip
    for table, other in changed.items():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(other.get(name, f'"{name}"') for name in columns)
        connection.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {last[table]}")
    connection.execute(
        f"INSERT INTO words (rowid, title, text) SELECT number + {by}, title, text FROM reports WHERE number <= {made}"
    )


def _index(connection: sqlite3.Connection) -> None:
    """Fingerprints, and what is counted."""
    held = []
    for number, hashes in connection.execute("SELECT report, hashes FROM compared"):
        of_report = (np.frombuffer(hashes, np.int64) + number // _MADE * 7919) & _MASK
        held.append(np.column_stack([of_report, np.full(len(of_report), number, np.int64)]))
    connection.executemany("INSERT OR IGNORE INTO fingerprints VALUES (?, ?)", _sorted(held))
    connection.execute("INSERT INTO tallies SELECT 'event type', type, count(*) FROM events GROUP BY type")
    connection.execute("INSERT INTO tallies SELECT 'status', status, count(*) FROM events GROUP BY status")
    connection.execute("INSERT INTO tallies SELECT 'month', substr(day, 1, 7), count(*) FROM reports GROUP BY 2")
    connection.execute(
        "INSERT INTO said SELECT voice, outlet, substr(day, 1, 7), count(*), count(DISTINCT report) FROM claims "
        "GROUP BY 1, 2, 3"
    )
    connection.execute("INSERT INTO cited SELECT voice, sum(claims), sum(reports) FROM said GROUP BY voice")
    for table in ("events", "claims", "reports"):
        connection.execute(f"INSERT INTO tallies SELECT 'all', '{table}', count(*) FROM {table}")


def _sorted(held: list[np.ndarray]) -> Iterator[tuple[int, int]]:  # type: ignore[type-arg]
    """The rows in the order of the table, no fingerprint with more reports than the finder keeps for one."""
    rows = np.concatenate(held)
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    begins = np.flatnonzero(np.r_[True, rows[1:, 0] != rows[:-1, 0]])
    rank = np.arange(len(rows)) - np.repeat(begins, np.diff(np.r_[begins, len(rows)]))
    rows = rows[rank < Bounds().holders]
    for at in range(0, len(rows), 100_000):
        yield from rows[at : at + 100_000].tolist()


def _make(connection: sqlite3.Connection, numbers: range) -> None:
    """Write some reports' rows one by one."""
    tables = TableNumbers(connection)
    made = [made_report(number) for number in numbers]
    rows = [rows_of(reading, number, "bench", tables) for number, reading in zip(numbers, made, strict=True)]

    def many(table: str, values: list[tuple[object, ...]]) -> None:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)

    texts = [reading.report.text.encode() for reading in made]
    digests = [digest_of(text) for text in texts]
    many("received", [(d, len(t), packing.pack(t)) for d, t in zip(digests, texts, strict=True)])
    context = '{"hints":{},"overrides":{"published":null,"outlet":null}}'
    many(
        "pages",
        [(n, r.id, d, "read", None, "{}", context, None) for n, r, d in zip(numbers, made, digests, strict=True)],
    )
    many("reports", [r.report for r in rows])
    packed = packing.pack_reading(made[0])  # one for all: packing takes longer than all else
    many("readings", [(number, "", packed) for number in numbers])
    for table in ("claims", "events", "parties"):
        many(table, [row for r in rows for row in getattr(r, table)])
    for number, text in zip(numbers, prepared([reading.report.text for reading in made]), strict=True):
        hashes = sorted(set(text.fingerprints))
        values = (number, digest_of_words(text.words), array("q", hashes).tobytes())
        connection.execute("INSERT INTO compared VALUES (?, ?, NULL, ?)", values)
    connection.execute("INSERT INTO words (rowid, title, text) SELECT number, title, text FROM reports")
