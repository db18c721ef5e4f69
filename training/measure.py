"""Measure a reader model: gold readings by the owners' scorer, and PolNeAR in the form in which scores are published.

    python training/measure.py --shared DIR [--model DIR] [--part PART] [--per-type] [--polnear] [--out FILE]

PART: dev, train, a file of compiled readings, or own: this project's own reports that were never trained on
(`training/own/held_out`). Prints the scorer's table; with `--polnear` also exact F1 of source, cue and content over
the CofeNet chunks of PolNeAR's development part.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

import own
from sayso.engine.resolve import resolved
from sayso.reading.decode import decode
from sayso.reading.labels import STYLES
from sayso.reading.model import Model
from sayso.reading.reader import default_model, read_report
from sayso.reading.windows import windows_of, words_of
from sayso.records import Report

Tag = tuple[str, int, int]


def predict(model: Model, gold: Path, out: Path) -> None:
    """Readings of the gold texts, one a line."""
    with gold.open(encoding="utf-8") as lines, out.open("wb") as written:
        for gold_reading in map(json.loads, lines):
            given = {name: gold_reading.get(name) for name in ("id", "text", "published", "outlet")}
            written.write(msgspec.json.encode(resolved(read_report(Report(**given), model))) + b"\n")


def score(shared: Path, gold: Path, predicted: Path, *options: str) -> str:
    """What the owners' scorer prints."""
    command = [sys.executable, shared / "score/score.py", gold, predicted, *options]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def gold_of(shared: Path, part: str, folder: Path) -> Path:
    """The file of compiled gold readings of a part; `folder` takes those that have to be compiled."""
    if part != "own":
        return shared / f"gold/{part}.gold.jsonl" if part in ("dev", "train") else Path(part)
    problems: list[str] = []
    lines = [json.dumps(reading) for reading in own.readings(own.files(held_out=True), problems)]
    if problems:
        raise ValueError("\n".join(problems))
    compiled = folder / "own.jsonl"
    compiled.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return compiled


def gold_scores(model: Model, shared: Path, part: str = "dev") -> dict[str, float]:
    """Row -> F1 in percent."""
    with tempfile.TemporaryDirectory() as folder:
        gold, out = gold_of(shared, part, Path(folder)), Path(folder) / "predicted.jsonl"
        predict(model, gold, out)
        rows = json.loads(score(shared, gold, out, "--json"))
    return {name: 100 * row["f1"] for name, row in rows.items()}


def chunks(path: Path) -> Iterator[tuple[list[str], set[Tag]]]:
    """Tokens of each chunk and its tagged spans (label, first token, end)."""
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            spans: set[Tag] = set()
            start, label = 0, ""
            for index, tag in enumerate([*record["labels"], "O"]):
                if label and tag != f"I-{label}":
                    spans.add((label, start, index))
                    label = ""
                if tag.startswith("B-") or (tag.startswith("I-") and not label):
                    start, label = index, tag[2:]
            yield record["tokens"], spans


def polnear_scores(model: Model, path: Path) -> dict[str, float]:
    """Exact F1 in percent of source, cue and content, over all chunks pooled."""
    hit, wanted, given = Counter[str](), Counter[str](), Counter[str]()
    for tokens, gold in chunks(path):
        found = found_in_chunk(model, tokens)
        for label in ("source", "cue", "content"):
            one, other = {g for g in gold if g[0] == label}, {f for f in found if f[0] == label}
            hit[label] += len(one & other)
            wanted[label] += len(one)
            given[label] += len(other)
    return {label: 200 * hit[label] / (wanted[label] + given[label]) for label in wanted}


def found_in_chunk(model: Model, tokens: list[str]) -> set[Tag]:
    """The tagged spans that the model finds in a chunk, in PolNeAR's own convention."""
    starts: list[int] = []
    text = ""
    for token in tokens:
        text += " " if text else ""
        starts.append(len(text))
        text += token
    words = words_of(text, model.tokenizer)
    anchors = [a for window in windows_of(words) for a in model.read(words, window, STYLES.index("polnear"))[0]]
    claims, _ = decode(text, words, anchors)
    spans = [(label, s) for c in claims for label, s in (("source", c.source), ("cue", c.cue)) if s]
    spans += [("content", s) for c in claims for s in c.content]
    return {(label, _token(starts, s[0]), _token(starts, s[1] - 1) + 1) for label, s in spans}


def _token(starts: list[int], at: int) -> int:
    return sum(start <= at for start in starts) - 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with gold/, score/ and corpora/")
    parser.add_argument("--model", type=Path, help="a model folder; the packaged one unless given")
    parser.add_argument("--part", default="dev")
    parser.add_argument("--per-type", action="store_true")
    parser.add_argument("--polnear", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("predicted.jsonl"))
    args = parser.parse_args()
    model = Model(args.model) if args.model else default_model()
    with tempfile.TemporaryDirectory() as folder:
        gold = gold_of(args.shared, args.part, Path(folder))
        predict(model, gold, args.out)
        print(score(args.shared, gold, args.out, *(["--per-type"] if args.per_type else [])))
    if args.polnear:
        for label, value in polnear_scores(model, args.shared / "corpora/polnear-cofenet/valid.txt").items():
            print(f"polnear {label:8} exact F1 {value:.1f}")


if __name__ == "__main__":
    main()
