"""Report -> Reading: the room's one entrance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import msgspec

from sayso.reading.counts import bounds_of, counts_the_living
from sayso.reading.decode import decode
from sayso.reading.denials import without_deniers
from sayso.reading.drafts import ClaimDraft, EventDraft
from sayso.reading.incidents import Mention, Sentences, incidents_of
from sayso.reading.model import Anchor, Model, Run
from sayso.reading.who import Who, parts_of
from sayso.reading.windows import Words, windows_of, words_of
from sayso.records import Report
from sayso.records.reading import Bounds, Claim, Event, Reading
from sayso.records.resolved import Toponym
from sayso.records.span import Span

WORD_END = re.compile(r"\w*")
NOBODY: Bounds = (0, 0)


@cache
def default_model() -> Model:
    """The model that ships with sayso, loaded once a process."""
    return Model(Path(str(resources.files("sayso.reading") / "model")))


def read_report(report: Report, model: Model | None = None) -> Reading:
    """The reading of a report; `model` is the packaged one unless another is given."""
    model = model or default_model()
    words = words_of(report.text, model.tokenizer)
    anchors: list[Anchor] = []
    toponyms: list[Run] = []
    for window in windows_of(words):
        found, places = model.read(words, window)
        anchors += found
        toponyms += places
    return reading_of(report, words, anchors, toponyms)


def reading_of(report: Report, words: Words, anchors: Sequence[Anchor], toponyms: Sequence[Run] = ()) -> Reading:
    """Anchors and toponyms of one report -> its reading, with who is who, numbers and incidents; nothing resolved."""
    claims, events = decode(report.text, words, anchors)
    return told(report, claims, events, list(_whole_names(report.text, words, toponyms)))


def told(report: Report, claims: list[ClaimDraft], events: list[EventDraft], toponyms: Sequence[Span] = ()) -> Reading:
    """Claims and events that are marked in a report -> its reading, as `reading_of`."""
    who = _who(report.text, claims, events, toponyms)
    without_deniers(events, claims, who.name)
    return Reading(
        id=report.id,
        report=report,
        claims=tuple(_claim(report.text, claims, index, who) for index in range(len(claims))),
        events=tuple(_events(report.text, claims, events, who)),
        toponyms=tuple(Toponym(span=span, place=None) for span in toponyms),
    )


def _whole_names(text: str, words: Words, toponyms: Sequence[Run]) -> Iterator[Span]:
    """Their spans; what ends in a hyphen goes on to the end of the next word: "al-" is no name, "al-Bab" is."""
    last = 0
    for a, b in toponyms:
        start, end = int(words.spans[a, 0]), int(words.spans[b - 1, 1])
        while end < len(text) and text[end - 1] == "-" and text[end].isalnum():
            end = WORD_END.search(text, end + 1).end()  # type: ignore[union-attr]  # the pattern matches everywhere
        if start >= last:
            yield start, end
            last = end


def _claim(text: str, claims: list[ClaimDraft], index: int, who: Who) -> Claim:
    draft = claims[index]
    speaker = _speaker(claims, draft)
    return Claim(
        id=f"c{index + 1}",
        source=draft.source,
        source_is=who.name(speaker.source) if speaker.source else None,
        sources=tuple(map(who.name, parts_of(text, speaker.source))) if speaker.source else (),
        cue=draft.cue,
        content=tuple(draft.content),
        via=tuple(who.name(span) for span in draft.via),
        stance=draft.stance,  # type: ignore[arg-type]  # one of labels.ATTRIBUTES
        within=None if draft.within is None else f"c{draft.within + 1}",
        score=round(draft.score, 3),
    )


def mentions_of(text: str, claims: list[ClaimDraft], drafts: list[EventDraft]) -> list[Mention]:
    """Marked events as what is compared to tell which are of one incident."""
    return [parts.mention for parts in _parts(text, claims, drafts, _who(text, claims, drafts, ()))]


class _Parts(NamedTuple):
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    killed: Bounds | None
    wounded: Bounds | None
    mention: Mention


def _who(text: str, claims: list[ClaimDraft], drafts: list[EventDraft], toponyms: Sequence[Span]) -> Who:
    spans = {
        span: None if d.claim is None else _speaker(claims, claims[d.claim]).source
        for d in drafts
        for span in d.spans["actor"] + d.spans["target"]
    }
    sources = [part for claim in claims if claim.source for part in parts_of(text, claim.source) or (claim.source,)]
    return Who(text, sources, spans, [*toponyms, *(place for d in drafts if (place := d.one("place")))])


def _parts(text: str, claims: list[ClaimDraft], drafts: list[EventDraft], who: Who) -> Iterator[_Parts]:
    """What is told of each event, by its words."""
    sentences = Sentences(text)
    for d in drafts:
        actors, targets = tuple(map(who.name, d.spans["actor"])), tuple(map(who.name, d.spans["target"]))
        killed, wounded = _counts(text, d)
        spans = {role: d.one(role) for role in ("place", "time", "weapon")}
        source = None if d.claim is None else _speaker(claims, claims[d.claim]).source
        mention = msgspec.structs.replace(
            sentences.mention(d.type, d.trigger, spans, actors, targets),
            status=d.status, killed=killed, wounded=wounded, claim=d.claim, by=who.name(source) if source else None,
        )  # fmt: skip
        yield _Parts(actors, targets, killed, wounded, mention)


def _speaker(claims: list[ClaimDraft], claim: ClaimDraft) -> ClaimDraft:
    """The claim whose source speaks a claim."""
    return claims[claim.speaker] if claim.speaker is not None else claim


def _events(text: str, claims: list[ClaimDraft], drafts: list[EventDraft], who: Who) -> Iterator[Event]:
    parts = list(_parts(text, claims, drafts, who))
    incidents = incidents_of([each.mention for each in parts])
    told = {id(d): incident for d, incident in zip(drafts, incidents, strict=True)}
    incidents = [told.get(id(d.denies), told[id(d)]) for d in drafts]  # a denial is of the act that it takes up
    for number, (d, each, incident) in enumerate(zip(drafts, parts, incidents, strict=True), 1):
        yield Event(
            id=f"e{number}",
            type=d.type,  # type: ignore[arg-type]  # one of vocabulary.EVENT_TYPES
            trigger=d.trigger,
            actors=tuple(d.spans["actor"]),
            actors_are=each.actors,
            targets=tuple(d.spans["target"]),
            targets_are=each.targets,
            place=d.one("place"),
            time=d.one("time"),
            killed=d.one("killed"),
            killed_n=each.killed,
            wounded=d.one("wounded"),
            wounded_n=each.wounded,
            weapon=d.one("weapon"),
            status=d.status,  # type: ignore[arg-type]  # one of labels.ATTRIBUTES
            claim=None if d.claim is None else f"c{d.claim + 1}",
            incident=f"i{incident}",
            score=round(d.score, 3),
        )


def _counts(text: str, draft: EventDraft) -> tuple[Bounds | None, Bounds | None]:
    """How many were killed and wounded; neither when one number is said of both together, unless it is none."""
    killed, wounded = draft.one("killed"), draft.one("wounded")
    if killed is not None and killed != wounded and counts_the_living(text, *killed):
        killed = None
    numbers = _bounds(text, killed), _bounds(text, wounded)
    if killed is not None and killed == wounded and numbers[0] != NOBODY:
        return None, None
    return numbers


def _bounds(text: str, span: Span | None) -> Bounds | None:
    return None if span is None else bounds_of(text[span[0] : span[1]])
