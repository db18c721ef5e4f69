"""Anchors to claims and events, without a network: the anchors are given as words of the text."""

from __future__ import annotations

import re

from sayso.reading.decode import decode
from sayso.reading.drafts import ClaimDraft, EventDraft
from sayso.reading.labels import ATTRIBUTES, CUE, ROLES
from sayso.reading.model import Anchor
from sayso.reading.windows import Words, words_of
from sayso.records.vocabulary import EVENT_TYPES
from tests.reading.test_windows import TOKENIZER


def run_of(text: str, words: Words, quote: str, nth: int = 0) -> tuple[int, int]:
    start = [m.start() for m in re.finditer(re.escape(quote), text)][nth]
    inside = [i for i, (a, b) in enumerate(words.spans.tolist()) if a >= start and b <= start + len(quote)]
    return inside[0], inside[-1] + 1


def anchor(text: str, kind: str, at: str, label: str, nth: int = 0, **roles: str | list[str]) -> Anchor:
    words = words_of(text, TOKENIZER)
    spans = {
        ROLES.index(role): [(*run_of(text, words, q), 5.0) for q in ([given] if isinstance(given, str) else given)]
        for role, given in roles.items()
    }
    number = CUE if kind == "say" else EVENT_TYPES.index(kind)
    return Anchor(*run_of(text, words, at, nth), number, 0.9, spans, ATTRIBUTES.index(label))


def read(text: str, *anchors: Anchor) -> tuple[list[ClaimDraft], list[EventDraft]]:
    return decode(text, words_of(text, TOKENIZER), anchors)


def test_an_event_stands_on_the_word_of_the_innermost_claim_around_it() -> None:
    text = "State radio said the army denied that its jets bombed Mare."
    claims, events = read(
        text,
        anchor(
            text, "say", "said", "affirms", source="State radio", content="the army denied that its jets bombed Mare"
        ),
        anchor(text, "say", "denied", "denies", source="the army", content="its jets bombed Mare"),
        anchor(text, "air_strike", "bombed", "denied", actor="its jets", place="Mare"),
    )
    assert [(c.stance, c.within) for c in claims] == [("affirms", None), ("denies", 0)]
    assert events[0].claim == 1
    assert events[0].status == "denied"


def test_an_event_in_nobodys_mouth_is_the_reports_own_word() -> None:
    text = "Shells hit Azaz. An aid worker said two were hurt."
    _, events = read(
        text,
        anchor(text, "shelling", "hit", "happened", place="Azaz"),
        anchor(text, "say", "said", "affirms", source="An aid worker", content="two were hurt"),
    )
    assert events[0].claim is None


def test_an_interrupted_quotation_is_one_claim_of_several_spans() -> None:
    text = '"We hold the mill," the colonel said, "and the bridge."'
    claims, _ = read(
        text,
        anchor(text, "say", "said", "affirms", source="the colonel", content=["We hold the mill,", "and the bridge."]),
    )
    assert [text[a:b] for a, b in claims[0].content] == ["We hold the mill,", "and the bridge."]


def test_a_quotation_that_fills_the_next_paragraph_goes_on_in_the_same_mouth() -> None:
    text = '"The road is cut," Umm Khalil told the agency.\n\n"We have bread for two days and no fuel."'
    claims, _ = read(
        text,
        anchor(text, "say", "told", "affirms", source="Umm Khalil", content="The road is cut,"),
    )
    assert len(claims) == 2
    assert claims[1].cue is None
    assert claims[1].source is None
    assert claims[1].speaker == 0
    assert text[slice(*claims[1].content[0])] == "We have bread for two days and no fuel."


def test_a_scare_quote_is_no_claim() -> None:
    text = '"The road is cut," Umm Khalil said.\n\nThe army spoke of a "very limited and short operation" near the dam.'
    claims, _ = read(text, anchor(text, "say", "said", "affirms", source="Umm Khalil", content="The road is cut,"))
    assert len(claims) == 1


def test_a_headline_that_only_names_its_source_has_a_claim_without_a_cue() -> None:
    text = "Nine killed in Raqqa raid: monitor"
    claims, _ = read(
        text,
        anchor(text, "say", "monitor", "affirms", source="monitor", content="Nine killed in Raqqa raid"),
    )
    assert claims[0].cue is None
    assert claims[0].source is not None


def test_two_cues_around_the_same_words_are_one_claim() -> None:
    text = "According to the council, the truce holds, it said."
    claims, _ = read(
        text,
        anchor(text, "say", "According to", "affirms", source="the council", content="the truce holds"),
        anchor(text, "say", "said", "affirms", source="it", content="the truce holds"),
    )
    assert len(claims) == 1


def test_a_cue_without_content_claims_nothing() -> None:
    text = "The mayor told reporters."
    assert read(text, anchor(text, "say", "told", "affirms", source="The mayor")) == ([], [])


def test_a_bare_numeral_is_no_target() -> None:
    text = "Shells killed 19 and hurt two guards in Azaz."
    _, events = read(
        text, anchor(text, "shelling", "Shells", "happened", target=["19", "two guards"], killed="19", place="Azaz")
    )
    assert [text[slice(*span)] for span in events[0].spans["target"]] == ["two guards"]


def test_a_word_without_content_is_no_trigger() -> None:
    text = "On the day before, shells fell on the market."
    _, events = read(text, anchor(text, "control", "the", "ongoing"), anchor(text, "shelling", "fell on", "happened"))
    assert [text[slice(*e.trigger)] for e in events] == ["fell on"]


def test_a_phrase_and_what_it_includes_are_one_target() -> None:
    text = "Shells killed 44 civilians including 11 women, two medics and a driver."
    targets = ["44 civilians", "11 women", "two medics", "a driver"]
    _, events = read(text, anchor(text, "shelling", "killed", "happened", target=targets))
    words = [text[slice(*s)] for s in events[0].spans["target"]]
    assert words == ["44 civilians including 11 women", "two medics", "a driver"]


def test_a_place_is_held_and_a_man_is_in_custody() -> None:
    text = "The RSF has held Al-Fula since May. The RSF has held a baker in Nyala since May."
    _, (of_a_place, of_a_man) = read(
        text,
        anchor(text, "arrest", "held", "ongoing", actor="The RSF", target="Al-Fula", place="Al-Fula"),
        anchor(text, "arrest", "held", "ongoing", nth=1, actor="The RSF", target="a baker", place="Nyala"),
    )
    assert (of_a_place.type, of_a_place.spans["target"]) == ("control", [])
    assert (of_a_man.type, [text[a:b] for a, b in of_a_man.spans["target"]]) == ("arrest", ["a baker"])


def test_what_is_held_where_nobody_is_named_is_a_place() -> None:
    text = "It was back in the town, which militiamen had held since Wednesday."
    _, (held,) = read(text, anchor(text, "abduct", "held", "ongoing", actor="militiamen"))
    assert held.type == "control"
    text = "Ten were held on Friday."
    _, (held,) = read(text, anchor(text, "arrest", "held", "happened"))
    assert held.type == "arrest"
