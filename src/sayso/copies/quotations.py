"""What stands in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from sayso.records.span import Span

LONGEST: Final = 3000  # characters: a quotation mark that is never closed quotes no more than a paragraph or three


def share_inside(span: Span, spans: Sequence[Span]) -> float:
    """The share of `span` that stands inside `spans`."""
    start, end = span
    inside = sum(max(0, min(end, high) - max(start, low)) for low, high in spans)
    return min(1.0, inside / max(end - start, 1))


@lru_cache(maxsize=8192)  # a report is judged in all its pairs
def quotations(text: str) -> list[Span]:
    """Spans between quotation marks. Each paragraph of a long quotation may open again without having closed."""
    spans: list[Span] = []
    opened: int | None = None
    for found in re.finditer(r"[\"“”„«»]", text):
        mark, at = found.group(), found.start()
        opens = mark in "“„«" or (mark == '"' and _opens(text, at, opened is not None))
        if opens:
            if opened is not None:  # opened again: a new paragraph, or the closing mark was lost
                spans.append((opened, at))
            opened = at + 1
        elif opened is not None:
            spans.append((opened, at))
            opened = None
    if opened is not None:
        spans.append((opened, min(len(text), opened + LONGEST)))
    return [span for span in spans if span[1] - span[0] <= LONGEST]


def _opens(text: str, at: int, inside: bool) -> bool:
    """Whether a straight mark opens: by the spaces beside it, and where these do not say, in turn."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before.isspace() and not after.isspace():
        return True
    if after.isspace() and not before.isspace():
        return False
    return not inside
