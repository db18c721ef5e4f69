"""The index of copies in the ledger's file: which reports hold a fingerprint, and the pairs that were found.

It has the methods of `sayso.copies.postings.Postings` without importing that room: the two stand side by side.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec

from sayso.records.span import Span


class Named(Protocol):
    """A report as the finder compares it: all that is needed of it here is its id."""

    @property
    def id(self) -> str:
        """The report's id."""
        ...


class Shared(Protocol):
    """A passage that two reports share (`sayso.copies.records.Passage`)."""

    @property
    def a(self) -> Span: ...
    @property
    def b(self) -> Span: ...
    @property
    def words(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def why(self) -> str: ...


class Copied(Protocol):
    """A pair of reports (`sayso.copies.records.Pair`)."""

    @property
    def a(self) -> str: ...
    @property
    def b(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def how(self) -> str | None: ...
    @property
    def first(self) -> str | None: ...
    @property
    def passages(self) -> Sequence[Shared]: ...
    @property
    def why(self) -> str: ...


T = TypeVar("T", bound=Named)
_spans = msgspec.json.Decoder(tuple[Span, ...])
_TURNED: dict[str | None, str] = {"a": "b", "b": "a"}
_AT_ONCE = 500  # fingerprints asked for in one statement


class TablePostings(Generic[T]):
    """Postings in the tables `compared` and `fingerprints`; reports have the ledger's own numbers.

    `text_of` makes the finder's record of a stored report, by its number.
    """

    def __init__(self, connection: sqlite3.Connection, text_of: Callable[[int], T]) -> None:
        self._connection = connection
        self._text_of = text_of

    def add(self, text: T, digest: int, fingerprints: Sequence[int], near: int | None) -> int:
        """Keep a report that the ledger holds, and return its number."""
        number = self._page(text.id)
        if number is None:
            raise KeyError(text.id)
        hashes = sorted(set(fingerprints))
        self._connection.execute(
            "INSERT INTO compared VALUES (?, ?, ?, ?)", (number, digest, near, array("q", hashes).tobytes())
        )
        self._connection.executemany("INSERT INTO fingerprints VALUES (?, ?)", [(hash, number) for hash in hashes])
        return number

    def number_of(self, id: str) -> int | None:
        """The number of the report with this id, None if it was never added."""
        number = self._page(id)
        known = self._connection.execute("SELECT 1 FROM compared WHERE report = ?", (number,)).fetchone()
        return number if known else None

    def text(self, number: int) -> T:
        """The report as it was added."""
        return self._text_of(number)

    def same(self, digest: int) -> Sequence[int]:
        """The reports added with this digest, the earliest first."""
        return self._numbers("SELECT report FROM compared WHERE digest = ? ORDER BY report", digest)

    def near(self, number: int, most: int) -> Sequence[int]:
        """The reports added with `near=number`, the earliest first, at most `most` of them."""
        found = self._connection.execute(
            "SELECT report FROM compared WHERE near = ? ORDER BY report LIMIT ?", (number, most)
        )
        return [report for (report,) in found]

    def held(self, fingerprints: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """For each fingerprint held by any, the numbers of the reports it was added with, the earliest first."""
        asked = sorted(set(fingerprints))
        held: dict[int, list[int]] = {}
        for at in range(0, len(asked), _AT_ONCE):
            some = asked[at : at + _AT_ONCE]
            rows = self._connection.execute(
                f"SELECT hash, report FROM fingerprints WHERE hash IN ({', '.join('?' * len(some))})", some  # noqa: S608
            )  # fmt: skip
            for hash, number in rows:
                held.setdefault(hash, []).append(number)
        return {hash: tuple(numbers) for hash, numbers in held.items()}

    def _page(self, id: str) -> int | None:
        found = self._connection.execute("SELECT number FROM pages WHERE id = ?", (id,)).fetchone()
        return found[0] if found else None

    def _numbers(self, statement: str, value: int) -> list[int]:
        return [number for (number,) in self._connection.execute(statement, (value,))]


def forget(connection: sqlite3.Connection, number: int) -> list[int]:
    """Take a report out of the index and out of all pairs, in a transaction; reports that must be added again.

    These are its near copies: of what they share with it, the index holds it alone.
    """
    do = connection.execute
    do("DELETE FROM passages WHERE a = ?1 OR b = ?1", (number,))
    do("DELETE FROM copies WHERE a = ?1 OR b = ?1", (number,))
    copies = [copy for (copy,) in do("SELECT report FROM compared WHERE near = ? ORDER BY report", (number,))]
    for taken in (*copies, number):
        _take_out(connection, taken)
    return copies


def _take_out(connection: sqlite3.Connection, number: int) -> None:
    found = connection.execute("SELECT hashes FROM compared WHERE report = ?", (number,)).fetchone()
    if found is not None:
        rows = [(hash, number) for hash in array("q", found[0])]
        connection.executemany("DELETE FROM fingerprints WHERE hash = ? AND report = ?", rows)
        connection.execute("UPDATE compared SET near = NULL WHERE near = ?", (number,))
        connection.execute("DELETE FROM compared WHERE report = ?", (number,))


def keep_pairs(connection: sqlite3.Connection, pairs: Iterable[Copied]) -> None:
    """Write the pairs found for one report, `a` the one that came first. To be called in a transaction."""
    for pair in pairs:
        a, b = (
            connection.execute("SELECT number FROM pages WHERE id = ?", (id,)).fetchone()[0] for id in (pair.a, pair.b)
        )
        first = pair.first
        shared = [(p.a, p.b, p.words, p.kind, p.why) for p in pair.passages]
        if a > b:  # a report that was read again meets those that came after it
            a, b, first = b, a, _TURNED.get(first, first)
            shared = [(p.b, p.a, p.words, p.kind, p.why) for p in pair.passages]
        connection.execute("DELETE FROM passages WHERE a = ? AND b = ?", (a, b))
        connection.execute(
            "INSERT INTO copies VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET kind = excluded.kind, "
            "how = excluded.how, first = excluded.first, why = excluded.why",
            (a, b, pair.kind, pair.how, first, pair.why),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(a, b, *of_a, *of_b, *rest) for of_a, of_b, *rest in shared],
        )


class ToCompare(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared of a report, by the names of `sayso.copies.records.Text`."""

    id: str
    text: str
    published: str | None
    outlet: str | None
    byline: str | None
    title: str | None
    quoted: tuple[Span, ...]


def to_compare(connection: sqlite3.Connection, number: int) -> ToCompare:
    """What is compared of a stored report; its claims' words are somebody's statements."""
    row = connection.execute(
        "SELECT p.id, r.text, r.published, o.name, r.byline, r.title FROM reports r JOIN pages p USING (number) "
        "LEFT JOIN outlets o ON o.number = r.outlet WHERE r.number = ?",
        (number,),
    ).fetchone()
    spans = connection.execute("SELECT spans FROM claims WHERE report = ? ORDER BY number", (number,))
    quoted = tuple(span for (packed,) in spans for span in _spans.decode(packed))
    id, text, published, outlet, byline, title = row
    return ToCompare(
        id=id, text=text, published=published, outlet=outlet, byline=byline, title=title, quoted=quoted
    )  # fmt: skip
