"""Keys under which a place's names are filed and looked for: the folded name, the bare name, the name's sound.

Three keys, each looser than the one before it. `folded` forgets case, diacritics and apostrophes ("Mare'" is "mare").
`bare` also forgets articles and type words and the gaps between words ("the city of Ar-Raqqah" is "raqqah"). `sounded`
also forgets how a name was written in Latin letters ("Raqqa", "Rakka" and "Raqqah" are one; so are Dayr, Deir and Der).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

import msgspec

MOST_LETTERS = 120  # the longest name of GeoNames' cities500 has 112; anything longer is no name
_FEWEST_SOUNDED = 3  # letters; shorter keys mean everything and nothing
_MOST_WORDS = 10  # of a name; the rest is prose

_LETTERS = str.maketrans(
    dict(zip("łøđıðħŧəɛɔŋʃĸ", ("l", "o", "d", "i", "d", "h", "t", "e", "e", "o", "n", "s", "k"), strict=True))
    | {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ё": "е", "ї": "і", "ґ": "г"}
    | {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ە": "ه", "ـ": "", "ھ": "ه", "ۀ": "ه", "ٱ": "ا"}
    | dict.fromkeys("'’‘`´ʹʺʻʼʽʾʿˈˋˊ′″ʕʔ״׳\"“”ьъ.", "")
    | dict.fromkeys("-‐‑‒–—־_,/\\()[]:;", " ")
)


class _TypeWords(msgspec.Struct, frozen=True):
    articles: frozenset[str]
    of: frozenset[str]
    before: dict[str, str]
    after: dict[str, str]


@cache
def _type_words() -> _TypeWords:
    """The articles, and the words that say what kind of place a name names, each with its level."""
    raw = resources.files("sayso.places").joinpath("type_words.json").read_bytes()
    return msgspec.json.decode(raw, type=_TypeWords)


def folded(name: str) -> str:
    """`name` without case, diacritics, apostrophes and dots, words parted by one space; "" if it is no name.

    A leading "the" goes too: "the Donbas" and "Donbas", "The Hague" and "Hague" are one.
    """
    if len(name) > MOST_LETTERS:
        return ""
    if not name.isascii():
        name = "".join([c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)])
    name = name.casefold().translate(_LETTERS)
    if not name.isprintable():  # marks of direction are nothing, control characters part words
        name = "".join(c if c.isprintable() else "" if unicodedata.category(c) == "Cf" else " " for c in name)
    words = name.split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def bare(key: str) -> str:
    """The folded name `key` without articles, type words and gaps."""
    words = _without_types(key.split()[:_MOST_WORDS])
    articles = _type_words().articles
    kept = [word for word in words[:-1] if word not in articles] + words[-1:]
    return "".join(kept)


def sounded(key: str) -> str:
    """The folded name `key` by its sound; "" where that says too little, or the name is not in Latin letters."""
    words = _without_types(key.split()[:_MOST_WORDS])
    articles = _type_words().articles
    kept = [word for word in words[:-1] if word not in articles] + words[-1:]
    sound = "".join(_sound(word) for word in kept)
    return sound if len(sound) >= _FEWEST_SOUNDED else ""


def type_of(name: str) -> str | None:
    """The level that a type word in `name` tells ("Aleppo province": "province"); None if there is none."""
    words = folded(name).split()
    types = _type_words()
    if len(words) > 1 and words[-1] in types.after:
        return types.after[words[-1]]
    if len(words) > 1 and words[0] in types.before:
        return types.before[words[0]]
    return None


def _without_types(words: list[str]) -> list[str]:
    """`words` without the type words before and after the name, as long as something is left."""
    types = _type_words()
    if len(words) > 2 and words[0] in types.before and words[1] in types.of:
        words = words[2:]
    elif len(words) > 1 and words[0] in types.before:
        words = words[1:]
    if len(words) > 1 and words[-1] in types.after:
        words = words[:-1]
    return words


# How one sound is written in Latin letters by those who romanise Arabic, Kurdish, Persian, Ukrainian and Russian, be
# they English or French: in this order, the longer spellings first. All are plain replacements: none can run away.
_SPELLINGS = (
    ("shch", "s"),
    ("tch", "c"),
    ("sch", "s"),
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("sh", "s"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ie", "i"),
    ("ai", "e"),
    ("ay", "e"),
    ("ei", "e"),
    ("ey", "e"),
    ("au", "o"),
    ("aw", "o"),
    ("ow", "o"),
    ("w", "v"),
    ("y", "i"),
    ("e", "a"),
    ("o", "u"),
)
_DOUBLED = re.compile(r"(.)\1+")
_ASSIMILATED = re.compile(r"^[ae]([rsdtzn])\1(?=..)")  # "Arraqqa", "Assuwayda": the article run into the name
_LAST_VOWEL = re.compile(r"(?:i?ah?|ih|at)$")
_SLAVIC_END = re.compile(r"(?<=[bcdfgjklmnprstvz])[iua]v$")  # Kharkiv, Kharkov; Kyiv, Kiev


@lru_cache(20_000)
def _sound(word: str) -> str:
    """One word by its sound; "" if it is not in the letters a to z."""
    if not (word.isascii() and word.isalpha()):
        return word if word.isascii() and word.isdigit() else ""
    word = _ASSIMILATED.sub(r"\1", word)
    for spelling, sound in _SPELLINGS:
        if spelling in word:
            word = word.replace(spelling, sound)
    word = _DOUBLED.sub(r"\1", word)
    word = _SLAVIC_END.sub("v", word)
    return _LAST_VOWEL.sub("", word) if len(word) > 3 else word
