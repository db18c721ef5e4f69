"""Read one mention of somebody by itself: what names it, what it is called, what kind of thing it is.

Only the words of the mention are looked at, and a small table (`nouns.json`) of pronouns and of nouns for people and
bodies.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Literal

import msgspec

from sayso.reading.who.nouns import table
from sayso.reading.who.words import ARTICLES, POSSESSIVE, Words, sided

Form = Literal["pronoun", "name", "description"]
Part = tuple[int, int, str]  # words of a name, from and up to, and the noun that says what it is

LONGEST_PERSON = 4  # words of a person's name
LONGEST = 300  # characters looked at: a longer mention is a reader's mistake, and must not cost time
BEGINS_A_NAME = frozenset({"radio", "tv", "channel", "television", "news", "press"})  # "Radio Kivu" is called so whole
PEOPLE = frozenset({"title", "office", "rank", "reporter", "person", "named"})
OFFICERS = frozenset({"office", "rank"})
CALLED = frozenset({"group", "monitor", "outlet", "body", "force", "fighter", "document"})  # may stand beside a name
STATE = frozenset({"army", "police", "military", "government", "ministry"})  # whose are told
DASH = re.compile(r"\s+[—–-]+\s+")  # what stands after one says more of the same
BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
CLOSED = frozenset('"”»')
OTHERS = ("other", "others", "fellow", "joint", "rival", "allied", "opposing")  # somebody else than those named before


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A mention by itself. `name`: its words without article, owner, quantity and apposition; `words`: those in lower
    case; `head`: the word it turns on; `noun`: the noun of the table that says what it is; `kind`: that noun's class,
    "named" for what looks like a person's name, "" if unknown, for a pronoun its kind; `called`: other words said of
    it; `opens`: "the", "a", "many", a pronoun, or "" for none; `owner`: whose it is, a pronoun or a name; `bare`:
    it holds no name's word; `body`: what a person is said to speak for or belong to."""

    form: Form
    name: str
    words: tuple[str, ...]
    head: str
    noun: str = ""
    kind: str = ""
    called: frozenset[str] = frozenset()
    gender: str = ""
    opens: str = ""
    owner: str = ""
    plural: bool = False
    bare: bool = False
    body: str = ""

    @property
    def person(self) -> bool:
        """Whether it is one person."""
        return self.kind in PEOPLE and not self.plural


def read_mention(quote: str, capitals: bool, stems: Container[str] = ()) -> Mention:
    """`quote` -> what it says of itself. `capitals`: whether capital letters mean anything in this text; `stems`: the
    names of a text that has lost its apostrophes, by which "Russias" is known for "Russia's"."""
    words, plain = table(), quote[:LONGEST]
    if "(" in plain or "[" in plain:
        plain = BRACKETS.sub("", plain)
    plain = DASH.split(plain, maxsplit=1)[0] or plain
    plain = " ".join(plain.split()).strip(" \"'“”‘,;:-")
    low = POSSESSIVE.sub("", plain.lower())
    if low in words.pronouns and not (capitals and plain == "US"):
        return Mention("pronoun", plain, (low,), low, kind=words.pronouns[low], gender=words.genders.get(low, ""))
    first, _, rest = plain.partition(", ")
    phrase = Phrase(first, capitals, stems)
    if not rest:
        return phrase.mention(None)
    beside = Phrase(rest.partition(", ")[0], capitals, stems)
    if beside.is_name and phrase.is_role:
        return beside.mention(phrase)
    mention = phrase.mention(Phrase(rest, capitals, stems))
    return mention if mention.form == "name" else Phrase(plain, capitals, stems).mention(None)


class Phrase(Words):
    """What a noun phrase says of somebody: which of its words are the name, which say what he, she or it is."""

    @property
    def is_role(self) -> bool:
        """Whether it says who somebody is, without the name ("the French foreign minister", "One of them")."""
        if self.end == 0 or self.titled() is not None:
            return False
        return not self.big(self.end - 1) or any(k in PEOPLE for k in self.kinds)

    @property
    def is_name(self) -> bool:
        """Whether it is a name from its first word to its last, or a title and a name."""
        if self.end == 0 or self.titled() is not None:
            return self.end > 0
        return self.opens == "" and self.run(0) == self.end and not any(self.kinds)

    def mention(self, beside: Phrase | None) -> Mention:
        """The mention that this phrase is; `beside` stands in apposition to it."""
        if not self.end:
            return Mention("description", self.text, (), "")
        parts = (self.after_quotation, self.titled, self.named_first, self.named_last, self.followed)
        for find in parts if self.end > 1 else ():
            if found := find():
                return self._named(found, beside)
        owner = next((i for i in range(self.start, self.end - 1) if self.owns[i]), None)
        if owner is not None and owner < self.run(self.start):
            return self._described(owner + 1, beside, self.cut(self.start, owner + 1))
        if self.run(self.start) == self.end and self._may_be_name():
            return self._named((self.start, self.end, ""), beside)
        return self._described(self.start, beside, self.opens if self.opens in self.table.sets["owners"] else "")

    def _may_be_name(self) -> bool:
        """Whether a phrase of words that can be a name's is one, and not an office or a noun with a capital."""
        head, noun = self._head(self.start, self.end)
        if self.capitals and self.end - self.start == 1 and self.cut(self.start, self.end).isupper():
            return True  # "US" alone is a name, before another word it is none
        if self.kinds[head] in PEOPLE or self.only_nouns(self.start, self.end):
            return False
        return self.capitals or (not noun and (not self.opens or self.end - self.start == 1))

    def after_quotation(self) -> Part | None:
        """ "a member of the “Democratic Council” Ann Lee": what a body is called ends with the quotation mark."""
        for at in range(max(1, self.end - LONGEST_PERSON), self.end - 1):
            if self.text[self.spans[at - 1][1]] in CLOSED and self.run(at) == self.end:
                noun = next((n for n, k in zip(self.nouns[:at], self.kinds, strict=False) if k in PEOPLE), "")
                member = "member" if "member" in self.low[:at] else ""
                return (at, self.end, noun or member) if noun or member else None
        return None

    def _of_body(self, at: int) -> bool:
        """Whether a word is no rank but of a name: "the General Staff", "Major Crimes Unit", "DR Congo"."""
        if self.kinds[at] == "title":
            return self.capitals and self.cut(at, at + 1).isupper()
        return self.low[at] in ("general", "major") and self.low[at + 1] in self.table.sets["bodies_words"]

    def titled(self) -> Part | None:
        """ "defence secretary Ann Lee", "Minister of Health Ann Lee", "Gen. Lee"."""
        at = max((i for i in range(self.end - 1) if self.kinds[i] in PEOPLE and not self._of_body(i)), default=None)
        if at is None or self.owns[at] or (self.big(at) and self.low[at + 1] == "without"):
            return None  # "Doctors Without Borders"
        start = at + 1
        if self.low[start] in ("of", "for"):
            start += 1
            while start < self.end and (self.low[start] in self.table.sets["portfolios"] or self.low[start] == "the"):
                start += 1
            if self.low[start - 1] not in self.table.sets["portfolios"] or not self.big(start):
                start = self._last_name(start) if self.kinds[at] in ("office", "rank") else self.end
        end = self.run(start)
        return (start, end, self.nouns[at]) if end > start and not any(self.kinds[start:end]) else None

    def _last_name(self, start: int) -> int:
        """Where a person's name at the end begins, after a word without a capital: "chair of the council Ann Lee"."""
        at = self.end
        while at > start and self.capitals and self.big(at - 1):
            at -= 1
        if not 2 <= self.end - at <= LONGEST_PERSON or at <= start or self.low[at - 1] in self.table.tails:
            return self.end
        return self.end if self.low[at - 1] in self.table.sets["inside_names"] else at

    def named_first(self) -> Part | None:
        """ "Ann Lee the head of the council", "the Lake Front group of fighters": a name, then what it is."""
        end = self.run(self.start) if self.capitals else self.start
        if end in (self.start, self.end) or any(self.owns[self.start : end]) or self.only_nouns(self.start, end):
            return None
        noun = self.nouns[end] if end + 1 < self.end and self.kinds[end] in PEOPLE | CALLED else ""
        acronym = noun and self.low[end + 1] in self.table.tails and self.cut(self.start, end).isupper()
        if not (acronym or (end - self.start > 1 and (noun or self.low[end] in self.table.tails))):
            return None  # one word with a capital may be a sentence's first
        if self.kinds[end - 1] in PEOPLE:
            return None
        if not any(self.kinds[self.start : end]):
            noun = next((n for n, k in zip(self.nouns[end:], self.kinds[end:], strict=True) if k in PEOPLE), noun)
        return self.start, end, noun

    def named_last(self) -> Part | None:
        """ "the state news agency NNA", "members of the Blue Front", "volunteers known as the Red Caps"."""
        for at in range(self.start, self.end - 1 if self.capitals else 0):
            start, noun = at + 1, self.nouns[at]
            part = self.kinds[at] == "fighter" or (noun or self.low[at].rstrip("s")) in self.table.sets["of_a_body"]
            if self.low[at] == "known" and self.low[start] == "as":
                start += 1
            elif self.low[start] in ("of", "from", "by"):
                if not (part or self.kinds[at] == "document") or (noun == "force" and self.big(at)):
                    continue  # "the Joint Force of Armed Struggle Movements" is called so whole
                start, noun = start + 1, ""
            elif self.kinds[at] not in CALLED or (self.big(at) and (at != self.start or self._begins_a_name(at))):
                continue
            while start < self.end and self.low[start] in ("the", "called", "named", "so-called"):
                start += 1
            end = self.run(start)
            if end > start and not self.only_nouns(start, end) and (noun or end == self.end):
                return start, end, noun
        return None

    def _begins_a_name(self, at: int) -> bool:
        return not self.opens and self.low[at] in BEGINS_A_NAME

    def followed(self) -> Part | None:
        """ "Blue Front fighters", "the IS terror group", "a SAMS statement": the name is what counts."""
        end, fillers = self.end, self.table.sets["fillers"]
        while end > self.start + 1 and (self.kinds[end - 1] in CALLED or self.low[end - 1] in fillers):
            if self.big(end - 1) and self.kinds[end - 1] not in ("fighter", "document"):
                break
            end -= 1
        if end == self.end or not self.capitals or self.nouns[end] in STATE:
            return None  # "the Myanmar army" is not Myanmar
        start = self.start
        while start < end - 1 and (sided(self.low[start]) or self.table.demonym(self.low[start])):
            start += 1
        if not self.cut(start, end).isupper():
            start = self.start  # "the Kurdish LDU militia" is the LDU; the Kurdish Defence Units keep their first word
        if self.run(start) < end or self.only_nouns(start, end):
            return None
        if end - start == 1 and not self.opens and not self.cut(start, end).isupper():
            return None  # "Human rights groups": the capital is the sentence's
        if self.nouns[end] in self.table.sets["last_names"] and not self.cut(start, end).isupper():
            end += 1  # "the Azaz Sharia court": what is in a town is not that town
        return start, end, self.nouns[-1] if self.kinds[-1] not in ("document", "fighter") else ""

    def _with_seat(self, part: Part) -> Part:
        """ "The Health Ministry in Gaza", "Foreign Ministry sources in Ankara": without the town it is anybody's."""
        start, end, noun = part
        if "ministry" not in self.kinds[start:end] or not all(map(self._of_ministries, range(start, end))):
            return part
        at = next((i for i in range(end, self.end - 1) if self.low[i] == "in"), None)
        if at is None or self.run(at + 1) != self.end or not self.only_nouns(end, at):
            return part
        return start, self.end, noun or next(n for n in self.nouns[start:end] if n)

    def _of_ministries(self, at: int) -> bool:
        """Whether a word is one that ministries everywhere have in their names."""
        sets = self.table.sets
        return bool(self.kinds[at]) or self.low[at] in sets["portfolios"] or self.low[at] in sets["inside_names"]

    def _named(self, part: Part, beside: Phrase | None) -> Mention:
        start, end, noun = self._with_seat(part)
        while start < end - 1 and (sided(self.low[start]) or self.kinds[start] in ("title", "rank")):
            if self.only_nouns(start + 1, end) or self._of_body(start):
                break
            start += 1
        head, own = self._head(start, end)
        if not (noun or own) and beside:
            noun = next((n for n in beside.nouns if n), "")
        kind = self.table.classes.get(noun or own, "") or self._looks_like_person(start, end)
        return Mention(
            form="name",
            name=self.cut(start, end),
            words=tuple(map(_root, self.low[start:end])),
            head=own or _root(self.low[head]),
            noun=noun or own,
            kind=kind,
            called=frozenset((*self.low[:start], *self.low[end:], *(beside.low if beside else ()))),
            gender=self._gender(self.low, beside.low if beside else ()),
            opens=self.opens,
            plural=start == head and bool(own) and own != self.low[head] and kind not in PEOPLE,
            body=self._body_of(start) or (beside._body_of(beside.end) if beside else ""),
        )

    def _body_of(self, stop: int) -> str:
        """The body whose officer somebody is, by the words before his office or behind its "for": "army spokesman"."""
        at = next((i for i in range(self.start, stop) if self.kinds[i] in OFFICERS), None)
        if at is None:
            return ""
        first, last = self.start, at
        if at + 2 < stop and self.low[at + 1] in ("for", "of"):
            first, last = at + 2 + (self.low[at + 2] == "the"), stop
        called = range(first, last)
        named = any(self.kinds[i] in CALLED or self.kinds[i] == "government" or self.nouns[i] in STATE for i in called)
        return self.cut(first, last) if named or any(self.cut(i, i + 1).isupper() for i in called) else ""

    def _looks_like_person(self, start: int, end: int) -> str:
        """ "named" for a few words with capitals, none of them a body's, a place's or a country's; else ""."""
        if not self.capitals or not 2 <= end - start <= LONGEST_PERSON or self.table.demonym(self.low[start]):
            return ""
        low, sets = self.low[start:end], self.table.sets
        if any(self.kinds[start:end]) or sets["places"].intersection(low) or sets["prepositions"].intersection(low):
            return ""
        return "named"

    def _described(self, start: int, beside: Phrase | None, owner: str) -> Mention:
        head, own = self._head(start, self.end)
        low = self.low[start:]
        one_of = self.low[:2] == ["one", "of"]  # "one of the mediators" is one person
        kind = self.table.classes.get(own, "") or (
            "person" if one_of and self.low[head] not in self.table.pronouns else ""
        )
        bare = all(not big or i == 0 or self._no_name(i, kind) for i, big in enumerate(self.bigs[start:], start))
        if not self.capitals:
            bare = len(low) == 1
        return Mention(
            form="description",
            name=self.cut(start, self.end),
            words=tuple(map(_root, low)),
            head=own or self.low[head],
            noun=own,
            kind=kind,
            called=frozenset(beside.low if beside else ()),
            gender=self._gender(self.low),
            opens=self.opens,
            owner=owner,
            plural=not one_of and (own != self.low[head] if own else self.low[head].endswith("s")),
            bare=bare and low[0] not in OTHERS,
        )

    def _no_name(self, at: int, kind: str) -> bool:
        """Whether a word with a capital only says where from: "the French journalist", but not "the French army"."""
        if sided(self.low[at]) or self.nouns[at]:
            return True
        return kind in PEOPLE | {"outlet", "monitor", "group"} and self.table.demonym(self.low[at])

    def _head(self, start: int, end: int) -> tuple[int, str]:
        """The word that a phrase turns on, the last before a preposition, and its noun in the table."""
        turn = next((i for i in range(start + 1, end) if self.low[i] in self.table.tails), end)
        return turn - 1, self.nouns[turn - 1]

    def _gender(self, *lists: Sequence[str]) -> str:
        genders = self.table.genders
        return next((genders[w] for words in lists for w in words if w in genders), "")


def _root(word: str) -> str:
    """A name's word without the article that some outlets write and others do not."""
    return word[3:] if word.startswith(ARTICLES) else word.replace(".", "")
