"""Two sources in one phrase: "the coalition and Furat Monitor" -> the words for each.

Only where the words leave no doubt. "Officials in Aleppo and Idlib", "the Ministry of Foreign Affairs and Trade",
"Turkish and Syrian officials" and "doctors and nurses" are one source.
"""

from __future__ import annotations

import re

from sayso.reading.who.nouns import table
from sayso.records.span import Span

_AND = re.compile(r"(?<!\s)\s+and\s+")
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
ONE = frozenset({"a", "an", "one"})  # begin the words for somebody else
SEVERAL = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several"})
ONES = ONE | SEVERAL
PEOPLE = frozenset({"office", "rank", "reporter", "person", "fighter"})
OFFICES = frozenset({"office", "rank"})  # kinds of nouns


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
    opening = other[0].lower()
    called, also_called = _called(one), _called(other)
    last = one[-1].lower()
    is_people = table().demonym(last) and not table().noun(last)  # "Turkish", not "journalist"
    if not called or not also_called or is_people or opening in sets["owners"]:
        return False  # "Turkish and Syrian officials", "a man and his brother"
    if opening in table().pronouns:
        return False
    if len(called) == len(one) and table().noun(last) == last and table().kind(last) in PEOPLE:
        return False  # "Lake politician and a member of the council Mira Voss"
    begins_anew = opening in sets["determiners"] or opening in ONES
    if not begins_anew and any(table().kind(word.lower()) in OFFICES for word in other):
        return False  # "Deputy Prime Minister and Defence Minister Hulusi Akar"
    is_counted = opening in SEVERAL and any(
        table().kind(word.lower()) in PEOPLE for word in other
    )  # not "nine clinics"
    if [word.lower() for word in one[:2]] == ["one", "of"]:
        one = one[2:]  # "one of the mediators and the army"
    if not sets["prepositions"].isdisjoint(word.lower() for word in one):
        return opening in ONE or is_counted  # "a commander in the alliance and a monitoring group"
    if opening in ONES:
        return opening in ONE or is_counted
    if begins_anew:  # "Russia and the Syrian army", not "the Islamic State of Iraq and the Levant"
        return any(table().noun(word.lower()) or (word.isupper() and len(word) > 1) for word in also_called)
    if not other[0][0].isupper():  # "army and residents" of a headline, not "doctors and nurses"
        kinds = [table().kind(words[0].lower()) for words in (one, other)]
        return len(one) == len(other) == 1 and all(kinds) and kinds[0] != kinds[1]
    return not called[0][0].isupper() or len(called) > 1 or len(other) == 1  # not "Food and Agriculture Organization"


def _called(words: list[str]) -> list[str]:
    """The words without the article or number that they open with."""
    opens = words[0].lower() in ONES or words[0].lower() in table().sets["determiners"]
    return words[1:] if opens else words
