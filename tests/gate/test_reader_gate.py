"""What the packaged reader finds, against gold readings: floors in percent that only rise, lowered only by hand."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.gate.conftest import Script

FLOORS = json.loads((Path(__file__).parent / "reader_floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def measure(script: Script) -> ModuleType:
    return script("measure")


def below(floors: dict[str, float], scores: dict[str, float]) -> list[str]:
    return [f"{row}: {scores[row]:.1f} < {floor}" for row, floor in floors.items() if scores[row] < floor]


def test_claims_and_events_are_those_that_careful_readers_found(measure: ModuleType, shared: Path) -> None:
    scores = measure.gold_scores(measure.default_model(), shared)
    assert not below(FLOORS["gold/dev"], scores)


def test_reports_of_other_kinds_are_read_as_those_who_wrote_them_do(measure: ModuleType, shared: Path) -> None:
    scores = measure.gold_scores(measure.default_model(), shared, "own")
    assert not below(FLOORS["own reports held out"], scores)


def test_attributions_are_those_of_polnear_in_its_own_convention(measure: ModuleType, shared: Path) -> None:
    chunks = shared / "corpora/polnear-cofenet/valid.txt"
    scores = measure.polnear_scores(measure.default_model(), chunks)
    assert not below(FLOORS["polnear dev, CofeNet form"], scores)


def test_toponyms_are_those_of_lgl_s_held_out_articles(measure: ModuleType, script: Script, shared: Path) -> None:
    toponyms = script("measure_toponyms")
    pairs = toponyms.found_and_wanted(measure.default_model(), shared / "corpora/geo")
    scores = {
        name: toponyms.f1(pairs, exact=exact)[2]
        for name, exact in (("the very same bounds", True), ("any overlap", False))
    }
    assert not below(FLOORS["toponyms of LGL held out"], scores)
