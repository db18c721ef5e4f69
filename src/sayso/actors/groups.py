""" "The group", "the militants": which armed group of record is meant, of those that a report names before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from math import log
from typing import NamedTuple

from sayso.actors.context import Context
from sayso.actors.entries import Actor
from sayso.actors.names import LONGEST, key, words
from sayso.actors.register import Register
from sayso.actors.resolve import resolver_of
from sayso.records.letters import CAPITAL as BIG
from sayso.records.resolved import Named
from sayso.records.span import Span

ARMED = frozenset({"rebel group", "political militia", "identity militia"})  # kinds of the register
DEFINITE = re.compile(r"(?:the|this|that)\s+", re.I)
WORD = rf"(?:(?:[aA]l|[eE]l)-)?{BIG}[\w’'-]*"
RUN = re.compile(rf"(?<![\w-]){WORD}(?: (?:(?:of|for|the|in|and) )?{WORD})*")
SPACED = re.compile(r"\S+")
POSSESSIVE = re.compile(r"['’]s?$")
LONGEST_NAME = 6  # words
WORDS_AT_MOST = 5_000  # with capitals, looked at in one text: bounds the time for a text that is a list of names
LOOK_BACK = 100  # mentions of groups before some words, of which they may take one up
FORGETS = 700.0  # characters in which a group's being named e times as often is made up for by another's being nearer


class Mention(NamedTuple):
    """Where a text names a group of record."""

    start: int
    end: int
    id: str


class Groups:
    """The armed groups of record that a text names, to be asked for the words that take one up again.

    `countries`: the report's, ISO alpha-2, most named first; `published`: ISO 8601 or None.
    """

    def __init__(self, register: Register, text: str, countries: Sequence[str], published: str | None) -> None:
        self._register = register
        self._resolver = resolver_of(register)
        self._context = Context(register, text, countries, published)
        self._text = text
        self._named: list[Mention] | None = None
        self._times: Counter[str] = Counter()

    def meant(self, span: Span, name: str) -> Named | None:
        """The group that the words at `span` take up; None where they name somebody, or no group is named before.

        `name`: the fullest that the report gives for them: where that says more of people than the words themselves,
        they are those ("foreign-backed militants"). Some words may be of several groups: they are only of the one that
        the text names.
        """
        table = self._register.index.phrases.taken_up
        text = self._text[span[0] : min(span[1], span[0] + LONGEST)]
        if (opens := DEFINITE.match(text)) is None:
            return None
        called = words(text[opens.end() :])
        *said, noun = [word.folded for word in called] or [""]
        people = (noun in table.people or noun in table.sides) and key(words(name)) == key(called)
        if not people and noun not in table.bodies:
            return None
        lands = [self._register.index.adjectives.get(word, ()) for word in said if word not in table.said_of]
        if not all(lands):
            return None
        mentions = self._mentions()
        at = bisect_left(mentions, span)
        before = mentions[max(0, at - LOOK_BACK) : at]
        fitting = [mention for mention in before if all(self._is_of(mention.id, isos) for isos in lands)]
        if noun in table.sides and len(self._times) > 1:
            return None
        best = max(fitting, key=lambda m: log(self._times[m.id]) - (span[0] - m.end) / FORGETS, default=None)
        if best is None:
            return None
        return self._register.named(best.id, f'"{text}" takes up "{self._text[best.start : best.end]}"')

    def _is_of(self, ident: str, isos: Sequence[str]) -> bool:
        """Whether an actor is of one of some countries."""
        actor = self._register.actor(ident)
        return isinstance(actor, Actor) and not set(isos).isdisjoint(actor.countries)

    def _mentions(self) -> list[Mention]:
        if self._named is None:
            self._named = list(self._find())
            self._times = Counter(mention.id for mention in self._named)
        return self._named

    def _find(self) -> Iterator[Mention]:
        """The names of groups in the runs of words with capitals, the longest first."""
        known: dict[str, str | None] = {}
        left = WORDS_AT_MOST
        for run in RUN.finditer(self._text):
            words_of_run = islice(SPACED.finditer(self._text, *run.span()), left)
            spans = [word.span() for word in words_of_run]
            left, at = left - len(spans), 0
            while at < len(spans):
                for last in range(min(len(spans), at + LONGEST_NAME), at, -1):
                    start, end = spans[at][0], spans[last - 1][1]
                    name = POSSESSIVE.sub("", self._text[start:end])
                    if name not in known:
                        known[name] = self._called(name)
                    if (ident := known[name]) is not None:
                        if ident:
                            yield Mention(start, end, ident)
                        at = last - 1
                        break
                at += 1

    def _called(self, name: str) -> str | None:
        """The id of the armed group that is called so, "" for another actor of record, None for nobody."""
        found = self._resolver.lookup(words(name), self._context) if words(name) else None
        if found is None or found.id is None:
            return None
        actor = self._register.actor(found.id)
        return found.id if isinstance(actor, Actor) and actor.kind in ARMED else ""
