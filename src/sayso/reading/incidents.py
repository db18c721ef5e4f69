"""Mentions of one event in one report share an incident.

Two mentions are one by what speaks for it and against it: their types, triggers, parties, places, times and tolls, how
far apart they stand and on whose word. The weights are those of a logistic regression (`training/incidents.py`). A
mention joins the incident whose mentions fit it best on the whole, so that nothing is joined by a chain of mentions
that contradict each other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from sayso.records.choice import Weights
from sayso.records.reading import Bounds
from sayso.records.span import Span

STRIKES: Final = frozenset(
    {"air_strike", "shelling", "bombing", "suicide_bombing", "chemical_attack", "attack", "clash", "casualties"}
)
GROUND: Final = frozenset({"capture", "advance", "withdraw", "control", "siege", "deploy"})
NEVER: Final = -6.0  # log odds of two mentions that are not compared
LOOK_BACK: Final = 120  # mentions before one that it is compared with: twice what a long report has
BEFORE: Final = 300  # characters of a sentence before a trigger that are looked at
SAME_STEM: Final = 5  # letters that two forms of a word have in common: "bombed", "bombing"
FAR: Final = (0, 1, 3, 7)  # sentences apart: in one, in the next, and so on
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?][”\"'’]?\s|\n")
_ANOTHER = frozenset(
    {"also", "another", "separately", "separate", "other", "second", "elsewhere", "meanwhile", "later"}
)
_POINTING = frozenset({"the", "this", "that", "these", "its", "their"})
_EMPTY = frozenset({"the", "a", "an", "of", "in"})
_KINDS = frozenset(
    {"city", "town", "village", "area", "region", "country", "province", "district", "camp", "there", "here", "that"}
) | {*_POINTING, *_EMPTY}


class Mention(msgspec.Struct, frozen=True):
    """What is compared; words in lower case.

    `place`: the words that name it, `is_placed`: some words tell it; `by`: on whose word, `claim`: in which claim
    (None: the report's own words); `definite`: "the attack"; `another`: its sentence says before it that something
    else follows ("they also shelled").
    """

    type: str
    status: str = "happened"
    trigger: frozenset[str] = frozenset()
    actors: tuple[frozenset[str], ...] = ()
    targets: tuple[frozenset[str], ...] = ()
    place: frozenset[str] = frozenset()
    is_placed: bool = False
    time: str = ""
    killed: Bounds | None = None
    wounded: Bounds | None = None
    weapon: frozenset[str] = frozenset()
    claim: int | None = None
    by: str | None = None
    sentence: int = 0
    definite: bool = False
    another: bool = False
    in_title: bool = False


class Sentences:
    """Where the sentences of a text are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [match.start() for match in _SENTENCE_END.finditer(text)]
        self._title = text.find("\n")

    def mention(
        self, type: str, trigger: Span, spans: dict[str, Span | None], actors: Sequence[str], targets: Sequence[str]
    ) -> Mention:
        """A mention with what the text says of it; `spans`: of place, time, weapon."""
        words = {role: self._text[slice(*span)] if span else "" for role, span in spans.items()}
        before = self._text[max(0, trigger[0] - 12) : trigger[0]].lower().split()
        number = bisect_right(self._ends, trigger[0])
        since = self._text[max(self._ends[number - 1] if number else 0, trigger[0] - BEFORE) : trigger[0]]
        names_place = any(map(str.isupper, words["place"]))
        return Mention(
            type=type,
            trigger=frozenset(word[:SAME_STEM] for word in _words(self._text[slice(*trigger)])),
            actors=tuple(_words(name) - _EMPTY for name in actors),
            targets=tuple(_words(name) - _EMPTY for name in targets),
            place=_words(words["place"]) - _KINDS if names_place else frozenset(),
            is_placed=bool(words["place"]),
            time=words["time"].lower(),
            weapon=_words(words["weapon"]),
            sentence=number,
            another=not _ANOTHER.isdisjoint(_words(since)),
            definite=bool(before) and before[-1] in _POINTING,
            in_title=trigger[0] < self._title,
        )


@cache
def packaged() -> Weights:
    """The weights that ship with sayso; `least`: the mean log odds from which on a mention joins."""
    data = resources.files("sayso.reading").joinpath("incidents.json").read_bytes()
    return msgspec.json.decode(data, type=Weights)


def incidents_of(mentions: Sequence[Mention], table: Weights | None = None) -> list[int]:
    """The incident of each mention, numbered from 1 in the order of the first ones."""
    table = table or packaged()
    numbers, count = list[int](), 0
    for at, mention in enumerate(mentions):
        odds: dict[int, list[float]] = {}
        for before in range(max(0, at - LOOK_BACK), at):
            odds.setdefault(numbers[before], []).append(_odds(mentions[before], mention, table))
        fit = {number: sum(found) / len(found) for number, found in odds.items()}
        best = max(fit, key=lambda number: (fit[number], number), default=0)
        if not best or fit[best] <= table.least:
            count += 1
            best = count
        numbers.append(best)
    return numbers


def _odds(first: Mention, second: Mention, table: Weights) -> float:
    if not are_compared(first, second):
        return NEVER
    return sum([table.weights.get(sign, 0.0) for sign in signs(first, second)])


def are_compared(one: Mention, other: Mention) -> bool:
    """Whether two mentions may be one by their types."""
    types = {one.type, other.type}
    return len(types) == 1 or types <= STRIKES or types <= GROUND


def signs(first: Mention, second: Mention) -> Iterator[str]:
    """What speaks for two mentions being one and against it. `first`: the one that stands before the other."""
    yield "any two"
    if first.type == second.type:
        yield from ("same type", f"both {first.type}")
    else:
        yield " and ".join(sorted((first.type, second.type)))
    same_trigger = bool(first.trigger & second.trigger)
    if same_trigger:
        yield "same trigger"
    if second.definite:
        yield "the same" if same_trigger else "the"
    if second.another:
        yield f"another {first.type}" if first.type == second.type else "another"
    actors, targets = _alike(first.actors, second.actors), _alike(first.targets, second.targets)
    yield from (f"actor {actors}", f"target {targets}")
    if "same" in (_alike(first.actors, second.targets), _alike(first.targets, second.actors)):
        yield "one's actor is the other's target"
    place = _places(first, second)
    yield f"place {place}"
    if place in ("same", "other") and first.type == second.type:
        yield f"{first.type} in {'one place' if place == 'same' else 'two places'}"
    yield f"time {_times(first.time, second.time)}"
    by = "" if first.by == second.by else " by another"
    yield f"killed {_tolls(first.killed, second.killed, by)}"
    yield f"wounded {_tolls(first.wounded, second.wounded, by)}"
    yield _statuses(first.status, second.status)
    yield f"sentences {bisect_right(FAR, abs(second.sentence - first.sentence) - 1)}"
    if first.claim == second.claim:
        yield "same claim" if first.claim is not None else "both the report's"
    else:
        yield "same source" if first.by and first.by == second.by else "other claim"
    if first.in_title != second.in_title:
        yield "title"
    if first.weapon & second.weapon:
        yield "same weapon"


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower().replace("’s", "").replace("'s", "")))


def _alike(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> str:
    if not one or not other:
        return "not told"
    shared = [(a, b) for a in one for b in other if a & b]
    if any(a <= b or b <= a for a, b in shared):
        return "same"
    return "alike" if shared else "other"


def _places(one: Mention, other: Mention) -> str:
    if one.place and other.place:
        if one.place == other.place:
            return "same"
        return "within" if one.place <= other.place or other.place <= one.place else "other"
    return (
        "not named"
        if one.is_placed and other.is_placed
        else "of one"
        if one.is_placed or other.is_placed
        else "of none"
    )


def _times(one: str, other: str) -> str:
    if not one or not other:
        return "of one" if one or other else "of none"
    return "same" if one == other else "within" if one in other or other in one else "other"


def _tolls(one: Bounds | None, other: Bounds | None, by: str) -> str:
    if one is None or other is None:
        return "of one" if one or other else "of none"
    if one == other:
        return "same"
    infinite = float("inf")
    meet = all((a[0] or 0) <= (infinite if b[1] is None else b[1]) for a, b in ((one, other), (other, one)))
    return "meet" if meet else f"apart{by}"


def _statuses(one: str, other: str) -> str:
    if one == other:
        return f"both {one}"
    if "denied" in (one, other):
        return "one denied"
    return "one happened" if "happened" in (one, other) else "other status"
