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

    def kind(self, word: str) -> str:
        """The kind of place that a type word, singular or plural, announces, or ""."""
        kinds = self.kinds
        return kinds.get(word) or kinds.get(word.removesuffix("s")) or kinds.get(word.removesuffix("ies") + "y", "")

    def describes(self, word: str) -> bool:
        """Whether a word says what or where a place is, and so is no name by itself."""
        return bool(
            word in self.parts or word in self.bearings or word in self.sets["articles"] or self.kind(word)
        )  # fmt: skip

    def common(self, word: str) -> bool:
        """Whether a word is of a closed set, and so is no name by itself."""
        return any(word in found for name, found in self.sets.items() if name != "tails")

    def closes(self, word: str) -> bool:
        """Whether a word ends what an adjective can reach."""
        return word in self.sets["joins"] or word in self.sets["in"] or word in self.sets["government_verbs"]


@cache
def words() -> Words:
    """The table that ships with sayso."""
    data = tomllib.loads(resources.files("sayso.places").joinpath("words.toml").read_text(encoding="utf-8"))
    return Words(
        kinds={word: kind for kind, found in data["types"].items() for word in found},
        parts={word: part for part, found in data["parts"].items() for word in found},
        bearings={word: float(degrees) for degrees, found in data["directions"].items() for word in found},
        units={word: float(km) for km, found in data["units"].items() for word in found},
        numbers=data["numbers"],
        sets={name: frozenset(found) for name, found in data["sets"].items()},
        abbreviations=data["abbreviations"],
        peoples=data["peoples"],
    )
