"""What answers here: versions, and the model card with its scores and limits."""

from __future__ import annotations

import platform
import re
import sqlite3
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import sayso
from sayso.desk.situation import counts_of
from sayso.engine.ledger_add import reader_version
from sayso.ledger import Ledger

_LICENCE = "Apache-2.0"
_RULE = re.compile(r"\|[\s|:-]+\|?")


def about(ledger: Ledger) -> dict[str, Any]:
    """`answers.About`."""
    return {
        "version": sayso.__version__,
        "reader": reader_version(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "ledger": ledger.path.name,
        "licence": _LICENCE,
        "counts": counts_of(ledger.connection),
        "card": card(),
    }


@cache
def card() -> list[dict[str, Any]]:
    """The model card's parts: paragraphs as text, lists as lists, tables with their heading."""
    return parts_of(_text())


def parts_of(markdown: str) -> list[dict[str, Any]]:
    """A page of plain Markdown by its headings.

    >>> parts_of("# Card\\n\\nWhat\\nit is.\\n\\n## Limits\\n\\n- few\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |")[1]
    {'title': 'Limits', 'blocks': [['few'], {'heading': ['a', 'b'], 'rows': [['1', '2']]}]}
    """
    parts: list[dict[str, Any]] = []
    for block in re.split(r"\n\s*\n", markdown.strip()):
        lines = block.splitlines()
        if lines[0].startswith("#"):
            parts.append({"title": lines.pop(0).lstrip("# "), "blocks": []})
        if lines and parts:
            parts[-1]["blocks"].append(_block(lines))
    return parts


def _block(lines: list[str]) -> str | list[str] | dict[str, Any]:
    if lines[0].startswith("|"):
        heading, *rows = [_cells(line) for line in lines if not _RULE.fullmatch(line)]
        return {"heading": heading, "rows": rows}
    if lines[0].startswith("- "):
        return [" ".join(item.split()) for item in "\n".join(lines).removeprefix("- ").split("\n- ")]
    return " ".join(line.strip() for line in lines)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _text() -> str:
    """The card as packed into the wheel, or from the source's documentation."""
    packed = resources.files("sayso.desk") / "model-card.md"
    if packed.is_file():
        return packed.read_text(encoding="utf-8")
    source = Path(sayso.__file__).parents[2] / "docs" / "model-card.md"
    return source.read_text(encoding="utf-8") if source.is_file() else ""
