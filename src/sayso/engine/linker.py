"""One ledger's linking: accounts and nodes of reports, what they are near, what they are one with.

Works inside the transactions of whoever calls; what only compares and divides needs a ledger opened to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from sayso.actors.register import Register
from sayso.engine.link_files import Files, Held
from sayso.engine.pool import relation
from sayso.ledger import Ledger, packing
from sayso.ledger.holding_store import (
    Statement,
    Turn,
    drop_statements,
    keep_statements,
    keep_turns,
    places_to_hold,
    statements_of,
)
from sayso.ledger.ids import record_number
from sayso.ledger.incident_decisions import bound
from sayso.ledger.incident_store import Settled, bury_empty, settle, withdraw
from sayso.ledger.link_tables import At, Filed, Likely, LinkTables
from sayso.ledger.review_effect import effects, in_effect
from sayso.ledger.rows import SHIFT
from sayso.linking.accounts import accounts_of
from sayso.linking.candidates import (
    around,
    filing,
    looks,
    number_of,
    pairs_among,
    still_beside,
    stretch,
)  # fmt: skip
from sayso.linking.clusters import JOIN, UNBOUND, Bound, Cluster, Pair, components, divide, pair, tied
from sayso.linking.control import History, history_of
from sayso.linking.holder_disputes import disputes_by_holder
from sayso.linking.nodes import Node, nodes_of
from sayso.linking.packed import pack_accounts, pack_nodes
from sayso.linking.pairs import Judge, Judged
from sayso.linking.pool import by_later, incident_of, judging, told_in_copies
from sayso.linking.statements import at_each_place, words_of
from sayso.linking.stretches import stretches
from sayso.records.pool import Account, Copied, HolderDispute

_COPIED = '"copied passage"'  # such pairs are compared wherever they are
_reasons = msgspec.json.Decoder(tuple[str, ...])
_reasons_of = lru_cache(maxsize=50_000)(_reasons.decode)


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What a report tells, ready to be kept: `accounts` and `packed` (its nodes) are packed, `nodes` by event."""

    report: int
    accounts: bytes
    packed: bytes
    filed: list[Filed]
    nodes: dict[int, int]
    statements: list[Statement]


def taken_of(report: int, accounts: Sequence[Account], events: Mapping[str, int], bound: Bound = UNBOUND) -> Taken:
    """A report's accounts made ready to be kept. `events`: their numbers by their keys."""
    nodes = nodes_of(accounts, bound.apart)
    positions = {key: number - (report << SHIFT) for key, number in events.items()}
    return Taken(
        report=report,
        accounts=packing.pack(pack_accounts(accounts), packing.QUICK),
        packed=packing.pack(pack_nodes(nodes, positions), packing.QUICK),
        filed=[Filed(events[node.key], filing(node), _keys_of(node)) for node in nodes],
        nodes={events[key]: events[node.key] for node in nodes for key in node.keys},
        statements=[
            Statement(events[account.key], words[0].day, one)
            for account in accounts
            for one in at_each_place(account)
            if (words := words_of(one))
        ],
    )


class Linker:
    """Links reports of one ledger; to be used inside its transactions."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._connection = ledger.connection
        self.tables = LinkTables(ledger.connection)
        self._held = Held(self.tables)
        self._files = Files(self.tables)
        self._related = relation(Register.installed())
        self._bound = Bound(*bound(ledger.connection))
        self._seen = -1

    def link(self, reports: Sequence[int], now: str) -> None:
        """Take in reports, and settle the incidents around them."""
        self.look_again()
        for report in reports:
            self.take_in(report)
        self.join(reports, now)

    def join(self, reports: Sequence[int], now: str) -> None:
        """Settle the incidents around reports that are taken in."""
        for report in reports:
            self._compare(report)
        parted = {node for report in reports for node in self._part(report)}
        touched = [*(node for report in reports for node in self._held.nodes(report)), *parted]
        loose = [self._held.node_of(event) for event in self.tables.loose()]
        self._settle([*touched, *(node for node in loose if node is not None)], set(reports), now)
        bury_empty(self._connection)
        self.tables.joined()
        self.tables.done(reports)

    def hold(self) -> None:
        """Tell the histories anew that changed."""
        for place, start in places_to_hold(self._connection):
            told = statements_of(self._connection, place, start)
            history = history_of((word for account in told for word in words_of(account)), self._related, start.begun)
            disputes = self._disputes(history)
            turns = [
                Turn(held.begun, stretches(held, self._related), over)
                for held, over in zip(history, disputes, strict=True)
            ]
            keep_turns(self._connection, place, start, turns)

    def _disputes(self, history: History) -> list[list[HolderDispute]]:
        """The disputes over a place, for each of its holders."""
        found = disputes_by_holder(history, {}, self._related)
        passages = self._passages(dispute for over in found for dispute in over)
        if passages:  # they only take disputes away
            return disputes_by_holder(history, passages, self._related)
        return found

    def _passages(self, found: Iterable[HolderDispute]) -> dict[str, list[Copied]]:
        """What the reports share whose words stand in some disputes."""
        keys = {key for one in found for side in one.dispute.sides for key in side.accounts}
        reports = {self._ledger.number_of(key.rpartition("#")[0]) for key in keys}
        return by_later(self.tables.copied_among(sorted(reports)))

    def look_again(self) -> None:
        """Others may have written since the last transaction."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._seen:
            self._held, self._seen = Held(self.tables), version
        self._bound = Bound(*bound(self._connection))

    def take_in(self, report: int) -> None:
        """Keep what a report tells, in effect, in the place of what it told before."""
        taken = self.taken(report)
        self.put(taken)
        self.file(taken)

    def taken(self, report: int) -> Taken:
        """What a report tells, in effect, made ready to be kept."""
        reading = self._ledger.load(report)
        events = {f"{reading.id}#{e.id}": report << SHIFT | at for at, e in enumerate(reading.events, 1)}
        accounts = accounts_of(in_effect(reading, effects(self._connection, report)))
        return taken_of(report, accounts, events, self._bound)

    def put(self, taken: Taken) -> None:
        """Keep what a report tells, in the place of what it told before; its nodes are still to be filed."""
        connection, tables, report = self._connection, self.tables, taken.report
        tables.forget(report)
        self._held.drop(report)
        withdraw(connection, tables.events_of_report(report) - taken.nodes.keys())
        drop_statements(connection, report << SHIFT, (report + 1) << SHIFT)
        tables.keep(report, taken.accounts, taken.packed, taken.filed)
        tables.move(taken.nodes.items())
        keep_statements(connection, taken.statements)

    def file(self, taken: Taken) -> None:
        """File the nodes of a report that is kept."""
        self.tables.file((key, *one.order, one.node) for one in taken.filed for key in one.keys)

    def _compare(self, report: int) -> None:
        """Keep which nodes are likely one with those of a report."""
        own = self._held.nodes(report)
        found: set[Pair] = set()
        numbers: dict[str, int] = {}
        nodes: dict[str, Node] = {}
        for number, node in own.items():
            near = around(self._files, node, (*filing(node), number))
            for other_number in (number, *(at[3] for at in near)):
                other = self._held.node(other_number)
                numbers[other.key], nodes[other.key] = other_number, other
                if other_number != number:
                    found.add(pair(node.key, other.key))
        shared = self._shared(report, nodes, numbers)
        judge = judging(shared, self._related)
        self.tables.keep_likely(_likely(found | shared, nodes, numbers, judge))

    def near_pairs(self, numbers: Sequence[int], first: int) -> list[Likely]:
        """The likely pairs among nodes in the order of their days, of those from `first` on with all before."""
        nodes = [self._held.node(number) for number in numbers]
        judge = judging((), self._related)
        judged = ((one, other, judge(nodes[one], nodes[other])) for one, other in pairs_among(nodes, first))
        return [
            (numbers[one], numbers[other], j.score, _in_json(j.reasons)) for one, other, j in judged if j.score > JOIN
        ]

    def copied_pairs(self, reports: Iterable[int]) -> list[Likely]:
        """The likely pairs that the same passage tells, of reports that share some."""
        found: list[Likely] = []
        for report in reports:
            nodes, numbers = dict[str, Node](), dict[str, int]()
            shared = self._shared(report, nodes, numbers)
            found += _likely(shared, nodes, numbers, judging(shared, self._related))
        return found

    def divided(self, together: Iterable[Iterable[int]]) -> list[Settled]:
        """The incidents of nodes that hang together, each set for itself."""
        return [settled for numbers in together for settled in self._settled(set(numbers), None)]

    def ties(self) -> dict[int, set[int]]:
        """For nodes that people put together with others: these, by numbers."""
        ties: dict[int, set[int]] = {}
        for key, others in self._bound.one.items():
            mine = self._node_with(key)
            if mine is not None:
                ties.setdefault(mine, set()).update(n for other in others if (n := self._node_with(other)) is not None)
        return ties

    def _part(self, report: int) -> Iterator[int]:
        """Take out likely pairs that only others were not there yet to come between; the numbers of their nodes."""
        for number, node in self._held.nodes(report).items():
            at = (*filing(node), number)
            for name, _ in looks(node):
                key = (name, stretch(node))
                beside = [*self._files.before(key, at), *self._files.after(key, at)]
                gone = {pair for one in beside for pair in self._over(one, at)}
                self.tables.not_likely(gone)
                yield from (node for pair in gone for node in pair)

    def _over(self, one: At, middle: At) -> Iterator[tuple[int, int]]:
        """The likely pairs of a node with others beyond a new one that are no longer next to one another."""
        node = self._held.node(one[3])
        for number, _, names in self.tables.likely(one[3]):
            other = self._held.node(number)
            at = (*filing(other), number)
            if (one < middle) == (at < middle) or _COPIED in names:
                continue
            first, second = (node, one), (other, at)
            if at < one:
                first, second = second, first
            if not still_beside(self._files, *first, *second):
                yield one[3], number

    def _shared(self, report: int, nodes: dict[str, Node], numbers: dict[str, int]) -> set[Pair]:
        """Pairs of a report's nodes and others that the same passage tells; those others join `nodes`."""
        copied = self.tables.copied(report)
        if not copied:
            return set()
        others = {id for passage in copied for id in (passage.later, passage.earlier)}
        known = {self._ledger.number_of(id) for id in others} | {report}
        near = {
            node.key: (number, node) for one in sorted(known) if self.tables.is_kept(one)
            for number, node in self._held.nodes(one).items()
        }  # fmt: skip
        accounts = {a.key: a for one in known if self.tables.is_kept(one) for a in self._held.accounts(one)}
        own = {node.key for node in self._held.nodes(report).values()}
        shared = {
            keys for keys in told_in_copies([node for _, node in near.values()], accounts, by_later(copied))
            if own & set(keys)
        }  # fmt: skip
        for key in {key for keys in shared for key in keys}:
            numbers[key], nodes[key] = near[key]
        return shared

    def _settle(self, touched: Iterable[int], reports: set[int], now: str) -> None:
        """Divide anew what hangs together with some nodes, and write the incidents that are others than before."""
        found: list[Settled] = []
        ties = self.ties()

        def tied_to(node: int, sure: float) -> set[int]:
            return {*tied(self.tables.odds(node), self.tables.best_odds, sure), *ties.get(node, ())}

        ahead, seen = list(touched), set[int]()
        while ahead:
            if (node := ahead.pop()) not in seen:
                (numbers,) = components([node], tied_to)
                seen |= numbers
                ahead += [other for number in numbers for other in self.tables.beside_in_incident(number)]
                found += self._settled(numbers, reports)
        settle(self._connection, found, now)

    def _node_with(self, key: str) -> int | None:
        report = self._ledger.number_of(key.rpartition("#")[0])
        if not self.tables.is_kept(report):
            return None
        return self._held.node_of(record_number(self._connection, key)[1])

    def _settled(self, numbers: set[int], reports: set[int] | None) -> Iterator[Settled]:
        """The incidents of a neighbourhood that may be others than before; all of them where `reports` is None."""
        held = {number: self._held.node(number) for number in numbers}
        nodes = {node.key: node for node in held.values()}
        by_key = {node.key: number for number, node in held.items()}
        likely = {
            node.key: {
                held[other].key: Judged(score, _reasons_of(names))
                for other, score, names in self.tables.likely(number)
                if other in held
            }
            for number, node in held.items()
        }
        around = sorted({number >> SHIFT for number in numbers})
        copied = by_later(self.tables.copied_among(around)) if len(around) > 1 else {}
        shared = told_in_copies(nodes.values(), self._accounts_of(around), copied) if copied else set()
        for cluster in divide(nodes, likely, judging(shared, self._related), self._bound):
            events = self._events_of(cluster, by_key)
            if reports is None or not self._is_settled(events, reports):
                accounts = self._accounts_of({event >> SHIFT for event in events})
                yield Settled(incident_of(cluster, accounts, copied, self._related), events)

    def _accounts_of(self, reports: Iterable[int]) -> dict[str, Account]:
        return {account.key: account for report in reports for account in self._held.accounts(report)}

    def _events_of(self, cluster: Cluster, by_key: dict[str, int]) -> dict[int, int]:
        return {
            event: by_key[node.key] for node in cluster.nodes for event in self._held.events_of(by_key[node.key])
        }  # fmt: skip

    def _is_settled(self, events: dict[int, int], reports: set[int]) -> bool:
        """Whether some events are an incident already, and none of their reports was taken in anew."""
        if any(event >> SHIFT in reports for event in events):
            return False
        was = self.tables.incident_of(next(iter(events)))
        return was is not None and was[1] and self.tables.events_of(was[0]) == events.keys()


def _likely(pairs: Iterable[Pair], nodes: dict[str, Node], numbers: dict[str, int], judge: Judge) -> list[Likely]:
    judged = ((one, other, judge(nodes[one], nodes[other])) for one, other in sorted(pairs))
    return [(numbers[one], numbers[other], j.score, _in_json(j.reasons)) for one, other, j in judged if j.score > JOIN]


@lru_cache(maxsize=50_000)
def _in_json(reasons: tuple[str, ...]) -> str:
    return msgspec.json.encode(reasons).decode()


def _keys_of(node: Node) -> tuple[int, ...]:
    return tuple(sorted({number_of((name, stretch(node))) for name, _ in looks(node)}))
