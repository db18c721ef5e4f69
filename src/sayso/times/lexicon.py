"""Text -> tokens, each of one class of the vocabulary (`words.json`): the alphabet that the rules are written in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

Value = str | int | None

# What stands for one thing is one token: a numeric date, a clock time, a number with its thousands, "a.m.", "B.C.".
TOKEN: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?"
    r"|\d{1,4}(?P<sep>[./-])\d{1,2}(?P=sep)\d{1,4}(?!\d)"
    r"|9/11\b|\d{4}-(?:0[1-9]|1[0-2])(?![\d-])"
    r"|\d{1,3}(?:,\d{3})+(?!\d)|\d{1,2}[:.]\d\d(?![\d.:])|\d+\.\d+"
    r"|\d+(?:st|nd|rd|th|[’']?s)?\b|['’]\d0s\b"
    r"|[AaPp]\.[Mm]\b\.?|B\.C\.(?:E\.)?|B\.C\b|A\.D\.|[Oo]['’][Cc]lock|['’][sS]\b"
    r"|[^\W_]+|\n[ \t\r]*\n\s*|[^\w\s]"
)
NUMBER_CLASSES: Final = ("D0", "D1", "D2", "D3", "N59", "N99", "Y3", "Y4", "NX", "NDEC")
SHAPED_CLASSES: Final = ("O31", "OX", "DECADE", "NUMDATE", "YEARMONTH", "CLOCK", "NINEELEVEN", "PAR", "OTHER")
LONGEST_NUMBER: Final = 9  # digits; longer ones are no number of anything we date with


class WordClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a class, each with what it stands for. `cased`: only with a capital ("May", "Sun", "Mar")."""

    cased: bool
    words: dict[str, Value]


@cache
def cue(name: str) -> frozenset[str]:
    """A list of words (`cues.json`) that tell, next to an expression, how it is meant."""
    raw = json.loads((files("sayso.times") / "cues.json").read_text(encoding="utf-8"))
    return frozenset(msgspec.convert(raw, dict[str, tuple[str, ...]])[name])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every spelling with its class's letter, what it stands for, and the letter of each class."""

    letters: dict[str, str]
    values: dict[str, Value]
    alphabet: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The text's tokens as spans, and as a string with one letter for the class of each."""

    text: str
    spans: list[tuple[int, int]]
    letters: str

    def word(self, index: int) -> str:
        """The lower-case spelling of a token, "" beyond the ends."""
        if not 0 <= index < len(self.spans):
            return ""
        start, end = self.spans[index]
        return self.text[start:end].lower()

    def raw(self, index: int) -> str:
        """The spelling of a token, "" beyond the ends."""
        if not 0 <= index < len(self.spans):
            return ""
        start, end = self.spans[index]
        return self.text[start:end]


def spellings(word: str, cased: bool) -> set[str]:
    """The ways a word of the vocabulary is written in running text, titles and telegrams."""
    return {word.capitalize(), word.upper()} | (set() if cased else {word})


@cache
def lexicon() -> Lexicon:
    """The vocabulary as it lies in the package."""
    raw = json.loads((files("sayso.times") / "words.json").read_text(encoding="utf-8"))
    classes = {name: msgspec.convert(one, WordClass) for name, one in raw.items()}
    names = [*NUMBER_CLASSES, *SHAPED_CLASSES, *classes]
    alphabet = {name: chr(0x100 + i) for i, name in enumerate(names)}
    letters, values = {}, {}
    for name, one in classes.items():
        for word, value in one.words.items():
            values[word] = value
            letters.update(dict.fromkeys(spellings(word, one.cased), alphabet[name]))
    return Lexicon(letters=letters, values=values, alphabet=alphabet)


def number_class(digits: str) -> str:
    """Which numbers a row of digits can be: a day or month, an hour, minutes, a year."""
    size = len(digits)
    if size > LONGEST_NUMBER:
        return "NX"
    n = int(digits)
    if size <= 2:
        if size == 2 and n < 10:
            return "D0" if n else "N59"
        return "D1" if 0 < n <= 12 else "D2" if 0 < n <= 24 else "D3" if 0 < n <= 31 else "N59" if n < 60 else "N99"
    if size == 3:
        return "Y3" if n >= 100 else "NX"
    return "Y4" if size == 4 and n < 2200 else "NX"


def shape_class(word: str) -> str:
    """The class of a token that begins with a digit or an apostrophe and is in no vocabulary."""
    if word.isdigit() and word.isascii():
        return number_class(word)
    if word == "9/11":
        return "NINEELEVEN"
    if word[-1] in "sS" and word[-2] in "0’'":
        return "DECADE" if word.rstrip("sS’'").strip("'’")[-1:] == "0" else "OTHER"
    if word[-2:].lower() in ("st", "nd", "rd", "th"):
        return "O31" if len(word) <= 4 and 0 < int(word[:-2]) <= 31 else "OX"
    return next((name for name, shape in SHAPES if shape.fullmatch(word)), "OTHER")


SHAPES: Final = (
    ("YEARMONTH", re.compile(r"(?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])")),
    ("NUMDATE", re.compile(r"\d{4}-\d\d-\d\dT.*|\d{1,4}([./-])\d{1,2}\1\d{1,4}")),
    ("CLOCK", re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d")),
    ("NDEC", re.compile(r"\d{1,4}\.\d{1,3}")),
    ("NX", re.compile(r"\d{1,3}(?:,\d{3})+")),
)


def tokens_of(text: str) -> Tokens:
    """The text cut into tokens."""
    known = lexicon()
    letters, alphabet = known.letters, known.alphabet
    other, paragraph = alphabet["OTHER"], alphabet["PAR"]
    spans, classes = [], []
    for found in TOKEN.finditer(text):
        word = found.group()
        letter = letters.get(word)
        if letter is None:
            first = word[0]
            if first.isdigit() or (first in "'’" and len(word) > 2):
                letter = alphabet[shape_class(word)]
            else:
                letter = paragraph if first == "\n" else other
        spans.append(found.span())
        classes.append(letter)
    return Tokens(text=text, spans=spans, letters="".join(classes))
