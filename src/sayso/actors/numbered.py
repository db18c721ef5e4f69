"""Numbered military units -> the unit, where it is of record, else what it is part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.actors.answers import NOBODY, Answer, quoted
from sayso.actors.context import Context, pick
from sayso.actors.grammar import Phrase
from sayso.actors.units import unit_key

if TYPE_CHECKING:
    from sayso.actors.resolve import Resolver


class Numbered:
    """The rules about units; `resolver` answers for all other phrases."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._register = resolver.register

    def phrase(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """A unit: of the country named with it, or the only one of its number in the report's countries."""
        unit = unit_key([w.folded for w in phrase], self._resolver.grammar.units)
        if unit is None:
            return None
        n, isos = self._resolver.national.start(phrase)
        if not isos and any(w.possessive for w in phrase):
            return None
        wanted = isos or context.countries
        known = [u for u in self._register.index.units.get(unit, ()) if set(u.countries) & set(wanted)]
        if (found := pick(known, context)) is not None:
            parents = self._register.parents(found.use.id, context.date)
            of = f", a unit of {self._name(parents[0])}" if parents else ""
            return Answer(found.use.id, f"{found.use.name!r} has this number and kind{of}")
        if known:
            return NOBODY
        for iso in isos:
            number = next((i for i, w in enumerate(phrase) if w.folded[:1].isdigit()), n)
            army = self._resolver.national.of_country(iso, phrase[n:number], context, depth) if number > n else None
            id_ = army.id if army and army.id else self._register.organ(iso, "army", context.date)
            return Answer(id_, f"{quoted(phrase)} is a unit of it: the words name the country")
        return self._bare(phrase, context) or NOBODY

    def within(self, unit: str, whole_id: str, context: Context) -> Answer | None:
        """The unit of this number that is part of `whole_id`, or of the same country."""
        whole = self._register.actor(whole_id)
        for use in self._register.index.units.get(unit, ()):
            parents = self._register.parents(use.id, context.date)
            if whole_id in parents or (whole is not None and getattr(whole, "country", None) in use.countries):
                return Answer(use.id, f"{use.name!r} is a unit of {self._name(parents[0]) if parents else whole_id}")
        return None

    def _bare(self, phrase: Phrase, context: Context) -> Answer | None:
        """Whose a unit without more words is: the army's that has such units, unless the report has its foe's too."""
        armies = [self._register.organ(iso, "armed-forces", context.date) for iso in context.countries[:2]]
        sides = {self._register.side_of(army, context.date) for army in armies} - {None}
        for iso in context.countries[:1] if len(sides) < 2 else ():
            for use in self._register.index.organ_of.get(f"{iso} units", ()):
                return Answer(use.id, f"{quoted(phrase)} is a unit of it, as such units are in a report about {iso}")
        return None

    def _name(self, id_: str) -> str:
        actor = self._register.actor(id_)
        return actor.name if actor is not None else id_
