"""Accounts -> statements on who holds a place: what each says of whom, for which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

import msgspec

from sayso.actors.entries import Actor
from sayso.actors.register import Register
from sayso.linking.accounts import first_voices, spoken_for
from sayso.linking.disputes import AS_FACT
from sayso.linking.nodes import EXACT_DAYS, trigger_of
from sayso.linking.wording import stems
from sayso.records.pool import Account, Voice
from sayso.records.resolved import Place

Tells = Literal["control", "capture", "withdraw", "advance", "siege", "relief", "contested"]
COARSEST = 3  # UCDP where_prec: a province or country is not held in the sense meant here
TELLING = frozenset({"control", "capture", "withdraw", "advance", "siege", "clash"})  # types that may be statements
LEVELS = frozenset({"site", "town", "district"})
GENERIC = ("civilians", "protesters", "rioters", "unidentified")  # ids of the register for those it does not know
DENIED = frozenset({"capture", "withdraw", "advance", "control"})
OF_THE_WHOLE = frozenset({"capture", "withdraw", "control"})
DOUBTING = frozenset({"denies", "doubts"})  # stances
HAD = re.compile(r"\bhad (?:(?:long|also|still|always|once|since|\w+ly) )?$", re.I)  # before "held"
HAD_DENIED = re.compile(r"\bhad (?:\w+ )?(?:denied|rejected|dismissed)\b", re.I)  # as was said before what is told now
WHITHER = re.compile(
    r"(?:\s+(?:\w+ly|back|in good order|(?:its|their|his) \w+|(?-i:[A-Z])\w+|from [^,;]{1,40}?)){0,2}"
    r"\s+(?:for|to|toward|towards|into)\s+(?:the\s+)?(?:\w+\s+of\s+)?",
    re.I,
)  # between "left" or "withdrew" and the place to which
THERE = re.compile(r"\s+there\b", re.I)
CLAUSE = re.compile(r"[^.;:\n]{0,80}")  # behind a word
HELD_BY = re.compile(r"\b(\w+),?\s+(that|which)\s+(?:[\w’'-]+\s+){1,4}$")  # before "held"
FORMERLY = re.compile(
    r"\b(?:in|since) (?:January|February|March|April|May|June|July|August|September|October|November|December|\d{4})\b"
    r"|\b(?:last|earlier this) (?:year|month|summer|winter|spring|autumn)\b"
)  # a time so vague that the day of the report is taken for what is told beside it
TELLS_ONLY = frozenset({"outlet", "agency", "monitor", "witness"})  # sides of voices that hold nothing themselves
BEFORE, AFTER = 60, 30  # characters around "siege" in which it is said to be over


class Table(msgspec.Struct, frozen=True):
    """`control.yaml`."""

    words: dict[str, frozenset[str]]
    empty: frozenset[str]
    parts: frozenset[str]
    quarters: frozenset[str]
    loses: frozenset[str]
    contested: frozenset[str]
    ends: frozenset[str]
    negates: frozenset[str]
    saying: frozenset[str]
    holders: frozenset[str]
    stands_for: dict[str, str]


@cache
def table() -> Table:
    """The table of words, read once a process."""
    return msgspec.yaml.decode(resources.files("sayso.linking").joinpath("control.yaml").read_bytes(), type=Table)


class Word(msgspec.Struct, frozen=True):
    """One statement on a place: the `day` it holds for, `since` when, what it tells, of whom, and its account.

    What is told as going on holds for the day it was published. A denial tells that its source holds the place.
    `actor`: the id, `ident`, or the name where there is none.
    """

    day: str
    since: str
    said: str
    key: str
    tells: Tells
    actor: str
    name: str
    account: Account
    ident: str | None = None


def at_each_place(account: Account) -> Iterator[Account]:
    """An account for each of the places that it names together."""
    yield account
    for place in account.also_at:
        yield msgspec.structs.replace(account, place=place)


def is_held(place: Place) -> bool:
    """Whether a place can be held: a spot, town or district itself, not what is near or around it."""
    exact = place.precision == 1 or (place.precision == COARSEST and place.level != "town")
    return place.level in LEVELS and exact


def words_of(account: Account) -> list[Word]:
    """The statements of one account on its place, one for each actor that it speaks of, all for one day."""
    if account.type not in TELLING or account.place is None or not is_held(account.place):
        return []
    day, since = _days(account)
    taken = _is_of_what_was_taken(account)
    if taken and FORMERLY.search(account.words, account.trigger[1] - account.start):
        return []
    if day and (taken or _is_past(account)):
        at = date.fromisoformat(day)
        day = (at - min(timedelta(days=1), at - date.min)).isoformat()
        since = min(since, day)
    said = (account.published or "")[:10]
    tells = _tells(account)
    if not day or tells is None:
        return []
    if account.status == "denied":
        return _denial(account, tells, day, said or day)
    if account.status not in AS_FACT:
        return []
    if tells in ("relief", "contested"):
        return [Word(day, since, said or day, account.key, tells, "", "", account)]
    if tells in OF_THE_WHOLE and _is_part(account.place_words or "", account.place):
        return []
    voices = (*account.chain, *account.beside)
    parties = [(name, ident) for name, ident in _parties(account) if can_hold(name, ident, voices)]
    if tells == "siege" and not account.actors:
        return [Word(day, since, said or day, account.key, tells, "", "", account)]  # by whomever
    return [
        Word(day, since, said or day, account.key, tells, ident or name.casefold(), shown(name, ident), account, ident)
        for name, ident in parties
    ]


def _is_part(words: str, place: Place) -> bool:
    """Whether words mean a part of a place, where that part has no name of its own."""
    called = _stems(words.partition(",")[0])  # not "a village, west of Marea"
    return bool(called & table().parts or (place.level == "town" and called & table().quarters))


def _days(account: Account) -> tuple[str, str]:
    """The day that a statement speaks of, and since when it was so; "" where a report without a date leaves it open."""
    said, first, last = (account.published or "")[:10], account.first or "", account.last or ""
    if not said:
        exact = last and account.status != "ongoing" and (account.date_precision or 9) <= EXACT_DAYS
        return (last, first or last) if exact else ("", "")
    if account.status == "ongoing":
        return said, first if last and last <= said else said
    return (last, first or last) if last and last < said else (said, said)


def _is_past(account: Account) -> bool:
    """Whether it tells who held a place before what is told: "which the army had held since the war began".

    Not where somebody says it: "the ministry said that the army had control" is of now.
    """
    return (
        len(account.chain) == 1
        and account.type == "control"
        and HAD.search(account.words[: account.trigger[0] - account.start]) is not None
    )


def _is_of_what_was_taken(account: Account) -> bool:
    """Whether it only describes what another took: "seized Mare, the last town that the rebels held"."""
    before = account.words[: account.trigger[0] - account.start]
    clause = HELD_BY.search(before) if account.type == "control" and account.status == "happened" else None
    if clause is None or clause[1].lower() in table().saying:
        return False
    head = before[: clause.start(2)][-BEFORE:]
    return (account.place_words or "") in head and bool(_stems(head) & table().words["capture"])


def _is_there(account: Account) -> bool:
    """Whether its place is where somebody went, and not what he left: "the brigade left for Babanusa"."""
    place = (account.place_words or "").strip()
    behind = CLAUSE.match(account.words, account.trigger[1] - account.start)
    if not place or behind is None:
        return False
    if place.casefold() == "there":
        return THERE.match(behind[0]) is not None
    named = re.search(rf"(?<!\w){re.escape(place)}(?!\w)", behind[0])
    return named is not None and WHITHER.fullmatch(behind[0], 0, named.start()) is not None


def _tells(account: Account) -> Tells | None:
    """What an account says of who holds its place; None if its words say nothing of it."""
    by = table()
    found = _stems(trigger_of(account)) - by.empty
    if found <= _called(account.actors, account.actor_ids):  # "Safyan and Zakiya, army"
        found = frozenset()
    at = account.trigger[0] - account.start
    end = account.trigger[1] - account.start
    before, after = _stems(account.words[max(0, at - BEFORE) : at]), _stems(account.words[end : end + AFTER])
    if found & by.contested and account.type in ("control", "clash"):
        return None if before & by.negates else "contested"
    kind = "withdraw" if found & by.loses and account.type in ("capture", "withdraw") else account.type
    if kind == "advance":
        return "advance"
    if kind == "siege" and (not found or found & by.words["siege"]):
        is_over = (before | after) & by.ends and account.stance not in DOUBTING
        return "relief" if is_over else "siege"
    if kind == "withdraw" and _is_there(account):
        return None
    if kind in ("control", "capture", "withdraw"):
        return kind if not found or found & by.words[kind] else None
    return None


def _denial(account: Account, tells: Tells, day: str, said: str) -> list[Word]:
    """Whoever denies a loss of his, or another's gain, says that he holds the place."""
    if tells not in DENIED or HAD_DENIED.search(account.words, 0, account.trigger[0] - account.start):
        return []
    holders = {ident: voice.name for voice in first_voices(account) if (ident := _speaks_for(voice, day))}
    accused = {_on_the_ground(ident, day) for ident in account.actor_ids if ident}
    return [
        Word(day, day, said, account.key, "control", ident, shown(name, ident), account, ident)
        for ident, name in holders.items()
        if can_hold(name, ident) and (not account.actor_ids or (ident in accused) == (tells == "withdraw"))
    ]


def _speaks_for(voice: Voice, day: str) -> str | None:
    """The actor of record whose word a voice's denial is: its own, or that of the party whose mouthpiece it is."""
    whose = voice.id and (spoken_for(voice.id) or (None if voice.side in TELLS_ONLY else voice.id))
    return _on_the_ground(whose, day) if whose else None


def shown(name: str, ident: str | None) -> str:
    """The main name of an actor of record, or the words as they are."""
    return (_known(ident)[0] if ident else None) or name


def _parties(account: Account) -> list[tuple[str, str | None]]:
    ids = account.actor_ids or (None,) * len(account.actors)
    day = (account.last or account.published or "")[:10]
    return [
        (name, _on_the_ground(ident, day) if ident else None) for name, ident in zip(account.actors, ids, strict=True)
    ]


@lru_cache(5_000)
def _on_the_ground(ident: str, day: str) -> str:
    """Who holds a place that an actor is said to hold: of a state, or its defence ministry, its forces on that day."""
    register = Register.installed()
    actor = register.actor(ident)
    if not isinstance(actor, Actor) or actor.country not in register.index.states:
        return table().stands_for.get(ident, ident)
    if actor.kind == "state" or ident == register.organ(actor.country, "defence-ministry", day or None):
        return register.organ(actor.country, "armed-forces", day or None)
    return table().stands_for.get(ident, ident)


def can_hold(name: str, ident: str | None, voices: Sequence[Voice] = ()) -> bool:
    """Whether somebody is meant who can hold a place: an armed or governing actor, a name of two words, an acronym.

    "They", "a few" and "Planes" hold nothing; nor does the person who speaks, or the outlet.
    """
    if ident is not None:
        kind = _known(ident)[1]
        return not ident.startswith(GENERIC) and (kind is None or kind in table().holders)
    if any(name in (voice.name, "".join(word[0] for word in voice.name.split())) for voice in voices):
        return False
    capitals = [word for word in name.split() if word[0].isupper()]
    return len(capitals) > 1 or (name.isupper() and len(name) > 1)


@lru_cache(5_000)
def _known(ident: str) -> tuple[str | None, str | None]:
    """The name and the kind of an actor of record."""
    actor = Register.installed().actor(ident)
    return (actor.name, getattr(actor, "kind", "office")) if actor else (None, None)


@lru_cache(5_000)
def _called(names: tuple[str, ...], idents: tuple[str | None, ...]) -> frozenset[str]:
    """The stems of all that actors are called, here and in the register."""
    known = (Register.installed().actor(ident) for ident in idents if ident)
    also = (name for actor in known if isinstance(actor, Actor) for name in (*actor.names, *actor.acronyms))
    return _stems(" ".join((*names, *also)))


@lru_cache(20_000)
def _stems(text: str) -> frozenset[str]:
    return stems(text)
