"""Paragraphs that open with the place they speak of, as logs and situation reports do: "El Fasher. Some shelling"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from sayso.records.letters import CAPITAL as BIG
from sayso.records.span import Span

_TIME = r"\d[\d:h]*(?:\s?[ap]\.?m)?"
_HOUR = r"\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?)?"
_LEAD = re.compile(rf"[ \t]*(?:[-*•–—][ \t]*)?(?:{_HOUR}[ \t]*[-–—:,]?[ \t]+)?")
_LAND = rf"{BIG}[\w’'-]+(?: {BIG}[\w’'-]+){{0,2}}(?: [a-z]+)?"  # ", Zaporizhzhia region"
_AT_TIME = rf", {_TIME}(?: ?(?:to|and|-|–) ?{_TIME})?"
_ASIDE = rf"(?:[ \t]*\([^()\n]{{1,30}}\)|, near [^\n.,:;]{{2,30}}|{_AT_TIME}|(?:, {_LAND}){{1,2}})?"
_ENDS = re.compile(rf"{_ASIDE}(?:[ \t]*[.:](?=\s)|[ \t]*\n)")
_ALONE = re.compile(rf"{_ASIDE}[ \t]*[.:]?[ \t]*(?:\n|\Z)")
_SAID = re.compile(r"[.:;!?…)\]\"'”’»]\Z")  # how a line ends that is not broken off in the middle of a sentence
LEAST = 2  # paragraphs headed so: one may be a dateline, "BEIRUT: Fighters ..."
LEAST_TAGS = 3
LONGEST_LEAD = 16  # characters before a name in its line: an indent, a bullet, an hour


class Headings:
    """The places at the head of paragraphs. `names`: where names of places stand in `text`, half-open code points."""

    def __init__(self, text: str, names: Iterable[Span]) -> None:
        found = sorted({span for span in names if _is_heading(text, span)})
        listed = _listed(text, found)
        found = [span for span in found if span not in listed]
        if len(found) < LEAST:
            found = []
        self._spans = frozenset(found)
        self._starts = [start for start, _ in found]
        self._under = [(span, _until(text, span)) for span in found]

    def __contains__(self, span: object) -> bool:
        return span in self._spans

    def over(self, at: int) -> Span | None:
        """The name at the head of the paragraph that a character stands in, behind it."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return None
        heading, until = self._under[number]
        return heading if heading[1] <= at < until else None

    def share(self, one: Span, other: Span) -> bool:
        """Whether no heading begins between two spans."""
        return bisect_right(self._starts, one[0]) == bisect_right(self._starts, other[0])


def opens_line(text: str, at: int) -> bool:
    """Whether only blanks, a bullet and an hour stand before a place in its line, which no sentence runs into."""
    earliest = max(0, at - LONGEST_LEAD)
    line = text.rfind("\n", earliest, at) + 1
    if (line == 0 and earliest > 0) or _LEAD.fullmatch(text, line, at) is None:
        return False
    return bool(text[line:at].strip()) or _begins(text, line)


def _is_heading(text: str, span: Span) -> bool:
    return _ENDS.match(text, span[1]) is not None and opens_line(text, span[0])


def _begins(text: str, line: int) -> bool:
    """Whether the line above is empty or ends a sentence: a name may also stand where a line was broken."""
    above = text[max(0, line - LONGEST_LEAD) : max(0, line - 1)].rstrip(" \t")
    return not above or above.endswith("\n") or _SAID.search(above) is not None


def _listed(text: str, headings: Sequence[Span]) -> set[Span]:
    """Names alone on their lines, three or more next to one another: a list of tags, which head nothing.

    Two may be a province and a town in it.
    """
    alone = [(span, match.end()) for span in headings if (match := _ALONE.match(text, span[1]))]
    runs: list[list[Span]] = [[]]
    last = 0
    for span, end in alone:
        if runs[-1] and text[last : span[0]].strip(" \t\n-*•–—"):
            runs.append([])
        runs[-1].append(span)
        last = end
    return {span for run in runs if len(run) >= LEAST_TAGS for span in run}


def _until(text: str, heading: Span) -> int:
    """Where the paragraph ends; that of a heading on a line of its own is the next one."""
    alone = _ALONE.match(text, heading[1])
    begins = alone.end() if alone else heading[1]
    while begins < len(text) and text[begins].isspace():
        begins += 1
    end = text.find("\n", begins)
    return end if end >= 0 else len(text)
