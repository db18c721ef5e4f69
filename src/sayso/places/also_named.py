"""Names of places that the reader passed over: those it read elsewhere in the report, and towns of record.

A town is taken for one where its name can hardly be anything else: it is of record in a land that the report's other
places are in, and stands behind "in", "from" and the like, at the head of a paragraph, or beside another place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from sayso.places.entry import Entry
from sayso.places.gazetteer import Gazetteer
from sayso.places.headings import opens_line
from sayso.places.meanings import demonym_of
from sayso.places.mentions import known
from sayso.places.words import words
from sayso.records.letters import CAPITAL as BIG
from sayso.records.span import Span

LEAST_LETTERS = 4
PEOPLE = 5_000  # of a town that is looked for though the reader names it nowhere; our own places need none
LOOKED_AT = 1_000  # runs of names in one text: bounds the time for a text that is a list
OWN = "sayso:"
ONE = rf"(?:[aA]l-|[eE]l-)?{BIG}[\w’']+(?:-[\w’']+)*"
RUN = re.compile(rf"(?<![\w-]){ONE}(?: (?:al-|el-|ez-|as-)?{ONE}){{0,3}}(?![\w-])")
OWNER = re.compile(r"['’]s?$")
OWNER_BEHIND = re.compile(r"['’]s?\b|['’](?=\s)")
THING = re.compile(r" ([a-z]+)\b")
LOCATIVE = re.compile(
    r"\b(?:in|into|from|to|at|near|around|toward|towards|inside|outside|of|on|between|through|across|over|against)"
    r"(?: the)?\s$",
    re.I,
)
OPENER = re.compile(r"(?:In|From|At|Near|Around|Inside|Outside|On|To|Into|The|Since|After|Before|But|And)\s")
LIST = re.compile(r"(?:, | and |, and |/)$")


def also_named(text: str, read: Sequence[Span], who: Collection[str], gazetteer: Gazetteer) -> list[Span]:
    """Spans of names of places beside those that were `read`, in the order of the text; none overlaps one of these.

    `who`: words that somebody is called by in the report; they name no place.
    """
    if text.isupper():
        return []
    names = Counter(text[a:b] for a, b in read if text[a:b][:1].isupper() and b - a >= LEAST_LETTERS)
    names = Counter({name: n for name, n in names.items() if _is_place(name, gazetteer)})
    lands = _lands(names, gazetteer)
    ordered = sorted(read)
    ends = {end for _, end in read}
    found: list[Span] = []
    for start, end in _runs(text):
        at = bisect_left(ordered, (start, 0))
        if any(a < end and start < b for a, b in ordered[max(0, at - 1) : at + 1]):
            continue
        name = text[start:end]
        if name in who or _belongs_to(text, end):
            continue
        if name in names or (_can_be(text, (start, end), ends) and _of_record(name, lands, gazetteer)):
            found.append((start, end))
            ends.add(end)
    return found


def _belongs_to(text: str, end: int) -> bool:
    """Whether what stands behind a name is meant, and not the place: "Raqqa's mosques", "Kobani hospital"."""
    thing = THING.match(text, end)
    return OWNER_BEHIND.match(text, end) is not None or (thing is not None and words().kind(thing[1]) == "site")


def _runs(text: str) -> Iterator[Span]:
    """Runs of words with capitals, without the word that only begins a sentence and the possessive that ends one."""
    for match in islice(RUN.finditer(text), LOOKED_AT):
        start, end = match.span()
        if opener := OPENER.match(text, start, end):
            start = opener.end()
        if owner := OWNER.search(text[start:end]):
            end = start + owner.start()
        if end - start >= LEAST_LETTERS:
            yield start, end


def _is_place(name: str, gazetteer: Gazetteer) -> bool:
    """Whether some place is called so, and no people."""
    return bool(known(gazetteer, name)) and not demonym_of(gazetteer, name)


def _lands(names: Counter[str], gazetteer: Gazetteer) -> frozenset[str]:
    """The countries that most of the named places can be in."""
    votes: Counter[str] = Counter()
    for name in names:
        if matches := known(gazetteer, name):
            votes.update({m.entry.country for m in matches[:1] if m.entry.country})
    most = max(votes.values(), default=0)
    return frozenset(land for land, count in votes.items() if 2 * count >= most and count > 1)


def _can_be(text: str, span: Span, ends: Collection[int]) -> bool:
    """Whether a name stands where a place can: behind "in", at the head of a line, beside another place.

    What has two words is seldom anything else where it is of record: "El Fasher". `ends`: where places end.
    """
    start, end = span
    if " " in text[start:end]:
        return True
    before = text[max(0, start - 12) : start]
    if LOCATIVE.search(before) or (text[end : end + 1] in (".", ":") and opens_line(text, start)):
        return True
    joined = LIST.search(before)
    return joined is not None and start - len(joined[0]) in ends


def _of_record(name: str, lands: frozenset[str], gazetteer: Gazetteer) -> bool:
    lower = name.lower()
    if not lands or words().kind(lower) or lower in words().sets["stems"]:
        return False
    return any(m.entry.country in lands and _is_large(m.entry) for m in known(gazetteer, name))


def _is_large(entry: Entry) -> bool:
    return entry.id.startswith(OWN) or (entry.level == "town" and entry.population >= PEOPLE)
