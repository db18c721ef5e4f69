"""Events in the terms of other people's codebooks, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from sayso.codebooks.conditions import Seen, holds
from sayso.codebooks.mapping import Case, Mapping, Vocabulary
from sayso.codebooks.ucdp import type_of_violence
from sayso.records.reading import Event


class Codes(msgspec.Struct, frozen=True, kw_only=True):
    """What the codebooks call an event, by their own column names; None: they have no code for it.

    `acled`: event_type, sub_event_type. `plover`: event_type, mode ("" where none is told). `ucdp`: type_of_violence.
    """

    acled: dict[str, str] | None
    plover: dict[str, str] | None
    ucdp: dict[str, int | None]
    why: str


def code_event(
    event: Event,
    actor_kinds: Sequence[str | None],
    target_kinds: Sequence[str | None],
    *,
    others: Sequence[Seen] = (),
    text: str = "",
) -> Codes:
    """The codes of one event. `others`: events of the same report; those of its incident bear on some codes."""
    seen = Seen(event=event, actor_kinds=tuple(actor_kinds), target_kinds=tuple(target_kinds), text=text)
    return _coded(seen, [other for other in others if other.event.incident == event.incident and other.event != event])


def code_events(report: Iterable[Seen]) -> list[Codes]:
    """The codes of all events of one report, in their order."""
    events = list(report)
    incidents: dict[str, list[Seen]] = {}
    for seen in events:
        incidents.setdefault(seen.event.incident, []).append(seen)
    return [_coded(seen, [o for o in incidents[seen.event.incident] if o is not seen]) for seen in events]


def _coded(seen: Seen, others: Sequence[Seen]) -> Codes:
    mapping = Mapping.packaged()
    rules = mapping.events[seen.event.type]
    acled, sub_event_type = _chosen("acled", rules.acled, seen, others)
    mode, mode_name = _chosen("modes", rules.modes, seen, others)
    violence, sides = type_of_violence(_with_who_caused_it(seen, others, mapping), mapping)
    uncoded = mapping.not_coded.get(seen.event.status)
    reasons = [
        f"ACLED: {acled.why}" if acled.why else "",
        f"PLOVER: {mode.why}" if mode.why else "",
        f"UCDP: {sides}",
        f"codebooks would not record it: {uncoded}" if uncoded else "",
    ]
    return Codes(
        acled=_acled(sub_event_type),
        plover={"event_type": rules.plover, "mode": mode_name or ""} if rules.plover else None,
        ucdp={"type_of_violence": violence},
        why="; ".join(filter(None, reasons)),
    )


def _chosen(book: str, cases: Sequence[Case], seen: Seen, others: Sequence[Seen]) -> tuple[Case, str | None]:
    """The first case that holds and its code. The cause is the nearest event of the incident that is lethal."""
    mapping = Mapping.packaged()
    for case in cases:
        if case.cause:
            cause = _cause(seen, others, mapping)
            if cause is not None:
                return case, _chosen(book, getattr(mapping.events[cause.event.type], book), cause, ())[1]
        elif holds(case.when, seen, others, mapping):
            return case, case.code
    raise AssertionError(f"no case without conditions: {seen.event.type}")  # a test checks that each type has one


def _cause(seen: Seen, others: Sequence[Seen], mapping: Mapping) -> Seen | None:
    lethal = [other for other in others if other.event.type in mapping.lethal - {seen.event.type}]
    return min(lethal, key=lambda other: abs(other.event.trigger[0] - seen.event.trigger[0]), default=None)


def _with_who_caused_it(seen: Seen, others: Sequence[Seen], mapping: Mapping) -> Seen:
    """Casualties seldom name who caused them: then those of the event that did; its targets for want of own."""
    cause = _cause(seen, others, mapping) if seen.event.type == "casualties" and not any(seen.actor_kinds) else None
    if cause is None:
        return seen
    targets = seen.target_kinds if any(seen.target_kinds) else cause.target_kinds
    return msgspec.structs.replace(seen, actor_kinds=cause.actor_kinds, target_kinds=targets)


def _acled(sub_event_type: str | None) -> dict[str, str] | None:
    if sub_event_type is None:
        return None
    event_type = Vocabulary.packaged().acled_event_type(sub_event_type)
    return {"event_type": event_type, "sub_event_type": sub_event_type}
