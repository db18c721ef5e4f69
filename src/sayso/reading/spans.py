"""Scores of an anchor's roles -> spans of words: the best runs that do not overlap."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from sayso.reading.labels import CUE, CUE_ROLES, EVENT_ROLES, ROLES

SINGLE = frozenset(ROLES.index(r) for r in ("source", "place", "time", "killed", "wounded", "weapon"))
LONG = ROLES.index("content")
LONGEST = 40  # words of a span that is not a claim's content: noun phrases end before
CANDIDATE = -3.0  # log odds below which a word is no first or last word of anything
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
    pairs = [
        (float(scores[a, FIRST] + scores[b, LAST] + sums[b + 1] - sums[a]) - floor, a, b + 1)
        for a in starts
        for b in ends
        if a <= b < a + longest
    ]
    chosen: list[tuple[int, int, float]] = []
    for score, a, b in sorted((p for p in pairs if p[0] > 0), reverse=True):
        if all(b <= s or a >= e for s, e, _ in chosen):
            chosen.append((a, b, score))
            if role in SINGLE:
                break
    return chosen
