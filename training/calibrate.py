"""Choose a model's thresholds, and what its scores mean, on readings that it was not trained on.

    python training/calibrate.py --model DIR --gold HELD_OUT.jsonl

Writes `settings.json` into the model folder: the thresholds of anchors and roles with the best F1, and for claims and
events the logistic curve from log odds to the share that is right (Platt 1999).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

from sayso.reading.anchors import Thresholds
from sayso.reading.labels import CUE, ROLES
from sayso.reading.model import Anchor, Model, Settings
from sayso.reading.windows import Words, windows_of, words_of
from sayso.records.vocabulary import EVENT_TYPES

LOW = Thresholds(event=0.5, cue=0.5, role=(-6.0,) * len(ROLES))
CHANCES = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
FLOORS = tuple(np.arange(-5.0, 5.5, 0.5).tolist())
EVENT_FIELDS = {"actor": "actors", "target": "targets"}
STEPS, RATE, PRIOR = 4000, 0.05, 0.001  # enough to settle on a few hundred anchors
CHANCE = 0.01  # of F1: on thirty reports a smaller difference says nothing
SAME = 0.5  # intersection over union from which spans count as one, as the owners' scorer has it

Span = tuple[int, int]


def span(words: Words, start: int, end: int) -> Span:
    return int(words.spans[start, 0]), int(words.spans[end - 1, 1])


def overlap(a: Span, b: Span) -> float:
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared else 0.0


def read(model: Model, golds: Sequence[dict]) -> list[tuple[Words, list[Anchor]]]:
    out = []
    for gold in golds:
        words = words_of(gold["text"], model.tokenizer)
        out.append((words, [a for w in windows_of(words) for a in model.read(words, w)[0]]))
    return out


def anchor_f1(golds: Sequence[dict], found: Iterable[tuple[Words, list[Anchor]]], cues: bool) -> float:
    """F1 of cues, or of triggers with their type, any overlap of words counting."""
    hit = wanted = given = 0
    for gold, (words, anchors) in zip(golds, found, strict=True):
        if cues:
            want = [(c["cue"] or c["source"], CUE) for c in gold["claims"] if c["cue"] or c["source"]]
        else:
            want = [(e["trigger"], EVENT_TYPES.index(e["type"])) for e in gold["events"]]
        have = [(span(words, a.start, a.end), a.kind) for a in anchors if (a.kind == CUE) == cues]
        taken: set[int] = set()
        for place, kind in want:
            match = next(
                (i for i, h in enumerate(have) if i not in taken and h[1] == kind and overlap(place, h[0])), None
            )
            if match is not None:
                taken.add(match)
        hit, wanted, given = hit + len(taken), wanted + len(want), given + len(have)
    return 2 * hit / max(1, wanted + given)


def right_anchors(gold: dict, words: Words, anchors: list[Anchor]) -> list[tuple[Anchor, dict | None]]:
    """Each anchor with the gold claim or event that it is, or None."""
    taken: set[str] = set()
    out: list[tuple[Anchor, dict | None]] = []
    for anchor in anchors:
        place = span(words, anchor.start, anchor.end)
        match = None
        for record in gold["claims"] if anchor.kind == CUE else gold["events"]:
            spot = (record["cue"] or record["source"]) if anchor.kind == CUE else record["trigger"]
            same = anchor.kind == CUE or EVENT_TYPES[anchor.kind] == record["type"]
            if spot and same and record["id"] not in taken and overlap(spot, place):
                match = record
                taken.add(record["id"])
                break
        out.append((anchor, match))
    return out


def spans_wanted(record: dict, role: str) -> list[Span]:
    value = record.get(EVENT_FIELDS.get(role, role))
    if value is None or role == "via":
        return []
    return [tuple(s) for s in (value if value and isinstance(value[0], list) else [value] if value else [])]


def best_floors(golds: Sequence[dict], found: Sequence[tuple[Words, list[Anchor]]]) -> tuple[float, ...]:
    """For each role the floor with the best F1 over anchors that are right."""
    scored: dict[int, list[tuple[float, bool]]] = {r: [] for r in range(len(ROLES))}
    wanted = dict.fromkeys(range(len(ROLES)), 0)
    for gold, (words, anchors) in zip(golds, found, strict=True):
        for anchor, record in right_anchors(gold, words, anchors):
            if record is None:
                continue
            for role, name in enumerate(ROLES):
                want = spans_wanted(record, name)
                wanted[role] += len(want)
                for a, b, score in anchor.roles.get(role, []):
                    right = any(overlap(w, span(words, a, b)) >= SAME for w in want)
                    scored[role].append((score + LOW.role[role], right))
    floors = []
    for role, name in enumerate(ROLES):
        f1 = {floor: _f1(scored[role], wanted[role], floor) for floor in FLOORS}
        best = nearest(f1, 0.0)
        floors.append(best)
        print(
            f"{name:8} floor {floors[-1]:+.1f}  F1 {100 * _f1(scored[role], wanted[role], best):.1f} of {wanted[role]}"
        )
    return tuple(floors)


def nearest(f1: dict[float, float], usual: float) -> float:
    """Of the values that do as well as the best, but for chance, the one nearest to the usual."""
    good = [value for value, score in f1.items() if score >= max(f1.values()) - CHANCE]
    return min(good, key=lambda value: abs(value - usual))


def _f1(scored: list[tuple[float, bool]], wanted: int, floor: float) -> float:
    kept = [right for score, right in scored if score > floor]
    return 2 * sum(kept) / max(1, wanted + len(kept))


def curve(pairs: list[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and shift of the logistic curve from log odds to being right, by gradient steps with a weak prior."""
    odds = [np.log(s / (1 - s)) for s in (min(max(score, 1e-4), 1 - 1e-4) for score, _ in pairs)]
    x = np.column_stack([odds, np.ones(len(odds))])
    y = np.array([float(right) for _, right in pairs])
    w = np.array([1.0, 0.0])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        w -= RATE * (x.T @ (p - y) / len(y) + PRIOR * (w - np.array([1.0, 0.0])))
    return round(float(w[0]), 3), round(float(w[1]), 3)


def calibrate(model: Model, golds: Sequence[dict]) -> Settings:
    f1: dict[bool, dict[float, float]] = {False: {}, True: {}}
    for chance in CHANCES:
        model.thresholds = replace(LOW, event=chance, cue=chance)
        found = read(model, golds)
        for cues in (False, True):
            f1[cues][chance] = anchor_f1(golds, found, cues)
    event, cue = nearest(f1[False], LOW.event), nearest(f1[True], LOW.cue)
    print(f"events from {event} (F1 {100 * f1[False][event]:.1f}), cues from {cue} (F1 {100 * f1[True][cue]:.1f})")
    model.thresholds = replace(LOW, event=event, cue=cue)
    found = read(model, golds)
    thresholds = replace(model.thresholds, role=best_floors(golds, found))
    pairs: dict[bool, list[tuple[float, bool]]] = {True: [], False: []}
    for gold, (words, anchors) in zip(golds, found, strict=True):
        for anchor, record in right_anchors(gold, words, anchors):
            pairs[anchor.kind == CUE].append((anchor.score, record is not None))
    return Settings(thresholds=thresholds, event_curve=curve(pairs[False]), cue_curve=curve(pairs[True]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True, help="compiled readings that the model was not trained on")
    args = parser.parse_args()
    golds = [json.loads(line) for line in args.gold.open(encoding="utf-8")]
    model = Model(args.model)
    model.settings = Settings()  # scores as the network gives them, not as an earlier calibration reads them
    settings = calibrate(model, golds)
    (args.model / "settings.json").write_bytes(msgspec.json.format(msgspec.json.encode(settings), indent=1) + b"\n")
    print(settings)


if __name__ == "__main__":
    main()
