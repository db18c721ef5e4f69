"""The pairs of a large pool, found by several processes: the very same as by one."""

import pytest

from sayso.copies import pairs_of
from sayso.engine import pairs
from tests.copies.stories import BRIDGE, FOOTER, MARKET, RAIN, SAID, STANDING, text

POOL = [
    text("wire", BRIDGE, published="2016-01-10"),
    text("daily", BRIDGE, FOOTER, outlet="Herald", published="2016-01-11"),
    text("weekly", MARKET, SAID, outlet="Herald", published="2016-02-01"),
    text("herald", RAIN, STANDING, BRIDGE[:300], published="2016-03-01"),
    text("courier", RAIN[:200], SAID, outlet="Courier", published="2016-04-01"),
    text("late", STANDING, MARKET[:250], FOOTER, outlet="Herald", published="2016-05-01"),
    text("again", RAIN, published="2016-05-02"),
]


@pytest.mark.parametrize("waiting", [0, 50])
@pytest.mark.parametrize("workers", [1, 2])
def test_many_processes_find_what_one_finds(workers: int, waiting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "_FEW", 2)
    monkeypatch.setattr(pairs, "_TOGETHER", 2)
    monkeypatch.setattr(pairs, "_WAITING", waiting)
    found = list(pairs.pairs_among(POOL, workers))
    assert found == list(pairs_of(POOL))
    assert {pair.kind for pair in found} >= {"part", "quote", "background"}
