"""Copies in real reports and in a pool of known provenance: floors that only rise, ceilings that only fall."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from sayso.copies import Pair, Text, pairs_of
from sayso.pages.gather import GatherOptions, gather
from sayso.pages.page import Page
from sayso.pages.report import report_of
from tests.gate.conftest import Script

FLOORS = {"copy": 1.0, "part": 0.99, "excerpt": 0.96, "rewritten": 0.60}
PRECISION = 0.97
REPORTS = 2000


@pytest.fixture(scope="module")
def bench(script: Script) -> ModuleType:
    return script("copies")


def test_recall_and_precision_in_a_pool_of_known_provenance(bench: ModuleType, shared: Path) -> None:
    documents = bench.pool(shared / "corpora", REPORTS)
    texts = [Text(id=str(number), text=" ".join(document.words)) for number, document in enumerate(documents)]
    scores = bench.score(documents, list(pairs_of(texts)))
    assert scores.precision >= PRECISION
    for kind, floor in FLOORS.items():
        assert scores.recall(kind) >= floor, kind


def test_the_part_copy_of_a_page_is_aligned_word_by_word(shared: Path) -> None:
    folder = shared / "samples" / "race-to-raqqa"
    inputs = [str(folder / "page.txt"), str(folder / "copy.txt")]
    pages = [page for page in gather(inputs, GatherOptions(), sys.stdin.buffer) if isinstance(page, Page)]
    page, copy = (Text.of(report_of(page)) for page in pages)
    (pair,) = pairs_of([page, copy])
    assert (pair.kind, pair.first) == ("part", "a")
    assert sum(passage.words for passage in pair.passages) == 500  # all words that the copy has


@pytest.fixture(scope="module")
def fakes(shared: Path) -> tuple[dict[str, Text], list[Pair]]:
    path = shared / "corpora" / "fakes" / "fakes.csv"
    with path.open(encoding="latin-1", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {}
    for number, row in enumerate(rows):
        month, day, year = row["date"].split("/")
        published = f"{year}-{int(month):02}-{int(day):02}"
        id = str(number)
        texts[id] = Text(id=id, text=row["article_content"], published=published, outlet=row["source"])
    return texts, list(pairs_of(texts.values()))


def test_standing_background_and_footers_are_no_copies(fakes: tuple[dict[str, Text], list[Pair]]) -> None:
    """One outlet's footer stands below 22 of its reports, and a paragraph on the war in some fifty."""
    _, pairs = fakes
    counts = Counter(pair.kind for pair in pairs)
    assert counts["furniture"] >= 175
    assert counts["background"] >= 180
    assert 120 <= counts["part"] + counts["same"] <= 200


def test_no_one_copies_what_was_written_by_formula(fakes: tuple[dict[str, Text], list[Pair]]) -> None:
    """An agency's daily accounts of shelling are worded alike from day to day, and are no copies of each other."""
    texts, pairs = fakes
    daily = [pair for pair in pairs if texts[pair.a].outlet == texts[pair.b].outlet == "sana" and pair.kind == "part"]
    assert len(daily) <= 3
