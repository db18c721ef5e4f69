"""The places that a report's words mean: all of them weighed together, each with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import msgspec

from sayso.places.anaphora import SMALL_PEOPLE, Named, take_up
from sayso.places.cuts import whole
from sayso.places.entry import Entry
from sayso.places.gazetteer import Gazetteer
from sayso.places.headings import Headings
from sayso.places.lines import border, line
from sayso.places.meanings import capital as capital_of
from sayso.places.meanings import country
from sayso.places.mentions import Mentions, Name
from sayso.places.metonymy import governs
from sayso.places.phrase import Phrase, Relation, read_phrase
from sayso.places.precision import level_of, where_prec
from sayso.places.reasons import described
from sayso.places.relative import compass, offset
from sayso.places.settle import Meaning, settled
from sayso.places.unknown import entry_of, is_place, is_unknown
from sayso.places.words import words
from sayso.records.resolved import Place, Toponym
from sayso.records.span import Span

SPANS_AT_MOST = 2_000  # of one text: bounds the time for a text that is a list of places
JOINED = re.compile(r"\s*(,|,? and)\s+(?:the\s+)?(?:([a-z]+)\s+of\s+)?")  # between names that stand side by side
HELD_BY = re.compile(r"(?:,|,? in)\s+(?:the\s+)?")  # between a list of names and what they all lie in
JOINT = frozenset({"site", "town", "district"})  # levels of places that are joined, not those that the first lies in
UNNAMED = frozenset({"site", "district", "quarter", "road", "town"})  # what lies in the place named before


def resolve_places(
    text: str,
    spans: Sequence[Span],
    *,
    gazetteer: Gazetteer,
    beat: str | None = None,
    language: str | None = None,  # noqa: ARG001
    told_at: Collection[Span] = (),
) -> tuple[Toponym, ...]:
    """A toponym for each span, in the order of the text, doubled spans once.

    `spans`: names of places and phrases for them, half-open code points into `text`; `beat`: ISO 3166-1 alpha-2 code of
    the country that the outlet writes about; `language`: BCP 47 (the words of `words.toml` are English; names in any
    language are found); `told_at`: those of the spans at which something is told to be, so that the words before them
    count too ("near", "30 km south of"). A name of which no place is known, or which means a government, has `place`
    None and a reason.
    """
    wanted = sorted(set(spans))[:SPANS_AT_MOST]
    meant = [whole(text, span) for span in wanted]
    near = {span for span, asked in zip(meant, wanted, strict=True) if asked in told_at}
    resolver = Resolver(text, meant, gazetteer, beat, near)
    found = (resolver.toponym(span) for span in meant)
    return tuple(
        toponym if toponym.span == span else msgspec.structs.replace(toponym, span=span)
        for span, toponym in zip(wanted, found, strict=True)
    )


class Resolver:
    """One report's places."""

    def __init__(
        self, text: str, spans: Sequence[Span], gazetteer: Gazetteer, beat: str | None, told_at: Collection[Span] = ()
    ) -> None:
        self._text = text
        self._told_at = told_at
        self._gazetteer = gazetteer
        self._mentions = Mentions(text, spans, gazetteer)
        self._meanings = settled(self._mentions.names, beat, gazetteer)
        self._named = [
            Named(name.span, text[name.span[0] : self._word_end(name)], meaning.entry, name.kind)
            for number, name in enumerate(self._mentions.names)
            if (meaning := self._meanings[number]).entry is not None and name.given
        ]
        names = [name for name in self._mentions.names if name.given]
        self._headings = Headings(text, [name.span for name in names])
        self._named = sorted([*self._named, *self._unknown()], key=lambda named: named.span)
        self._main = self._main_country(beat)

    def _unknown(self) -> Iterator[Named]:
        for name, meaning in zip(self._mentions.names, self._meanings, strict=True):
            if meaning.entry is None and name.given and is_place(self._text, name.span, self._headings):
                words = self._text[slice(*name.span)]
                yield Named(name.span, words, entry_of(words), name.kind)

    def toponym(self, span: Span) -> Toponym:
        """What the words at `span` mean; no place, if they mean a government."""
        for number in self._mentions.inside(span):
            name, entry = self._mentions.names[number], self._meanings[number].entry
            if entry and name.span == span and (words := governs(self._mentions, name, entry)):
                return Toponym(
                    span=span, place=None, why=f'An actor, no place: "{words}" speaks of those who govern there.'
                )
        return self.named(span)

    def named(self, span: Span) -> Toponym:
        """The place that the words at `span` name, whether or not they mean those who govern there."""
        phrase = read_phrase(self._mentions, span, before=span in self._told_at)
        if phrase.head is None:
            return self._taken_up(phrase)
        name, meaning = self._mentions.names[phrase.head], self._meanings[phrase.head]
        if meaning.entry is None:
            return self._around_unknown(phrase, name, meaning.why)
        beside = self._beside(phrase.head, span) if phrase.relation in ("at", "in", "around") else []
        if not beside or (phrase.relation == "around" and not self._are_called(phrase, [phrase.head, *beside])):
            return self._placed(phrase, meaning.entry, meaning)
        first, *others = (
            self._place(entry, "at", self._meanings[number].count, self._meanings[number].why)
            for number in (phrase.head, *beside)
            if (entry := self._meanings[number].entry)
        )
        return msgspec.structs.replace(_found(phrase, first), others=tuple(others))

    def _beside(self, head: int, span: Span) -> list[int]:
        """The numbers of the names that a phrase joins to its first: "Kafr Kalbin and Kaljibrin"."""
        found, end, joined = list[int](), self._named_to(head), ""
        ids = {entry.id for entry in [self._meanings[head].entry] if entry}
        for number in self._mentions.inside(span):
            name = self._mentions.names[number]
            if number == head or name.first < self._mentions.names[head].last:
                continue
            if joined.endswith("and") and HELD_BY.fullmatch(self._text, end, name.span[0]):
                break  # "Mare and Azaz in Aleppo province"
            between = JOINED.fullmatch(self._text, end, name.span[0])
            if between is None or (between[2] and words().kind(between[2]) not in ("town", "site")):
                return []  # "Manbij and the countryside of Raqqa"
            joined = between[1]
            entry = self._meanings[number].entry
            if name.demonym or name.possessive or entry is None or not (name.joined or entry.level in JOINT):
                return []
            if entry.id not in ids:
                found.append(number)
                ids.add(entry.id)
            end = self._named_to(number)
        return found if joined.endswith("and") else []

    def _are_called(self, phrase: Phrase, numbers: list[int]) -> bool:
        """Whether "the villages of A and B" are A and B, and not the villages around two cities."""
        entries = [self._meanings[number].entry for number in numbers]
        return phrase.kind in ("town", "site") and all(e is not None and e.population < SMALL_PEOPLE for e in entries)

    def _named_to(self, number: int) -> int:
        return self._word_end(self._mentions.names[number])

    def _main_country(self, beat: str | None) -> Entry | None:
        """The country that most of the names lie in."""
        count: Counter[str] = Counter()
        for name, meaning in zip(self._mentions.names, self._meanings, strict=True):
            if meaning.entry and meaning.entry.country:
                count[meaning.entry.country] += 2 if name.given and not name.demonym else 1
        if beat and beat in count:
            count[beat] += 1
        code = max(count, key=lambda c: (count[c], c)) if count else beat
        return country(self._gazetteer, code) if code else None

    def _words(self, number: int) -> str:
        return self._mentions.names[number].text

    def _word_end(self, name: Name) -> int:
        """Where a name's type word ends, if one follows: "al-Hol camp"."""
        last = name.last
        tokens = self._mentions.tokens
        open_ended = name.kind and last < len(tokens.lower) and tokens.lower[last - 1] != name.kind
        if open_ended and words().kind(tokens.lower[last]):
            return tokens.ends[last]
        return name.span[1]

    def _taken_up(self, phrase: Phrase) -> Toponym:
        taken = take_up(phrase, self._text, self._named_for(phrase.span), self._main, self._gazetteer)
        if taken is None:
            quote = self._text[phrase.span[0] : phrase.span[1]]
            return Toponym(span=phrase.span, place=None, why=f'No place is named that "{quote}" could mean.')
        if is_unknown(taken.entry):
            return Toponym(span=phrase.span, place=None, why=f"{taken.why} No place of this name is known.")
        return _found(phrase, self._place(taken.entry, taken.relation, 1, taken.why))

    def _around_unknown(self, phrase: Phrase, name: Name, why: str) -> Toponym:
        """A place that no gazetteer has, by what it is said to lie in, or by the last town where it is part of one."""
        here = self._mentions.inside(phrase.span)
        beside = [(n, "in") for n in here if n != phrase.head and not self._mentions.names[n].demonym]
        for other, how in name.lies_in + beside:
            holder = self._meanings[other]
            stands = read_phrase(self._mentions, self._mentions.names[other].span, before=True)
            if holder.entry is None or holder.entry.level == "country":
                continue
            if how == "near" and stands.relation == "offset":
                return self._placed(stands, holder.entry, Meaning(holder.entry, holder.count, f"{why} {holder.why}"))
            if other in here or how in ("comma", "near"):
                relation: Relation = "near" if how == "near" else "in"
                why = f"{why} It is placed by {holder.entry.name}, which it is said to lie {relation}."
                return _found(phrase, self._place(holder.entry, "near", holder.count, why))
        kind = name.kind or phrase.kind
        headed = self._headings.over(phrase.span[0]) is not None
        if (kind in UNNAMED or headed) and (last := self._town_before(phrase.span)):
            why = f"{why} It is placed by {last.words}, the last town named before it."
            return _found(phrase, self._place(last.entry, "near", 1, why))
        return Toponym(span=phrase.span, place=None, why=why)

    def _named_for(self, span: Span) -> Sequence[Named]:
        """The places that words can take up: under a heading those that are named from there on."""
        heading = self._headings.over(span[0])
        return [n for n in self._named if n.span >= heading] if heading else self._named

    def _town_before(self, span: Span) -> Named | None:
        levels = ("town", "district", "site") if self._headings.over(span[0]) else ("town", "district")
        known = [n for n in self._named_for(span) if not is_unknown(n.entry)]
        towns = [n for n in known if n.entry.level in levels and n.span[1] <= span[0]]
        return towns[-1] if towns else None

    def _placed(self, phrase: Phrase, entry: Entry, meaning: Meaning) -> Toponym:
        other = self._meanings[phrase.other].entry if phrase.other is not None else None
        if phrase.relation == "offset" and phrase.km is not None and phrase.bearing is not None:
            place = reckoned(entry, phrase.km, phrase.bearing, meaning)
        elif phrase.relation == "between" and other is not None:
            place = line(entry, other, meaning.count)
        elif phrase.relation == "border":
            place = border(entry, other or self._neighbour(entry), self._gazetteer)
        elif phrase.relation == "capital" and (found := capital_of(self._gazetteer, entry.country or "")):
            place = self._place(found, "at", 1, f"{described(found, self._gazetteer)}: the capital.")
        else:
            road = self._mentions.names[phrase.head or 0].kind == "road" and entry.level == "town"
            relation: Relation = "near" if road else phrase.relation  # "the Jarablus road" is not Jarablus
            place = self._place(entry, relation, meaning.count, meaning.why)
        return _found(phrase, place)

    def _neighbour(self, entry: Entry) -> Entry | None:
        """The report's country, where it is another one than `entry`."""
        return self._main if self._main and self._main.country != entry.country else None

    def _side(self, line: Entry) -> str | None:
        """The country on whose side of a border a report stands, if it is about one of the two."""
        called = self._main.name[:4].lower() if self._main else ""  # "Syri-an", "Turk-ish"
        beside = called and any(word.startswith(called) for word in re.split(r"[ -]", line.name.lower()))
        return self._main.country if self._main and beside else None

    def _place(self, entry: Entry, relation: Relation, count: int, why: str) -> Place:
        line_by_name = entry.level == "region" and "border" in entry.name.lower()
        land = self._side(entry) if line_by_name and entry.country is None else entry.country
        return Place(
            id=entry.id, name=entry.name, country=land, admin1=entry.admin1_name, lat=entry.lat, lon=entry.lon,
            level=level_of(entry, relation), precision=where_prec(entry, "border" if line_by_name else relation),
            candidates=count, geonameid=entry.geonameid, why=why,
        )  # fmt: skip


def _found(phrase: Phrase, place: Place) -> Toponym:
    return Toponym(span=phrase.span, place=place, why=place.why)


def reckoned(base: Entry, km: float, bearing: float, meaning: Meaning) -> Place:
    """The point that lies `km` from `base` at `bearing`."""
    lat, lon = offset(base.lat, base.lon, bearing, km)
    name, way = f"{km:g} km {compass(bearing)} of {base.name}", compass(bearing)
    return Place(
        id=f"{base.id}@{km:g}km-{way}", name=name, country=base.country, admin1=base.admin1_name, lat=lat, lon=lon,
        level="site", precision=2, candidates=meaning.count, why=f"Reckoned: {name}. {meaning.why}",
    )  # fmt: skip
