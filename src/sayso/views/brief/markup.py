"""Outside words as HTML: escaped, plain, and with right-to-left names kept from reordering what is beside them."""

from __future__ import annotations

import unicodedata
from html import escape
from itertools import groupby

from sayso.views.plain import in_lines, one_line

RIGHT_TO_LEFT = frozenset({"R", "AL"})
MOST_URL = 2000  # characters; a longer address is shown, not linked


def safe(text: str) -> str:
    """Escaped for text and attributes."""
    return escape(in_lines(text), quote=True)


def phrase(text: str) -> str:
    """One line of a sentence of ours with outside names in it; each right-to-left one is isolated.

    >>> phrase("by حلب → <b>")
    'by <bdi>حلب</bdi> → &lt;b&gt;'
    """
    out = []
    for turned, words in groupby(one_line(text).split(" "), key=_is_turned):
        run = escape(" ".join(words), quote=True)
        out.append(f"<bdi>{run}</bdi>" if turned else run)
    return " ".join(out)


def words(text: str, most: int) -> str:
    """Quoted words, cut at a space to `most` characters; they have their own direction."""
    line = one_line(text)
    if len(line) > most:
        line = line[: most - 1].rsplit(" ", 1)[0] + " …"
    return f'<q dir="auto">{escape(line, quote=True)}</q>'


def link(url: str) -> str:
    """An address shown as text; a link only where it is of the web and cannot be a script."""
    shown = safe(one_line(url))
    if not url.lower().startswith(("http://", "https://")) or len(url) > MOST_URL or shown != safe(url):
        return f'<bdi class="url">{shown}</bdi>'
    return f'<a class="url" href="{shown}" rel="noreferrer noopener"><bdi>{shown}</bdi></a>'


def _is_turned(word: str) -> bool:
    return any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in word)
