"""What kind of thing is this? By its content first, by its name and declared type second."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal

Kind = Literal["html", "text", "markdown", "mail", "feed", "warc", "gzip", "jsonl", "other", "empty"]

HEAD_BYTES = 65_536  # XML prologues, licence comments and mail headers end well before this

# Formats that could be mistaken for text, or that deserve their own name in the message.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"SQLite format 3", "a database"),
    (b"%!PS", "a PostScript document"),
)
# Text that is never a report: what "save the complete page" leaves beside the page, tables, program files.
_OTHER_SUFFIXES = {
    ".css": "a style sheet", ".js": "a script", ".mjs": "a script", ".map": "a script", ".svg": "an image",
    ".py": "a script", ".sh": "a script", ".csv": "a table", ".tsv": "a table", ".toml": "a settings file",
    ".yml": "a settings file", ".yaml": "a settings file", ".ini": "a settings file",
}  # fmt: skip
_JSONL_SUFFIXES = (".jsonl", ".ndjson")
_JSON_FEED = re.compile(r"jsonfeed\.org/version")
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\x1b")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_FEED = re.compile(r"<(rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML = re.compile(r"<(!doctype html|html|head|body|article|main|section|div|p|h1|h2|meta|title|script|table|span|img|a)\b", re.I)  # fmt: skip # noqa: E501
_XML = re.compile(r"\s*<(\?xml|!DOCTYPE|!ENTITY|[A-Za-z][\w:.-]*[\s/>])")
_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]*):", re.MULTILINE)
_MAIL_HEADERS = {"from", "to", "date", "subject", "message-id", "mime-version", "received", "return-path", "content-type"}  # fmt: skip # noqa: E501
_JSON_OBJECT = re.compile(r"""\{[ \t]*["}]""")
_JSON_DOCUMENT = re.compile(r"""\{[ \t]*\r?\n|\[\s*[\[{"]""")  # spread over lines, or a list
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_LINK = re.compile(r"\]\(<?(https?:|/|#)")


def sniff(head: bytes, name: str = "", content_type: str = "") -> Kind:
    """The kind of a stream that starts with `head` (up to HEAD_BYTES), called `name`, declared `content_type`.

    >>> sniff(b"<!doctype html><p>Truce holds"), sniff(b"Truce holds\\nBy A. Writer"), sniff(b"\\x00\\x01\\x02" * 50)
    ('html', 'text', 'other')
    """
    if not head.strip():
        return "empty"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if re.match(rb"WARC/\d\.\d\r?\n", head):
        return "warc"
    suffix = PurePosixPath(name).suffix.lower()
    if what_other(head, suffix):
        return "other"
    text = _as_text(head)
    return _of_text(text, suffix, content_type.split(";")[0].strip().lower())


def what_other(head: bytes, suffix: str = "") -> str | None:
    """What a stream is when it can be no report ("a PDF document", "binary data"), else None."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    text = _as_text(head)
    if _is_binary(text):
        return "binary data"
    if suffix in _OTHER_SUFFIXES:
        return _OTHER_SUFFIXES[suffix]
    if suffix not in _JSONL_SUFFIXES and _JSON_DOCUMENT.match(text.lstrip()) and not _JSON_FEED.search(text):
        return "a JSON document, not one object a line"
    return "XML that is neither XHTML nor a feed" if _is_foreign_xml(text) else None


def _as_text(head: bytes) -> str:
    """The head as characters: good enough to look for marks in ASCII, whatever the charset."""
    for bom, charset in _BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(charset, "ignore")
    for charset, low in (("utf-16-le", slice(1, 400, 2)), ("utf-16-be", slice(0, 400, 2))):
        if len(head) >= 4 and head[low].count(0) > 0.7 * len(head[low]):  # Latin text without a mark
            return head.decode(charset, "ignore")
    return head.decode("latin-1")


def _is_binary(text: str) -> bool:
    """True when control characters are too many: random bytes have 10 %, any text next to none, damaged text a few."""
    data = text.encode("utf-8", "ignore")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > max(8, 0.02 * len(text))


def _is_foreign_xml(text: str) -> bool:
    return text.lstrip().startswith("<?xml") and not _FEED.search(text) and not _HTML.search(text)


def _of_text(text: str, suffix: str, content_type: str) -> Kind:
    start = text.lstrip()
    if start.startswith("{") and _JSON_FEED.search(text):
        return "feed"
    if suffix in _JSONL_SUFFIXES or _JSON_OBJECT.match(start) or "json" in content_type:
        return "jsonl"
    if _is_mail(start) and suffix not in (".html", ".htm", ".xhtml"):
        return "mail"
    if start.startswith("<"):
        feed, html = _FEED.search(text), _HTML.search(text)
        if feed and (not html or feed.start() < html.start()):
            return "feed"
        if (html and _XML.match(start)) or start.startswith("<!"):
            return "html"
    if suffix in (".html", ".htm", ".xhtml") or content_type in ("text/html", "application/xhtml+xml"):
        return "html"
    if suffix in (".md", ".markdown") or content_type == "text/markdown":
        return "markdown"
    if suffix != ".txt" and _HEADING.search(text) and _LINK.search(text):
        return "markdown"
    return "text"


def _is_mail(start: str) -> bool:
    """True for a block of headers with a sender and at least one more of the headers every mail has."""
    if start.startswith("From ") and "\n" in start:  # the separator line that mailboxes put before a message
        start = start.split("\n", 1)[1]
    block = re.split(r"\r?\n\r?\n", start, maxsplit=1)[0]
    lines = [line for line in block.splitlines() if not line.startswith((" ", "\t"))]
    names = {m.group(1).lower() for line in lines if (m := _HEADER.match(line))}
    whole = bool(lines) and sum(1 for line in lines if _HEADER.match(line)) == len(lines)
    return whole and "from" in names and len(names & _MAIL_HEADERS) >= 2
