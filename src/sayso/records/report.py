"""The report: one received page as clean text, with a part for every line that was received."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

PartKind = Literal["title", "byline", "dateline", "heading", "paragraph", "list_item", "caption", "teaser", "furniture"]
SET_ASIDE_KINDS: frozenset[str] = frozenset({"caption", "teaser", "furniture"})


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One received line. `start`, `end`: code points into the report's text, half open.

    A line that was set aside stands at the empty span where it would have stood, and `aside` is its index in the
    report's `set_aside`. `score` is the probability of `kind`; `doubt` marks a line kept although the model would
    rather have dropped it; `why` says what decided.
    """

    kind: PartKind
    start: int
    end: int
    score: float = 1.0
    doubt: bool = False
    why: str = ""
    aside: int | None = None


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """A line that is not the report's own words, kept as received (white space normalised)."""

    kind: PartKind
    text: str


class Received(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a page came from and what exactly was received.

    `digest` is "sha256:" + hex of the received bytes and `size` their number. `record`, `recorded` and
    `record_digest` are a WARC record's own id, date and digest; `line` is the line of a JSONL file (from 1); `entry`
    is a feed entry's own id.
    """

    where: str
    how: Literal["file", "stdin", "url", "warc", "feed", "jsonl", "python"]
    media: Literal["html", "text", "markdown", "mail", "clean"]
    digest: str
    size: int
    charset: str | None = None
    line: int | None = None
    entry: str | None = None
    record: str | None = None
    recorded: str | None = None
    record_digest: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A clean report. `known` says for each of title, outlet, byline, published, language, url where it came from.

    `published` is ISO 8601: a date, or date and time with its zone where the page gave one. `language` is BCP 47.
    `notes` are plain sentences on what was mended (encoding, marks) or does not fit (two dates that disagree).
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    parts: tuple[Part, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    known: dict[str, str] = {}
    notes: tuple[str, ...] = ()
    received: Received | None = None

    def words_of(self, part: Part) -> str:
        """The part's line: its words in `text`, or the line that was set aside."""
        return self.text[part.start : part.end] if part.aside is None else self.set_aside[part.aside].text


def digest_of(data: bytes) -> str:
    """ "sha256:" and the hex SHA-256 of `data`: the id of whatever was received as these bytes.

    >>> digest_of(b"")[:23]
    'sha256:e3b0c44298fc1c14'
    """
    return "sha256:" + hashlib.sha256(data).hexdigest()
