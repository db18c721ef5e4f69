"""Scores of an anchor's roles -> spans of words: the runs without overlap that are likeliest together."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from sayso.reading.labels import CUE, CUE_ROLES, EVENT_ROLES, ROLES

SINGLE = frozenset(ROLES.index(r) for r in ("source", "place", "time", "killed", "wounded", "weapon"))
LONG = ROLES.index("content")
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
    starts, ends = _places(scores[..., FIRST]), _places(scores[..., LAST])
    sums = np.concatenate([np.zeros_like(scores[:, :1, :, 0]), scores[..., INSIDE].cumsum(1)], 1)
    out: list[Runs] = []
    for anchor, kind in enumerate(kinds):
        roles: Runs = {}
        for role in CUE_ROLES if kind == CUE else EVENT_ROLES:
            places = starts.get((anchor, role)), ends.get((anchor, role))
            if places[0] and places[1]:
                found = _runs(scores[anchor, :, role], sums[anchor, :, role], places[0], places[1], role, floors[role])
                if found:
                    roles[role] = found
        out.append(roles)
    return out


def _places(scores: Floats) -> dict[tuple[int, int], list[int]]:
    """(anchor, role) -> words that may be the first (or last) of a span."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for anchor, word, role in np.argwhere(scores > CANDIDATE).tolist():
        found[anchor, role].append(word)
    return found


def _runs(
    scores: Floats, sums: Floats, starts: list[int], ends: list[int], role: int, floor: float
) -> list[tuple[int, int, float]]:
    longest = len(sums) if role == LONG else LONGEST
    scored = [
        (a, b + 1, float(scores[a, FIRST] + scores[b, LAST] + sums[b + 1] - sums[a]) - floor)
        for a in starts
        for b in ends
        if a <= b < a + longest
    ]
    likely = [run for run in scored if run[2] > 0]
    if role in SINGLE:
        return sorted(likely, key=_sureness)[:1]
    return sorted(_likeliest(likely), key=_sureness)


def _sureness(run: tuple[int, int, float]) -> float:
    return -run[2]


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
