"""A report's words -> the names of places in it, each with the words that say what it is and what it lies in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.places.entry import Match
from sayso.places.gazetteer import Gazetteer
from sayso.places.meanings import demonym_of, land_names, meanings
from sayso.places.tokens import POSSESSIVE, Tokens
from sayso.places.words import words
from sayso.records.span import Span

LEAST_OF_A_LAND = 2  # words
LONGEST_NAME = 6  # words: "the Democratic Republic of the Congo" has five without its article
REACH = 9  # words between a name and what it lies in: "the town of Mare in the northern suburbs of Aleppo" needs six
LINKS_AT_MOST = 3  # of one name: town, province, country
ADJECTIVES_AT_MOST = 2  # between "Syria's" and the name of what lies in it
LANDS = frozenset({"province", "region", "district", "quarter"})  # told of several at once: "the X and Y regions"
JOINED_AT_MOST = 12  # of these
_JOINTS = frozenset(",()")
_FILLERS = frozenset({"located", "just", "from", "about", "which", "is", "lies", "some", "miles", "away", "km"})


@dataclass(slots=True)
class Name:
    """A name at the tokens `first` to `last` (half open). `kind`: what the words beside it call it.

    `lies_in`: (number of another name, how that is said: "comma", "in", "near", "adjective").
    """

    span: Span
    first: int
    last: int
    text: str
    matches: tuple[Match, ...]
    kind: str = ""
    demonym: bool = False
    possessive: bool = False  # "Syria's", "Syrias"
    bearing: bool = False  # "North West" with "Region": of the country that the report is about, or none
    joined: bool = False  # to others that share its type word: "the Sumy and Kharkiv regions"
    given: bool = True  # False: found beside what was asked for, as a witness only
    lies_in: list[tuple[int, str]] = field(default_factory=list)


def known(gazetteer: Gazetteer, name: str) -> tuple[Match, ...]:
    """The places that are called `name`, letter for letter but for case and diacritics."""
    return tuple(m for m in meanings(gazetteer, name) if m.how in ("exact", "other name"))


class Mentions:
    """The names of places in a text, in its order. `spans`: names and phrases that hold names."""

    def __init__(self, text: str, spans: Sequence[Span], gazetteer: Gazetteer) -> None:
        self.tokens = Tokens(text)
        self.upper = text.isupper() or sum(map(str.isupper, text[:2000])) > sum(map(str.islower, text[:2000]))
        self._gazetteer = gazetteer
        self._words = words()
        self._found: dict[tuple[int, int], Name] = {}
        self._taken: set[int] = set()  # tokens that are part of a name
        for span in sorted(set(spans), key=lambda s: (s[1] - s[0], s)):
            self._read(span)
        self._look_beside()
        self.names = sorted(self._found.values(), key=lambda name: (name.first, -name.last))
        self._begins = [name.span[0] for name in self.names]
        self._at = {name.first: number for number, name in reversed(list(enumerate(self.names)))}
        self._until = {name.last: number for number, name in enumerate(self.names)}
        for name in self.names:
            name.kind = self._kind(name)
        for name in self.names:
            self._share_kind(name)
        for name in self.names:
            if not (name.demonym or name.possessive):
                self._look_ahead(name)
            self._look_back(name)

    def inside(self, span: Span) -> list[int]:
        """The numbers of the names that lie in `span`."""
        low = bisect_left(self._begins, span[0])
        high = bisect_right(self._begins, span[1])
        return [n for n in range(low, high) if self.names[n].given and self.names[n].span[1] <= span[1]]

    def _read(self, span: Span) -> None:
        first, last = self.tokens.run(span)
        table = self._words
        while first < last and self.tokens.lower[first] in table.sets["articles"]:
            first += 1
        if all(map(self._common, self.tokens.lower[first:last])) and not self._is_land(first, last):
            if name := self._by_bearing(first, last):
                self._add(name)
            return  # "There", "THE CAPITAL CITY"
        core = (max(span[0], self.tokens.starts[first]), span[1])
        if self._is_half(first, last):
            first -= 1
            core = (self.tokens.starts[first], span[1])
        text = self.tokens.text[core[0] : core[1]]
        short = last - first <= LONGEST_NAME
        if short and (matches := self._whole(text, land=self._is_land(first, last))):
            self._add(Name(core, first, last, text, matches), inside=True)
        elif not self._taken.isdisjoint(range(first, last)):
            # What was found by itself inside a phrase stays; the rest of the phrase is searched around it.
            self._search(first, last)
        elif last - first == 1 and (name := self._without_s(first)):
            self._add(name)
        elif short and all(
            self.tokens.capital(t) and not table.describes(self.tokens.lower[t]) for t in range(first, last)
        ):
            self._add(Name(core, first, last, text, meanings(self._gazetteer, text)))
        else:
            self._search(first, last)

    def _is_half(self, first: int, last: int) -> bool:
        """Whether a name is the rest of one that begins with where it lies: "Darfur" of "North Darfur"."""
        if not 0 < first < last or self.tokens.lower[first - 1] not in self._words.bearings:
            return False
        text = self.tokens.text[self.tokens.starts[first - 1] : self.tokens.ends[last - 1]]
        between = self.tokens.text[self.tokens.ends[first - 1] : self.tokens.starts[first]]
        capital = all(map(self.tokens.capital, range(first - 1, last))) and not self.upper
        return capital and between == " " and any(m.entry.level == "province" for m in known(self._gazetteer, text))

    def _is_land(self, first: int, last: int) -> bool:
        """Whether common words with capitals are what a province or a region is called: "the West Bank"."""
        if last - first < LEAST_OF_A_LAND or not all(map(self.tokens.capital, range(first, last))):
            return False
        text, final = (
            self.tokens.text[self.tokens.starts[first] : self.tokens.ends[last - 1]],
            self.tokens.lower[last - 1],
        )
        if text.isupper() or final in self._words.bearings or self._words.kind(final) in ("province", "region"):
            return False  # "the North West Region" is said of many countries
        return any(match.entry.level in ("province", "region") for match in known(self._gazetteer, text))

    def _whole(self, text: str, *, land: bool = False) -> tuple[Match, ...]:
        """All that is known under `text`, if some place is called so and it is not a word like "north" or "city"."""
        lower = text.lower()
        common = not land and all(map(self._common, lower.split()))
        if text == lower or common or not known(self._gazetteer, text):
            return ()
        return meanings(self._gazetteer, text)

    def _look_beside(self) -> None:
        """Add the countries, states and peoples named outside the spans: they say where a report is at home."""
        lower, by_word = self.tokens.lower, land_names()
        for at, word in enumerate(lower):
            if word not in by_word or at in self._taken or not self.tokens.capital(at):
                continue
            last = at + 2 if " ".join(lower[at : at + 2]) in by_word and at + 1 < len(lower) else at + 1
            if last == at + 1 and not by_word[word]:
                continue
            span = (self.tokens.starts[at], self.tokens.ends[last - 1])
            text = POSSESSIVE.sub("", self.tokens.text[span[0] : span[1]])
            self._add(Name(span, at, last, text, meanings(self._gazetteer, text), given=False))

    def _search(self, first: int, last: int) -> None:
        """Add the names among these tokens: the longest known ones, then runs of capitals that nobody knows."""
        at = first
        while at < last:
            if at in self._taken or not self.tokens.capital(at):
                at += 1
                continue
            name = self._by_bearing(at, last) or self._longest(at, last) or self._unknown(at, last)
            if name is None:
                at += 1
                continue
            self._add(name)
            at = name.last

    def _by_bearing(self, at: int, last: int) -> Name | None:
        """ "the North West Region": a province of many countries, called by where in its country it lies."""
        lower, end = self.tokens.lower, at
        while end < last and (lower[end] in self._words.bearings or (end > at and lower[end] == "-")):
            end += 1
        if not at < end < last or self._words.kind(lower[end]) not in ("province", "region"):
            return None
        span = (self.tokens.starts[at], self.tokens.ends[end - 1])
        text = self.tokens.text[span[0] : span[1]]
        if text.isupper() or not all(self.tokens.capital(t) for t in range(at, end + 1) if lower[t] != "-"):
            return None
        matches = tuple(m for m in known(self._gazetteer, text) if m.entry.level == "province")
        return Name(span, at, end, text, matches, bearing=True) if matches else None

    def _longest(self, at: int, last: int) -> Name | None:
        tokens = self.tokens
        end = at + 1
        while end < min(last, at + LONGEST_NAME) and end not in self._taken:
            word = tokens.lower[end]
            if not (tokens.capital(end) or word.isdigit() or word in "-–" or self._binds(word)):
                break
            end += 1
        for stop in range(end, at, -1):
            ending = tokens.lower[stop - 1]
            if not (tokens.capital(stop - 1) or ending.isdigit() or self._ends(ending)):
                continue
            span = (tokens.starts[at], tokens.ends[stop - 1])
            text = POSSESSIVE.sub("", tokens.text[span[0] : span[1]])
            if stop - at == 1 and (self._common(tokens.lower[at]) or tokens.lower[at] in self._words.sets["stems"]):
                continue
            heard = stop - at > 1 and not any(map(self._common, tokens.lower[at:stop]))
            if matches := self._whole(text) or (meanings(self._gazetteer, text) if heard else ()):
                return Name((span[0], span[0] + len(text)), at, stop, text, matches)
        return self._without_s(at)

    def _binds(self, word: str) -> bool:
        """Whether a lower-case word may stand inside a name, or end one."""
        return word in self._words.sets["particles"] or self._ends(word)

    def _ends(self, word: str) -> bool:
        """Whether a lower-case word may end a name: "the strategic Resafa junction"."""
        return word in self._words.sets["tails"] or bool(self._words.kind(word))

    def _without_s(self, at: int) -> Name | None:
        """A name for "Syrias" (an apostrophe was lost)."""
        a, b = self.tokens.spans[at]
        text = self.tokens.text[a:b]
        if text.lower().endswith("s") and not self._common(text.lower()) and (matches := self._whole(text[:-1])):
            return Name((a, b), at, at + 1, text[:-1], matches, possessive=True)
        return None

    def _unknown(self, at: int, last: int) -> Name | None:
        tokens, end = self.tokens, at
        while end < last and end not in self._taken and tokens.capital(end) and not self._common(tokens.lower[end]):
            end += 1
        if end == at:
            return None
        span = (tokens.starts[at], tokens.ends[end - 1])
        text = tokens.text[span[0] : span[1]]
        return Name(span, at, end, text, meanings(self._gazetteer, text))

    def _common(self, word: str) -> bool:
        """Whether a word, however it is written, is no name by itself."""
        return self._words.common(word)

    def _add(self, name: Name, *, inside: bool = False) -> None:
        """Keep a name, unless another one has its words; `inside`: one that has some of them may stand inside it."""
        run = range(name.first, name.last)
        if self._taken.isdisjoint(run) or (inside and (name.first, name.last) not in self._found):
            self._taken.update(run)
            name.demonym = bool(demonym_of(self._gazetteer, name.text))
            end = self.tokens.ends[name.last - 1]
            name.possessive = name.possessive or bool(POSSESSIVE.search(self.tokens.text[name.span[1] : end]))
            self._found[name.first, name.last] = name

    def _kind(self, name: Name) -> str:
        """What the words beside a name call it: "Idlib province", "the village of Mare", "Mount Hermon"."""
        lower, table = self.tokens.lower, self._words
        if name.last - name.first > 1 and (kind := table.kind(lower[name.last - 1])):
            return kind
        if name.last < len(lower) and (kind := table.kind(lower[name.last])) and lower[name.last] not in table.parts:
            return "" if name.demonym or self._says_where(name) else kind
        at = name.first - 1
        while at >= 0 and (lower[at] in table.sets["articles"] or lower[at] in table.sets["of"]):
            at -= 1
        before = lower[at] if at >= max(0, name.first - 3) else ""
        if at < name.first - 1 and lower[name.first - 1] not in table.sets["of"] and at != name.first - 2:
            return ""
        if at == name.first - 1 and self.tokens.capital(at) and not self.upper:
            return ""  # "City Mayor Smith": a title or a sentence begins here
        return table.kind(before) if before not in table.parts or table.kind(before) == "town" else ""

    def _share_kind(self, last: Name) -> None:
        """Give names that are joined what the plural behind the last one calls them: "the Sumy and Kharkiv regions"."""
        lower = self.tokens.lower
        behind = lower[last.last] if last.last < len(lower) else ""
        kind = self._words.kind(behind.removesuffix("s")) if behind.endswith("s") else ""
        joined = [last]
        while kind in LANDS and len(joined) < JOINED_AT_MOST:
            at = joined[-1].first
            while at > 0 and (lower[at - 1] in _JOINTS or lower[at - 1] in ("and", "the")):
                at -= 1
            other = self._until.get(at)
            if other is None or at == joined[-1].first or self.names[other].kind or self.names[other].demonym:
                break
            joined.append(self.names[other])
        for name in joined if len(joined) > 1 else ():
            name.kind, name.joined = kind, True

    def _says_where(self, name: Name) -> bool:
        """Whether a name only says where another one is: "the Idlib town of Saraqib"; not so "Mare town of Aleppo"."""
        lower, sets = self.tokens.lower, self._words.sets
        noun, of, *_ = [*lower[name.last : name.last + 2], "", ""]
        definite = name.first > 0 and lower[name.first - 1] in sets["articles"]
        return definite and self._words.kind(noun) in ("town", "district", "quarter") and of in sets["of"]

    def _look_ahead(self, name: Name) -> None:
        """What a name is said to lie in by the words behind it: ", Ohio", "in the north of Aleppo province"."""
        if self._says_where(name):
            return
        lower, sets = self.tokens.lower, self._words.sets
        at, how, stop = name.last, "", min(len(lower), name.last + REACH)
        while at < stop and len(name.lies_in) < LINKS_AT_MOST:
            word = lower[at]
            other = self._at.get(at)
            if other is not None:
                if not how and not name.lies_in:
                    return
                name.lies_in.append((other, how or "comma"))
                at, stop, how = self.names[other].last, min(len(lower), self.names[other].last + REACH), ""
                continue
            if word in _JOINTS:
                how = how or "comma"
            elif word in sets["in"] or word in sets["of"]:
                how = "near" if how == "near" else "in"
            elif self._words.parts.get(word) in ("near", "around") or word in self._words.units:
                how = "near"
            elif not (self._words.describes(word) or word.isdigit() or word in _FILLERS):
                return
            at += 1

    def _look_back(self, name: Name) -> None:
        """What a name is said to lie in by the words before it: "the Syrian city of", "Ohio's"."""
        lower, table = self.tokens.lower, self._words
        at, typed, others = name.first, False, 0
        while at > max(0, name.first - REACH):
            other = self._until.get(at)
            if other is not None:
                before = self.names[other]
                if before.demonym or before.possessive or (typed and not others):
                    name.lies_in.append((other, "adjective"))
                return
            word = lower[at - 1]
            typed = typed or bool(table.kind(word))
            if not (table.describes(word) or word in table.sets["of"]):
                others += 1  # "Syria's second city Aleppo"
                if others > ADJECTIVES_AT_MOST or not word.isalpha() or table.closes(word):
                    return
            at -= 1
