"""WARC: one page for every response that is HTML or text; a broken record does not stop the rest.

The framing is done here and not by fastwarc because its iterator ends at the first broken header; each framed record
is then parsed, decoded and checked by fastwarc. Format: ISO 28500:2017 (WARC 1.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from sayso.pages.containers.source import Media, Source
from sayso.pages.limits import Limits, in_words
from sayso.pages.page import Hints, Known, Page
from sayso.pages.sniff import HEAD_BYTES, sniff
from sayso.records import Problem, Received, digest_of

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_STEP = 65_536
_HEADER_BYTES = 65_536  # real headers have under 2 kB; long addresses make the rest
_START = re.compile(rb"WARC/\d\.\d\r?\n[A-Za-z][A-Za-z-]*:")
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,18})[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_ID = re.compile(rb"^WARC-Record-ID:[ \t]*(\S{1,200})", re.MULTILINE | re.IGNORECASE)
_TEXT = re.compile(rb"^Content-Type:[ \t]*(text/(html|plain)|application/xhtml)", re.MULTILINE | re.IGNORECASE)
_MEDIA: dict[str, Media] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "markdown",
}  # fmt: skip
_DIGESTS = ("sha1:", "sha256:", "sha512:", "md5:")  # what fastwarc can check; others are kept unchecked


class _Framed(msgspec.Struct, frozen=True):
    """One record's bytes; if it is not whole, its header only, and why (nothing for a video that is too large)."""

    data: bytes
    broken: str | None = None
    whole: bool = False

    @property
    def name(self) -> str:
        """The record's id for a message."""
        found = _ID.search(self.data[:_HEADER_BYTES])
        return found.group(1).decode("ascii", "replace") if found else "a record without an id"


class _ErrorResponse:
    """A page saying that there is no page."""


def warc_pages(stream: BinaryIO, source: Source, limits: Limits) -> Iterator[Page | Problem]:
    """A page for every HTML or text response (also resource and conversion records), a problem for what is broken.

    Pictures, scripts and the like are let be; error responses (HTTP 4xx and 5xx) are counted in one problem.
    """
    errors = 0
    for framed in _records(stream, limits):
        if framed.broken:
            yield source.problem(framed.broken, record=framed.name)
        if not framed.whole:
            continue
        try:
            page = _page_of(framed, source, limits)
        except (OSError, ValueError) as error:
            yield source.problem(f"broken record: {error}", record=framed.name)
            continue
        if isinstance(page, _ErrorResponse):
            errors += 1
        elif page is not None:
            yield page
    if errors:
        count = "1 error response" if errors == 1 else f"{errors} error responses"
        yield source.problem(f"{count} (HTTP 4xx or 5xx) not read")


def _page_of(framed: _Framed, source: Source, limits: Limits) -> Page | Problem | _ErrorResponse | None:
    from fastwarc.warc import WarcRecord

    record = WarcRecord.from_bytes(framed.data)
    if (record.headers.get("WARC-Type") or "").lower() not in ("response", "resource", "conversion"):
        return None
    sound = _is_sound(framed.data, record)
    record.parse_http(auto_decode="all")
    content_type = (record.http_content_type if record.is_http else record.headers.get("Content-Type")) or ""
    if record.is_http and record.http_headers is not None:
        status = record.http_headers.status_code or 0
        if status >= 400:
            return _ErrorResponse()
        if not 200 <= status < 300:
            return None
    if not sound:
        return source.problem("the record does not match its digest: altered or damaged", record=framed.name)
    data = record.reader.read(limits.page_bytes + 1)
    if len(data) > limits.page_bytes:
        return source.problem(_too_large(limits), record=framed.name)
    media = _media_of(data, content_type.split(";")[0].strip().lower())
    return _made(data, media, record, source) if media else None


def _is_sound(data: bytes, record: WarcRecord) -> bool:
    """False when a digest that can be checked does not fit. The block's digest decides where there is one.

    Writers differ on whether a payload's digest is taken before or after HTTP's own encodings: either will do.
    """
    from fastwarc.warc import WarcRecord

    if (record.headers.get("WARC-Block-Digest") or "").lower().startswith(_DIGESTS):
        return bool(record.verify_block_digest())
    if (record.headers.get("WARC-Payload-Digest") or "").lower().startswith(_DIGESTS):
        for decode in ("none", "all"):
            again = WarcRecord.from_bytes(data)
            again.parse_http(auto_decode=decode)
            if again.verify_payload_digest():
                return True
        return False
    return True


def _media_of(data: bytes, content_type: str) -> Media | None:
    """The page's medium: as declared, unless the content is plainly something else or nothing was declared."""
    found = sniff(data[:HEAD_BYTES], content_type=content_type)
    if found not in ("html", "text", "markdown", "mail"):
        return None
    if content_type in ("", "application/octet-stream"):
        return "html" if found == "html" else None
    if content_type == "text/plain" and found == "html":
        return "html"
    return _MEDIA.get(content_type)


def _made(data: bytes, media: Media, record: WarcRecord, source: Source) -> Page:
    target = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    date = record.record_date
    return Page(
        data=data,
        received=Received(
            where=source.where,
            how="warc",
            media=media,
            digest=digest_of(data),
            size=len(data),
            charset=record.http_charset if record.is_http else None,
            record=record.headers.get("WARC-Record-ID"),
            recorded=date.isoformat().replace("+00:00", "Z") if date else record.headers.get("WARC-Date"),
            record_digest=record.headers.get("WARC-Block-Digest") or record.headers.get("WARC-Payload-Digest"),
        ),
        hints=Hints(url=Known(target, "the WARC record") if target else None),
    )


class _Held:
    """A stream with a little read ahead, so that records can be found again after a broken one."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.held = b""

    def fill(self, size: int) -> bool:
        """Hold at least `size` bytes; False when the stream has fewer."""
        pieces, have = [self.held], len(self.held)
        while have < size and (data := self._stream.read(max(_STEP, size - have))):
            pieces.append(data)
            have += len(data)
        self.held = b"".join(pieces) if len(pieces) > 1 else self.held
        return have >= size

    def take(self, size: int) -> bytes:
        """Remove and return the first `size` bytes held."""
        data, self.held = self.held[:size], self.held[size:]
        return data

    def to_next_record(self) -> int:
        """Drop bytes up to the next record's first line (or the end) and say how many were dropped."""
        dropped = 0
        while True:
            if found := _START.search(self.held):
                return dropped + len(self.take(found.start()))
            keep = 40  # a record's first line and the name of its first header may lie across two reads
            dropped += len(self.take(max(0, len(self.held) - keep)))
            if not self.fill(len(self.held) + 1):
                return dropped + len(self.take(len(self.held)))


def _records(stream: BinaryIO, limits: Limits) -> Iterator[_Framed]:
    """The framed records of a decompressed WARC stream."""
    held = _Held(stream)
    while held.fill(1):
        held.fill(_HEADER_BYTES)
        if not _START.match(held.held):
            if held.held.strip(b"\r\n"):
                lost = held.to_next_record()
                yield _Framed(b"", f"{in_words(lost)} between records belong to none")
            else:
                held.take(len(held.held))
            continue
        yield _next_record(held, limits)


def _next_record(held: _Held, limits: Limits) -> _Framed:
    header_end = _END_OF_HEADER.search(held.held)
    header = held.held[: header_end.end()] if header_end else b""
    length = _LENGTH.search(header)
    if not header_end or not length:
        held.take(1)
        held.to_next_record()
        return _Framed(header, "broken record: no end of its header" if not header_end else "broken record: no length")
    size = header_end.end() + int(length.group(1))
    if size > limits.page_bytes + _HEADER_BYTES:
        held.take(header_end.end())
        is_text = _TEXT.search(header) or _TEXT.search(held.held[:_HEADER_BYTES])
        held.to_next_record()
        return _Framed(header, _too_large(limits) if is_text else None)
    whole = held.fill(size)
    held.fill(size + _HEADER_BYTES // 16)
    after = held.held[size:].lstrip(b"\r\n")
    if whole and (not after or _START.match(after) or held.held.startswith(b"\r\n\r\n", size)):
        data = held.take(size)
        held.held = after
        return _Framed(data, whole=True)
    held.take(1)
    held.to_next_record()
    return _Framed(header, "broken record: cut short, or longer than its header says")


def _too_large(limits: Limits) -> str:
    return f"the record is larger than {in_words(limits.page_bytes)}"
