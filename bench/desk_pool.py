"""Kept links for the generated ledger of `ledger_pool.py`: what happened at one place on one day is one incident.

Linking a million events takes an hour; how fast the desk answers depends only on how much there is, so the links are
made up: as many incidents, accounts, disputes and holdings as real ones have, each record whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec

from sayso.ledger import Ledger, packing
from sayso.ledger.rows import SHIFT
from sayso.linking.packed import pack_accounts
from sayso.records.pool import Account, Dispute, DisputeSide, Holding, Incident, Origin, Voice
from sayso.records.resolved import Place

_DISPUTED = 20  # one incident in so many has a dispute, as in the example pool
_HELD = 10  # one in so many changes who holds its place
_MARKS = (
    ("party", "name", "parties x ON x.event"), ("voice", "voice", "events x ON x.number"),
    ("outlet", "outlet", "events x ON x.number"),
)  # fmt: skip
_ADDED = "2026-06-09T12:00:00Z"
_EVENTS = (
    "SELECT e.number, p.id || '#' || e.id, p.id, e.id, e.type, e.status, e.actors, e.targets, e.first_day, e.last_day, "
    "e.place, e.words, e.start, e.stop, o.name, n.name, e.outlet, r.published FROM events e "
    "JOIN pages p ON p.number = e.report JOIN reports r ON r.number = e.report JOIN outlets o ON o.number = e.outlet "
    "LEFT JOIN names n ON n.number = e.voice "
)


def link(ledger: Ledger) -> int:
    """Write made-up links for every event; how many incidents there are."""
    connection = ledger.connection
    places = _places(connection)
    for pragma in ("synchronous = OFF", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    with ledger.writing():
        for table in (
            "to_link",
            "linked",
            "incidents",
            "incident_events",
            "incident_marks",
            "incident_days",
            "disputes",
            "holdings",
        ):
            connection.execute(f"DELETE FROM {table}")
        _keep_accounts(connection, places)
        count = _keep_incidents(connection, places)
        for what, column, table in _MARKS:
            connection.execute(
                f"INSERT INTO incident_marks SELECT DISTINCT '{what}', x.{column}, m.incident "
                f"FROM incident_events m JOIN {table} = m.event WHERE x.{column} IS NOT NULL"
            )
        connection.execute(
            "INSERT INTO incident_days SELECT first_day, type, count(*) FROM incidents GROUP BY first_day, type"
        )
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count


def _places(connection: sqlite3.Connection) -> dict[int, Place]:
    columns = ("id", "name", "country", "admin1", "lat", "lon", "level", "geonameid")
    rows = connection.execute(f"SELECT number, {', '.join(columns)} FROM places WHERE id IS NOT NULL")
    why = {"precision": 1, "candidates": 3, "why": "the nearest of 3"}
    return {n: Place(**dict(zip(columns, row, strict=True)), **why) for n, *row in rows}  # type: ignore[arg-type]


def _accounts(rows: Sequence[Any], places: dict[int, Place]) -> tuple[Account, ...]:
    return tuple(_account(row, places) for row in rows)


def _account(row: Any, places: dict[int, Place]) -> Account:
    _, key, report, event, type, status, actors, targets, first, last, place, words, start, stop = row[:14]
    outlet, voice, _, published = row[14:]
    return Account(
        key=key, report=report, event=event, incident="i", type=type, status=status, stance="affirms",
        actors=(actors,), actor_ids=(None,), targets=(targets,), target_ids=(None,), place=places.get(place),
        place_words="there", first=first, last=last, date_precision=1, words=f"{words} " * 25, start=start, end=stop,
        trigger=(start, stop), published=published, title="word1 word2 word3",
        chain=tuple(Voice(name=name, id=None, side="other") for name in (voice or outlet, outlet)),
    )  # fmt: skip


def _keep_accounts(connection: sqlite3.Connection, places: dict[int, Place]) -> None:
    rows = connection.execute(_EVENTS + "ORDER BY e.number")
    for report, found in groupby(rows, lambda row: row[0] >> SHIFT):
        accounts = pack_accounts(_accounts(list(found), places))
        connection.execute(
            "INSERT INTO linked (report, accounts, nodes, filed) VALUES (?, ?, x'', x'')",
            (report, packing.pack(accounts)),
        )


def _keep_incidents(connection: sqlite3.Connection, places: dict[int, Place]) -> int:
    number = 0
    for (place, day), found in _grouped(connection):
        number += 1
        told = _accounts(found, places)
        incident = _incident(number, told)
        packed = packing.pack(msgspec.json.encode(incident))
        first = found[0]
        counts = [len(part) for part in (told, incident.reports, incident.outlets, incident.origins)]
        connection.execute(
            "INSERT INTO incidents VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, incident.id, first[4], first[5], place, day, first[9], *counts, incident.independent,
             len(incident.disputes), _ADDED, _ADDED, packed),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO incident_events VALUES (?, ?, ?)", [(row[0], number, first[0]) for row in found]
        )
        for d in incident.disputes:
            connection.execute(
                "INSERT INTO disputes (id, incident, place, kind, about, first_day, packed) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: E501
                (d.id, number, place, d.kind, d.about, day, packing.pack(msgspec.json.encode(d))),
            )
        if number % _HELD == 0:
            _hold(connection, place, places[place], incident)
    return number


def _grouped(connection: sqlite3.Connection) -> Iterator[tuple[tuple[int, str], list[Any]]]:
    rows = connection.execute(_EVENTS + "WHERE e.place IS NOT NULL ORDER BY e.first_day, e.place, e.number")
    for (day, place), found in groupby(rows, lambda row: (row[8], row[10])):
        yield (place, day), list(found)


def _incident(number: int, told: tuple[Account, ...]) -> Incident:
    first = told[0]
    voices = {account.chain[0].name: account for account in told}
    disputes = ()
    if number % _DISPUTED == 0:
        side = DisputeSide(says="it happened", accounts=(first.key,), words=(first.words,), voices=("somebody",))
        disputes = (
            Dispute(id=f"d:{number}", kind="happened", about="whether it happened", sides=(side, side), why="both"),
        )
    origins = tuple(
        Origin(voice=account.chain[0], accounts=(account.key,), chains=(tuple(v.name for v in account.chain),),
               independent=True, why="another voice")
        for account in voices.values()
    )  # fmt: skip
    reports, outlets = ((a.report for a in told), (a.chain[-1].name for a in told))
    return Incident(
        id=f"i:{number:016x}", type=first.type, status=first.status, actors=first.actors, actor_ids=first.actor_ids,
        targets=first.targets, target_ids=first.target_ids, place=first.place, first=first.first, last=first.last,
        date_precision=1, killed=None, wounded=None, accounts=tuple(a.key for a in told),
        reports=tuple(dict.fromkeys(reports)), outlets=tuple(dict.fromkeys(outlets)), origins=origins,
        independent=len(origins), by_side={"other": len(origins)}, disputes=disputes, why="one place and day",
        how={"type": "most accounts say so", "place": "the most precise", "first": "the most precise"},
    )  # fmt: skip


def _hold(connection: sqlite3.Connection, number: int, place: Place, incident: Incident) -> None:
    holding = Holding(
        place=place, actor=incident.actors[0], actor_id=None, status="claimed by one side", since=incident.first,
        until=None, said=incident.first, accounts=incident.accounts[:3], why="the last word on it",
    )  # fmt: skip
    connection.execute(
        "INSERT INTO holdings (place, actor, since, until, said, status, packed) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, holding.actor, holding.since, f"{holding.since[:4]}-12-31" if holding.since else "", holding.said,
         holding.status, packing.pack(msgspec.json.encode(holding))),
    )  # fmt: skip
