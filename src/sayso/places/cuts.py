"""Names that were cut: "al" is no name, "al-Bab" is."""

from __future__ import annotations

import re
from typing import Final

from sayso.places.words import words
from sayso.records.span import Span

LONGEST_ARTICLE: Final = 6  # characters, with its hyphen and what stands before it
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,4})-$")
_WORD_AFTER = re.compile(r"(?:-|[ ](?=(?:[a-z]{2}-)?[A-Z]))(?:[^\W\d_]{2}-)?[^\W\d_]+")


def whole(text: str, span: Span) -> Span:
    """The span without a cut through a name: "al" of "al-Bab" and "Deir" of "Deir Ezzor" are no names by themselves."""
    start, end = span
    sets = words().sets
    if text[start:end].startswith("-"):
        start += 1
    before = _WORD_BEFORE.search(text, max(0, start - LONGEST_ARTICLE), start)
    if before and before[1].lower() in sets["particles"]:
        start = before.start(1)
    inside = text[start:end].strip("-").lower()
    if inside in sets["particles"] or inside in sets["stems"]:
        after = _WORD_AFTER.match(text, end - 1 if text[end - 1] == "-" else end)
        end = after.end() if after else end
    return start, end
