"""What a query string asks for: the filters of the command line, by the same names."""

from __future__ import annotations

import sqlite3
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sayso.desk.problems import ASKED_BADLY, RefusedError
from sayso.engine.near import circle, point
from sayso.ledger.filters import Filters
from sayso.records.vocabulary import EventType, Stance, Status

ROWS, MOST_ROWS = 50, 1_000  # of one answer
BULK, MOST_BULK = 1_000, 10_000  # of a map or a sheet
_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_MOMENT = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T[0-9]{2}(:[0-9]{2}(:[0-9]{2})?Z?)?)?)?)?$"
_BOX = r"^-?[0-9]{1,3}(\.[0-9]{1,20})?(,-?[0-9]{1,3}(\.[0-9]{1,20})?){3}$"

Name = Annotated[str | None, Field(max_length=300)]
Date = Annotated[str | None, Field(pattern=_DATE)]
Cursor = Annotated[str | None, Field(max_length=2_000, description="`next` of the answer before")]
Day = Annotated[str | None, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class Asked(BaseModel):
    """The filters. A name that occurs nowhere in the ledger is an error (422), not an empty table."""

    place: Name = Field(None, description="a name, the id of a gazetteer, or LAT,LON")
    radius: Annotated[float | None, Field(gt=0, le=5000, description="kilometres around `place`")] = None
    bbox: Annotated[str | None, Field(pattern=_BOX, description="west,south,east,north in degrees")] = None
    since: Date = Field(None, description="from this day, month or year on")
    until: Date = Field(None, description="to the end of this day, month or year")
    actor: Name = Field(None, description="with this actor on either side: an id or whole words of a name")
    about: Name = Field(None, description="the same as `actor`")
    type: Annotated[list[EventType], Field(max_length=40)] = []
    source: Name = Field(None, description="on the word of this source")
    outlet: Name = Field(None, description="in this outlet")
    status: Annotated[list[Status], Field(max_length=10)] = []
    stance: Annotated[list[Stance], Field(max_length=10)] = []
    new_since: Annotated[
        str | None, Field(pattern=_MOMENT, description="incidents first linked since this day or moment (UTC)")
    ] = None
    disputed: Annotated[bool, Field(description="only incidents that are disputed")] = False


class Rows(Asked):
    """A stretch of a table."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = ROWS
    cursor: Cursor = None


class Bulk(Asked):
    """Many rows at once, for a map or a sheet; the next stretch is named by the answer's Link header."""

    limit: Annotated[int, Field(ge=1, le=MOST_BULK)] = BULK
    cursor: Cursor = None


Order = Literal["day", "independent", "added"]


class IncidentRows(Rows):
    """A stretch of the incidents."""

    order: Order = "day"


class IncidentBulk(Bulk):
    """Many incidents at once."""

    order: Order = "day"


class ByTime(Asked):
    """How to count over time."""

    by: Literal["day", "week", "month"] = "day"
    of: Literal["events", "incidents"] = "incidents"


class At(Bulk):
    """Who holds what."""

    at: Day = Field(None, description="only what is held on this day")


class Words(BaseModel):
    """What is searched for."""

    q: Annotated[str, Field(max_length=500, description='words; "a phrase", beginn* and -without are understood')] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = ROWS
    cursor: Cursor = None


def filters_of(connection: sqlite3.Connection, asked: Asked) -> Filters:
    """The filters meant. RefusedError where they make no sense."""
    place, actor = asked.place or None, asked.actor or asked.about or None
    if asked.actor and asked.about and asked.actor != asked.about:
        raise RefusedError(ASKED_BADLY, "about", "it is the same as actor: give one of them")
    if asked.radius and not place:
        raise RefusedError(ASKED_BADLY, "radius", "it needs a place")
    return Filters(
        place=None if place and point(place) else place,
        near=circle(connection, place, asked.radius) if place else None,
        box=_box(asked.bbox),
        since=asked.since,
        until=asked.until,
        actor=actor,
        source=asked.source or None,
        outlet=asked.outlet or None,
        types=tuple(dict.fromkeys(asked.type)),
        status=tuple(dict.fromkeys(asked.status)),
        stance=tuple(dict.fromkeys(asked.stance)),
        new_since=asked.new_since,
        disputed=asked.disputed,
    )


def _box(given: str | None) -> tuple[float, float, float, float] | None:
    """South, west, north, east, as the ledger has them; longitudes beyond a turn of the earth are turned back."""
    if given is None:
        return None
    west, south, east, north = map(float, given.split(","))
    if abs(south) > 90 or abs(north) > 90 or south > north:
        raise RefusedError(ASKED_BADLY, "bbox", "west,south,east,north in degrees, please")
    if east - west >= 360:
        return south, -180.0, north, 180.0
    return south, _turned(west), north, _turned(east)


def _turned(lon: float) -> float:
    return lon if abs(lon) <= 180 else (lon + 180) % 360 - 180
