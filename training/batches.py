"""Windows of examples -> batches: what the network sees of them, and what it is to say, in tensors of one length."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from examples import Anchor, Example
from sayso.reading.buckets import bucket_of
from sayso.reading.labels import ATTRIBUTES, CUE, OTHERS, ROLES
from sayso.records.vocabulary import EVENT_TYPES

CLS, SEP, MASK = 101, 102, 103
BATCH_PIECES = 2400  # padded pieces of one process's batch
# an event of unknown type is shown to the role head as an attack, the plainest of them
PLAINEST = EVENT_TYPES.index("attack")
KINDS = 1 + CUE  # no event and each type: a word's first labels, before those that `labels.OTHERS` names
IS_CUE, FIRST_OF_EVENT, FIRST_OF_CUE, TOPONYM, FIRST_OF_TOPONYM = range(KINDS, KINDS + len(OTHERS))

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
ExampleWindow = tuple[Example, int, int]  # words of the example, half open


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows, filled up with zeros to the longest, and the anchors that lie in them."""

    ids: Tensor  # (windows, pieces), as marks and mask
    marks: Tensor
    style: Tensor  # (windows,)
    mask: Tensor
    first: Tensor  # (windows, words): each word's first piece, 0 where there is no word
    types: Tensor  # (windows, words, kinds); all zero: not known
    cues: Tensor  # (windows, words)
    begins: Tensor  # (2, windows, words): first of an event, first of a cue
    toponyms: Tensor  # (2, windows, words): inside one, first of one
    word_weight: Tensor  # (4, windows, words): of types, of cues, of begins, of toponyms
    anchor_row: Tensor  # (anchors,): each one's window
    anchor_span: Tensor  # (anchors, 2): words of the window, half open
    anchor_kind: Tensor  # (anchors,)
    buckets: Tensor  # (anchors, words)
    roles: Tensor  # (anchors, words, roles, 3): inside, first and last of each
    role_known: Tensor  # (anchors, roles)
    attribute: Tensor  # (anchors, attributes)
    anchor_weight: Tensor  # (anchors,)


def batches(windows: list[ExampleWindow], chance: random.Random) -> Iterator[list[ExampleWindow]]:
    """Windows of like length together, at most `BATCH_PIECES` padded pieces each, in random order."""

    def length(w: ExampleWindow) -> int:
        return int(w[0].words.first[w[2]] - w[0].words.first[w[1]])

    ordered = sorted(windows, key=lambda w: length(w) + chance.random() * 30)
    groups: list[list[ExampleWindow]] = [[]]
    for window in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * (length(window) + 2) > BATCH_PIECES:
            groups.append([])
        groups[-1].append(window)
    chance.shuffle(groups)
    yield from groups


def collate(group: list[ExampleWindow], chance: random.Random, hide: float) -> Batch:
    """One batch of the windows; `hide` is the share of their words that are masked."""
    return Batch(**_inputs(group, chance, hide), **_word_labels(group), **_anchor_labels(group))


def _inputs(group: list[ExampleWindow], chance: random.Random, hide: float) -> dict[str, Tensor]:
    """What the encoder reads."""
    shown = [_pieces(window, chance, hide) for window in group]
    firsts = [e.words.first[a:b] - e.words.first[a] + 1 for e, a, b in group]
    return {
        "ids": _padded([ids for ids, _ in shown]),
        "marks": _padded([marks for _, marks in shown]),
        "style": torch.tensor([e.style for e, _, _ in group]),
        "mask": _padded([np.ones(len(ids), np.float32) for ids, _ in shown]),
        "first": _padded(firsts).long(),
    }


def _pieces(window: ExampleWindow, chance: random.Random, hide: float) -> tuple[Ints, Ints]:
    """The window's pieces between CLS and SEP, and the marks of the words they belong to."""
    e, a, b = window
    w = e.words
    ids = w.pieces[w.first[a] : w.first[b]].astype(np.int64)
    of_word = np.repeat(np.arange(b - a), np.diff(w.first[a : b + 1]))
    if hide:
        hidden = np.array([chance.random() < hide for _ in range(b - a)])
        ids = np.where(hidden[of_word], MASK, ids)
    marks = w.marks[a:b].astype(np.int64)[of_word]
    return np.r_[CLS, ids, SEP], np.r_[0, marks, 0]


def _word_labels(group: list[ExampleWindow]) -> dict[str, Tensor]:
    """What the anchor head is to say of each word, and how much each part of that weighs."""
    found = [_labels_of_words(window) for window in group]
    labels = _padded([labels for labels, _ in found])
    types, cues, begins, toponyms = labels.split((KINDS, 1, 2, 2), -1)
    return {
        "types": types.contiguous(),
        "cues": _label_first(cues)[0],
        "begins": _label_first(begins),
        "toponyms": _label_first(toponyms),
        "word_weight": _label_first(_padded([weight for _, weight in found])),
    }


def _labels_of_words(window: ExampleWindow) -> tuple[Floats, Floats]:
    """The labels of each word (words, kinds and others), and their weights (words, 4) as in `Batch.word_weight`."""
    e, a, b = window
    if e.soft:
        return e.soft.words.astype(np.float32), np.full((b - a, 4), e.weight, np.float32)
    labels = np.zeros((b - a, KINDS + len(OTHERS)), np.float32)
    known = np.zeros((b - a, 4), np.float32)
    labels[:, 0] = e.all_events
    known[:] = e.all_events, e.all_cues, False, e.toponyms is not None
    for lo, hi in e.toponyms or ():
        if a <= lo and hi <= b:
            labels[lo - a : hi - a, TOPONYM] = 1
            labels[lo - a, FIRST_OF_TOPONYM] = 1
    for _, anchor in _inside(window):
        lo, hi = anchor.start - a, anchor.end - a
        if anchor.kind == CUE:
            labels[lo:hi, IS_CUE] = 1
            labels[lo, FIRST_OF_CUE] = 1
            known[lo:hi, 2] = 1
        elif anchor.kind is not None:
            labels[lo:hi, :KINDS] = np.arange(KINDS) == anchor.kind + 1
            labels[lo, FIRST_OF_EVENT] = 1
            known[lo:hi, [0, 2]] = 1
    return labels, known * np.float32(e.weight)


def _anchor_labels(group: list[ExampleWindow]) -> dict[str, Tensor]:
    """The anchors that the role head is shown, and what it is to say of them."""
    found = [(row, number, anchor) for row, window in enumerate(group) for number, anchor in _inside(window)]
    count, longest = len(found), max(b - a for _, a, b in group)
    spans = np.zeros((count, 2), np.int64)
    buckets = np.zeros((count, longest), np.int64)
    roles = np.zeros((count, longest, len(ROLES), 3), np.float32)
    known = np.zeros((count, len(ROLES)), np.float32)
    attributes = np.zeros((count, len(ATTRIBUTES)), np.float32)
    for i, (row, number, anchor) in enumerate(found):
        e, a, b = group[row]
        spans[i] = anchor.start - a, anchor.end - a
        at = np.arange(a, a + longest).clip(max=len(e.words.spans) - 1)
        buckets[i] = bucket_of(at, anchor.start, anchor.end, e.words.sentence)
        roles[i, : b - a], attributes[i] = _labels_of_anchor(group[row], number)
        known[i, list(anchor.known)] = 1
    kinds = [PLAINEST if anchor.kind is None else anchor.kind for _, _, anchor in found]
    return {
        "anchor_row": torch.tensor([row for row, _, _ in found], dtype=torch.long),
        "anchor_span": torch.from_numpy(spans),
        "anchor_kind": torch.tensor(kinds, dtype=torch.long),
        "buckets": torch.from_numpy(buckets),
        "roles": torch.from_numpy(roles),
        "role_known": torch.from_numpy(known),
        "attribute": torch.from_numpy(attributes),
        "anchor_weight": torch.tensor([group[row][0].weight for row, _, _ in found]),
    }


def _labels_of_anchor(window: ExampleWindow, number: int) -> tuple[Floats, Floats]:
    """The roles of the window's words (words, roles, 3) and the attributes, for the example's anchor `number`."""
    e, a, b = window
    if e.soft:
        return e.soft.roles[number].astype(np.float32), e.soft.attributes[number].astype(np.float32)
    anchor = e.anchors[number]
    roles = np.zeros((b - a, len(ROLES), 3), np.float32)
    for role, runs in anchor.roles.items():
        for start, end in runs:
            lo, hi = max(start, a) - a, min(end, b) - a
            if lo >= hi:
                continue
            roles[lo:hi, role, 0] = 1
            if start >= a:
                roles[lo, role, 1] = 1
            if end <= b:
                roles[hi - 1, role, 2] = 1
    attributes = np.zeros(len(ATTRIBUTES), np.float32)
    if anchor.attribute is not None:
        attributes[anchor.attribute] = 1
    return roles, attributes


def _inside(window: ExampleWindow) -> list[tuple[int, Anchor]]:
    """The anchors that lie wholly in the window, with their numbers in the example."""
    e, a, b = window
    return [(number, x) for number, x in enumerate(e.anchors) if a <= x.start and x.end <= b]


def _padded(arrays: list[NDArray]) -> Tensor:
    """Arrays of one window each (words or pieces, ...) as one tensor (windows, longest, ...), zero after their ends."""
    return pad_sequence([torch.from_numpy(array) for array in arrays], batch_first=True)


def _label_first(labels: Tensor) -> Tensor:
    """(windows, words, labels) -> (labels, windows, words)."""
    return labels.permute(2, 0, 1).contiguous()
