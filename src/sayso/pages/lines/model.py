"""The trained line model: two looks at a page, and the voices that spoke most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import IO

import msgspec
import numpy as np

from sayso.pages.forest import Floats, Forest
from sayso.pages.lines.features import FIRST, FIRST_LOOK, SECOND, TextLine, first_look, second_look

TOLD = 2  # voices named for each line: the first two nearly always carry it


class LineModel(msgspec.Struct, frozen=True):
    """The first look goes by the lines themselves; the second also by what the first made of their neighbours."""

    first: Forest
    second: Forest
    weights: Mapping[str, float]


class Opinions(msgspec.Struct, frozen=True):
    """`kept`: the probability that each line is the report's own words; and the voices that moved it most."""

    kept: list[float]
    speaking_for: list[str]
    speaking_against: list[str]

    def why(self, at: int, *, kept: bool) -> str:
        """The voices that spoke most for what the line was taken for."""
        return self.speaking_for[at] if kept else self.speaking_against[at]


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
    names = model.second.voices
    return Opinions(second.probability[:, 1].astype(float).tolist(), _loudest(voices, names), _loudest(-voices, names))


def _loudest(voices: Floats, names: Sequence[str]) -> list[str]:
    """The names of the voices that spoke most, line by line; says so where none did (a line kept in doubt)."""
    order = np.argsort(-voices, axis=1)[:, :TOLD]
    spoke = np.take_along_axis(voices, order, axis=1) > 0
    return [
        " and ".join(names[voice] for voice, said in zip(row, says, strict=True) if said) or "nothing spoke for it"
        for row, says in zip(order.tolist(), spoke.tolist(), strict=True)
    ]
