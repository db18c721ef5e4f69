"""What a whole pool of reports says: accounts, incidents, origins, disputes, and who is said to hold what."""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.records.reading import Bounds
from sayso.records.resolved import Place
from sayso.records.vocabulary import EventType, Stance, Status

Side = Literal["state", "party", "monitor", "agency", "outlet", "witness", "unnamed", "other"]
HoldStatus = Literal["holds", "contested", "besieged", "claimed by one side", "unknown"]


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who says or passes on: the source of a claim, a relay, or an outlet in its own words.

    `id`: in the registers of actors or outlets, where of record. `named` False: "an unnamed diplomat".
    """

    name: str
    id: str | None
    side: Side
    named: bool = True


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One event as one report has it. `key` is "REPORT#EVENT", unique in a pool.

    `chain`: the origin first, then the relays, the report's outlet last; `beside`: who says it together with the
    origin. `words` is the sentence that tells it, from `start` to `end` of the report's text; `first`, `last`: the days
    it may have happened on (ISO), None: not known; `date_guessed`: its own words do not tell them.
    """

    key: str
    report: str
    event: str
    incident: str
    type: EventType
    status: Status
    stance: Stance | None
    actors: tuple[str, ...] = ()
    actor_ids: tuple[str | None, ...] = ()
    targets: tuple[str, ...] = ()
    target_ids: tuple[str | None, ...] = ()
    place: Place | None = None
    also_at: tuple[Place, ...] = ()
    place_words: str | None = None
    first: str | None = None
    last: str | None = None
    date_precision: int | None = None
    date_guessed: bool = False
    killed: Bounds | None = None
    wounded: Bounds | None = None
    weapon: str | None = None
    words: str
    start: int
    end: int
    trigger: tuple[int, int]
    chain: tuple[Voice, ...]
    beside: tuple[Voice, ...] = ()
    published: str | None = None
    title: str | None = None
    url: str | None = None
    score: float = 1.0
    acled: dict[str, str] | None = None
    plover: dict[str, str] | None = None
    ucdp: dict[str, int | None] | None = None


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """A passage of report `later` that report `earlier` has too; spans are code points into each text.

    `earlier` is whose passage it is taken to be; `decided` False: which of them had it first is not known.
    """

    later: str
    earlier: str
    later_span: tuple[int, int]
    earlier_span: tuple[int, int]
    kind: Literal["copied", "quotation"]
    decided: bool
    why: str


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """A first voice behind accounts of an incident, and how each account has it from there.

    `accounts`: keys; `chains`: for each of them the names from the origin to the outlet. `independent` False: it may
    rest on another's word, `why` says so. `denies`: it only says that the incident did not happen.
    """

    voice: Voice
    accounts: tuple[str, ...]
    chains: tuple[tuple[str, ...], ...]
    independent: bool
    why: str
    denies: bool = False


class DisputeSide(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a dispute: what it holds, its accounts, and the words of each."""

    says: str
    accounts: tuple[str, ...]
    words: tuple[str, ...]
    voices: tuple[str, ...]


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """Accounts of one incident, or of one place, that cannot all be right. sayso does not rule."""

    id: str
    kind: Literal["happened", "number", "actor", "holder"]
    about: str
    sides: tuple[DisputeSide, ...]
    why: str


class HolderDispute(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute over who holds a place, and the first day (ISO) on which two are said to."""

    place: Place
    first: str
    dispute: Dispute


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """What the accounts of one real-world event say together. `how`: for each field, how its value was chosen.

    `place_words`: what a place is called that the gazetteer lacks; `first`, `last`: ISO days; `killed`, `wounded`:
    the widest range of the accounts that were not corrected later. `independent`: how many independent origins say
    so, those that deny it not counted; `by_side`: the same by side.
    """

    id: str
    type: EventType
    status: Status
    actors: tuple[str, ...]
    actor_ids: tuple[str | None, ...]
    targets: tuple[str, ...]
    target_ids: tuple[str | None, ...]
    place: Place | None
    first: str | None
    last: str | None
    date_precision: int | None
    killed: Bounds | None
    wounded: Bounds | None
    accounts: tuple[str, ...]
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: tuple[Origin, ...]
    independent: int
    by_side: dict[str, int]
    disputes: tuple[Dispute, ...]
    how: dict[str, str]
    why: str
    place_words: str | None = None
    acled: dict[str, str] | None = None
    plover: dict[str, str] | None = None
    ucdp: dict[str, int | None] | None = None


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """Who is said to hold a place over a stretch of days. `since` and `until` ISO days, None: open or not known.

    `said`: the day of the last word on it; `accounts`: the keys of the claims behind it.
    """

    place: Place
    actor: str | None
    actor_id: str | None
    status: HoldStatus
    since: str | None
    until: str | None
    said: str | None
    accounts: tuple[str, ...]
    why: str
