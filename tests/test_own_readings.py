"""Reports of this project's own with their annotations: `training/own.py`, which lies outside the package."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[1] / "training"
REPORT = """=== log
published: 2021-08-04
---
Night log

| 21:40 Two mortar rounds on the market, three dead.
| 23:05 The brigade denies that the bridge was lost.
Nothing else.
---
"""


@pytest.fixture(scope="module")
def own() -> ModuleType:
    spec = importlib.util.spec_from_file_location("training_own", FOLDER / "own.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_all_of_them_are_as_the_format_has_them(own: ModuleType) -> None:
    problems: list[str] = []
    found = list(own.readings(sorted(own.FOLDER.rglob("*.txt")), problems))
    assert problems == []
    assert len({reading["id"] for reading in found}) == len(found) > 100


def test_lines_become_sentences_and_words_become_spans(own: ModuleType, tmp_path: Path) -> None:
    marks = (
        '{"e":"shelling","s":1,"trigger":"mortar rounds","place":"the market","killed":"three","killed_n":[3,3]}\n'
        '{"c":"c1","s":2,"source":"The brigade","cue":"denies","content":["the bridge … lost"],"stance":"denies"}\n'
        '{"e":"withdraw","s":2,"trigger":"lost","status":"denied"}\n'
    )
    reading, problems = one(own, tmp_path, marks)
    assert problems == []
    assert reading["text"] == (
        "Night log\n\n21:40 Two mortar rounds on the market, three dead.\n"
        "23:05 The brigade denies that the bridge was lost. Nothing else."
    )
    shelling, lost = reading["events"]
    assert [reading["text"][slice(*shelling[role])] for role in ("trigger", "place", "killed")] == [
        "mortar rounds", "the market", "three",
    ]  # fmt: skip
    assert (shelling["claim"], lost["claim"], lost["status"]) == (None, "c1", "denied")
    assert reading["text"][slice(*reading["claims"][0]["content"][0])] == "the bridge was lost"


@pytest.mark.parametrize(
    ("mark", "problem"),
    [
        ('{"e":"shelling","s":1,"trigger":"gunfire"}', "'gunfire' is not in sentence 1"),
        ('{"e":"shelling","s":1,"trigger":"mortar round"}', "'mortar round' cuts a word"),
        ('{"e":"shelling","s":9,"trigger":"mortar"}', "no sentence 9"),
        ('{"e":"rain","s":1,"trigger":"mortar"}', "no type of event: 'rain'"),
        ('{"e":"shelling","s":1,"trigger":"mortar rounds","where":"the market"}', "no such field: where"),
        ('{"c":"c1","s":2,"cue":"denies"}', "a claim without content"),
        ('{"e":', "Expecting value"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(own: ModuleType, tmp_path: Path, mark: str, problem: str) -> None:
    _, problems = one(own, tmp_path, mark)
    assert len(problems) == 1
    assert problems[0].startswith(f"{tmp_path / 'reports.txt'}:10: log: {problem}")


def one(own: ModuleType, folder: Path, marks: str) -> tuple[dict, list[str]]:
    """The reading of `REPORT` with these lines of annotation, and what is wrong with it."""
    path = folder / "reports.txt"
    path.write_text(REPORT + marks, encoding="utf-8")
    problems: list[str] = []
    (reading,) = own.readings([path], problems)
    return reading, problems
