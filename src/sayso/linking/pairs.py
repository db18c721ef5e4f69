"""Whether two reports tell of one incident: what speaks for it and against it, weighed, with the reasons kept.

The weights are those of a logistic regression over the named pieces of evidence below (`training/link_weights.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from importlib import resources

import msgspec

from sayso.linking.disputes import Related, ranges_meet
from sayso.linking.likeness import towns, types_alike
from sayso.linking.meanings import near
from sayso.linking.nodes import EXACT_DAYS, FINE, Node, Wording
from sayso.linking.wording import mass
from sayso.records.resolved import Place

REACH_KM = {1: 6.0, 2: 30.0, 3: 60.0}  # how far a place may be off by UCDP where_prec
NAMED_ALIKE = 0.3  # of the weight of the shorter names: "the SDF" in "SDF fighters"
GUESSED = 0.5  # how much it counts that days differ, where an account's own words do not tell its day
EARTH_KM = 6371.0
KM_OF_DEGREE = 111.0  # of latitude, a little less than it is
GAINS, LOSS = frozenset({"capture", "advance"}), "withdraw"
UNTOLD = " not told"  # such evidence weighs, and is no reason to show
NO = -20.0  # no weight of evidence outweighs it

Evidence = list[tuple[str, float]]  # what was found, and how much of it (1.0: wholly)


class Judged(msgspec.Struct, frozen=True, gc=False):
    """The log odds that two nodes are one incident, and what spoke for it, the weightiest first, where it prevails."""

    score: float
    reasons: tuple[str, ...]


_OF_DIFFERENT_KINDS = Judged(NO, ())


@cache
def weights() -> dict[str, float]:
    """The weight of each piece of evidence, in log odds."""
    return msgspec.json.decode(
        resources.files("sayso.linking").joinpath("weights.json").read_bytes(), type=dict[str, float]
    )  # fmt: skip


def judge(one: Node, other: Node, *, copied: bool, related: Related) -> Judged:
    """Weigh two nodes. `copied`: a passage that tells one of them is also the other's.

    Where no likeness of words could make them one incident any more, words are not compared.
    """
    if one.families and other.families and one.families.isdisjoint(other.families):
        return _OF_DIFFERENT_KINDS
    table = weights()
    found = _at_hand(one, other, copied, related)
    score = 0.0
    for name, amount in found:
        score += table[name] * amount
    if score + _most_of_words() <= 0:
        return Judged(score, ())
    of_words = [*_worded(one, other), *_reported(one, other)]
    for name, amount in of_words:
        score += table[name] * amount
    if score <= 0:
        return Judged(score, ())
    weighed = [(weight, name) for name, amount in (*found, *of_words) if (weight := table[name] * amount) > 0]
    weighed.sort(reverse=True)
    return Judged(score, _kept(tuple(name for _, name in weighed if not name.endswith(UNTOLD))))


@lru_cache(maxsize=50_000)
def _kept(reasons: tuple[str, ...]) -> tuple[str, ...]:
    """One object for all equal reasons: millions of pairs give the same few thousand."""
    return reasons


@cache
def _most_of_words() -> float:
    """What the words of two accounts and of their reports can weigh at most."""
    table = weights()
    return sum(table[name] for name in ("alike in words", "names alike", "reports alike"))


def evidence(one: Node, other: Node, *, copied: bool, related: Related) -> Evidence:
    """What there is to weigh between two nodes."""
    return [*_at_hand(one, other, copied, related), *_worded(one, other), *_reported(one, other)]


def _at_hand(one: Node, other: Node, copied: bool, related: Related) -> Evidence:
    found: Evidence = [("bias", 1.0), (types_alike(one.type, other.type), 1.0)]
    if one.triggers & other.triggers:
        found.append(("same trigger", 1.0))
    else:
        found += [("other trigger", 1.0), ("triggers alike", near(one.triggers, other.triggers))]
    found += _places(one, other)
    found += _days(one, other)
    if (one.type in GAINS and other.type == LOSS) or (other.type in GAINS and one.type == LOSS):
        found += _change_of_hands(one, other, related)
    else:
        found += _parties("actor", one.actors, other.actors, related)
        found += _parties("target", one.targets, other.targets, related)
    found += _numbers(one, other)
    if copied:
        found.append(("copied passage", 1.0))
    return found


def _worded(one: Node, other: Node) -> Evidence:
    return [
        ("alike in words", _alike(one.words, other.words)),
        ("names alike", _named_alike(one.party_words, other.party_words)),
    ]


def _reported(one: Node, other: Node) -> Evidence:
    if one.report == other.report:
        same = one.start == other.start
        return [("same report", 1.0), *([("same sentence", 1.0)] if same else [])]
    return [("reports alike", _stories_alike(one.story, other.story))]


def km_between(one: Place, other: Place) -> float:
    """Great-circle distance in kilometres."""
    a, b, c, d = (math.radians(x) for x in (one.lat, one.lon, other.lat, other.lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _places(one: Node, other: Node) -> Evidence:
    if one.place is None or other.place is None:
        if not one.place_words or not other.place_words:
            return [("place not told", 1.0)]
        return [("places named alike" if one.place_words & other.place_words else "places named apart", 1.0)]
    return _located(one.place, other.place)


def _located(one: Place, other: Place) -> Evidence:
    if one.id == other.id:
        fine = "same town" if one.id in towns() else "same place"
        return [(fine if one.precision <= FINE else "same wide place", 1.0)]
    if one.country and other.country and one.country != other.country:
        return [("far", 1.0)]
    if one.precision > FINE or other.precision > FINE:
        if max(one.precision, other.precision) >= 6:  # one of them is a whole country
            return [("one is the country", 1.0)]
        within = one.admin1 == other.admin1 and one.admin1 is not None
        return [("one holds the other", 1.0)] if within else [("far", 0.6)]
    reach = REACH_KM[one.precision] + REACH_KM[other.precision]
    if abs(one.lat - other.lat) * KM_OF_DEGREE > 2 * reach:
        return [("far", 1.0)]
    away = km_between(one, other)
    if away <= reach:
        return [("near", 1.0)]
    return [("far", 1.0 if away > 2 * reach else 0.5)]


def _days(one: Node, other: Node) -> Evidence:
    if one.first and one.last and other.first and other.last and max(one.days, other.days) <= EXACT_DAYS:
        gap = max(_gap(one.last, other.first), _gap(other.last, one.first))
        sure = GUESSED if one.guessed or other.guessed else 1.0
        if gap <= 0:
            return [("same days", 1.0)]
        return [("a day apart", 1.0)] if gap == 1 else [("days apart", sure * min(1.5, gap / 4))]
    if one.day and other.day:
        gap = abs(_gap(one.day, other.day))
        return [("only published together", 1.0)] if gap <= 1 else [("published apart", min(1.5, gap / 10))]
    return [("day not told", 1.0)]


def _gap(earlier: str, later: str) -> int:
    return _ordinal(later) - _ordinal(earlier)


@lru_cache(maxsize=20_000)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _change_of_hands(one: Node, other: Node, related: Related) -> Evidence:
    """What one side gains the other loses; who goes in and out again does two things."""
    gain, loss = (other, one) if one.type == LOSS else (one, other)
    if _meet(gain.actors, loss.actors, related):
        return [("gained and lost by one", 1.0)]
    return [("gained from who lost it", 1.0)] if _meet(gain.targets, loss.actors, related) else []


def _meet(one: frozenset[str], other: frozenset[str], related: Related) -> bool:
    return bool(one & other) or any(related(a, b) for a in one for b in other)


def _parties(role: str, one: frozenset[str], other: frozenset[str], related: Related) -> Evidence:
    if not one or not other:
        return []
    if _meet(one, other, related):
        return [(f"same {role}", 1.0)]
    return [(f"other {role}", 1.0)]


def _named_alike(one: Wording, other: Wording) -> float:
    share = _shared(one, other) / (min(one.mass, other.mass) or 1.0)
    return share if share >= NAMED_ALIKE else 0.0


def _alike(one: Wording, other: Wording) -> float:
    """The share of all they say that both say, the rarer words counting more."""
    shared = _shared(one, other)
    return shared / ((one.mass + other.mass - shared) or 1.0)


@lru_cache(maxsize=20_000)  # two reports are met once for each two of their incidents, one after the other
def _stories_alike(one: Wording, other: Wording) -> float:
    return _alike(one, other)


def _shared(one: Wording, other: Wording) -> float:
    return one.mass if one is other else mass(_stems(one) & _stems(other))


@lru_cache(maxsize=8_192)  # a node is held against all that are near it, one after the other
def _stems(words: Wording) -> frozenset[str]:
    return frozenset(words.stems)


def _numbers(one: Node, other: Node) -> Evidence:
    if one.killed is None or other.killed is None:
        return []
    if one.killed == other.killed:
        return [("same number", 1.0 if (one.killed[0] or 0) > 2 else 0.3)]
    return [("numbers meet" if ranges_meet(one.killed, other.killed) else "numbers apart", 1.0)]


Judge = Callable[[Node, Node], Judged]
