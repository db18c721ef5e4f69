"""Whose word an incident rests on: the first voices behind its accounts, and which of them are independent.

Twelve reports of one statement are one origin. Two origins are independent when they differ and neither passage copies
the other; what an outlet says in its own words while it names a source for it rests on that source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from sayso.linking.accounts import UNSTATED, head_of, same_voice, voice_key
from sayso.linking.disputes import AS_FACT, ranges_meet
from sayso.linking.wording import stem, stems
from sayso.records.pool import Account, Copied, Origin, Voice

TAKING_FOR_GRANTED = frozenset({"asks", "intends", "predicts"})  # stances of a source to what it says
SUPPOSED = frozenset({"conditional", "possible", "planned"})  # statuses of what is not told to have happened
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


def origins_of(
    accounts: Sequence[Account],
    copied: Mapping[str, Sequence[Copied]],
    of_type: str | None = None,
    *,
    as_fact: bool = False,
) -> tuple[Origin, ...]:
    """The origins of one incident's accounts, independent ones first, then by number of accounts.

    `copied`: for each report the passages of it that another report had first; `of_type`: the incident's type;
    `as_fact`: whether it is told to have happened, so that who only thinks it possible does not tell of it.
    """
    told_by = [(unit, account.key) for account in accounts for unit in units_of(account)]
    units = {unit.key: key for unit, key in told_by}
    ordered = sorted((unit for unit, _ in told_by), key=lambda a: (a.published or LATE, a.key))
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
    found = [_origin(group, rests, reasons, of_type, as_fact, units) for group in groups.values()]
    return tuple(sorted(found, key=lambda o: (not o.independent, -len(o.accounts), o.accounts[0])))


def units_of(account: Account) -> Iterator[Account]:
    """An account as each of those tells it who say it together."""
    yield msgspec.structs.replace(account, beside=()) if account.beside else account
    for n, voice in enumerate(account.beside, 2):
        chain = (voice, *(account.chain[1:] or account.chain))  # a chain of one voice is the outlet's
        yield msgspec.structs.replace(account, key=f"{account.key}+{n}", chain=chain, beside=())


def _resting(
    ordered: Sequence[Account], copied: Mapping[str, Sequence[Copied]], reasons: dict[str, str]
) -> dict[str, str]:
    """Accounts that have what they say from another account of the incident: key -> the other's key."""
    by_report: dict[str, list[Account]] = defaultdict(list)
    for account in ordered:
        by_report[account.report].append(account)
    deniers = {voice_key(account.chain[0]) for account in ordered if account.status == "denied"}
    rests: dict[str, str] = {}
    for account in ordered:
        if found := copied_from(account, copied.get(account.report, ()), by_report):
            rests[account.key], reasons[account.key] = found
        elif len(account.chain) == 1 and (named := _with_source(account, by_report[account.report], deniers)):
            rests[account.key] = named.key
            reasons[account.key] = f"the report names its source: {named.chain[0].name}"
    by_teller: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in ordered:
        by_teller[voice_key(account.chain[-1])].append(account)
    for account in ordered:
        told = by_teller.get(voice_key(account.chain[0]), ())
        if account.key not in rests and (other := _outlets_own(account, told, rests)):
            rests[account.key] = other.key
            reasons[account.key] = f"{account.chain[0].name} has it from {other.chain[0].name}"
    return rests


def _outlets_own(account: Account, told: Sequence[Account], rests: Mapping[str, str]) -> Account | None:
    """What another report's origin, an outlet, says in its own report of the incident: on whom it names, it rests.

    `told`: what the account's first voice tells itself.
    """
    own = [other for other in told if other.report != account.report and _agree(account, other)]
    if any(len(other.chain) == 1 and other.key not in rests for other in own):
        return None
    return next((other for other in own if len(other.chain) > 1 and _counts(other)), None)


def _agree(one: Account, other: Account) -> bool:
    """Whether one account can be the other's source: both tell it or both deny it, and their numbers meet."""
    if (one.status == "denied") != (other.status == "denied"):
        return False
    return one.killed is None or other.killed is None or ranges_meet(one.killed, other.killed)


def _counts(account: Account) -> bool:
    return account.chain[0].name != UNSTATED and not takes_for_granted(account)


def takes_for_granted(account: Account) -> bool:
    """Whether the source speaks of the act only to demand, vow or foresee something: it does not tell of it."""
    return account.stance in TAKING_FOR_GRANTED and account.status in AS_FACT


def copied_from(
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
            nearest = min(others, key=lambda o: (abs(o.trigger[0] - where), o.chain[0] != account.chain[0], o.key))
            return nearest.key, f"the passage is also in {passage.earlier}: {passage.why}"
    return None


def _with_source(account: Account, others: Sequence[Account], deniers: Collection[tuple[str, str]]) -> Account | None:
    """Of a report's accounts of the incident, the nearest that names a source and can be the source of one.

    One of the same type comes first. `deniers`: voices that deny the incident; they are nobody's source for it, though
    they tell of something in it.
    """
    fit = [
        other
        for other in others
        if len(other.chain) > 1
        and _counts(other)
        and _agree(account, other)
        and (account.status == "denied" or voice_key(other.chain[0]) not in deniers)
    ]
    return min(
        fit,
        key=lambda other: (other.type != account.type, abs(other.trigger[0] - account.trigger[0]), other.key),
        default=None,
    )


def _join_same(account: Account, ordered: Sequence[Account], rests: Mapping[str, str], sets: Sets) -> None:
    for other in ordered:
        if other.key == account.key:
            return
        if other.key not in rests and one_origin(account, other):
            sets.join(account.key, other.key)
            return


def one_origin(one: Account, other: Account) -> bool:
    """Whether two accounts have one first voice; unnamed ones are one only when the same voice relays them.

    In one report a description is the source named by its words, or by what it is: "doctors" are the Sudan Doctors
    Network, "a commander" is Botan Sarrin, commander in the SDF, "a monitoring group" is the one monitor named.
    """
    first, second = one.chain[0], other.chain[0]
    if first.named and second.named:
        return same_voice(first, second)
    if one.report == other.report and first.named != second.named:  # "doctors" in the title, then by their name
        described, named = (second, first) if first.named else (first, second)
        return _is_meant(described, named)
    if len(one.chain) < 2 or len(other.chain) < 2:  # outlets that are not known
        return one.report == other.report and len(one.chain) == len(other.chain)
    return same_voice(one.chain[1], other.chain[1]) and described_alike(first, second)


def _is_meant(described: Voice, named: Voice) -> bool:
    words, called = stems(described.name), stems(named.name)
    if described.side == "monitor" == named.side:
        return True
    return bool(words) and (words <= called or stem(head_of(described.name).lower()) in called)


def described_alike(one: Voice, other: Voice) -> bool:
    """Whether two descriptions fit one source: the same word, and nothing said of the one that the other gainsays.

    "Officials" after "medical officials in Aleppo" are these; "Turkish officials" after "rebel officials" are not.
    """
    if same_voice(one, other):
        return True
    if (one.id and other.id) or stem(head_of(one.name).lower()) != stem(head_of(other.name).lower()):
        return False
    first, second = stems(one.name), stems(other.name)
    return first <= second or second <= first


def _origin(
    group: Sequence[Account],
    rests: Mapping[str, str],
    reasons: Mapping[str, str],
    of_type: str | None,
    as_fact: bool,
    units: Mapping[str, str],
) -> Origin:
    by_key = {account.key: account for account in group}
    own = [account for account in group if account.key not in rests]
    voices = [account.chain[0] for account in own or group]
    voice = next((voice for voice in voices if voice.named), voices[0])
    granted = all(takes_for_granted(account) for account in group)
    supposed = as_fact and all(account.status in SUPPOSED for account in group)
    independent = voice.name != UNSTATED and not granted and not supposed
    why = _why(voice, group, rests, reasons)
    if granted:
        why = "speaks of it as known, and does not tell of it"
    elif supposed:
        why = "thinks it possible, and does not say that it happened"
    elif not independent:
        why = "nobody is named: it may rest on another's word"
    return Origin(
        voice=voice,
        accounts=tuple(dict.fromkeys(units[key] for key in by_key)),
        chains=tuple(chain for _, chain in dict.fromkeys((units[a.key], _names(a, rests, by_key)) for a in group)),
        independent=independent,
        why=why,
        denies=_denies(group, of_type),
    )


def _denies(group: Sequence[Account], of_type: str | None) -> bool:
    """Whether a voice denies that an incident happened. Who denies the entry may tell of the clash that repelled it."""
    of_it = [account for account in group if account.type == of_type] or group
    return all(account.status == "denied" for account in of_it)


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
