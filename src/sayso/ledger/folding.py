"""Words as they are searched: one spelling for all the ways in which Latin, Cyrillic and Arabic words are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

import msgspec

from sayso.records.span import Span

# Alef with hamza or madda, alef wasla -> alef; alef maqsura, Persian yeh -> yeh; teh marbuta, goal heh -> heh; Persian
# kaf -> kaf: the letters that Arabic writers and keyboards exchange (Larkey et al., SIGIR 2002). Tatweel is no letter.
_ARABIC = str.maketrans({**dict(zip("أإآٱىیےةۀک", "اااايييههك", strict=True)), "ـ": ""})
_ARTICLE = re.compile("\\b(?:[وف]?[بك]?ال|[وف]?لل)(?=[\u0620-\u064a]{3})")  # "and by the"-, "for the"-, before a word
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_TOKEN = re.compile("[\\w\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+")
_QUERY = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_INFLECTED = re.compile("[\u0400-\u04ff]{4}")  # Cyrillic names take case endings: "Манбидж" shall find "Манбиджа"
_MOST_WORDS = 32  # of a query; nobody types more, and each costs a walk of the index


def folded(text: str) -> str:
    """`text` as it is indexed: lower case, no accents or vowel signs, Arabic letters and articles made even.

    >>> folded("Zürich"), folded("МАНБИДЖ"), folded("مَنْبِج"), folded("والرقة") == folded("الرقّه")
    ('zurich', 'манбидж', 'منبج', True)
    """
    if text.isascii():
        return text.lower()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold().translate(_ARABIC)
    return _ARTICLE.sub("", plain)


class Query(msgspec.Struct, frozen=True):
    """What is searched: `match` for FTS5, and the folded words (a trailing `*`: any ending) to show in a snippet."""

    match: str
    words: tuple[str, ...]


def query_of(asked: str) -> Query | None:
    """Words that must all occur, "phrases in quotes", -words that must not, and beginn* of words. None: no word in it.

    >>> query_of('strike "Manbij bridge" -denied tank*').match
    '"strike" AND "manbij bridge" AND "tank" * NOT "denied"'
    """
    wanted, refused, words = list[str](), list[str](), list[str]()
    for minus, phrase, word in _QUERY.findall(asked)[:_MOST_WORDS]:
        tokens = [token.lower() for token in re.findall(r"\w+", folded(phrase or word))]
        if not tokens:
            continue
        open_ended = bool(word) and (word.endswith("*") or _INFLECTED.fullmatch(tokens[-1][:4]) is not None)
        term = '"' + " ".join(tokens) + ('" *' if open_ended else '"')
        if minus:
            refused.append(term)
        else:
            wanted.append(term)
            words += [*tokens[:-1], tokens[-1] + ("*" if open_ended else "")]
    if not wanted:
        return None
    return Query(" AND ".join(wanted) + "".join(f" NOT {term}" for term in refused), tuple(words))


class Snippet(msgspec.Struct, frozen=True):
    """A stretch of text around the words found; `found`: where they stand in `text`."""

    text: str
    found: tuple[Span, ...]


def snippet(text: str, words: Sequence[str], width: int = 160) -> Snippet:
    """The first stretch of about `width` characters of `text` that holds a word, with the words found in it."""
    first = next(_found(text, words), None)
    if first is None:
        return Snippet(_cut(text, 0, width), ())
    start = max(0, first[0] - width // 3)
    if start:  # begin with a whole word
        start = min((text.find(" ", start) + 1) or start, first[0])
    stretch = _cut(text, start, width)
    return Snippet(stretch, tuple(_found(stretch, words)))


def _found(text: str, words: Sequence[str]) -> Iterator[Span]:
    whole = frozenset(word for word in words if not word.endswith("*"))
    begun = tuple(word[:-1] for word in words if word.endswith("*"))
    for token in _TOKEN.finditer(text):
        plain = folded(token.group())
        if plain in whole or (begun and plain.startswith(begun)):
            yield token.span()


def _cut(text: str, start: int, width: int) -> str:
    if len(text) - start <= width:
        return text[start:].replace("\n", " ")
    end = text.rfind(" ", start, start + width)
    return text[start : end if end > start else start + width].replace("\n", " ")
