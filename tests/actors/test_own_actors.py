"""`sayso actors add`: files of one's own in the register."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.actors.own import joined_index
from sayso.actors.register import Register
from sayso.actors.resolve import resolve_actors
from sayso.records import SaysoError
from tests.actors.test_actors_cli import GOOD, run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of one's own actors, empty."""
    monkeypatch.setenv("SAYSO_ACTORS", str(tmp_path / "own"))
    Register.installed.cache_clear()  # type: ignore[attr-defined]
    yield tmp_path / "own"
    Register.installed.cache_clear()  # type: ignore[attr-defined]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Atlantis.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def ids(*names: str) -> list[str | None]:
    Register.installed.cache_clear()  # type: ignore[attr-defined]
    found = resolve_actors(names, register=Register.installed(), text="", countries=["XA"], published=None)
    return [named and named.id for named in found]


def test_what_is_added_is_found_beside_what_is_packaged(file: Path) -> None:
    assert ids("AL", "Daesh") == [None, "islamic-state"]
    result = run("add", str(file))
    assert (result.output, result.return_value) == ("atlantis: 2 entries\n", 0)
    assert ids("the rebels", "AL", "Daesh") == ["atlantean-league", "atlantean-league", "islamic-state"]
    assert (
        run("find", "Atlantean League").output == "Atlantean League: Atlantean League (rebel group; atlantean-league)\n"
    )


def test_the_same_name_again_replaces_it(folder: Path, file: Path) -> None:
    run("add", str(file))
    file.write_text(GOOD.replace("[AL]", "[ATL]"), encoding="utf-8")
    assert run("add", str(file)).return_value == 0
    assert ids("AL", "ATL") == [None, "atlantean-league"]
    assert len(list(folder.glob("compiled-*"))) == 1  # of what there was before, nothing is kept


def test_a_file_with_a_fault_changes_nothing(folder: Path, file: Path) -> None:
    file.write_text(GOOD.replace("kind: rebel group", "kind: heroes"), encoding="utf-8")
    result = run("add", str(file))
    assert "Atlantis.yaml:9: atlantean-league: no such kind 'heroes'" in result.output
    assert result.return_value == 1
    assert not folder.exists()


def test_what_another_file_of_ones_own_has_is_a_fault(file: Path) -> None:
    run("add", str(file))
    result = run("add", str(file), "--as", "lemuria")
    assert "the id is also in" in result.output and result.return_value == 1
    assert "no name to keep it by" in str(run("add", str(file), "--as", "../lemuria").exception)


def test_a_file_that_was_broken_by_hand_is_named(folder: Path, file: Path) -> None:
    run("add", str(file))
    (folder / "atlantis.yaml").write_text("actors: [", encoding="utf-8")
    with pytest.raises(SaysoError, match=r"atlantis\.yaml"):
        ids("AL")
    command = [sys.executable, "-m", "sayso", "actors", "find", "AL"]
    found = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith(f"sayso: {folder / 'atlantis.yaml'}:") and found.stderr.count("\n") == 1


def test_an_index_that_is_broken_or_cannot_be_kept_is_made_anew(folder: Path, file: Path) -> None:
    run("add", str(file))
    ids("AL")
    (kept,) = folder.glob("compiled-*")
    kept.write_bytes(b"\x93")
    assert "atlantean-league" in joined_index([folder / "atlantis.yaml"]).actors
    assert len(kept.read_bytes()) > 1
    kept.unlink()
    kept.mkdir()
    assert "atlantean-league" in joined_index([folder / "atlantis.yaml"]).actors
