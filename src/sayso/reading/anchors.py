"""Scores of words -> anchors: the cues and triggers of a window, each with its kind and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.reading.labels import CUE, OTHERS

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a score must reach, chosen on held-out parts of the training reports (`training/calibrate.py`)."""

    event: float = 0.5
    cue: float = 0.5
    begin: float = 0.5
    toponym: float = 0.5
    role: tuple[float, ...] = (0.0,) * 10


@dataclass(frozen=True, slots=True)
class Found:
    """An anchor: words `start` to `end` of the window (half open), kind (an event type's number or `CUE`), score."""

    start: int
    end: int
    kind: int
    score: float


def anchors_of(scores: Floats, home: tuple[int, int], thresholds: Thresholds) -> list[Found]:
    """`scores` (words, 1 + types + others) -> anchors that begin at home, in order."""
    kinds = scores[:, : CUE + 1]
    shifted = np.exp(kinds - kinds.max(-1, keepdims=True))
    types = shifted / shifted.sum(-1, keepdims=True)
    others = _chances(scores)
    found = [*_events(types, others[:, 1], thresholds), *_cues(others[:, 0], others[:, 2], thresholds)]
    return sorted((f for f in found if home[0] <= f.start < home[1]), key=lambda f: (f.start, f.end, f.kind))


def toponyms_of(scores: Floats, home: tuple[int, int], threshold: float) -> list[tuple[int, int]]:
    """`scores` (words, 1 + types + others) -> runs of words that name a place and begin at home, in order."""
    others = _chances(scores)
    inside, begins = others[:, OTHERS.index("toponym")], others[:, OTHERS.index("first of a toponym")]
    return [run for run in _runs(inside > threshold, begins > threshold) if home[0] <= run[0] < home[1]]


def _chances(scores: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-scores[:, CUE + 1 :]))


def _runs(on: NDArray[np.bool_], cuts: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Maximal runs of true words, cut where a new one begins."""
    runs: list[tuple[int, int]] = []
    for index in np.flatnonzero(on).tolist():
        if runs and runs[-1][1] == index and not cuts[index]:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _events(types: Floats, begins: Floats, thresholds: Thresholds) -> list[Found]:
    sure = 1.0 - types[:, 0]
    best = types[:, 1:].argmax(-1)
    # two triggers of one type side by side are one: "gained control", "rebel stronghold"
    changes = np.r_[True, best[1:] != best[:-1]] & (begins > thresholds.begin)
    found = []
    for a, b in _runs(sure > thresholds.event, changes):
        total = types[a:b, 1:].sum(0)
        found.append(Found(a, b, int(total.argmax()), float(sure[a:b].max())))
    return found


def _cues(cues: Floats, begins: Floats, thresholds: Thresholds) -> list[Found]:
    runs = _runs(cues > thresholds.cue, begins > thresholds.begin)
    return [Found(a, b, CUE, float(cues[a:b].max())) for a, b in runs]
