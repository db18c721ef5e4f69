"""What the page stage makes of real pages: floors that only rise, lowered by hand with a reason.

The shipped model has seen these pages: this does not tell how good it is (`training/html_lines.py` does, by folds), it
tells when something broke.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from sayso.pages.page import Page
from sayso.pages.report import report_of
from sayso.records import Received, SaysoError, digest_of
from tests.gate.conftest import PagesScore

F1, LOSING = 0.975, 6.0  # over pages seen in training; percent of pages that lose a long paragraph


def body_of(path: Path) -> str:
    """The page's text without its title and byline."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    received = Received(where=path.name, how="file", media="html", digest=digest_of(data), size=len(data))
    try:
        report = report_of(Page(data=data, received=received))
    except SaysoError:
        return ""
    kept = [p for p in report.parts if p.aside is None and p.kind not in ("title", "byline")]
    return "\n\n".join(report.text[p.start : p.end] for p in kept)


def test_clean_texts_are_the_articles(tmp_path: Path, shared: Path, pages_score: PagesScore) -> None:
    corpus = shared / "corpora/pages/zyte"
    predicted = tmp_path / "predicted.jsonl"
    with predicted.open("w", encoding="utf-8") as out:
        for path in sorted((corpus / "html").iterdir()):
            out.write(json.dumps({"page": path.name.split(".")[0], "text": body_of(path)}) + "\n")
    f1, losing = pages_score(predicted)
    assert f1 >= F1
    assert losing <= LOSING
