"""Streams of bytes -> pages: what a stream is decides how it is opened."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from sayso.pages.containers.feed import feed_pages
from sayso.pages.containers.gz import BrokenStreamError, Gunzip, Rewound
from sayso.pages.containers.jsonl import jsonl_pages
from sayso.pages.containers.mail import mail_pages
from sayso.pages.containers.source import Media, Source
from sayso.pages.containers.warc import warc_pages
from sayso.pages.limits import Limits, in_words
from sayso.pages.page import Page
from sayso.pages.sniff import HEAD_BYTES, Kind, sniff, what_other
from sayso.records import Problem

__all__ = ["Opened", "Source", "open_stream", "pages_of"]

_BUFFER = 262_144  # long JSONL lines and WARC records come in few reads
_OBJECT_LINE = re.compile(rb"""\s*\{[ \t]*"[^\n]*\n""")
_WHOLE: dict[Kind, Media] = {"html": "html", "text": "text", "markdown": "markdown"}


class Opened:
    """A stream of which the beginning was looked at: `kind` is what it is, `head` its first bytes."""

    def __init__(self, stream: io.BufferedIOBase, source: Source) -> None:
        self.source = source
        self.head = _beginning(stream)
        self.kind: Kind = sniff(self.head, source.name, source.content_type)
        self.stream = io.BufferedReader(Rewound(self.head, stream), _BUFFER)


def _beginning(stream: io.BufferedIOBase) -> bytes:
    head = b""
    try:
        while len(head) < HEAD_BYTES and (piece := stream.read1(HEAD_BYTES - len(head))):
            head += piece
            if _OBJECT_LINE.match(head):  # known already: whoever writes line by line may wait for an answer
                break
    except BrokenStreamError:
        return head  # raised again when it is read on, after what came before the break was used
    return head


def open_stream(stream: BinaryIO, source: Source) -> Opened:
    """Look at the beginning of `stream` (buffered) to know what it is. Raises OSError as reading does."""
    return Opened(cast(io.BufferedIOBase, stream), source)


def pages_of(opened: Opened, limits: Limits, seen: dict[str, str]) -> Iterator[Page | Problem]:
    """The pages in a stream and the problems met, in the stream's own order. `seen` holds the ids given so far."""
    try:
        for item in _inside_gzip(opened, limits, seen) if opened.kind == "gzip" else _inside(opened, limits, seen):
            yield _checked(item, limits)
    except BrokenStreamError as broken:
        yield opened.source.problem(str(broken))
    except OSError as error:
        yield opened.source.problem(f"cannot be read: {error.strerror or error}")


def _checked(item: Page | Problem, limits: Limits) -> Page | Problem:
    """The page, unless it has more lines than anybody wrote: every line of a page's text is judged."""
    if isinstance(item, Problem) or item.received.media in ("html", "clean"):
        return item
    if item.data.count(b"\n") <= limits.text_lines:
        return item
    received = item.received
    record = received.record or received.entry
    return Problem(where=received.where, record=record, reason=f"more than {limits.text_lines:,} lines")


def _inside(opened: Opened, limits: Limits, seen: dict[str, str]) -> Iterator[Page | Problem]:
    source, stream = opened.source, opened.stream
    match opened.kind:
        case "empty":
            stream.read(1)  # raises where nothing came because the stream is broken
            yield source.problem("empty")
        case "other" | "gzip":
            what = "gzip inside gzip" if opened.kind == "gzip" else what_other(opened.head, _suffix(source.name))
            yield source.problem(f"not a page: {what}")
        case "warc":
            yield from warc_pages(stream, source, limits)
        case "jsonl":
            yield from jsonl_pages(stream, source, limits, seen)
        case kind:
            yield from _whole(stream.read(limits.page_bytes + 1), kind, source, limits)


def _whole(data: bytes, kind: Kind, source: Source, limits: Limits) -> Iterator[Page | Problem]:
    if len(data) > limits.page_bytes:
        yield source.problem(f"larger than {in_words(limits.page_bytes)}")
    elif kind == "feed":
        yield from feed_pages(data, source, limits)
    elif kind == "mail":
        yield from mail_pages(data, source, limits)
    else:
        yield source.page(data, _WHOLE[kind])


def _inside_gzip(opened: Opened, limits: Limits, seen: dict[str, str]) -> Iterator[Page | Problem]:
    gunzip = Gunzip(opened.stream, limits)
    name = opened.source.name
    inner = Source(
        where=opened.source.where,
        how=opened.source.how,
        name=name[:-3] if name.lower().endswith(".gz") else name,
        charset=opened.source.charset,
        url=opened.source.url,
    )
    stream = io.BufferedReader(gunzip, _BUFFER)
    gunzip.mend = ".warc" in name.lower() or stream.peek(5).startswith(b"WARC/")  # each record is a member of its own
    unpacked = Opened(stream, inner)
    broken = 0
    for item in _inside(unpacked, limits, seen):
        broken += isinstance(item, Problem)
        yield item
    if gunzip.mended > broken:
        yield inner.problem(f"the gzip data is damaged in {gunzip.mended} places: what stood there is lost")


def _suffix(name: str) -> str:
    return "." + name.rpartition(".")[2].lower() if "." in name else ""
