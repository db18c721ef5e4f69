"""What the line model makes of pages it was not written for: floors that only rise, lowered by hand with a reason."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sayso.pages.lines import TextLine, judge_lines
from sayso.pages.normalise import normalise
from sayso.records import SET_ASIDE_KINDS

SHARED = os.environ.get("SAYSO_SHARED")
pytestmark = [pytest.mark.gate, pytest.mark.skipif(SHARED is None, reason="SAYSO_SHARED is not set")]

TRAINING = Path(__file__).parents[2] / "training"
SAMPLE = Path(SHARED or "") / "samples/race-to-raqqa"
F1_BY_WORDS, LONG_KEPT, TITLES = 0.93, 0.97, 0.80  # over pages of sites that a fold never saw


@pytest.fixture(scope="module")
def training() -> ModuleType:
    """`training/lines.py`, which is no part of a package and imports its neighbour."""
    pytest.importorskip("sklearn")
    sys.path.insert(0, str(TRAINING))
    try:
        spec = importlib.util.spec_from_file_location("training_lines", TRAINING / "lines.py")
        assert spec and spec.loader
        module = sys.modules["training_lines"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(TRAINING))
    return module


def test_pages_of_unseen_sites(training: ModuleType) -> None:
    pages = training.pages_of(Path(SHARED or "") / "corpora")
    score = training.score_folds(pages, TRAINING / "folds")
    assert score.f1 >= F1_BY_WORDS, score
    assert score.long_share >= LONG_KEPT, score
    assert score.titles_right >= TITLES * score.titles, score


def received(name: str) -> list[tuple[int, TextLine]]:
    """The lines of a sample that are not empty, with their numbers."""
    rows = normalise((SAMPLE / name).read_bytes()).text.split("\n")
    return [(n, TextLine(row, n > 1 and not rows[n - 2])) for n, row in enumerate(rows, 1) if row]


def test_every_line_of_the_sample_page_is_what_it_is() -> None:
    lines = received("page.txt")
    judged = judge_lines([line for _, line in lines])
    labels = dict(json.loads((SAMPLE / "lines.json").read_text(encoding="utf-8")))
    assert {n: line.kind for (n, _), line in zip(lines, judged, strict=True)} == labels


def test_the_cleaned_copy_keeps_all_its_paragraphs() -> None:
    judged = judge_lines([line for _, line in received("copy.txt")])
    assert len(judged) == 14
    assert not [line for line in judged if line.kind in SET_ASIDE_KINDS or line.doubt]
