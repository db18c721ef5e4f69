"""What a denial takes up that names no act."""

from __future__ import annotations

import pytest

from sayso.reading.denials import taken_up, without_deniers
from sayso.reading.drafts import ClaimDraft, EventDraft
from sayso.records.span import Span

STORY = "Rebels took Mare on Monday, residents said. {} denied {} at once."


def at(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def denied(denier: str, words: str, *more: EventDraft) -> list[EventDraft]:
    """The events of `STORY` where somebody denies what some words say."""
    text = STORY.format(denier, words)
    capture = EventDraft(
        "capture", at(text, "took"), "happened", 0.9, {"actor": [(0, 6)], "target": [], "place": [at(text, "Mare")]}
    )
    claims = [
        ClaimDraft([at(text, "Rebels took Mare on Monday")], at(text, "residents"), at(text, "said"), [], "affirms", 1),
        ClaimDraft([at(text, words)], at(text, denier), at(text, "denied"), [], "denies", 0.8),
    ]
    events = taken_up(text, claims, [capture, *more])
    for event in events:
        event.claim = 1 if event.trigger[0] > text.index("denied") else 0
    without_deniers(events, claims, lambda span: text[slice(*span)].removeprefix("The "))
    return events


@pytest.mark.parametrize("words", ["this", "the report", "these claims", "all such allegations", "“the claim”"])
def test_words_that_point_at_an_act_are_its_denial(words: str) -> None:
    _, denial = denied("The army", words)
    assert (denial.type, denial.status, denial.score) == ("capture", "denied", 0.8)
    assert denial.spans == {"actor": [], "target": [], "place": []}


@pytest.mark.parametrize("words", ["the capture", "the report of the mayor", "any loss", "the strike"])
def test_words_that_name_an_act_are_left_to_the_reader(words: str) -> None:
    assert len(denied("The army", words)) == 1


def test_what_was_read_there_is_of_the_acts_type_and_not_by_who_denies_it() -> None:
    text = STORY.format("The army", "this")
    spans = {"actor": [at(text, "The army")], "target": [], "place": []}
    _, denial = denied("The army", "this", EventDraft("clash", at(text, "this"), "denied", 0.7, spans))
    assert (denial.type, denial.spans["actor"]) == ("capture", [])


def test_who_is_said_to_have_done_it_may_deny_it() -> None:
    text = STORY.format("Rebels", "this")
    spans = {"actor": [(0, 6)], "target": [], "place": []}
    claim = ClaimDraft([at(text, "this")], (0, 6), at(text, "denied"), [], "denies", 0.8)
    act = EventDraft("capture", at(text, "took"), "happened", 0.9, {"actor": [(0, 6)], "target": [], "place": []})
    _, denial = taken_up(text, [claim], [act, EventDraft("clash", at(text, "this"), "denied", 0.7, spans)])
    denial.claim = 0
    without_deniers([denial], [claim], lambda span: text[slice(*span)])
    assert denial.spans["actor"] == [(0, 6)]


def test_an_act_told_far_before_is_not_meant() -> None:
    text = "Rebels took Mare. It rained. It was cold. Snow fell. The army denied this."
    act = EventDraft("capture", at(text, "took"), "happened", 0.9, {"actor": [], "target": [], "place": []})
    claim = ClaimDraft([at(text, "this")], at(text, "The army"), at(text, "denied"), [], "denies", 0.8)
    assert taken_up(text, [claim], [act]) == [act]
