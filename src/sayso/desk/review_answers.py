"""The shapes of what the review's addresses answer, and of what they are sent."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from sayso.desk.answers import Answer, IncidentRow, Passage, ReportHead
from sayso.records.pool import Account
from sayso.records.reading import Claim, Event
from sayso.records.resolved import Level
from sayso.records.vocabulary import EventType, Stance

Kind = Literal["event", "claim", "incident"]
Standing = Literal["open", "once", "agreed", "disagreed", "settled"]
Taken = Literal["accept", "reject", "mend", "unsure", "skip", "note"]


class QueueItem(Answer, frozen=True, kw_only=True):
    """A record in the queue. `why`: reasons with their numbers (unsure, killed, wounded, denies, doubts, unnamed,
    disputed, reports). `decision`: the one in effect; `mine`: that of whoever asks. `record_status` is the event's.
    """

    id: str
    kind: Kind
    weight: int
    why: list[tuple[str, int | float | None]]
    standing: Standing
    decision: str | None
    mine: str | None
    type: EventType | None
    stance: Stance | None
    record_status: str | None
    words: str
    actors: str
    targets: str
    place: str | None
    first: str | None
    last: str | None
    source: str | None
    outlet: str | None
    published: str | None
    reports: int


class Queue(Answer, frozen=True, kw_only=True):
    """A stretch of the queue; `next`: the cursor of the one after it, null at the end."""

    rows: list[QueueItem]
    next: str | None


class Decided(Answer, frozen=True, kw_only=True):
    """A decision; `live`: it was not undone. `mend`: fields of the record as they should be."""

    number: int
    id: str
    decision: str
    who: str
    at: str
    note: str
    mend: dict[str, Any] | None
    undoes: int | None
    live: bool
    blind: bool
    found: bool


class ClaimHead(Answer, frozen=True, kw_only=True):
    """A claim of the report, to choose from."""

    id: str
    source: str | None
    stance: Stance
    words: str


class ReviewItem(Answer, frozen=True, kw_only=True):
    """One record to decide on, with all that a decision rests on.

    `event`, `claim`: as it was read; `..._now`: as it counts with the decisions in effect, or with one's own.
    `decisions` are those that whoever asks may see, `hidden` the number of those that they may not yet. `seen` goes
    back with the decision. `near`: incidents like this one; `joined`: merges and splits of it.
    """

    id: str
    kind: Kind
    weight: int
    why: list[tuple[str, int | float | None]]
    standing: Standing
    decision: str | None
    mine: str | None
    coders: int
    decisions: list[Decided]
    hidden: int
    seen: int
    report: ReportHead | None
    passage: Passage | None
    event: Event | None
    event_now: Event | None
    claim: Claim | None
    claim_now: Claim | None
    claims: list[ClaimHead]
    incident: IncidentRow | None
    accounts: list[Account]
    near: list[IncidentRow]
    joined: list[Joined]


class Joined(Answer, frozen=True, kw_only=True):
    """A merge or split of incidents, or the undoing of one."""

    number: int
    kind: Literal["merge", "split", "undo"]
    undoes: int | None
    incidents: list[str]
    who: str
    at: str
    note: str
    live: bool


class KindCounts(Answer, frozen=True, kw_only=True):
    """How far one kind of record is: `all` there are, and how many stand how."""

    all: int
    once: int
    agreed: int
    disagreed: int
    settled: int


class CoderCounts(Answer, frozen=True, kw_only=True):
    """What one coder did: records decided on and put off, when last (UTC)."""

    who: str
    decided: int
    skipped: int
    last: str


class Progress(Answer, frozen=True, kw_only=True):
    """How far the review is. `coders`: how many people decide on a record before it counts; `who`: whoever asks."""

    coders: int
    who: str | None
    kinds: dict[str, KindCounts]
    by: list[CoderCounts]
    waiting: int


class Agreement(Answer, frozen=True, kw_only=True):
    """How far coders who did not see each other's decisions agree on one field.

    `n`: records both decided on, of which the field is of both; `percent` from 0 to 100. `kappa` is Cohen's, for two
    coders; `alpha` Krippendorff's for nominal data, for any number. Null: it cannot be told (one value only, or none).
    """

    field: str
    n: int
    percent: float | None
    kappa: float | None
    alpha: float | None


class AgreementBetween(Answer, frozen=True, kw_only=True):
    """Two coders."""

    coders: list[str]
    records: int
    fields: list[Agreement]


class Agreements(Answer, frozen=True, kw_only=True):
    """How far coders agree: all together, and each two of them."""

    coders: list[str]
    records: int
    fields: list[Agreement]
    pairs: list[AgreementBetween]


class Trail(Answer, frozen=True, kw_only=True):
    """Decisions, the last first."""

    rows: list[Decided]
    next: str | None


class PlaceFound(Answer, frozen=True, kw_only=True):
    """A place of the gazetteer that a name may mean; `km` from the point asked for."""

    id: str
    name: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    level: Level
    population: int
    km: float | None


class PlacesFound(Answer, frozen=True, kw_only=True):
    """Places, the likeliest first."""

    rows: list[PlaceFound]


class ActorFound(Answer, frozen=True, kw_only=True):
    """An actor of the register; `known_as`: the name it was found by."""

    id: str
    name: str
    kind: str
    known_as: str
    country: str | None


class ActorsFound(Answer, frozen=True, kw_only=True):
    """Actors, the likeliest first."""

    rows: list[ActorFound]


class Deciding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of `POST /review/decide`. `mend`: fields of the record as they should be; its `place_is` may be
    {"id"} of the gazetteer, or {"lat", "lon"} with a "name". `key`: sent again, it is not decided again.
    """

    id: str
    decision: Taken
    mend: dict[str, Any] | None = None
    note: str = ""
    key: str | None = None
    settle: bool = False
    seen: int | None = None


class Undoing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of `POST /review/undo`: the number of a decision or, with `joined`, of a merge or split.

    `of`, in place of the number: the key that the decision was sent with.
    """

    number: int = 0
    of: str | None = None
    joined: bool = False
    key: str | None = None


class Merging(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of `POST /review/merge`."""

    ids: list[str]
    note: str = ""


class Splitting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of `POST /review/split`: events (REPORT#e3) to be an incident of their own."""

    id: str
    events: list[str]
    note: str = ""


class Mode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of `POST /review/mode`: how many people decide on a record before it counts, 1 or 2."""

    coders: int


class Done(Answer, frozen=True, kw_only=True):
    """What became of a record: the decision's number, and how the record stands now."""

    number: int
    id: str
    standing: Standing
    decision: str | None


class ModeSet(Answer, frozen=True, kw_only=True):
    """How many people decide on a record before it counts."""

    coders: int


ANSWERS: tuple[type, ...] = (
    Queue, ReviewItem, Progress, Agreements, Trail, PlacesFound, ActorsFound, Done, ModeSet,
)  # fmt: skip
SENT: tuple[type, ...] = (Deciding, Undoing, Merging, Splitting, Mode)
