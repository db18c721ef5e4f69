"""How near two words for an act are in meaning, by a small table of vectors (`training/link_meanings.py`)."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np

LENGTH = 127.0  # of a vector kept as bytes


@cache
def _vectors() -> dict[str, Any]:
    with resources.files("sayso.linking").joinpath("meanings.npz").open("rb") as file:
        table = np.load(file, allow_pickle=False)
        stems = table["stems"].tobytes().decode().split("\n")
        return dict(zip(stems, table["vectors"].astype(np.float32) / LENGTH, strict=True))


@lru_cache(maxsize=50_000)
def _meaning(stems: frozenset[str]) -> Any:
    found = [vector for word in sorted(stems) if (vector := _vectors().get(word)) is not None]
    if not found:
        return None
    mean = np.sum(found, axis=0)
    return mean / (np.linalg.norm(mean) or 1.0)


@lru_cache(maxsize=200_000)
def near(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0, nothing in common or not known, to 1, the same; of the stems of two triggers.

    >>> blast, explosion, visit = (frozenset({word}) for word in ("blast", "explos", "visit"))
    >>> near(blast, explosion) > 0.5 > near(blast, visit)
    True
    """
    a, b = _meaning(one), _meaning(other)
    return 0.0 if a is None or b is None else max(0.0, float(a @ b))
