"""Who is said to hold a place over time, from statements of control, capture, withdrawal, advance and siege.

A statement is weighed at the day it speaks of, or was published: a capture begins a holding, a withdrawal ends one, a
siege or an advance of others says how sure it is. Two holders said for the same days make the place contested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from sayso.linking.disputes import AS_FACT, Related
from sayso.records.pool import Account, Holding, HoldStatus
from sayso.records.resolved import Place

TAKES = frozenset({"control", "capture"})
PRESSES = frozenset({"advance", "siege"})
TELLING = TAKES | PRESSES | {"withdraw"}
FRESH = 3  # days for which an advance or a second holder keeps a place contested
COARSEST = 3  # UCDP where_prec: a province or country is not held in the sense meant here
GENERIC = ("civilians", "protesters", "rioters", "unidentified")  # ids of the register for those it does not know
LEVELS = frozenset({"site", "town", "district"})


class Word(msgspec.Struct, frozen=True):
    """One statement on a place: the `day` it holds for, `since` when, what it tells, of whom, and its account.

    What is told as going on holds for the day it was published.
    """

    day: str
    since: str
    said: str
    key: str
    tells: str
    actor: str
    name: str
    account: Account


class _Open(msgspec.Struct):
    """A holding that is still being told."""

    actor: str
    name: str
    since: str | None
    words: list[Word]
    against: list[Word] = msgspec.field(default_factory=list)


def holdings_of(accounts: Iterable[Account], related: Related = lambda a, b: a == b) -> tuple[Holding, ...]:
    """Every place's history, by place and then by time. `related`: whether one actor is, or is part of, another."""
    by_place: dict[str, list[Word]] = defaultdict(list)
    places: dict[str, Place] = {}
    for account in accounts:
        place = account.place
        if account.type in TELLING and account.status in AS_FACT and place and _is_held(place):
            places.setdefault(place.id, place)
            by_place[place.id] += _words_of(account)
    return tuple(
        holding
        for ident in sorted(places)
        for holding in _history(places[ident], sorted(by_place[ident], key=_order), related)
    )


def at(holdings: Iterable[Holding], day: str) -> tuple[Holding, ...]:
    """The holdings of one day (ISO)."""
    return tuple(h for h in holdings if (h.since or "") <= day and (h.until is None or day < h.until))


def _order(word: Word) -> tuple[str, ...]:
    return word.day, word.said, word.key, word.tells, word.actor


def _is_held(place: Place) -> bool:
    return place.level in LEVELS and place.precision <= COARSEST


def _words_of(account: Account) -> list[Word]:
    """A statement for each actor. What goes on, and what has no day before it was published, speaks of that day."""
    said = (account.published or "")[:10]
    past = bool(account.first and account.last) and (not said or (account.last or "") < said)
    day = said if account.status == "ongoing" and said else (account.last if past else said) or ""
    if not day:
        return []
    since = account.first if past and account.first else day
    ids = account.actor_ids or (None,) * len(account.actors)
    return [
        Word(day, since, said or day, account.key, account.type, ident or name.casefold(), name, account)
        for name, ident in zip(account.actors, ids, strict=True)
        if _can_hold(name, ident)
    ]


def _can_hold(name: str, ident: str | None) -> bool:
    """Whether somebody is meant who can hold a place: an actor of record, or a name of two words or an acronym.

    "They", "a few" and "Planes" hold nothing.
    """
    if ident is not None:
        return not ident.startswith(GENERIC)
    capitals = [word for word in name.split() if word[0].isupper()]
    return len(capitals) > 1 or (name.isupper() and len(name) > 1)


def _history(place: Place, words: Sequence[Word], related: Related) -> list[Holding]:
    done: list[Holding] = []
    now: _Open | None = None
    for word in words:
        mine = now is not None and now.actor != "" and related(word.actor, now.actor)
        if word.tells in TAKES:
            if mine and now:
                now.words.append(word)
                continue
            if now and now.actor and word.tells == "control" and _days(now.words[-1].day, word.day) <= FRESH:
                now.against.append(word)  # two holders at once: nobody says that it changed hands
                continue
            if now:
                done.append(_closed(place, now, word.since if word.tells == "capture" else word.day))
            now = _Open(word.actor, word.name, word.since if word.tells == "capture" else None, [word])
        elif word.tells == "withdraw" and mine and now:
            done.append(_closed(place, now, word.day))
            now = _Open("", "", word.day, [word])
        elif word.tells in PRESSES and not mine:
            now = now or _Open("", "", None, [])
            now.against.append(word)
    return [*done, _closed(place, now, None)] if now else done


def _closed(place: Place, held: _Open, until: str | None) -> Holding:
    words = [*held.words, *held.against]
    status, why = _status(held)
    since = held.since or min((w.since for w in held.words), default=None)
    return Holding(
        place=place,
        actor=held.name or None,
        actor_id=next((i for w in held.words for i, n in _ids(w.account) if n == held.name), None),
        status=status,
        since=since,
        until=until,
        said=max(w.day for w in words),
        accounts=tuple(dict.fromkeys(w.key for w in words)),
        why=why,
    )


def _ids(account: Account) -> list[tuple[str | None, str]]:
    return list(zip(account.actor_ids or (None,) * len(account.actors), account.actors, strict=True))


def _status(held: _Open) -> tuple[HoldStatus, str]:
    last = max((w.day for w in held.words), default="")
    rivals = sorted({w.name for w in held.against if w.tells == "control"})
    pressing = [w for w in held.against if w.tells in PRESSES and (not last or _days(last, w.day) >= -FRESH)]
    if not held.actor:
        left = sorted({w.name for w in held.words})
        return (
            "unknown",
            f"{', '.join(left)} left; nobody is said to have come" if left else "nobody is said to hold it",
        )
    if rivals:
        return "contested", f"{held.name} holds it by some accounts, {', '.join(rivals)} by others"
    if any(w.tells == "siege" for w in pressing):
        return "besieged", f"held by {held.name}, besieged by {', '.join(sorted({w.name for w in pressing}))}"
    if pressing:
        return "contested", f"held by {held.name}; {', '.join(sorted({w.name for w in pressing}))} advance on it"
    voices = {(w.account.chain[0].id or w.account.chain[0].name.casefold()) for w in held.words}
    if voices <= {held.actor}:
        return "claimed by one side", f"only {held.name} says so"
    told = "1 voice says" if len(voices) == 1 else f"{len(voices)} voices say"
    return "holds", f"{told} that {held.name} holds it"


def _days(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)) // timedelta(days=1)
