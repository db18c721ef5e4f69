"""Tombstones: what an earlier export told and the pool tells no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.views.export import NotAnExportError, withdrawn


def test_what_is_gone_is_withdrawn_once(tmp_path: Path) -> None:
    before = tmp_path / "before.jsonl"
    before.write_text('{"sayso_id":"i:a","type":"clash"}\n{"sayso_id":"i:b"}\n{"sayso_id":"i:b"}\n', encoding="utf-8")
    assert list(withdrawn(before, {"i:a", "i:new"})) == [{"sayso_id": "i:b", "withdrawn": True}]


def test_what_was_withdrawn_stays_so_until_it_is_told_again(tmp_path: Path) -> None:
    before = tmp_path / "before.jsonl"
    before.write_text('{"sayso_id":"i:b","withdrawn":true}\n', encoding="utf-8")
    assert list(withdrawn(before, set())) == [{"sayso_id": "i:b", "withdrawn": True}]
    assert list(withdrawn(before, {"i:b"})) == []


@pytest.mark.parametrize("line", ["not JSON", '{"id": "i:a"}', "[1]", '{"sayso_id": 1}'])
def test_another_file_is_refused(tmp_path: Path, line: str) -> None:
    before = tmp_path / "before.jsonl"
    before.write_text(f'{{"sayso_id":"i:a"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(NotAnExportError, match="line 2"):
        list(withdrawn(before, set()))
