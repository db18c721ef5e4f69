"""Whose word an incident rests on: the first voices behind its accounts, and which of them are independent.

Twelve reports of one statement are one origin. Two origins are independent when they differ and neither passage copies
the other; what an outlet says in its own words while it names a source for it rests on that source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sayso.linking.accounts import UNSTATED, same_voice
from sayso.records.pool import Account, Copied, Origin, Voice

LATE = "9999"  # sorts an account without a date of publication after those that have one


class Sets:
    """Disjoint sets of keys; the smallest key stands for its set, whatever the order of joining."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def find(self, key: str) -> str:
        """The key that stands for the set of `key`."""
        while (up := self._up.get(key, key)) != key:
            self._up[key] = self._up.get(up, up)
            key = up
        return key

    def join(self, one: str, other: str) -> None:
        """Make one set of two."""
        low, high = sorted((self.find(one), self.find(other)))
        self._up[high] = low


def origins_of(accounts: Sequence[Account], copied: Mapping[str, Sequence[Copied]]) -> tuple[Origin, ...]:
    """The origins of one incident's accounts, independent ones first, then by number of accounts.

    `copied`: for each report the passages of it that another report had first.
    """
    ordered = sorted(accounts, key=lambda a: (a.published or LATE, a.key))
    sets, reasons = Sets(), dict[str, str]()
    rests = _resting(ordered, copied, reasons)
    for key, other in rests.items():
        sets.join(key, other)
    for account in ordered:
        if account.key not in rests:
            _join_same(account, ordered, rests, sets)
    groups: dict[str, list[Account]] = defaultdict(list)
    for account in ordered:
        groups[sets.find(account.key)].append(account)
    found = [_origin(group, rests, reasons) for group in groups.values()]
    return tuple(sorted(found, key=lambda o: (not o.independent, -len(o.accounts), o.accounts[0])))


def _resting(
    ordered: Sequence[Account], copied: Mapping[str, Sequence[Copied]], reasons: dict[str, str]
) -> dict[str, str]:
    """Accounts that have what they say from another account of the incident: key -> the other's key."""
    by_report: dict[str, list[Account]] = defaultdict(list)
    for account in ordered:
        by_report[account.report].append(account)
    rests: dict[str, str] = {}
    for account in ordered:
        if found := _copied_from(account, copied.get(account.report, ()), by_report):
            rests[account.key], reasons[account.key] = found
        elif len(account.chain) == 1 and (named := _with_source(by_report[account.report])):
            rests[account.key] = named.key
            reasons[account.key] = f"the report names its source: {named.chain[0].name}"
    return rests


def _copied_from(
    account: Account, passages: Sequence[Copied], by_report: Mapping[str, Sequence[Account]]
) -> tuple[str, str] | None:
    """The account that a passage around this one's trigger was copied from, with the reason."""
    for passage in passages:
        a, b = passage.later_span
        if not (a <= account.trigger[0] and account.trigger[1] <= b):
            continue
        where = passage.earlier_span[0] + account.trigger[0] - a
        others = [
            other
            for other in by_report.get(passage.earlier, ())
            if passage.earlier_span[0] <= other.trigger[0] < passage.earlier_span[1] and other.key != account.key
        ]
        if others:
            nearest = min(others, key=lambda other: (abs(other.trigger[0] - where), other.key))
            return nearest.key, f"the passage is also in {passage.earlier}: {passage.why}"
    return None


def _with_source(accounts: Sequence[Account]) -> Account | None:
    """The first of a report's accounts of the incident that names a source."""
    return next((other for other in accounts if len(other.chain) > 1 and other.chain[0].name != UNSTATED), None)


def _join_same(account: Account, ordered: Sequence[Account], rests: Mapping[str, str], sets: Sets) -> None:
    for other in ordered:
        if other.key == account.key:
            return
        if other.key not in rests and _one_origin(account, other):
            sets.join(account.key, other.key)
            return


def _one_origin(one: Account, other: Account) -> bool:
    """Whether two accounts have one first voice; unnamed ones are one only when the same voice relays them."""
    first, second = one.chain[0], other.chain[0]
    if not same_voice(first, second):
        return False
    if first.named:
        return True
    if len(one.chain) < 2 or len(other.chain) < 2:  # outlets that are not known
        return one.report == other.report
    return same_voice(one.chain[1], other.chain[1])


def _origin(group: Sequence[Account], rests: Mapping[str, str], reasons: Mapping[str, str]) -> Origin:
    own = [account for account in group if account.key not in rests]
    head = (own or list(group))[0]
    voice = head.chain[0]
    independent = voice.name != UNSTATED
    why = _why(voice, group, rests, reasons) if independent else "nobody is named: it may rest on another's word"
    return Origin(
        voice=voice,
        accounts=tuple(account.key for account in group),
        chains=tuple(_names(account, rests, {a.key: a for a in group}) for account in group),
        independent=independent,
        why=why,
        denies=all(account.status == "denied" for account in group),
    )


def _why(voice: Voice, group: Sequence[Account], rests: Mapping[str, str], reasons: Mapping[str, str]) -> str:
    reports = len({account.report for account in group})
    told = f"{reports} reports have it from {voice.name}" if reports > 1 else f"{voice.name}, in one report"
    unnamed = "" if voice.named else "; not named"
    because = sorted({reasons[account.key] for account in group if account.key in rests})
    return f"{told}{unnamed}" + (f" ({'; '.join(because[:3])})" if because else "")


def _names(account: Account, rests: Mapping[str, str], group: Mapping[str, Account]) -> tuple[str, ...]:
    """From the origin to this account's outlet: the chain of the account it rests on comes first."""
    names = [voice.name for voice in account.chain]
    seen = {account.key}
    at = account.key
    while (other := rests.get(at)) and other in group and other not in seen:
        seen.add(other)
        names = [voice.name for voice in group[other].chain] + names
        at = other
    return tuple(name for name, following in pairwise([*names, ""]) if name != following)
