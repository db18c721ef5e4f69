"""A choice among what is at hand, or none of it: signs that speak for each, and the weights of a softmax over them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

Signs = tuple[str, ...]


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A weight for each sign; `least`: the chance from which on something is chosen rather than none."""

    least: float
    weights: dict[str, float]


def chances(none: Signs, at_hand: Sequence[Signs], table: Weights) -> list[float]:
    """How likely each of what is at hand is, by its signs; what is missing to 1 is the chance of none.

    >>> chances(("none",), [("here",), ("here", "late")], Weights(least=0.2, weights={"late": -99.0}))[0]
    0.5
    """
    told = [sum(table.weights.get(sign, 0.0) for sign in signs) for signs in (none, *at_hand)]
    top = max(told)
    powers = [math.exp(score - top) for score in told]
    whole = sum(powers)
    return [power / whole for power in powers[1:]]


def likeliest(none: Signs, at_hand: Sequence[Signs], table: Weights) -> tuple[int, float] | None:
    """Which is likeliest and how likely it is; None where none is likely enough."""
    likely = chances(none, at_hand, table)
    best = max(range(len(likely)), key=likely.__getitem__, default=None)
    return None if best is None or likely[best] < table.least else (best, likely[best])
