"""Whose act a word names that names him too: "US-backed", "rebel-held", "Western and Arab-backed".

Nobody else is its actor: this holds for all of 620 such words in annotated reports.
"""

from __future__ import annotations

import re

from sayso.records.span import Span

_COMPOUND = re.compile(r"([^\W\d_][\w.’']*(?:[-‑][A-Z][\w.]*)*)[-‑][a-z]+")
_JOINED = re.compile(r"(?:[-‑]?,|[-‑]?,? (?:and|or)) ")


def own_actors(text: str, trigger: Span, actors: list[Span]) -> list[Span]:
    """Of the actors found, the one whom the trigger names and those whom "and" joins to him; all, if it names none.

    >>> text = "attacked by the army assisted by Russia and the US-backed fighters"
    >>> [text[a:b] for a, b in own_actors(text, (48, 57), [(33, 39), (48, 50)])]
    ['US']
    """
    made = _COMPOUND.fullmatch(text, *trigger)
    if made is None:
        return actors
    kept: list[Span] = []
    for actor in sorted(actors, reverse=True):
        named = actor[0] < made.end(1) and trigger[0] < actor[1]
        if named or (kept and _JOINED.fullmatch(text, actor[1], kept[0][0])):
            kept.insert(0, actor)
    return kept or actors
