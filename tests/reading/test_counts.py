"""How many, in the words of reports."""

import pytest

from sayso.reading.counts import bounds_of


@pytest.mark.parametrize(
    ("phrase", "bounds"),
    [
        ("at least 70", (70, None)),
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
