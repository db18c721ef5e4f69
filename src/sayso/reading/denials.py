"""What a denial takes up without naming it: "The army denied this", "Damascus rejected the report".

The act is the last that was told before, close by; the denial is a denied event on the words that point at it. A denial
that names its act itself is read like all else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from sayso.reading.drafts import AS_FACT, ClaimDraft, EventDraft
from sayso.records.span import Span
from sayso.records.vocabulary import SPOKEN

WITHIN = 400  # characters between the act and the denial
SENTENCES = 2  # ends of sentences between them, at most
POINTS = re.compile(
    r"[\s\"“”.]*(?:this|that|it|these|those"
    r"|(?:(?:the|these|those|such|any|all|its|their|media|press|rebel|opposition|enemy) ){1,3}"
    r"(?:claim|report|allegation|accusation|charge|assertion|account|rumou?r|statement|news)s?)[\s\"“”.,]*",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?][”\"'’)]*\s|\n")


def taken_up(text: str, claims: Sequence[ClaimDraft], events: Sequence[EventDraft]) -> list[EventDraft]:
    """The events with those that denials take up. What the reader found at such words is of their type."""
    found = list(events)
    acts = sorted((e for e in events if e.type not in SPOKEN and e.status in AS_FACT), key=lambda e: e.trigger[1])
    for claim in claims:
        content = claim.content[0]
        if claim.stance != "denies" or len(claim.content) > 1 or not POINTS.fullmatch(text, *content):
            continue
        act = _before(text, acts, min(content, claim.place))
        if act is None:
            continue
        own = [event for event in found if content[0] <= event.trigger[0] < content[1]]
        if not own:
            roles: dict[str, list[Span]] = {role: [] for role in act.spans}
            own = [EventDraft(act.type, content, "denied", min(claim.score, act.score), roles)]
            found += own
        for event in own:
            event.type, event.denies = act.type, act
    return found


def without_deniers(events: Sequence[EventDraft], claims: Sequence[ClaimDraft], name: Callable[[Span], str]) -> None:
    """Take away who denies what others are said to have done from those who did it. `name`: of who stands at a span."""
    for event in events:
        source = None if event.claim is None else claims[event.claim].source
        if event.denies is None or source is None:
            continue
        denier, told = name(source), set(map(name, event.denies.spans["actor"]))
        if told and denier not in told:
            event.spans["actor"] = [span for span in event.spans["actor"] if name(span) != denier]


def _before(text: str, acts: Sequence[EventDraft], at: Span) -> EventDraft | None:
    """The last act told before, if it is close by."""
    number = bisect_right(acts, at[0], key=lambda act: act.trigger[1]) - 1
    if number < 0 or at[0] - acts[number].trigger[1] > WITHIN:
        return None
    ends = SENTENCE_END.findall(text, acts[number].trigger[1], at[0])
    return acts[number] if len(ends) <= SENTENCES else None
