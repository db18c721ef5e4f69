"""`sayso export`."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import sayso.cli.pool
from sayso.cli.export import FORMATS, export
from sayso.linking.pool import Pool
from sayso.views.export import FORMATS as KNOWN


@pytest.fixture
def run(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command over the made pool."""
    monkeypatch.setattr(sayso.cli.pool, "read_pool", lambda _command: (pool, 0))

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(export, [*arguments, "reports"], standalone_mode=True)

    return invoke


def test_the_formats_named_are_those_there_are() -> None:
    assert FORMATS == KNOWN


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_whole(form: str, run: Any, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("duckdb")
    out = tmp_path / "out"
    out.write_text("old")
    out.chmod(0o640)
    assert run(form, "--out", str(out)).exit_code == 0
    assert out.read_bytes() != b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert out.stat().st_mode & 0o777 == 0o640


def test_what_is_left_out_is_told_beside_the_output(run: Any) -> None:
    found = run("ucdp")
    assert "sayso: 1 left out of ucdp: no death is told" in found.stderr
    assert found.stdout.count("\n") == 2, "a header and the strike"


def test_since(run: Any) -> None:
    found = [json.loads(line)["sayso_id"] for line in run("jsonl", "--since", "2016-06-08").stdout.splitlines()]
    assert found == ["i:strike"]


def test_what_only_the_limits_leave_out_is_not_withdrawn(run: Any, tmp_path: Path) -> None:
    before = tmp_path / "before.jsonl"
    before.write_text('{"sayso_id":"i:capture"}\n{"sayso_id":"i:gone"}\n', encoding="utf-8")
    found = run("jsonl", "--since", "2016-06-08", "--before", str(before)).stdout.splitlines()
    assert [json.loads(line) for line in found[1:]] == [{"sayso_id": "i:gone", "withdrawn": True}]


def test_a_file_is_kept_when_the_export_before_is_none(run: Any, tmp_path: Path) -> None:
    before, out = tmp_path / "before.jsonl", tmp_path / "out.jsonl"
    before.write_text("no export", encoding="utf-8")
    out.write_text("old")
    assert run("jsonl", "--before", str(before), "--out", str(out)).exit_code == 2
    assert out.read_text() == "old"


@pytest.mark.parametrize(
    "arguments", [("gpkg",), ("parquet",), ("csv", "--before", __file__), ("csv", "--since", "May")]
)
def test_what_makes_no_sense_is_wrong_usage(run: Any, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_missing_library_is_one_plain_line(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def without(name: str, *given: Any) -> Any:
        if name == "duckdb":
            raise ImportError(name)
        return really(name, *given)

    monkeypatch.setattr(builtins, "__import__", without)
    found = run("parquet", "--out", str(tmp_path / "out"))
    assert found.stderr == "Error: parquet needs duckdb: pip install 'sayso[export]'\n"
    assert list(tmp_path.iterdir()) == []
