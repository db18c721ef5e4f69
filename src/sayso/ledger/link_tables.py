"""What linking keeps between two runs: each report's accounts and nodes, what these are found by, likely pairs.

Nodes are known here by numbers (that of their first event) and by bytes; what is in these is `sayso.linking`'s.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sayso.ledger import packing
from sayso.ledger.rows import SHIFT
from sayso.records.pool import Copied

AGENCY = "news agency"  # the kind of an outlet that others copy
_LINEAGE = "('copied', 'quotation')"  # the kinds of passage that bear on who had it from whom
_BEFORE = (
    "SELECT day, type, rank, node FROM node_keys WHERE key = ? AND (day, type, rank, node) < (?, ?, ?, ?) "
    "ORDER BY day DESC, type DESC, rank DESC, node DESC LIMIT ?"
)
_AFTER = (
    "SELECT day, type, rank, node FROM node_keys WHERE key = ? AND (day, type, rank, node) > (?, ?, ?, ?) "
    "ORDER BY day, type, rank, node LIMIT ?"
)


At = tuple[int, int, int, int]  # where a node is filed under each of its keys: day, type, rank, its number


Likely = tuple[int, int, float, str]  # two nodes, their log odds, the reasons as JSON


class Filed(msgspec.Struct, frozen=True):
    """A node as it is filed: its number, its place under each key (day, type, rank), and the keys."""

    node: int
    order: tuple[int, int, int]
    keys: tuple[int, ...]


class LinkTables:
    """The tables of what linking keeps; whoever writes does so in a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._do = connection.execute
        self._many = connection.executemany

    def waiting(self, limit: int) -> list[int]:
        """Reports that came or changed and are not linked yet, in the order in which they came."""
        rows = self._do(
            "SELECT report FROM to_link WHERE report IN (SELECT number FROM reports) ORDER BY report LIMIT ?", (limit,)
        )
        return [report for (report,) in rows]

    def done(self, reports: Iterable[int]) -> None:
        """Take reports off the list of those that wait."""
        self._many("DELETE FROM to_link WHERE report = ?", [(report,) for report in reports])

    def loose(self) -> list[int]:
        """Events whose incident is to be settled anew."""
        return [event for (event,) in self._do("SELECT event FROM to_join ORDER BY event")]

    def joined(self) -> None:
        """All of them are settled."""
        self._do("DELETE FROM to_join")

    def note(self, what: str, said: str | None = None) -> str | None:
        """What is noted under a name; `said`: note it."""
        if said is not None:
            self._do("INSERT OR REPLACE INTO link_notes VALUES (?, ?)", (what, said))
        found = self._do("SELECT said FROM link_notes WHERE what = ?", (what,)).fetchone()
        return found[0] if found else None

    def clear(self) -> None:
        """Forget what all reports tell: incidents and histories stay until others are written in their place."""
        for table in ("node_keys", "likely", "reasons", "linked", "statements"):
            self._do(f"DELETE FROM {table}")  # noqa: S608
        self._do(
            "INSERT OR REPLACE INTO to_hold (place) SELECT id FROM places WHERE number IN (SELECT place FROM holdings)"
        )

    def keep(self, report: int, accounts: bytes, nodes: bytes, filed: Sequence[Filed]) -> None:
        """Keep what a report tells, both packed by zstd too, and where its nodes are to be filed."""
        self._do(
            "INSERT INTO linked (report, accounts, nodes, filed) VALUES (?, ?, ?, ?)",
            (report, accounts, nodes, _filed(filed)),
        )

    def file(self, nodes: Iterable[Sequence[int]]) -> None:
        """File nodes: for each of their keys that, the day, type and rank, and the number of the node."""
        self._many("INSERT OR IGNORE INTO node_keys VALUES (?, ?, ?, ?, ?)", nodes)

    def is_kept(self, report: int) -> bool:
        """Whether a report is linked."""
        return self._do("SELECT 1 FROM linked WHERE report = ?", (report,)).fetchone() is not None

    def accounts(self, report: int) -> bytes:
        """The accounts kept of a report. KeyError: it is not linked."""
        return self._packed("accounts", report)

    def nodes(self, report: int) -> bytes:
        """The nodes kept of a report. KeyError: it is not linked."""
        return self._packed("nodes", report)

    def before(self, key: int, at: At, most: int) -> list[At]:
        """At most so many nodes filed under a key before a place in its order, the nearest first."""
        return self._do(_BEFORE, (key, *at, most)).fetchall()

    def after(self, key: int, at: At, most: int) -> list[At]:
        """The same, after it."""
        return self._do(_AFTER, (key, *at, most)).fetchall()

    def likely(self, node: int) -> list[tuple[int, float, str]]:
        """Nodes more likely one incident with this one than not: number, log odds, reasons as JSON."""
        return self._do(
            "SELECT other, score, names FROM likely JOIN reasons ON number = why WHERE one = ?", (node,)
        ).fetchall()

    def odds(self, node: int) -> dict[int, float]:
        """Their numbers with the log odds."""
        return dict(self._do("SELECT other, score FROM likely WHERE one = ?", (node,)).fetchall())

    def best_odds(self, node: int) -> float:
        """The highest log odds that a node has with another; 0: with none."""
        return float(self._do("SELECT ifnull(max(score), 0) FROM likely WHERE one = ?", (node,)).fetchone()[0])

    def keep_likely(self, pairs: Iterable[Likely]) -> None:
        """Keep pairs, both ways."""
        numbers: dict[str, int] = {}
        rows: list[tuple[int, int, float, int]] = []
        for one, other, score, names in pairs:
            if names not in numbers:
                numbers[names] = self._reason(names)
            rows += [(one, other, score, numbers[names]), (other, one, score, numbers[names])]
        self._many("INSERT OR REPLACE INTO likely VALUES (?, ?, ?, ?)", sorted(rows))

    def not_likely(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Take pairs out."""
        self._many("DELETE FROM likely WHERE one = ? AND other = ?", [p for a, b in pairs for p in ((a, b), (b, a))])

    def beside_in_incident(self, node: int) -> list[int]:
        """The nodes of the incident that a node's first event is in."""
        rows = self._do(
            "SELECT DISTINCT node FROM incident_events WHERE incident = "
            "(SELECT incident FROM incident_events WHERE event = ?)",
            (node,),
        )
        return [other for (other,) in rows]

    def incident_of(self, event: int) -> tuple[int, bool] | None:
        """The number of an event's incident and whether that stands; None: it has none."""
        found = self._do(
            "SELECT i.number, i.packed IS NOT NULL FROM incident_events m JOIN incidents i ON i.number = m.incident "
            "WHERE m.event = ?",
            (event,),
        ).fetchone()
        return (found[0], bool(found[1])) if found else None

    def events_of(self, incident: int) -> set[int]:
        """The events of an incident."""
        return {event for (event,) in self._do("SELECT event FROM incident_events WHERE incident = ?", (incident,))}

    def events_of_report(self, report: int) -> set[int]:
        """The events of a report that are in incidents."""
        rows = self._do(
            "SELECT event FROM incident_events WHERE event BETWEEN ? AND ?", (report << SHIFT, (report + 1) << SHIFT)
        )
        return {event for (event,) in rows}

    def move(self, nodes: Iterable[tuple[int, int]]) -> None:
        """Say of events which node they belong to: pairs of event and node."""
        self._many("UPDATE incident_events SET node = ?2 WHERE event = ?1", list(nodes))

    def filed(self) -> Iterator[Filed]:
        """Where every node is filed."""
        for (packed,) in self._do("SELECT filed FROM linked"):
            yield from _unfiled(packed)

    def all_likely(self) -> Iterator[tuple[int, int, float]]:
        """All likely pairs, each once, with their log odds."""
        yield from self._do("SELECT one, other, score FROM likely WHERE one < other")

    def in_one_incident(self) -> Iterator[tuple[int, int]]:
        """The nodes of each incident that there is, each with the first."""
        yield from self._do("SELECT DISTINCT min(node) OVER (PARTITION BY incident), node FROM incident_events")

    def with_copies(self) -> list[int]:
        """Reports that came later than others with which they share passages."""
        return [report for (report,) in self._do("SELECT DISTINCT b FROM copies ORDER BY b")]

    def forget(self, report: int) -> None:
        """Take out all that is kept of a report's nodes; its events stay in their incidents."""
        found = self._do("SELECT filed FROM linked WHERE report = ?", (report,)).fetchone()
        if found is None:
            return
        for one in _unfiled(found[0]):
            self._many(
                "DELETE FROM node_keys WHERE key = ? AND day = ? AND type = ? AND rank = ? AND node = ?",
                [(key, *one.order, one.node) for key in one.keys],
            )
            self._many("DELETE FROM likely WHERE one = ? AND other = ?", [
                (other, one.node) for other in self.odds(one.node)])  # fmt: skip
            self._do("DELETE FROM likely WHERE one = ?", (one.node,))
        self._do("DELETE FROM linked WHERE report = ?", (report,))

    def copied(self, report: int) -> list[Copied]:
        """The passages that a report shares with others, whichever had them first."""
        return [copied for pair in self._pairs("c.b = ?1 OR c.a = ?1", (report,)) for copied in self._passages(*pair)]

    def copied_among(self, reports: Sequence[int]) -> list[Copied]:
        """The passages that some reports share."""
        some = msgspec.json.encode(reports).decode()
        these = "c.b IN (SELECT value FROM json_each(?1)) AND c.a IN (SELECT value FROM json_each(?1))"
        return [copied for pair in self._pairs(these, (some,)) for copied in self._passages(*pair)]

    def _pairs(self, where: str, values: tuple[object, ...]) -> list[tuple[int, int, str | None, str]]:
        select = f"SELECT c.a, c.b, c.first, c.why FROM copies c WHERE {where} ORDER BY c.a, c.b"  # noqa: S608
        return self._do(select, values).fetchall()

    def _passages(self, a: int, b: int, first: str | None, why: str) -> Iterator[Copied]:
        ids = [(self.rank(number), number) for number in (a, b)]
        a_first = first == "a" or (first != "b" and ids[0][0] <= ids[1][0])
        (a_id, b_id) = (rank[3] for rank, _ in ids)
        rows = self._do(
            "SELECT a_start, a_stop, b_start, b_stop, kind FROM passages "  # noqa: S608
            f"WHERE a = ? AND b = ? AND kind IN {_LINEAGE} ORDER BY b_start, a_start",
            (a, b),
        )
        for a_start, a_stop, b_start, b_stop, kind in rows:
            of_a, of_b = (a_start, a_stop), (b_start, b_stop)
            yield Copied(
                later=b_id if a_first else a_id,
                earlier=a_id if a_first else b_id,
                later_span=of_b if a_first else of_a,
                earlier_span=of_a if a_first else of_b,
                kind=kind,
                decided=first in ("a", "b"),
                why=why,
            )

    def rank(self, report: int) -> tuple[bool, bool, str, str]:
        """Which of two reports stands for what both have: the lower (`sayso.engine.pool.rank_of`)."""
        kind, outlet, published, id = self._do(
            "SELECT o.kind, r.outlet, r.published, p.id FROM reports r JOIN pages p USING (number) "
            "LEFT JOIN outlets o ON o.number = r.outlet WHERE r.number = ?",
            (report,),
        ).fetchone()
        return kind != AGENCY, outlet is None, published or "9999", id

    def _packed(self, column: str, report: int) -> bytes:
        found = self._do(f"SELECT {column} FROM linked WHERE report = ?", (report,)).fetchone()  # noqa: S608
        if found is None:
            raise KeyError(report)
        return packing.unpack(found[0])

    def _reason(self, names: str) -> int:
        found = self._do("SELECT number FROM reasons WHERE names = ?", (names,)).fetchone()
        return int(found[0] if found else self._do("INSERT INTO reasons (names) VALUES (?)", (names,)).lastrowid or 0)


def _filed(filed: Sequence[Filed]) -> bytes:
    numbers = array("q")
    for one in filed:
        numbers.extend((one.node, *one.order, len(one.keys), *one.keys))
    return numbers.tobytes()


def _unfiled(packed: bytes) -> Iterator[Filed]:
    numbers = array("q", packed)
    at = 0
    while at < len(numbers):
        node, day, type, rank, count = numbers[at : at + 5]
        yield Filed(node, (day, type, rank), tuple(numbers[at + 5 : at + 5 + count]))
        at += 5 + count
