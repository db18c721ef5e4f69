"""The records of copying: a report's words as they are compared, the passages two reports share, and the pair."""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.records import Report
from sayso.records.span import Span

PassageKind = Literal["copied", "quotation", "background", "furniture"]
PairKind = Literal["same", "part", "quote", "background", "furniture"]
How = Literal["exact", "near", "part", "excerpt", "rewritten"]
First = Literal["a", "b", "common"]


class Text(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is compared of a report. `published`: ISO 8601, a day or a time with its zone.

    `quoted`: spans of statements (the content of a reading's claims). Some sources strip quotation marks; where one
    report has the marks and the other has the same words as a statement, both carry a quotation.
    """

    id: str
    text: str
    published: str | None = None
    outlet: str | None = None
    byline: str | None = None
    title: str | None = None
    quoted: tuple[Span, ...] = ()

    @classmethod
    def of(cls, report: Report, quoted: tuple[Span, ...] = ()) -> Text:
        """What is compared of a report."""
        return cls(
            id=report.id,
            text=report.text,
            published=report.published,
            outlet=report.outlet,
            byline=report.byline,
            title=report.title,
            quoted=quoted,
        )


class Passage(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Words that two reports share: half-open code points in each, how many words are equal, what they are and why."""

    a: Span
    b: Span
    words: int
    kind: PassageKind
    why: str


class Pair(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Two reports that share passages; `a` came into the pool before `b`.

    `how` says for "same" and "part" how the copying was done. `first`: who had it before the other; "common": both
    have it from a third; None: undecided. `why` gives the reasons for kind and direction.
    """

    a: str
    b: str
    kind: PairKind
    how: How | None
    first: First | None
    passages: tuple[Passage, ...]
    why: str
