"""Whether a number killed is of all or of some: "20 women were among the dead" says that 20 were killed at least."""

from __future__ import annotations

import re

from sayso.records.reading import Bounds
from sayso.records.span import Span

_DEAD = r"(?:the|those|these)\s+(?:\w+\s+)?(?:dead|killed|slain|victims|casualties|fatalities|deaths|martyrs)\b"
# From the number on: "three children were among the dead", "seven of those killed", "five of them".
_PART_AFTER = re.compile(
    rf"(?:(?!\b(?:and|but|while|as|with)\b)[^,;:.\n–—]){{0,50}}?\b(?:of|among|amongst)\s+{_DEAD}"
    r"|(?:at\s+least\s+)?[\w-]+\s+of\s+(?:them|whom)\s+(?:(?:were|was|are|is)\s+(?!killed|shot|executed|slain|dead\b)|(?:women|children|civilians|minors)\b)",
    re.I,
)
_PART_BEFORE = re.compile(
    rf"(?:\bincluding|\bamong\s+(?:them|whom|{_DEAD})(?:\s+(?:were|are|was|is))?)(?:\s+at\s+least)?\s+$", re.I
)
_DEATHS = re.compile(r"\b(?:dead|killed|deaths|fatalities)\b", re.I)
_NEXT_WORD = 12  # characters behind a number in which it may be said that these are all the dead
_WINDOW = 60  # characters looked at on either side


def told_of_all(killed: Bounds, text: str, span: Span) -> Bounds:
    """What a number that stands at `span` says of all who were killed; a number of some is a least number of all.

    >>> told_of_all((3, 3), "three children were among the dead", (0, 14))
    (3, None)
    >>> told_of_all((11, 11), "eleven, three of them children, were killed", (0, 6))
    (11, 11)
    """
    low, high = killed
    if low is None or high is None:
        return killed
    after = text[span[0] : span[1] + _WINDOW]
    before = text[max(0, span[0] - _WINDOW) : span[0]]
    if _DEATHS.search(after[: span[1] - span[0] + _NEXT_WORD]) and not _PART_AFTER.match(after):
        return killed  # "40 casualties, including 12 dead"
    return (low, None) if _PART_AFTER.match(after) or _PART_BEFORE.search(before) else killed
