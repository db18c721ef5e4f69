"""A place's holders in stretches of one status each: held, contested, besieged, claimed by one side only, unknown."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from sayso.linking.accounts import first_voices, spoken_for, voice_key
from sayso.linking.control import FRESH, TAKES, Held, days_between, histories_of
from sayso.linking.disputes import Related
from sayso.linking.statements import Word
from sayso.records.pool import Account, Holding, HoldStatus


def holdings_of(accounts: Iterable[Account], related: Related = lambda a, b: a == b) -> tuple[Holding, ...]:
    """Every place's history, by place and then by time. `related`: whether one actor is, or is part of, another."""
    return tuple(
        holding for told in histories_of(accounts, related) for held in told for holding in stretches(held, related)
    )


def at(holdings: Iterable[Holding], day: str) -> tuple[Holding, ...]:
    """The holdings of one day (ISO)."""
    return tuple(h for h in holdings if (h.since or "") <= day and (h.until is None or day < h.until))


def stretches(held: Held, related: Related) -> list[Holding]:
    """A holding in stretches of one status, each with the words that were said by then."""
    place, said = held.place, _Said(held, related)
    start = held.since or min(word.since for word in held.words)
    days = {start} | {word.day for word in (*held.words, *held.against)}
    days |= {_later(word.day, FRESH + 1) for word in held.against}
    found: list[Holding] = []
    for day in sorted(day for day in days if day >= start and (held.until is None or day < held.until)):
        said.take_in(day)
        status, why = _status(held, said)
        if found and found[-1].status == status:
            day = found.pop().since or start
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
                said=said.newest,
                accounts=tuple(said.keys),
                why=why,
            )
        )
    return found


class _Said:
    """What is said of a holder by a day, for him and against; days are taken in one after the other."""

    def __init__(self, held: Held, related: Related) -> None:
        self._actor, self._related = held.actor, related
        self._for = deque(sorted(held.words, key=lambda word: min(word.day, word.since)))
        self._against = deque(held.against)  # by their days, as they are in a history
        self._last_by: dict[tuple[str, str], str] = {}  # who speaks for him -> the last day he speaks of
        self.keys: dict[str, None] = {}
        self.last = ""  # day that is spoken of for him, and
        self.newest = ""  # at all
        self.is_own_word = True
        self.fresh: list[Word] = []  # said against him in the last days
        self.besieging: dict[str, str] = {}  # who -> the last day
        self.relieved = ""

    def take_in(self, day: str) -> None:
        """What is said up to a day."""
        while self._for and min(self._for[0].day, self._for[0].since) <= day:
            self._hear_for(self._for.popleft())
        while self._against and self._against[0].day <= day:
            self._hear_against(self._against.popleft())
        self.fresh = [word for word in self.fresh if self._stands(word, day)]

    def _stands(self, word: Word, day: str) -> bool:
        """Whether what was said against him still counts: for some days, or until more is said for him.

        The latter of a place told to be divided or contested as its state, rather than to be fought over; and of a
        denial, which no passing of days makes less.
        """
        lasts = word.account.status == "denied" or (word.tells == "contested" and word.account.type == "control")
        return days_between(word.day, day) <= FRESH or (lasts and self.last <= word.day)

    def is_settled(self, rival: Word) -> bool:
        """Whether two voices or more have said since that he holds it, and nobody that the rival does."""
        return sum(day > rival.day for day in self._last_by.values()) > 1

    @property
    def voices(self) -> int:
        """How many speak for him."""
        return len(self._last_by)

    def _hear_for(self, word: Word) -> None:
        for voice in first_voices(word.account):
            key = voice_key(voice)
            if key not in self._last_by:
                ident = (voice.id and spoken_for(voice.id)) or voice.id or voice.name.casefold()
                self.is_own_word = self.is_own_word and self._related(ident, self._actor)
            self._last_by[key] = max(self._last_by.get(key, ""), word.day)
        self.last = max(self.last, word.day)
        self._hear(word)

    def _hear_against(self, word: Word) -> None:
        self.fresh.append(word)
        if word.tells == "siege":
            self.besieging[word.name] = word.day
        elif word.tells == "relief":
            self.relieved = word.day
        self._hear(word)

    def _hear(self, word: Word) -> None:
        self.keys[word.key] = None
        self.newest = max(self.newest, word.day)


def _status(held: Held, said: _Said) -> tuple[HoldStatus, str]:
    if not held.actor:
        return "unknown", f"{held.name} left; nobody is said to have come"
    rivals = sorted({word.name for word in said.fresh if word.tells in TAKES and not said.is_settled(word)})
    if rivals:
        return "contested", f"{held.name} holds it by some accounts, {', '.join(rivals)} by others"
    if any(word.tells == "contested" and not said.is_settled(word) for word in said.fresh):
        return "contested", f"held by {held.name}; contested, some say"
    besieging = sorted(
        who for who, at in said.besieging.items() if at > said.relieved and days_between(said.last, at) >= -FRESH
    )
    if besieging:
        by = f" by {', '.join(filter(None, besieging))}" if any(besieging) else ""
        return "besieged", f"held by {held.name}, besieged{by}"
    pressing = sorted({word.name for word in said.fresh if word.tells == "advance"})
    if pressing:
        return "contested", f"held by {held.name}; {', '.join(pressing)} advance on it"
    if said.is_own_word:
        return "claimed by one side", f"only {held.name} says so"
    told = "1 voice says" if said.voices == 1 else f"{said.voices} voices say"
    return "holds", f"{told} that {held.name} holds it"


def _later(day: str, days: int) -> str:
    at = date.fromisoformat(day)
    return (at + min(timedelta(days=days), date.max - at)).isoformat()
