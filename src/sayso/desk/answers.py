"""The shapes of what the desk's tables answer.

Those of single records are in `answer_pages`; records themselves are those of `sayso.records`. The schemas in
`/openapi.json` come from here, and the tests hold the answers against them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.records.pool import Dispute, Holding
from sayso.records.reading import Bounds
from sayso.records.resolved import Place
from sayso.records.span import Span
from sayso.records.vocabulary import EventType, Stance, Status

Codes = dict[str, str | int | None]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What all answers are; fields may be added, none changes meaning."""


class ProblemSaid(Answer, frozen=True, kw_only=True):
    """What could not be answered, and why."""

    where: str
    reason: str


class ProblemAnswer(Answer, frozen=True, kw_only=True):
    """The body of every answer that is an error."""

    problem: ProblemSaid


class ReportRow(Answer, frozen=True, kw_only=True):
    """A row of `/reports.json`; docs/ledger.md has the fields."""

    id: str
    title: str | None
    outlet: str | None
    outlet_id: str | None
    byline: str | None
    published: str | None
    language: str | None
    url: str | None
    words: int
    claims: int
    events: int
    digest: str | None
    received_from: str | None
    reader: str


class ClaimRow(Answer, frozen=True, kw_only=True):
    """A row of `/claims.json`."""

    id: str
    report: str
    outlet: str | None
    published: str | None
    source: str | None
    source_id: str | None
    via: str
    stance: Stance
    cue: str | None
    content: str
    spans: list[Span]
    within: str | None
    score: float


class EventRow(Answer, frozen=True, kw_only=True):
    """A row of `/events.json`."""

    id: str
    report: str
    outlet: str | None
    published: str | None
    type: EventType
    words: str
    actors: str
    targets: str
    place_words: str | None
    place: str | None
    place_id: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    place_precision: int | None
    place_why: str | None
    time_words: str | None
    date: str | None
    date_precision: int | None
    first_day: str | None
    last_day: str | None
    date_why: str
    killed_low: int | None
    killed_high: int | None
    wounded_low: int | None
    wounded_high: int | None
    weapon: str | None
    status: Status
    claim: str | None
    source: str | None
    source_id: str | None
    incident: str
    score: float
    start: int
    stop: int
    acled: Codes | None
    plover: Codes | None
    ucdp: Codes | None


class IncidentRow(Answer, frozen=True, kw_only=True):
    """A row of `/incidents.json`: an incident with counts in place of lists; `disputed`: kinds of its disputes.

    `added`, `changed`: when it was first and last written (UTC), null where that is not kept.
    """

    id: str
    type: EventType
    status: Status
    actors: list[str]
    actor_ids: list[str | None]
    targets: list[str]
    target_ids: list[str | None]
    place: Place | None
    place_words: str | None
    first: str | None
    last: str | None
    date_precision: int | None
    killed: Bounds | None
    wounded: Bounds | None
    accounts: int
    reports: int
    outlets: int
    origins: int
    independent: int
    by_side: dict[str, int]
    disputed: list[str]
    added: str | None = None
    changed: str | None = None


class DisputeRow(Answer, frozen=True, kw_only=True):
    """A row of `/disputes.json`: `incident` null where a place's holder is disputed."""

    dispute: Dispute
    incident: str | None
    first: str | None
    place: Place | None


class SourceRow(Answer, frozen=True, kw_only=True):
    """A row of `/sources.json`; `first`, `last`: months."""

    name: str
    source_id: str | None
    claims: int
    reports: int
    outlets: int
    first: str | None
    last: str | None


class OutletRow(Answer, frozen=True, kw_only=True):
    """A row of `/outlets.json`; `first`, `last`: days of publication."""

    name: str
    id: str | None
    kind: str | None
    reports: int
    first: str | None
    last: str | None


class ActorRow(Answer, frozen=True, kw_only=True):
    """A row of `/actors.json`: an actor of record, or a name that has no entry (`id` null).

    `events`: in how many it takes part, `most` at most (then there may be more).
    """

    id: str | None
    name: str
    kind: str | None
    events: int


class PlaceRow(Answer, frozen=True, kw_only=True):
    """A row of `/places.json`; `id` null: words that are not resolved. `events`: as in `ActorRow`."""

    id: str | None
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    level: str | None
    geonameid: int | None
    events: int


class SearchRow(Answer, frozen=True, kw_only=True):
    """A row of `/search.json`; `found`: where the words stand in the snippet."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    snippet: str
    found: list[Span]


class Events(Answer, frozen=True, kw_only=True):
    """A stretch of a table; `next`: the cursor of the stretch after it, null at the end."""

    rows: list[EventRow]
    next: str | None


class Claims(Answer, frozen=True, kw_only=True):
    """See `Events`."""

    rows: list[ClaimRow]
    next: str | None


class Reports(Answer, frozen=True, kw_only=True):
    """See `Events`."""

    rows: list[ReportRow]
    next: str | None


class Incidents(Answer, frozen=True, kw_only=True):
    """See `Events`."""

    rows: list[IncidentRow]
    next: str | None


class Disputes(Answer, frozen=True, kw_only=True):
    """See `Events`."""

    rows: list[DisputeRow]
    next: str | None


class Control(Answer, frozen=True, kw_only=True):
    """Who is said to hold what; `at`: the day asked for."""

    at: str | None
    rows: list[Holding]
    next: str | None


class Sources(Answer, frozen=True, kw_only=True):
    """See `Events`."""

    rows: list[SourceRow]
    next: str | None


class Outlets(Answer, frozen=True, kw_only=True):
    """See `Events`."""

    rows: list[OutletRow]
    next: str | None


class Actors(Answer, frozen=True, kw_only=True):
    """See `Events`."""

    rows: list[ActorRow]
    next: str | None


class Places(Answer, frozen=True, kw_only=True):
    """See `Events`."""

    rows: list[PlaceRow]
    next: str | None


class Found(Answer, frozen=True, kw_only=True):
    """Reports that hold the words asked for."""

    rows: list[SearchRow]
    next: str | None


class Situation(Answer, frozen=True, kw_only=True):
    """What there is, counted over the whole ledger: `counts` by what; the span of days that events are of.

    `new`: what came in since `new_since` (the day asked for, or that of the last page received); null: not known.
    """

    ledger: str
    counts: dict[str, int]
    first: str | None
    last: str | None
    types: dict[str, int]
    status: dict[str, int]
    languages: dict[str, int]
    disputed: int
    new_since: str | None
    new: dict[str, int]
    received: str | None


class Bin(Answer, frozen=True, kw_only=True):
    """Events whose possible days all lie in one day, week (from Monday) or month; `start` is its first day."""

    start: str
    n: int
    types: dict[str, int]


class Timeline(Answer, frozen=True, kw_only=True):
    """Counts over time; `wider`: events whose days are not known so closely, or not at all."""

    by: Literal["day", "week", "month"]
    of: Literal["events", "incidents"]
    rows: list[Bin]
    wider: int


class ReportHead(Answer, frozen=True, kw_only=True):
    """A report as it is named beside its records."""

    id: str
    title: str | None
    outlet: str | None
    outlet_id: str | None
    published: str | None
    language: str | None
    url: str | None


class Passage(Answer, frozen=True, kw_only=True):
    """The paragraph that records stand in: `start` is where it begins in the report's text (code points)."""

    start: int
    text: str
