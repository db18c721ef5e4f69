"""The reader's network under onnxruntime: a window in, anchors with their roles and attributes out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.reading.anchors import Found, Thresholds, anchors_of, toponyms_of
from sayso.reading.buckets import bucket_of
from sayso.reading.labels import CUE, ROLES
from sayso.reading.spans import Runs, spans_of
from sayso.reading.windows import Window, Words
from sayso.records.vocabulary import STANCES

CLS, SEP = 101, 102
LEAST = 1e-4  # scores nearer to 0 or 1 than this say no more

Floats = NDArray[np.float32]
Run = tuple[int, int]  # words of the text, half open


@dataclass(frozen=True, slots=True)
class Anchor:
    """A cue or trigger: words of the text (half open), kind, score, its roles' runs of words, and its attribute."""

    start: int
    end: int
    kind: int
    score: float
    roles: Runs
    attribute: int


class Settings(msgspec.Struct, frozen=True):
    """What calibration chose beside the weights (`settings.json`).

    The curves are slope and shift of the logistic from an anchor's log odds to the share of such anchors that is right.
    """

    thresholds: Thresholds = Thresholds()
    event_curve: tuple[float, float] = (1.0, 0.0)
    cue_curve: tuple[float, float] = (1.0, 0.0)


class Model:
    """One onnxruntime session for each graph, on one thread; use one model a process.

    `folder` holds `encoder.onnx` (and what it names), `roles.onnx`, `tokenizer.json` and `settings.json`.
    """

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        providers = ["CPUExecutionProvider"]
        self._encoder = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), options, providers)
        self._roles = onnxruntime.InferenceSession(str(folder / "roles.onnx"), options, providers)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        settings = folder / "settings.json"
        self.settings = msgspec.json.decode(settings.read_bytes(), type=Settings) if settings.exists() else Settings()
        self.thresholds = self.settings.thresholds

    def read(self, words: Words, window: Window, style: int = 0) -> tuple[list[Anchor], list[Run]]:
        """The anchors and the toponyms at home in one window.

        Windows are run one by one: int8 activations are scaled over all that is run together, so that in a batch the
        reading of a report would depend on its neighbours; and without padding it is faster (`docs/benchmarks.md`).
        """
        hidden, scores = self.encode(words, window, style)
        first = words.first[window.start : window.end] - words.first[window.start] + 1
        home = (window.home_start - window.start, window.home_end - window.start)
        found = anchors_of(scores[first], home, self.thresholds)
        toponyms = [
            (a + window.start, b + window.start) for a, b in toponyms_of(scores[first], home, self.thresholds.toponym)
        ]
        if not found:
            return [], toponyms
        roles, attributes = self._score_roles(words, window, hidden[first], found)
        runs = spans_of(roles, [f.kind for f in found], self.thresholds.role)
        anchors = [
            _anchor(f, self._chance(f), mine, labels, window)
            for f, mine, labels in zip(found, runs, attributes, strict=True)
        ]
        return anchors, toponyms

    def _chance(self, found: Found) -> float:
        """The share of anchors of this score that is right, as calibrated."""
        slope, shift = self.settings.cue_curve if found.kind == CUE else self.settings.event_curve
        score = min(max(found.score, LEAST), 1 - LEAST)
        return 1 / (1 + math.exp(-(slope * math.log(score / (1 - score)) + shift)))

    def encode(self, words: Words, window: Window, style: int = 0) -> tuple[Floats, Floats]:
        """Hidden vectors (pieces, width) and anchor scores (pieces, kinds), [CLS] and [SEP] included."""
        first = words.first[window.start : window.end + 1]
        marks = np.repeat(words.marks[window.start : window.end], np.diff(first))
        feed = {
            "ids": np.r_[CLS, words.pieces[first[0] : first[-1]], SEP].astype(np.int64)[None],
            "marks": np.r_[0, marks, 0].astype(np.int64)[None],
            "style": np.array([style], np.int64),
        }
        hidden, anchors = self._encoder.run(None, feed)
        return hidden[0], anchors[0]

    def _score_roles(self, words: Words, window: Window, hidden: Floats, found: list[Found]) -> tuple[Floats, Floats]:
        count = window.end - window.start
        share = np.zeros((len(found), count), np.float32)
        numbers = np.arange(window.start, window.end)
        for row, f in enumerate(found):
            share[row, f.start : f.end] = 1.0 / (f.end - f.start)
        bounds = np.array([(f.start, f.end) for f in found], np.int64) + window.start
        buckets = bucket_of(numbers, bounds[:, :1], bounds[:, 1:], words.sentence)
        feed: dict[str, Any] = {
            "share": share,
            "kinds": np.array([f.kind for f in found], np.int64),
            "words": hidden,
            "buckets": buckets,
        }
        roles, attributes = self._roles.run(None, feed)
        return roles.reshape(len(found), count, len(ROLES), 3), attributes


def _anchor(found: Found, score: float, roles: Runs, labels: Floats, window: Window) -> Anchor:
    cut = len(STANCES)
    attribute = int(labels[:cut].argmax()) if found.kind == CUE else cut + int(labels[cut:].argmax())
    moved = {r: [(a + window.start, b + window.start, score) for a, b, score in runs] for r, runs in roles.items()}
    return Anchor(found.start + window.start, found.end + window.start, found.kind, score, moved, attribute)
