"""Who is said to hold a place over time, from statements of control, capture, withdrawal, advance and siege.

A statement is weighed at the day it speaks of, or was published: a capture begins a holding, a withdrawal ends one, a
siege or an advance of others says how sure it is. A holding is told in stretches of one status each: held by all
accounts until the day when another is said to hold the place too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from sayso.linking.disputes import Related
from sayso.linking.statements import Word, words_of
from sayso.records.pool import Account, Holding, HoldStatus
from sayso.records.resolved import Place

TAKES = frozenset({"control", "capture"})
FRESH = 3  # days for which an advance or a second holder keeps a place contested


Order = tuple[str, ...]  # where a word stands among those on its place: day, day it was said, account, what, of whom


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


def holdings_of(accounts: Iterable[Account], related: Related = lambda a, b: a == b) -> tuple[Holding, ...]:
    """Every place's history, by place and then by time. `related`: whether one actor is, or is part of, another."""
    return tuple(
        holding for told in histories_of(accounts, related) for held in told for holding in stretches(held, related)
    )


def histories_of(accounts: Iterable[Account], related: Related = lambda a, b: a == b) -> tuple[History, ...]:
    """Every place's history by place, as `holdings_of`, with the words for and against each holder."""
    by_place: dict[str, list[Word]] = defaultdict(list)
    for account in accounts:
        if account.place:
            by_place[account.place.id] += words_of(account)
    return tuple(history_of(by_place[ident], related) for ident in sorted(by_place))


def history_of(words: Iterable[Word], related: Related, since: Order = ()) -> History:
    """The history of one place.

    `since`: where a holder that is not the first begins; told is what comes from there on, the same as with the words
    before it.
    """
    return tuple(_history(sorted((word for word in words if _order(word) >= since), key=_order), related))


def at(holdings: Iterable[Holding], day: str) -> tuple[Holding, ...]:
    """The holdings of one day (ISO)."""
    return tuple(h for h in holdings if (h.since or "") <= day and (h.until is None or day < h.until))


def _order(word: Word) -> Order:
    return word.day, word.said, word.key, word.tells, word.actor


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
            now = Held(word.actor, word.name, since, [word], early)
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


def stretches(held: Held, related: Related) -> list[Holding]:
    """A holding in stretches of one status, each with the words that were said by then."""
    place = held.place
    start = held.since or min(word.since for word in held.words)
    days = {start} | {word.day for word in (*held.words, *held.against)}
    days |= {_later(word.day, FRESH + 1) for word in held.against}
    found: list[Holding] = []
    for day in sorted(day for day in days if day >= start and (held.until is None or day < held.until)):
        mine = [word for word in held.words if word.day <= day or word.since <= day] or held.words[:1]
        others = [word for word in held.against if word.day <= day]
        status, why = _status(held, mine, others, day, related)
        told = tuple(dict.fromkeys(word.key for word in (*mine, *others)))
        said = max(word.day for word in (*mine, *others))
        if found and found[-1].status == status:
            begun = found.pop()
            day, said, told = (
                begun.since or start,
                max(said, begun.said or ""),
                tuple(dict.fromkeys((*begun.accounts, *told))),
            )
        elif found:
            found[-1] = msgspec.structs.replace(found[-1], until=day)
        found.append(
            Holding(
                place=place,
                actor=held.name if held.actor else None,
                actor_id=held.words[0].ident if held.actor else None,
                status=status,
                since=day if found or held.since else start,
                until=held.until,
                said=said,
                accounts=told,
                why=why,
            )
        )
    return found


def _status(
    held: Held, mine: Sequence[Word], others: Sequence[Word], day: str, related: Related
) -> tuple[HoldStatus, str]:
    if not held.actor:
        return "unknown", f"{held.name} left; nobody is said to have come"
    last = max(word.day for word in mine)
    fresh = [word for word in others if 0 <= days_between(word.day, day) <= FRESH]
    rivals = sorted({w.name for w in fresh if w.tells in TAKES and not _settled(w, mine)})
    if rivals:
        return "contested", f"{held.name} holds it by some accounts, {', '.join(rivals)} by others"
    if any(word.tells == "contested" and not _settled(word, mine) for word in fresh):
        return "contested", f"held by {held.name}; contested, some say"
    relieved = max((word.day for word in others if word.tells == "relief"), default="")
    besieging = [w for w in others if w.tells == "siege" and w.day > relieved and days_between(last, w.day) >= -FRESH]
    if besieging:
        return "besieged", f"held by {held.name}, besieged by {', '.join(sorted({w.name for w in besieging}))}"
    pressing = sorted({word.name for word in fresh if word.tells == "advance"})
    if pressing:
        return "contested", f"held by {held.name}; {', '.join(pressing)} advance on it"
    voices = {word.account.chain[0].id or word.account.chain[0].name.casefold() for word in mine}
    if all(related(voice, held.actor) for voice in voices):
        return "claimed by one side", f"only {held.name} says so"
    told = "1 voice says" if len(voices) == 1 else f"{len(voices)} voices say"
    return "holds", f"{told} that {held.name} holds it"


def _settled(rival: Word, mine: Sequence[Word]) -> bool:
    """Whether two voices or more have said since that another holds the place, and nobody that the rival does."""
    return len({word.account.chain[0].name for word in mine if word.day > rival.day}) > 1


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def days_between(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
