"""Lists of who holds what, without verbs: "Control at midnight: Mellit and Nyala, RSF; El Fasher, army, besieged"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.reading.decode import EventDraft
from sayso.records.span import Span

LEAST = 2  # items, for a line to be a list
LONGEST, ITEMS_AT_MOST = 4_000, 200  # characters and items of one list
_LEAD = re.compile(r"(?:^|(?<=[.\n]))[ \t]*(?:[-*•][ \t]*)?(?=[A-Z])[^\n.:;]{0,40}\b[Cc]ontrol\b[^\n.:;]{0,40}:\s")
_ITEM = re.compile(r"[^;.\n]+")
_NAME = r"[A-Z][\w’'-]*(?: (?:[a-z]{2,3}-)?[A-Z][\w’'-]*){0,3}(?: (?!and\b)[a-z]+)?"
_NAMES = rf"{_NAME}(?:, {_NAME})*(?:,? and {_NAME})?"
_JOINT = rf"(?:{_NAME}(?:, {_NAME})* and )?{_NAME}"
_HELD = re.compile(
    rf"\s*(?:(?P<before>{_NAMES})\s*[:–—]|(?P<first>{_JOINT}),) (?P<holder>[^,:;.]{{2,60}}?)(?P<more>, [^:]*)?\s*"
)
_EACH = re.compile(_NAME)
_HOLDER = re.compile(r"(?!and\b)\b\w[\w’'-]*(?: (?!and\b)[\w’'-]+)*")
_FOUGHT_OVER = frozenset({"contested", "divided", "disputed"})
_SIEGE = re.compile(r"\b(?:besieged|surrounded|encircled)\b(?: by (?P<by>[^,]{2,40}))?")


def with_lists(text: str, events: Sequence[EventDraft]) -> list[EventDraft]:
    """Events with those that lists tell, in the order of the text; the lists' come in place of others found in them."""
    lists = [(body, drafts) for body in _bodies(text) if (drafts := _listed(text, body))]
    if not lists:
        return list(events)
    others = [e for e in events if not any(start <= e.trigger[0] < end for (start, end), _ in lists)]
    listed = [draft for _, drafts in lists for draft in drafts]
    return sorted([*others, *listed], key=lambda e: (e.trigger, e.spans["place"]))


def _bodies(text: str) -> Iterator[Span]:
    for lead in _LEAD.finditer(text):
        end = text.find("\n", lead.end())
        yield lead.end(), min(end if end >= 0 else len(text), lead.end() + LONGEST)


def _listed(text: str, body: Span) -> list[EventDraft]:
    items = [_HELD.fullmatch(text, *item.span()) for item in _ITEM.finditer(text, *body)]
    held = [item for item in items if item]
    if len(held) < LEAST or 2 * len(held) < len(items):
        return []
    return [draft for item in held[:ITEMS_AT_MOST] for draft in _held(item)]


def _held(item: re.Match[str]) -> Iterator[EventDraft]:
    """Who holds the places of one item, and who besieges them."""
    names = item.span("before") if item["before"] else item.span("first")
    places = [place.span() for place in _EACH.finditer(item.string, *names)]
    holder = item.span("holder")
    nobody = item["holder"] in _FOUGHT_OVER
    actors = [] if nobody else [found.span() for found in _HOLDER.finditer(item.string, *holder)]
    siege = _SIEGE.search(item.string, *item.span("more")) if item["more"] else None
    for place in places:
        yield _draft("control", holder, actors, place)
        if siege:
            yield _draft("siege", siege.span(), [siege.span("by")] if siege["by"] else [], place)


def _draft(kind: str, trigger: Span, actors: list[Span], place: Span) -> EventDraft:
    return EventDraft(kind, trigger, "ongoing", 1.0, {"actor": actors, "target": [], "place": [place]})
