"""What two reports share: copied text, a quotation, standing background, or furniture."""

import msgspec
import pytest

from sayso.copies import CopyFinder, MemoryPostings
from tests.copies.stories import BRIDGE, FOOTER, MARKET, RAIN, SAID, STANDING, pair_of, text

SECT = (
    "The river people, who settled on both banks four hundred years ago and keep their own calendar, make up a tenth "
    "of the province and have long complained that the canal was dug without asking them."
)


@pytest.mark.parametrize(
    ("shared", "kind"), [(SAID, "quote"), (STANDING, "background"), (FOOTER, "furniture"), (BRIDGE[:400], "part")]
)
def test_a_shared_passage_says_what_the_pair_is(shared: str, kind: str) -> None:
    pair = pair_of(
        text("one", MARKET, shared, outlet="Herald", published="2016-06-08"),
        text("two", RAIN, shared, outlet="Herald", published="2016-06-09"),
    )
    assert pair.kind == kind


def test_a_copy_may_hold_a_quotation_and_background() -> None:
    pair = pair_of(text("one", BRIDGE, MARKET, STANDING, RAIN), text("two", BRIDGE, RAIN[:40], STANDING))
    assert pair.kind == "part"
    assert [passage.kind for passage in pair.passages] == ["copied", "background"]


def test_what_returns_for_months_is_background_however_it_is_worded() -> None:
    pool = [
        text("january", MARKET, SECT, outlet="Herald", published="2016-01-10"),
        text("march", RAIN, SECT, outlet="Courier", published="2016-03-02"),
        text("june", BRIDGE, SECT, outlet="Herald", published="2016-06-20"),
    ]
    finder = CopyFinder(MemoryPostings())
    early = [pair for report in pool[:2] for pair in finder.add(report)]
    late = finder.add(pool[2])
    assert {pair.kind for pair in late} == {"background"}
    assert [finder.judge_again(pair).kind for pair in early] == ["background"]


def test_the_same_words_on_one_day_are_copied() -> None:
    pair = pair_of(
        text("one", MARKET, SECT, outlet="Herald", published="2016-03-02"),
        text("two", RAIN, SECT, outlet="Courier", published="2016-03-02"),
    )
    assert pair.kind == "part"


def test_background_and_furniture_have_no_first() -> None:
    for shared in (STANDING, FOOTER):
        one, two = (
            text("one", MARKET, shared, published="2016-01-01"),
            text("two", RAIN, shared, published="2016-02-01"),
        )
        assert pair_of(one, two).first is None


def test_a_quotation_whose_marks_were_stripped_is_one_still() -> None:
    stripped = text("two", RAIN, SAID.replace('"', ""))
    start = stripped.text.index("We have asked")
    told = msgspec.structs.replace(stripped, quoted=((start, stripped.text.index(" Mariam")),))
    assert pair_of(text("one", MARKET, SAID), told).kind == "quote"
