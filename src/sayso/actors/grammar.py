"""The words around names, as sets to look up: what they are is in register/phrases.yaml and organs.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.actors.entries import Generic, Index, Organ
from sayso.actors.names import Word, key, words

LONGEST_NOUN = 6  # words of the longest noun in the tables: "permanent representative to the united nations"
ARMED = "armed-forces"  # the organ that a state's other forces are of
Phrase = Sequence[Word]


class Nouns:
    """A set of nouns of one or more words, found at either end of a phrase."""

    def __init__(self, nouns: Iterable[str]) -> None:
        self._all = frozenset(nouns)
        self._first = frozenset(noun.split()[0] for noun in self._all)
        self._last = frozenset(noun.split()[-1] for noun in self._all)

    def __contains__(self, noun: str) -> bool:
        return noun in self._all

    def __or__(self, other: Nouns) -> Nouns:
        return Nouns(self._all | other._all)

    def at_start(self, phrase: Phrase) -> int:
        """How many words at the start are one of the nouns."""
        if not phrase or phrase[0].folded not in self._first:
            return 0
        return next((n for n in range(min(LONGEST_NOUN, len(phrase)), 0, -1) if key(phrase[:n]) in self._all), 0)

    def at_end(self, phrase: Phrase) -> int:
        """How many words at the end are one of the nouns; never all of them."""
        if not phrase or phrase[-1].folded not in self._last:
            return 0
        return next((n for n in range(min(LONGEST_NOUN, len(phrase) - 1), 0, -1) if key(phrase[-n:]) in self._all), 0)


class Grammar:
    """The tables, folded. `organs`: noun -> what of a state it names; `bare`: those that may stand alone; `forces`: the
    organs that are its armed forces, or of them."""

    def __init__(self, index: Index) -> None:
        phrases = index.phrases
        self.before, self.fillers = _set(phrases.before), _set(phrases.fillers)
        self.people, self.things, self.voices = _set(phrases.people), _set(phrases.things), _set(phrases.voices)
        self.tails = self.people | self.things | self.voices
        self.not_it, self.former, self.titles = _set(phrases.not_it), _set(phrases.former), _set(phrases.titles)
        self.stances_after, self.stances_before = _set(phrases.stances_after), _set(phrases.stances_before)
        self.joined_by, self.belongs_by = _set(phrases.joined_by), _set(phrases.belongs_by)
        self.stands_in, self.abroad = _set(phrases.stands_in), _set(phrases.abroad)
        self.call_themselves = _set(phrases.call_themselves)
        self.units = phrases.units
        self.organs, self.offices = _nouns(index.organs), _nouns(index.office_organs)
        self.forces = {organ for organ, entry in index.organs.items() if ARMED in (organ, entry.of)}
        self.organ_nouns, self.office_nouns = Nouns(self.organs), Nouns(self.offices)
        self.of_state = self.organ_nouns | self.office_nouns
        self.honours = self.office_nouns | self.titles | self.voices
        self.bare = {
            _key(n): o for table in (index.organs, index.office_organs) for o, e in table.items() for n in e.bare
        }
        self.generic: dict[str, tuple[str, Generic]] = {}
        for name, generic in phrases.generic.items():
            for noun in generic.nouns:
                self.generic.setdefault(_key(noun), (name, generic))

    def described(self, phrase: Phrase) -> tuple[str, Generic] | None:
        """The kind of people that a description's last noun stands for."""
        for n in range(min(3, len(phrase)), 0, -1):
            if (found := self.generic.get(key(phrase[-n:]))) is not None:
                return found
        return None

    def without_before(self, phrase: Phrase) -> Phrase:
        """The phrase without the numbers and adjectives that say nothing of who it is; one word stays."""
        while len(phrase) > 1:
            n = 1 if phrase[0].folded[:1].isdigit() and phrase[0].folded.isdigit() else self.before.at_start(phrase)
            if not n or n >= len(phrase):
                return phrase
            phrase = phrase[n:]
        return phrase


def _key(noun: str) -> str:
    return key(words(noun))


def _set(nouns: Iterable[str]) -> Nouns:
    return Nouns(folded for noun in nouns if (folded := _key(noun)))


def _nouns(table: dict[str, Organ]) -> dict[str, str]:
    found: dict[str, str] = {}
    for organ, entry in table.items():
        for noun in entry.nouns:
            found.setdefault(_key(noun), organ)
    return found
