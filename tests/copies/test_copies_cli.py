"""`sayso copies` over files: pairs as JSON lines with the ids of the input, or side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.cli.copies import CopiesOptions, copies_among
from tests.copies.stories import BRIDGE, MARKET, RAIN


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    path = tmp_path / "pool.jsonl"
    rows = [
        {"id": "r-1", "text": BRIDGE, "outlet": "Reuters", "published": "2016-06-08"},
        {"id": "h-2", "text": "QASRIN (Reuters) - " + BRIDGE, "outlet": "Herald", "published": "2016-06-07"},
        {"id": "h-3", "text": MARKET + "\n\n" + RAIN, "outlet": "Herald"},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


def test_json_names_the_reports_as_the_input_does(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert copies_among(CopiesOptions(inputs=[str(pool)], as_json=True)) == 0
    (line,) = capsys.readouterr().out.splitlines()
    pair = json.loads(line)
    assert (pair["a"], pair["b"], pair["kind"], pair["first"]) == ("r-1", "h-2", "same", "a")
    assert pair["passages"] == [[0, len(BRIDGE) - 1, 19, len(BRIDGE) + 18]]
    assert "b credits Reuters" in pair["why"]


def test_people_see_the_passages_side_by_side(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copies_among(CopiesOptions(inputs=[str(pool)]))
    told = capsys.readouterr().out
    assert "r-1 | h-2: the same report (near)" in told
    assert "    Fighters of the Northern Brigade crossed the old    | Fighters of the Northern Brigade" in told
    assert told.endswith("3 reports. 1 pair: 1 same\n")


def test_the_same_file_twice_is_one_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(BRIDGE, "utf-8")
    assert copies_among(CopiesOptions(inputs=[str(tmp_path)], as_json=True)) == 1
    assert f"the same bytes as {tmp_path / 'one.txt'}" in capsys.readouterr().err
