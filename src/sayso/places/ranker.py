"""Which of its meanings each name has: a linear ranker over the whole report, weighed again as the others settle."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from sayso.places.scene import DYNAMIC, FEATURES, STATIC, Scene, dynamic, softmax
from sayso.places.sheet import Floats

ROUNDS = 2  # a third changes less than one place in five hundred


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts: `first` before anything is known of the other names, `then` afterwards."""

    first: Floats
    then: Floats


@cache
def weights() -> Weights:
    """The weights that ship with sayso (made by `training/places_ranker.py`)."""
    data = json.loads(resources.files("sayso.places").joinpath("ranker.json").read_text(encoding="utf-8"))
    return Weights(
        np.array([data["first"][name] for name in STATIC]), np.array([data["then"][name] for name in FEATURES])
    )  # fmt: skip


def chances(scene: Scene, by: Weights) -> tuple[Floats, Floats]:
    """The chance of every meaning, and what the other names said for it in the last round (`DYNAMIC`)."""
    chance = softmax(scene, scene.static @ by.first)
    said = np.zeros((len(scene.matches), len(DYNAMIC)))
    for _ in range(ROUNDS):
        said = dynamic(scene, chance)
        chance = softmax(scene, scene.static @ by.then[: len(STATIC)] + said @ by.then[len(STATIC) :])
    return chance, said
