"""Who holds a place, disputed: voices that name different holders at the same time. A place that changes hands is none.

At the same time is what makes a place contested in `control`: another holder is named while the last word on the one is
fresh. Both sides need a voice of their own: one who says first this and then that disputes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from sayso.linking.control import FRESH, TAKES, Held, History, days_between
from sayso.linking.disputes import Related, side_of
from sayso.linking.origins import copied_from, one_origin, origins_of, units_of
from sayso.linking.statements import Word
from sayso.records.pool import Account, Copied, Dispute, HolderDispute, Origin

Passages = Mapping[str, Sequence[Copied]]
WHY = "different holders are named at the same time, none of them part of another"


def holder_disputes(
    histories: Iterable[History], passages: Passages, related: Related = lambda a, b: a == b
) -> tuple[HolderDispute, ...]:
    """One dispute for each stretch of days on which a place has two holders, by place and day.

    `passages`: by the report that had them later; `related`: whether one actor is, or is part of, another.
    """
    return tuple(
        found for history in histories for of_one in disputes_by_holder(history, passages, related) for found in of_one
    )


def disputes_by_holder(history: History, passages: Passages, related: Related) -> list[list[HolderDispute]]:
    """The disputes over one place, for each of its holders."""
    return [
        [
            found
            for rivals in (_stretches(held) if held.actor else ())
            if (found := _dispute(held, _still(rivals, held, then, related), passages, related))
        ]
        for held, then in zip_longest(history, history[1:])
    ]


def _stretches(held: Held) -> Iterator[list[Word]]:
    """The words that name another holder, those together between which the place stays contested."""
    keys = {word.key for word in held.words}
    sharing = {word.actor for word in held.against if word.key in keys}  # one account names both
    found: list[Word] = []
    for word in held.against:
        if word.tells in TAKES and word.actor not in sharing:
            if found and days_between(found[-1].day, word.day) > FRESH + 1:
                yield found
                found = []
            found.append(word)
    if found:
        yield found


def _still(rivals: Sequence[Word], held: Held, then: Held | None, related: Related) -> list[Word]:
    """Without those who hold it next, if nobody named the old holder any more: it changed hands."""
    last = max(word.day for word in held.words)
    return [
        word
        for word in rivals
        if last >= word.day or then is None or not then.actor or not related(word.actor, then.actor)
    ]


def _dispute(held: Held, rivals: Sequence[Word], passages: Passages, related: Related) -> HolderDispute | None:
    """The dispute of one stretch; None where no two voices differ."""
    if not rivals:
        return None
    first, last = rivals[0].day, rivals[-1].day
    near = [w for w in held.words if days_between(w.day, first) <= FRESH and days_between(last, w.day) <= FRESH]
    mine = _accounts(near)
    by_actor: dict[str, list[Word]] = {}
    for word in rivals:
        by_actor.setdefault(next((a for a in by_actor if related(a, word.actor)), word.actor), []).append(word)
    others = [(words[0].name, _accounts(words)) for words in by_actor.values()]
    others = [(name, theirs) for name, theirs in others if _differ(mine, theirs, passages)]
    if not others:
        return None
    place = held.place
    key = min(account.key for _, theirs in others for account in theirs)
    sides = [side_of(f"held by {name}", accounts) for name, accounts in ((held.name, mine), *others)]
    ident = "d:" + hashlib.sha256(f"holder\n{place.id}\n{key}".encode()).hexdigest()[:16]
    dispute = Dispute(id=ident, kind="holder", about=f"who holds {place.name}", sides=tuple(sides), why=WHY)
    return HolderDispute(place=place, first=first, dispute=dispute)


def _accounts(words: Iterable[Word]) -> list[Account]:
    by_key = {word.key: word.account for word in words}
    return sorted(by_key.values(), key=lambda a: (a.published or "9999", a.key))


def _differ(mine: Sequence[Account], theirs: Sequence[Account], passages: Passages) -> bool:
    """Whether an independent origin of the one side is none of the other's, and no words stand on both."""
    by_report: dict[str, list[Account]] = {}
    for account in (*mine, *theirs):
        by_report.setdefault(account.report, []).append(account)
    both = [(a.key, copied_from(a, passages.get(a.report, ()), by_report)) for a in (*mine, *theirs)]
    keys = {a.key for a in mine}
    across = {k for key, found in both if found and (key in keys) != (found[0] in keys) for k in (key, found[0])}
    heads = [_heads([a for a in side if a.key not in across], passages) for side in (mine, theirs)]
    return any(not one_origin(one, other) for one in heads[0] for other in heads[1])


def _heads(accounts: Sequence[Account], passages: Passages) -> list[Account]:
    """For each independent origin, an account in which it speaks."""
    by_key = {account.key: account for account in accounts}
    return [_spoken_by(origin, by_key) for origin in origins_of(accounts, passages) if origin.independent]


def _spoken_by(origin: Origin, by_key: Mapping[str, Account]) -> Account:
    """An account of an origin as its voice tells it, which may only stand beside another."""
    told = (unit for key in origin.accounts for unit in units_of(by_key[key]))
    return next(unit for unit in told if unit.chain[0] == origin.voice)
