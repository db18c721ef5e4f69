"""The built page that is packed belongs to its source, which can be told without Node."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from sayso.desk.shell import packaged

WEB = Path(__file__).parents[2] / "web"
BUILD = "run: npm --prefix web ci && npm --prefix web run build"


@pytest.fixture(scope="module")
def digests() -> dict[str, dict[str, str]]:
    manifest = packaged() / "sources.json"
    assert manifest.is_file(), f"the page is not built; {BUILD}"
    found: dict[str, dict[str, str]] = json.loads(manifest.read_text(encoding="utf-8"))
    return found


def digest(path: Path) -> str | None:
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def test_the_page_is_built_from_the_source_that_lies_here(digests: dict[str, dict[str, str]]) -> None:
    assert [name for name, told in digests["sources"].items() if digest(WEB / name) != told] == [], BUILD
    sources = {
        str(path.relative_to(WEB))
        for folder in ("src", "public")
        for path in (WEB / folder).rglob("*")
        if path.is_file()
    }
    assert sources - digests["sources"].keys() == set(), BUILD


def test_what_is_packed_is_what_was_built(digests: dict[str, dict[str, str]]) -> None:
    packed = {str(path.relative_to(packaged())) for path in packaged().rglob("*") if path.is_file()} - {"sources.json"}
    assert packed == digests["built"].keys(), BUILD
    assert [name for name, told in digests["built"].items() if digest(packaged() / name) != told] == []


def test_no_built_file_asks_for_anything_elsewhere() -> None:
    shell = (packaged() / "index.html").read_text(encoding="utf-8")
    assert "http" not in shell.replace("http-equiv", "")
    assert "<style" not in shell and "onload" not in shell
