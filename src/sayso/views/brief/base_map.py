"""Borders, coasts, rivers and lakes of an extent: Natural Earth, public domain, packed by training/base_map.py."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

STEP = 0.002  # degrees; training/base_map.py rounds to it
TURNS = (0.0, -360.0, 360.0)  # an extent over the antimeridian has degrees beyond 180

Points = npt.NDArray[np.float64]


class Extent(msgspec.Struct, frozen=True):
    """Degrees. `west` < `east`, which may lie beyond 180 where the antimeridian is within."""

    west: float
    south: float
    east: float
    north: float


class BaseMap:
    """Lines of the world, each with its box, so that those of an extent are found at once."""

    def __init__(self, packed: dict[str, npt.NDArray[Any]]) -> None:
        arcs = _unpacked(packed, "arc")
        ends = np.cumsum(packed["ring_sizes"])
        rings = [_joined(arcs, packed["ring_arcs"][a:b]) for a, b in pairwise([0, *ends.tolist()])]
        self._names = [str(name) for name in packed["names"]]
        self._owners = packed["owners"]
        self._lines = {"land": rings, "river": _unpacked(packed, "river"), "lake": _unpacked(packed, "lake")}
        self._boxes = {
            kind: np.array([[*line.min(0), *line.max(0)] for line in lines]) for kind, lines in self._lines.items()
        }

    def land(self, extent: Extent) -> Iterator[tuple[str, Points]]:
        """Rings of countries, cut to the extent, each with its country's name; what is not in one is sea."""
        for n, ring in self._within("land", extent):
            yield self._names[self._owners[n]], ring

    def lakes(self, extent: Extent) -> Iterator[Points]:
        """Rings of lakes, cut to the extent."""
        for _, ring in self._within("lake", extent):
            yield ring

    def rivers(self, extent: Extent) -> Iterator[Points]:
        """Lines that come within the extent, whole."""
        for turn in TURNS:
            for n in self._near("river", extent, turn):
                yield self._lines["river"][n] + (turn, 0)

    def _within(self, kind: str, extent: Extent) -> Iterator[tuple[int, Points]]:
        for turn in TURNS:
            for n in self._near(kind, extent, turn):
                ring = cut(self._lines[kind][n] + (turn, 0), extent)
                if len(ring) > 2:
                    yield int(n), ring

    def _near(self, kind: str, extent: Extent, turn: float) -> npt.NDArray[np.intp]:
        west, south, east, north = self._boxes[kind].T
        return np.flatnonzero(
            (west + turn <= extent.east)
            & (east + turn >= extent.west)
            & (south <= extent.north)
            & (north >= extent.south)
        )


@cache
def packaged() -> BaseMap:
    """The map that comes with sayso."""
    with (
        resources.as_file(resources.files("sayso.views.brief") / "base_map.npz") as path,
        np.load(path, allow_pickle=False) as packed,
    ):
        return BaseMap(dict(packed))


def cut(ring: Points, extent: Extent) -> Points:
    """A ring within an extent (Sutherland and Hodgman 1974); where it leaves, it follows the edge.

    >>> cut(np.array([[0.0, 0], [4, 0], [4, 4], [0, 4]]), Extent(1, 1, 9, 9)).tolist()
    [[1.0, 1.0], [4.0, 1.0], [4.0, 4.0], [1.0, 4.0]]
    """
    for axis, edge, sign in ((0, extent.west, 1), (0, extent.east, -1), (1, extent.south, 1), (1, extent.north, -1)):
        if not len(ring):
            break
        ring = _cut_edge(ring, axis, edge, sign)
    return ring


def _cut_edge(ring: Points, axis: int, edge: float, sign: int) -> Points:
    inside = (ring[:, axis] - edge) * sign >= 0
    if inside.all():
        return ring
    before = np.roll(ring, 1, axis=0)
    crosses = inside != np.roll(inside, 1)
    share = np.zeros(len(ring))
    np.divide(edge - before[:, axis], ring[:, axis] - before[:, axis], out=share, where=crosses)
    met = before + share[:, None] * (ring - before)
    both = np.stack([met, ring], axis=1).reshape(-1, 2)
    kept: Points = both[np.stack([crosses, inside], axis=1).ravel()]
    return kept


def _unpacked(packed: dict[str, npt.NDArray[Any]], name: str) -> list[Points]:
    points = np.cumsum(packed[f"{name}_steps"], axis=0, dtype=np.int64) * STEP
    return np.split(points, np.cumsum(packed[f"{name}_sizes"])[:-1])


def _joined(arcs: list[Points], numbers: npt.NDArray[np.int16]) -> Points:
    """A ring of arcs, by TopoJSON's numbers: ~n is arc n backwards; each begins where the one before ends."""
    return np.concatenate([(arcs[n] if n >= 0 else arcs[~n][::-1])[:-1] for n in numbers.tolist()])
