"""What the page stage takes and makes on the way: a page as received, and its lines with what each is."""

from __future__ import annotations

import msgspec

from sayso.records import PartKind, Received


class Known(msgspec.Struct, frozen=True):
    """A value and where it came from, in words an analyst understands ("the page's JSON-LD", "the WARC record")."""

    value: str
    where: str


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a page beside its own bytes: from its container, its mail headers, or the caller."""

    title: Known | None = None
    outlet: Known | None = None
    byline: Known | None = None
    published: Known | None = None
    language: Known | None = None
    url: Known | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page as received: the bytes that make one report, untouched. JSONL input alone gives `id` and `line`.

    `line`: the whole line that the report's text is taken from, byte for byte.
    """

    data: bytes
    received: Received
    hints: Hints = Hints()
    id: str | None = None
    line: bytes | None = None


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a page (white space normalised, never empty), what it is, how sure, and why."""

    text: str
    kind: PartKind
    score: float = 1.0
    doubt: bool = False
    why: str = ""


class PageReading(msgspec.Struct, frozen=True):
    """A page read: its lines judged, in order; what it says of itself, by `Hints`' names; what was mended."""

    lines: tuple[Judged, ...]
    known: dict[str, Known] = {}
    notes: tuple[str, ...] = ()
