"""Names as they are compared: words folded, articles dropped, transliterations made alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

import msgspec

LONGEST = 300  # characters of a name that are looked at: no name of record is longer
WORDS_AT_MOST = 40
ARTICLES = frozenset({"al", "el", "the", "il"})
SUN_ARTICLES = frozenset({"ad", "an", "ar", "as", "ash", "at", "az", "ed", "es", "esh", "et", "ud", "ul", "ur"})
WORD = re.compile(r"[^\W_]+(?:[.'’ʼʿʾ‘`´&][^\W_]+)*\.?(?:['’]s\b|['’](?=\s|$))?-?")
POSSESSIVE = re.compile(r"['’]s?$")
MARKS = re.compile(r"['’ʼʿʾ‘`´.]")
TASHKEEL = re.compile("[\u0640\u064b-\u065f\u0670]")
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe",
                         "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ё": "е"})  # fmt: skip


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word as written (possessive ending cut off), folded, and whether it was a possessive."""

    raw: str
    folded: str
    possessive: bool = False


def fold(word: str) -> str:
    """A word without case, diacritics and the marks inside it.

    >>> fold("Da'esh"), fold("Türkiye")
    ('daesh', 'turkiye')
    """
    if word.isascii():
        return MARKS.sub("", word).lower()
    parts = unicodedata.normalize("NFKD", TASHKEEL.sub("", word.casefold().translate(LETTERS)))
    return MARKS.sub("", "".join(c for c in parts if not unicodedata.combining(c)))


def words(name: str) -> tuple[Word, ...]:
    """The words of a name; articles are left out, also Arabic ones before a hyphen.

    >>> [w.folded for w in words("the Hay’at Tahrir ash-Sham's fighters")]
    ['hayat', 'tahrir', 'sham', 'fighters']
    """
    found: list[Word] = []
    articles: list[Word] = []
    for match in islice(WORD.finditer(name[:LONGEST]), WORDS_AT_MOST):
        raw = match[0].removesuffix("-")
        cut = POSSESSIVE.sub("", raw)
        word = Word(cut, fold(cut), cut != raw)
        sun = raw != match[0] and word.folded in SUN_ARTICLES and not raw.isupper()
        if word.folded:
            (articles if sun or word.folded in ARTICLES else found).append(word)
    return tuple(found or articles)


def key(of: Sequence[Word]) -> str:
    """What exact look-ups compare."""
    return " ".join([w.folded for w in of])


SOUNDS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        ("oo|ou|o", "u"),
        ("ae|ee|ei|ey|ay|ai|aj|e", "i"),
        ("y(?=i)|(?<=i)y", "i"),
        ("[kq]h|q|ck", "k"),
        ("gh", "g"),
        ("[dz]h", "d"),
        ("ph", "f"),
        ("th", "t"),
        ("c(?=i)|z", "s"),  # defence, defense; organisation, organization
        ("w", "v"),
        ("y", "i"),
        (r"(.)\1+", r"\1"),
        ("(?<=..)(?:ir|ri)$", "r"),  # centre, center
        ("(?<=...)s$", ""),
        ("(?<=..)(?:ah|ih|a|i)$", ""),
    )
)


@lru_cache(maxsize=65536)
def sound(folded: str) -> str:
    """A Latin word as it sounds, roughly: one spelling for the commonest transliterations.

    >>> sound("jaysh") == sound("jaish") == sound("jeish"), sound("defense") == sound("defence")
    (True, True)
    """
    if len(folded) < 4 or not folded.isascii():
        return folded
    for pattern, by in SOUNDS:
        folded = pattern.sub(by, folded)
    return folded


def loose_key(folded: str) -> str:
    """What look-ups compare when nothing is found exactly: `key`, word by word as it sounds."""
    return " ".join([sound(word) for word in folded.split()])


def letters(acronym: str) -> str:
    """An acronym without its points.

    >>> letters("U.S.")
    'US'
    """
    return acronym.replace(".", "")
