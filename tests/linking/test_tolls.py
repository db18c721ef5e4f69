"""A number of some of the dead is a least number of all, and no toll of its own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.linking.describe import Description
from sayso.linking.disputes import disputes_of
from sayso.linking.tolls import told_of_all
from sayso.records.pool import Account, Voice


def told(sentence: str) -> bool:
    """Whether the number in braces is of all."""
    start, end = sentence.index("{"), sentence.index("}") - 1
    return told_of_all((5, 5), sentence.replace("{", "").replace("}", ""), (start, end)) == (5, 5)


@pytest.mark.parametrize(
    "sentence",
    [
        "{Five children} were among the dead, it added.",
        "{Five} of those killed were bakers.",
        "Among the dead were {five women}.",
        "86 died, including {five nurses}.",
        "86 died, including at least {five} nurses.",
        "Among the dead were at least {five women}.",
        "86 died, {five} of them children.",
        "{Five of the dead} are children.",
    ],
)
def test_a_number_of_some(sentence: str) -> None:
    assert not told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It killed {five}, three of them children.",
        "{Five civilians among them three children} were killed.",
        "The army clashed with them, killing {five of them}.",
        "{Five people} were killed; three were among the dead of May.",
        "{Five} dead in strike on bakery",
        "The army ambushed 30 soldiers. {Five of them} were killed.",
        "{Five} died and three of those killed were children.",
        "It left 40 casualties, including {five} dead.",
    ],
)
def test_a_number_of_all(sentence: str) -> None:
    assert told(sentence)


def test_a_part_is_neither_the_least_told_nor_disputed() -> None:
    every = Account(
        key="a#e1", report="a", event="e1", incident="i1", type="air_strike", status="happened", stance=None,
        words="It killed eleven.", start=0, end=17, trigger=(3, 9), killed=(11, 11), published="2016-06-08",
        chain=(Voice(name="Furat Monitor", id=None, side="monitor"),),
    )  # fmt: skip
    some = replace(every, key="a#e2", event="e2", type="casualties", killed=(3, None))
    assert Description([every, some]).killed == (11, 11)
    assert disputes_of([every, some]) == ()


def test_a_number_that_one_voice_tells_beside_a_higher_one_is_of_some() -> None:
    every = Account(
        key="a#e1", report="a", event="e1", incident="i1", type="shelling", status="happened", stance=None,
        words="Vartan counts five.", start=0, end=19, trigger=(7, 13), killed=(5, 5), published="2016-06-08",
        chain=(Voice(name="Vartan", id=None, side="witness"),),
    )  # fmt: skip
    one = replace(every, key="a#e2", event="e2", type="casualties", killed=(1, 1))
    assert Description([every, one]).killed == (5, 5)
    police = replace(one, chain=(Voice(name="police", id=None, side="state"),), killed=(4, 4))
    assert Description([every, police]).killed == (4, 5)


def test_a_number_is_left_out_only_where_it_rose_later() -> None:
    def told(day: int, killed: tuple[int, int | None]) -> Account:
        return Account(
            key=f"{day}-{killed}#e1", report=f"{day}-{killed}", event="e1", incident="i1", type="air_strike",
            status="happened", stance=None, words="It killed some.", start=0, end=15, trigger=(3, 9), killed=killed,
            published=f"2016-06-{day:02}", chain=(Voice(name=f"Monitor {day}", id=None, side="monitor"),),
        )  # fmt: skip

    rebels, first, risen, last = told(11, (18, 18)), told(11, (9, None)), told(12, (11, 11)), told(13, (14, 14))
    assert Description([rebels, first, risen, last, told(14, (18, 18))]).killed == (14, 18)
    assert Description([first, risen]).killed == (11, 11)
    assert Description([told(11, (24, 24)), told(12, (20, 20))]).killed == (20, 24)
    assert Description([replace(told(11, (5, 5)), published=None), told(12, (7, 7))]).killed == (5, 7)
