"""Lists of who holds what, as logs have them: "Control at noon: Mellit and Nyala, RSF; El Obeid, army, besieged"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from sayso.records.letters import CAPITAL as _BIG
from sayso.records.span import Span

LEAST = 2  # items, for a line to be a list
ITEMS_AT_MOST = 200  # of all lists of a report
_LEAD = re.compile(
    r"(?:^|(?<=[.\n]))[ \t]*(?:[-*•][ \t]*)?"
    r"(?:(?:Territorial|Town|Area) control|Control|(?:Areas|Zones|Places|Towns) of control)"
    r"(?: (?:at|on|as of|by|in) [^\n.:;,]{1,30})?:\s"
)
_ITEM = re.compile(r"[^;.\n]{1,200}(?=[;.\n]|\Z)")
_NAME = rf"{_BIG}[\w’'-]*(?: (?:[a-z]{{2,3}}-)?{_BIG}[\w’'-]*){{0,3}}(?: (?!and\b)[a-z]+)?"
_NAMES = rf"{_NAME}(?:, {_NAME})*(?:,? and {_NAME})?"
_JOINT = rf"(?:{_NAME}(?:, {_NAME})* and )?{_NAME}"
_HELD = re.compile(
    rf"\s*(?:(?P<before>{_NAMES})\s*[:–—]|(?P<first>{_JOINT}),) (?P<holder>[^,:]{{2,60}}?)(?P<more>, [^:]*)?\s*"
)
_EACH = re.compile(_NAME)
_WORD = re.compile(r"[\w’'-]+")
_PARTY = re.compile(r"(?!and\b)\b\w[\w’'-]*(?: (?!and\b)[\w’'-]+)*")
_CAPITALS = re.compile(rf"(?:{_BIG}|\d){{2,}}(?:[-/](?:{_BIG}|\d)+)*")  # "RSF", "M23"
_FORCES = frozenset({
    "army", "armies", "government", "regime", "rebels", "rebel", "opposition", "insurgents", "militia", "militias",
    "loyalists", "separatists", "jihadists", "forces", "force", "troops", "military", "police", "junta", "fighters",
    "coalition", "alliance",
})  # fmt: skip
_NO_PARTY = frozenset({
    "not", "no", "in", "on", "at", "by", "to", "from", "where", "when", "who", "which", "that", "since", "until",
    "after", "before", "for", "with", "of", "between", "near", "about", "is", "was", "are", "were", "has", "had",
    "killed",
})  # fmt: skip  # words that a holder's name does not have
_FOUGHT_OVER = frozenset({"contested", "divided", "disputed"})
_SIEGE = re.compile(r"\b(?:besieged|surrounded|encircled)\b(?: by (?P<by>[^,]{2,40}))?")
_LONGEST_PARTY = 5  # words


class Listed(NamedTuple):
    """Who holds, or besieges, one place of a list. Spans are half-open code points; `item` is that of the list, of the
    first with what leads it in: "Control at noon" is no event beside those that it heads."""

    type: Literal["control", "siege"]
    trigger: Span
    actors: tuple[Span, ...]
    place: Span
    item: Span


def listed(text: str) -> list[Listed]:
    """What the lists of a text tell, in its order."""
    found: list[Listed] = []
    end = items = 0
    for lead in _LEAD.finditer(text):
        if lead.start() < end or items >= ITEMS_AT_MOST:
            continue
        held = list(_items(text, lead.end(), ITEMS_AT_MOST - items))
        if len(held) >= LEAST:
            end, items = held[-1].end(), items + len(held)
            starts = [lead.start(), *(item.start() for item in held[1:])]
            found += (one for item, start in zip(held, starts, strict=True) for one in _held(item, start))
    return found


def _items(text: str, at: int, most: int) -> Iterator[re.Match[str]]:
    """The items that follow a lead without a break, at most so many."""
    for _ in range(most):
        item = _ITEM.match(text, at)
        held = _HELD.fullmatch(text, *item.span()) if item else None
        if item is None or held is None or not _is_told(held):
            return
        yield held
        at = item.end() + 1
        if text[at - 1 : at] == "\n":
            return


def _is_told(item: re.Match[str]) -> bool:
    """Whether an item names a place and then who holds it, or that it is fought over; not the other way round."""
    first = item["before"] or item["first"]
    if _is_party(first) and " " not in first:
        return False  # "RSF: Mellit and Nyala"
    parties = _PARTY.findall(item["holder"])
    return item["holder"] in _FOUGHT_OVER or (bool(parties) and all(map(_is_named_party, parties)))


def _is_party(name: str) -> bool:
    return _CAPITALS.fullmatch(name) is not None or name.lower() in _FORCES


def _is_named_party(name: str) -> bool:
    """Whether words can name an armed or governing body: "army", "RSF", "SADC force", "Islamic State"."""
    words = _WORD.findall(name)
    if len(words) > _LONGEST_PARTY or not _NO_PARTY.isdisjoint(word.lower() for word in words):
        return False
    return any(_is_party(word) for word in words) or all(word[0].isupper() for word in words)


def _held(item: re.Match[str], start: int) -> Iterator[Listed]:
    """Who holds the places of one item, which begins at `start`, and who besieges them."""
    whole = (start, item.end())
    names = item.span("before") if item["before"] else item.span("first")
    holder = item.span("holder")
    parties = () if item["holder"] in _FOUGHT_OVER else _PARTY.finditer(item.string, *holder)
    actors = tuple(found.span() for found in parties)
    siege = _SIEGE.search(item.string, *item.span("more")) if item["more"] else None
    for place in _EACH.finditer(item.string, *names):
        yield Listed("control", holder, actors, place.span(), whole)
        if siege:
            yield Listed("siege", siege.span(), (siege.span("by"),) if siege["by"] else (), place.span(), whole)
