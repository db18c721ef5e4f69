"""Interviews and transcripts: whose word an answer is."""

from __future__ import annotations

import time

import pytest

from sayso.reading.reader import read_report
from sayso.reading.turns import turns
from sayso.reading.who import Who
from sayso.records import Report

TALK = """Interview: Bo Tayza Lin, deputy commander of the column

MAW LUU, 14 November 2023

Q: Your column overran the police station in Maw Luu. Who has the town today?

A: We hold half of it. The junta landed eighty men on Friday.

They hold the railway side.

Q: You have captured eleven policemen.

A: They eat the same rice as us.

This talk was translated.
"""


def told(text: str) -> list[tuple[str, bool, str]]:
    """The label of each turn, whether it asks, and what is said."""
    return [(text[slice(*turn.label)], turn.asks, text[slice(*turn.said)]) for turn in turns(text)]


def test_a_turn_goes_on_to_the_next_label_and_the_last_one_to_its_paragraphs_end() -> None:
    assert told(TALK) == [
        ("Q", True, "Your column overran the police station in Maw Luu. Who has the town today?"),
        ("A", False, "We hold half of it. The junta landed eighty men on Friday.\n\nThey hold the railway side."),
        ("Q", True, "You have captured eleven policemen."),
        ("A", False, "They eat the same rice as us."),
    ]


@pytest.mark.parametrize(
    ("opens", "asks", "answers"),
    [
        ("Horn Ledger: {}", "Horn Ledger", "Dr. Selam"),
        ("**{}**", "HOST", "MAYOR"),
        ("**{}:** ", "Q1", "A1"),
        ("{}. ", "Q", "A"),
    ],
)
def test_labels_of_many_kinds(opens: str, asks: str, answers: str) -> None:
    marks = {"**{}**": "**{}:** ", "Horn Ledger: {}": "{}: "}.get(opens, opens)
    said = ["Who fired?", "The army did.", "Do you know that?", "I saw it."]
    lines = [marks.format((asks, answers)[n % 2]) + words for n, words in enumerate(said)]
    assert told("\n".join(lines)) == [((asks, answers)[n % 2], n % 2 == 0, words) for n, words in enumerate(said)]


@pytest.mark.parametrize(
    "text",
    [
        "Killed: 7\nWounded: 12\nPlace: Tel Amin\nSource: two medics",
        "Army: the bridge is ours.\nRebels: it is not.\nArmy: we hold it.\nRebels: they lie.",
        "Control at noon: Goma: M23.\nControl at night: Goma: M23.",
        "Q: Who holds it?\nA: We do.",
        "Update: shells fell.\nUpdate: more shells fell. Where?\nUpdate: who fired?\nUpdate: it is quiet.",
    ],
)
def test_other_lines_with_colons_are_no_exchange(text: str) -> None:
    assert turns(text) == []


def test_a_rhetorical_question_makes_nobody_the_asker() -> None:
    lines = ["Ledger: Who fired?", "Dr. Selam: Who armed her?", "Ledger: You saw it?", "Dr. Selam: I saw it."]
    assert [asks for _, asks, _ in told("\n".join(lines))] == [True, False, True, False]


def test_an_answer_is_a_claim_of_who_is_interviewed_and_a_question_is_none() -> None:
    reading = read_report(Report(id="r", text=TALK))
    whose = {claim.source_is: [TALK[slice(*span)] for span in claim.content] for claim in reading.claims}
    assert list(whose) == ["Bo Tayza Lin"]
    questions = [turn.said for turn in turns(TALK) if turn.asks]
    asked = [e for e in reading.events if any(a <= e.trigger[0] < b for a, b in questions)]
    answered = [e for e in reading.events if e not in asked]
    assert asked and all(event.claim is None for event in asked)
    assert answered and all(event.claim is not None for event in answered)


def test_we_are_who_answers_and_you_who_is_asked() -> None:
    spans = {word: (TALK.index(word), TALK.index(word) + len(word)) for word in ("Your column", "We", "You", "us")}
    who = Who(TALK, [turn.label for turn in turns(TALK) if not turn.asks], dict.fromkeys(spans.values()))
    assert {word: who.name(span) for word, span in spans.items()} == {
        "Your column": "Bo Tayza Lin’s column", "We": "Bo Tayza Lin", "You": "Bo Tayza Lin", "us": "Bo Tayza Lin",
    }  # fmt: skip


def test_we_who_ask_are_the_outlet() -> None:
    text = TALK.replace("You have captured", "Those whom we met say that you have captured")
    span = (text.index("we met"), text.index("we met") + 2)
    who = Who(text, [turn.label for turn in turns(text) if not turn.asks], {span: None})
    assert (who.name(span), who.why(span)) == ("we", "who tells the report")


def test_outside_an_exchange_you_are_nobody() -> None:
    text = "Your army lies, the general said."
    who = Who(text, [(16, 27)], {(0, 9): None})
    assert who.name((0, 9)) == "army"


def test_a_text_of_labels_takes_no_long_time() -> None:
    text = "Aa Bb Cc Dd Ee" * 20_000 + "\n" + "Q: Who?\nA: We.\n" * 20_000
    begun = time.process_time()
    assert len(turns(text)) <= 500
    assert time.process_time() - begun < 2
