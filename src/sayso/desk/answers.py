"""The shapes of what the desk answers: rows of tables, and records with what their pages need beside them.

Records are those of `sayso.records`; a page's answer is its record with more fields. The schemas in `/openapi.json`
come from here, and the tests hold the answers against them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.records.pool import Account, Dispute, Holding, Incident
from sayso.records.reading import Bounds, Claim, Event
from sayso.records.report import Report
from sayso.records.resolved import Named, Place, Timex, Toponym
from sayso.records.span import Span
from sayso.records.vocabulary import EventType, Stance, Status

Codes = dict[str, str | int | None]
State = Literal["read", "unreadable", "redacted"]


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


class Review(Answer, frozen=True, kw_only=True):
    """A decision of a person on a record."""

    id: str
    decision: str
    who: str
    at: str
    note: str
    found: bool


class SharedPassage(Answer, frozen=True, kw_only=True):
    """Words that two reports share: `here`, `there` are spans of either text."""

    here: Span
    there: Span
    here_words: str
    there_words: str
    words: int
    kind: str
    why: str


class CopyOf(Answer, frozen=True, kw_only=True):
    """Another report that shares passages with this one; `first`: which had them first, null where undecided."""

    other: ReportHead
    kind: str
    how: str | None
    first: Literal["this", "other", "common"] | None
    why: str
    passages: list[SharedPassage]


class CustodyLine(Answer, frozen=True, kw_only=True):
    """A line of the custody log."""

    number: int
    at: str
    act: str
    page: str | None
    place: str | None
    record: str | None
    how: str | None
    size: int | None
    digest: str | None
    reading: str | None
    tool: str
    note: str | None
    previous: str
    hash: str


class ReportPage(Answer, frozen=True, kw_only=True):
    """A reading (docs/reading.md) with how its report came. `report` null: redacted, or it could not be read.

    `incidents`: event id -> incident; `copies`: the first of `copies_in_all` that share passages with it.
    """

    id: str
    state: State
    problem: str | None
    report: Report | None
    claims: list[Claim]
    events: list[Event]
    toponyms: list[Toponym]
    times: list[Timex]
    actors: list[Named]
    outlet_is: Named | None
    notes: list[str]
    incidents: dict[str, str]
    copies: list[CopyOf]
    copies_in_all: int
    custody: list[CustodyLine]
    reviews: list[Review]


class ClaimPage(Claim, frozen=True, kw_only=True):
    """A claim, its `id` and `within` whole (REPORT#c1), with its report, its paragraph and the events it holds."""

    report: ReportHead
    passage: Passage
    row: ClaimRow
    within_row: ClaimRow | None
    event_rows: list[EventRow]
    incidents: dict[str, str]
    reviews: list[Review]


class EventPage(Event, frozen=True, kw_only=True):
    """An event, its `id` and `claim` whole, with its report, its paragraph, its claim and its incident.

    `incident` is the id of the incident in the pool; null: not linked yet.
    """

    incident: str | None  # type: ignore[assignment]  # the reading's own number means nothing outside it
    report: ReportHead
    passage: Passage
    row: EventRow
    claim_row: ClaimRow | None
    incident_row: IncidentRow | None
    reviews: list[Review]


class CopyBetween(Answer, frozen=True, kw_only=True):
    """Two reports of an incident that share passages."""

    a: str
    b: str
    kind: str
    first: str | None
    why: str


class IncidentPage(Incident, frozen=True, kw_only=True):
    """An incident with its accounts as records, and the reports they stand in. `asked`: the id it was asked for by."""

    asked: str
    account_records: list[Account]
    report_heads: dict[str, ReportHead]
    copies: list[CopyBetween]
    added: str | None
    changed: str | None


class PlacePage(PlaceRow, frozen=True, kw_only=True):
    """A place: who is said to hold it over time (`at`: on that day), what happened there."""

    names: list[str]
    types: dict[str, int]
    first: str | None
    last: str | None
    holdings: list[Holding]
    at: str | None
    held: list[Holding]
    incident_rows: list[IncidentRow]
    more_incidents: bool


class MonthSaid(Answer, frozen=True, kw_only=True):
    """How much was said in a month ("": not known when)."""

    month: str
    claims: int


class SourceSaid(Answer, frozen=True, kw_only=True):
    """A source as one outlet cites it, or an outlet's source."""

    name: str
    id: str | None
    claims: int
    reports: int


class SourcePage(Answer, frozen=True, kw_only=True):
    """Who says: `names` are its names in reports; `stances` of its claims; `by_outlet`: who cites it.

    `id` is of the register of actors or outlets, or the name itself. `disputed`: of `counted` incidents that it is an
    origin of; null where incidents are not linked.
    """

    id: str
    name: str
    source_id: str | None
    kind: str | None
    names: list[str]
    claims: int
    reports: int
    outlets: int
    first: str | None
    last: str | None
    months: list[MonthSaid]
    stances: dict[str, int]
    relayed: dict[str, int]
    by_outlet: list[SourceSaid]
    claim_rows: list[ClaimRow]
    next: str | None


class ActorPage(Answer, frozen=True, kw_only=True):
    """An actor: its names in reports, what it is in the register, what it did and suffered."""

    id: str | None
    name: str
    kind: str | None
    names: list[str]
    parents: list[Named]
    as_actor: int
    as_target: int
    types: dict[str, int]
    claims: int
    first: str | None
    last: str | None
    incident_rows: list[IncidentRow]
    more_incidents: bool


class OutletPage(Answer, frozen=True, kw_only=True):
    """An outlet: what it published over time, whom it cites, whose words it copies and who copies its own.

    `unnamed`: claims that do not say who speaks; `copies`: kinds of pairs in which its report came later or earlier.
    """

    id: str | None
    name: str
    kind: str | None
    country: str | None
    names: list[str]
    reports: int
    claims: int
    unnamed: int
    first: str | None
    last: str | None
    months: list[MonthSaid]
    sources: list[SourceSaid]
    copied_from: dict[str, int]
    copied_by: dict[str, int]
    report_rows: list[ReportRow]
    next: str | None


class Table(Answer, frozen=True, kw_only=True):
    """A table of the model card."""

    heading: list[str]
    rows: list[list[str]]


class CardPart(Answer, frozen=True, kw_only=True):
    """A part of the model card: paragraphs, lists and tables in their order."""

    title: str
    blocks: list[str | list[str] | Table]


class About(Answer, frozen=True, kw_only=True):
    """What answers here: versions, the model card with its scores and limits, what the ledger holds."""

    version: str
    reader: str
    python: str
    sqlite: str
    ledger: str
    licence: str
    counts: dict[str, int]
    card: list[CardPart]


class Session(Answer, frozen=True, kw_only=True):
    """Who is at the desk: `name` null until it is given; `token` goes with every write as `X-Sayso-Token`."""

    name: str | None
    token: str


class Naming(Answer, frozen=True, kw_only=True):
    """The body of `POST /session`."""

    name: str
