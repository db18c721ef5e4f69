"""How well a model finds the words that name a place: LGL's articles that it was not trained on.

    python training/measure_toponyms.py --shared DIR [--model DIR]

Precision, recall and F1 of toponyms, one to one: with the very same bounds, and with any overlap.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from examples import LGL_HELD, lgl_articles
from sayso.reading.model import Model
from sayso.reading.reader import default_model, read_report
from sayso.records import Report

Span = tuple[int, int]


def found_and_wanted(model: Model, folder: Path) -> list[tuple[list[Span], list[Span]]]:
    """For each held-out article the toponyms found and those annotated."""
    articles = [(text, found) for number, text, found in lgl_articles(folder) if number % LGL_HELD == 0]
    return [
        ([t.span for t in read_report(Report(id="", text=text), model).toponyms], [f["span"] for f in found])
        for text, found in articles
    ]


def f1(pairs: list[tuple[list[Span], list[Span]]], *, exact: bool) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent."""
    hits = sum(_hits(found, wanted, exact) for found, wanted in pairs)
    given, due = sum(len(found) for found, _ in pairs), sum(len(wanted) for _, wanted in pairs)
    return 100 * hits / max(1, given), 100 * hits / max(1, due), 200 * hits / max(1, given + due)


def _hits(found: list[Span], wanted: list[Span], exact: bool) -> int:
    left = list(found)
    hits = 0
    for span in wanted:
        match = next((f for f in left if f == span or (not exact and f[0] < span[1] and span[0] < f[1])), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return hits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with corpora/")
    parser.add_argument("--model", type=Path, help="a model folder; the packaged one unless given")
    args = parser.parse_args()
    model = Model(args.model) if args.model else default_model()
    pairs = found_and_wanted(model, args.shared / "corpora/geo")
    for name, exact in (("same bounds", True), ("any overlap", False)):
        precision, recall, both = f1(pairs, exact=exact)
        print(f"{name}: P {precision:.1f} R {recall:.1f} F1 {both:.1f}")


if __name__ == "__main__":
    main()
