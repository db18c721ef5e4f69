"""docs/export.md names every format and every column with what it holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sayso.views.export import FORMATS
from sayso.views.export.tables import columns

PAGE = (Path(__file__).parents[2] / "docs/export.md").read_text(encoding="utf-8")
HEADS = {
    "acled": "## `acled`",
    "ucdp": "## `ucdp`",
    "plover": "## `plover`",
    "sayso": "## `csv`, `parquet`",
    "sourced": "## Last in each",
    "accounts": "## `accounts`",
    "holdings": "## `holdings`",
}


@pytest.mark.parametrize(("table", "head"), HEADS.items())
def test_every_column_in_its_order(table: str, head: str) -> None:
    section = PAGE.split(head, 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", section, re.M)
    assert rows == list(columns(table).items())


@pytest.mark.parametrize("form", FORMATS)
def test_every_format(form: str) -> None:
    assert re.search(rf"^\| `{form}` \|", PAGE, re.M)


def test_the_codebooks_columns_are_all_there() -> None:
    """ACLED's data export has 31 columns, UCDP GED 24.1 and 25.1 have 49, POLECAT has 40."""
    assert [len(columns(table)) for table in ("acled", "ucdp", "plover")] == [31, 49, 40]
