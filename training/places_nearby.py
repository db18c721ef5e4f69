"""Trains the choice of a place for events whose own words name none: `src/sayso/places/nearby.json`.

    python training/places_nearby.py GOLD.jsonl --score score.py [--model DIR] [--folds 5] [--least .25] [--out FILE]

GOLD holds compiled gold readings of reports that the reader was not trained on: they are read by it, so that its own
mistakes are learnt from too (an event that it finds and no annotator did has no place). A softmax over the places at
hand and none is fitted with L2; a place is right where the scorer says so. `--folds` gives the F1 of the places of all
events, measured on reports that were not fitted to, at several chances from which on a place is given.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from sayso.engine.resolve import installed, toponyms_of
from sayso.places.nearby import Nearby
from sayso.reading.model import Model
from sayso.reading.reader import read_report
from sayso.records import Report
from sayso.records.reading import Reading
from sayso.records.resolved import Place
from softmax import Choice, finish, parser

PENALTY = 3.0  # of L2; from 1 to 12 makes no difference


def examples(path: Path, score: ModuleType, model: Model | None) -> tuple[list[Choice], dict[str, Counter[str]]]:
    """The examples of a file, and per report the gold places and what is placed by its own words: given, right."""
    out: list[Choice] = []
    counts: dict[str, Counter[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        report = Report(id=gold["id"], text=gold["text"], title=gold.get("title"), published=gold.get("published"))
        reading = read_report(report, model)
        places = {toponym.span: toponym.place for toponym in toponyms_of(reading, installed())}
        near = Nearby(report.text, reading.events, places)
        told = counts[gold["id"]] = Counter(gold=sum(e["place_is"] is not None for e in gold["events"]))
        for event, truth in zip(reading.events, matched(reading, gold, score), strict=True):
            if event.place:
                place = places.get(event.place)
                told.update(given=place is not None, right=place is not None and is_right(truth, place, score))
            else:
                setting = near.setting(event)
                right = tuple(is_right(truth, named.place, score) for named in setting.named)
                out.append(Choice(gold["id"], setting.none, setting.signs, right))
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


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("--model", type=Path, help="a model folder; the packaged one unless given")
    args = arguments.parse_args()
    some, counts = examples(args.gold, args.score, Model(args.model) if args.model else None)
    finish(args, some, (), counts, PENALTY)


if __name__ == "__main__":
    main()
