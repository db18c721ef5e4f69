"""A reading as rows of the ledger's tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Protocol

import msgspec

from sayso.ledger.days import bounds
from sayso.records.reading import Bounds, Claim, Event, Reading
from sayso.records.resolved import Named, Place
from sayso.records.span import Span

Row = tuple[object, ...]
SHIFT = 20  # a report's records are numbered (report << SHIFT) | position: no report holds a million of them
_NAME = 200  # characters of a name that is kept: longer ones are clauses taken for names


class Numbers(Protocol):
    """Where names, places and outlets get their numbers."""

    def name(self, name: str, actor: str | None) -> int:
        """Of the name of an actor, target or source."""
        ...

    def place(self, words: str, place: Place | None) -> int:
        """Of a place, or of words that are not resolved."""
        ...

    def outlet(self, name: str, outlet: Named | None) -> int:
        """Of an outlet."""
        ...


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """All rows of one report by their tables, columns in the order of schema.sql, and what they add to the tallies."""

    report: Row
    parts: list[Row]
    claims: list[Row]
    events: list[Row]
    parties: list[Row]
    toponyms: list[Row]
    times: list[Row]
    tallies: Counter[tuple[str, str]]
    said: Counter[int]  # claims by voice


def rows_of(reading: Reading, number: int, reader: str, numbers: Numbers) -> Rows:
    """The rows of one report."""
    report = reading.report
    outlet = numbers.outlet(report.outlet, reading.outlet_is) if report.outlet else None
    first, day = bounds(report.published)
    day = first or day
    common = _Common(reading, number, outlet, day, numbers)
    claims = [common.claim(claim, position) for position, claim in enumerate(reading.claims, 1)]
    return Rows(
        report=(
            number, report.title, outlet, reading.outlet_is.why if reading.outlet_is else None, report.byline,
            report.published, day, report.language, report.url, len(report.text.split()), len(reading.claims),
            len(reading.events), _json(report.known), _json((*report.notes, *reading.notes)), reader, report.text,
        ),
        parts=[
            (number, at, p.kind, p.start, p.end, p.score, int(p.doubt), p.why,
             None if p.aside is None else report.set_aside[p.aside].text)
            for at, p in enumerate(report.parts)
        ],
        claims=claims,
        events=[common.event(event, position) for position, event in enumerate(reading.events, 1)],
        parties=sorted(set(common.parties())),
        toponyms=[
            (number, *t.span, reading.quote(t.span), numbers.place("", t.place) if t.place else None,
             t.place.precision if t.place else None, t.place.candidates if t.place else None, t.why)
            for t in {t.span: t for t in reading.toponyms}.values()
        ],
        times=[
            (number, *t.span, reading.quote(t.span), t.type, t.value, t.start, t.end, t.precision, t.anchor, t.why)
            for t in {t.span: t for t in reading.times}.values()
        ],
        tallies=_tallies(reading, day),
        said=Counter(voice for row in claims if isinstance(voice := row[4], int)),
    )  # fmt: skip


class _Common:
    """What the rows of one report share."""

    def __init__(self, reading: Reading, number: int, outlet: int | None, day: str, numbers: Numbers) -> None:
        self._reading, self._number, self._outlet, self._day, self._numbers = reading, number, outlet, day, numbers
        self._claims = {claim.id: (position, claim) for position, claim in enumerate(reading.claims, 1)}

    def claim(self, claim: Claim, position: int) -> Row:
        """The row of a claim."""
        quote = self._reading.quote
        return (
            self._number << SHIFT | position, self._number, claim.id, self._words(claim.source), self._voice(claim),
            self._words(claim.cue), " … ".join(quote(span) for span in claim.content), _json(claim.content),
            "; ".join(claim.via), claim.stance, claim.within, claim.score, self._outlet, self._day,
        )  # fmt: skip

    def event(self, event: Event, position: int) -> Row:
        """The row of an event."""
        in_claim, claim = self._claims.get(event.claim or "", (0, None))
        place, words = event.place_is, self._words(event.place)
        return (
            self._number << SHIFT | position, self._number, event.id, event.type, self._words(event.trigger),
            *event.trigger, "; ".join(event.actors_are), "; ".join(event.targets_are), words,
            self._numbers.place(words or "", place) if words or place else None, place.precision if place else None,
            place.why if place else None, self._words(event.time), event.date, event.date_precision, event.date_why,
            *self._days(event), *_both(event.killed_n), *_both(event.wounded_n), self._words(event.weapon),
            event.status, self._number << SHIFT | in_claim if claim else None, self._voice(claim) if claim else None,
            self._outlet, event.incident, event.score, *(_code(c) for c in (event.acled, event.plover, event.ucdp)),
        )  # fmt: skip

    def parties(self) -> Iterator[tuple[int, int, str]]:
        """Who took part in which event, and as what."""
        for position, event in enumerate(self._reading.events, 1):
            sides = (
                ("actor", event.actors_are, event.actor_ids),
                ("target", event.targets_are, event.target_ids),
            )
            for role, names, ids in sides:
                for at, name in enumerate(names):
                    id = ids[at] if at < len(ids) else None
                    yield self._numbers.name(name[:_NAME], id), self._number << SHIFT | position, role

    def _voice(self, claim: Claim) -> int | None:
        return self._numbers.name(claim.source_is[:_NAME], claim.source_id) if claim.source_is else None

    def _words(self, span: Span | None) -> str | None:
        return None if span is None else self._reading.quote(span)

    def _days(self, event: Event) -> tuple[str, str]:
        first, last = bounds(event.date)
        if not first and event.date_bounds:
            first, last = bounds(event.date_bounds[0])[0], bounds(event.date_bounds[1])[1]
        return first or last or self._day, last or first or self._day


def _tallies(reading: Reading, day: str) -> Counter[tuple[str, str]]:
    """What a report adds to the counts of `sayso stats`."""
    report = reading.report
    counts = Counter(
        {("all", "reports"): 1, ("all", "claims"): len(reading.claims), ("all", "events"): len(reading.events)}
    )
    counts["outlet", report.outlet or ""] += 1
    counts["month", day[:7]] += 1
    counts["language", report.language or ""] += 1
    counts.update(("event type", event.type) for event in reading.events)
    counts.update(("status", event.status) for event in reading.events)
    counts.update(("stance", claim.stance) for claim in reading.claims)
    return +counts


def _both(bounds: Bounds | None) -> Bounds:
    return bounds or (None, None)


def _code(code: object) -> str | None:
    return None if code is None else _json(code)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
