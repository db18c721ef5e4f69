"""How a page signs and dates its report where a reader sees it: byline, date and outlet shown around the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from sayso.pages.html import metadata
from sayso.pages.html.dates import read_date
from sayso.pages.html.features import Scene
from sayso.pages.html.judge import Judgement
from sayso.pages.html.lines import ABOVE_BIT, Line
from sayso.pages.html.marks import NAMES as MARKS
from sayso.pages.lines import marks
from sayso.pages.page import Known

ABOVE_TITLE, BELOW_TITLE = 6, 10  # lines around the title among which bylines and dates stand
BELOW_TEXT = 4  # lines under the last paragraph among which the writer signs
FOOTER = 30  # lines at the end of a page among which its owner is named
SIGN_WORDS = 24  # of a line that signs or dates a report, with "reading time" and the like; more is a sentence
OPENING = 70  # characters of a paragraph in which "RAQQA, June 9, 2016, Agency -" stands
BYLINE_MARK = 1 << MARKS.index("byline")
_DASH = re.compile(r"\s[-–—]|[-–—]\s|:\s")


class Signs(msgspec.Struct, frozen=True):
    """What a reader sees beside the text itself; None where it is not shown."""

    byline: Known | None = None
    published: Known | None = None
    outlet: Known | None = None


def signs_of(scene: Scene, judgement: Judgement, title_at: int | None) -> Signs:
    """Look for byline and date around the title and under the text, and for the owner in the page's last lines."""
    at = title_at if title_at is not None else judgement.first
    near = range(max(0, at - ABOVE_TITLE), min(len(scene.lines), at + BELOW_TITLE))
    around = [scene.lines[k] for k in sorted(near, key=lambda k: abs(k - at)) if k != at]
    below = [scene.lines[k] for k in range(max(0, judgement.last), min(len(scene.lines), judgement.last + BELOW_TEXT))]
    opening = [scene.lines[k].text for k in judgement.kept[:3]]  # a standfirst and a heading may stand before it
    return Signs(_byline(around, below), _date(around, opening), _owner(scene.lines[-FOOTER:]))


def _short(lines: list[Line]) -> Iterator[Line]:
    return (line for line in lines if not line.place.hidden and len(line.text.split()) <= SIGN_WORDS)


def _byline(around: list[Line], below: list[Line]) -> Known | None:
    for line in _short(around):
        names = metadata.without_by(line.text)
        if marks.is_byline(line.text) or (line.place.near & BYLINE_MARK and metadata.are_names(names)):
            return Known(names, "the byline shown")
    for line in _short(below):
        if metadata.are_names(line.text) and not line.linked:
            return Known(line.text, "the names under the text")
    return None


def _date(around: list[Line], opening: list[str]) -> Known | None:
    for line in _short(around):
        if metadata.CHANGED.match(line.text) or line.place.tags & ABOVE_BIT["h1"]:
            continue
        if (date := read_date(line.text)) is not None:
            return Known(date, f"the line “{line.text[:OPENING]}”")
    for text in opening:
        dash = _DASH.search(text[:OPENING])
        if dash is not None and (date := read_date(text[: dash.start()])) is not None:
            return Known(date, f"the dateline “{text[: dash.start()]}”")
    return None


def _owner(lines: list[Line]) -> Known | None:
    for line in reversed(lines):
        if (name := metadata.copyright_holder(line.text)) is not None:
            return Known(name, "the page's copyright line")
    return None
