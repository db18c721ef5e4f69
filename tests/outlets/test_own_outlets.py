"""`sayso outlets add`: outlets of one's own in the register, from the command to the account of a report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli.outlets import outlets
from sayso.outlets import Outlets
from tests.actors.test_actors_cli import GOOD as ATLANTIS
from tests.outlets.test_register import GOOD


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of one's own outlets, empty."""
    monkeypatch.setenv("SAYSO_OUTLETS", str(tmp_path / "own"))
    Outlets.installed.cache_clear()  # type: ignore[attr-defined]
    yield tmp_path / "own"
    Outlets.installed.cache_clear()  # type: ignore[attr-defined]


def add(file: Path, text: str, *options: str) -> tuple[int, str]:
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(outlets, ("add", str(file), *options), standalone_mode=False)
    Outlets.installed.cache_clear()  # type: ignore[attr-defined]
    return int(result.return_value or 0), result.output


def test_what_is_added_is_found_beside_what_is_packaged(tmp_path: Path) -> None:
    assert add(tmp_path / "nile.yaml", GOOD) == (0, "nile: 1 outlet\n")
    found = Outlets.installed().by_url("https://nileherald.example/1")
    assert found is not None and found.name == "Nile Herald"
    assert Outlets.installed().by_name("Reuters") == Outlets.packaged().by_name("Reuters")
    assert add(tmp_path / "nile.yaml", GOOD.replace("Nile Herald", "Nile Post"))[0] == 0
    assert [outlet.name for outlet, _ in Outlets.installed().called("Nile Post")] == ["Nile Post"]


def test_a_file_with_a_fault_changes_nothing(folder: Path, tmp_path: Path) -> None:
    code, out = add(tmp_path / "nile.yaml", GOOD.replace("private", "lapdog"))
    assert code == 1 and 'nile.yaml:2: nile-herald: "lapdog" is none of the kinds' in out
    code, out = add(tmp_path / "nile.yaml", GOOD.replace("nile-herald", "tass"))
    assert code == 1 and "the id tass is taken" in out
    assert not folder.exists()


def test_what_another_file_of_ones_own_has_is_a_fault(tmp_path: Path) -> None:
    add(tmp_path / "nile.yaml", GOOD)
    code, out = add(tmp_path / "nile.yaml", GOOD, "--as", "delta")
    assert code == 1 and "the id nile-herald is taken" in out


def test_a_report_is_read_with_them(tmp_path: Path) -> None:
    own = {"SAYSO_ACTORS": str(tmp_path / "actors"), "SAYSO_OUTLETS": str(tmp_path / "outlets")}
    (tmp_path / "atlantis.yaml").write_text(ATLANTIS, encoding="utf-8")
    (tmp_path / "nile.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "report.txt").write_text(
        "Atlantean League shells port\n\nFighters of the Atlantean League shelled the port of Kassala on Monday, "
        "killing two people, the Nile Herald said.\n",
        encoding="utf-8",
    )

    def sayso(*arguments: str) -> str:
        command = [sys.executable, "-m", "sayso", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=os.environ | own, check=True, capture_output=True, text=True
        ).stdout

    sayso("actors", "add", "atlantis.yaml")
    sayso("outlets", "add", "nile.yaml")
    reading = json.loads(sayso("read", "--json", "report.txt"))
    assert "atlantean-league" in {ident for event in reading["events"] for ident in event.get("actor_ids", ())}
    assert "nile-herald" in {claim.get("source_id") for claim in reading["claims"]}
