"""What spans stand for: places on the map, days, actors and outlets of record, each with its reason."""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.records.span import Span

Level = Literal["site", "town", "district", "province", "country", "region"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]  # of TIMEX3, in ISO-TimeML's terms


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a gazetteer, as meant by some words. `country`: ISO 3166-1 alpha-2; degrees north and east (WGS 84).

    `id` names gazetteer and entry ("geonames:172946", "sayso:resafa-crossroad"). `precision` is UCDP's where_prec:
    1 the spot, 2 within about 25 km of it, 3 district, 4 province, 5 a line or wider region, 6 country, 7 beyond.
    `candidates`: how many entries the words could have meant.
    """

    id: str
    name: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    level: Level
    precision: int
    candidates: int
    geonameid: int | None = None
    why: str


class Toponym(msgspec.Struct, frozen=True, kw_only=True):
    """Words that name a place, and which. `place` None: not known, or no place is meant; `why` says which of these.

    `others`: the places that the words name beside it ("Kafr Kalbin and Kaljibrin").
    """

    span: Span
    place: Place | None
    why: str = ""
    others: tuple[Place, ...] = ()


class Timex(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression. `value` is TIMEX3's; `start`, `end` the first and last day meant (ISO dates), None: open.

    `precision` is UCDP's date_prec: 1 the day, 2 some days (2-6), 3 a week, 4 a month, 5 longer. `anchor`: what the
    value was reckoned from ("published 2016-06-09", "dateline", the words of another expression); None: nothing.
    """

    span: Span
    type: TimexType
    value: str | None
    start: str | None = None
    end: str | None = None
    precision: int | None = None
    anchor: str | None = None
    why: str = ""


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An actor or outlet of record that some words mean: its id and main name in the register, its kind there."""

    id: str
    name: str
    kind: str
    why: str
