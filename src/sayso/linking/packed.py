"""Nodes as they are kept: what is compared of one report, packed together, its accounts left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from sayso.linking.nodes import Node, Wording
from sayso.records.pool import Account

_NO_STORY = Wording((), 0.0)


class _Report(msgspec.Struct, frozen=True, array_like=True):
    """A report's nodes without the story they share, the story, and where in the report the accounts of each stand."""

    story: Wording
    nodes: tuple[Node, ...]
    positions: tuple[tuple[int, ...], ...]


_decoder = msgspec.msgpack.Decoder(_Report)
_accounts = msgspec.msgpack.Decoder(tuple[Account, ...])


def pack_nodes(nodes: Sequence[Node], positions: Mapping[str, int]) -> bytes:
    """The nodes of one report; there may be none. `positions`: of its accounts, by their keys."""
    bare = tuple(_bare(node) for node in nodes)
    at = tuple(tuple(positions[key] for key in node.keys) for node in nodes)
    return msgspec.msgpack.encode(_Report(nodes[0].story if nodes else _NO_STORY, bare, at))


def unpack_nodes(packed: bytes) -> tuple[tuple[Node, tuple[int, ...]], ...]:
    """The nodes packed, without their accounts, and the positions of these, that of the node's key first."""
    report = _decoder.decode(packed)
    nodes = (msgspec.structs.replace(node, story=report.story) for node in report.nodes)
    return tuple(zip(nodes, report.positions, strict=True))


def pack_accounts(accounts: Sequence[Account]) -> bytes:
    """The accounts of one report."""
    return msgspec.msgpack.encode(tuple(accounts))


def unpack_accounts(packed: bytes) -> tuple[Account, ...]:
    """The accounts packed."""
    return _accounts.decode(packed)


def _bare(node: Node) -> Node:
    place = node.place and msgspec.structs.replace(node.place, name="", why="")  # only shown, never compared
    return msgspec.structs.replace(node, accounts=(), story=_NO_STORY, place=place)
