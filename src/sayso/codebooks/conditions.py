"""Whether a case's conditions hold for an event, given the kinds of its actors and targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from sayso.codebooks.mapping import Beside, Mapping, When
from sayso.records.reading import Bounds, Event

_WORDS = (re.compile(r"[\w-]+"), re.compile(r"\w+"))  # "hand-grenade" whole, then "hand" and "grenade"
LONGEST_PHRASE = 300  # characters of a trigger, weapon or name that are read


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """An event with the kinds of its actors and targets in the register of actors; None: not known.

    Give "external forces" for state forces that act outside their own country. `text`: the report's, to read trigger
    and weapon in; without it nothing rests on words.
    """

    event: Event
    actor_kinds: tuple[str | None, ...] = ()
    target_kinds: tuple[str | None, ...] = ()
    text: str = ""


def holds(when: When, seen: Seen, others: Sequence[Seen], mapping: Mapping) -> bool:
    """All conditions of a case. `others`: the other events of the same incident."""
    return (
        (when.actors is None or _any(seen.actor_kinds, mapping.groups[when.actors]))
        and (when.targets is None or _any(seen.target_kinds, mapping.groups[when.targets]))
        and (when.targets_only is None or _only(seen.target_kinds, mapping.groups[when.targets_only]))
        and (when.words is None or _said(_quoted(seen), mapping.words[when.words]))
        and (when.actor_words is None or _said(seen.event.actors_are, mapping.words[when.actor_words]))
        and (not when.harmed or harmed(seen.event))
        and (not when.moved or bool(seen.event.targets))
        and (when.beside is None or any(_is_beside(when.beside, other, mapping) for other in others))
    )


def harmed(event: Event) -> bool:
    """Whether it tells of people killed or wounded; a number that is not resolved counts, "no casualties" does not."""
    return any(
        span is not None and number != (0, 0) and number != (None, 0)
        for span, number in ((event.killed, event.killed_n), (event.wounded, event.wounded_n))
    ) or any(_some(number) for number in (event.killed_n, event.wounded_n))


def _some(number: Bounds | None) -> bool:
    return number is not None and bool(number[0] or number[1])


def _is_beside(beside: Beside, other: Seen, mapping: Mapping) -> bool:
    return (
        other.event.type in beside.types
        and (beside.actors is None or _any(other.actor_kinds, mapping.groups[beside.actors]))
        and (not beside.harmed or harmed(other.event))
        and other.event.status not in mapping.not_coded
    )


def _any(kinds: Iterable[str | None], group: frozenset[str]) -> bool:
    return any(kind in group for kind in kinds)


def _only(kinds: Iterable[str | None], group: frozenset[str]) -> bool:
    known = {kind for kind in kinds if kind is not None}
    return bool(known) and known <= group


def _quoted(seen: Seen) -> list[str]:
    return [seen.text[span[0] : span[1]] for span in (seen.event.trigger, seen.event.weapon) if span is not None]


def _said(phrases: Iterable[str], beginnings: tuple[str, ...]) -> bool:
    read = [phrase[:LONGEST_PHRASE].lower() for phrase in phrases]
    return any(word.startswith(beginnings) for phrase in read for form in _WORDS for word in form.findall(phrase))
