"""Boosted trees of scikit-learn -> the .npz file that `sayso.pages.forest` reads.

A model file holds plain arrays, never a pickle:

    classes   (classes,)   names                         features  (features,)  names of the columns
    voices    (features,)  the voice of each feature     baseline  (outputs,)   raw score before the first tree
    start     (trees,)     first node of each tree; trees run round by round, one for each output
    feature   (nodes,)     -1 at a leaf                  threshold (nodes,)     goes left if x <= threshold
    left, right (nodes,)   numbered within the tree      value     (nodes,)     the raw score here
    missing_left (nodes,)  whether NaN goes left
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier


def arrays_of(
    model: HistGradientBoostingClassifier, features: Sequence[str], voices: Sequence[str], classes: Sequence[str]
) -> dict[str, np.ndarray]:
    """The arrays of a fitted two- or many-class model without categorical features."""
    if len(features) != len(voices) or len(classes) != len(model.classes_):
        raise ValueError("one voice for each feature and one name for each class are wanted")
    trees = [tree.nodes for trees_of_round in model._predictors for tree in trees_of_round]
    if any(tree["is_categorical"].any() for tree in trees):
        raise ValueError("categorical splits are not supported")
    sizes = [len(tree) for tree in trees]
    nodes = np.concatenate(trees)
    leaf = nodes["is_leaf"].astype(bool)
    return {
        "classes": np.array(classes, dtype=np.str_),
        "features": np.array(features, dtype=np.str_),
        "voices": np.array(voices, dtype=np.str_),
        "baseline": np.asarray(model._baseline_prediction, dtype=np.float64).ravel(),
        "start": np.cumsum([0, *sizes[:-1]]).astype(np.int32),
        "feature": np.where(leaf, -1, nodes["feature_idx"]).astype(np.int16),
        "threshold": np.where(leaf, 0.0, nodes["num_threshold"]).astype(np.float64),
        "left": nodes["left"].astype(np.uint16),
        "right": nodes["right"].astype(np.uint16),
        "value": nodes["value"].astype(np.float32),
        "missing_left": nodes["missing_go_to_left"].astype(bool),
    }


def save(
    path: Path,
    model: HistGradientBoostingClassifier,
    features: Sequence[str],
    voices: Sequence[str],
    classes: Sequence[str],
) -> int:
    """Write the model file; returns its size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays_of(model, features, voices, classes))
    return path.stat().st_size
