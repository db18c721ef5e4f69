"""What counts: the machine's reading with people's decisions in effect. The machine's own stays as it was stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from sayso.actors.register import Register
from sayso.codebooks import Seen, code_event
from sayso.ledger.review_mends import Record, with_mend
from sayso.ledger.reviews import coders_needed
from sayso.records.reading import Claim, Event, Reading
from sayso.records.resolved import Named

_CODED = frozenset({"type", "status", "actors", "actors_are", "actor_ids", "targets", "targets_are", "target_ids"})
_STATE_KINDS = frozenset({"state", "government", "state forces"})  # as when the reading was resolved
_EXTERNAL = 8  # ACLED's actor type of a state's forces abroad


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that counts: accept, reject, mend or unsure; `mend`: JSON of the fields (`review_mends`)."""

    decision: str
    who: str
    mend: str | None = None


def effects(connection: sqlite3.Connection, page: int) -> dict[str, Effect]:
    """The decisions that count on a page's records (e3, c1, or '' for the report itself).

    One that awaits a second coder, or that coders disagree on, does not.
    """
    counts = counting(connection, "v")
    rows = connection.execute(
        "SELECT v.record, r.decision, r.who, r.mend FROM reviewed v JOIN reviews r ON r.number = v.last "  # noqa: S608
        f"WHERE v.page = ? AND {counts}",
        (page,),
    )
    return {record: Effect(decision=decision, who=who, mend=mend) for record, decision, who, mend in rows}


def counting(connection: sqlite3.Connection, alias: str) -> str:
    """SQL that says of rows of `reviewed` whether the decision counts."""
    statuses = ("once", "agreed", "settled") if coders_needed(connection) == 1 else ("agreed", "settled")
    return f"{alias}.status IN ({', '.join(map(repr, statuses))})"


def rejected(connection: sqlite3.Connection, page: int) -> frozenset[str]:
    """The records of a page that do not count: e3, c1."""
    return frozenset(record for record, effect in effects(connection, page).items() if effect.decision == "reject")


def in_effect(reading: Reading, by: Mapping[str, Effect]) -> Reading:
    """The reading as decisions have it: rejected records left out, mended fields in place of the machine's.

    What stood in a rejected claim stands in the claim around it, or else in the report's own voice.
    """
    out = {record for record, effect in by.items() if effect.decision == "reject"}
    claims = {claim.id: _mended(claim, by) for claim in reading.claims}
    events = [_mended(event, by) for event in reading.events if event.id not in out]
    kept = tuple(
        msgspec.structs.replace(claim, within=_around(claim.within, claims, out))
        for claim in claims.values()
        if claim.id not in out
    )
    placed = [msgspec.structs.replace(event, claim=_around(event.claim, claims, out)) for event in events]
    actors = (*reading.actors, *_new_actors(reading, placed, kept))
    changed = {record for record, effect in by.items() if _CODED & (_fields(effect.mend))}
    return msgspec.structs.replace(
        reading, claims=kept, events=tuple(_coded(placed, changed, actors, reading.report.text)), actors=actors
    )


def _mended(record: Record, by: Mapping[str, Effect]) -> Record:
    effect = by.get(record.id)
    return with_mend(record, effect.mend, effect.who) if effect and effect.mend else record


def _fields(mend: str | None) -> set[str]:
    return set(msgspec.json.decode(mend)) if mend else set()


def _around(claim: str | None, claims: Mapping[str, Claim], out: set[str]) -> str | None:
    """The nearest claim around that counts."""
    met = set[str]()
    while claim in out and claim not in met:
        met.add(claim)
        claim = claims[claim].within if claim in claims else None
    return None if claim in met else claim


def _new_actors(reading: Reading, events: Sequence[Event], claims: Sequence[Claim]) -> Iterator[Named]:
    """Actors of record that only mends name."""
    known = {actor.id for actor in reading.actors}
    ids = [ident for event in events for ident in (*event.actor_ids, *event.target_ids)]
    ids += [ident for claim in claims for ident in (claim.source_id, *claim.source_ids, *claim.via_ids)]
    for ident in dict.fromkeys(ids):
        if ident is not None and ident not in known and Register.installed().actor(ident) is not None:
            yield Register.installed().named(ident, "chosen by a person")


def _coded(events: Sequence[Event], changed: set[str], actors: Sequence[Named], text: str) -> Iterator[Event]:
    """The events, those that were mended with what the codebooks call them now."""
    if not changed:
        yield from events
        return
    kinds = {actor.id: actor.kind for actor in actors}
    seen = [_seen(event, kinds, text) for event in events]
    for one in seen:
        if one.event.id not in changed:
            yield one.event
            continue
        codes = code_event(one.event, one.actor_kinds, one.target_kinds, others=seen, text=text)
        yield msgspec.structs.replace(
            one.event, acled=codes.acled, plover=codes.plover, ucdp=codes.ucdp, codes_why=codes.why
        )


def _seen(event: Event, kinds: Mapping[str, str], text: str) -> Seen:
    country = event.place_is.country if event.place_is else None
    return Seen(
        event=event,
        actor_kinds=tuple(_kind(ident, kinds, country) for ident in event.actor_ids),
        target_kinds=tuple(_kind(ident, kinds, country) for ident in event.target_ids),
        text=text,
    )


def _kind(ident: str | None, kinds: Mapping[str, str], country: str | None) -> str | None:
    """An actor's kind; a state's forces outside their country are external forces."""
    kind = kinds.get(ident or "")
    if ident and country and kind in _STATE_KINDS and Register.installed().inter(ident, country) == _EXTERNAL:
        return "external forces"
    return kind
