"""Pairs of a pool: what is a copy of what, whatever the order, whichever report came first."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.copies import Bounds, CopyFinder, MemoryPostings, Pair, Text, pairs_of
from tests.copies.stories import BRIDGE, MARKET, RAIN, pair_of, text

SENTENCES = [sentence.strip() for sentence in " ".join((BRIDGE, MARKET, RAIN)).split(". ")]


def test_a_story_printed_again_is_the_same_report() -> None:
    wire, daily = text("wire", BRIDGE), text("daily", BRIDGE.upper().replace("'", "").replace(",", ""))
    pair = pair_of(wire, daily)
    assert (pair.kind, pair.how) == ("same", "exact")
    assert [(p.a, p.words) for p in pair.passages] == [((0, len(BRIDGE) - 1), 99)]


def test_a_lightly_edited_story_is_the_same_report() -> None:
    edited = BRIDGE.replace("Monday", "Tuesday").replace("lorries", "trucks").replace("two kilometres", "a mile")
    pair = pair_of(text("wire", BRIDGE), text("daily", edited))
    assert (pair.kind, pair.how) == ("same", "near")


def test_a_story_cut_short_is_a_part() -> None:
    short = BRIDGE[: BRIDGE.index(" The army")]
    pair = pair_of(text("wire", BRIDGE), text("daily", short))
    assert (pair.kind, pair.how, pair.first) == ("part", "part", "a")
    assert "has more" in pair.why
    assert [(p.a, p.b) for p in pair.passages] == [((0, len(short) - 1), (0, len(short) - 1))]


def test_an_excerpt_in_another_story_is_a_part() -> None:
    own = BRIDGE[: BRIDGE.index(" The brigade's")]
    pair = pair_of(text("wire", BRIDGE, RAIN), text("weekly", MARKET, own))
    assert (pair.kind, pair.how, pair.first) == ("part", "excerpt", None)
    (passage,) = pair.passages
    assert passage.b[0] == len(MARKET) + 2


def test_paragraphs_in_another_order_are_all_found() -> None:
    pair = pair_of(text("wire", BRIDGE, MARKET, RAIN), text("daily", RAIN, BRIDGE, MARKET))
    found = {text_of[slice(*p.b)][:12] for p in pair.passages for text_of in ["\n\n".join((RAIN, BRIDGE, MARKET))]}
    assert found == {"Heavy rain h", "Fighters of "}  # the two that still follow each other are one passage


def test_a_rewritten_story_is_found() -> None:
    words = BRIDGE.split()
    rewritten = " ".join("something" if at % 11 in (3, 5, 7) else word for at, word in enumerate(words))
    pair = pair_of(text("wire", BRIDGE), text("daily", rewritten))
    assert pair.how == "rewritten"


def test_stories_that_only_tell_alike_are_no_pair() -> None:
    other = (
        "Fighters of the Eastern Brigade left the town of Qasrin on Friday after a day of talks, two residents said. "
        "Nobody was hurt. The brigade's spokesman said that the prisoners taken in March had been let go."
    )
    assert list(pairs_of([text("wire", BRIDGE), text("daily", other)])) == []


def test_arabic_and_cyrillic_are_compared_too() -> None:
    arabic = (
        "قال سكان في بلدة قصرين إن مقاتلين عبروا الجسر القديم فجر يوم الاثنين وسيطروا على مبنى الجمارك بعد ساعة من "
        "إطلاق النار وقتل اثنان من الحراس وأصيب خباز برصاصة طائشة بينما كان يفتح مخبزه ولم يرد الجيش على الاتصالات"
    )
    assert pair_of(text("a", arabic), text("b", arabic.replace("إ", "ا"))).how == "exact"
    russian = (
        "Жители города Касрин сообщили, что бойцы на рассвете перешли старый мост и после часа стрельбы заняли здание "
        "таможни, двое охранников погибли, а пекарь, который открыл лавку, был ранен шальной пулей в ногу, "
        "ещё трое жителей ушли из города пешком"
    )
    assert pair_of(text("a", russian), text("b", russian.replace("ё", "е"), MARKET)).kind == "part"


def test_the_same_report_added_again_changes_nothing() -> None:
    finder = CopyFinder(MemoryPostings())
    assert finder.add(text("wire", BRIDGE)) == []
    assert len(finder.add(text("daily", BRIDGE))) == 1
    assert finder.add(text("daily", BRIDGE)) == []


def test_copies_of_copies_are_found_behind_the_first() -> None:
    copies = [text(f"daily {n}", BRIDGE, f"Printed in {n} towns.") for n in range(5)]
    pairs = list(pairs_of([text("wire", BRIDGE), *copies, text("part", BRIDGE[:300], RAIN)]))
    assert len(pairs) == 7 * 6 / 2


def test_a_story_that_everybody_prints_is_laid_beside_a_few_and_always_its_first() -> None:
    finder = CopyFinder(MemoryPostings(), Bounds(candidates=3))
    finder.add(text("wire", BRIDGE))
    finder.add(text("rain", RAIN))
    for n in range(8):
        partners = [pair.a for pair in finder.add(text(f"daily {n}", BRIDGE, f"Printed in {n} towns."))]
        assert partners[0] == "wire"
        assert len(partners) == min(n + 1, 3)


@pytest.mark.parametrize("hostile", ["a " * 20_000, "x" * 50_000, "so it is " * 5000, "\n" * 9999, "🙂 " * 3000])
def test_refrains_and_noise_end_soon(hostile: str) -> None:
    pairs = list(pairs_of([text("one", hostile), text("two", hostile + BRIDGE), text("three", MARKET + hostile)]))
    assert len(pairs) <= 3


def unordered(pairs: list[Pair]) -> set[object]:
    """Pairs whichever report came first, without their direction."""
    return {
        (frozenset((p.a, p.b)), p.kind, p.how, frozenset(frozenset(((p.a, q.a), (p.b, q.b))) for q in p.passages))
        for p in pairs
    }


reports = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6, unique=True), min_size=2, max_size=8)


@given(reports, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_a_pool_does_not_matter(pool: list[list[str]], chance: object) -> None:
    texts = [Text(id=str(number), text=". ".join(sentences)) for number, sentences in enumerate(pool)]
    shuffled = list(texts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert unordered(list(pairs_of(texts))) == unordered(list(pairs_of(shuffled)))


@given(reports)
@settings(max_examples=40, deadline=None)
def test_one_by_one_or_all_at_once(pool: list[list[str]]) -> None:
    texts = [Text(id=str(number), text=". ".join(sentences)) for number, sentences in enumerate(pool)]
    finder = CopyFinder(MemoryPostings())
    one_by_one = [pair for text in texts for pair in finder.add(text)]
    assert [finder.judge_again(pair) for pair in one_by_one] == list(pairs_of(texts))


@given(reports)
@settings(max_examples=40, deadline=None)
def test_passages_are_words_of_both_and_overlap_in_neither(pool: list[list[str]]) -> None:
    texts = {str(number): Text(id=str(number), text=". ".join(sentences)) for number, sentences in enumerate(pool)}
    for pair in pairs_of(texts.values()):
        for id, spans in ((pair.a, [p.a for p in pair.passages]), (pair.b, [p.b for p in pair.passages])):
            spans.sort()
            assert all(0 <= start < end <= len(texts[id].text) for start, end in spans)
            assert all(one[1] <= other[0] for one, other in pairwise(spans))
