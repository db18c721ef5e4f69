"""Which line of an HTML page is the report's title, and what its metadata's titles say beside: the outlet's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from sayso.pages.html.features import Scene
from sayso.pages.html.lines import ABOVE_BIT
from sayso.pages.html.witnesses import letters_of
from sayso.pages.lines.marks import suffix_of
from sayso.pages.page import Known

SAME = 0.6  # share of the longer of two titles that the shorter must have: "Truce" is not "Truce holds in Aleppo"
ABOVE = 40  # lines above the first paragraph: tickers and menus stand between on some pages
FEWEST_WORDS = 3  # of a heading that is the title although nothing else says so
MOST_CUTS = 6  # of one title: "Truce holds | World | The Sahel Wire" has two
NAME_WORDS = 6  # of an outlet's name
H1 = ABOVE_BIT["h1"]
HEADING = sum(ABOVE_BIT[f"h{n}"] for n in range(1, 4))
SHOWN = "the page's heading"
_BETWEEN = re.compile(r"\s+[-–—|:·•»«]+\s+|\s*\|\s*")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


class Title(msgspec.Struct, frozen=True):
    """The title, the line it is shown on, and what stood beside it in the metadata: likely the outlet's name."""

    known: Known | None = None
    at: int | None = None
    beside: Known | None = None


def find_title(scene: Scene, first: int, last: int, said: Sequence[Known]) -> Title:
    """The title; `said` is what the page's metadata say, surest first; `first`, `last` the report's lines.

    A heading that agrees with the metadata is taken as it is shown.
    """
    lines = range(max(0, first - ABOVE), min(len(scene.lines), first + 3)) if last >= 0 else range(len(scene.lines))
    seen = [at for at in lines if not scene.lines[at].place.hidden and scene.letters[at]]
    for group in (H1, HEADING, 0):
        found = [at for at in seen if not group or scene.lines[at].place.tags & group]
        for known in said:
            if (title := _agreeing(scene, found, known, first)) is not None:
                return title
    headings = [
        at for at in seen if scene.lines[at].place.tags & H1 and len(scene.lines[at].text.split()) >= FEWEST_WORDS
    ]
    if len(headings) == 1:
        return Title(Known(scene.lines[headings[0]].text, SHOWN), headings[0])
    return _not_shown(said)


def _agreeing(scene: Scene, found: Sequence[int], known: Known, first: int) -> Title | None:
    """The line that says what one title of the metadata says, or what it says but for its head or tail."""
    whole = letters_of(known.value)
    parts = {letters_of(title): beside for title, beside in cuts(known.value)}
    exact = [at for at in found if scene.letters[at] == whole or scene.letters[at] in parts]
    near = exact or [at for at in found if _same(scene.letters[at], whole)]
    if not near or not whole:
        return None
    at = min(near, key=lambda k: (-len(scene.letters[k]), abs(k - first)))
    beside = parts.get(scene.letters[at])
    return Title(
        Known(scene.lines[at].text, SHOWN), at, Known(_name(beside), known.where) if beside and _name(beside) else None
    )


def cuts(text: str) -> Iterator[tuple[str, str]]:
    """A title cut in two at its bars and dashes, both ways round: what may be the title, and what stands beside it.

    >>> list(cuts("Truce holds | The Sahel Wire"))
    [('Truce holds', 'The Sahel Wire'), ('The Sahel Wire', 'Truce holds')]
    """
    for match in list(_BETWEEN.finditer(text))[:MOST_CUTS]:
        head, tail = text[: match.start()].strip(), text[match.end() :].strip()
        if head and tail:
            yield head, tail
            yield tail, head


def _name(text: str) -> str:
    """The outlet's name in what stands beside a title: its first or last piece, without brackets; "" if too long."""
    pieces = [piece for piece in _BETWEEN.split(_BRACKETS.sub("", text)) if piece]
    return next((piece for piece in pieces if len(piece.split()) <= NAME_WORDS and not piece[0].isdigit()), "")


def _not_shown(said: Sequence[Known]) -> Title:
    if not said:
        return Title()
    suffix = suffix_of(said[0].value)
    if suffix is None:
        return Title(said[0])
    bare = said[0].value[: -len(suffix)].rstrip(" -–—|")
    return Title(Known(bare, said[0].where), None, Known(suffix, said[0].where))


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and short in long and len(short) >= SAME * len(long)
