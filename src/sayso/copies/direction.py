"""Who had it first: by the credit a report gives, by the times of publication, by what the one lacks of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from sayso.copies.records import First, PairKind, Text
from sayso.copies.spread import day_of

_HEAD: Final = 240  # characters of a report where a dateline credits an agency
_TAIL: Final = 160  # characters at its end where a source line does
_WHOLE: Final = 0.9  # of the one report stands in the other
_LESS: Final = 0.85  # of the other at most stands in the one: it has more
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SHORT: Final = 5  # letters of a name that is written in capitals
_DAY: Final = r"(?:(?i:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}\b)"
_BRACKETED: Final = re.compile(r"[(\[/](?:[)\]/].*|,| and .*| - .*)", re.DOTALL)  # what stands around the name
_HEAD_BEFORE: Final = re.compile(r"(?:^|\n|[-–—|]\s?|\b[Ss]ource:?\s|\b[Bb]y\s|\w\s)$")
_HEAD_AFTER: Final = re.compile(rf"\s*(?:[-–—|]\s|\n|$|,?\s*{_DAY})")
_TAIL_BEFORE: Final = re.compile(r"(?:[-–—|]\s?|\n|(?i:source|sources|agencies|with|from):?\s)$")
_TAIL_AFTER: Final = re.compile(r"\W*$")
_TOLD: Final = re.compile(r"\b(?:told|to|by|according to|quoted|citing|quoting|cited)\s(?:the\s)?$")
_REPORTED: Final = re.compile(
    r"(?: (?:news )?agency)?(?: (?:has|had))? (?:reported|said|says|reports|quoted|cited|added)\b"
)


def first_of(a: Text, b: Text, in_a: float, in_b: float, kind: PairKind) -> tuple[First | None, str]:
    """Which of two reports had their common words first, and why. `in_a`: the share of a that stands in b as well."""
    if kind == "quote":
        return "common", "both carry somebody's statement"
    if credit := _by_credit(a, b):
        return credit
    if (by_time := _by_time(a, b)) is not None:
        return by_time
    if in_b >= _WHOLE and in_a <= _LESS:
        return "a", f"all of b stands in a, which has more ({in_a:.0%} of it is shared)"
    if in_a >= _WHOLE and in_b <= _LESS:
        return "b", f"all of a stands in b, which has more ({in_b:.0%} of it is shared)"
    return None, "who had it first is undecided: no times, no credits, neither contains the other"


def _by_credit(a: Text, b: Text) -> tuple[First | None, str] | None:
    credits_a, credits_b = credits(a), credits(b)
    is_a, is_b = agencies_of(a.outlet), agencies_of(b.outlet)
    if is_a != is_b:
        if found := sorted((credits_b & is_a) or mentioned(b, is_a)):
            return "a", f"b credits {found[0]}"
        if found := sorted((credits_a & is_b) or mentioned(a, is_b)):
            return "b", f"a credits {found[0]}"
    if found := sorted(credits_a & credits_b):
        return "common", f"both credit {found[0]}"
    if credits_b and not agencies_of(b.outlet):
        return "common", f"b credits {min(credits_b)}"
    if credits_a and not agencies_of(a.outlet):
        return "common", f"a credits {min(credits_a)}"
    return None


def _by_time(a: Text, b: Text) -> tuple[First | None, str] | None:
    """None where the times are not known or too near to tell."""
    exact_a, exact_b = _moment(a.published), _moment(b.published)
    if exact_a and exact_b:
        if exact_a == exact_b:
            return None
        return ("a" if exact_a < exact_b else "b"), f"published {_earlier(a, b, exact_a < exact_b)}"
    day_a, day_b = day_of(a.published), day_of(b.published)
    if day_a and day_b and day_a != day_b:
        return ("a" if day_a < day_b else "b"), f"published {_earlier(a, b, day_a < day_b)}"
    return None


def _earlier(a: Text, b: Text, forward: bool) -> str:
    one, other = (a, b) if forward else (b, a)
    return f"{one.published}, the other {other.published}"


def _moment(published: str | None) -> datetime | None:
    """The moment, where the time of day is given with its zone: times of two outlets are not to be compared without."""
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def credits(text: Text) -> frozenset[str]:
    """The agencies that a report says, at its head, at its end or in its byline, it has its words from.

    >>> sorted(credits(Text(id="1", text="BEIRUT (Reuters) - Fighting went on.")))
    ['Reuters']
    >>> sorted(credits(Text(id="2", text="Fighting went on, a resident told Reuters by telephone.")))
    []
    """
    return _credits(text.text[:_HEAD], text.text[-_TAIL:], text.byline or "")


@lru_cache(maxsize=32768)  # a report is judged in all its pairs
def _credits(head: str, tail: str, byline: str) -> frozenset[str]:
    ends = ((head, _HEAD_BEFORE, _HEAD_AFTER), (tail, _TAIL_BEFORE, _TAIL_AFTER))
    found = {
        _name(named)
        for part, before, after in ends
        for named in _named_in(part)
        if _BRACKETED.fullmatch(part[max(0, named.start() - 1) : named.end() + 5].replace(named.group(), "", 1))
        or (before.search(part[: named.start()]) and after.match(part, named.end()))
    }
    return frozenset(found | {_name(named) for named in _named_in(byline)})


def mentioned(text: Text, agencies: frozenset[str]) -> frozenset[str]:
    """Those of `agencies` that the report names as the ones who were told or reported something, in any place."""
    if not agencies:
        return agencies
    said = (_name(named) for named in _named_in(text.text) if _relayed(text.text, named))
    return agencies.intersection(said)


def _relayed(text: str, named: re.Match[str]) -> bool:
    return bool(
        _TOLD.search(text[max(0, named.start() - 20) : named.start()]) or _REPORTED.match(text, named.end())
    )  # fmt: skip


@cache
def agencies_of(outlet: str | None) -> frozenset[str]:
    """The agency that an outlet is, by its name or its short name in any case."""
    if not outlet:
        return frozenset()
    if main := _names().get(outlet.strip().casefold()):
        return frozenset({main})
    return frozenset(_name(named) for named in _agency().finditer(outlet))


def _named_in(text: str) -> Iterator[re.Match[str]]:
    """Where agencies are named; most texts name none, which their words show fast."""
    if _first_words().isdisjoint(_LETTERS.findall(text.casefold())):
        return iter(())
    return _agency().finditer(text)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(found.group() for name in _names() if (found := _LETTERS.search(name)))


def _name(named: re.Match[str]) -> str:
    return _names()[named.group().casefold()]


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in (files("sayso.copies") / "agencies.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            main, _, others = line.partition("=")
            for name in (main, *others.split(",")):
                if name.strip():
                    names[name.strip().casefold()] = main.strip()
    return names


@cache
def _agency() -> re.Pattern[str]:
    """One of the names; short ones only in capitals, so that the pa in another word's place is none."""
    longest = sorted(_names(), key=len, reverse=True)
    names = (re.escape(name.upper()) if len(name) <= _SHORT else f"(?i:{re.escape(name)})" for name in longest)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")
