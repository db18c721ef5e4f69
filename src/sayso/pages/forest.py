"""Boosted trees in numpy: what a trained line model says of many lines at once, and which voices spoke most.

The models are trained with scikit-learn (see `training/forest.py`) and shipped as small .npz files, so that nothing
that runs needs scikit-learn. Scoring follows QuickScorer (Lucchese et al., SIGIR 2015): each tree keeps one bit for
each of its leaves, every node that sends a line to the right strikes out the leaves on its left, and the lowest bit
left is the leaf reached. All trees are walked for all lines with a handful of array operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Table = NDArray[Any]

MOST_LEAVES = 64  # one bit a leaf in one machine word
AT_ONCE = 256  # lines scored together: keeps the arrays of a huge page small


class Opinion(msgspec.Struct, frozen=True):
    """What a forest says of `n` lines.

    `probability` is (n, classes); two-class forests give both columns. `voices` is (n, outputs, voices): how far each
    voice (a named group of features) moved the raw score of each output; a two-class forest has the one output of
    its second class. The sum over voices plus the baseline is the raw score (Saabas' decomposition of a tree's path).
    """

    probability: Floats
    voices: Floats


class Forest:
    """Boosted trees ready to score. Build one with `Forest.load`; it is never changed afterwards.

    `classes`: names of the classes; `features`: names of the columns of `x`, in order; `voices`: names of the voices.
    """

    def __init__(self, arrays: dict[str, Table]) -> None:
        """`arrays` is the content of a model file; see `training/forest.py` for its shapes."""
        self.classes: tuple[str, ...] = tuple(str(name) for name in arrays["classes"])
        self.features: tuple[str, ...] = tuple(str(name) for name in arrays["features"])
        of_feature = [str(name) for name in arrays["voices"]]
        self.voices: tuple[str, ...] = tuple(dict.fromkeys(of_feature))
        self._baseline = arrays["baseline"].astype(np.float32)
        trees = _trees(arrays)
        if len(trees) % len(self._baseline):
            raise ValueError("a forest needs as many trees for each of its outputs")
        self._nodes = _nodes_of(trees, len(self.features))
        voice_of = np.array([self.voices.index(name) for name in of_feature], dtype=np.intp)
        self._leaves, self._first = _leaf_voices(trees, voice_of, len(self.voices))

    @classmethod
    def load(cls, file: Path | IO[bytes]) -> Forest:
        """Read a model file. Raises `ValueError` or `KeyError` if it is not one; never unpickles anything."""
        with np.load(file, allow_pickle=False) as arrays:
            return cls(dict(arrays))

    def score(self, x: Table) -> Opinion:
        """Score lines: `x` is (n, features), NaN where a value is missing."""
        if x.ndim != 2 or x.shape[1] != len(self.features):
            raise ValueError(f"{len(self.features)} features wanted, got an array of shape {x.shape}")
        parts = [self._voices_of(x[at : at + AT_ONCE]) for at in range(0, len(x), AT_ONCE)]
        outputs = len(self._baseline)
        voices = np.concatenate(parts) if parts else np.zeros((0, outputs, len(self.voices)), dtype=np.float32)
        raw = voices.sum(axis=2) + self._baseline
        if outputs == 1:
            second = 1.0 / (1.0 + np.exp(-raw[:, 0]))
            return Opinion(np.stack([1.0 - second, second], axis=1), voices)
        weight = np.exp(raw - raw.max(axis=1, keepdims=True))
        return Opinion(weight / weight.sum(axis=1, keepdims=True), voices)

    def _voices_of(self, x: Table) -> Floats:
        """(rows, outputs, voices): the voices of the leaves that the rows reach, summed over the trees.

        The arrays inside run along the rows last, so that each step works on neighbouring memory.
        """
        nodes = self._nodes
        columns = x.T
        missing = np.isnan(columns)
        filled = np.concatenate([np.where(missing, -np.inf, columns), np.where(missing, np.inf, columns)])
        goes_right = filled.take(nodes.column, axis=0) > nodes.threshold
        left = np.bitwise_and.reduceat(np.where(goes_right, nodes.strikes, nodes.everything), nodes.start, axis=0)
        lowest = left & (~left + nodes.everything.dtype.type(1))
        leaf = np.frexp(lowest.astype(np.float64))[1] - 1 + self._first
        said = self._leaves.take(leaf, axis=0).reshape(-1, len(self._baseline), len(x), len(self.voices))
        return said.sum(axis=0, dtype=np.float32).transpose(1, 0, 2)  # type: ignore[no-any-return]


class _Nodes(msgspec.Struct, frozen=True):
    """The inner nodes of all trees, tree by tree; `start` is each tree's first.

    `column` counts the features once with missing values as the lowest and once more with them as the highest, so that
    each node finds them on its side. `strikes` leaves out the bits of the leaves on the left. `threshold` and
    `strikes` are columns.
    """

    column: Table
    threshold: Table
    strikes: Table
    start: Table
    everything: Any


class _Tree(msgspec.Struct, frozen=True):
    """One tree's nodes in preorder arrays; `feature` is -1 at a leaf. Leaves are numbered from left to right."""

    feature: Table
    threshold: Table
    left: Table
    right: Table
    value: Table
    missing_left: Table


def _trees(arrays: dict[str, Table]) -> list[_Tree]:
    """Cut the concatenated node arrays at `start`, the first node of each tree."""
    ends = [*arrays["start"][1:].tolist(), len(arrays["feature"])]
    names = ("feature", "threshold", "left", "right", "value", "missing_left")
    return [
        _Tree(*(arrays[name][first:last] for name in names))
        for first, last in zip(arrays["start"].tolist(), ends, strict=True)
    ]


def _leaves_under(tree: _Tree) -> list[tuple[int, int]]:
    """For each node, the half-open range of the numbers of the leaves under it. Walks without recursion."""
    under = [(0, 0)] * len(tree.feature)
    open_at: dict[int, int] = {}
    count = 0
    stack = [0]
    while stack:
        node = stack.pop()
        if node in open_at:
            under[node] = (open_at[node], count)
        elif tree.feature[node] < 0:
            under[node] = (count, count + 1)
            count += 1
        else:
            open_at[node] = count
            stack += [node, int(tree.right[node]), int(tree.left[node])]
    return under


def _nodes_of(trees: Sequence[_Tree], features: int) -> _Nodes:
    """The inner nodes in rows. A tree of one leaf gets a node that strikes nothing."""
    unders = [_leaves_under(tree) for tree in trees]
    most = max((under[0][1] for under in unders), default=1)
    if most > MOST_LEAVES:
        raise ValueError(f"a tree of {most} leaves; at most {MOST_LEAVES} fit one word")
    word: type[np.uint32] | type[np.uint64] = np.uint32 if most <= 32 else np.uint64
    everything = int(np.iinfo(word).max)
    column: list[int] = []
    threshold: list[float] = []
    strikes: list[int] = []
    start: list[int] = []
    for tree, under in zip(trees, unders, strict=True):
        start.append(len(column))
        for node in np.flatnonzero(tree.feature >= 0).tolist():
            first, last = under[int(tree.left[node])]
            column.append(int(tree.feature[node]) + (0 if tree.missing_left[node] else features))
            threshold.append(float(tree.threshold[node]))
            strikes.append(everything & ~(((1 << (last - first)) - 1) << first))
        if start[-1] == len(column):
            column.append(0)
            threshold.append(np.inf)
            strikes.append(everything)
    return _Nodes(
        np.array(column),
        np.array(threshold)[:, None],
        np.array(strikes, dtype=word)[:, None],
        np.array(start),
        word(everything),
    )


def _leaf_voices(trees: Sequence[_Tree], voice_of: Table, voices: int) -> tuple[Floats, Table]:
    """(leaves of all trees, voices): what each voice adds on the way to a leaf; and each tree's first leaf.

    The value at the root belongs to no feature; boosting centres it close to nought, and it is given to the first
    step so that the sum stays true.
    """
    rows: list[list[float]] = []
    first: list[int] = []
    for tree in trees:
        first.append(len(rows))
        stack: list[tuple[int, list[float]]] = [(0, [0.0] * voices)]
        while stack:
            node, said = stack.pop()
            if tree.feature[node] < 0:
                rows.append(said)
                continue
            before = 0.0 if node == 0 else float(tree.value[node])
            voice = int(voice_of[int(tree.feature[node])])
            for child in (int(tree.right[node]), int(tree.left[node])):
                more = list(said)
                more[voice] += float(tree.value[child]) - before
                stack.append((child, more))
    return np.array(rows, dtype=np.float32).reshape(-1, voices), np.array(first, dtype=np.intp)[:, None]
