"""How alike two wordings are."""

from __future__ import annotations

import pytest

from sayso.linking.meanings import near
from sayso.linking.nodes import wording
from sayso.linking.wording import UNSEEN, stem, stems, weight


def test_rare_words_weigh_more_than_common_ones() -> None:
    assert weight(stem("the")) < weight(stem("killed")) < weight(stem("ambulance")) < weight("qwzx") == UNSEEN


def test_a_wording_keeps_its_rarest_words() -> None:
    assert wording("The ambulance was killed by the qwzx", 2).stems == ("qwzx", "ambul")


@pytest.mark.parametrize(("one", "other"), [("blast", "explosion"), ("murder", "killing"), ("captured", "seized")])
def test_words_for_one_act_are_near(one: str, other: str) -> None:
    assert near(stems(one), stems(other)) > 0.4 > near(stems(one), stems("visited"))


def test_words_that_are_not_known_are_near_to_nothing() -> None:
    assert near(stems("qwzx"), stems("blast")) == 0.0
