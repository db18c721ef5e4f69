"""Small ledgers for a test: reports as clean text, read and linked."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from sayso.engine.ledger_add import AddOptions, add_pages
from sayso.engine.ledger_link import relink
from sayso.ledger import Ledger
from sayso.pages.gather import GatherOptions, gather
from tests.desk.conftest import NOON


def ledger_of(folder: Path, reports: Iterable[Mapping[str, str]]) -> Path:
    """A ledger in `folder` with reports as of a JSONL file (docs/reading.md, "Input as it is")."""
    lines = folder / "reports.jsonl"
    lines.write_text("\n".join(json.dumps(report) for report in reports), encoding="utf-8")
    path = folder / "reports.ledger"
    with Ledger.create(path, NOON, "sayso test") as ledger:
        for added in add_pages(ledger, gather([str(lines)], GatherOptions(), io.BytesIO()), AddOptions(), lambda: NOON):
            assert added.outcome == "new", added
        relink(ledger, lambda: NOON)
    return path
