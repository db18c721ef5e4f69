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

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from measure_times import reading_of
from places_nearby import matched
from sayso.reading.model import Model
from sayso.reading.reader import read_report
from sayso.records.reading import Reading
from sayso.times import find_times
from sayso.times.events import NOT_YET, gathered, is_past
from softmax import Choice, finish, parser

PENALTY = 15.0  # of L2; from 8 to 30 makes no difference


def examples(gold: Path, score: ModuleType, model: Model) -> tuple[list[Choice], list[Choice], dict[str, Counter[str]]]:
    """The examples of a file, as the reader finds events and as annotators did; and per report the gold dates and what
    the reader's events are dated by their own words: given, right.
    """
    found: list[Choice] = []
    annotated: list[Choice] = []
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


def dated(reading: Reading, truths: Sequence[dict[str, Any] | None]) -> Iterator[tuple[Choice | None, bool | None]]:
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
        yield Choice(reading.id, setting.none, setting.signs, right, past), None


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--of", type=Path, nargs=2, action="append", required=True, metavar=("GOLD", "MODEL"))
    args = arguments.parse_args()
    (some, annotated, counts), *others = [examples(gold, args.score, Model(model)) for gold, model in args.of]
    more = annotated + [choice for found, also, _ in others for choice in (*found, *also)]
    print(f"{len(some) + len(more)} events without a date of their own")
    finish(args, some, more, counts, PENALTY)


if __name__ == "__main__":
    main()
