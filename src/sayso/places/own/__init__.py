"""Places that conflicts need and lists of towns lack: the rows of `*.csv` in this folder. See `docs/places.md`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources

import msgspec

from sayso.places.entry import Row

_NUMBERS = {"lat": float, "lon": float, "population": int}


def own_rows() -> Iterator[Row]:
    """The rows of all files here. msgspec.ValidationError or ValueError for a row that is wrong."""
    files = (file for file in resources.files("sayso.places.own").iterdir() if file.name.endswith(".csv"))
    for file in sorted(files, key=lambda file: file.name):
        for columns in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
            values: dict[str, object] = {
                column: _NUMBERS[column](value) if column in _NUMBERS else value for column, value in columns.items()
            }
            values["names"] = tuple(filter(None, columns["names"].split("|")))
            yield msgspec.convert(values, Row)
