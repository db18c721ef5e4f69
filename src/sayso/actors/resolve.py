"""Names of states, groups, offices and bodies in a report -> the actors of record that are meant, each with its why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.actors.answers import NOBODY, Answer, all_capitals, all_small, quoted, thereof, why
from sayso.actors.context import Context, pick
from sayso.actors.entries import Use
from sayso.actors.grammar import Grammar, Phrase
from sayso.actors.names import key, letters, words
from sayso.actors.national import National
from sayso.actors.numbered import Numbered
from sayso.actors.plain import Plain
from sayso.actors.register import Register
from sayso.actors.units import unit_key
from sayso.records.resolved import Named

DEEPEST = 5  # phrases inside phrases: "a spokesman for the commander of the army's 4th Division"
CACHED = 20_000  # answers kept; at about 300 bytes each
WHY_LONGEST = 300
BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,100})[)\]]")
CASED = frozenset({"state", "capital", "holder", "short"})  # never written in small letters


def resolve_actors(
    names: Sequence[str], *, register: Register, text: str, countries: Sequence[str], published: str | None
) -> list[Named | None]:
    """For each name the actor of record, or None. `countries`: the report's, ISO alpha-2, most named first."""
    resolver = resolver_of(register)
    context = Context(register, text, countries, published)
    return [resolver.named(name, context) for name in names]


def resolver_of(register: Register) -> Resolver:
    """The rules over a register, made once for each."""
    found: Resolver | None = register.__dict__.get("_resolver")
    if found is None:
        found = register.__dict__["_resolver"] = Resolver(register)
    return found


class Resolver:
    """The rules by which names are resolved, with the register's tables at hand."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.grammar = Grammar(register.index)
        self.national = National(self)
        self.numbered = Numbered(self)
        self.plain = Plain(self)
        self._cache: dict[tuple[str, tuple[str, ...], str | None], Named | None] = {}

    def named(self, name: str, context: Context) -> Named | None:
        """The actor of record that a name means in a report."""
        asked = (name, context.countries, context.date)
        if asked in self._cache:
            return self._cache[asked]
        context.asked_text = False
        answer = self.answer(name, context)
        found = None
        if answer is not None and answer.id is not None:
            found = self.register.named(answer.id, answer.why[:WHY_LONGEST])
        if not context.asked_text:
            if len(self._cache) >= CACHED:
                self._cache.clear()
            self._cache[asked] = found
        return found

    def answer(self, name: str, context: Context) -> Answer | None:
        """Who a name means: as a whole, without its brackets, by what is in them, by what stands after a comma."""
        whole = words(name)
        if not whole:
            return None
        if (found := self.lookup(whole, context)) is not None:
            return found
        inside = [words(found) for found in BRACKETS.findall(name)]
        for bracket in inside:
            if (state := self.state_of(bracket)) is not None:
                context = context.about(state)
        head, *after = BRACKETS.sub(" ", name).split(",")
        answer = self.phrase(words(head), context)
        if answer is not None and (answer.proper or answer is NOBODY):
            return answer
        for bracket in inside:
            if self.state_of(bracket) is None and (found := self.phrase(bracket, context)) is not None and found.proper:
                return found
        return self._apposition(after, context) or answer

    def _apposition(self, after: list[str], context: Context) -> Answer | None:
        """ "Jeff Davis, Pentagon spokesman": who the words after a name speak of, unless they only describe."""
        for part in after[:3]:
            said = words(part)
            if not said or said[0].folded in self.grammar.former:
                continue
            found = self.phrase(said, context)
            if found is not None and found.proper and found.id is not None and key(said) not in self.grammar.bare:
                return found
        return None

    def phrase(self, phrase: Phrase, context: Context, depth: int = 0) -> Answer | None:
        """Who a noun phrase means. NOBODY: a rule knows that it is nobody of record."""
        if not phrase or depth > DEEPEST:
            return None
        if (found := self.lookup(phrase, context)) is not None:
            return found
        if phrase[0].folded in self.grammar.former:
            return NOBODY
        for rule in (
            self._titled,
            self._joined,
            self._and,
            self._modified,
            self.numbered.phrase,
            self._possessive,
            self.national.phrase,
            self._bare,
            self._before,
            self._tail,
            self._spoken,
            self.plain.phrase,
        ):
            if (found := rule(phrase, context, depth + 1)) is not None:
                return found
        return None

    def lookup(self, phrase: Phrase, context: Context, only: str | None = None) -> Answer | None:
        """The actor whose name, acronym or holder this is. `only`: uses in this country alone."""
        name = key(phrase)
        uses = [*self.register.exact(name), *self._by_letters(phrase)]
        uses = [
            u for u in uses if (u.how not in CASED or not all_small(phrase)) and (only is None or only in u.countries)
        ]
        found = pick(uses, context)
        if found is None and not uses and only is None and len(name) > 4 and not all_small(phrase[:1]):
            close = [u for u in self.register.loosely(name) if u.how not in CASED or u.how == "holder"]
            found = pick(close, context, loosely=True)
        return None if found is None else Answer(found.use.id, why(phrase, found, context))

    def _by_letters(self, phrase: Phrase) -> tuple[Use, ...]:
        acronyms = self.register.index.acronyms
        raw = letters("-".join([w.raw for w in phrase]))
        if raw in acronyms:
            return acronyms[raw]
        if len(phrase) > 1:
            return acronyms.get(raw.replace("-", " "), ())
        if len(raw) > 3 and raw.endswith("s") and raw[:-1].isupper():  # "ISILs", the apostrophe lost
            return acronyms.get(raw[:-1], ())
        return acronyms.get(raw.upper(), ()) if len(raw) > 3 and raw.istitle() else ()  # "Isis", "Nato"

    def state_of(self, phrase: Phrase) -> str | None:
        """The country that the whole phrase names or is the adjective of."""
        n, isos = self.national.start(phrase)
        return isos[0] if n and n == len(phrase) else None

    def _joined(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """Two things joined: "spokesman for the army", "rebels in Aleppo", "families of fighters"."""
        grammar = self.grammar
        if (found := self.national.organ_of(phrase, context)) is not None:
            return found
        n, _ = self.national.start(phrase)
        n += grammar.of_state.at_start(phrase[n:])  # "Russian Ministry of Defence" is not joined
        at = next((i for i, w in enumerate(phrase) if i >= max(n, 1) and w.folded in grammar.joined_by), None)
        if at is None or at == len(phrase) - 1:
            return None
        if phrase[at - 1].folded in grammar.stances_after:
            at -= 1
        head, by, rest = phrase[:at], phrase[at].folded, phrase[at + 1 :]
        if by == "who" and key(rest[:2]) in grammar.call_themselves:
            return self.phrase(rest[2:], context, depth) or self.phrase(head, context, depth)
        if not head:
            return None
        if by in grammar.belongs_by:
            return self._belonging(head, rest, context, depth)
        if by == "loyal":
            found = self.phrase(rest[1:] if rest[0].folded == "to" else rest, context, depth)
            return self.national.forces_of(found, context) or self.phrase(head, context, depth)
        if by in grammar.stands_in and (state := self.state_of(rest)) is not None:
            return self.phrase(head, context.about(state), depth)
        if by == "in" and (state := self._seated(head, rest)) is not None:
            return self.national.of_country(state, head, context, depth)
        return self.phrase(head, context, depth)

    def _seated(self, head: Phrase, town: Phrase) -> str | None:
        """The country whose capital a town is, if what is there is one of a state's organs: "the Foreign Ministry".

        Not an embassy: whose it is, it does not say.
        """
        grammar = self.grammar
        n = grammar.tails.at_end(head)
        body = head[:-n] if n else head
        if body[-1].folded in grammar.abroad or not any(
            key(name) in grammar.organs or key(name) in grammar.offices for name in (body, grammar.without_before(body))
        ):
            return None
        return self._capital_of(town)

    def _capital_of(self, town: Phrase) -> str | None:
        return next((use.countries[0] for use in self.register.exact(key(town)) if use.how == "capital"), None)

    def _belonging(self, head: Phrase, rest: Phrase, context: Context, depth: int) -> Answer | None:
        grammar = self.grammar
        bare = grammar.without_before(head)
        described = grammar.described(bare)
        if bare[-1].folded in grammar.not_it:
            return self.plain.of_kind(described, head, context) if described else NOBODY
        if described and described[0] == "civilians":
            return self.plain.of_kind(described, head, context)
        unit = unit_key([w.folded for w in head], grammar.units)
        last = key(bare[-1:])
        if unit or last in grammar.tails or key(bare) in grammar.tails or described or last in grammar.before:
            found = self.phrase(rest, context, depth)
            if found is not None and found.id is not None and (found.proper or not described):
                if unit:
                    return self.numbered.within(unit, found.id, context) or thereof(found, head, "a unit of it")
                return thereof(found, head)
        return self.phrase(head, context, depth) or NOBODY

    def _and(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """Two at once are nobody, unless they are the same: "women and children"."""
        at = next((i for i, w in enumerate(phrase) if w.folded == "and"), None)
        if not at or at == len(phrase) - 1:
            return None
        first, second = (self.phrase(part, context, depth) for part in (phrase[:at], phrase[at + 1 :]))
        if first is None or second is None:
            return NOBODY
        same = first.id == second.id or (first.proper and not second.proper and second.id != "civilians")
        return first if same else NOBODY

    def _modified(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """ "X-backed rebels", "pro-X gunmen": X is not who is meant."""
        grammar = self.grammar
        if phrase[0].folded in grammar.stances_before:
            return self._named_behind(phrase[2:], context, depth) or self.plain.phrase(phrase, context, depth) or NOBODY
        at = next((i for i, w in enumerate(phrase[:-1]) if i and w.folded in grammar.stances_after), None)
        if at is None:
            at = next((i - 1 for i, w in enumerate(phrase) if i and w.folded in grammar.stances_before), None)
            if at is None:
                return None
            found = self.national.restricted(phrase[: at + 1], phrase[at + 1 :], context)
            return (
                found
                or self._named_behind(phrase[at + 3 :], context, depth)
                or self.plain.phrase(phrase, context, depth)
                or NOBODY
            )
        if (n := grammar.people.at_end(phrase)) and (found := self.lookup(phrase[:-n], context)) is not None:
            return thereof(found, phrase[-n:])  # "Russian-backed separatist forces", known by all these words
        found = self.national.restricted(phrase[:1], phrase[1:], context) or self.phrase(
            phrase[at + 1 :], context, depth
        )
        if found is not None and found.proper and found.id is not None and key(phrase[at + 1 :]) not in grammar.bare:
            return found
        return self.plain.phrase(phrase, context, depth) or NOBODY

    def _named_behind(self, rest: Phrase, context: Context, depth: int) -> Answer | None:
        """Who is named behind a stance: "the pro-government Wazalendo militias", not "pro-Turkish Syrian rebels"."""
        found = self.phrase(rest, context, depth) if rest and not self.national.start(rest)[0] else None
        return found if found is not None and found.proper and found.id is not None and not all_small(rest) else None

    def _possessive(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """ "Syria's army", "the Russian army's 5th Brigade", "Assad's forces"."""
        at = next((i for i, w in enumerate(phrase[:-1]) if w.possessive), None)
        if at is None:
            return None
        owner, owned = phrase[: at + 1], phrase[at + 1 :]
        if (state := self.state_of(owner)) is not None:
            return (
                self.national.of_country(state, owned, context, depth)
                or self.plain.phrase(owned, context, depth)
                or NOBODY
            )
        found = self.phrase(owner, context, depth)
        state = self._capital_of(owner)
        if found is not None and state and found.id == self.register.organ(state, "government", context.date):
            of_state = self.national.of_country(state, owned, context, depth)
            if of_state is not None:
                return of_state  # "Kyiv's troops"
        if found is None or found.id is None or not found.proper:
            return self.plain.phrase(owned, context, depth) if found is not None else None
        if (organ := self.national.of_holder(found.id, owned, context)) is not None:
            return organ
        return self._belonging(owned, owner, context, depth)

    def _bare(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """ "the army", "government forces", "the foreign ministry": of the first country that the report is about."""
        organ = self.grammar.bare.get(key(phrase))
        if organ is None or not context.countries:
            return None
        iso = context.with_forces() if organ in self.grammar.forces else context.countries[0]
        if iso not in self.register.index.states:
            return None
        return Answer(
            self.register.organ(iso, organ, context.date), f"{quoted(phrase)} in a report about {iso}", proper=depth > 0
        )

    def _before(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """Without numbers and adjectives: "two heavily armed Daesh fighters"."""
        less = self.grammar.without_before(phrase)
        if len(less) == len(phrase):
            if not phrase[0].raw.islower() or all_small(phrase):
                return None
            less = phrase[1:]  # an adjective before a name: "plucky Kurdish forces"; but not "bakers in Moscow"
        if less and less[0].folded in self.grammar.joined_by:
            return None
        found = self.phrase(less, context, depth)
        return found if found is not None and (found.proper or found is NOBODY) else None

    def _tail(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """ "Daesh fighters", "Hezbollah positions", "Pentagon officials": the name without its people and things."""
        grammar = self.grammar
        if n := grammar.not_it.at_end(phrase):
            found = self.phrase(phrase[:-n], context, depth)
            if found is not None and found.proper:
                described = grammar.described(phrase)
                return self.plain.of_kind(described, phrase, context) if described else NOBODY
        if not (n := grammar.tails.at_end(phrase)):
            return None
        name = phrase[:-n]
        found = self.phrase(name, context, depth)
        while found is None and len(name) > 1 and name[-1].raw.islower() and not all_small(name[:-1]):
            name = name[:-1]  # "Daesh machine-gun positions"
            found = self.phrase(name, context, depth)
        if found is None or not found.proper or found.id is None:
            return None
        return thereof(found, phrase[len(name) :])

    def _spoken(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """ "Pentagon spokesman Jeff Davis": a body, an office in it, a person's name."""
        for at in range(1, len(phrase) - 1):
            if phrase[at].folded in self.grammar.voices and all_capitals(phrase[at + 1 :]):
                found = self.phrase(phrase[:at], context, depth)
                return thereof(found, phrase[at:]) if found is not None and found.proper and found.id else None
        return None

    def _titled(self, phrase: Phrase, context: Context, depth: int) -> Answer | None:
        """ "President Bashar al-Assad", "Assad regime": an office holder's name with a title, or with what is his."""
        n = self.grammar.organ_nouns.at_end(phrase)
        holder = self.lookup(phrase[:-n], context) if n and depth <= DEEPEST else None
        if holder is not None and holder.id is not None:
            return self.national.of_holder(holder.id, phrase[-n:], context)
        if (person := self.national.titled(phrase, context)) is not None:
            return person
        rest: Phrase = phrase
        while n := self.grammar.honours.at_start(rest) or self.national.start(rest)[0]:
            rest = rest[n:]
            if not rest or rest[0].folded in self.grammar.joined_by:
                return None
            found = None if all_small(rest) else self.lookup(rest, context)
            if found is not None and found.id in self.register.index.offices:
                return found
        return None
