"""The shapes of what single records' addresses answer: the record, with what its page shows beside it."""

from __future__ import annotations

from typing import Literal

from sayso.desk.answers import Answer, ClaimRow, EventRow, IncidentRow, Passage, PlaceRow, ReportHead, ReportRow
from sayso.records.pool import Account, Dispute, Holding, Incident
from sayso.records.reading import Claim, Event
from sayso.records.report import Report
from sayso.records.resolved import Named, Timex, Toponym
from sayso.records.span import Span

State = Literal["read", "unreadable", "redacted"]


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
    line_digest: str | None
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
    """A place: who is said to hold it over time (`at`: on that day), who disputes that, what happened there."""

    names: list[str]
    types: dict[str, int]
    first: str | None
    last: str | None
    holdings: list[Holding]
    disputes: list[Dispute]
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

    `id` is of the register of actors or outlets, or the name itself. `incidents`: those told on its word, `disputed` of
    them are disputed; `relayed`: who passes its words on, of the claims of late.
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
    incidents: int
    disputed: int
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

    `unnamed`: claims that do not say who speaks; `copied_from`, `copied_by`: outlets by how many reports of theirs.
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
    incidents: int
    disputed: int
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
