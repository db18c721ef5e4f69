"""What events and incidents are filtered, sorted and counted by, as columns in memory.

SQLite looks rows up one by one: where a filter fits a tenth of a million rows, counting them by day takes it half a
second, and passes over columns some milliseconds. For a program that stays, such as the desk: the columns of a million
events take some seconds to load. Afterwards only what changed is loaded again, as the table `changes` tells.

columns = Columns(path)
events = columns.now().events
numbers = events.latest(events.fitting(meant(connection, filters)), 50)
"""

# ruff: noqa: S608 -- what is put together in questions are constants of this project
from __future__ import annotations

import calendar
import re
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.ledger.connect import connect, plainly
from sayso.ledger.filters import Filters, Meant
from sayso.ledger.incident_filters import SORTED, Order
from sayso.ledger.rows import SHIFT
from sayso.records import Problem, SaysoError
from sayso.records.vocabulary import EVENT_TYPES, STATUSES

Array = NDArray[np.int64]
Mask = NDArray[np.bool_]
Arrays = dict[str, Array]  # by name, all of one length
_AT_ONCE = 50_000  # rows fetched together
_FEW = 6  # numbers that are looked for one by one: faster than looking each of the column up
_MOST = 20_000  # of what changed that is loaded one by one: more, and all is loaded anew
_CODES: Final = {name: at for names in (EVENT_TYPES, STATUSES) for at, name in enumerate(names)}
_ROW_BITS, _DAY_BITS = 28, 22  # of a sort key: 268 million rows; days up to the year 9999
_VOICES = (1 << 63 - _ROW_BITS - _DAY_BITS) - 1  # independent voices that a sort key has room for
_WIDE = frozenset({"number", "owner", "of", "added"})  # columns whose numbers may be beyond 32 bits
_MARKS = {what: ord(what[0]) for what in ("party", "voice", "outlet")}
# Days as Python counts them, from year 1; 0: not known.
_DAYS = ", ".join(f"ifnull(CAST(julianday({day}) - 1721424.5 AS INTEGER), 0)" for day in ("first_day", "last_day"))


class _Kind(msgspec.Struct, frozen=True):
    """How a table's columns are asked for, and the names in its rows (`of`: a row's number): all, or one owner's."""

    rows: str
    columns: tuple[str, ...]
    every: str  # row, from an index that holds all columns
    names: str
    name_columns: tuple[str, ...]
    change: Literal["report", "incident"]  # what `changes` calls an owner
    row_of: str
    name_of: str


_EVENTS = _Kind(
    rows=f"SELECT number, number >> {SHIFT}, type, status, {_DAYS}, ifnull(place, 0), ifnull(voice, 0), "
    "ifnull(outlet, 0) FROM events",
    columns=("number", "owner", "type", "status", "first", "last", "place", "voice", "outlet"),
    every="INDEXED BY events_by_day",
    names=f"SELECT event, event >> {SHIFT}, name, unicode(role) FROM parties",
    name_columns=("of", "owner", "name", "role"),
    change="report",
    row_of="WHERE report = ?1",
    name_of=f"WHERE event >= ?1 << {SHIFT} AND event < ?1 + 1 << {SHIFT}",
)
_INCIDENTS = _Kind(
    rows=f"SELECT number, number, type, status, {_DAYS}, ifnull(place, 0), min(independent, {_VOICES}), disputes, "
    "ifnull(CAST(strftime('%s', added) AS INTEGER), 0) FROM incidents",
    columns=("number", "owner", "type", "status", "first", "last", "place", "independent", "disputes", "added"),
    every="INDEXED BY incidents_in_time WHERE packed IS NOT NULL",
    names="SELECT incident, incident, number, unicode(what) FROM incident_marks",  # its first letter
    name_columns=("of", "owner", "name", "what"),
    change="incident",
    row_of="WHERE number = ?1 AND packed IS NOT NULL",
    name_of="WHERE incident = ?1",
)


class Columns:
    """The columns of one ledger's file, brought up to date whenever they are asked for. For any number of threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection = connect(path, write=False, threads=True)
        self._version, self._turn = -1, -1  # SQLite's count of changes, and the last turn in `changes`
        self._now: Now | None = None
        self._closed = False

    @property
    def are_loaded(self) -> bool:
        """Whether they were loaded once: from then on `now` takes no time worth speaking of."""
        return self._now is not None

    def now(self) -> Now:
        """The columns after everything that was written before. SaysoError when the file cannot be read."""
        with self._lock, plainly(self._path):
            if self._closed:
                raise self._closing()
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            if self._now is None or version != self._version:
                self._connection.execute("BEGIN")
                try:
                    self._now, self._turn = self._loaded(self._now)
                finally:
                    self._connection.execute("ROLLBACK")
                self._version = version
            return self._now

    def close(self) -> None:
        """Let the file go; loading is broken off."""
        self._closed = True
        self._connection.interrupt()
        with self._lock:
            self._connection.close()

    def _loaded(self, old: Now | None) -> tuple[Now, int]:
        turns = "SELECT ifnull(min(turn), 1), ifnull(max(turn), 0) FROM changes"
        first, last = self._connection.execute(turns).fetchone()
        changed = (
            self._connection.execute(
                "SELECT DISTINCT what, number FROM changes WHERE turn > ?", (self._turn,)
            ).fetchall()
            if old is not None and first - 1 <= self._turn <= last
            else []
        )
        if old is None or self._turn > last or first - 1 > self._turn or len(changed) > _MOST:
            return Now(events=self._all(_EVENTS), incidents=self._all(_INCIDENTS)), last
        return Now(
            events=self._again(old.events, _EVENTS, changed),
            incidents=self._again(old.incidents, _INCIDENTS, changed),
        ), last

    def _all(self, kind: _Kind) -> Table:
        return _table(
            self._fetched(f"{kind.rows} {kind.every}", kind.columns), self._fetched(kind.names, kind.name_columns)
        )

    def _again(self, old: Table, kind: _Kind, changed: Sequence[tuple[str, int]]) -> Table:
        """The table with what changed loaded again."""
        owners = [number for what, number in changed if what == kind.change]
        if not owners:
            return old
        rows = self._fetched(f"{kind.rows} {kind.row_of}", kind.columns, owners)
        names = self._fetched(f"{kind.names} {kind.name_of}", kind.name_columns, owners)
        return _table(_joined([_without(old.rows, owners), rows]), _joined([_without(old.names, owners), names]))

    def _fetched(self, question: str, columns: Sequence[str], owners: Sequence[int] | None = None) -> Arrays:
        """What is asked for, of all or of each of some owners."""
        ask = self._connection.execute
        found = ask(question) if owners is None else (row for owner in owners for row in ask(question, (owner,)))
        parts: dict[str, list[Array]] = {name: [np.zeros(0, _kind_of(name))] for name in columns}
        while rows := list(islice(found, _AT_ONCE)):
            if self._closed:
                raise self._closing()
            for name, column in zip(columns, zip(*rows, strict=True), strict=True):
                told = [_CODES[word] for word in column] if name in ("type", "status") else column
                parts[name].append(np.array(told, _kind_of(name)))
        return {name: np.concatenate(part) for name, part in parts.items()}

    def _closing(self) -> SaysoError:
        return SaysoError(Problem(where=str(self._path), reason="it is being closed"))


def _kind_of(column: str) -> type[np.int64] | type[np.int32]:
    return np.int64 if column in _WIDE else np.int32


class Now(msgspec.Struct, frozen=True):
    """The columns at one moment."""

    events: Table
    incidents: Table

    def fitting_incidents(self, wanted: Meant, filters: Filters) -> Mask:
        """Which incidents are as wanted, disputed and new ones too."""
        fits = self.incidents.fitting(wanted)
        if filters.disputed:
            fits &= self.incidents.rows["disputes"] > 0
        if filters.new_since is not None:
            fits &= self.incidents.rows["added"] >= _seconds(filters.new_since)
        return fits


class Table(msgspec.Struct, frozen=True):
    """Events or incidents in the order of their numbers, and the names that belong to them (`at`: a row's position)."""

    rows: Arrays
    names: Arrays

    def fitting(self, wanted: Meant) -> Mask:
        """Which rows are as wanted; of incidents, which have it in any of their accounts."""
        rows = self.rows
        fits = np.ones(len(rows["number"]), bool)
        if wanted.actors is not None:
            fits &= self._named(wanted.actors, "party")
        for column, numbers in (("voice", wanted.sources), ("outlet", wanted.outlets)):
            if numbers is not None:
                fits &= _among(rows[column], numbers) if column in rows else self._named(numbers, column)
        if wanted.places is not None:
            fits &= _among(rows["place"], wanted.places)
        for column, words in (("type", wanted.types), ("status", wanted.status)):
            if words:
                fits &= _among(rows[column], [_CODES[word] for word in words])
        if wanted.until is not None:
            fits &= (rows["first"] > 0) & (rows["first"] <= ordinal(wanted.until))
        if wanted.since is not None:
            fits &= rows["last"] >= ordinal(wanted.since)
        return fits

    def latest(self, fits: Mask, limit: int, order: Order = "day", after: int | None = None) -> list[int]:
        """The numbers of `limit` rows that fit, the latest (best corroborated, last added) first, from after one on."""
        found = np.flatnonzero(fits)
        key = self._key(found, order)
        if after is not None:
            position = np.searchsorted(self.rows["number"], [after])
            earlier = key < self._key(position, order) if position[0] < len(fits) else np.zeros(len(key), bool)
            found, key = found[earlier], key[earlier]
        if len(found) > limit:
            most = np.argpartition(key, len(key) - limit)[len(key) - limit :]
            found, key = found[most], key[most]
        numbers: list[int] = self.rows["number"][found[np.argsort(-key)]].tolist()
        return numbers

    def roles(self, numbers: Sequence[int]) -> dict[str, int]:
        """How often one of these names is an event's actor or target."""
        roles = self.names["role"][_among(self.names["name"], numbers)]
        return {role: int((roles == ord(role[0])).sum()) for role in ("actor", "target")}

    def _key(self, positions: Array, order: Order) -> Array:
        """What sorts rows as the columns of `SORTED` do; they are in the order of their numbers already."""
        key, bits = positions.astype(np.int64), _ROW_BITS
        for column in reversed(SORTED[order][:-1]):
            key |= self.rows[column.removesuffix("_day")][positions].astype(np.int64) << bits
            bits += _DAY_BITS
        return key

    def _named(self, numbers: Sequence[int], what: str) -> Mask:
        """Rows that one of these names belongs to."""
        theirs = np.flatnonzero(_among(self.names["name"], numbers))
        if "what" in self.names:
            theirs = theirs[self.names["what"][theirs] == _MARKS[what]]
        named = np.zeros(len(self.rows["number"]), bool)
        named[self.names["at"][theirs]] = True
        return named


def _table(rows: Arrays, names: Arrays) -> Table:
    """Rows in the order of their numbers, and the names of those that are there, each with its row's position."""
    order = np.argsort(rows["number"], kind="stable")
    rows = {name: array[order] for name, array in rows.items()}
    at = np.searchsorted(rows["number"], names["of"]).astype(np.int64)
    there = np.append(rows["number"], -1)[at] == names["of"]
    placed: Arrays = {**names, "at": at}
    return Table(rows=rows, names={name: array[there] for name, array in placed.items()})


def _without(arrays: Arrays, owners: Sequence[int]) -> Arrays:
    stay = ~np.isin(arrays["owner"], owners)
    return {name: array[stay] for name, array in arrays.items() if name != "at"}


def _joined(parts: Sequence[Arrays]) -> Arrays:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _among(column: Array, numbers: Sequence[int]) -> Mask:
    """Which of a column's small numbers are among some."""
    found: Mask
    if len(numbers) <= _FEW:
        found = np.zeros(len(column), bool)
        for number in numbers:
            found |= column == number
        return found
    wanted = np.zeros(max(int(column.max(initial=0)), *numbers, 0) + 1, bool)
    wanted[list(numbers)] = True
    found = wanted[column]
    return found


def _seconds(moment: str) -> int:
    """A moment in UTC, or its beginning as in "2016-06-08T12", in seconds since 1970."""
    whole = moment.rstrip("Z") + "0000-01-01T00:00:00"[len(moment.rstrip("Z")) :]
    return calendar.timegm(tuple(map(int, re.split("[-T:]", whole))))


def ordinal(day: str) -> int:
    """A day as it is counted here; for one that no calendar has, such as 31 June, the month's last."""
    year, month, of_month = map(int, day.split("-"))
    with suppress(ValueError, calendar.IllegalMonthError):
        return date(year, month, min(of_month, calendar.monthrange(year, month)[1])).toordinal()
    return 0
