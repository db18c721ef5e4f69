"""A reading's spans -> what they stand for: places, days, actors and outlets of record, and the codebooks' own terms.

Each room answers for its own part; here only the answers are put together. A name that no room knows stays a name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from sayso.actors.groups import Groups
from sayso.actors.names import key as actor_key
from sayso.actors.names import words as actor_words
from sayso.actors.register import Register
from sayso.actors.resolve import resolve_actors
from sayso.codebooks import Seen, code_events
from sayso.outlets import Outlets, know_outlet
from sayso.places.also_named import also_named
from sayso.places.gazetteer import Gazetteer
from sayso.places.nearby import Nearby
from sayso.places.resolve import resolve_places
from sayso.records import Report
from sayso.records.reading import Claim, Event, Reading
from sayso.records.resolved import Named, Place, Toponym
from sayso.records.span import Span
from sayso.times import date_events, find_times

AGENCY_KINDS = {"agency": "news agency", "monitor": "monitor"}  # of outlets, as kinds of voices; all others: "outlet"

STATE_KINDS = frozenset({"state", "government", "state forces"})
UNIDENTIFIED = "unidentified"  # the kind of those who are nobody of record
EXTERNAL = 8  # ACLED's "inter" of forces outside their own country


@dataclass(frozen=True, slots=True)
class Registers:
    """What names are looked up in."""

    places: Gazetteer
    actors: Register
    outlets: Outlets


@cache
def installed() -> Registers:
    """The gazetteer and the registers, each with what the user added, opened once a process."""
    return Registers(Gazetteer.installed(), Register.installed(), Outlets.installed())


def resolved(reading: Reading, by: Registers | None = None) -> Reading:
    """The reading with everything in it resolved that is of record; spans and names stay as they are."""
    by = by or installed()
    report = reading.report
    toponyms = toponyms_of(reading, by)
    times = find_times(report.text, report.published, _dateline(report))
    who = _Names(reading, by, toponyms)
    places = {toponym.span: toponym.place for toponym in toponyms}
    others = {toponym.span: toponym.others for toponym in toponyms}
    near = Nearby(report.text, reading.events, places)
    events = []
    for event, dated in zip(reading.events, date_events(reading, times), strict=True):
        if near.is_elsewhere(event):
            event = msgspec.structs.replace(event, place=None)
        place = places.get(event.place) if event.place else near.place(event)
        actors, targets = who.of(event.actors_are, event.actors), who.of(event.targets_are, event.targets)
        events.append(
            msgspec.structs.replace(
                event,
                place_is=place,
                also_at=others.get(event.place, ()) if event.place else (),
                date=dated.date,
                date_precision=dated.precision,
                date_bounds=None if dated.date else dated.bounds,
                date_why=dated.why,
                date_guessed=dated.guessed,
                actors_are=who.names(event.actors_are, event.actors),
                targets_are=who.names(event.targets_are, event.targets),
                actor_ids=tuple(named.id if named else None for named in actors),
                target_ids=tuple(named.id if named else None for named in targets),
            )
        )
    claims = tuple(who.claim(claim) for claim in reading.claims)
    ids = [ident for claim in claims for ident in (claim.source_id, *claim.source_ids, *claim.via_ids)]
    ids += [ident for event in events for ident in (*event.actor_ids, *event.target_ids)]
    return msgspec.structs.replace(
        reading,
        events=tuple(_coded(events, who, report.text)),
        claims=claims,
        toponyms=toponyms,
        times=times.expressions,
        actors=tuple(who.known(ids)),
        outlet_is=who.outlet,
        notes=(*reading.notes, *times.notes),
    )


def toponyms_of(reading: Reading, by: Registers) -> tuple[Toponym, ...]:
    """What the words of a reading that name places mean."""
    text = reading.report.text
    spans = {t.span for t in reading.toponyms} | {e.place for e in reading.events if e.place}
    spans |= set(also_named(text, sorted(spans), _called(reading), by.places))
    outlet = know_outlet(reading.report, by.outlets)
    record = by.outlets.by_id(outlet.id) if outlet else None
    beat = next(iter(record.about), record.country) if record else None
    return resolve_places(
        text, sorted(spans), gazetteer=by.places, beat=beat, language=reading.report.language,
        told_at={e.place for e in reading.events if e.place},
    )  # fmt: skip


def _called(reading: Reading) -> frozenset[str]:
    """The words by which somebody is called in a report."""
    spans = [span for event in reading.events for span in event.actors]
    spans += [claim.source for claim in reading.claims if claim.source]
    return frozenset(map(reading.quote, spans))


def _dateline(report: Report) -> str | None:
    part = next((part for part in report.parts if part.kind == "dateline" and part.aside is None), None)
    return report.words_of(part) if part else None


def _coded(events: Sequence[Event], who: _Names, text: str) -> Iterator[Event]:
    """The events with their codes; those of one incident bear on each other's."""
    seen = [
        Seen(event=e, actor_kinds=who.kinds(e.actor_ids, e.place_is), target_kinds=who.kinds(e.target_ids, e.place_is),
             text=text)
        for e in events
    ]  # fmt: skip
    for event, codes in zip(events, code_events(seen), strict=True):
        yield msgspec.structs.replace(
            event, acled=codes.acled, plover=codes.plover, ucdp=codes.ucdp, codes_why=codes.why
        )


class _Names:
    """The names of one report, each looked up once."""

    def __init__(self, reading: Reading, by: Registers, toponyms: Sequence[Toponym]) -> None:
        report = reading.report
        self._by = by
        self.outlet = _as_voice(know_outlet(report, by.outlets))
        countries = Counter(t.place.country for t in toponyms if t.place and t.place.country)
        self._country = next((country for country, _ in countries.most_common(1)), None)
        self._reading = reading
        self._used: dict[str, Named] = {}
        said = {n for c in reading.claims for n in (c.source_is, *c.sources, *c.via) if n}
        done = {name for event in reading.events for name in (*event.actors_are, *event.targets_are)}
        written = {reading.quote(span) for event in reading.events for span in (*event.actors, *event.targets)}
        asked = sorted(said | done | written)
        found = resolve_actors(
            asked, register=by.actors, text=report.text, countries=[c for c, _ in countries.most_common()],
            published=report.published,
        )  # fmt: skip
        self._actors = dict(zip(asked, found, strict=True))
        groups = Groups(by.actors, report.text, [c for c, _ in countries.most_common()], report.published)
        self._meant: dict[tuple[str, Span], Named] = {}
        self._taken_up = self._groups_by_name(groups)
        self._outlets = {name: _as_voice(by.outlets.named_in(name, self._country)) for name in said}

    def _groups_by_name(self, groups: Groups) -> dict[str, Named]:
        """What words such as "the group" take up, by the name that was found for them: "it" may be that group too."""
        events, claims = self._reading.events, self._reading.claims
        pairs = [pair for e in events for pair in zip(e.actors_are, e.actors, strict=True)]
        pairs += [pair for e in events for pair in zip(e.targets_are, e.targets, strict=True)]
        pairs += [(claim.source_is, claim.source) for claim in claims if claim.source_is and claim.source]
        found: dict[str, dict[str, Named]] = defaultdict(dict)
        for name, span in pairs:
            if group := groups.meant(span, name):
                self._meant[name, span] = group
                if self._is_nobody(self._actors.get(name)):
                    found[name][group.id] = group
        return {name: next(iter(several.values())) for name, several in found.items() if len(several) == 1}

    def _is_nobody(self, named: Named | None) -> bool:
        return named is None or named.kind == UNIDENTIFIED

    def of(self, names: Sequence[str], spans: Sequence[Span]) -> list[Named | None]:
        """The actors of record that names mean; where the fullest name is of nobody, the words as written."""
        return [self._use(self._party(name, span)) for name, span in zip(names, spans, strict=True)]

    def _party(self, name: str, span: Span) -> Named | None:
        return self._group(name, span) or self._actors.get(name) or self._actors.get(self._reading.quote(span))

    def _group(self, name: str, span: Span) -> Named | None:
        """The group of record that the words for a party take up."""
        known = self._taken_up.get(name) if self._is_nobody(self._actors.get(name)) else None
        return self._meant.get((name, span)) or known

    def _use(self, named: Named | None) -> Named | None:
        if named:
            self._used.setdefault(named.id, named)
        return named

    def names(self, names: Sequence[str], spans: Sequence[Span]) -> tuple[str, ...]:
        """The names, those that an actor is known by given as its main one: Daesh and ISIS are the Islamic State."""
        return tuple(self._name(name, span) for name, span in zip(names, spans, strict=True))

    def _name(self, name: str, span: Span) -> str:
        if group := self._group(name, span):
            return group.name
        named = self._actors.get(name)
        return named.name if named and self._is_called(named, name) else name

    def _is_called(self, named: Named, name: str) -> bool:
        if named.kind in ("office", "civilians", "unidentified"):
            return False
        if name.isupper() and " " not in name:  # an acronym, which the register compares by its capitals
            return True
        uses = self._by.actors.exact(actor_key(actor_words(name)))
        return any(use.id == named.id for use in uses)

    def voice(self, name: str | None) -> Named | None:
        """Who of record a source or relay is: an outlet, if it is called one, else an actor."""
        return self._use(self._outlets.get(name) or self._actors.get(name)) if name else None

    def claim(self, claim: Claim) -> Claim:
        """A claim with the ids of its voices; its source by name where "the group" takes up one of record."""
        if claim.source and claim.source_is and (group := self._speaking(claim.source_is, claim.source)):
            claim = msgspec.structs.replace(claim, source_is=group.name)
            self._actors[group.name] = group
        return msgspec.structs.replace(
            claim,
            source_id=None if claim.sources else self._id(claim.source_is),
            source_ids=tuple(map(self._id, claim.sources)),
            via_ids=tuple(map(self._id, claim.via)),
        )

    def _speaking(self, name: str, span: Span) -> Named | None:
        """The group of record that the words for a source take up, unless they name somebody."""
        if not self._is_nobody(self._outlets.get(name) or self._actors.get(name)):
            return None
        return self._meant.get((name, span)) or self._taken_up.get(name)

    def _id(self, name: str | None) -> str | None:
        voice = self.voice(name)
        return voice.id if voice else None

    def kinds(self, ids: Sequence[str | None], where: Place | None) -> tuple[str | None, ...]:
        """The kinds of actors by their ids; a state's forces outside their country are external forces."""
        return tuple(self._kind(ident, where.country if where else None) if ident else None for ident in ids)

    def _kind(self, ident: str, country: str | None) -> str | None:
        kind = next((named.kind for named in self._actors.values() if named and named.id == ident), None)
        abroad = kind in STATE_KINDS and country and self._by.actors.inter(ident, country) == EXTERNAL
        return "external forces" if abroad else kind

    def known(self, ids: Iterable[str | None]) -> Iterator[Named]:
        """The actors and outlets of record that ids point at, once each, with the reason of their first mention."""
        yield from (self._used[ident] for ident in dict.fromkeys(ids) if ident in self._used)


def _as_voice(named: Named | None) -> Named | None:
    """An outlet with its kind among voices: a news agency, a monitor, or an outlet."""
    return msgspec.structs.replace(named, kind=AGENCY_KINDS.get(named.kind, "outlet")) if named else None
