"""Judged lines -> the report's text, its parts and what is set aside."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.pages.page import Judged
from sayso.records import SET_ASIDE_KINDS, Part, SetAside

BETWEEN = "\n\n"


def assemble(lines: Iterable[Judged]) -> tuple[str, tuple[Part, ...], tuple[SetAside, ...]]:
    """The text (kept lines, blank lines between), a part for every line in order, and the lines set aside.

    >>> lines = [Judged(text="Truce holds", kind="title"), Judged(text="Log in", kind="furniture")]
    >>> text, parts, aside = assemble(lines)
    >>> text, [(p.kind, p.start, p.end, p.aside) for p in parts], aside[0].text
    ('Truce holds', [('title', 0, 11, None), ('furniture', 11, 11, 0)], 'Log in')
    """
    pieces: list[str] = []
    parts: list[Part] = []
    aside: list[SetAside] = []
    at = 0
    for line in lines:
        kept = line.kind not in SET_ASIDE_KINDS
        if kept and pieces:
            at += len(BETWEEN)
        start = at
        if kept:
            pieces.append(line.text)
            at += len(line.text)
        else:
            aside.append(SetAside(kind=line.kind, text=line.text))
        parts.append(
            Part(kind=line.kind, start=start, end=at, score=line.score, doubt=line.doubt, why=line.why,
                 aside=None if kept else len(aside) - 1)
        )  # fmt: skip
    return BETWEEN.join(pieces), tuple(parts), tuple(aside)
