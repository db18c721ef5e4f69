"""Gazetteers of the user's: GeoNames dumps, Who's On First folders and CSV files, read into rows for a shelf.

A line or file that cannot be used is named with its reason, and the rest goes on.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sayso.places.entry import LEVELS, Row
from sayso.places.names import MOST_LETTERS, folded
from sayso.places.shelf import Shelf, shelve
from sayso.records.errors import Problem, SaysoError
from sayso.records.own import checked_name, own_folder
from sayso.records.resolved import Level

MOST_BYTES = 1 << 26  # of one GeoJSON file: the outline of Russia in Who's On First has a third of that
MOST_LETTERS_OF_A_LINE = 1 << 17  # the longest line of allCountries.txt has a tenth of that
MOST_PROBLEMS = 100_000
MOST_NAMES = 500  # of one place: New York has fewer in all languages
_NO_NAMES = frozenset(("link", "post", "iata", "icao", "faac", "wkdt", "unlc", "tcid", "phon"))
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PLACETYPES: dict[str, Level] = {
    "country": "country",
    "dependency": "country",
    "macroregion": "province",
    "region": "province",
    "macrocounty": "district",
    "county": "district",
    "localadmin": "district",
    "locality": "town",
    "borough": "town",
    "macrohood": "site",
    "neighbourhood": "site",
    "microhood": "site",
    "campus": "site",
    "venue": "site",
    "disputed": "region",
    "marinearea": "region",
}


class Added(NamedTuple):
    """What came of reading a gazetteer."""

    places: int
    problems: tuple[Problem, ...]


def user_folder() -> Path:
    """Where gazetteers of the user's are kept: $SAYSO_PLACES, or the user's data folder."""
    return own_folder("places")


def user_shelves(folder: Path) -> list[Shelf]:
    """The shelves in `folder`, by name. SaysoError for one that cannot be read."""
    shelves = []
    for each in sorted(folder.iterdir()) if folder.is_dir() else ():
        if (each / "keys.npy").is_file():
            try:
                shelves.append(Shelf.mapped(each))
            except (OSError, ValueError, EOFError) as error:
                reason = f"no gazetteer that can be read ({error}); add it again, or remove the folder"
                raise SaysoError(Problem(where=str(each), reason=reason)) from error
    return shelves


def add(source: Path, name: str, *, names_file: Path | None = None, columns: Mapping[str, str] | None = None) -> Added:
    """Read the gazetteer `source` and keep it in the user's folder as `name`, instead of what had that name.

    `names_file`: GeoNames' alternateNamesV2.txt; `columns`: our column -> theirs, for CSV. SaysoError if nothing in it
    can be used, or there is too much.
    """
    checked_name(name)
    problems: list[Problem] = []
    try:
        shelf = shelve(_rows(source, name, problems, names_file, columns or {}))
    except OSError as error:
        raise SaysoError(Problem(where=str(source), reason=error.strerror or str(error))) from error
    except ValueError as error:
        raise SaysoError(Problem(where=str(source), reason=f"{error}; split it by country")) from error
    if not len(shelf.places):
        raise SaysoError(problems[0] if problems else Problem(where=str(source), reason="no place in it"))
    shelf.save(user_folder() / name)
    return Added(len(shelf.places), tuple(problems))


def _rows(
    source: Path, name: str, problems: list[Problem], names_file: Path | None, columns: Mapping[str, str]
) -> Iterator[Row]:
    if source.is_dir():
        return whos_on_first(source, problems)
    if source.suffix.lower() == ".csv":
        return table(source, name, columns, problems)
    return geonames(source, names_file, problems)


def geonames(dump: Path, names_file: Path | None, problems: list[Problem]) -> Iterator[Row]:
    """The rows of a dump of GeoNames (19 columns); what is wrong with lines goes to `problems`."""
    more = _more_names(names_file, {cells[0] for _, cells in _lines(dump) if cells}, problems) if names_file else {}
    for number, cells in _lines(dump):
        if len(cells) != 19:
            _note(problems, dump, number, f"{len(cells)} columns, not 19")
            continue
        values = {
            "id": f"geonames:{cells[0]}",
            "name": cells[1],
            "names": (cells[2], *filter(None, cells[3].split(",")), *more.get(cells[0], ())),
            "country": cells[8],
            "admin1": cells[10],
            "admin2": cells[11],
            "lat": cells[4],
            "lon": cells[5],
            "level": _level_of(cells[6], cells[7]),
            "feature": cells[7],
            "population": cells[14] or "0",
        }
        if row := _row(values, dump, number, problems):
            yield row


def _lines(file: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of a file of GeoNames by number, each parted at its tabs; of one that is too long, nothing."""
    with file.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        number = 0
        while line := lines.readline(MOST_LETTERS_OF_A_LINE):
            number += 1
            cells = line.rstrip("\r\n").split("\t")
            while not line.endswith("\n") and (line := lines.readline(MOST_LETTERS_OF_A_LINE)):
                cells = []
            yield number, cells


def _note(problems: list[Problem], file: Path, line: int | None, reason: str) -> None:
    """Keep a problem; SaysoError if there are so many that the file is not what it is taken for."""
    problems.append(Problem(where=str(file), line=line, reason=reason))
    if len(problems) > MOST_PROBLEMS:
        raise SaysoError(Problem(where=str(file), reason=f"more than {MOST_PROBLEMS} lines cannot be used: {reason}"))


def _level_of(feature_class: str, code: str) -> Level:
    """The level of a GeoNames feature."""
    if feature_class == "A":
        if code.startswith("PCL"):
            return "country"
        return "province" if code.startswith("ADM1") else "district"
    if feature_class == "P":
        return "site" if code == "PPLX" else "town"
    return "region" if code in ("RGN", "DSRT", "PLN", "MTS", "VAL", "SEA", "STM", "ISLS") else "site"


def _more_names(names_file: Path, ids: set[str], problems: list[Problem]) -> dict[str, list[str]]:
    """The names in alternateNamesV2.txt of the places with these ids."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for number, cells in _lines(names_file):
        if len(cells) < 4:
            _note(problems, names_file, number, f"{len(cells)} columns, not 10")
        elif cells[1] in ids and cells[2] not in _NO_NAMES:
            found[cells[1]].append(cells[3])
    return found


def table(file: Path, name: str, columns: Mapping[str, str], problems: list[Problem]) -> Iterator[Row]:
    """The rows of a CSV file with a header; `columns` says what they call ours: {"lat": "Y", "name": "Place"}."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        reader = csv.DictReader(lines)
        try:
            for cells in reader:
                values = {ours: cells.get(columns.get(ours, ours)) or "" for ours in Row.__struct_fields__}
                values["id"] = f"{name}:{values['id'] or reader.line_num}"
                values["level"] = values["level"] or "town"
                values["population"] = values["population"] or "0"
                names = {"names": tuple(filter(None, values["names"].split("|")))}
                if row := _row(values | names, file, reader.line_num, problems):
                    yield row
        except csv.Error as error:
            _note(problems, file, reader.line_num, f"not CSV from here on: {error}")


class _Feature(msgspec.Struct):
    properties: dict[str, Any]


def whos_on_first(folder: Path, problems: list[Problem]) -> Iterator[Row]:
    """The rows of a folder of Who's On First records (GeoJSON), each with its subfolders."""
    decode = msgspec.json.Decoder(_Feature).decode
    for file in sorted(folder.rglob("*.geojson")):
        if "-alt-" in file.name:  # another outline of a place that is there anyway
            continue
        try:
            if file.stat().st_size > MOST_BYTES:
                raise ValueError(f"more than {MOST_BYTES} bytes")
            properties = decode(file.read_bytes()).properties
        except (ValueError, RecursionError, OSError) as error:
            _note(problems, file, None, str(error))
            continue
        if properties.get("mz:is_current") == 0 or properties.get("edtf:deprecated", "uuuu") not in ("", "uuuu", ".."):
            continue
        kind = str(properties.get("wof:placetype", ""))
        if kind not in _PLACETYPES:
            _note(problems, file, None, f"no place by its placetype: {kind[:40]!r}")
            continue
        values = {
            "id": f"wof:{properties.get('wof:id') or ''}",
            "name": properties.get("wof:name") or "",
            "names": tuple(_names_in(properties)),
            "country": properties.get("iso:country") or properties.get("wof:country") or "",
            "lat": properties.get("lbl:latitude", properties.get("geom:latitude", "")),
            "lon": properties.get("lbl:longitude", properties.get("geom:longitude", "")),
            "level": _PLACETYPES[kind],
            "population": properties.get("wof:population") or properties.get("gn:population") or "0",
        }
        if row := _row(values, file, None, problems):
            yield row


def _names_in(properties: Mapping[str, Any]) -> Iterator[str]:
    for key, names in properties.items():
        if key.startswith("name:") and isinstance(names, list):
            yield from (name for name in names if isinstance(name, str))


def _row(values: Mapping[str, Any], file: Path, line: int | None, problems: list[Problem]) -> Row | None:
    """A row of `values`, or what is wrong with them."""
    try:
        row = msgspec.convert(values, Row, strict=False)
        reason = _fault(row)
    except msgspec.ValidationError as error:
        reason = str(error)
    if reason:
        _note(problems, file, line, reason)
        return None
    return msgspec.structs.replace(row, names=tuple(_usable(row.names)))


def _fault(row: Row) -> str:
    codes = row.id + row.admin1 + row.admin2 + row.feature
    if len(codes) > MOST_LETTERS or not codes.isprintable() or row.id.endswith(":"):
        return f"no id, or no codes of divisions: {row.id[:40]!r}"
    if not folded(row.name) or _CONTROL.search(row.name):
        return f"no name: {row.name[:40]!r}"
    if row.id.startswith("geonames:") and not (row.id[9:].isdecimal() and 0 < int(row.id[9:][:12]) < 1 << 32):
        return f"no id of GeoNames: {row.id[9:49]!r}"
    if not (-90 <= row.lat <= 90 and -180 <= row.lon <= 180):  # false for NaN
        return f"not on the Earth: {row.lat}, {row.lon}"
    if row.country and not (len(row.country) == 2 and row.country.isascii() and row.country.isupper()):
        return f"no ISO 3166-1 alpha-2 code: {row.country[:20]!r}"
    return "" if row.level in LEVELS else f"no level: {row.level!r}"


def _usable(names: Iterable[str]) -> Iterator[str]:
    kept = 0
    for name in names:
        if kept < MOST_NAMES and len(name) <= MOST_LETTERS:
            kept += 1
            yield name
