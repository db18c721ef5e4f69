"""The trained line model: two looks at a page, and the voices that spoke most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np

from sayso.pages.forest import Floats, Forest
from sayso.pages.lines.features import FIRST, FIRST_LOOK, SECOND, TextLine, first_look, second_look, words_in

TOLD = 2  # voices named for each line: the first two nearly always carry it


class LineModel(msgspec.Struct, frozen=True):
    """The first look goes by the lines themselves; the second also by what the first made of their neighbours."""

    first: Forest
    second: Forest
    weights: Mapping[str, float]


class Opinions(msgspec.Struct, frozen=True):
    """`kept`: the probability that each line is the report's own words. `voices`: (lines, voices), by `names`."""

    kept: list[float]
    voices: Floats
    names: tuple[str, ...]

    def why(self, at: int, *, kept: bool) -> str:
        """The voices that spoke most for what the line was taken for.

        Where none did (a line kept in doubt against all of them), says so.
        """
        said = self.voices[at] if kept else -self.voices[at]
        loudest = [int(voice) for voice in np.argsort(said)[::-1][:TOLD] if said[voice] > 0]
        return " and ".join(self.names[voice] for voice in loudest) or "nothing spoke for it"


@cache
def line_model() -> LineModel:
    """The model shipped in `weights.npz`, written by `training/lines.py`."""
    with (
        files("sayso.pages.lines").joinpath("weights.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as arrays,
    ):
        parts = dict(arrays)
    first, second = (
        Forest({name.removeprefix(which): array for name, array in parts.items() if name.startswith(which)})
        for which in ("first.", "second.")
    )
    if first.features != tuple(FIRST) or second.features != (
        *FIRST,
        *SECOND,
    ):  # the second's voices begin with the first's
        raise ValueError("weights.npz was trained on other features; run training/lines.py")
    weights = dict(zip(parts["words"].tolist(), parts["weights"].astype(float).tolist(), strict=True))
    return LineModel(first, second, weights)


def opinions_of(lines: Sequence[TextLine]) -> Opinions:
    """What the model says of each line of a page."""
    model = line_model()
    words_of = words_in(lines)
    table = first_look(lines, words_of, model.weights)
    first = model.first.score(table)
    second = model.second.score(second_look(words_of, table, first.probability[:, 1].astype(np.float64)))
    voices = second.voices[:, 0].copy()
    voices[:, model.second.voices.index(FIRST_LOOK)] = 0.0  # what it said is told by its own voices instead
    voices[:, : len(model.first.voices)] += first.voices[:, 0]
    return Opinions(second.probability[:, 1].astype(float).tolist(), voices, model.second.voices)
