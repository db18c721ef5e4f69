"""A phrase for a place -> the name that it turns on, and how the place meant stands to that name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sayso.places.mentions import Mentions
from sayso.places.words import Words, words
from sayso.records.span import Span

Relation = Literal["at", "within", "near", "around", "part", "in", "offset", "between", "border", "capital", "none"]
_DASHES = frozenset({"-", "–", "—"})
STANDS: Final = frozenset({"near", "outside", "around", "between"})  # before a name: how a place stands to it
LINES: Final = frozenset({"road", "border", "water"})  # kinds of what goes from one place to another
PHRASE_AT_MOST: Final = 60  # words of a phrase that are looked at


@dataclass(frozen=True, slots=True)
class Phrase:
    """`head`, `other`: numbers of names; `bearing` in degrees, `km` from the head. `kind`, `noun`: of the type word
    that stands for the place where it has no name ("a village near X"). `definite`: "the city", not "a city";
    `pointed`: "that city"."""

    span: Span
    head: int | None = None
    relation: Relation = "none"
    other: int | None = None
    bearing: float | None = None
    km: float | None = None
    kind: str = ""
    noun: str = ""
    definite: bool = True
    pointed: bool = False


def read_phrase(mentions: Mentions, span: Span, *, before: bool = False) -> Phrase:
    """What the words at `span` say; `before`: with those before it that say how the place stands to it."""
    table, tokens = words(), mentions.tokens
    first, last = tokens.run(span)
    last = min(last, first + PHRASE_AT_MOST)
    if before:
        first = _said_before(tokens.lower, first, table)
    last = _till_whence(tokens.lower, first, last, table)
    names = [n for n in mentions.inside(span) if mentions.names[n].first < last]
    definite = not (first < last and tokens.lower[first] in table.sets["indefinite"])
    if not names:
        kind, noun = _noun(tokens.lower[first:last], table)
        bearing = next((table.bearings[w] for w in tokens.lower[first:last] if w in table.bearings), None)
        pointed = tokens.lower[first:last][:1] == ["that"]
        return Phrase(span, None, "none", None, bearing, None, kind, noun, definite, pointed)
    head = _head(mentions, names)
    name = mentions.names[head]
    leading = tokens.lower[first : name.first]
    following = [mentions.names[n].first for n in names if n != head and mentions.names[n].first >= name.last]
    after = tokens.lower[name.last : min([last, *following])]
    kind, noun = _noun(leading, table) if leading else ("", "")
    if pair := _pair(mentions, names, head, leading, tokens.lower[name.last : last]):
        return Phrase(span, head, pair[0], pair[1], None, None, kind, noun, definite)
    behind = table.kind(after[0]) if after else ""
    if behind == "border" or _at_border(leading, table):
        return Phrase(span, head, "border", None, None, None, kind, noun, definite)
    if name.demonym or name.possessive:  # "the Syrian capital", "Syria's capital"
        if "capital" in after:
            return Phrase(span, head, "capital", None, None, None, kind, noun, definite)
        if after and (found := _noun(after, table))[0]:
            if found[1] in table.sets["owned"]:  # "the Salvadoran embassy" tells whose it is, not where
                return Phrase(span, None, "none", None, None, None, *found, definite)
            return Phrase(span, head, "in", None, None, None, *found, definite)
    km, bearing = _offset(leading, table)
    if km is not None and bearing is not None:
        return Phrase(span, head, "offset", None, bearing, km, kind, noun, definite)
    return Phrase(span, head, _relation(leading, after, table), None, bearing, None, kind, noun, definite)


def _till_whence(lower: list[str], first: int, last: int, table: Words) -> int:
    """Where a phrase ends that goes on with where somebody came from: "the capital from Zliten"; not so a road."""
    at = next((n for n in range(first, last) if lower[n] == "from"), last)
    kinds = {table.kind(word) for word in lower[first:at]} - {""}
    return at if kinds and kinds.isdisjoint(LINES) and "to" not in lower[at:last] else last


def _said_before(lower: list[str], first: int, table: Words) -> int:
    """Where the words before a phrase begin that say how the place stands to it: "near", "30 km south of"."""
    at = first
    *_, article, bearing, of = ["", "", "", *lower[max(0, at - 3) : at]]
    if of == "of" and bearing in table.bearings and article != "the":
        at -= 2
        return at - 2 if at > 1 and lower[at - 1] in table.units and _number(lower[at - 2], table) is not None else at
    if at > 0 and lower[at - 1] in STANDS:
        return at - 1
    return at


def _at_border(before: list[str], table: Words) -> bool:
    """Whether the words before a name say that its border is meant: "the border of X", not "the border town of X"."""
    return any(
        word in ("border", "frontier") and not (before[n + 1 : n + 2] and table.kind(before[n + 1]))
        for n, word in enumerate(before)
    )


def _head(mentions: Mentions, names: list[int]) -> int:
    """The first name that is known and not merely what another of them lies in; failing that, the first of the rest."""
    found = mentions.names
    held = {other for n in names for other, _ in found[n].lies_in}
    free = [n for n in names if n not in held]
    bare = [n for n in free if not (found[n].demonym or found[n].possessive)]
    first = (bare or free or names)[0]
    if not found[first].matches and not found[first].kind:  # "the Islamic State group in northern Syria"
        return next((n for n in names if found[n].matches and not found[n].demonym), first)
    return first


def _noun(lower: list[str], table: Words) -> tuple[str, str]:
    """The type word that a phrase turns on: the last one before "in", "near" or "of", with its kind."""
    found = ("", "")
    for word in lower:
        if found[0] and (word in table.sets["in"] or word in table.sets["of"] or table.parts.get(word) == "near"):
            break
        if kind := table.kind(word):
            found = (kind, word)
        elif word in table.parts and not found[0]:
            found = ("", word)
    return found


def _pair(
    mentions: Mentions, names: list[int], head: int, before: list[str], after: list[str]
) -> tuple[Relation, int] | None:
    """ "between A and B", "the A-B road", "the Turkish-Syrian border": the relation, and the second name."""
    second = next((n for n in names if mentions.names[n].first > mentions.names[head].first), None)
    if second is None:
        first = next((n for n in names if mentions.names[n].last <= mentions.names[head].first), None)
        with_border = "with" in before and any(words().kind(word) == "border" for word in before)
        return ("border", first) if with_border and first is not None else None  # "the Syrian border with Turkey"
    joint = after[: mentions.names[second].first - mentions.names[head].last]
    kinds = {words().kind(word) for word in after}
    if joint and joint[0] in _DASHES and "border" in kinds:
        return "border", second
    if "border" in before and ("and" in joint or "with" in joint):
        return "border", second
    if joint and joint[0] in _DASHES and "road" in kinds:
        return "between", second
    if "between" in before and "and" in joint:
        return "between", second
    if any(words().kind(word) == "road" for word in before) and joint[:1] in (["to"], ["and"]):
        return "between", second
    return None


def _offset(before: list[str], table: Words) -> tuple[float | None, float | None]:
    """Kilometres and bearing in the words before a name: "30 kilometres north of"."""
    km = bearing = None
    for at, word in enumerate(before):
        if word in table.bearings:
            bearing = table.bearings[word]
        if word in table.units and at:
            number = _number(before[at - 1], table)
            km = km if number is None else number * table.units[word]
    return (km if km is None or km < 2000 else None), bearing


def _number(word: str, table: Words) -> float | None:
    """What a word counts, in figures or by name; None if it is no number."""
    figures = word.replace(",", "")
    return float(figures) if figures.replace(".", "", 1).isdecimal() else table.numbers.get(word)


def _relation(before: list[str], after: list[str], table: Words) -> Relation:
    """How a place stands to the one name of its phrase, by the words around that name."""
    sets = table.sets
    parts = [table.parts[w] for w in before if w in table.parts]
    beside = [table.parts[w] for w in after[:2] if w in table.parts]
    if "near" in parts or "near" in beside or (before and before[-1] == "of" and _bears(before, table)):
        return "near"
    if "around" in parts or "around" in beside:
        return "around"
    if "within" in parts or "within" in beside:
        return "within"
    if any(w in table.bearings for w in before):
        return "part"
    if before and any(w in sets["in"] for w in before):
        return "in"
    kind, noun = _noun(before, table)
    if kind in ("site", "road", "water") and before[-1] in sets["of"]:
        return "in"
    return "in" if noun and kind and noun.endswith("s") and table.kind(noun[:-1]) and kind == "site" else "at"


def _bears(before: list[str], table: Words) -> bool:
    """Whether "of" follows a bare direction ("north of"), not a part ("the northern part of", "in the north of")."""
    return len(before) > 1 and before[-2] in table.bearings and before[-3:-2] not in (["the"], ["far"])
