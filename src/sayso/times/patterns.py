"""The rules (`rules.json`), each a pattern over classes of words, compiled to regular expressions over their letters.

A pattern is a row of items: `CLASS`, `MACRO`, `(one | other)`, each perhaps followed by `?`, perhaps named
(`day=DAYO`); `&(...)` and `!(...)` look ahead. Nothing repeats without end, so nothing can backtrack for long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from sayso.times.lexicon import Tokens, lexicon

ITEM: Final = re.compile(r"\s*(?:(?P<name>[a-z]+)=|(?P<word>[A-Z][A-Z0-9]*)|(?P<mark>[()|?&!]))")


class RuleText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule as written: what it makes, its pattern, words it finds and the TIMEX3 value they get."""

    name: str
    kind: str
    pattern: str
    example: str
    value: str | None


class FollowText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may go on directly after a match of the rules `after`, and shares its fields: the "-8" of "June 3-8"."""

    name: str
    kind: str
    after: tuple[str, ...]
    pattern: str
    example: str
    value: str


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`rules.json`."""

    macros: dict[str, str]
    rules: tuple[RuleText, ...]
    follow: tuple[FollowText, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to match at a token; `names` gives the field that each group of the expression fills."""

    name: str
    kind: str
    matcher: re.Pattern[str]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A rule's match: tokens [first, last), and the tokens of each field."""

    kind: str
    rule: str
    first: int
    last: int
    fields: dict[str, tuple[int, int]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled piece: its expression, the letters it can begin with, and whether it can match nothing."""

    regex: str
    first: frozenset[str]
    empty: bool


NOTHING: Final = Part("", frozenset(), True)


class Compiler:
    """Reads one pattern; `names` collects the fields in the order of their groups."""

    def __init__(self, macros: dict[str, str]) -> None:
        self.macros = macros
        self.names: list[str] = []

    def compile(self, pattern: str) -> Part:
        """The whole pattern as one piece."""
        items = list(ITEM.finditer(pattern))
        if ITEM.sub("", pattern).strip():
            raise ValueError(f"not a pattern: {pattern!r}")
        part, used = self.either(items, 0)
        if used != len(items):
            raise ValueError(f"unbalanced pattern: {pattern!r}")
        return part

    def either(self, items: list[re.Match[str]], at: int) -> tuple[Part, int]:
        """Rows divided by `|`."""
        rows = []
        while True:
            row, at = self.row(items, at)
            rows.append(row)
            if at == len(items) or items[at]["mark"] != "|":
                break
            at += 1
        if len(rows) == 1:
            return rows[0], at
        first = frozenset().union(*(row.first for row in rows))
        return Part(f"(?:{'|'.join(r.regex for r in rows)})", first, any(row.empty for row in rows)), at

    def row(self, items: list[re.Match[str]], at: int) -> tuple[Part, int]:
        """Items one after another."""
        whole = NOTHING
        while at < len(items) and items[at]["mark"] not in (")", "|"):
            part, at = self.item(items, at)
            if at < len(items) and items[at]["mark"] == "?":
                part, at = Part(f"(?:{part.regex})?", part.first, True), at + 1
            first = whole.first | part.first if whole.empty else whole.first
            whole = Part(whole.regex + part.regex, first, whole.empty and part.empty)
        return whole, at

    def item(self, items: list[re.Match[str]], at: int) -> tuple[Part, int]:
        """One item without its question mark."""
        item = items[at]
        if item["name"]:
            self.names.append(item["name"])
            part, at = self.item(items, at + 1)
            return Part(f"({part.regex})", part.first, part.empty), at
        if item["word"]:
            return self.named(item["word"]), at + 1
        if item["mark"] in ("&", "!"):
            part, at = self.item(items, at + 1)
            return Part(f"(?{'=' if item['mark'] == '&' else '!'}{part.regex})", frozenset(), True), at
        part, at = self.either(items, at + 1)
        return Part(f"(?:{part.regex})", part.first, part.empty), at + 1

    def named(self, word: str) -> Part:
        """A class of words, or a macro."""
        if word in self.macros:
            part = self.compile(self.macros[word])
            return Part(f"(?:{part.regex})", part.first, part.empty)
        letter = lexicon().alphabet[word]
        return Part(letter, frozenset(letter), False)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, by the letter of the token that they can begin with; `starts` finds such a token."""

    by_first: dict[str, tuple[Rule, ...]]
    starts: re.Pattern[str]
    follow: dict[str, Rule]
    texts: tuple[RuleText | FollowText, ...]


@cache
def rules() -> Rules:
    """The rules as they lie in the package."""
    raw = (files("sayso.times") / "rules.json").read_text(encoding="utf-8")
    book = msgspec.convert(json.loads(raw), RuleFile)
    by_first: dict[str, list[Rule]] = {}
    for text in book.rules:
        compiler = Compiler(book.macros)
        part = compiler.compile(text.pattern)
        if part.empty:
            raise ValueError(f"rule {text.name} matches nothing at all")
        rule = Rule(text.name, text.kind, re.compile(part.regex), tuple(compiler.names))
        for letter in part.first:
            by_first.setdefault(letter, []).append(rule)
    follow: dict[str, Rule] = {}
    for next_text in book.follow:
        compiler = Compiler(book.macros)
        matcher = re.compile(compiler.compile(next_text.pattern).regex)
        follow.update(
            dict.fromkeys(next_text.after, Rule(next_text.name, next_text.kind, matcher, tuple(compiler.names)))
        )
    starts = re.compile(f"[{''.join(sorted(by_first))}]")
    by_letter = {letter: tuple(some) for letter, some in by_first.items()}
    return Rules(by_letter, starts, follow, (*book.rules, *book.follow))


def matches(tokens: Tokens) -> Iterator[Found]:
    """What the rules find, longest first at each place, nothing twice: candidates in the order of the text."""
    book, letters = rules(), tokens.letters
    at = 0
    while (start := book.starts.search(letters, at)) is not None:
        here = start.start()
        best, best_rule = None, None
        for rule in book.by_first[letters[here]]:
            match = rule.matcher.match(letters, here)
            if match is not None and (best is None or match.end() > best.end()):
                best, best_rule = match, rule
        if best is None or best_rule is None or best.end() == here:
            at = here + 1
            continue
        found = Found(best_rule.kind, best_rule.name, here, best.end(), fields_of(best_rule, best))
        yield found
        at = best.end()
        while (then := book.follow.get(found.rule)) and (more := then.matcher.match(letters, at)):
            fields = fields_of(then, more)
            first = min(span[0] for span in fields.values())
            found = Found(then.kind, found.rule, first, more.end(), {**found.fields, **fields})
            yield found
            at = more.end()


def fields_of(rule: Rule, match: re.Match[str]) -> dict[str, tuple[int, int]]:
    """The tokens of each field that a match filled."""
    spans = ((name, match.span(i + 1)) for i, name in enumerate(rule.names))
    return {name: span for name, span in spans if span[0] >= 0}
