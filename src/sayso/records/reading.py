"""The reading: what one report says, as claims and events with the spans they rest on."""

from __future__ import annotations

import msgspec

from sayso.records.report import Report
from sayso.records.resolved import Named, Place, Timex, Toponym
from sayso.records.span import Span
from sayso.records.vocabulary import EventType, Stance, Status

Bounds = tuple[int | None, int | None]  # the lowest and highest number meant; None: unbounded


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Content put in somebody's mouth. `source_is`: the fullest name; `via`: relays, nearest to the source first.

    `source_id`, `via_ids`: of the register of actors or outlets, where they are of record. `sources`, `source_ids`: the
    same of each source where the words name two ("the coalition and Furat Monitor"), empty where they name one.
    """

    id: str
    source: Span | None
    source_is: str | None
    cue: Span | None
    content: tuple[Span, ...]
    via: tuple[str, ...]
    stance: Stance
    within: str | None
    score: float
    source_id: str | None = None
    via_ids: tuple[str | None, ...] = ()
    sources: tuple[str, ...] = ()
    source_ids: tuple[str | None, ...] = ()


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of something done, or of a state of control or support. `claim` None: the report's own voice.

    `date`: an ISO day, month or year, or two of them as "A/B"; `date_precision`: UCDP's date_prec; `date_bounds`:
    the first and last day possible where no date is warranted; `date_guessed`: its own words do not tell the date.
    `actor_ids`, `target_ids`: in the register, in the order of `actors`, `targets`. `also_at`: the places that the
    words name beside `place_is`. `acled`, `plover`, `ucdp`: what the codebooks call it, by their own column names.
    """

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
    actor_ids: tuple[str | None, ...] = ()
    target_ids: tuple[str | None, ...] = ()
    place_is: Place | None = None
    also_at: tuple[Place, ...] = ()
    date: str | None = None
    date_precision: int | None = None
    date_bounds: tuple[str | None, str | None] | None = None
    date_why: str = ""
    date_guessed: bool = False
    acled: dict[str, str] | None = None
    plover: dict[str, str] | None = None
    ucdp: dict[str, int | None] | None = None
    codes_why: str = ""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its claims and events, both in the order of the text. `id` is the report's.

    `toponyms`, `times`: all words that name a place or a time, also outside events; `actors`: the actors of record that
    ids point at; `outlet_is`: the report's outlet, where it is of record; `notes`: what does not fit together.
    """

    id: str
    report: Report
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    toponyms: tuple[Toponym, ...] = ()
    times: tuple[Timex, ...] = ()
    actors: tuple[Named, ...] = ()
    outlet_is: Named | None = None
    notes: tuple[str, ...] = ()

    def quote(self, span: Span) -> str:
        """The words a span points at."""
        return self.report.text[span[0] : span[1]]
