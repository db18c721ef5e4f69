"""Feeds (RSS, Atom, JSON Feed): one page an entry, with what the feed says of it as hints."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from sayso.pages.containers.source import Source
from sayso.pages.limits import Limits, in_words
from sayso.pages.page import Hints, Known, Page
from sayso.records import Problem, Received, digest_of

_ENTRY = "the feed's entry"
_FEED = "the feed"
_CUT_SHORT = re.compile(r"(\[?(…|\.\.\.)\]?|\[\u2026\]|Read more|Continue reading.*)\s*$", re.IGNORECASE)


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What feeds of every kind say of an entry; the bodies are HTML unless `plain`."""

    id: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    byline: str | None = None
    language: str | None = None
    outlet: str | None = None
    content: str = ""
    summary: str = ""
    plain: bool = False


def feed_pages(data: bytes, source: Source, limits: Limits) -> Iterator[Page | Problem]:
    """A page for every entry that holds text; an entry that only links elsewhere is a problem saying so."""
    if len(data) > limits.feed_bytes or data.count(b"<") > limits.feed_tags:
        yield source.problem(f"the feed is larger than {in_words(limits.feed_bytes)} or {limits.feed_tags:,} tags")
        return
    number = 0
    for found in _json_entries(data, source) if data.lstrip()[:1] == b"{" else _xml_entries(data, source):
        if isinstance(found, Problem):
            yield found
            continue
        number += 1
        if number > limits.feed_entries:
            yield source.problem(f"the feed has more than {limits.feed_entries} entries: the rest is not read")
            return
        yield _page_of(found, number, source)
    if not number:
        yield source.problem("the feed has no entries")


def _page_of(entry: _Entry, number: int, source: Source) -> Page | Problem:
    record = entry.id or entry.url or f"entry {number}"
    body = _body_of(entry)
    if not _words(body):
        reason = "only a link, no text: read the page itself" if entry.url else "no text"
        return source.problem(f"{reason} ({entry.url})" if entry.url else reason, record=_one_line(record))
    data = body.encode("utf-8", "replace")
    return Page(
        data=data,
        received=Received(
            where=source.where,
            how="feed",
            media="text" if entry.plain else "html",
            digest=digest_of(data),
            size=len(data),
            charset="utf-8",
            entry=record,
        ),
        hints=Hints(
            title=_known(_words(entry.title or ""), _ENTRY),
            outlet=_known(entry.outlet, _FEED),
            byline=_known(entry.byline, _ENTRY),
            published=_known(_iso(entry.published), _ENTRY),
            language=_known(entry.language, _FEED),
            url=_known(entry.url, _ENTRY),
        ),
    )


def _body_of(entry: _Entry) -> str:
    """The content; a summary that says something the content does not is put before it, never lost."""
    if not entry.content or not entry.summary:
        return entry.content or entry.summary
    summary = _CUT_SHORT.sub("", _words(entry.summary)).strip()
    if not summary or summary in _words(entry.content):
        return entry.content
    return f"{entry.summary}\n\n{entry.content}" if entry.plain else f"<p>{entry.summary}</p>\n{entry.content}"


def _xml_entries(data: bytes, source: Source) -> Iterator[_Entry | Problem]:
    import feedparser

    try:
        # Sanitising would drop what the page stage must see and set aside itself; both cost minutes on hostile HTML.
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError, AssertionError) as error:
        yield source.problem(f"the feed cannot be parsed: {type(error).__name__}")
        return
    for entry in feed.entries:
        yield _of_feedparser(entry, feed.feed)
    fault = feed.get("bozo_exception")
    if hasattr(fault, "getLineNumber"):  # a SAX error: what came after it may be lost
        yield source.problem(
            f"the feed is not well-formed: {_one_line(fault.getMessage())}", line=fault.getLineNumber()
        )


def _of_feedparser(entry: Any, feed: Any) -> _Entry:
    contents = [c for c in entry.get("content", ()) if c.get("value")]
    longest = max(contents, key=lambda c: len(c["value"]), default=None)
    summary = entry.get("summary_detail") or {}
    types = {part.get("type", "text/html") for part in (longest, summary) if part and part.get("value")}
    return _Entry(
        id=entry.get("id"),
        title=entry.get("title"),
        url=entry.get("link"),
        published=entry.get("published") or entry.get("updated"),
        byline=(entry.get("author_detail") or {}).get("name") or entry.get("author"),
        language=entry.get("language") or feed.get("language"),
        outlet=_words((entry.get("source") or {}).get("title") or feed.get("title") or ""),
        content=longest["value"] if longest else "",
        summary=entry.get("summary") or "",
        plain=types == {"text/plain"},
    )


class _JsonAuthor(msgspec.Struct):
    name: str | None = None


class _JsonItem(msgspec.Struct):
    id: str | int | float | None = None
    url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    language: str | None = None
    author: _JsonAuthor | None = None
    authors: list[_JsonAuthor] = []


class _JsonFeed(msgspec.Struct):
    """JSON Feed 1.1 (jsonfeed.org/version/1.1), and 1.0 with its single author."""

    items: list[msgspec.Raw]
    title: str | None = None
    language: str | None = None


def _json_entries(data: bytes, source: Source) -> Iterator[_Entry | Problem]:
    try:
        feed = msgspec.json.decode(data.lstrip().removeprefix(b"\xef\xbb\xbf"), type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield source.problem(f"no JSON Feed: {error}")
        return
    for number, raw in enumerate(feed.items, 1):
        try:
            yield _of_json(msgspec.json.decode(raw, type=_JsonItem), feed)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield source.problem(f"no JSON Feed item: {error}", record=f"entry {number}")


def _of_json(item: _JsonItem, feed: _JsonFeed) -> _Entry:
    names = [a.name for a in (*item.authors, *((item.author,) if item.author else ())) if a.name]
    return _Entry(
        id=None if item.id is None else str(item.id),
        title=item.title,
        url=item.url,
        published=item.date_published or item.date_modified,
        byline=", ".join(names) or None,
        language=item.language or feed.language,
        outlet=feed.title,
        content=item.content_html or item.content_text or "",
        summary=item.summary or "",
        plain=not item.content_html,
    )


def _known(value: str | None, where: str) -> Known | None:
    return Known(_one_line(value), where) if value and value.strip() else None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _words(html: str) -> str:
    """The words of an HTML fragment on one line."""
    if "<" not in html and "&" not in html:
        return _one_line(html)
    from lxml.etree import ParserError
    from lxml.html import fromstring

    try:
        return _one_line(fromstring(f"<div>{html}</div>".replace("\0", "")).text_content())
    except (ParserError, ValueError):
        return _one_line(html)


def _iso(date: str | None) -> str | None:
    """A feed's date (RFC 822 or RFC 3339) as ISO 8601 with its zone; as it stands when it is neither.

    >>> _iso("Wed, 08 Jun 2016 10:00:00 +0300"), _iso("2016-06-08T10:00:00Z"), _iso("2016-06-08")
    ('2016-06-08T10:00:00+03:00', '2016-06-08T10:00:00Z', '2016-06-08')
    """
    if not date:
        return None
    try:
        datetime.fromisoformat(date.strip())
        return date.strip()
    except ValueError:
        pass
    try:
        parsed = parsedate_to_datetime(date)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if parsed.tzinfo is UTC or " GMT" in date or " UTC" in date:
        return parsed.replace(tzinfo=None).isoformat() + "Z"
    return parsed.isoformat()
