"""Which mentions in a report are of one event."""

from __future__ import annotations

import re
import time

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sayso.reading.incidents import LOOK_BACK, Mention, Sentences, incidents_of
from sayso.reading.reader import mentions_of
from sayso.records.reading import Bounds

MARK = re.compile(r"\[(\w+)\|([^\]]*)\]")  # [air_strike|bombed]


def mentions(story: str, *told: dict[str, object]) -> list[Mention]:
    """The mentions of a story in which triggers are marked; `told`: what else is known of each."""
    text, found, at = "", list[tuple[str, tuple[int, int]]](), 0
    for mark in MARK.finditer(story):
        text += story[at : mark.start()]
        found.append((mark[1], (len(text), len(text) + len(mark[2]))))
        text += mark[2]
        at = mark.end()
    sentences = Sentences(text + story[at:])
    none = {"place": None, "time": None, "weapon": None}
    bare = [sentences.mention(kind, trigger, none, (), ()) for kind, trigger in found]
    return [replace(one, **more) for one, more in zip(bare, [*told, *({},) * len(bare)], strict=False)]


def at(place: str, killed: Bounds | None = None) -> dict[str, object]:
    return {"place": frozenset(place.lower().split()), "is_placed": True, "killed": killed}


def test_a_title_and_the_sentence_it_announces_are_one_event() -> None:
    story = "[air_strike|Strike] kills nine in Azaz\nAn [air_strike|air strike] killed nine people in Azaz."
    assert incidents_of(mentions(story, at("Azaz", (9, 9)), at("Azaz", (9, 9)))) == [1, 1]


def test_two_places_and_two_days_are_two_events() -> None:
    story = "Rebels [shelling|shelled] Marea. They also [shelling|shelled] Azaz."
    assert incidents_of(mentions(story, at("Marea"), at("Azaz"))) == [1, 2]
    days = [{**at("Marea"), "time": day} for day in ("on monday", "on friday")]
    assert incidents_of(mentions(story, *days)) == [1, 2]


def test_the_attack_is_the_one_told_before() -> None:
    story = "A bomb [bombing|exploded] in Homs. The [bombing|bombing] was the third of its kind."
    assert incidents_of(mentions(story, at("Homs"))) == [1, 1]


def test_a_toll_is_of_the_attack_before_it() -> None:
    story = "A car bomb [bombing|exploded] in Qamishli. At least twelve people were [casualties|killed]."
    assert incidents_of(mentions(story, at("Qamishli"))) == [1, 1]


def test_a_denied_mention_is_of_the_event_that_is_denied() -> None:
    story = "Jets [air_strike|bombed] a bakery in Shaar. The army denied the [air_strike|strike]."
    assert incidents_of(mentions(story, at("Shaar"), {"status": "denied", "claim": 0, "by": "army"})) == [1, 1]


def test_who_goes_in_and_who_goes_out_do_two_things() -> None:
    story = "The SDF [advance|entered] Manbij and [withdraw|left] it. Talks were [talk|held] in Geneva."
    assert incidents_of(mentions(story, at("Manbij"), at("Manbij"), at("Geneva"))) == [1, 2, 3]


def test_the_same_words_by_other_parties_weigh_less() -> None:
    story = "IS [clash|fought] the army in Homs. Later IS [clash|fought] the SDF near Raqqa."
    army, sdf, group = frozenset({"army"}), frozenset({"sdf"}), frozenset({"is"})
    told = [{**at(place), "actors": (group,), "targets": (who,)} for place, who in (("Homs", army), ("Raqqa", sdf))]
    assert incidents_of(mentions(story, *told)) == [1, 2]


@given(st.lists(st.sampled_from(["air_strike", "clash", "casualties", "capture", "talk"]), max_size=30))
def test_numbers_are_those_of_first_mentions_in_order(kinds: list[str]) -> None:
    found = incidents_of([Mention(kind, sentence=at) for at, kind in enumerate(kinds)])
    assert list(dict.fromkeys(found)) == list(range(1, len(set(found)) + 1))


def test_a_report_without_events_has_none() -> None:
    assert mentions_of("Nothing happened.", [], []) == []
    assert incidents_of([]) == []


def test_a_mention_is_held_against_those_of_a_long_report_only() -> None:
    far = [Mention("talk")] * LOOK_BACK
    bombing = Mention("bombing", place=frozenset({"homs"}), is_placed=True, killed=(3, 3))
    assert incidents_of([bombing, *far[1:], bombing])[-1] == 1
    assert incidents_of([bombing, *far, bombing])[-1] > 1


def test_a_text_without_sentences_is_looked_at_once_for_each_event() -> None:
    began = time.process_time()
    sentences = Sentences("x " * 200_000)
    none = {"place": None, "time": None, "weapon": None}
    for at in range(2_000):
        sentences.mention("talk", (at * 200, at * 200 + 1), none, (), ())
    assert time.process_time() - began < 5  # twenty seconds, if each looked at all that stands before it
