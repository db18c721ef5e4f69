"""Linking over ECB+ topics 30-35, nothing of which was trained on: floors in percent, lowered only by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.gate.conftest import Script

GOLD = {"muc": 74.2, "b_cubed": 72.3, "ceaf_e": 61.4, "conll": 69.4}  # 75 is aimed at; ceaf_e lowered for muc


def test_the_scores_are_those_of_the_reference_implementation(script: Script) -> None:
    """The example of Pradhan et al. 2014, figure 1, with the values given there."""
    pytest.importorskip("scipy")
    scores = script("coreference_scores")
    key = [frozenset("abc"), frozenset("defg")]
    response = [frozenset("ab"), frozenset("cd"), frozenset("fghi")]
    found = {s.__name__: [round(part(s(key, response)), 2) for part in (_recall, _precision, _f1)] for s in
             (scores.muc, scores.b_cubed, scores.ceaf_e)}  # fmt: skip
    assert found == {"muc": [0.4, 0.4, 0.4], "b_cubed": [0.42, 0.5, 0.45], "ceaf_e": [0.65, 0.43, 0.52]}


def _recall(score: Any) -> float:
    return float(score.recall)


def _precision(score: Any) -> float:
    return float(score.precision)


def _f1(score: Any) -> float:
    return float(score.f1)


def test_actions_of_news_never_trained_on_are_linked(script: Script, shared: Path) -> None:
    pytest.importorskip("sklearn")
    scores = script("measure_ecb").on_gold(shared, range(30, 36))["linked"]
    assert {name: scores[name] >= floor for name, floor in GOLD.items()} == dict.fromkeys(GOLD, True)
