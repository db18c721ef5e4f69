"""How many, in the words of reports."""

import pytest

from sayso.reading.counts import bounds_of, counts_the_living


@pytest.mark.parametrize(
    ("phrase", "bounds"),
    [
        ("at least 70", (70, None)),
        ("at least 50 and possibly as many as 70", (50, 70)),
        ("not less than 17", (17, None)),
        ("twenty soldiers or more", (20, None)),
        ("no more than five", (0, 5)),
        ("not more than 10", (0, 10)),
        ("half a dozen", (6, 6)),
        ("a few hundred", (200, None)),
        ("no soldiers", (0, 0)),
        ("four others, aged 45, 51, 60 and 72", (4, 4)),
        ("two women (45 and 62)", (2, 2)),
        ("a three-year-old girl and her grandmother", (2, 2)),
        ("a policeman, two teachers and their guard", (4, 4)),
        ("a couple and their three children", (5, 5)),
        ("a mother of three and a father of four", (2, 2)),
        ("eight people (five men, two women and a child)", (8, 8)),
        ("seven members of one family - a father, a mother and their five children -", (7, 7)),
        ("a handful of fighters", None),
        ("more than two dozen militiamen", (24, None)),
        ("up to forty", (0, 40)),
        ("about 15 people", (15, 15)),
        ("a dozen", (12, 12)),
        ("dozens", (24, None)),
        ("scores of conscripts", (40, None)),
        ("hundreds of families", (200, None)),
        ("tens of thousands", (20_000, None)),
        ("between 20 and 30", (20, 30)),
        ("20 to 30 fighters", (20, 30)),
        ("1,472 displaced", (1472, 1472)),
        ("one hundred and four", (104, 104)),
        ("twenty-one", (21, 21)),
        ("no casualties", (0, 0)),
        ("nobody", (0, 0)),
        ("a shepherd", (1, 1)),
        ("three women and two boys", (5, 5)),
        ("a driver and four passengers", (5, 5)),
        ("nine people, including two nurses", (9, 9)),
        ("another six people", (6, 6)),
        ("a 45-year-old teacher", (1, 1)),
        ("a woman born in 1961", (1, 1)),
        ("the commander of the 6th Regiment", (1, 1)),
        ("40 civilians 25 fighters", (65, 65)),
        ("a woman and child", (2, 2)),
        ("several hundred", (200, None)),
        ("as high as 400", (0, 400)),
        ("those injured in the blast", None),
        ("several soldiers", None),
        ("an unknown number of guards", None),
        ("the villagers", None),
    ],
)
def test_a_phrase_means_a_lowest_and_a_highest_number(phrase: str, bounds: tuple[int, int | None] | None) -> None:
    assert bounds_of(phrase) == bounds
    assert bounds_of(phrase.upper()) == bounds


@pytest.mark.parametrize(
    ("text", "number", "living"),
    [
        ("Thousands got out of Azaz on Friday. A monitor put the number at 9,000.", "9,000", True),
        ("Families fled. The UN counts at least 14,000.", "at least 14,000", True),
        ("Residents fled the strike, which killed dozens; the toll is 60.", "60", False),
        ("The monitor put the number at 24.", "24", False),
        ("Families fled. Then 20 soldiers came.", "20 soldiers", False),
        ("A car bomb left 24 dead in Azaz on Monday.", "24", False),
        ("Families fled. 14 were killed in the strike.", "14", False),
        ("The fleet returned fire, leaving 15 behind.", "15", False),
        ("Families fled.\n\nThe number rose to 24.", "24", False),
        ("11 suspects detained in Kilis after rocket fire", "11 suspects", True),
        ("Forty were killed. Nine men were arrested.", "Nine men", True),
        ("Killed: nine men taken prisoner.", "nine men", False),
        ("They executed 250 soldiers captured at the base.", "250 soldiers", False),
    ],
)
def test_a_number_of_who_only_fled_or_was_held_is_not_of_the_dead(text: str, number: str, living: bool) -> None:
    start = text.index(number)
    assert counts_the_living(text, start, start + len(number)) is living


def test_a_long_run_of_digits_takes_no_time() -> None:
    text = "Families fled " + "1 " * 100_000
    assert not counts_the_living(text, 14, len(text))
