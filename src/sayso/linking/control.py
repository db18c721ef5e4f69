"""Who is said to hold a place over time, from statements of control, capture, withdrawal, advance and siege.

A statement is weighed at the day it speaks of, or was published: a capture begins a holding, a withdrawal ends one, a
siege or an advance of others is said against whoever holds it (how sure it is: `stretches.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from sayso.linking.disputes import Related
from sayso.linking.statements import Word, at_each_place, words_of
from sayso.records.pool import Account
from sayso.records.resolved import Place

TAKES = frozenset({"control", "capture"})
FRESH = 3  # days for which an advance or a second holder keeps a place contested


# Where a word stands among those on its place: day, day it was said, report, place in its text, what, of whom.
Order = tuple[str, ...]


class Held(msgspec.Struct):
    """A holding as it is told: by whom ("": nobody any more), since when, who says so, what is said against it."""

    actor: str
    name: str
    since: str | None
    words: list[Word]
    against: list[Word] = msgspec.field(default_factory=list)
    until: str | None = None

    @property
    def place(self) -> Place:
        """The place, as those who speak of it name it most clearly."""
        places = [word.account.place for word in (*self.words, *self.against) if word.account.place]
        return min(places, key=lambda place: (place.precision, place.name, place.why))

    @property
    def begun(self) -> Order:
        """Where the word stands that it begins with. The words before it do not bear on it."""
        return _order(self.words[0])


History = tuple[Held, ...]  # who held a place, one after the other


def histories_of(accounts: Iterable[Account], related: Related = lambda a, b: a == b) -> tuple[History, ...]:
    """Every place's history by place, with the words for and against each holder.

    `related`: whether one actor is, or is part of, another.
    """
    by_place: dict[str, list[Word]] = defaultdict(list)
    for account in accounts:
        for one in at_each_place(account):
            if one.place:
                by_place[one.place.id] += words_of(one)
    return tuple(history_of(by_place[ident], related) for ident in sorted(by_place))


def history_of(words: Iterable[Word], related: Related, since: Order = ()) -> History:
    """The history of one place.

    `since`: where a holder that is not the first begins; told is what comes from there on, the same as with the words
    before it.
    """
    return tuple(_history(sorted((word for word in words if _order(word) >= since), key=_order), related))


def _order(word: Word) -> Order:
    account = word.account
    return word.day, word.said, account.report, f"{account.trigger[0]:09}", word.key, word.tells, word.actor


def _history(words: Sequence[Word], related: Related) -> list[Held]:
    """Who held the place one after the other, each until when. Nobody is said to have come after a withdrawal."""
    done: list[Held] = []
    now: Held | None = None
    early: list[Word] = []  # said against whoever may turn out to hold it
    for word in words:
        mine = now is not None and now.actor != "" and related(word.actor, now.actor)
        if word.tells in TAKES:
            if mine and now:
                now.words.append(word)
                continue
            if now and now.actor and word.tells == "control" and days_between(now.words[-1].day, word.day) <= FRESH:
                now.against.append(word)  # two holders at once: nobody says that it changed hands
                continue
            if now:
                now.until = word.since if word.tells == "capture" else word.day
                done.append(now)
            since = word.since if word.tells == "capture" or word.since < word.day else None
            others = [told for told in early if not told.actor or not related(told.actor, word.actor)]
            now = Held(word.actor, word.name, since, [word], others)
            early = []
        elif word.tells == "withdraw" and mine and now:
            now.until = word.day
            done.append(now)
            now = Held("", word.name, word.day, [word])
        elif word.tells == "withdraw" and now is None and not done:
            now = Held("", word.name, word.day, [word], early)
            early = []
        elif word.tells != "withdraw" and not mine:
            (now.against if now else early).append(word)
    return [*done, now] if now else done


def days_between(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
