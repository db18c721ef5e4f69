"""The trained line model: two looks at a page, and the voices that spoke most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import IO

import msgspec
import numpy as np

from sayso.pages.forest import Forest
from sayso.pages.lines.features import FIRST, FIRST_LOOK, SECOND, TextLine, first_look, second_look

TOLD = 2  # voices named for each line: the first two nearly always carry it


class LineModel(msgspec.Struct, frozen=True):
    """The first look goes by the lines themselves; the second also by what the first made of their neighbours."""

    first: Forest
    second: Forest
    weights: Mapping[str, float]


class Opinions(msgspec.Struct, frozen=True):
    """`kept`: the probability that each line is the report's own words.

    `voices`: how far each voice, of `names`, moved it; `order`: the voices of each line from the one that spoke most
    against it to the one that spoke most for it.
    """

    kept: list[float]
    voices: list[list[float]]
    order: list[list[int]]
    names: tuple[str, ...]

    def why(self, at: int, *, kept: bool) -> str:
        """The voices that spoke most for what the line was taken for; says so where none did."""
        said, order = self.voices[at], self.order[at]
        loudest = order[: -TOLD - 1 : -1] if kept else order[:TOLD]
        spoke = [self.names[voice] for voice in loudest if (said[voice] > 0) is kept and said[voice]]
        return " and ".join(spoke) or "nothing spoke for it"


def read_model(file: Path | IO[bytes]) -> LineModel:
    """Read a model file written by `training/lines.py`. Raises `ValueError` if it goes by other features."""
    with np.load(file, allow_pickle=False) as arrays:
        parts = dict(arrays)
    first, second = (
        Forest({name.removeprefix(which): array for name, array in parts.items() if name.startswith(which)})
        for which in ("first.", "second.")
    )
    if first.features != tuple(FIRST) or second.features != (*FIRST, *SECOND):  # the second's begin with the first's
        raise ValueError("the line model was trained on other features; run training/lines.py")
    weights = dict(zip(parts["words"].tolist(), parts["weights"].astype(float).tolist(), strict=True))
    return LineModel(first, second, weights)


@cache
def line_model() -> LineModel:
    """The model shipped in `weights.npz`."""
    with files("sayso.pages.lines").joinpath("weights.npz").open("rb") as file:
        return read_model(file)


def opinions_of(
    lines: Sequence[TextLine], words_of: Sequence[Sequence[str]], model: LineModel | None = None
) -> Opinions:
    """What the model (the shipped one, if none is given) says of each line of a page."""
    model = model or line_model()
    table = first_look(lines, words_of, model.weights)
    first = model.first.score(table)
    second = model.second.score(second_look(words_of, table, first.probability[:, 1].astype(np.float64)))
    voices = second.voices[:, 0].copy()
    voices[:, model.second.voices.index(FIRST_LOOK)] = 0.0  # what it said is told by its own voices instead
    voices[:, : len(model.first.voices)] += first.voices[:, 0]
    kept: list[float] = second.probability[:, 1].tolist()
    return Opinions(kept, voices.tolist(), np.argsort(voices, axis=1).tolist(), model.second.voices)
