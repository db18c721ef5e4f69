"""Scores of an anchor's roles -> spans of words: the runs without overlap that are likeliest together."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from sayso.reading.labels import CUE, CUE_ROLES, EVENT_ROLES, ROLES

SINGLE = frozenset(ROLES.index(r) for r in ("source", "place", "time", "killed", "wounded", "weapon"))
LONG = ROLES.index("content")
TARGET = ROLES.index("target")  # the one role that is no better for taking the likeliest together (docs/errors.md)
LONGEST = 40  # words of a span that is not a claim's content: noun phrases end before
CANDIDATE = -5.0  # log odds below which a word is no first or last word of anything; from -3 sources went lost
INSIDE, FIRST, LAST = 0, 1, 2

Floats = NDArray[np.float32]
Runs = dict[int, list[tuple[int, int, float]]]


def spans_of(scores: Floats, kinds: list[int], floors: tuple[float, ...]) -> list[Runs]:
    """`scores` (anchors, words, roles, 3) -> for each anchor its roles' runs (start, end, log odds), best first.

    A run's log odds are those of its first word, its last word and the sum over the words inside, from which the
    role's floor is taken.
    """
    inside, first, last = (np.ascontiguousarray(scores[..., part].swapaxes(1, 2)) for part in (INSIDE, FIRST, LAST))
    highest = first.max(-1) + last.max(-1) + np.maximum(inside, 0).sum(-1)  # no run of the role has more
    sums = np.concatenate([np.zeros_like(inside[..., :1]), inside.cumsum(-1)], -1)
    out: list[Runs] = []
    for anchor, kind in enumerate(kinds):
        roles: Runs = {}
        for role in CUE_ROLES if kind == CUE else EVENT_ROLES:
            if highest[anchor, role] > floors[role]:
                given = first[anchor, role], last[anchor, role], sums[anchor, role]
                if found := _runs(*given, role, floors[role]):
                    roles[role] = found
        out.append(roles)
    return out


def _runs(first: Floats, last: Floats, sums: Floats, role: int, floor: float) -> list[tuple[int, int, float]]:
    longest = len(first) if role == LONG else LONGEST
    starts, ends = np.flatnonzero(first > CANDIDATE), np.flatnonzero(last > CANDIDATE)
    before = (first[starts] - sums[starts] - floor).tolist()
    after = (last[ends] + sums[ends + 1]).tolist()
    stops = [*zip(ends.tolist(), after, strict=True)]
    scored = [
        (a, b + 1, left + right)
        for a, left in zip(starts.tolist(), before, strict=True)
        for b, right in stops
        if a <= b < a + longest
    ]
    likely = [run for run in scored if run[2] > 0]
    if role in SINGLE:
        return sorted(likely, key=_sureness)[:1]
    return _likeliest_first(likely) if role == TARGET else sorted(_likeliest(likely), key=_sureness)


def _sureness(run: tuple[int, int, float]) -> float:
    return -run[2]


def _likeliest_first(runs: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    chosen: list[tuple[int, int, float]] = []
    for run in sorted(runs, key=_sureness):
        if all(run[1] <= start or run[0] >= end for start, end, _ in chosen):
            chosen.append(run)
    return chosen


def _likeliest(runs: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Those runs without overlap that are likeliest together: two members rather than the phrase around them, when
    their own bounds say so. (Taking the likeliest run first would take the phrase.)
    """
    runs = sorted(runs, key=lambda run: run[1])
    ends = [end for _, end, _ in runs]
    best = [0.0]  # of the first so many runs
    before: list[int] = []  # how many runs end where this one starts, or earlier
    for index, (start, _, score) in enumerate(runs):
        before.append(bisect_right(ends, start, 0, index))
        best.append(max(best[-1], best[before[-1]] + score))
    chosen = []
    index = len(runs)
    while index:
        if best[index] == best[index - 1]:
            index -= 1
        else:
            chosen.append(runs[index - 1])
            index = before[index - 1]
    return chosen
