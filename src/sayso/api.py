"""A ledger from Python: its tables as rows or as data frames, read only.

    with sayso.open("pool.sayso") as pool:
        pool.events(place="Manbij", radius_km=30, since="2016-06", type="air_strike").to_pandas()

The tables have the fields that the commands of the same names print with `--json` (docs/ledger.md, docs/linking.md).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, TypedDict, Unpack, cast

import msgspec

from sayso.engine.near import circle, point
from sayso.frames import Row, Table
from sayso.ledger import Ledger
from sayso.ledger.conditions import Table as TableName
from sayso.ledger.conditions import conditions, selected
from sayso.ledger.copies import pairs
from sayso.ledger.disputes import disputes
from sayso.ledger.filters import Filters, meant
from sayso.ledger.holdings import holdings
from sayso.ledger.incident_filters import Order
from sayso.ledger.incidents import count, incident, incidents, unlinked
from sayso.ledger.search import search
from sayso.ledger.sources import sources
from sayso.ledger.tables import rows
from sayso.records import Problem, SaysoError
from sayso.records.pool import Dispute, Holding, Incident
from sayso.records.reading import Reading
from sayso.records.vocabulary import EVENT_TYPES, STANCES, STATUSES

_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_WORDS: Final = {"type": EVENT_TYPES, "status": STATUSES, "stance": STANCES}
_VIEWS: Final = {"reports": "reports_view", "claims": "claims_view", "events": "events_view"}
_OF_SEARCH: Final = ("id", "title", "outlet", "published", "language", "snippet", "found")
_OF_SOURCES: Final = ("name", "source_id", "claims", "reports", "outlets", "first", "last")
_OF_COPIES: Final = ("a", "b", "kind", "how", "first", "why", "passages")


class Asked(TypedDict, total=False):
    """Which rows are wanted; the filters of the command line, by its names.

    `place`: a name, a gazetteer's id, "LAT,LON" or (lat, lon); `radius_km` around it, 30 for a point. `since`, `until`:
    days, months ("2016-06") or years, both included. `actor`, `source`, `outlet`: an id of the registers, or whole
    words of a name. `type`, `status`, `stance`: one or several.
    """

    place: str | tuple[float, float] | None
    radius_km: float | None
    since: str | date | None
    until: str | date | None
    actor: str | None
    source: str | None
    outlet: str | None
    type: str | Sequence[str]
    status: str | Sequence[str]
    stance: str | Sequence[str]


class LedgerView:
    """A ledger opened to be looked at; nothing can be changed by it. `with` closes it; of one thread at a time.

    All methods raise SaysoError where a name asked for occurs nowhere in the ledger.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __enter__(self) -> LedgerView:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._ledger.connection.close()

    def events(self, **asked: Unpack[Asked]) -> Table:
        """Events, the newest first; fields as of `sayso events --json`."""
        return self._own("events", self._filters(asked))

    def claims(self, **asked: Unpack[Asked]) -> Table:
        """Claims, the newest first; fields as of `sayso claims --json`."""
        return self._own("claims", self._filters(asked))

    def reports(self, **asked: Unpack[Asked]) -> Table:
        """Reports, the newest first, without their texts (`report`); fields as of `sayso reports --json`."""
        return self._own("reports", self._filters(asked))

    def sources(self, **asked: Unpack[Asked]) -> Table:
        """Who is cited, most cited first; fields as of `sayso sources --json`. A period counts by whole months."""
        filters = self._filters(asked)
        return self._table("sources", _OF_SOURCES, lambda connection: sources(connection, filters))

    def incidents(self, order: Order = "day", **asked: Unpack[Asked]) -> Table:
        """Incidents, the latest first, or the best corroborated ("independent"), or the last added ("added") ones;
        fields as of `sayso incidents --json`."""
        filters = self._filters(asked)

        def read(connection: sqlite3.Connection) -> Iterator[Row]:
            return (_plain(kept.incident) for kept in incidents(connection, filters, order))

        return self._table("incidents", Incident.__struct_fields__, read, lambda c: count(c, filters))

    def disputes(self, **asked: Unpack[Asked]) -> Table:
        """Disputes of incidents, and of who holds a place where nothing is asked for; the latest first.

        Fields as of `sayso disputes --json`; `incident` None: a holder is disputed.
        """
        filters = self._filters(asked)

        def read(connection: sqlite3.Connection) -> Iterator[Row]:
            return ({"incident": one.incident, **_plain(one.dispute)} for one in disputes(connection, filters))

        return self._table("disputes", ("incident", *Dispute.__struct_fields__), read)

    def control(self, at: str | date | None = None, **asked: Unpack[Asked]) -> Table:
        """Who is said to hold what, by place and time, or on the day `at`; fields as of `sayso control --json`.

        Place, period and actor count.
        """
        filters, day = self._filters(asked), _day("at", at)
        if day is not None and len(day) < len("2016-06-09"):
            raise _wrong("at", f"{day!r} is not a day like 2016-06-09")

        def read(connection: sqlite3.Connection) -> Iterator[Row]:
            return (_plain(holding) for holding in holdings(connection, filters, day))

        return self._table("control", Holding.__struct_fields__, read)

    def search(self, words: str) -> Table:
        """Reports that hold the words, best first; `"a phrase"`, `beginn*` and `-without` are understood."""
        return self._table("search", _OF_SEARCH, lambda connection: search(connection, words))

    def copies(self, id: str | None = None) -> Table:
        """Pairs of reports that share passages: all of them, or those of one report."""
        number = None if id is None else self._ledger.number_of(id)
        return self._table("copies", _OF_COPIES, lambda connection: pairs(connection, number))

    def report(self, id: str) -> Reading:
        """A report with its text and its reading, by its id or the beginning of one."""
        return self._ledger.load(self._ledger.number_of(id))

    def incident(self, id: str) -> Incident:
        """An incident by its id; by an id that it had before, too."""
        with self._ledger.reading() as connection:
            return incident(connection, id).incident

    @property
    def unlinked(self) -> int:
        """How many reports came or changed, and are not in the incidents yet: `sayso link` links them."""
        with self._ledger.reading() as connection:
            return unlinked(connection)

    def _own(self, name: TableName, filters: Filters) -> Table:
        """One of the ledger's own tables."""

        def counted(connection: sqlite3.Connection) -> int:
            found = list(conditions(connection, name, meant(connection, filters), None))
            select, values = selected(connection, name, found, None)
            return int(connection.execute(f"SELECT count(*) {select}", values).fetchone()[0])

        with self._ledger.reading() as connection:
            view = connection.execute(f"SELECT * FROM {_VIEWS[name]} LIMIT 0").description  # noqa: S608
        columns = [column[0] for column in view if column[0] not in ("number", "text")]
        return self._table(name, columns, lambda connection: rows(connection, name, filters), counted)

    def _table(
        self,
        name: str,
        columns: Sequence[str],
        read: Callable[[sqlite3.Connection], Iterator[Row]],
        counted: Callable[[sqlite3.Connection], int] | None = None,
    ) -> Table:
        def all_rows() -> Iterator[Row]:
            with self._ledger.reading() as connection:
                yield from read(connection)

        def number() -> int:
            with self._ledger.reading() as connection:
                return counted(connection) if counted else sum(1 for _ in read(connection))

        return Table(name, columns, all_rows, number)

    def _filters(self, asked: Asked) -> Filters:
        """The filters meant. SaysoError where they make no sense, TypeError for one that there is not."""
        if unknown := sorted(asked.keys() - Asked.__annotations__.keys()):
            raise TypeError(f"no filter is called {unknown[0]!r}; there are {', '.join(Asked.__annotations__)}")
        place, radius = asked.get("place"), asked.get("radius_km")
        if radius is not None and (place is None or not 0 < radius <= 5000):
            raise _wrong("radius_km", "it goes with a place, and is from 0 to 5,000 kilometres")
        name = ",".join(map(str, place)) if isinstance(place, tuple) else place
        with self._ledger.reading() as connection:
            near = circle(connection, name, radius) if name is not None else None
        return Filters(
            place=name if name is not None and point(name) is None else None,
            near=near,
            since=_day("since", asked.get("since")),
            until=_day("until", asked.get("until")),
            actor=asked.get("actor"),
            source=asked.get("source"),
            outlet=asked.get("outlet"),
            types=_words(asked, "type"),
            status=_words(asked, "status"),
            stance=_words(asked, "stance"),
        )


def open_ledger(path: str | PathLike[str]) -> LedgerView:
    """The ledger in a file, to be looked at. SaysoError when there is none."""
    return LedgerView(Ledger.open(Path(path)))


def _words(asked: Mapping[str, Any], name: Literal["type", "status", "stance"]) -> tuple[str, ...]:
    given = asked.get(name) or ()
    words = (given,) if isinstance(given, str) else tuple(given)
    for word in words:
        if word not in _WORDS[name]:
            raise _wrong(name, f"{word!r} is none of {', '.join(_WORDS[name])}")
    return words


def _day(name: str, given: str | date | None) -> str | None:
    said = given.isoformat()[:10] if isinstance(given, date) else given
    if said is not None and not _DATE.fullmatch(said):
        raise _wrong(name, f"{said!r} is not a day, month or year like 2016-06-08, 2016-06 or 2016")
    return said


def _plain(record: msgspec.Struct) -> Row:
    return cast(Row, msgspec.to_builtins(record))


def _wrong(what: str, reason: str) -> SaysoError:
    return SaysoError(Problem(where=what, reason=reason))
