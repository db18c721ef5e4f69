"""What the line model makes of pages it was not written for: floors that only rise, lowered by hand with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from sayso.pages.lines import TextLine, judge_lines
from sayso.pages.normalise import normalise
from sayso.records import SET_ASIDE_KINDS
from tests.gate.conftest import Script

TRAINING = Path(__file__).parents[2] / "training"
F1_BY_WORDS, LONG_KEPT, TITLES = 0.93, 0.97, 0.80  # over pages of sites that a fold never saw


@pytest.fixture(scope="module")
def training(script: Script) -> ModuleType:
    pytest.importorskip("sklearn")
    return script("lines")


def test_pages_of_unseen_sites(training: ModuleType, shared: Path) -> None:
    pages = training.pages_of(shared / "corpora")
    score = training.score_folds(pages, TRAINING / "folds")
    assert score.f1 >= F1_BY_WORDS, score
    assert score.long_share >= LONG_KEPT, score
    assert score.titles_right >= TITLES * score.titles, score


def received(path: Path) -> list[tuple[int, TextLine]]:
    """The lines of a sample that are not empty, with their numbers."""
    rows = normalise(path.read_bytes()).text.split("\n")
    return [(n, TextLine(row, n > 1 and not rows[n - 2])) for n, row in enumerate(rows, 1) if row]


def test_every_line_of_the_sample_page_is_what_it_is(sample: Path) -> None:
    lines = received(sample / "page.txt")
    judged = judge_lines([line for _, line in lines])
    labels = dict(json.loads((sample / "lines.json").read_text(encoding="utf-8")))
    assert {n: line.kind for (n, _), line in zip(lines, judged, strict=True)} == labels


def test_the_cleaned_copy_keeps_all_its_paragraphs(sample: Path) -> None:
    judged = judge_lines([line for _, line in received(sample / "copy.txt")])
    assert len(judged) == 14
    assert not [line for line in judged if line.kind in SET_ASIDE_KINDS or line.doubt]
