"""Incidents as Parquet, written by DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from sayso.views.export import flat
from sayso.views.export.facts import Facts
from sayso.views.export.geopackage import INTEGERS, REALS
from sayso.views.export.tables import with_sourced

DAYS = frozenset({"first", "last"})


class MissingLibraryError(Exception):
    """A format needs a library that is not installed."""

    def __init__(self, form: str, library: str) -> None:
        super().__init__(f"{form} needs {library}: pip install 'sayso[export]'")


def types() -> dict[str, str]:
    """The columns with their SQL types; lists are lists."""
    return {name: _type(name) for name in with_sourced("sayso")}


def write_parquet(told: Iterable[Facts], path: Path) -> None:
    """sayso's columns, one row an incident. Through a file of JSON lines, so that no pool has to fit twice."""
    try:
        import duckdb
    except ImportError:
        raise MissingLibraryError("parquet", "duckdb") from None
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        lines = Path(folder) / "rows.jsonl"
        with lines.open("wb") as stream:
            for facts in told:
                stream.write(msgspec.json.encode(flat.values(facts)) + b"\n")
        with duckdb.connect() as base:
            rows = base.read_json(str(lines), columns=types(), format="newline_delimited")
            rows.write_parquet(str(path), compression="zstd")


def _type(name: str) -> str:
    if name in flat.LISTS:
        return "VARCHAR[]"
    if name in DAYS:
        return "DATE"
    return "BIGINT" if name in INTEGERS else "DOUBLE" if name in REALS else "VARCHAR"
