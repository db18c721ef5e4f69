"""The small table of pronouns, and of nouns for people and bodies, by which mentions are read (`nouns.json`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Table:
    """The words of `nouns.json`, by what is asked of them."""

    pronouns: dict[str, str]
    genders: dict[str, str]
    classes: dict[str, str]
    nouns: dict[str, str]  # any form of a noun -> its singular
    covers: dict[str, frozenset[str]]
    sets: dict[str, frozenset[str]]
    endings: tuple[str, ...]
    tails: frozenset[str]  # words that end the part of a phrase that it turns on

    def noun(self, word: str) -> str:
        """The singular of a lower-case word that is a noun of the table, or ""."""
        return self.nouns.get(word, "")

    def kind(self, word: str) -> str:
        """The class of a lower-case word that is a noun of the table, or ""."""
        return self.classes.get(self.nouns.get(word, ""), "")

    def demonym(self, word: str) -> bool:
        """Whether a lower-case word says of which country or creed ("syrian", "maoist"): it names nobody by itself."""
        return word.endswith(self.endings) or word in self.sets["demonyms"]


@cache
def table() -> Table:
    """The table that ships with sayso."""
    data = json.loads(resources.files("sayso.reading.who").joinpath("nouns.json").read_text(encoding="utf-8"))
    classes = {noun: kind for kind, nouns in data["classes"].items() for noun in nouns}
    sets = {name: frozenset(words) for name, words in data.items() if isinstance(words, list)}
    return Table(
        pronouns={word: kind for kind, words in data["pronouns"].items() for word in words},
        genders={word: gender for gender, words in data["genders"].items() for word in words},
        classes=classes,
        nouns={noun + "s": noun for noun in classes} | {noun: noun for noun in classes} | data["plurals"],
        covers={noun: frozenset(kinds) for noun, kinds in data["covers"].items()},
        sets=sets,
        endings=tuple(data["demonym_endings"]),
        tails=sets["prepositions"] | sets["clauses"],
    )
