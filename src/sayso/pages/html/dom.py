"""Bytes of an HTML page -> its characters and, where that is safe, its tree.

Pages made to hurt are not refused: what cannot be a tree in bounded time still has its words, and those are read as
plain text (`plain_words`). Entities of the page's own making are never expanded by an HTML parser.
"""

from __future__ import annotations

import re
from html import unescape

import msgspec
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from sayso.pages.html.lines import BLOCKS
from sayso.pages.normalise import decode

HEAD = 4_096  # bytes in which a page names its charset (HTML asks for the first 1,024; some have comments before it)
MOST_ELEMENTS = 20_000  # ten times a long news page: above it the extractors take longer than an analyst waits
MOST_LINES = 6_000  # likewise; plain text is judged up to five times as many
MOST_TAGS = 400_000  # above it not even the words come out in bounded time
LONG_VALUE = 65_536  # characters of an attribute: longer are pictures or state for scripts, and parsers give up on them
UNREAD = (
    "script",
    "style",
    "svg",
    "math",
    "canvas",
    "object",
    "embed",
    "applet",
    "map",
    "audio",
    "video",
    "datalist",
    "link",
)
_CHARSET = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|^[^>]{0,200}?encoding=["']([\w.:-]{2,40})""", re.I)  # fmt: skip # noqa: E501
# Parsers compare every attribute of an element with every other: 200,000 of them take minutes. Possessive, so linear.
_MANY_ATTRIBUTES = re.compile(
    r"""(<[a-zA-Z][^\s<>/]*+)(?:[\s/]++[^\s=<>"'/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++))?+){500,}+"""
)
_LONG_VALUES = re.compile(rf"""=\s*(?:"[^"]{{{LONG_VALUE},}}+"|'[^']{{{LONG_VALUE},}}+')""")
_TAG = re.compile(r"<(?:(!--)|[!?][^<>]*>?|(/?[a-zA-Z][\w:-]{0,30})[^<>]*>?)")
_SILENT = frozenset(["script", "style", "head", "svg", "title", "template", "noscript", "iframe", "object"])
# A single one silences trafilatura. Those above 0x7f stay: they may be letters read in a wrong charset.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")


class Source(msgspec.Struct, frozen=True):
    """A page's characters as they will be parsed, the charset they were read in, and what was mended."""

    html: str
    charset: str | None
    notes: tuple[str, ...]


def source_of(data: bytes, declared: str | None) -> Source:
    """Bytes -> characters, without what only hurts. `declared` is the charset of the container (HTTP, mail)."""
    found = _CHARSET.search(data[:HEAD])
    named = next(filter(None, found.groups()), b"").decode("ascii", "replace") if found else None
    read = decode(data, declared or named)
    text, controls = _CONTROLS.subn("", read.text)
    html = _XML_HEAD.sub("", text, count=1)  # a declared encoding would be believed again
    notes = list(read.notes)
    if controls:
        notes.append(f"{controls} control character{'' if controls == 1 else 's'} taken out.")
    html, many = _MANY_ATTRIBUTES.subn(r"\1", html)
    if len(html) > LONG_VALUE:
        html = _LONG_VALUES.sub('=""', html)
    if many:
        notes.append(f"Attributes left out of {many} elements that had hundreds.")
    return Source(html, read.charset, tuple(notes))


def tree_of(source: Source) -> HtmlElement | None:
    """The page's tree; None when it is too deep, too large or holds nothing that can be parsed."""
    if source.html.count("<") > 4 * MOST_ELEMENTS or not source.html.strip():
        return None
    parser = HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        root = document_fromstring(source.html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return None  # the parser has stopped halfway: what it has is not the page
    return None if root.xpath("count(//*)") > MOST_ELEMENTS else root


def strip(root: HtmlElement) -> None:
    """Take out what carries no words, in place. JSON-LD goes too: read it before."""
    etree.strip_elements(root, *UNREAD, etree.Comment, etree.ProcessingInstruction, with_tail=False)


def plain_words(source: Source) -> str | None:
    """The words of a page that is no safe tree, lines where blocks were; None when there are too many tags.

    One pass over the tags and no tree: every parser tried takes minutes over some kind of deep nesting.
    """
    html = source.html
    if html.count("<") > MOST_TAGS:
        return None
    pieces: list[str] = []
    at = 0
    while (tag := _TAG.search(html, at)) is not None:
        pieces.append(html[at : tag.start()])
        name = (tag[2] or "").lower()
        at = tag.end()
        if tag[1] or name in _SILENT:  # up to its end; what has none is silent to the end of the page
            found = re.compile("-->" if tag[1] else f"(?=</{name})", re.IGNORECASE).search(html, at)
            at = len(html) if found is None else found.end()
        elif name.removeprefix("/") in BLOCKS or name == "br":
            pieces.append("\n")
    pieces.append(html[at:])
    return unescape("".join(pieces))
