"""docs/outlets.md says what a file may hold."""

from __future__ import annotations

from pathlib import Path

from sayso.outlets import Outlet, Outlets

PAGE = (Path(__file__).parents[2] / "docs/outlets.md").read_text(encoding="utf-8")


def test_every_field_and_every_kind_is_documented() -> None:
    for field in Outlet.__struct_fields__:
        assert f"{field}:" in PAGE
    for kind, meaning in Outlets.packaged().words.kinds.items():
        assert f"| `{kind}` | {meaning} |" in PAGE
