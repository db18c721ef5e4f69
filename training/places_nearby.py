"""Trains the choice of a place for events whose own words name none: `src/sayso/places/nearby.json`.

    python training/places_nearby.py GOLD.jsonl --score score.py [--model DIR] [--folds 5] [--least .25] [--out FILE]

GOLD holds compiled gold readings of reports that the reader was not trained on: they are read by it, so that its own
mistakes are learnt from too (an event that it finds and no annotator did has no place). A softmax over the places at
hand and none is fitted with L2; a place is right where the scorer says so. `--folds` gives the F1 of the places of all
events, measured on reports that were not fitted to, at several chances from which on a place is given.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from scipy.optimize import minimize

from sayso.engine.resolve import packaged, toponyms_of
from sayso.places.nearby import Nearby, Setting, Weights, chances
from sayso.reading.model import Model
from sayso.reading.reader import read_report
from sayso.records import Report
from sayso.records.reading import Reading
from sayso.records.resolved import Place

PENALTY = 3.0  # of L2; from 1 to 12 makes no difference
SEEN = 5  # examples that a sign needs
LEASTS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 2.0)


@dataclass(frozen=True, slots=True)
class Example:
    """An event without a place of its own; which of the places at hand are right."""

    report: str
    setting: Setting
    right: tuple[bool, ...]


def examples(path: Path, score: ModuleType, model: Model | None) -> tuple[list[Example], dict[str, Counter[str]]]:
    """The examples of a file, and per report the gold places and what is placed by its own words: given, right."""
    out: list[Example] = []
    counts: dict[str, Counter[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        report = Report(id=gold["id"], text=gold["text"], title=gold.get("title"), published=gold.get("published"))
        reading = read_report(report, model)
        places = {toponym.span: toponym.place for toponym in toponyms_of(reading, packaged())}
        near = Nearby(report.text, reading.events, places)
        told = counts[gold["id"]] = Counter(gold=sum(e["place_is"] is not None for e in gold["events"]))
        for event, truth in zip(reading.events, matched(reading, gold, score), strict=True):
            if event.place:
                place = places.get(event.place)
                told.update(given=place is not None, right=place is not None and is_right(truth, place, score))
            else:
                setting = near.setting(event)
                right = tuple(is_right(truth, named.place, score) for named in setting.named)
                out.append(Example(gold["id"], setting, right))
    return out, counts


def matched(reading: Reading, gold: dict[str, Any], score: ModuleType) -> Iterator[dict[str, Any] | None]:
    """For each event the gold event that the scorer counts it as."""

    def touch(g: dict[str, Any], p: Any) -> int:
        return len(score.cells([g["trigger"]]) & score.cells([p.trigger])) if g["type"] == p.type else 0

    pairs = {p: g for g, p in score.pair_up(gold["events"], reading.events, touch, 1).items()}
    yield from (gold["events"][pairs[n]] if n in pairs else None for n in range(len(reading.events)))


def is_right(truth: dict[str, Any] | None, place: Place, score: ModuleType) -> bool:
    """Whether the scorer takes a place for an event's."""
    if truth is None or truth["place_is"] is None:
        return False
    found = {"lat": place.lat, "lon": place.lon, "country": place.country, "level": place.level}
    return bool(score.same_place(truth["place_is"], found))


def fitted(some: Sequence[Example], least: float) -> Weights:
    """The weights that make the right places likeliest; where none of those at hand is right, none."""
    seen = Counter(s for e in some for signs in (e.setting.none, *e.setting.signs) for s in set(signs))
    index = {sign: n for n, sign in enumerate(sorted(s for s, n in seen.items() if n >= SEEN))}
    rows, columns, starts, right = [], [], [], []
    at = 0
    for example in some:
        starts.append(at)
        for signs, good in zip(
            (example.setting.none, *example.setting.signs), (not any(example.right), *example.right), strict=True
        ):
            known = [index[s] for s in signs if s in index]
            rows += [at] * len(known)
            columns += known
            right.append(good)
            at += 1
    x = np.zeros((at, len(index)), dtype=np.float32)
    np.add.at(x, (rows, columns), 1)
    first, good = np.array(starts), np.array(right)
    sizes = np.diff([*starts, at])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = x @ w
        power = np.exp(scores - np.repeat(np.maximum.reduceat(scores, first), sizes))
        p = power / np.repeat(np.add.reduceat(power, first), sizes)
        mine = np.where(good, p, 0)
        total = np.add.reduceat(mine, first).clip(1e-12)
        slope = x.T @ (p - mine / np.repeat(total, sizes)) + PENALTY * w
        return -np.log(total).sum() + PENALTY / 2 * (w**2).sum(), slope

    done = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return Weights(least=least, weights={sign: round(float(done.x[n]), 3) for sign, n in index.items()})


def measured(some: Sequence[Example], counts: dict[str, Counter[str]], folds: int) -> None:
    """Print the F1 of places over all reports, where the weights are fitted to other reports than they place in."""
    reports = sorted(counts)
    given, right = Counter[float](), Counter[float]()
    for fold in range(folds):
        held = set(reports[fold::folds])
        table = fitted([e for e in some if e.report not in held], 0)
        for example in (e for e in some if e.report in held and e.setting.named):
            likely = chances(example.setting, table)
            best = int(np.argmax(likely))
            for least in LEASTS:
                given[least] += likely[best] >= least
                right[least] += likely[best] >= least and example.right[best]
    own: Counter[str] = sum(counts.values(), Counter())
    for least in LEASTS:
        hit, told = right[least] + own["right"], given[least] + own["given"]
        print(
            f"least {least}: {right[least]} of {given[least]} right; all places P {100 * hit / told:.1f} "
            f"R {100 * hit / own['gold']:.1f} F1 {200 * hit / (told + own['gold']):.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--score", type=Path, required=True, help="the owners' score.py")
    parser.add_argument("--model", type=Path, help="a model folder; the packaged one unless given")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--least", type=float, default=0.25)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.score)
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    some, counts = examples(args.gold, score, Model(args.model) if args.model else None)
    if args.folds:
        measured(some, counts, args.folds)
    if args.out:
        table = fitted(some, args.least)
        rows = ",\n".join(f"  {json.dumps(k)}: {v}" for k, v in sorted(table.weights.items()))
        args.out.write_text(f'{{\n"least": {table.least},\n"weights": {{\n{rows}\n}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
