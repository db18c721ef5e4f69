"""Words for a place that do not name it: "the city", "its northern countryside", "there", "the provincial capital"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from sayso.places.entry import Entry
from sayso.places.gazetteer import Gazetteer
from sayso.places.meanings import capital
from sayso.places.phrase import Phrase, Relation
from sayso.places.unknown import is_unknown
from sayso.places.words import words
from sayso.records.span import Span

SMALL, SMALL_PEOPLE = frozenset({"village", "hamlet", "settlement", "villages"}), 100_000
FORGETS = 200.0  # characters in which a place's being named e times as often is made up for by another's being nearer
TOLD_BY = re.compile(  # what may stand between words for a place and the place that tells which it is
    r" (?:near|outside|beside|around|(?:lying |situated )?between|north of|south of|east of|west of"
    r"|(?:that |which )?(?:leads?|leading|runs?|running|goes|going|links?|linking|connects?|connecting)"
    r"(?: (?:up|down|on|out|from|past|through|to|towards?|into)){0,3}) (?:the )?"
)
SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")
FITTING = {
    "town": ("town",),
    "district": ("district", "site", "town"),
    "quarter": ("district", "site", "town"),
    "province": ("province",),
    "region": ("region", "province", "district", "town", "site"),
    "site": ("site", "town", "district"),
    "road": ("site", "town", "district"),
    "water": ("site", "region", "town"),
    "": ("site", "town", "district", "province", "region"),
}  # the levels that a noun's kind can take up


@dataclass(frozen=True, slots=True)
class Named:
    """A place that the report has named: where, as what, and called what kind of thing."""

    span: Span
    words: str
    entry: Entry
    kind: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The place that words take up again, how it stands to the entry, and why it is that one."""

    entry: Entry
    relation: Relation
    why: str


def take_up(
    phrase: Phrase, text: str, named: Sequence[Named], main: Entry | None, gazetteer: Gazetteer
) -> Taken | None:
    """What a phrase without a name means. `named`: in the order of the text; `main`: the report's country."""
    sets = words().sets
    known = [n for n in named if not is_unknown(n.entry)]
    quote = text[phrase.span[0] : phrase.span[1]]
    lower = quote.lower().split()
    if "country" in (phrase.kind, phrase.noun) or lower[-1:] == ["nationwide"] or "countrywide" in lower:
        country = _last(phrase, known, ("country",)) if phrase.kind == "country" else None
        entry = country.entry if country else main
        return Taken(entry, "at", f'"{quote}": the country that the report is about.') if entry else None
    if phrase.noun == "capital":
        return _capital(phrase, quote, known, main, gazetteer)
    if phrase.kind == "border" and main:
        return Taken(main, "border", f'"{quote}": the border of the country that the report is about.')
    if main and _is_direction(phrase, lower):
        return Taken(main, "part", f'"{quote}": that part of the country that the report is about.')
    if phrase.kind == "province" and (province := _province(phrase, known, gazetteer)):
        return Taken(province, "at", f'"{quote}" takes up {province.name}, the last province spoken of before.')
    if told := _told_after(phrase, known, text):
        return Taken(told.entry, "near", f'"{quote}" is not named; the words after it name {told.words}.')
    same = _same_noun(phrase, named) if phrase.definite else _named_so(phrase, named)
    is_side = phrase.bearing is not None and not phrase.kind and not phrase.noun  # "the opposition-held east"
    levels = ("town",) if is_side else FITTING.get(phrase.kind, FITTING[""])
    found = same or (_last(phrase, named, levels) if phrase.definite else _closest(phrase, named, text))
    if found is None:
        return Taken(main, "in", f'"{quote}" is not named; the report is about {main.name}.') if main else None
    here = any(word in sets["here"] for word in lower)
    same_thing = phrase.definite and (here or same is not None or _same_level(phrase, found.entry) or not phrase.kind)
    same_thing = same_thing and not _is_several(phrase.noun)
    beside = not same_thing or (phrase.kind == "road" and found.entry.level == "town")  # "the road" is not the town
    if is_side:
        return Taken(found.entry, "part", f'"{quote}": that part of {found.words}.')
    relation: Relation = "near" if beside else words().parts.get(phrase.noun, "at")  # type: ignore[assignment]
    verb = "takes up" if same_thing else "is not named; the nearest place named is"
    return Taken(found.entry, relation, f'"{quote}" {verb} {found.words}.')


def _told_after(phrase: Phrase, named: Sequence[Named], text: str) -> Named | None:
    """The place that the very next words tell a phrase by: "the last stretch of road that leads up to Resafa"."""
    end = phrase.span[1]
    follows = (n for n in named if n.entry.level != "country" and TOLD_BY.fullmatch(text, end, max(end, n.span[0])))
    return next(follows, None)


def _is_direction(phrase: Phrase, lower: list[str]) -> bool:
    """Whether a phrase is nothing but a part of the country: "the north", but not "the northern houses"."""
    table = words()
    plain = all(word in table.bearings or word in table.sets["articles"] or word == "far" for word in lower)
    return phrase.bearing is not None and not phrase.kind and not phrase.noun and "its" not in lower and plain


def _is_several(noun: str) -> bool:
    """Whether a type word stands for several places ("61 villages"): one that was named before is not all of them."""
    table = words()
    return noun.endswith("s") and table.kind(noun) == "town" and bool(table.kind(noun.removesuffix("s")))


def _same_noun(phrase: Phrase, named: Sequence[Named]) -> Named | None:
    """ "the camp" after "al-Hol camp": the last thing that was called by the same kind of word."""
    if phrase.kind not in ("site", "water", "district", "quarter", "region"):
        return None
    noun = phrase.noun.removesuffix("s")
    fitting = [n for n in named if noun in n.words.lower() and n.span[0] < phrase.span[0]]
    return fitting[-1] if fitting else None


def _named_so(phrase: Phrase, named: Sequence[Named]) -> Named | None:
    """ "A desert junction" of a first paragraph: the one thing that the report calls by that word, before or after."""
    noun = phrase.noun.removesuffix("s")
    fitting = [n for n in named if noun in n.words.lower().split()] if phrase.kind in ("site", "water") and noun else []
    return fitting[0] if len({n.entry.id for n in fitting}) == 1 else None


def _same_level(phrase: Phrase, entry: Entry) -> bool:
    return entry.level == {"town": "town", "district": "district", "quarter": "district"}.get(phrase.kind)


def _closest(phrase: Phrase, named: Sequence[Named], text: str) -> Named | None:
    """The place named closest to a phrase, in its own sentence if there is one: "several dozen villages"."""
    fitting = [n for n in named if n.entry.level != "country"]

    def gap(n: Named) -> tuple[int, int]:
        a, b = sorted((n.span, phrase.span))
        return len(SENTENCE_END.findall(text, a[1], b[0])), b[0] - a[1]

    return min(fitting, key=gap, default=None)


def _last(phrase: Phrase, named: Sequence[Named], levels: tuple[str, ...]) -> Named | None:
    """The place of these levels that the report spoke of last, or most, before the phrase; else the first after it."""
    fitting = [n for n in named if n.entry.level in levels]
    before = [n for n in fitting if n.span[1] <= phrase.span[0]]
    if phrase.noun in SMALL:
        before = [n for n in before if n.entry.population < SMALL_PEOPLE] or before
    if not before:
        return fitting[0] if fitting else None
    if phrase.pointed:
        return before[-1]
    count = Counter(n.entry.id for n in before)
    latest = {n.entry.id: n for n in before}.values()  # of each place, its last mention
    return max(latest, key=lambda n: (log(count[n.entry.id]) - (phrase.span[0] - n.span[1]) / FORGETS, n.span))


def _capital(
    phrase: Phrase, quote: str, named: Sequence[Named], main: Entry | None, gazetteer: Gazetteer
) -> Taken | None:
    """ "the provincial capital": of the last province; "the capital": of the country."""
    if "provincial" in quote.lower() and (province := _province(phrase, named, gazetteer)):
        for match in gazetteer.find(province.name):
            if match.entry.level == "town" and match.entry.country == province.country:
                return Taken(match.entry, "at", f'"{quote}": the capital of {province.name}.')
    found = capital(gazetteer, main.country or "") if main else None
    return Taken(found, "at", f'"{quote}": the capital of {main.name}.') if found and main else None


def _province(phrase: Phrase, named: Sequence[Named], gazetteer: Gazetteer) -> Entry | None:
    """The last province named before the phrase, or the one that the last place lies in."""
    last = _last(phrase, named, ("province",))
    if last and last.span[1] <= phrase.span[0]:
        return last.entry
    anything = _last(phrase, named, ("town", "district", "site"))
    if anything:
        return next((e for e in gazetteer.inside(anything.entry) if e.level == "province"), None)
    return last.entry if last else None
