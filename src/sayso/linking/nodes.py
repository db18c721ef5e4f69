"""One report's accounts of one incident, taken together: what is compared when incidents are linked over reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

import msgspec

from sayso.linking.wording import UNSEEN, stems, weights
from sayso.records.pool import Account
from sayso.records.reading import Bounds
from sayso.records.resolved import Place

FINE = 3  # UCDP where_prec of a place that can be compared by distance: a spot, a town, a district
EXACT_DAYS = 2  # UCDP date_prec of a date that can be compared by days
LIGHT = 1.0  # weight of a stem: what more than a third of all reports have tells nothing apart
MOST_STEMS = 18  # kept of the sentences of an incident, the rarest: what two accounts can share at most
MOST_OF_STORY = 72  # kept of all of a report's accounts


class Families(msgspec.Struct, frozen=True):
    """`families.yaml`: event types that may tell one incident, how general a type is, which are near each other,
    and which last."""

    families: dict[str, tuple[str, ...]]
    general: tuple[str, ...]
    alike: tuple[tuple[str, ...], ...] = ()
    narrower: dict[str, str] = {}
    lasting: tuple[str, ...] = ()

    def of(self, kind: str) -> frozenset[str]:
        """The families a type belongs to."""
        return _of(kind)


@cache
def families() -> Families:
    """The table of families, read once a process."""
    return msgspec.yaml.decode(
        resources.files("sayso.linking").joinpath("families.yaml").read_bytes(), type=Families
    )  # fmt: skip


@cache
def _of(kind: str) -> frozenset[str]:
    return frozenset(name for name, kinds in families().families.items() if kind in kinds)


class Wording(msgspec.Struct, frozen=True, gc=False, eq=False):
    """The rarest stems of some words, and what all of these weigh. Not a set: that would take four times the memory.

    Equal only to itself, so that what was reckoned for two of them is found again at once.
    """

    stems: tuple[str, ...]
    mass: float


class Node(msgspec.Struct, frozen=True, gc=False):
    """Accounts of one in-report incident; `key` is the first of theirs. Sets hold ids, or names where there is none.

    `keys`: of its accounts, which are left out (`accounts` empty) where only nodes are kept; `start`: where the
    sentence of the first begins; `days`: UCDP's date_prec of `first` and `last`, 9 when not known; `triggers`,
    `place_words`, `party_words`: stems; `words`: of the sentences that tell it; `story`: of all that the report tells;
    `guessed`: no words of the event itself tell its days.
    """

    key: str
    report: str
    accounts: tuple[Account, ...]
    keys: tuple[str, ...]
    start: int
    type: str
    families: frozenset[str]
    place: Place | None
    place_words: frozenset[str]
    first: str | None
    last: str | None
    days: int
    day: str
    actors: frozenset[str]
    targets: frozenset[str]
    party_words: Wording
    killed: Bounds | None
    triggers: frozenset[str]
    words: Wording
    story: Wording
    denied: bool
    guessed: bool = False


def nodes_of(accounts: Iterable[Account], apart: Mapping[str, frozenset[str]] | None = None) -> list[Node]:
    """One node for each report and incident in it, by key. `apart`: keys of accounts that somebody told apart."""
    groups: dict[str, dict[object, list[Account]]] = defaultdict(lambda: defaultdict(list))
    for account in accounts:
        others = apart.get(account.key, frozenset()) if apart else frozenset()
        here = frozenset(key for key in others if key.rpartition("#")[0] == account.report)
        groups[account.report][account.incident, here].append(account)
    nodes = []
    for incidents in groups.values():
        said = {account.words for group in incidents.values() for account in group}
        titles = {account.title or "" for group in incidents.values() for account in group[:1]}
        story = wording("\n".join(said | titles), MOST_OF_STORY)
        nodes += [_node(group, story) for group in incidents.values()]
    return sorted(nodes, key=lambda node: node.key)


def wording(text: str, most: int) -> Wording:
    """The rarest stems of a text, the rarest first."""
    weight_of = weights().get
    weighed = [(weight, s) for s in stems(text) if (weight := weight_of(s, UNSEEN)) > LIGHT]
    kept = sorted(weighed, reverse=True)[:most]
    return Wording(tuple([word for _, word in kept]), sum([weight for weight, _ in kept]))


@lru_cache(maxsize=50_000)
def _named(text: str) -> Wording:
    return wording(text, MOST_STEMS)


@lru_cache(maxsize=50_000)
def _stems(text: str) -> frozenset[str]:
    return stems(text)


@lru_cache(maxsize=50_000)
def _same(called: frozenset[str]) -> frozenset[str]:
    """One object for all equal sets: most nodes name the same few parties."""
    return called


def _node(group: Sequence[Account], story: Wording) -> Node:
    accounts = sorted(group, key=lambda a: a.key)
    dated = [a for a in accounts if a.first and a.last and not _goes_on(a)]
    best = min(dated, key=lambda a: (a.date_precision or 9, a.date_guessed, _begun(a), a.key), default=None)
    places = [a for a in accounts if a.place]
    placed = min(places, key=lambda a: (a.place.precision if a.place else 9, a.key), default=None)
    days = (best.date_precision or 9) if best else 9
    published = next((a.published for a in accounts if a.published), None) or ""
    names = [name for a in accounts for name in (*a.actors, *a.targets)]
    return Node(
        key=accounts[0].key,
        report=accounts[0].report,
        accounts=tuple(accounts),
        keys=tuple(a.key for a in accounts),
        start=accounts[0].start,
        type=main_type(accounts),
        families=_same(frozenset(family for a in accounts for family in families().of(a.type))),
        place=placed.place if placed else None,
        place_words=_stems(" ".join(a.place_words or "" for a in accounts)),
        first=best.first if best else None,
        last=best.last if best else None,
        days=days,
        guessed=best is not None and best.date_guessed,
        day=(best.first or "" if best and days <= EXACT_DAYS else published)[:10],
        actors=_called(accounts, actors=True),
        targets=_called(accounts, actors=False),
        party_words=_named(" ".join(names)),
        killed=next((a.killed for a in accounts if a.killed), None),
        triggers=_stems(" ".join(trigger_of(a) for a in accounts)),
        words=wording("\n".join({a.words for a in accounts}), MOST_STEMS),
        story=story,
        denied=all(a.status == "denied" for a in accounts),
    )


def _goes_on(account: Account) -> bool:
    """Whether it tells of what lasts as going on when it was published: it began on that day or before."""
    told_of_now = account.first == (account.published or "")[:10]
    return account.type in families().lasting and account.status == "ongoing" and told_of_now


def _begun(account: Account) -> str:
    """What lasts is of the day that it began on; "" for what does not last."""
    return account.first or "" if account.type in families().lasting else ""


def trigger_of(account: Account) -> str:
    """The words of an account's trigger."""
    return account.words[account.trigger[0] - account.start : account.trigger[1] - account.start]


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
    return _same(frozenset(called))
