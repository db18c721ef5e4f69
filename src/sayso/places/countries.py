"""What countries are called besides their names, and what their people are called: `countries.csv`."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

import msgspec


class Country(msgspec.Struct, frozen=True):
    """A country. `demonyms`: "Syrian"; `names`: those CLDR does not give; `point`: GeoNames', over Natural Earth's."""

    code: str
    demonyms: tuple[str, ...]
    names: tuple[str, ...]
    point: tuple[float, float] | None


@cache
def countries() -> dict[str, Country]:
    """The countries of our own file by ISO 3166-1 alpha-2 code (and XK, Kosovo)."""
    text = resources.files("sayso.places").joinpath("countries.csv").read_text(encoding="utf-8")
    return {
        row["country"]: Country(
            row["country"],
            tuple(filter(None, row["demonyms"].split("|"))),
            tuple(filter(None, row["names"].split("|"))),
            (float(row["lat"]), float(row["lon"])) if row["lat"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    }


@cache
def countries_of_people() -> dict[str, tuple[str, ...]]:
    """Demonym -> codes of the countries: "Congolese" are of two. Plurals in -s are not listed."""
    found: dict[str, tuple[str, ...]] = {}
    for country in countries().values():
        for demonym in country.demonyms:
            found[demonym] = (*found.get(demonym, ()), country.code)
    return found
