"""Trains the choice of a date for events without a time of their own: `src/sayso/times/context.json`.

    python training/times_context.py --of GOLD.jsonl MODEL [--of GOLD.jsonl MODEL ...] --score score.py [--folds 4]
        [--least .25] [--out FILE]

GOLD holds compiled gold readings, MODEL is the folder of a reader that was not trained on them. Learnt from are the
annotators' events and those that the reader finds, so that its own mistakes count too (an event that it finds and no
annotator did has no date). A softmax over the dates at hand and none is fitted with L2. `--folds` gives the F1 of the
dates of the events that the reader finds in the first GOLD, in reports that were not fitted to, at several chances from
which on a date is given.
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

from measure_times import reading_of
from places_nearby import matched
from sayso.reading.model import Model
from sayso.reading.reader import read_report
from sayso.records.choice import Weights, chances
from sayso.records.reading import Reading
from sayso.times import find_times
from sayso.times.context import Setting
from sayso.times.events import NOT_YET, gathered, is_past
from softmax import Choice, fitted

LEASTS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
PENALTY = 15.0  # of L2; from 8 to 20 makes no difference


@dataclass(frozen=True, slots=True)
class Example(Choice):
    """An event without a date of its own; `past`: which of the dates at hand it may not have, since it is planned."""

    setting: Setting
    past: tuple[bool, ...]


def examples(
    gold: Path, score: ModuleType, model: Model
) -> tuple[list[Example], list[Example], dict[str, Counter[str]]]:
    """The examples of a file, as the reader finds events and as annotators did; and per report the gold dates and what
    the reader's events are dated by their own words: given, right.
    """
    found: list[Example] = []
    annotated: list[Example] = []
    counts: dict[str, Counter[str]] = {}
    for line in gold.read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        given = reading_of(truth)
        annotated += [example for example, _ in dated(given, truth["events"]) if example]
        reading = read_report(given.report, model)
        told = counts[truth["id"]] = Counter(gold=sum(bool(e["date"]) for e in truth["events"]))
        for example, right in dated(reading, list(matched(reading, truth, score))):
            if example:
                found.append(example)
            elif right is not None:
                told.update(given=1, right=right)
    return found, annotated, counts


def dated(reading: Reading, truths: Sequence[dict[str, Any] | None]) -> Iterator[tuple[Example | None, bool | None]]:
    """For each event an example, where its own words tell nothing; else whether its date is right (None: no date)."""
    times = find_times(reading.report.text, reading.report.published)
    own, context = gathered(reading, times)
    for event, found, truth in zip(reading.events, own, truths, strict=True):
        date = truth["date"] if truth else None
        if found is not None:
            yield None, found.date == date if found.date else None
            continue
        setting = context.setting(event)
        right = tuple(date is not None and one.date == date for one in setting.at_hand)
        past = tuple(event.status in NOT_YET and is_past(one.date, times.now) for one in setting.at_hand)
        yield Example(reading.id, (setting.none, *setting.signs), (not any(right), *right), setting, past), None


def measured(some: Sequence[Example], more: Sequence[Example], counts: dict[str, Counter[str]], folds: int) -> None:
    """Print the F1 of dates over the reports of `counts`, with weights that were fitted to others."""
    reports = sorted(counts)
    given, right = Counter[float](), Counter[float]()
    for fold in range(folds):
        held = set(reports[fold::folds])
        table = Weights(least=0, weights=fitted([e for e in (*some, *more) if e.report not in held], PENALTY))
        for example in (e for e in some if e.report in held and e.setting.at_hand):
            likely = chances(example.signs[0], example.signs[1:], table)
            best = int(np.argmax(likely))
            for least in LEASTS if not example.past[best] else ():
                given[least] += likely[best] >= least
                right[least] += likely[best] >= least and example.right[best + 1]
    own: Counter[str] = sum(counts.values(), Counter())
    for least in LEASTS:
        hit, told = right[least] + own["right"], given[least] + own["given"]
        print(
            f"least {least}: {right[least]} of {given[least]} right; all dates P {100 * hit / told:.1f} "
            f"R {100 * hit / own['gold']:.1f} F1 {200 * hit / (told + own['gold']):.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--of", type=Path, nargs=2, action="append", required=True, metavar=("GOLD", "MODEL"))
    parser.add_argument("--score", type=Path, required=True, help="the owners' score.py")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--least", type=float, default=0.25)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.score)
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    (some, annotated, counts), *others = [examples(gold, score, Model(model)) for gold, model in args.of]
    more = annotated + [example for found, also, _ in others for example in (*found, *also)]
    print(f"{len(some) + len(more)} events without a date of their own")
    if args.folds:
        measured(some, more, counts, args.folds)
    if args.out:
        table = Weights(least=args.least, weights=fitted([*some, *more], PENALTY))
        rows = ",\n".join(f"  {json.dumps(k)}: {v}" for k, v in sorted(table.weights.items()))
        args.out.write_text(f'{{"least": {table.least}, "weights": {{\n{rows}\n}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
