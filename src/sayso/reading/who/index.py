"""The mentions of one text: those given, and the names that stand beside them, by place, by word and by initials."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from sayso.reading.who.acronyms import names_in
from sayso.reading.who.mentions import PEOPLE, Mention, read_mention
from sayso.reading.who.nouns import table
from sayso.reading.who.words import CLAUSE, WORD
from sayso.records.span import Span

NAMES_AT_MOST = 400  # names looked up in one text: bounds the time for a text that is a list of names
ALIKE_AT_MOST = 60  # names that share a word, compared with one mention
BESIDE = 80  # characters beside a name in which its bearer's office may stand


class Index:
    """What `text` mentions. `given`: spans of sources, actors and targets, half-open code points; `places`: of what
    names places, sorted."""

    def __init__(self, text: str, given: frozenset[Span], places: Sequence[Span]) -> None:
        self._text = text
        self._places = places
        self.capitals = not mostly_upper(text)
        self.given = given
        self._stems = frozenset() if "'" in text or "’" in text else frozenset(WORD.findall(text))
        self._mentions: dict[str, Mention] = {}
        self.read = {span: self.mention(span) for span in sorted(given)}
        self.read.update(self._other_names(list(self.read)))
        self.order = sorted(self.read)
        self.by_word: dict[str, list[Span]] = {}
        self.initials: dict[str, str] = {}
        self._file()

    def mention(self, span: Span) -> Mention:
        """What the words at a place say of whom they mean."""
        return self.read_words(self._text[span[0] : span[1]])

    def read_words(self, words: str) -> Mention:
        """The same for words wherever they stand."""
        if (mention := self._mentions.get(words)) is None:
            mention = self._mentions[words] = read_mention(words, self.capitals, self._stems)
        return mention

    def _other_names(self, spans: Sequence[Span]) -> Iterator[tuple[Span, Mention]]:
        """Names of the text outside the given spans: a full name may stand where its bearer does nothing."""
        at = 0
        for start, end in names_in(self._text, NAMES_AT_MOST) if self.capitals else ():
            while at < len(spans) and spans[at][1] <= start:
                at += 1
            mention = self.mention((start, end))
            if mention.form != "name" or (start, end) in self.given:
                continue
            if at < len(spans) and start < spans[at][0] < end:
                continue  # two names side by side: "toward Raqqa Daesh militants"
            if at < len(spans) and spans[at][0] < end:
                around = self.read[spans[at]]
                if around.form == "name" and not set(around.words).isdisjoint(mention.words):
                    continue
            yield (start, end), self._with_office(mention, start, end)

    def _with_office(self, mention: Mention, start: int, end: int) -> Mention:
        """A mention; if it is a person's bare name, with what is said of the person just before or after it."""
        if mention.kind != "named" or self._is_place(start, end):
            return mention
        after = (
            CLAUSE.split(self._text[end + 2 : end + BESIDE], maxsplit=1)[0] if self._text[end : end + 2] == ", " else ""
        )
        said = after or CLAUSE.split(self._text[max(0, start - BESIDE) : start])[-1]
        low = [w.lower() for w in WORD.findall(said)]
        noun = next((n for n in map(table().noun, low) if table().classes.get(n) in PEOPLE), "")
        if not noun:
            return mention
        return msgspec.structs.replace(mention, called=mention.called | set(low), noun=noun, kind=table().classes[noun])

    def _is_place(self, start: int, end: int) -> bool:
        """Whether a name, or a part of it, is a place's."""
        at = bisect_left(self._places, (end, 0))
        return any(start < place[1] for place in self._places[max(0, at - 2) : at])

    def _file(self) -> None:
        """Names by their words, and by their initials."""
        small = table().sets["inside_names"]
        for span in self.order:
            mention = self.read[span]
            for word in {*mention.words, *mention.called, mention.noun}:
                self.by_word.setdefault(word, []).append(span)
            if mention.form == "name" and len(mention.words) > 1:
                for words in (mention.words, [w for w in mention.words if w not in small]):
                    self.initials.setdefault("".join(w[:1] for w in words), mention.name)

    def near(self, word: str, span: Span) -> Sequence[Span]:
        """Mentions with a word, the nearest `ALIKE_AT_MOST`."""
        found = self.by_word.get(word, [])
        at = max(0, bisect_left(found, span) - ALIKE_AT_MOST // 2)
        return found[at : at + ALIKE_AT_MOST]


def mostly_upper(text: str) -> bool:
    """Whether a text is written in capitals throughout, so that they say nothing."""
    sample = text[:3000:3]
    return sum(map(str.isupper, sample)) > 2 * sum(map(str.islower, sample))
