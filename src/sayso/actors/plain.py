"""Plain descriptions -> the kind of people they describe, as ACLED codes those who are nobody of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.actors.answers import Answer, quoted
from sayso.actors.context import Context
from sayso.actors.entries import Generic
from sayso.actors.grammar import Phrase

if TYPE_CHECKING:
    from sayso.actors.resolve import Resolver

DEEPEST = 6  # phrases inside phrases in which descriptions are still looked for


FORCES = "state forces"  # a kind of actors


class Plain:
    """The rules about descriptions; `resolver` knows what is a name."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def phrase(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """ "two civilians", "gunmen". A name that is not known makes no description."""
        described = self._resolver.grammar.described(phrase)
        if described is None or depth > DEEPEST or self._unknown_name(phrase):
            return None
        _, isos = self._resolver.national.start(phrase)
        if any(w.folded in self._resolver.grammar.stances_after for w in phrase):
            isos = ()  # "Russian-backed militias" need not be in Russia
        return self.of_kind(described, phrase, context.about(isos[0]) if isos else context)

    def of_kind(self, described: tuple[str, Generic], phrase: Phrase, context: Context) -> Answer:
        """The record of a kind of people; of the report's first country, where ACLED names one by country."""
        id_, generic = described
        iso = context.with_forces() if generic.kind == FORCES else next(iter(context.countries), None)
        state = self._resolver.register.state(iso) if generic.by_country and iso else None
        if state is not None:
            id_ = f"{id_}-{state.id}"
        return Answer(id_, f"{quoted(phrase)} names nobody: a description of {generic.name.lower()}", proper=False)

    def _unknown_name(self, phrase: Phrase) -> bool:
        resolver = self._resolver
        if all(w.raw.isupper() for w in phrase):
            return False
        known = resolver.grammar.before | resolver.grammar.fillers
        for at, word in enumerate(phrase):
            if not word.raw[:1].isupper() or resolver.national.start(phrase[at:])[0]:
                continue
            first = at == 0 and (word.folded in known or word.folded in resolver.grammar.generic or len(phrase) == 1)
            if not first and resolver.lookup((word,), Context(resolver.register, "", (), None)) is None:
                return True
        return False
