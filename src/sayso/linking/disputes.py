"""Accounts of one incident that cannot all be right: whether it happened, how many, who did it; each side is shown."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from sayso.linking.accounts import NOBODY, first_voices
from sayso.records.pool import Account, Dispute, DisputeSide
from sayso.records.reading import Bounds
from sayso.records.vocabulary import noun_of

AS_FACT = frozenset({"happened", "ongoing"})
# Acts that one side does to another; in a fight both do it, and who leaves a place is not who takes it.
# Those of one set may be told of one act; who is held by one is not freed by another.
ONE_SIDED = (
    frozenset({"air_strike", "shelling", "bombing", "suicide_bombing", "chemical_attack", "attack", "destroy"}),
    frozenset({"abduct", "arrest"}),
    frozenset({"release"}),
    frozenset({"sexual_violence"}),
    frozenset({"siege"}),
    frozenset({"sanction"}),
)
HELD = frozenset({"control", "capture"})  # that a place is not held denies these, no march on it and no fight for it
TOGETHER = frozenset({"agree", "support", "talk"})  # what several do with one another
TO_AND_FRO = {"advance", "withdraw"}  # that nobody came denies no leaving, and the other way round
MOST_QUOTED = 5  # accounts quoted for each side; the keys of all are there
Related = Callable[[str, str], bool]  # whether two actors of record are one, or one is part of the other


def disputes_of(accounts: Sequence[Account], related: Related = lambda a, b: a == b) -> tuple[Dispute, ...]:
    """What the accounts of one incident dispute. `related` tells actors of which one is part of the other."""
    ordered = sorted(accounts, key=lambda a: (a.published or "9999", a.key))
    found = [*_happened(ordered, related), *_numbers(ordered), *_actors(ordered, related)]
    return tuple(sorted(found, key=lambda d: (d.kind, d.id)))


def ranges_meet(one: Bounds, other: Bounds) -> bool:
    """Whether two ranges have a number in common.

    >>> ranges_meet((11, None), (19, 19)), ranges_meet((11, 11), (21, None))
    (True, False)
    """
    low = max(one[0] or 0, other[0] or 0)
    highs = [bound for bound in (one[1], other[1]) if bound is not None]
    return not highs or low <= min(highs)


def _happened(accounts: Sequence[Account], related: Related) -> Iterator[Dispute]:
    told = [a for a in accounts if a.status in AS_FACT]
    no = [a for a in accounts if a.status == "denied" and any(_denies(a, b, related) for b in told)]
    yes = [a for a in told if any(_denies(b, a, related) for b in no)]
    if yes and no and not _same_voices(yes, no):
        sides = (side_of("it happened", yes), side_of("it did not happen", no))
        yield _dispute("happened", f"whether the {_name(yes[0])} happened", sides, "affirmed by some, denied by others")


def _denies(no: Account, yes: Account, related: Related) -> bool:
    """Whether what one account says did not happen may be what the other tells: neither names somebody else.

    That a place is not held by somebody denies that the same is said to hold or to have taken it, no march on it. That
    two do not help each other denies no help in which one of them has no part.
    """
    if {no.type, yes.type} == TO_AND_FRO:
        return False
    if no.type == "control" and (
        yes.type not in HELD or (no.actor_ids and set(no.actor_ids).isdisjoint(yes.actor_ids))
    ):
        return False
    doers, sufferers = _known(no), _of_record(no.target_ids)
    parties = _of_record((*yes.actor_ids, *yes.target_ids))
    if no.type in TOGETHER and len(doers) > 1 and not sufferers and parties:
        return all(any(related(x, y) for y in parties) for x in doers)
    return not any(
        mine and theirs and not any(related(x, y) for x in mine for y in theirs)
        for mine, theirs in ((doers, _known(yes)), (sufferers, _of_record(yes.target_ids)))
    )


def _numbers(accounts: Sequence[Account]) -> Iterator[Dispute]:
    for name in ("killed", "wounded"):
        told = [a for a in accounts if a.status in AS_FACT]
        sides: dict[Bounds, list[Account]] = defaultdict(list)
        for account in told:
            if bounds := account.killed if name == "killed" else account.wounded:
                sides[bounds].append(account)
        apart = sorted((b for b in sides if any(_incompatible(b, c, sides) for c in sides if c != b)), key=_size)
        if len(apart) > 1:
            shown = tuple(side_of(f"{_in_words(bounds)} {name}", sides[bounds]) for bounds in apart)
            why = f"the numbers of {name} do not meet, and it is not one number that rose"
            yield _dispute("number", f"how many were {name} in the {_name(told[0])}", shown, why)


def _size(bounds: Bounds) -> tuple[float, float]:
    low, high = bounds
    return low or 0, math.inf if high is None else high


def _incompatible(one: Bounds, other: Bounds, sides: dict[Bounds, list[Account]]) -> bool:
    """Whether two ranges do not meet, although neither is the other grown: a toll rises from one day to a later one."""
    if ranges_meet(one, other):
        return False
    low, high = sorted((one, other), key=_size)
    return not all(
        small.published and large.published and small.published[:10] < large.published[:10]
        for small in sides[low]
        for large in sides[high]
    )


def _actors(accounts: Sequence[Account], related: Related) -> Iterator[Dispute]:
    for types in ONE_SIDED:
        told = [a for a in accounts if a.status in AS_FACT and a.type in types and _known(a)]
        sides: dict[tuple[str, ...], list[Account]] = defaultdict(list)
        for account in told:
            ids = _known(account)
            key = next((k for k in sides if any(related(x, y) for x in k for y in ids)), tuple(ids))
            sides[key].append(account)
        held = list(_held_apart(list(sides.values())))
        if len(held) > 1:  # who tells of two acts by two disputes neither
            shown = tuple(side_of(f"{', '.join(dict.fromkeys(group[0].actors))} did it", group) for group in held)
            why = "different actors are named, none of them part of another"
            yield _dispute("actor", f"who did the {_name(told[0])}", shown, why)


def _held_apart(sides: list[list[Account]]) -> Iterator[list[Account]]:
    """The sides that somebody takes who takes no other."""
    voices = [_names_of(side) for side in sides]
    for n, side in enumerate(sides):
        if not voices[n] <= set().union(*voices[:n], *voices[n + 1 :]):
            yield side


def _known(account: Account) -> list[str]:
    """The actors of record that an account names."""
    return _of_record(account.actor_ids)


def _of_record(ids: Iterable[str | None]) -> list[str]:
    return sorted({ident for ident in ids if ident and not ident.startswith(NOBODY)})


def _same_voices(some: Sequence[Account], others: Sequence[Account]) -> bool:
    return _names_of(some) == _names_of(others)


def _names_of(accounts: Iterable[Account]) -> set[str]:
    """The names of the voices that accounts are first told by."""
    return {voice.name for account in accounts for voice in first_voices(account)}


def _name(account: Account) -> str:
    where = f" at {account.place.name}" if account.place else ""
    return f"{noun_of(account.type)}{where}"


def _in_words(bounds: Bounds) -> str:
    low, high = bounds
    if high is None:
        return f"{low} or more"
    return str(low) if low == high else f"{low or 0} to {high}"


def side_of(says: str, accounts: Sequence[Account]) -> DisputeSide:
    """One side of a dispute, with the words of its accounts."""
    return DisputeSide(
        says=says,
        accounts=tuple(a.key for a in accounts),
        words=tuple(a.words for a in accounts[:MOST_QUOTED]),
        voices=tuple(dict.fromkeys(voice.name for a in accounts for voice in first_voices(a))),
    )


def _dispute(kind: str, about: str, sides: tuple[DisputeSide, ...], why: str) -> Dispute:
    first = min(key for side in sides for key in side.accounts)
    ident = "d:" + hashlib.sha256(f"{kind}\n{about}\n{first}".encode()).hexdigest()[:16]
    return Dispute(id=ident, kind=kind, about=about, sides=sides, why=why)  # type: ignore[arg-type]  # one of its kinds
