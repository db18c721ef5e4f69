"""Agreement of coders, against examples of the literature."""

from __future__ import annotations

import pytest

from sayso.views.review_agreement import alpha, kappa, percent

# Krippendorff, Computing Krippendorff's alpha-reliability (2011), section C: four observers, twelve units, nominal.
OBSERVERS = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}
UNITS = [
    {who: value for who, value in zip(OBSERVERS, values, strict=True) if value != "."}
    for values in zip(*(row.split() for row in OBSERVERS.values()), strict=True)
]


def test_alpha_is_that_of_the_example() -> None:
    found = alpha(UNITS)
    assert found == pytest.approx(0.743, abs=0.0005)


def test_alpha_of_two_observers_is_that_of_the_example() -> None:
    units = [{"A": one, "B": other} for one, other in zip("aabbdcccedda", "babbbccceddd", strict=True)]
    assert alpha(units) == pytest.approx(0.692, abs=0.0005)


def test_who_always_says_the_same_agrees_wholly() -> None:
    units = [{"A": value, "B": value} for value in "abab"]
    assert (percent(units), kappa([("a", "a"), ("b", "b")]), alpha(units)) == (100.0, 1.0, 1.0)


def test_where_nothing_varies_chance_explains_all() -> None:
    assert (kappa([("a", "a")] * 3), alpha([{"A": "a", "B": "a"}] * 3)) == (None, None)


def test_of_nothing_nothing_is_told() -> None:
    assert (percent([]), kappa([]), alpha([]), alpha([{"A": "x"}])) == (None, None, None, None)


def test_percent_counts_pairs_of_coders() -> None:
    assert percent([{"A": "x", "B": "x", "C": "y"}]) == pytest.approx(100 / 3)
