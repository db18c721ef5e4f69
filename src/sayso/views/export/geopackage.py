"""Incidents, accounts and holdings as a GeoPackage (OGC 12-128r18), which is an SQLite file."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sayso.records.pool import Holding
from sayso.records.resolved import Place
from sayso.views.export import flat
from sayso.views.export.facts import Facts
from sayso.views.export.tables import columns, with_sourced

WGS_84 = 4326
APPLICATION, VERSION = 0x47504B47, 10300  # "GPKG", 1.3.0
COUNTS = frozenset({"n_reports", "n_origins", "n_independent", "start", "end"})
PRECISIONS = frozenset({"place_precision", "date_precision", "ucdp_type_of_violence"})
INTEGERS = COUNTS | PRECISIONS | {"killed_min", "killed_max", "wounded_min", "wounded_max"}
REALS = frozenset({"latitude", "longitude"})

SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
"""
UNDEFINED = "undefined"
WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
SYSTEMS = (
    ("Undefined cartesian", -1, "NONE", -1, UNDEFINED, "undefined Cartesian coordinates"),
    ("Undefined geographic", 0, "NONE", 0, UNDEFINED, "undefined geographic coordinates"),
    ("WGS 84", WGS_84, "EPSG", WGS_84, WKT, "longitude and latitude on WGS 84"),
)

Table = list[tuple[Place | None, Mapping[str, Any]]]


def write_geopackage(told: Iterable[Facts], holdings: Iterable[Holding], path: Path) -> None:
    """The layers `incidents` and `holdings`, and the table `accounts`, to a file that is not there yet."""
    told = list(told)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(f"PRAGMA application_id = {APPLICATION}")
        file.execute(f"PRAGMA user_version = {VERSION}")
        file.executescript(SCHEMA)
        file.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", SYSTEMS)
        _layer(file, "incidents", with_sourced("sayso"), [(f.incident.place, flat.row(f)) for f in told])
        _layer(file, "holdings", tuple(columns("holdings")), [(h.place, _holding(h)) for h in holdings])
        _attributes(file, "accounts", tuple(columns("accounts")), _accounts(told))


def _accounts(told: Iterable[Facts]) -> Iterable[Mapping[str, Any]]:
    return (flat.account(account, facts.incident.id) for facts in told for account in facts.accounts)


def _holding(holding: Holding) -> dict[str, Any]:
    return {
        "place": holding.place.name,
        "place_id": holding.place.id,
        "accounts": "; ".join(holding.accounts),
        **{n: getattr(holding, n) for n in ("actor", "actor_id", "status", "since", "until", "said", "why")},
    }


def point(place: Place) -> bytes:
    """A point as GeoPackage has geometries: its own header, then well-known binary.

    >>> from types import SimpleNamespace
    >>> point(SimpleNamespace(lat=36.5, lon=38.0)).hex()  # doctest: +ELLIPSIS
    '47500001e61000000101000000...'
    """
    return struct.pack("<2sBBi", b"GP", 0, 1, WGS_84) + struct.pack("<BIdd", 1, 1, place.lon, place.lat)


def _layer(file: sqlite3.Connection, name: str, names: Sequence[str], rows: Table) -> None:
    _create(file, name, names, "geom POINT, ")
    spots = [place for place, _ in rows if place]
    box = (
        min((p.lon for p in spots), default=None), min((p.lat for p in spots), default=None),
        max((p.lon for p in spots), default=None), max((p.lat for p in spots), default=None),
    )  # fmt: skip
    _register(file, name, "features", box)
    file.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', ?, 0, 0)", (name, WGS_84))
    _fill(file, name, ("geom", *names), ([point(p) if p else None, *map(row.get, names)] for p, row in rows))


def _attributes(file: sqlite3.Connection, name: str, names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    _create(file, name, names)
    _register(file, name, "attributes", (None,) * 4)
    _fill(file, name, names, (list(map(row.get, names)) for row in rows))


def _create(file: sqlite3.Connection, name: str, names: Sequence[str], geometry: str = "") -> None:
    fields = ", ".join(f'"{n}" {"INTEGER" if n in INTEGERS else "REAL" if n in REALS else "TEXT"}' for n in names)
    file.execute(f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {geometry}{fields})')


def _register(file: sqlite3.Connection, name: str, kind: str, box: Sequence[float | None]) -> None:
    file.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x, max_y, srs_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (name, kind, name, *box, WGS_84 if kind == "features" else None),
    )


def _fill(file: sqlite3.Connection, name: str, names: Sequence[str], rows: Iterable[list[Any]]) -> None:
    fields = ", ".join(f'"{n}"' for n in names)
    marks = ", ".join("?" * len(names))
    file.executemany(f'INSERT INTO "{name}" ({fields}) VALUES ({marks})', rows)  # noqa: S608 -- names are our own
