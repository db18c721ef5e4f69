"""Paragraphs that open with the place they speak of, as logs and situation reports do: "El Fasher. Some shelling"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from sayso.records.span import Span

_OPENS = re.compile(r"(?:^|\n)[ \t]*(?:[-*•–—][ \t]*)?$")
_ENDS = re.compile(r"[ \t]*[.:](?=\s)|[ \t]*\n")
LEAST = 2  # paragraphs headed so: one may be a dateline, "BEIRUT: Fighters ..."
_ALONE = re.compile(r"[ \t]*[.:]?[ \t]*\n")


class Headings:
    """The places at the head of paragraphs. `names`: where names of places stand in `text`, half-open code points."""

    def __init__(self, text: str, names: Iterable[Span]) -> None:
        found = sorted({span for span in names if _is_heading(text, span)})
        if len(found) < LEAST:
            found = []
        self._starts = [start for start, _ in found]
        self._under = [(span, _until(text, span)) for span in found]

    def over(self, at: int) -> Span | None:
        """The name at the head of the paragraph that a character stands in, behind it."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return None
        heading, until = self._under[number]
        return heading if heading[1] <= at < until else None


def _is_heading(text: str, span: Span) -> bool:
    before = text[max(0, span[0] - 8) : span[0]]
    return _OPENS.search(before) is not None and _ENDS.match(text, span[1]) is not None


def _until(text: str, heading: Span) -> int:
    """Where the paragraph ends; that of a heading on a line of its own is the next one."""
    alone = _ALONE.match(text, heading[1])
    begins = alone.end() if alone else heading[1]
    while begins < len(text) and text[begins].isspace():
        begins += 1
    end = text.find("\n", begins)
    return end if end >= 0 else len(text)
