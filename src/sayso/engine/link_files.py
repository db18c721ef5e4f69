"""What the linker reads of a ledger: where nodes are filed; nodes and accounts of reports, the last used at hand."""

from __future__ import annotations

from collections import OrderedDict

from sayso.ledger.link_tables import At, LinkTables
from sayso.ledger.rows import SHIFT
from sayso.linking.candidates import BESIDE, Key, number_of
from sayso.linking.nodes import Node
from sayso.linking.packed import unpack_accounts, unpack_nodes
from sayso.records.pool import Account

_HELD = 3_000  # reports whose nodes are kept at hand, some 100 MB


class Files:
    """Where the ledger files nodes."""

    def __init__(self, tables: LinkTables) -> None:
        self._tables = tables

    def before(self, key: Key, at: At) -> list[At]:
        """The last nodes before one."""
        return self._tables.before(number_of(key), at, BESIDE)

    def after(self, key: Key, at: At) -> list[At]:
        """The first nodes after one."""
        return self._tables.after(number_of(key), at, BESIDE)


class Held:
    """Nodes and accounts of reports, the last used at hand."""

    def __init__(self, tables: LinkTables) -> None:
        self._tables = tables
        self._nodes: OrderedDict[int, dict[int, tuple[Node, tuple[int, ...]]]] = OrderedDict()
        self._accounts: OrderedDict[int, tuple[Account, ...]] = OrderedDict()

    def drop(self, report: int) -> None:
        """Forget a report that changes."""
        self._nodes.pop(report, None)
        self._accounts.pop(report, None)

    def nodes(self, report: int) -> dict[int, Node]:
        """The nodes of a report, by number."""
        return {number: node for number, (node, _) in self._of(report).items()}

    def node(self, number: int) -> Node:
        """One node."""
        return self._of(number >> SHIFT)[number][0]

    def events_of(self, number: int) -> list[int]:
        """The numbers of a node's events."""
        first = number >> SHIFT << SHIFT
        return [first + position for position in self._of(number >> SHIFT)[number][1]]

    def node_of(self, event: int) -> int | None:
        """The node that an event belongs to; None: none any more."""
        position = event & ((1 << SHIFT) - 1)
        return next((n for n, (_, at) in self._of(event >> SHIFT).items() if position in at), None)

    def accounts(self, report: int) -> tuple[Account, ...]:
        """The accounts of a report."""
        if report not in self._accounts:
            self._accounts[report] = unpack_accounts(self._tables.accounts(report))
            if len(self._accounts) > _HELD:
                self._accounts.popitem(last=False)
        return self._accounts[report]

    def _of(self, report: int) -> dict[int, tuple[Node, tuple[int, ...]]]:
        if report not in self._nodes:
            found = unpack_nodes(self._tables.nodes(report))
            self._nodes[report] = {report << SHIFT | at[0]: (node, at) for node, at in found}
            if len(self._nodes) > _HELD:
                self._nodes.popitem(last=False)
        self._nodes.move_to_end(report)
        return self._nodes[report]
