"""The words and marks of a text, with the place of each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import islice
from typing import Final

from sayso.records.span import Span

TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-'’`ʿ‘.][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]")
TOKENS_AT_MOST = 200_000  # of one text; what stands behind is not looked at
POSSESSIVE: Final = re.compile(r"['’`]s?$")


class Tokens:
    """A text cut into words and marks; `lower`: each in small letters, without a possessive ending."""

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [match.span() for match in islice(TOKEN.finditer(text), TOKENS_AT_MOST)]
        if "-" in text:
            spans = [half for a, b in spans for half in (_halves(a, b, text[a:b]) if "-" in text[a:b] else ((a, b),))]
        self.spans: list[Span] = spans
        self.starts = [a for a, _ in self.spans]
        self.ends = [b for _, b in self.spans]
        raw = [text[a:b].lower() for a, b in self.spans]
        self.lower = [POSSESSIVE.sub("", word) if "'" in word or "’" in word else word for word in raw]

    def run(self, span: Span) -> tuple[int, int]:
        """The tokens that `span` touches, half open."""
        return bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1])

    def capital(self, number: int) -> bool:
        """Whether a word begins like a name: with a capital, or with an Arabic article and a capital ("al-Bab")."""
        a, b = self.spans[number]
        word = self.text[a:b]
        return word[0].isupper() or ("-" in word and word.partition("-")[2][:1].isupper())


def _halves(start: int, end: int, word: str) -> list[Span]:
    """A word as one, or parted at the hyphens that join two names: "Izium-Sloviansk", but not "al-Bab"."""
    spans, begin = [], 0
    for match in re.finditer("-", word):
        at = match.start()
        if at - begin > 3 and word[begin].isupper() and word[at + 1 : at + 2].isupper():
            spans += [(start + begin, start + at), (start + at, start + at + 1)]
            begin = at + 1
    return [*spans, (start + begin, end)]
