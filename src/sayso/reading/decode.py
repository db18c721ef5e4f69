"""Anchors -> claims and events: spans of characters, nesting, quotations that go on, whose word an event stands on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from sayso.reading.compounds import own_actors
from sayso.reading.denials import taken_up
from sayso.reading.drafts import AS_FACT, ClaimDraft, EventDraft
from sayso.reading.labels import ATTRIBUTES, CUE, ROLES
from sayso.reading.listed import listed
from sayso.reading.model import Anchor
from sayso.reading.negation import is_called_false, is_negated
from sayso.reading.turns import turns
from sayso.reading.windows import Words, quoted_spans
from sayso.records.span import Span
from sayso.records.vocabulary import EVENT_TYPES

SAME_CONTENT = 0.8  # share of characters: two cues around one content are one claim
QUOTE_WORDS = 5  # a shorter quotation without a cue is a name or a scare quote, not speech that goes on
HOLLOW = frozenset({
    "a", "an", "the", "and", "or", "of", "on", "to", "by", "for", "with", "at", "as", "not", "that", "it", "its", "is",
    "was", "were", "be", "been", "has", "have", "had", "from", "in", "into", "he", "she", "they", "who", "which", "his",
    "her", "their",
})  # fmt: skip  # words that name no event by themselves, whatever the network makes of them in their sentence
CAPTIVITY = frozenset({"arrest", "abduct"})
HOLDING = frozenset({"hold", "holds", "held", "holding"})
GOING_ON = frozenset({"of", "including", "such as"})  # "44 civilians" + "11 women", but one phrase to the guide
ROLE = {name: number for number, name in enumerate(ROLES)}


def decode(text: str, words: Words, anchors: Iterable[Anchor]) -> tuple[list[ClaimDraft], list[EventDraft]]:
    """Claims and events of one text, each in the order of the text."""
    claims: list[ClaimDraft] = []
    events: list[EventDraft] = []
    for anchor in anchors:
        if anchor.kind == CUE:
            if claim := _claim(words, anchor):
                claims.append(claim)
        elif not _is_hollow(text, words, anchor):
            events.append(_event(text, words, anchor))
    events = _with_lists(text, events)
    claims = _without_doubles(_with_turns(text, claims))
    claims += _going_on(text, claims)
    claims.sort(key=lambda c: (min(c.content[0][0], c.place[0]), -_length(c)))
    _link_speakers(claims)
    for index, claim in enumerate(claims):
        if claim.cue and claim.stance == "affirms" and is_called_false(text, claim.cue):
            claim.stance = "denies"
        claim.within = _innermost(claims, claim.place, index)
    events = taken_up(text, claims, events)
    for event in events:
        event.claim = _innermost(claims, event.trigger, None)
        if event.claim is not None and claims[event.claim].stance == "denies" and event.status in AS_FACT:
            event.status = "denied"  # the annotation guide: what is denied did not happen, as that voice presents it
        elif event.status in AS_FACT and event.type != "casualties" and is_negated(text, event.trigger):
            event.status = "denied"  # but not of "nobody was hurt", which counts to none
    return claims, sorted(events, key=lambda e: (e.trigger, e.spans["place"]))


def _with_lists(text: str, events: list[EventDraft]) -> list[EventDraft]:
    """Events with those that lists tell, which come in place of others found in their items."""
    told = listed(text)
    items = sorted({one.item for one in told})
    starts = [start for start, _ in items]
    kept = [e for e in events if not (at := bisect_right(starts, e.trigger[0])) or items[at - 1][1] <= e.trigger[0]]
    return kept + [
        EventDraft(
            one.type, one.trigger, "ongoing", 1.0, {"actor": list(one.actors), "target": [], "place": [one.place]}
        )
        for one in told
    ]


def _with_turns(text: str, claims: list[ClaimDraft]) -> list[ClaimDraft]:
    """Claims with the answers of an interview, each its speaker's, and without what is found on the labels of turns."""
    exchange = turns(text)
    labels = [turn.label for turn in exchange]
    kept = [c for c in claims if not (c.source and _overlap([c.source], labels))] if exchange else claims
    return kept + [ClaimDraft([turn.said], turn.label, None, [], "affirms", 1.0) for turn in exchange if not turn.asks]


def _span(words: Words, run: tuple[int, int] | tuple[int, int, float]) -> Span:
    return int(words.spans[run[0], 0]), int(words.spans[run[1] - 1, 1])


def _spans(words: Words, anchor: Anchor, role: str) -> list[Span]:
    return sorted(_span(words, run) for run in anchor.roles.get(ROLE[role], []))


def _claim(words: Words, anchor: Anchor) -> ClaimDraft | None:
    content = _spans(words, anchor, "content")
    if not content:
        return None
    cue = _span(words, (anchor.start, anchor.end))
    source = next(iter(_spans(words, anchor, "source")), None)
    if source and source[0] <= cue[0] and cue[1] <= source[1]:
        return ClaimDraft(content, source, None, [], ATTRIBUTES[anchor.attribute], anchor.score)
    via = [s for s in _spans(words, anchor, "via") if s != source]
    return ClaimDraft(content, source, cue, via, ATTRIBUTES[anchor.attribute], anchor.score)


def _is_hollow(text: str, words: Words, anchor: Anchor) -> bool:
    """Whether the anchor has no word that could name an event."""
    parts = (text[start:end].lower() for start, end in words.spans[anchor.start : anchor.end].tolist())
    return all(part in HOLLOW or not part[0].isalnum() for part in parts)


def _event(text: str, words: Words, anchor: Anchor) -> EventDraft:
    spans = {role: _spans(words, anchor, role) for role in ROLES[ROLE["actor"] :]}
    spans["target"] = [s for s in _whole(text, spans["target"]) if not _is_numeral(text[slice(*s)])]
    spans["actor"] = _whole(text, spans["actor"])
    trigger = _span(words, (anchor.start, anchor.end))
    spans["actor"] = [s for s in spans["actor"] if s not in spans["target"]] or spans["actor"]
    spans["actor"] = own_actors(text, trigger, spans["actor"])
    kind = EVENT_TYPES[anchor.kind]
    holds = text[slice(*trigger)].lower() in HOLDING and bool(spans["actor"] or spans["target"])
    if kind in CAPTIVITY and holds and all(target in spans["place"] for target in spans["target"]):
        kind = "control"  # "has held Al-Fula since May", "which it had held": a place is held, nobody is in custody
        spans["target"] = []
    return EventDraft(kind, trigger, ATTRIBUTES[anchor.attribute], anchor.score, spans)


def _whole(text: str, spans: list[Span]) -> list[Span]:
    """The spans, in order, with those made one that a phrase and its modifier were cut into."""
    out: list[Span] = []
    for start, end in spans:
        if out and text[out[-1][1] : start].strip(" ,").lower() in GOING_ON:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _is_numeral(words: str) -> bool:
    """Whether these words are a bare number, which the annotation guide takes for no target ("20 killed")."""
    return words.replace(",", "").replace(".", "").isdigit()


def _length(claim: ClaimDraft) -> int:
    return sum(b - a for a, b in claim.content)


def _overlap(one: list[Span], other: list[Span]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _without_doubles(claims: list[ClaimDraft]) -> list[ClaimDraft]:
    """Of claims with nearly the same content, the surest."""
    kept: list[ClaimDraft] = []
    for claim in sorted(claims, key=lambda c: -c.score):
        for other in kept:
            shared = _overlap(claim.content, other.content)
            if shared > SAME_CONTENT * (_length(claim) + _length(other) - shared):
                break
        else:
            kept.append(claim)
    return kept


def _going_on(text: str, claims: list[ClaimDraft]) -> list[ClaimDraft]:
    """Quotations that are sentences of their own without a cue, soon after a claim: its speaker goes on."""
    found: list[ClaimDraft] = []
    contents = [span for claim in claims for span in claim.content]
    for start, end in quoted_spans(text):
        own = _is_sentence(text, start, end) and len(text[start:end].split()) >= QUOTE_WORDS
        if not own or _overlap(contents, [(start, end)]) or any(c.cue and start <= c.cue[0] < end for c in claims):
            continue
        before = [c for c in claims if c.source and c.content[-1][0] < start]
        last = max(before, key=lambda c: max(c.content[-1][1], c.place[1]), default=None)
        if last and text.count("\n\n", last.content[-1][1], start) <= 1:
            found.append(ClaimDraft([(start, end)], None, None, [], "affirms", last.score / 2))
    return found


def _is_sentence(text: str, start: int, end: int) -> bool:
    """Whether the quotation between the marks at `start` and `end` begins and ends a sentence."""
    before, after = text[: start - 1].rstrip(" "), text[end + 1 :].lstrip(" ")
    begins = not before or before[-1] in '\n.!?”"'
    ends = text[start:end].rstrip()[-1:] in (".", "!", "?", "…") and (
        not after or after[0] == "\n" or after[0].isupper()
    )
    return begins and (ends or after[:1] in ("\n", ""))


def _link_speakers(claims: list[ClaimDraft]) -> None:
    """A quotation without cue and source is by the speaker of the claim before it."""
    for index, claim in enumerate(claims):
        if claim.cue is None and claim.source is None and index:
            before = claims[index - 1]
            claim.speaker = index - 1 if before.speaker is None else before.speaker


def _innermost(claims: list[ClaimDraft], place: Span, me: int | None) -> int | None:
    """The index of the smallest claim whose content holds `place`, other than `me`."""
    holding = [
        (_length(c), i)
        for i, c in enumerate(claims)
        if i != me and any(a <= place[0] and place[1] <= b for a, b in c.content)
    ]
    if me is not None:
        holding = [(n, i) for n, i in holding if n > _length(claims[me])]
    return min(holding)[1] if holding else None
