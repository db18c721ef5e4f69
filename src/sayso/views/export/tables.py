"""The tables beside the code: columns by their codebooks, what follows from a code, countries."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

import msgspec

SOURCED = "sourced"  # the columns that the codebooks lack; last in every table


class Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`codes.yaml`: ACLED's disorder types and precision of places, PLOVER's quadrants."""

    disorder_type: dict[str, str]
    geo_precision: dict[int, int]
    quad_code: dict[str, tuple[str, ...]]

    def disorder(self, event_type: str, sub_event_type: str) -> str:
        """ACLED's disorder type."""
        return self.disorder_type.get(sub_event_type) or self.disorder_type[event_type]

    def quad(self, event_type: str) -> str:
        """PLOVER's quadrant."""
        return next(quad for quad, types in self.quad_code.items() if event_type in types)


class Country(msgspec.Struct, frozen=True):
    """A country by ISO 3166-1."""

    alpha2: str
    numeric: str
    name: str


@cache
def columns(table: str) -> dict[str, str]:
    """The columns of a table in their order, each with its meaning."""
    return msgspec.yaml.decode(_read(f"columns/{table}.yaml"), type=dict[str, str])


def with_sourced(table: str) -> tuple[str, ...]:
    """The names of a table's columns, and of those that the codebooks lack."""
    return (*columns(table), *columns(SOURCED))


@cache
def codes() -> Codes:
    """What follows from a code alone; read once."""
    return msgspec.yaml.decode(_read("codes.yaml"), type=Codes)


@cache
def countries() -> dict[str, Country]:
    """Countries by their alpha-2 code, and XK for Kosovo."""
    rows = csv.DictReader(_read("countries.csv").decode().splitlines())
    return {row["alpha2"]: Country(row["alpha2"], row["numeric"], row["name"]) for row in rows}


def _read(name: str) -> bytes:
    return resources.files("sayso.views.export").joinpath(name).read_bytes()
