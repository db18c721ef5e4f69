"""Names as they are compared: without case, accents, spaces, hyphens, apostrophes."""

from __future__ import annotations

import re
import unicodedata

import msgspec

LONGEST = 200  # characters of a name that are looked at; the longest of the register has 68
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´′״׳\""))
_LETTERS = str.maketrans({"ı": "i", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae"})
_OWN = re.compile(r"['’]s$")
_WORDS = re.compile(r"[^\W_]+")
_HYPHENS = re.compile(r"[‐-―−]")


class Word(msgspec.Struct, frozen=True):
    """One word of a text: as compared, and whether it could be part of a name, is hyphenated, ends in 's."""

    key: str
    capital: bool
    last_part: str = ""
    first_part: str = ""
    owns: bool = False


def plain(text: str) -> str:
    """The letters and digits of `text` as compared, words apart.

    >>> plain("Ha’aretz"), plain("Şafak (TV)"), plain("L'Orient-Le Jour")
    ('haaretz', 'safak tv', 'lorient le jour')
    """
    bare = unicodedata.normalize("NFKD", text[:LONGEST]).translate(_APOSTROPHES).casefold().translate(_LETTERS)
    return " ".join(_WORDS.findall("".join(c for c in bare if not unicodedata.combining(c))))


def key(name: str) -> str:
    """What a name is looked up by. A leading "the" counts only where one word follows: The Hill is not anybody's Hill.

    >>> key("Al-Manar") == key("al manar") == key("Almanar")
    True
    >>> key("The New York Times") == key("New York Times"), key("The Hill") == key("Hill")
    (True, False)
    """
    words = plain(name).split()
    if len(words) > 2 and words[0] == "the":
        words = words[1:]
    return "".join(words)


def words_of(text: str) -> list[Word]:
    """The words of a phrase. Hyphenated words are one ("state-run"), but their parts can be seen.

    >>> [word.key for word in words_of("Russia's state-run TASS")]
    ['russias', 'staterun', 'tass']
    """
    return [word for chunk in text[:LONGEST].split() if (word := _word(chunk)).key]


def _word(chunk: str) -> Word:
    parts = [plain(part).replace(" ", "") for part in _HYPHENS.sub("-", chunk).split("-")]
    several = len(parts) > 1
    return Word(
        key="".join(parts),
        capital=any(c.isupper() or unicodedata.category(c) == "Lo" for c in chunk),
        last_part=parts[-1] if several else "",
        first_part=parts[0] if several else "",
        owns=_OWN.search(chunk.rstrip(",.;:)")) is not None,
    )
