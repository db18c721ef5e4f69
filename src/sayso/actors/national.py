"""Phrases with a country in them: "Russian warplanes", "Turkey's foreign ministry", "the government of Iraq"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.actors.answers import NOBODY, Answer, all_capitals, quoted, thereof
from sayso.actors.context import Context
from sayso.actors.entries import Office
from sayso.actors.grammar import Phrase
from sayso.actors.names import key, letters, words

if TYPE_CHECKING:
    from sayso.actors.resolve import Resolver

LONGEST_STATE = 6  # words: "Saint Vincent and the Grenadines"


class National:
    """The rules about countries; `resolver` answers for all other phrases."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._register = resolver.register
        index = self._register.index
        self._isos = {s.id: s.iso for s in index.states.values()}
        self._names = dict(index.adjectives)
        for state in index.states.values():
            for name in (state.name, *state.names, *(n for names in state.names_in.values() for n in names)):
                self._names.setdefault(key(words(name)), (state.iso,))
        self._first = frozenset(name.split()[0] for name in self._names)

    def start(self, phrase: Phrase) -> tuple[int, tuple[str, ...]]:
        """How many words at the start name a country or its people, and which (ISO alpha-2); (0, ()) if none do."""
        if not phrase or phrase[0].raw[:1].islower():
            return 0, ()
        if phrase[0].folded in self._first:
            for n in range(min(LONGEST_STATE, len(phrase)), 0, -1):
                if (isos := self._names.get(key(phrase[:n]))) is not None:
                    return n, isos
        acronym = self._register.index.acronyms.get(letters(phrase[0].raw), ())
        if isos := tuple(self._isos[use.id] for use in acronym if use.how == "state"):
            return 1, isos
        if len(phrase) > 1 and phrase[0].folded.endswith("s"):  # an apostrophe that was lost: "Syrias army"
            isos = self._names.get(phrase[0].folded[:-1], ())
            return int(bool(isos)), isos
        return 0, ()

    def phrase(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """A country or nationality first, and what of it is meant."""
        n, isos = self.start(phrase)
        if not n:
            return None
        if n == len(phrase):  # "Russian" in "Russian air strikes"; names of states are found before
            iso = max(isos, key=lambda iso: context.rank((iso,)))
            return Answer(self._register.index.states[iso].id, f"{quoted(phrase)} is the adjective of it", proper=False)
        second, others = self.start(phrase[n:])
        if second and not set(isos) & set(others) and n + second < len(phrase) and not phrase[n - 1].possessive:
            return NOBODY  # "Syrian-Russian forces" are two
        for iso in sorted(isos, key=lambda iso: -context.rank((iso,))):
            if (found := self.of_country(iso, phrase[n:], context, depth)) is not None:
                return found
        return None

    def of_country(self, iso: str, rest: Phrase, context: Context, depth: int) -> Answer | None:
        """What `rest` is of a country: an organ, an office, an actor at home there, its people and things."""
        grammar = self._resolver.grammar
        here = context.about(iso)
        if not rest or rest[0].folded in grammar.former:
            return None
        if (found := self._resolver.lookup(rest, here, only=iso)) is not None:
            return found
        if (found := self._organ(iso, rest, here)) is not None:
            return found
        if key(rest) in grammar.things:
            return self._answer(iso, "armed-forces", rest, here)
        less = grammar.without_before(rest)
        described = grammar.described(rest)
        if described is not None and described[0] in ("civilians", "protesters", "rioters"):
            return self._resolver.plain.of_kind(described, rest, here)
        if (found := self._person(iso, rest, here)) is not None:
            return found
        if n := grammar.tails.at_end(rest):
            inner = self.of_country(iso, rest[:-n], here, depth)
            if inner is not None and inner.proper:
                return thereof(inner, rest[-n:])
        if rest[0].folded in grammar.fillers and len(rest) > 1:
            return self.of_country(iso, rest[1:], here, depth)
        if len(less) < len(rest):
            return self.of_country(iso, less, here, depth)
        found = self._resolver.phrase(rest, here, depth) if depth < 4 else None
        if found is not None and (found.proper or found.id is None):
            return found
        if key(rest) in grammar.voices:
            return self._answer(iso, "government", rest)
        return None

    def _organ(self, iso: str, rest: Phrase, context: Context) -> Answer | None:
        grammar = self._resolver.grammar
        name = key(rest)
        organ = grammar.organs.get(name) or grammar.offices.get(name)
        return self._answer(iso, organ, rest, context) if organ else None

    def titled(self, phrase: Phrase, context: Context) -> Answer | None:
        """ "US Secretary of State John Kerry": a country, an office, and a name."""
        n, isos = self.start(phrase)
        if not n or n == len(phrase) or not self._resolver.grammar.office_nouns.at_start(phrase[n:]):
            return None
        return next((found for iso in isos if (found := self._person(iso, phrase[n:], context)) is not None), None)

    def _person(self, iso: str, rest: Phrase, context: Context) -> Answer | None:
        """ "Foreign Minister Sergei Lavrov", "army commander Ali": an office or organ, and somebody's name."""
        grammar = self._resolver.grammar
        n = grammar.office_nouns.at_start(rest)
        if n and n < len(rest) and all_capitals(rest[n:]):
            return self._answer(iso, grammar.offices[key(rest[:n])], rest[:n], context)
        n = grammar.organ_nouns.at_start(rest)
        if n and n < len(rest) and rest[n].folded in grammar.voices and all_capitals(rest[n + 1 :]):
            return self._answer(iso, grammar.organs[key(rest[:n])], rest[:n], context)
        n = grammar.voices.at_start(rest)
        if n and n < len(rest) and all_capitals(rest[n:]):
            return self._answer(iso, "government", rest[:n], context)
        return None

    def organ_of(self, phrase: Phrase, context: Context) -> Answer | None:
        """ "Ministry of Defence of Russia", "president of Syria", "the government of Bashar al-Assad"."""
        grammar = self._resolver.grammar
        phrase = grammar.without_before(phrase)
        for nouns, table in ((grammar.office_nouns, grammar.offices), (grammar.organ_nouns, grammar.organs)):
            n = nouns.at_start(phrase)
            if not n or n + 1 >= len(phrase) or phrase[n].folded not in ("of", "in", "for"):
                continue
            rest = phrase[n + 1 :]
            if (iso := self._resolver.state_of(rest)) is not None:
                return self._answer(iso, table[key(phrase[:n])], phrase, context)
            holder = self._resolver.phrase(rest, context, 2)
            if holder is not None and holder.id is not None and phrase[n].folded == "of":
                return self.of_holder(holder.id, phrase[:n], context)
        return None

    def of_holder(self, office: str, owned: Phrase, context: Context) -> Answer | None:
        """ "Assad's forces", "Trump administration": of the country whose office he holds."""
        entry = self._register.actor(office)
        grammar = self._resolver.grammar
        n = grammar.organ_nouns.at_end(owned)
        organ = grammar.organs.get(key(tuple(owned[-n:] if n else owned)))
        if not isinstance(entry, Office) or entry.country is None or organ is None:
            return None
        if not entry.of.startswith(self._register.index.states[entry.country].id):
            return None
        return self._answer(entry.country, organ, owned, context, f", {entry.name} being its head")

    def forces_of(self, answer: Answer | None, context: Context) -> Answer | None:
        """Who "forces loyal to" somebody are."""
        if answer is None or answer.id is None or not answer.proper:
            return None
        entry = self._register.actor(answer.id)
        if isinstance(entry, Office) and entry.country is not None:
            id_ = self._register.organ(entry.country, "armed-forces", context.date)
            return Answer(id_, f"forces loyal to the {entry.name}; {answer.why}")
        return answer

    def restricted(self, start: Phrase, rest: Phrase, context: Context) -> Answer | None:
        """A name that means somebody in one country only, after that country: "Syrian pro-government forces"."""
        n, isos = self.start(start)
        if not n or not rest:
            return None
        for iso in isos:
            if (found := self._resolver.lookup(rest, context.about(iso), only=iso)) is not None:
                return found
        return None

    def _answer(self, iso: str, organ: str, said: Phrase, context: Context | None = None, more: str = "") -> Answer:
        state = self._register.index.states[iso]
        id_ = self._register.organ(iso, organ, context.date if context else None)
        return Answer(id_, f"{quoted(said)} of {state.name}{more}")
