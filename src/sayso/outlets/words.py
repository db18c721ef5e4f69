"""The words that stand beside outlets' names, as words.yaml has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from sayso.outlets.names import Word, plain

Value = TypeVar("Value")
LONGEST_PHRASE = 5  # words: "democratic republic of the congo"


class WordFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """words.yaml as it is written."""

    kinds: dict[str, str]
    medium: dict[str, list[str]]
    staff: list[str]
    state: list[str]
    passed_over: list[str]
    passed_over_after_hyphen: list[str]
    passed_over_before_hyphen: list[str]
    countries: dict[str, list[str]]


class Words(msgspec.Struct, frozen=True):
    """The same by key. `medium`: to what kind of medium a word belongs; `countries`: to which country."""

    kinds: dict[str, str]
    medium: dict[str, str]
    staff: frozenset[str]
    state: frozenset[str]
    passed_over: frozenset[str]
    after_hyphen: frozenset[str]
    before_hyphen: frozenset[str]
    countries: dict[str, str]

    @classmethod
    def of(cls, file: WordFile) -> Words:
        """Turned round, to be looked up."""
        return cls(
            kinds=file.kinds,
            medium=_turned(file.medium),
            staff=_keys(file.staff),
            state=_keys(file.state),
            passed_over=_keys(file.passed_over),
            after_hyphen=_keys(file.passed_over_after_hyphen),
            before_hyphen=_keys(file.passed_over_before_hyphen),
            countries=_turned(file.countries),
        )

    def country(self, word: str) -> str | None:
        """The country a word means, also as its genitive: "Russia's", and "Russias" where apostrophes were lost."""
        return self.countries.get(word) or (self.countries.get(word[:-1]) if word.endswith("s") else None)

    def passes(self, word: Word) -> bool:
        """Whether a word says nothing on which outlet is meant ("the", "state-run", "pro-government")."""
        return (
            word.key in self.passed_over
            or word.last_part in self.after_hyphen
            or word.first_part in self.before_hyphen
            or word.key in self.state
        )


class Beside(msgspec.Struct, frozen=True):
    """What the words beside a name tell: a kind of medium, that somebody of its staff is meant, a country, a state."""

    medium: str | None = None
    staff: bool = False
    country: str | None = None
    state: bool = False


def beside(words: list[Word], known: Words) -> Beside | None:
    """What these words tell; None if one of them is none of the words that stand beside outlets' names."""
    found = Beside()
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + LONGEST_PHRASE), at, -1):
            told = _told(found, "".join(word.key for word in words[at:end]), known)
            if told is not None:
                found, at = told, end
                break
        else:
            if not known.passes(words[at]):
                return None
            at += 1
    return found


def _told(found: Beside, phrase: str, known: Words) -> Beside | None:
    medium, country = known.medium.get(phrase), known.country(phrase)
    if medium is not None:
        return msgspec.structs.replace(found, medium=found.medium or medium)
    if phrase in known.staff:
        return msgspec.structs.replace(found, staff=True)
    if phrase in known.state:
        return msgspec.structs.replace(found, state=True)
    if country is not None:
        return msgspec.structs.replace(found, country=found.country or country)
    return None


def _keys(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(phrase).replace(" ", "") for phrase in phrases)


def _turned(lists: dict[str, list[str]]) -> dict[str, str]:
    return {word: name for name, phrases in lists.items() for word in sorted(_keys(phrases))}
