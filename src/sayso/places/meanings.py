"""What a name in a report may mean: the gazetteer's places, countries by their people's names, states abbreviated."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib import resources
from typing import Final

import msgspec

from sayso.places.countries import countries_of_people
from sayso.places.entry import Entry, Match
from sayso.places.gazetteer import Gazetteer
from sayso.places.words import words

_REMEMBERED: Final = 20_000
_POSTAL = 2  # letters of a state's postal code


class Land(msgspec.Struct, frozen=True):
    """A country's name in the gazetteer, its capital's, and the codes of those it borders on."""

    name: str
    capital: str
    neighbours: tuple[str, ...]


@cache
def lands() -> dict[str, Land]:
    """`capitals.csv` by ISO 3166-1 alpha-2 code (of GeoNames' countries, CC BY 4.0)."""
    text = resources.files("sayso.places").joinpath("capitals.csv").read_text(encoding="utf-8")
    return {
        row["country"]: Land(row["name"], row["capital"], tuple(filter(None, row["neighbours"].split("|"))))
        for row in csv.DictReader(text.splitlines())
    }


@cache
def _peoples() -> dict[str, tuple[str, ...]]:
    """A people's name in lower case, also in the plural -> the names of their lands."""
    found = {
        people.lower(): tuple(lands()[code].name for code in codes if code in lands())
        for people, codes in countries_of_people().items()
    }
    found |= {people: (land,) for people, land in words().peoples.items()}
    return {people + "s": land for people, land in found.items()} | found


@cache
def land_names() -> dict[str, bool]:
    """Countries, states and peoples in lower case, and the first words of those of two words (False)."""
    names = {land.name.lower() for land in lands().values()} | set(_peoples()) | {"u.s", "us", "usa", "uk"}
    names |= {name.lower() for name in words().abbreviations.values()}
    names = {name for name in names if name.count(" ") <= 1}
    return {name.split()[0]: False for name in names} | dict.fromkeys(names, True)


@lru_cache(_REMEMBERED)
def country(gazetteer: Gazetteer, code: str) -> Entry | None:
    """A country's entry, by its ISO code."""
    land = lands().get(code)
    matches = gazetteer.find(land.name) if land else ()
    return next((m.entry for m in matches if m.entry.level == "country" and m.entry.country == code), None)


@lru_cache(_REMEMBERED)
def capital(gazetteer: Gazetteer, code: str) -> Entry | None:
    """The capital of a country."""
    land = lands().get(code)
    matches = gazetteer.find(land.capital) if land and land.capital else ()
    towns = [m.entry for m in matches if m.entry.level == "town" and m.entry.country == code]
    return next((e for e in towns if e.feature == "PPLC"), towns[0] if towns else None)


@lru_cache(_REMEMBERED)
def demonym_of(gazetteer: Gazetteer, text: str) -> tuple[Match, ...]:
    """The lands of a people: "Syrians", "Georgian" (a state of America too)."""
    found: list[Match] = []
    for land in _peoples().get(text.lower(), ()):
        found += [
            msgspec.structs.replace(m, name=text, how="other name") for m in gazetteer.find(land)
            if m.how in ("exact", "other name") and m.entry.level in ("country", "province", "region")
        ]  # fmt: skip
    return tuple({m.entry.id: m for m in found}.values())


@lru_cache(_REMEMBERED)
def meanings(gazetteer: Gazetteer, text: str) -> tuple[Match, ...]:
    """The places that `text` may mean, likeliest first."""
    table = words().abbreviations
    short = text.replace(".", "").replace(" ", "").lower()
    if short in table and (text.endswith(".") or (len(text) == _POSTAL and text.isupper())):
        return tuple(m for m in gazetteer.find(table[short]) if m.entry.level == "province") or gazetteer.find(text)
    people = demonym_of(gazetteer, text)
    if not people:
        return gazetteer.find(text)
    named = {m.entry.id for m in people}
    return people + tuple(m for m in gazetteer.find(text) if m.how == "exact" and m.entry.id not in named)
