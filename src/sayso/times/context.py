"""What events without a time of their own mostly mean: a choice among the dates at hand, weighed on annotated reports.

`context.json` holds the weights of a softmax over the choices (`training/times_context.py` makes it). A choice is
taken when it is likelier than `least`; choices that name the same date are added up.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import msgspec

from sayso.records.reading import Event
from sayso.times.lexicon import cue

Choice = Literal["none", "day", "month", "near", "before", "lede", "other"]
CHOICES: Final[tuple[Choice, ...]] = ("none", "day", "month", "near", "before", "lede", "other")
WORD: Final = re.compile(r"[A-Za-z’']+|[^\sA-Za-z]")
TENSES: Final = cue("near a trigger")


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`context.json`: for each sign a weight per choice, in the order of `choices`."""

    choices: tuple[str, ...]
    least: float
    weights: dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Setting:
    """An event without a time: the dates to choose from, where it stands (sentence from 0), the words before it.

    `distance`: sentences since the date told last; `timed`: the share of the report's events that tell their time.
    """

    event: Event
    dates: Mapping[Choice, str]
    sentence: int
    sentences: int
    before: str
    trigger: str
    now: date | None
    near_told: bool
    distance: int
    timed: float
    history: bool


def signs(setting: Setting) -> list[str]:
    """What speaks for one date or another."""
    event, dates = setting.event, setting.dates
    words = [w.lower() for w in WORD.findall(setting.before)][-3:]
    trigger = setting.trigger.lower().split()
    at = (
        "title"
        if setting.sentence == 0
        else "lede"
        if setting.sentence <= 2
        else "early"
        if setting.sentence <= 6
        else "late"
    )
    part = int(3 * setting.sentence / max(1, setting.sentences))
    out = ["bias", f"status={event.status}", f"type={event.type}", f"at={at}", f"part={part}",
           f"status={event.status} at={at}", f"claim={event.claim is not None}", f"now={setting.now is not None}",
           f"history={setting.history}", f"killed={event.killed is not None}",
           f"timed={min(3, int(4 * setting.timed))}", f"near told={setting.near_told}",
           f"away={min(setting.distance, 5)}", f"long={min(4, setting.sentences // 8)}"]  # fmt: skip
    out += [f"word{i}={w}" for i, w in enumerate(reversed(words), 1) if w in TENSES]
    out.append(f"ends={ending(trigger[-1] if trigger else '')}")
    if setting.now is not None:
        today = setting.now.isoformat()
        out += [f"{c} is {nearness(d, today)}" for c in ("near", "before", "lede") if (d := dates.get(c))]
    out += [f"no {c}" for c in ("near", "before", "lede") if c not in dates]
    return out


def ending(word: str) -> str:
    """The shape of the trigger's last word, which tells a verb's tense from a noun."""
    return next((end for end in ("ed", "ing", "ion", "ment", "s") if word.endswith(end)), "")


def nearness(written: str, today: str) -> str:
    """How a date stands to the report's day."""
    if written == today:
        return "today"
    if "/" in written:
        return "a stretch"
    kind = {10: "day", 7: "month"}.get(len(written), "year")
    return f"a {kind} of this month" if written[:7] == today[:7] else f"a {kind}, not of this month"


@cache
def weights() -> Weights:
    """The weights as they lie in the package."""
    return msgspec.convert(json.loads((files("sayso.times") / "context.json").read_text(encoding="utf-8")), Weights)


def chances(setting: Setting, table: Weights) -> dict[Choice, float]:
    """How likely each choice at hand is; they add up to 1."""
    rows = [row for sign in signs(setting) if (row := table.weights.get(sign))]
    open_ = [c for c in CHOICES if c in ("none", "other") or c in setting.dates]
    scores = {c: sum(row[CHOICES.index(c)] for row in rows) for c in open_}
    top = max(scores.values())
    exps = {c: math.exp(s - top) for c, s in scores.items()}
    whole = sum(exps.values())
    return {c: e / whole for c, e in exps.items()}


def choose(setting: Setting, table: Weights | None = None) -> tuple[Choice, float]:
    """The likeliest of the dates at hand and how likely it is; "none" where none is likely enough."""
    table = table or weights()
    likely = chances(setting, table)
    by_date: dict[str, float] = {}
    for c, d in setting.dates.items():
        by_date[d] = by_date.get(d, 0.0) + likely[c]
    best = max(by_date, key=lambda d: by_date[d], default=None)
    if best is None or by_date[best] < table.least:
        return "none", likely["none"]
    first = max((c for c, d in setting.dates.items() if d == best), key=lambda c: likely[c])
    return first, by_date[best]
