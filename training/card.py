"""Write the reader's model card from what was measured.

    python training/card.py --shared DIR --int8 "..."

Measures the packaged model on `gold/dev` and on PolNeAR's development part, and fills `training/card.md` into
`docs/model-card.md`. Nothing in the card's tables is written by hand.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path
from string import Template

import own
from gold import kept
from measure import gold_scores, polnear_scores
from measure_toponyms import f1, found_and_wanted
from sayso.reading.reader import default_model

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "src/sayso/reading/model"
AGREEMENT = {  # F1 of two careful annotators on nine reports, from the gold readings' own README
    "claim content": 98.7, "claim + source": 96.1, "claim full": 96.1, "event trigger": 94.8, "event type": 81.3,
    "event actor": 71.8, "event target": 61.2, "event place": 80.3, "event date": 64.6,
    "event killed": 53.1, "event status": 81.3, "event on whose": 80.6, "fact": 61.9,
}  # fmt: skip
BEFORE = {
    "claim content": 57.6,
    "claim + source": 50.4,
    "claim full": 45.1,
    "event trigger": 54.0,
    "event type": 36.1,
    "event actor": 27.1,
    "event target": 28.3,
    "event killed": 40.2,
    "event status": 31.7,
    "event on whose": 26.5,
}  # F1 of the reader that had seen none of our own reports
PUBLISHED = {"source": 83.2, "cue": 75.3, "content": 72.9}  # BERT+Cofe on the test part, Wang et al. 2022


def files() -> str:
    rows = []
    for path in sorted(MODEL.iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        rows.append(f"| `{path.name}` | {path.stat().st_size / 1e6:.1f} MB | `{digest}` |")
    return "\n".join(["| file | size | SHA-256 |", "|---|---|---|", *rows])


def annotated() -> str:
    rows = ["| corpus | readings | claims | events |", "|---|---|---|---|"]
    for corpus, readings in kept().items():
        claims, events = (sum(len(r[name]) for r in readings) for name in ("claims", "events"))
        rows.append(f"| {corpus} | {len(readings)} | {claims} | {events} |")
    types = Counter(e["type"] for mine in kept().values() for r in mine for e in r["events"])
    thin = ", ".join(f"{name} {count}" for name, count in types.most_common()[:-9:-1])
    return "\n".join([*rows, "", f"Thinnest types among them: {thin}."])


def tables(shared: Path) -> str:
    model = default_model()
    gold = gold_scores(model, shared)
    rows = ["| on `gold/dev` (41 reports) | F1 | two annotators |", "|---|---|---|"]
    rows += [f"| {row} | {gold[row]:.1f} | {other} |" for row, other in AGREEMENT.items()]
    kept_out = gold_scores(model, shared, "own")
    count = len(list(own.readings(own.files(held_out=True), [])))
    rows += [
        "",
        f"| on our own reports held out ({count}) | F1 | a reader that had seen none of our own |",
        "|---|---|---|",
    ]
    rows += [f"| {row} | {kept_out[row]:.1f} | {before} |" for row, before in BEFORE.items()]
    polnear = polnear_scores(model, shared / "corpora/polnear-cofenet/valid.txt")
    rows += ["", "| on PolNeAR, CofeNet form, dev | exact F1 | BERT+Cofe, test |", "|---|---|---|"]
    rows += [f"| {label} | {polnear[label]:.1f} | {other} |" for label, other in PUBLISHED.items()]
    toponyms = found_and_wanted(model, shared / "corpora/geo")
    rows += ["", "| toponyms of LGL's held-out articles | precision | recall | F1 |", "|---|---|---|---|"]
    for name, exact in (("the very same bounds", True), ("any overlap", False)):
        rows.append(f"| {name} | " + " | ".join(f"{value:.1f}" for value in f1(toponyms, exact=exact)) + " |")
    return "\n".join(rows)


def own_reports() -> str:
    """How many reports of each kind were written for this project, to train on and to measure on."""
    rows = ["| written for this project | reports | claims | events | held out |", "|---|---|---|---|---|"]
    for kind in sorted({path.stem for path in own.files() + own.files(held_out=True)}):
        mine, held = (
            list(own.readings([path for path in paths if path.stem == kind], []))
            for paths in (own.files(), own.files(held_out=True))
        )
        claims, events = (sum(len(r[name]) for r in mine) for name in ("claims", "events"))
        rows.append(f"| {kind} | {len(mine)} | {claims} | {events} | {len(held)} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with gold/, score/ and corpora/")
    parser.add_argument("--int8", required=True, help="what int8 costs, as measured with export.py --full-precision")
    args = parser.parse_args()
    template = Template((Path(__file__).parent / "card.md").read_text(encoding="utf-8"))
    settings = json.dumps(json.loads((MODEL / "settings.json").read_text(encoding="utf-8")))
    card = template.substitute(
        files=files(),
        annotated=annotated(),
        own=own_reports(),
        tables=tables(args.shared),
        settings=settings,
        int8=args.int8,
    )
    (ROOT / "docs/model-card.md").write_text(card, encoding="utf-8")
    print(card)


if __name__ == "__main__":
    main()
