"""The table of the words by which places are described (`words.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `words.toml`, all in lower case, by what is asked of them."""

    kinds: dict[str, str]  # "village" -> "town"
    parts: dict[str, str]  # "outskirts" -> "near"
    bearings: dict[str, float]  # "northern" -> degrees clockwise from north
    units: dict[str, float]  # "miles" -> kilometres
    numbers: dict[str, int]
    sets: dict[str, frozenset[str]]
    abbreviations: dict[str, str]  # "ky" -> "Kentucky"
    peoples: dict[str, str]  # "chechen" -> "Chechnya"

    describing: frozenset[str]  # say what or where a place is, and so are no names by themselves
    closed: frozenset[str]  # the words of all sets but those that may begin or end a name

    def kind(self, word: str) -> str:
        """The kind of place that a type word, singular or plural, announces, or ""."""
        return self.kinds.get(word, "")

    def describes(self, word: str) -> bool:
        """Whether a word says what or where a place is, and so is no name by itself."""
        return word in self.describing

    def common(self, word: str) -> bool:
        """Whether a word is no name by itself, however it is written."""
        return word in self.describing or word in self.closed

    def closes(self, word: str) -> bool:
        """Whether a word ends what an adjective can reach."""
        return word in self.sets["joins"] or word in self.sets["in"] or word in self.sets["government_verbs"]


@cache
def words() -> Words:
    """The table that ships with sayso."""
    data = tomllib.loads(resources.files("sayso.places").joinpath("words.toml").read_text(encoding="utf-8"))
    kinds = {word: kind for kind, found in data["types"].items() for word in found}
    plurals = {word + "s": kind for word, kind in kinds.items()}
    plurals |= {word[:-1] + "ies": kind for word, kind in kinds.items() if word.endswith("y")}
    parts = {word: part for part, found in data["parts"].items() for word in found}
    bearings = {word: float(degrees) for degrees, found in data["directions"].items() for word in found}
    sets = {name: frozenset(found) for name, found in data["sets"].items()}
    return Words(
        kinds=plurals | kinds,
        parts=parts,
        bearings=bearings,
        units={word: float(km) for km, found in data["units"].items() for word in found},
        numbers=data["numbers"],
        sets=sets,
        abbreviations=data["abbreviations"],
        peoples=data["peoples"],
        describing=frozenset(parts) | frozenset(bearings) | sets["articles"] | frozenset(kinds) | frozenset(plurals),
        closed=frozenset().union(*(found for name, found in sets.items() if name not in ("tails", "stems", "owned"))),
    )
