"""The reading: what one report says, as claims and events with the spans they rest on."""

from __future__ import annotations

import msgspec

from sayso.records.report import Report
from sayso.records.vocabulary import EventType, Stance, Status

Span = tuple[int, int]  # half-open code points into the report's text
Bounds = tuple[int | None, int | None]  # the lowest and highest number meant; None: unbounded


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Content put in somebody's mouth. `source_is`: the fullest name; `via`: relays, nearest to the source first."""

    id: str
    source: Span | None
    source_is: str | None
    cue: Span | None
    content: tuple[Span, ...]
    via: tuple[str, ...]
    stance: Stance
    within: str | None
    score: float


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of something done, or of a state of control or support. `claim` None: the report's own voice."""

    id: str
    type: EventType
    trigger: Span
    actors: tuple[Span, ...] = ()
    actors_are: tuple[str, ...] = ()
    targets: tuple[Span, ...] = ()
    targets_are: tuple[str, ...] = ()
    place: Span | None = None
    time: Span | None = None
    killed: Span | None = None
    killed_n: Bounds | None = None
    wounded: Span | None = None
    wounded_n: Bounds | None = None
    weapon: Span | None = None
    status: Status
    claim: str | None = None
    incident: str
    score: float


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its claims and events, both in the order of the text. `id` is the report's."""

    id: str
    report: Report
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]

    def quote(self, span: Span) -> str:
        """The words a span points at."""
        return self.report.text[span[0] : span[1]]
