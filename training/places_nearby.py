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

from sayso.engine.resolve import packaged, toponyms_of
from sayso.places.nearby import Nearby, Setting
from sayso.reading.model import Model
from sayso.reading.reader import read_report
from sayso.records import Report
from sayso.records.choice import Weights, chances
from sayso.records.reading import Reading
from sayso.records.resolved import Place
from softmax import Choice, fitted

PENALTY = 3.0  # of L2; from 1 to 12 makes no difference
LEASTS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 2.0)


@dataclass(frozen=True, slots=True)
class Example(Choice):
    """An event without a place of its own."""

    setting: Setting


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
                out.append(Example(gold["id"], (setting.none, *setting.signs), (not any(right), *right), setting))
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


def measured(some: Sequence[Example], counts: dict[str, Counter[str]], folds: int) -> None:
    """Print the F1 of places over all reports, where the weights are fitted to other reports than they place in."""
    reports = sorted(counts)
    given, right = Counter[float](), Counter[float]()
    for fold in range(folds):
        held = set(reports[fold::folds])
        table = Weights(least=0, weights=fitted([e for e in some if e.report not in held], PENALTY))
        for example in (e for e in some if e.report in held and e.setting.named):
            likely = chances(example.signs[0], example.signs[1:], table)
            best = int(np.argmax(likely))
            for least in LEASTS:
                given[least] += likely[best] >= least
                right[least] += likely[best] >= least and example.right[best + 1]
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
        table = Weights(least=args.least, weights=fitted(some, PENALTY))
        rows = ",\n".join(f"  {json.dumps(k)}: {v}" for k, v in sorted(table.weights.items()))
        args.out.write_text(f'{{\n"least": {table.least},\n"weights": {{\n{rows}\n}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
