"""Generated reports for `bench/ledger.py`: few things are frequent and many rare, as in real pools (Zipf)."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from sayso.copies.finder import Bounds
from sayso.copies.fingerprints import digest_of_words, fingerprints_of, prepared
from sayso.ledger import Ledger, packing
from sayso.ledger.folding import folded
from sayso.ledger.numbers import TableNumbers
from sayso.ledger.rows import Rows, rows_of
from sayso.records import Received, Report, digest_of
from sayso.records.reading import Claim, Event, Reading
from sayso.records.resolved import Named, Place
from sayso.records.vocabulary import EVENT_TYPES, STATUSES

WORDS = 200  # of a report
EVENTS = 4  # of a report, two of them in claims
BATCH = 5_000
_VOCABULARY, _ACTORS, _VOICES, _PLACES, _OUTLETS = 50_000, 50_000, 20_000, 5_000, 40
_OF_RECORD = 300  # actors with an id
_FIRST_DAY, _DAYS = date(2012, 1, 1), 2_900


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
    spans = [(int(starts[at]), int(starts[at + 1]) - 1) for at in (10, 60, 110, 160)]
    day = _FIRST_DAY + timedelta(days=int(draw.integers(_DAYS)))
    voices, outlet = some(_VOICES, 2), some(_OUTLETS, 1)[0]
    claims = tuple(
        Claim(
            id=f"c{at + 1}", source=spans[at], source_is=f"voice {voice}", cue=None, content=(spans[at],), via=(),
            stance="affirms", within=None, score=0.9,
        )
        for at, voice in enumerate(voices)
    )  # fmt: skip
    drawn = zip(some(len(EVENT_TYPES), EVENTS), some(_PLACES, EVENTS), some(len(STATUSES), EVENTS), strict=True)
    events = tuple(
        _event(at, spans[at], some(_ACTORS, 2), type, place, status, day)
        for at, (type, place, status) in enumerate(drawn)
    )
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


def _event(at: int, span: tuple[int, int], actors: list[int], type: int, place: int, status: int, day: date) -> Event:
    spot = np.random.default_rng(place).random(2)
    when = day - timedelta(days=at)
    return Event(
        id=f"e{at + 1}", type=EVENT_TYPES[type - 1], trigger=span, actors=(span,), actors_are=(f"actor {actors[0]}",),  # type: ignore[arg-type]
        actor_ids=(f"actors:{actors[0]}" if actors[0] <= _OF_RECORD else None,), targets=(span,),
        targets_are=(f"actor {actors[1]}",), target_ids=(f"actors:{actors[1]}" if actors[1] <= _OF_RECORD else None,),
        place=span,
        place_is=Place(
            id=f"bench:{place}", name=f"place {place}", country="SY", admin1=None, lat=34 + 4 * float(spot[0]),
            lon=36 + 5 * float(spot[1]), level="town", precision=1, candidates=3, why="the nearest of 3",
        ),
        date=when.isoformat(), date_precision=1, status=STATUSES[status - 1],  # type: ignore[arg-type]
        claim=f"c{at + 1}" if at < 2 else None, incident=f"i{at + 1}", score=0.8,
    )  # fmt: skip


def fill(path: Path, events: int, now: datetime) -> None:
    """A ledger with so many events, made in bulk: its indexes are written at the end."""
    with Ledger.create(path, now, "bench") as ledger:
        do = ledger.connection.execute
        do("PRAGMA synchronous = OFF")
        indexes = [
            (name, sql)
            for name, sql in do("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
            if not name.endswith("_once")
        ]  # fmt: skip
        for name, _ in indexes:
            do(f"DROP INDEX {name}")
        held: list[np.ndarray] = []  # type: ignore[type-arg]
        for first in range(1, events // EVENTS + 1, BATCH):
            with ledger.writing() as connection:
                held.append(_batch(connection, range(first, min(first + BATCH, events // EVENTS + 1))))
            print(f"\r{first:,}", end="", flush=True)
        with ledger.writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO fingerprints VALUES (?, ?)", _sorted(held))
        for _, sql in indexes:
            do(sql)
        do("PRAGMA wal_checkpoint(TRUNCATE)")


def _sorted(held: list[np.ndarray]) -> Iterator[tuple[int, int]]:  # type: ignore[type-arg]
    rows = np.concatenate(held)
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    begins = np.flatnonzero(np.r_[True, rows[1:, 0] != rows[:-1, 0]])
    rank = np.arange(len(rows)) - np.repeat(begins, np.diff(np.r_[begins, len(rows)]))
    rows = rows[rank < Bounds().holders]
    for at in range(0, len(rows), 100_000):
        yield from rows[at : at + 100_000].tolist()


def _batch(connection: sqlite3.Connection, numbers: range) -> np.ndarray:  # type: ignore[type-arg]
    """Write some reports' rows and return their fingerprints."""
    tables = TableNumbers(connection)
    made = [made_report(number) for number in numbers]
    rows = [rows_of(reading, number, "bench", tables) for number, reading in zip(numbers, made, strict=True)]

    def many(table: str, values: list[tuple[object, ...]]) -> None:
        if values:
            connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)

    texts = [reading.report.text.encode() for reading in made]
    digests = [digest_of(text) for text in texts]
    many("received", [(d, len(t), packing.pack(t)) for d, t in zip(digests, texts, strict=True)])
    context = '{"hints":{},"overrides":{"published":null,"outlet":null}}'
    many("pages", [(n, r.id, d, "read", None, "{}", context) for n, r, d in zip(numbers, made, digests, strict=True)])
    many("reports", [r.report for r in rows])
    packed = packing.pack_reading(made[0])  # one for all: packing takes longer than all else
    many("readings", [(number, "", packed) for number in numbers])
    for table in ("claims", "events", "parties"):
        many(table, [row for r in rows for row in getattr(r, table)])
    for number, reading in zip(numbers, made, strict=True):
        title, text = folded(reading.report.title or ""), folded(reading.report.text)
        connection.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, title, text))
    _count(connection, rows)
    return _fingerprints(connection, numbers, made)


def _count(connection: sqlite3.Connection, rows: list[Rows]) -> None:
    tallies, claims, reports = Counter[tuple[str, str]](), Counter[tuple[object, ...]](), Counter[tuple[object, ...]]()
    for r in rows:
        tallies.update(r.tallies)
        for voice, n in r.said.items():
            key = (voice, r.report[2], str(r.report[6])[:7])
            claims[key] += n
            reports[key] += 1
    connection.executemany(
        "INSERT INTO tallies VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        [(*key, n) for key, n in tallies.items()],
    )
    connection.executemany(
        "INSERT INTO said VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET claims = claims + excluded.claims, reports = reports + excluded.reports",
        [(*key, n, reports[key]) for key, n in claims.items()],
    )


def _fingerprints(connection: sqlite3.Connection, numbers: range, made: list[Reading]) -> np.ndarray:  # type: ignore[type-arg]
    found = []
    for number, text in zip(numbers, prepared([reading.report.text for reading in made]), strict=True):
        hashes = sorted(set(fingerprints_of(text.runs)))
        values = (number, digest_of_words(text.words), array("q", hashes).tobytes())
        connection.execute("INSERT INTO compared VALUES (?, ?, NULL, ?)", values)
        found.append(np.column_stack([np.array(hashes, np.int64), np.full(len(hashes), number, np.int64)]))
    return np.concatenate(found)
