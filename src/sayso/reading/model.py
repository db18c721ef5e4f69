"""The reader's network under onnxruntime: windows in, anchors with their roles and attributes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.reading.anchors import Found, Thresholds, anchors_of
from sayso.reading.buckets import bucket_of
from sayso.reading.labels import CUE, ROLES
from sayso.reading.spans import Runs, spans_of
from sayso.reading.windows import Window, Words
from sayso.records.vocabulary import STANCES

CLS, SEP, PAD = 101, 102, 0
BATCH_PIECES = 3072  # padded pieces in one run: enough to keep the matrix products busy, little enough for the cache

Floats = NDArray[np.float32]


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
    """What training chose beside the weights (`settings.json`)."""

    thresholds: Thresholds = Thresholds()


class Model:
    """One onnxruntime session for each graph, on one thread; use one model a process.

    `folder` holds `encoder.onnx`, `roles.onnx`, `tokenizer.json` and `settings.json`.
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
        self.thresholds = (
            msgspec.json.decode(settings.read_bytes(), type=Settings).thresholds if settings.exists() else Thresholds()
        )

    def read(self, windows: Iterable[tuple[Words, Window]], style: int = 0) -> list[list[Anchor]]:
        """The anchors at home in each window, in the order given; windows of like length are run together."""
        given = list(windows)
        out: list[list[Anchor]] = [[] for _ in given]
        for batch in _batches(given):
            hidden, scores = self.encode([given[i] for i in batch], style)
            for row, index in enumerate(batch):
                words, window = given[index]
                out[index] = self._anchors(words, window, hidden[row], scores[row])
        return out

    def encode(self, batch: list[tuple[Words, Window]], style: int) -> tuple[Floats, Floats]:
        """Hidden vectors (windows, pieces, width) and anchor scores (windows, pieces, kinds) of one batch."""
        longest = max(int(w.first[x.end] - w.first[x.start]) for w, x in batch) + 2
        ids = np.full((len(batch), longest), PAD, np.int64)
        marks = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros((len(batch), longest), np.float32)
        for row, (words, window) in enumerate(batch):
            first = words.first[window.start : window.end + 1]
            count = int(first[-1] - first[0])
            ids[row, 0], ids[row, count + 1] = CLS, SEP
            ids[row, 1 : count + 1] = words.pieces[first[0] : first[-1]]
            marks[row, 1 : count + 1] = np.repeat(words.marks[window.start : window.end], np.diff(first))
            mask[row, : count + 2] = 1.0
        feed = {"ids": ids, "marks": marks, "style": np.full(len(batch), style, np.int64), "mask": mask}
        hidden, anchors = self._encoder.run(None, feed)
        return hidden, anchors

    def _anchors(self, words: Words, window: Window, hidden: Floats, scores: Floats) -> list[Anchor]:
        first = words.first[window.start : window.end] - words.first[window.start] + 1
        home = (window.home_start - window.start, window.home_end - window.start)
        found = anchors_of(scores[first], home, self.thresholds)
        if not found:
            return []
        roles, attributes = self._score_roles(words, window, hidden[first], found)
        runs = spans_of(roles, [f.kind for f in found], self.thresholds.role)
        cut = len(STANCES)
        out = []
        for f, mine, labels in zip(found, runs, attributes, strict=True):
            attribute = int(labels[:cut].argmax()) if f.kind == CUE else cut + int(labels[cut:].argmax())
            moved = {
                role: [(a + window.start, b + window.start, s) for a, b, s in spans] for role, spans in mine.items()
            }
            out.append(Anchor(f.start + window.start, f.end + window.start, f.kind, f.score, moved, attribute))
        return out

    def _score_roles(self, words: Words, window: Window, hidden: Floats, found: list[Found]) -> tuple[Floats, Floats]:
        count = window.end - window.start
        share = np.zeros((len(found), count), np.float32)
        numbers = np.arange(window.start, window.end)
        buckets = np.zeros((len(found), count), np.int64)
        for row, f in enumerate(found):
            share[row, f.start : f.end] = 1.0 / (f.end - f.start)
            buckets[row] = bucket_of(numbers, f.start + window.start, f.end + window.start, words.sentence)
        feed: dict[str, Any] = {
            "share": share,
            "kinds": np.array([f.kind for f in found], np.int64),
            "words": hidden,
            "buckets": buckets,
        }
        roles, attributes = self._roles.run(None, feed)
        return roles.reshape(len(found), count, len(ROLES), 3), attributes


def _batches(given: list[tuple[Words, Window]]) -> Iterator[list[int]]:
    lengths = [int(w.first[x.end] - w.first[x.start]) + 2 for w, x in given]
    held: list[int] = []
    for index in sorted(range(len(given)), key=lengths.__getitem__):
        if held and (len(held) + 1) * lengths[index] > BATCH_PIECES:
            yield held
            held = []
        held.append(index)
    if held:
        yield held
