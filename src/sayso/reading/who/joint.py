"""Two sources in one phrase: "the coalition and Furat Monitor" -> the words for each.

Only where the words leave no doubt. "Officials in Aleppo and Idlib", "the Ministry of Foreign Affairs and Trade",
"Turkish and Syrian officials" and "doctors and nurses" are one source.
"""

from __future__ import annotations

import re

from sayso.reading.who.nouns import table
from sayso.records.span import Span

_AND = re.compile(r"\s+and\s+")
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
ONES = frozenset({"a", "an", "one", "two", "three", "several"})  # begin the words for somebody else


def parts_of(text: str, span: Span) -> tuple[Span, ...]:
    """The spans of the sources that a phrase joins; none where it is one source."""
    found = list(_AND.finditer(text, *span))
    if len(found) != 1:
        return ()
    first, second = (span[0], found[0].start()), (found[0].end(), span[1])
    one, other = _WORD.findall(text, *first), _WORD.findall(text, *second)
    return (first, second) if one and other and _are_two(one, other) else ()


def _are_two(one: list[str], other: list[str]) -> bool:
    sets = table().sets
    if table().demonym(one[-1].lower()) or other[0].lower() in (*sets["owners"], *table().pronouns):
        return False  # "Turkish and Syrian officials", "a man and his brother"
    begins_anew = other[0].lower() in sets["determiners"] or other[0].lower() in ONES
    if not sets["prepositions"].isdisjoint(word.lower() for word in one):
        return other[0].lower() in ONES  # "a commander in the alliance and a monitoring group"
    if begins_anew:
        return True
    if not other[0][0].isupper():
        return False
    called = one[1:] if one[0].lower() in sets["determiners"] and len(one) > 1 else one
    return not called[0][0].isupper() or len(called) > 1 or len(other) == 1  # not "Food and Agriculture Organization"
