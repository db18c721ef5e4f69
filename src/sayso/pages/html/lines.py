"""A page's DOM -> its lines, in document order, each with where in the tree it stands.

A line is what a browser would set apart: block-level elements, table cells and `<br>` end it. Nothing is left out but
what no reader sees as text (scripts, styles, drawings); hidden elements give lines that are marked as hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from lxml.html import HtmlElement

from sayso.pages.html.marks import LONGEST, mark_bits

# What carries no words of the page for a reader. `head` is read by metadata.py.
UNREAD = frozenset(
    [
        "script",
        "style",
        "head",
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
        "meta",
        "link",
        "rp",
        "area",
        "track",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "iframe",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noframes",
        "noscript",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
SPACED = frozenset(["option", "a"])  # neighbours of one kind without a blank between them are still two words
EMPHASIS = frozenset(["b", "strong", "em", "i"])
HIDDEN_TAGS = frozenset(["noscript", "template", "noframes", "iframe"])
HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
NAMING = frozenset(["class", "id", "itemprop", "role", "data-testid"])

# Elements whose being above a line says something of it; the order is the order of bits and of features.
ABOVE = [
    "article",
    "main",
    "aside",
    "footer",
    "header",
    "nav",
    "figure",
    "figcaption",
    "li",
    "ul",
    "ol",
    "table",
    "form",
    "blockquote",
    "button",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "section",
    "dl",
    "time",
    "address",
    "label",
    "pre",
]
ABOVE_BIT = {tag: 1 << at for at, tag in enumerate(ABOVE)}
TELLING = BLOCKS | EMPHASIS | HIDDEN_TAGS | frozenset(ABOVE) | {"a"}  # the rest has a place only if it has a name


class Place(msgspec.Struct, frozen=True, eq=False):
    """Where text stands: the element, its way up, and what the elements above it say together.

    `tags`: bits of ABOVE for this element and all above it. `marks`: bits of the words in class and id of this
    element; `near`: of it and the two elements above it that have any; `over`: of all above it.
    """

    element: HtmlElement
    parent: Place | None
    depth: int
    tags: int
    marks: int
    near: int
    over: int
    hidden: bool
    linked: bool
    strong: bool


class Line(msgspec.Struct, frozen=True, eq=False):
    """One line: its words, its block, the place most of its letters stand in, and counts of letters and links.

    `broken` says that only `<br>` parts it from the line before; `pictured`, that a picture stands between the two.
    """

    text: str
    block: Place
    place: Place
    letters: int
    linked: int
    strong: int
    broken: bool
    pictured: bool
    links: int


def place_of(element: HtmlElement, tag: str, above: Place | None) -> Place:
    """The place of `element` under `above`."""
    bit = ABOVE_BIT.get(tag, 0)
    marks, hidden = 0, tag in HIDDEN_TAGS
    for name, value in element.items():
        if name in NAMING:
            marks |= mark_bits(value[:LONGEST])
        elif name == "style":
            hidden = hidden or HIDDEN_STYLE.search(value[:LONGEST]) is not None
        elif name == "hidden":
            hidden = True
    if above is None:
        return Place(element, None, 0, bit, marks, marks, marks, hidden, False, False)
    near = marks | above.marks
    if above.parent is not None:
        near |= above.parent.marks
    return Place(
        element,
        above,
        above.depth + 1,
        above.tags | bit,
        marks,
        near,
        above.over | marks,
        above.hidden or hidden,
        above.linked or tag == "a",
        above.strong or tag in EMPHASIS,
    )


class _Gatherer:
    """Collects runs of text into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.runs: list[tuple[str, Place]] = []
        self.broken = False
        self.pictured = self.picture_inside = False

    def picture(self) -> None:
        """A picture: the next line stands after it."""
        if self.runs:
            self.picture_inside = True
        else:
            self.pictured = True

    def add(self, text: str | None, place: Place) -> None:
        """Text as it stands in the source, to go on the line being gathered."""
        if text and (self.runs or not text.isspace()):
            self.runs.append((text, place))

    def gap(self) -> None:
        """A blank between two neighbours that touch in the source."""
        if self.runs:
            self.runs.append((" ", self.runs[-1][1]))

    def end(self, block: Place, broken: bool) -> None:
        """End the line being gathered; `broken`: by `<br>`, so that the next line goes on in the same block."""
        if self.runs:
            runs, self.runs = self.runs, []
            text = " ".join("".join([run for run, _ in runs]).split())
            self.lines.append(_line(text, runs, block, self.broken, self.pictured))
            self.broken, self.pictured, self.picture_inside = broken, self.picture_inside, False
        self.broken = self.broken and broken


def _line(text: str, runs: list[tuple[str, Place]], block: Place, broken: bool, pictured: bool) -> Line:
    letters = len(text) - text.count(" ")
    place = runs[0][1]
    if all(other is place for _, other in runs):
        return Line(text, block, place, letters, letters * place.linked, letters * place.strong, broken, pictured,
                    int(place.linked))  # fmt: skip
    shares: dict[Place, int] = {}
    for run, place in runs:
        shares[place] = shares.get(place, 0) + len("".join(run.split()))
    linked = sum(size for place, size in shares.items() if place.linked)
    strong = sum(size for place, size in shares.items() if place.strong)
    links = sum(place.linked and size > 0 for place, size in shares.items())
    return Line(text, block, max(shares, key=shares.__getitem__), letters, linked, strong, broken, pictured, links)


def lines_of(root: HtmlElement) -> list[Line]:
    """The lines of the tree under `root`. No recursion: nesting is bounded by the parser, not by Python's stack."""
    gatherer = _Gatherer()
    here = place_of(root, root.tag, None)
    gatherer.add(root.text, here)
    stack: list[tuple[HtmlElement, Place, Place, Iterator[HtmlElement]]] = [(root, here, here, iter(root))]
    while stack:
        element, here, block, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if block.element is element:
                gatherer.end(block, False)
            if stack:
                gatherer.add(element.tail, stack[-1][1])
            continue
        tag = child.tag
        if tag == "br":
            gatherer.end(block, True)
            gatherer.add(child.tail, here)
        elif tag in UNREAD or not isinstance(tag, str):
            gatherer.add(child.tail, here)
        else:
            if tag == "img":
                gatherer.picture()
            below = place_of(child, tag, here) if tag in TELLING or child.keys() else here
            within = block
            if tag in BLOCKS:
                gatherer.end(block, False)
                within = below
            elif tag in SPACED and _touches(child, tag):
                gatherer.gap()
            gatherer.add(child.text, below)
            stack.append((child, below, within, iter(child)))
    return gatherer.lines


def _touches(child: HtmlElement, tag: str) -> bool:
    before = child.getprevious()
    return before is not None and before.tag == tag
