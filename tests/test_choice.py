"""A choice among what is at hand, or none of it."""

from __future__ import annotations

import pytest

from sayso.records.choice import Weights, chances, likeliest

TABLE = Weights(least=0.5, weights={"none": 1.0, "near": 3.0, "far": -2.0})
AT_HAND = [("far",), ("near", "not known"), ()]


def test_chances_are_of_a_softmax_and_leave_room_for_none() -> None:
    likely = chances(("none",), AT_HAND, TABLE)
    assert likely == pytest.approx([0.0057, 0.8390, 0.0418], abs=1e-3)
    assert 1 - sum(likely) == pytest.approx(0.1135, abs=1e-3)
    assert chances(("none",), [], TABLE) == []


def test_chances_of_large_weights_are_numbers() -> None:
    assert chances(("none",), [("near",)], Weights(least=0.5, weights={"none": 9e3, "near": 9e3})) == [0.5]


def test_the_likeliest_is_taken_where_it_is_likely_enough() -> None:
    best = likeliest(("none",), AT_HAND, TABLE)
    assert best is not None
    assert best[0] == 1
    assert likeliest(("none",), AT_HAND, Weights(least=0.9, weights=TABLE.weights)) is None
    assert likeliest(("none",), [], TABLE) is None
