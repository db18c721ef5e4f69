"""One place of a gazetteer, and one answer to the question which places have a name."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from sayso.records.resolved import Level

LEVELS: tuple[Level, ...] = get_args(Level)
How = Literal["exact", "other name", "people", "bare", "spelling"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A place. `country`: ISO 3166-1 alpha-2; `admin1`, `admin2`: GeoNames' codes; degrees north and east (WGS 84).

    `id` names gazetteer and entry ("geonames:167357", "sayso:resafa-crossroad"); `feature` is GeoNames' feature code
    (PPL, ADM1, DAM, ...; "" if not known); `population` 0: not known.
    """

    id: str
    name: str
    country: str | None
    admin1: str | None
    admin1_name: str | None
    admin2: str | None
    lat: float
    lon: float
    level: Level
    feature: str
    population: int
    geonameid: int | None


class Match(msgspec.Struct, frozen=True):
    """An entry that a name may mean. `name`: the name asked for.

    `how`: by the entry's own name ("exact"), by another of its names ("other name"), by what its people are called
    ("people"), without articles and type words ("bare"), or by its sound ("spelling"). `penalty` grows in that order;
    `score` is the weight of the place (the power of ten of its people, more for countries and provinces) less the
    penalty: the best comes first.
    """

    entry: Entry
    name: str
    how: How
    penalty: float
    score: float


class Row(msgspec.Struct, kw_only=True):
    """A place on its way into a shelf: an entry without what can be reckoned, with all its names."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    lat: float
    lon: float
    level: Level
    feature: str = ""
    population: int = 0
