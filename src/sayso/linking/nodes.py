"""One report's accounts of one incident, taken together: what is compared when incidents are linked over reports."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

import msgspec

from sayso.records.pool import Account
from sayso.records.reading import Bounds
from sayso.records.resolved import Place

FINE = 3  # UCDP where_prec of a place that can be compared by distance: a spot, a town, a district
EXACT_DAYS = 2  # UCDP date_prec of a date that can be compared by days
WORD = re.compile(r"[^\W\d_]{4,}")  # shorter words are mostly grammar


class Families(msgspec.Struct, frozen=True):
    """`families.yaml`: event types that may tell one incident, and how general a type is."""

    families: dict[str, tuple[str, ...]]
    general: tuple[str, ...]

    def of(self, kind: str) -> frozenset[str]:
        """The families a type belongs to."""
        return frozenset(name for name, kinds in self.families.items() if kind in kinds)


@cache
def families() -> Families:
    """The table of families, read once a process."""
    return msgspec.yaml.decode(
        resources.files("sayso.linking").joinpath("families.yaml").read_bytes(), type=Families
    )  # fmt: skip


class Node(msgspec.Struct, frozen=True, gc=False):
    """Accounts of one in-report incident; `key` is the first of theirs. Sets hold ids, or names where there is none."""

    key: str
    report: str
    accounts: tuple[Account, ...]
    type: str
    families: frozenset[str]
    place: Place | None
    first: str | None
    last: str | None
    day: str
    actors: frozenset[str]
    targets: frozenset[str]
    killed: Bounds | None
    words: frozenset[str]
    denied: bool


def nodes_of(accounts: Iterable[Account]) -> list[Node]:
    """One node for each report and incident in it, by key."""
    groups: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in accounts:
        groups[account.report, account.incident].append(account)
    return sorted((_node(group) for group in groups.values()), key=lambda node: node.key)


def _node(accounts: Sequence[Account]) -> Node:
    kind = main_type(accounts)
    dated = [a for a in accounts if a.first and a.last]
    best = min(dated, key=lambda a: (a.date_precision or 9, a.key), default=None)
    places = [a for a in accounts if a.place]
    placed = min(places, key=lambda a: (a.place.precision if a.place else 9, a.key), default=None)
    exact = best is not None and (best.date_precision or 9) <= EXACT_DAYS
    published = next((a.published for a in accounts if a.published), None) or ""
    return Node(
        key=min(a.key for a in accounts),
        report=accounts[0].report,
        accounts=tuple(accounts),
        type=kind,
        families=frozenset(family for a in accounts for family in families().of(a.type)),
        place=placed.place if placed else None,
        first=best.first if best else None,
        last=best.last if best else None,
        day=(best.first or "" if best and exact else published)[:10],
        actors=_called(accounts, actors=True),
        targets=_called(accounts, actors=False),
        killed=next((a.killed for a in accounts if a.killed), None),
        words=frozenset(word.lower() for a in accounts for word in WORD.findall(a.words)),
        denied=all(a.status == "denied" for a in accounts),
    )


def main_type(accounts: Sequence[Account]) -> str:
    """The type told most often, a specific one before a general one."""
    counts = Counter(a.type for a in accounts)
    general = families().general
    return min(counts, key=lambda kind: (kind in general, -counts[kind], kind))


def _called(accounts: Sequence[Account], *, actors: bool) -> frozenset[str]:
    called = set()
    for a in accounts:
        names, ids = (a.actors, a.actor_ids) if actors else (a.targets, a.target_ids)
        for name, ident in zip(names, ids or (None,) * len(names), strict=True):
            called.add(ident or name.casefold())
    return frozenset(called)
