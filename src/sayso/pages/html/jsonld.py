"""What a page says of its article in JSON-LD (schema.org), read with bounds and without trust."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

LARGEST = 1_000_000  # characters of one script: real ones hold tens of kilobytes, product lists hundreds
MOST_NODES = 2_000
ARTICLES = re.compile(r"(?:Article|Posting|Report|NewsItem)$")
_WRAPPED = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*;?\s*$")


def article_of(root: HtmlElement) -> dict[str, Any]:
    """The node that describes the page's article, or an empty one. Graphs and lists are looked through.

    The first article named the main one, else the first of all: pages list their related stories after their own.
    """
    first: dict[str, Any] = {}
    for node in _nodes(root):
        if any(ARTICLES.search(kind) for kind in _strings(node.get("@type"))):
            if node.get("mainEntityOfPage") and node.get("headline"):
                return node
            first = first or node
    return first


def _nodes(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """All objects that stand in a list, a graph or another object's main entity, breadth first."""
    waiting: list[Any] = []
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            waiting.append(_read(script.text or ""))
    for _ in range(MOST_NODES):
        if not waiting:
            return
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting[:0] = thing[:MOST_NODES]
        elif isinstance(thing, dict):
            yield thing
            waiting += [thing[key] for key in ("@graph", "mainEntity", "hasPart") if key in thing]


def _read(text: str) -> Any:
    if len(text) > LARGEST:
        return None
    try:
        return json.loads(_WRAPPED.sub("", text).strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [item.strip() for item in values if isinstance(item, str) and item.strip()]


def text_of(value: Any, depth: int = 0) -> str | None:
    """A string, or the name (or address) of the thing that stands in its place."""
    if depth > 3:  # a name in a thing in a list: deeper is no name
        return None
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, list):
        return next(filter(None, (text_of(item, depth + 1) for item in value[:20])), None)
    if isinstance(value, dict):
        return next(
            filter(None, (text_of(value.get(key), depth + 1) for key in ("name", "@value", "@id", "url"))), None
        )
    return None


def names_of(value: Any) -> list[str]:
    """The names of people or organisations in an `author`: strings, things, or lists of them."""
    values = value if isinstance(value, list) else [value]
    names: list[str] = []
    for item in values[:20]:
        name = item.get("name") if isinstance(item, dict) else item
        names += _strings(name)
    return list(dict.fromkeys(" ".join(name.split()) for name in names if "://" not in name))
