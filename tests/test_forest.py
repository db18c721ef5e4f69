"""The forest says what its trees say: a tree written by hand, and many trees walked one by one."""

from __future__ import annotations

import io

import numpy as np
import pytest

from sayso.pages.forest import MOST_LEAVES, Forest

# words <= 3 ? no sentence : (ends with a full stop ? sentence : rather not); a missing length goes right.
BY_HAND = {
    "classes": np.array(["drop", "keep"]),
    "features": np.array(["words", "full_stop"]),
    "voices": np.array(["its length", "its ending"]),
    "baseline": np.array([0.5]),
    "start": np.array([0]),
    "feature": np.array([0, -1, 1, -1, -1]),
    "threshold": np.array([3.0, 0, 0.5, 0, 0]),
    "left": np.array([1, 0, 3, 0, 0]),
    "right": np.array([2, 0, 4, 0, 0]),
    "value": np.array([0.0, -2.0, 1.0, -0.5, 2.0]),
    "missing_left": np.array([False, False, True, False, False]),
}


def saved(arrays: dict[str, np.ndarray]) -> io.BytesIO:
    file = io.BytesIO()
    np.savez(file, **arrays)
    file.seek(0)
    return file


def test_a_tree_written_by_hand() -> None:
    forest = Forest.load(saved(BY_HAND))
    lines = np.array([[2.0, 1.0], [3.0, 1.0], [9.0, 0.0], [9.0, 1.0], [np.nan, np.nan]])
    opinion = forest.score(lines)
    raw = np.array([-1.5, -1.5, 0.0, 2.5, 0.0])
    np.testing.assert_allclose(opinion.probability[:, 1], 1 / (1 + np.exp(-raw)), rtol=1e-6)
    np.testing.assert_allclose(opinion.probability.sum(axis=1), 1.0, rtol=1e-6)


def test_the_voices_tell_what_moved_the_score() -> None:
    forest = Forest.load(saved(BY_HAND))
    assert forest.voices == ("its length", "its ending")
    said = forest.score(np.array([[9.0, 1.0]])).voices
    np.testing.assert_allclose(said, [[[1.0, 1.0]]])


def random_forest(seed: int, trees: int, leaves: int, outputs: int) -> dict[str, np.ndarray]:
    """Trees grown by splitting a random leaf again and again."""
    rng = np.random.default_rng(seed)
    names = ("feature", "threshold", "left", "right", "value", "missing_left")
    columns: dict[str, list[float]] = {name: [] for name in names}
    start = []
    for _ in range(trees):
        first = len(columns["feature"])
        start.append(first)
        rows = [[-1, 0.0, 0, 0, float(rng.normal()), False]]
        for _ in range(leaves - 1):
            leaf = int(rng.choice([i for i, row in enumerate(rows) if row[0] == -1]))
            rows[leaf][:4] = [int(rng.integers(4)), float(rng.integers(5)), len(rows), len(rows) + 1]
            rows[leaf][5] = bool(rng.integers(2))
            rows += [[-1, 0.0, 0, 0, float(rng.normal()), False] for _ in range(2)]
        for row in rows:
            for name, value in zip(names, row, strict=True):
                columns[name].append(value)
    return {
        "classes": np.array([f"c{k}" for k in range(max(outputs, 2))]),
        "features": np.array(list("abcd")),
        "voices": np.array(["v", "w", "v", "w"]),
        "baseline": rng.normal(size=outputs),
        "start": np.array(start),
        **{name: np.array(values) for name, values in columns.items()},
    }


def walk(arrays: dict[str, np.ndarray], row: np.ndarray) -> np.ndarray:
    """The raw scores of one row, node by node."""
    raw = arrays["baseline"].copy()
    for number, first in enumerate(arrays["start"].tolist()):
        node = first
        while arrays["feature"][node] >= 0:
            value = row[int(arrays["feature"][node])]
            goes_left = arrays["missing_left"][node] if np.isnan(value) else value <= arrays["threshold"][node]
            node = first + int(arrays["left" if goes_left else "right"][node])
        raw[number % len(raw)] += arrays["value"][node]
    return raw


@pytest.mark.parametrize(("leaves", "outputs"), [(7, 1), (32, 3), (MOST_LEAVES, 2)])
def test_many_trees_at_once_are_the_trees_one_by_one(leaves: int, outputs: int) -> None:
    arrays = random_forest(seed=leaves, trees=12, leaves=leaves, outputs=outputs)
    rng = np.random.default_rng(1)
    lines = rng.integers(-1, 6, size=(60, 4)).astype(float)
    lines[rng.random(lines.shape) < 0.15] = np.nan
    opinion = Forest.load(saved(arrays)).score(lines)
    wanted = np.array([walk(arrays, row) for row in lines])
    np.testing.assert_allclose(opinion.voices.sum(axis=2) + arrays["baseline"], wanted, rtol=1e-4, atol=1e-4)
    assert opinion.probability.shape == (60, max(outputs, 2))
    np.testing.assert_allclose(opinion.probability.sum(axis=1), 1.0, rtol=1e-5)


def test_more_leaves_than_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="65 leaves"):
        Forest(random_forest(seed=0, trees=1, leaves=MOST_LEAVES + 1, outputs=1))


def test_no_lines_and_wrong_widths() -> None:
    forest = Forest.load(saved(BY_HAND))
    assert forest.score(np.zeros((0, 2))).probability.shape == (0, 2)
    with pytest.raises(ValueError, match="2 features wanted"):
        forest.score(np.zeros((3, 5)))


def test_scikit_learns_own_answers() -> None:
    ensemble = pytest.importorskip("sklearn.ensemble")
    export = _exporter()
    rng = np.random.default_rng(0)
    x = rng.normal(size=(400, 5)).round(1)
    x[rng.random(x.shape) < 0.1] = np.nan
    for y in ((np.nan_to_num(x[:, 0]) > 0.1).astype(int), rng.integers(0, 3, size=400)):
        model = ensemble.HistGradientBoostingClassifier(max_iter=9, max_leaf_nodes=20).fit(x, y)
        names = [str(k) for k in model.classes_]
        forest = Forest.load(saved(export.arrays_of(model, list("abcde"), list("vvwww"), names)))
        np.testing.assert_allclose(forest.score(x).probability, model.predict_proba(x), atol=1e-5)


def _exporter():  # type: ignore[no-untyped-def]
    """`training/forest.py`, which lies outside the package."""
    import importlib.util
    from pathlib import Path

    place = Path(__file__).parents[1] / "training" / "forest.py"
    spec = importlib.util.spec_from_file_location("training_forest", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
