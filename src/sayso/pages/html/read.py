"""An HTML page -> its lines judged, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from lxml.html import HtmlElement

from sayso.pages.html import dom, metadata
from sayso.pages.html.dates import read_date
from sayso.pages.forest import Forest
from sayso.pages.html.features import Floats, Scene, scene_of, table
from sayso.pages.html.judge import Judgement, forest
from sayso.pages.html.lines import ABOVE_BIT, Line, lines_of
from sayso.pages.html.marks import NAMES as MARKS
from sayso.pages.html.titles import find_title
from sayso.pages.html.witnesses import Testimony, all_testimonies
from sayso.pages.lines import marks
from sayso.pages.normalise import tidy
from sayso.pages.page import Hints, Judged, Known, Page, PageReading
from sayso.pages.text import read_text_page
from sayso.records import Problem, SaysoError

ABOVE_TITLE, BELOW_TITLE = 6, 10  # lines around the title among which bylines and dates stand
SIGN_WORDS = 16  # of a line that signs or dates a report; more is a sentence
BYLINE_MARK = 1 << MARKS.index("byline")
DATE_MARK = 1 << MARKS.index("date")


class Look(msgspec.Struct, frozen=True):
    """One page's tree, looked at but not judged: what its places say, and the table the forest judges by.

    `titles` are the titles its metadata give, without the outlet's name, surest first.
    """

    source: metadata.Source
    url: Known | None
    outlet: Known | None
    titles: tuple[Known, ...]
    testimonies: tuple[Testimony, ...]
    scene: Scene
    table: Floats


class Read(msgspec.Struct, frozen=True):
    """A look, judged; and the title, with the line it is shown on."""

    look: Look
    judgement: Judgement
    title: Known | None
    title_at: int | None


def read_html_page(page: Page) -> PageReading:
    """A page of media html, read. SaysoError when it holds no words, or more than can be read in bounded time."""
    source = dom.source_of(page.data, page.received.charset)
    root = dom.tree_of(source)
    if root is None:
        return _as_plain_text(page, source)
    look = look_at(root, source.html, page.hints)
    if look is None:
        raise SaysoError(_problem(page, "the page holds no words"))
    reading = reading_of(judge(look, forest()))
    return PageReading(reading.lines, reading.known, (*source.notes, *reading.notes))


def look_at(root: HtmlElement, html: str, hints: Hints) -> Look | None:
    """Everything that looks at the tree; None when there are no lines. Strips the tree."""
    source = metadata.source_of(root, hints)
    url = metadata.url_of(source)
    outlet = metadata.outlet_of(source, url)
    titles = tuple(metadata.without_outlet(known, outlet) for known in metadata.titles(source))
    dom.strip(root)
    body = root.find("body")
    lines = lines_of(body if body is not None else root)
    if not lines:
        return None
    testimonies = all_testimonies(root, html)
    scene = scene_of(lines, testimonies)
    return Look(source, url, outlet, titles, testimonies, scene, table(scene, titles[0].value if titles else ""))


def judge(look: Look, model: Forest) -> Read:
    """A look judged by what a forest says of the rows of its table."""
    judgement = Judgement(look.scene, model.score(look.table), model.voices)
    title, at = find_title(look.scene, judgement.first, judgement.last, look.titles)
    return Read(look, judgement, title, at)


def reading_of(read: Read) -> PageReading:
    """The lines in order, what the page says of itself, and notes."""
    known, notes = _known(read)
    judged, mended = _tidied(_judged(read))
    return PageReading(tuple(judged), known, (*mended, *notes))


def _judged(read: Read) -> Iterator[Judged]:
    """The title first, then every line a reader sees, in order."""
    again = {read.look.scene.letters[read.title_at]} if read.title_at is not None else set()
    rest = []
    for at in range(len(read.look.scene.lines)):
        line = read.judgement.judged(at)
        if line is None or at == read.title_at:
            continue
        if at <= read.judgement.first and read.look.scene.letters[at] in again:
            line = msgspec.structs.replace(line, kind="furniture", doubt=False, why="the title again")
        rest.append((at, line))
    if read.title is not None:
        why = "the page's heading" if read.title_at is not None else f"from {read.title.where}; not shown as such"
        where = _title_place(read)
        yield from (line for at, line in rest if at < where)
        yield Judged(text=read.title.value, kind="title", why=why)
        yield from (line for at, line in rest if at >= where)
    else:
        yield from (line for _, line in rest)


def _title_place(read: Read) -> int:
    """Where the title stands among the lines: where it is shown, but above everything that is kept."""
    if read.title_at is None:
        return 0
    return min(read.title_at, read.judgement.first)


def _tidied(judged: Iterator[Judged]) -> tuple[list[Judged], tuple[str, ...]]:
    """The lines with their marks and blanks made plain, all at once; lines of invisible marks alone fall out."""
    lines = list(judged)
    text, notes = tidy("\n".join(line.text for line in lines))
    rows = text.split("\n")
    return [msgspec.structs.replace(line, text=row) for line, row in zip(lines, rows, strict=True) if row], notes


def _known(read: Read) -> tuple[dict[str, Known], list[str]]:
    """What the page says of itself, by `Hints`' names, and what does not fit."""
    look, source, notes = read.look, read.look.source, list[str]()
    dates = metadata.dates_of(source, look.url, _shown_date(read))
    if not dates and (guess := metadata.last_resort(source.root, look.url)) is not None:
        dates = [guess]
    notes += metadata.disagreements(dates)
    modified = metadata.modified_of(source)
    if modified is not None and not dates:
        notes.append(f"Only a date of change is given: {modified.value} by {modified.where}.")
    byline = metadata.byline_of(source, look.outlet) or _shown_byline(read) or source.hints.byline
    found = {
        "title": read.title, "outlet": look.outlet, "byline": byline, "published": dates[0] if dates else None,
        "language": metadata.language_of(source), "url": look.url,
    }  # fmt: skip
    return {name: known for name, known in found.items() if known is not None}, notes


def _signs(read: Read) -> Iterator[Line]:
    """The short lines around the title and right after the report's first paragraph's start, nearest first."""
    at = read.title_at if read.title_at is not None else read.judgement.first
    near = sorted(
        range(max(0, at - ABOVE_TITLE), min(len(read.look.scene.lines), at + BELOW_TITLE)), key=lambda k: abs(k - at)
    )
    for k in near:
        line = read.look.scene.lines[k]
        if k != at and not line.place.hidden and len(line.text.split()) <= SIGN_WORDS:
            yield line


def _shown_byline(read: Read) -> Known | None:
    for line in _signs(read):
        if marks.is_byline(line.text):
            return Known(metadata.without_by(line.text), "the byline shown")
    for line in _signs(read):
        if line.place.near & BYLINE_MARK and marks.is_name(line.text):
            return Known(line.text, "the line marked as author")
    return None


def _shown_date(read: Read) -> Known | None:
    for line in _signs(read):
        if metadata.CHANGED.match(line.text) or line.place.tags & ABOVE_BIT["h1"]:
            continue
        if (date := read_date(line.text)) is not None:
            return Known(date, f"the line “{line.text[:80]}”")
    return None


def _as_plain_text(page: Page, source: dom.Source) -> PageReading:
    """The page's words without its tree, read as plain text, with a note that says so."""
    words = dom.plain_words(source)
    if words is None:
        raise SaysoError(_problem(page, "too many elements to be a report"))
    if not words.strip():
        raise SaysoError(_problem(page, "the page holds no words"))
    received = msgspec.structs.replace(page.received, media="text", charset="utf-8")
    read = read_text_page(Page(data=words.encode("utf-8", "replace"), received=received, hints=page.hints))
    note = "Read as plain text: the page's elements are nested too deep, or too many."
    return PageReading(read.lines, read.known, (*source.notes, note, *read.notes))


def _problem(page: Page, reason: str) -> Problem:
    received = page.received
    return Problem(where=received.where, reason=reason, line=received.line, record=received.record or received.entry)
