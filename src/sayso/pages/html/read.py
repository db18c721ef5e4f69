"""An HTML page -> its lines judged, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from lxml.html import HtmlElement

from sayso.pages.forest import Forest
from sayso.pages.html import dom, metadata
from sayso.pages.html.dates import day_of
from sayso.pages.html.features import Floats, Scene, scene_of, table
from sayso.pages.html.judge import Judgement, forest, is_spoken
from sayso.pages.html.lines import lines_of
from sayso.pages.html.signs import signs_of
from sayso.pages.html.titles import Title, find_title
from sayso.pages.html.witnesses import Testimony, all_testimonies
from sayso.pages.normalise import tidy
from sayso.pages.page import Hints, Judged, Known, Page, PageReading
from sayso.pages.text import read_text_page
from sayso.records import SET_ASIDE_KINDS, Problem, SaysoError

_BLANK_LINES = re.compile(r"\n\s*\n")


class Look(msgspec.Struct, frozen=True):
    """One page's tree, looked at but not judged: what its places say, and the table the forest judges by.

    `titles` are the titles its metadata give, surest first; `outlet` is None where only its address would name it.
    """

    source: metadata.Source
    url: Known | None
    outlet: Known | None
    titles: tuple[Known, ...]
    testimonies: tuple[Testimony, ...]
    scene: Scene
    table: Floats


class Read(msgspec.Struct, frozen=True):
    """A look, judged, and the title."""

    look: Look
    judgement: Judgement
    title: Title


def read_html_page(page: Page) -> PageReading:
    """A page of media html, read. SaysoError when it holds no words, or more than can be read in bounded time."""
    source = dom.source_of(page.data, page.received.charset)
    root = dom.tree_of(source)
    look = look_at(root, source.html, page.hints) if root is not None else None
    if look is None:
        return _as_plain_text(page, source)
    reading = reading_of(judge(look, forest()))
    return PageReading(reading.lines, reading.known, (*source.notes, *reading.notes))


def look_at(root: HtmlElement, html: str, hints: Hints) -> Look | None:
    """Everything that looks at the tree; None when it has no lines, or more than `dom.MOST_LINES`. Strips the tree."""
    source = metadata.source_of(root, hints)
    url = metadata.url_of(source)
    titles = tuple(metadata.titles(source))
    dom.strip(root)
    body = root.find("body")
    lines = lines_of(body if body is not None else root)
    if not 0 < len(lines) <= dom.MOST_LINES:
        return None
    testimonies = all_testimonies(root, html)
    scene = scene_of(lines, testimonies)
    return Look(
        source,
        url,
        metadata.outlet_of(source),
        titles,
        testimonies,
        scene,
        table(scene, titles[0].value if titles else ""),
    )


def judge(look: Look, model: Forest) -> Read:
    """A look judged by what a forest says of the rows of its table."""
    judgement = Judgement(look.scene, model.score(look.table), model.voices)
    return Read(look, judgement, find_title(look.scene, judgement.first, judgement.last, look.titles))


def reading_of(read: Read) -> PageReading:
    """The lines in order, what the page says of itself, and notes."""
    known, notes = _known(read)
    judged, mended = _tidied(_judged(read))
    return PageReading(tuple(judged), known, (*mended, *notes))


def _judged(read: Read) -> Iterator[Judged]:
    """Every line a reader sees, in order; the title where it is shown, but above everything that is kept."""
    title = read.title
    rest = [(at, line) for at in range(len(read.look.scene.lines)) if at != title.at and (line := _line(read, at))]
    if title.known is None:
        yield from (line for _, line in rest)
        return
    kept = next((at for at, line in rest if line.kind not in SET_ASIDE_KINDS), len(read.look.scene.lines))
    place = min(title.at, kept) if title.at is not None else 0
    why = title.known.where if title.at is not None else f"from {title.known.where}; not shown as such"
    yield from (line for at, line in rest if at < place)
    yield Judged(text=title.known.value, kind="title", why=why)
    yield from (line for at, line in rest if at >= place)


def _line(read: Read, at: int) -> Judged | None:
    """A line as judged, in the light of the title: what says it again, and short lines above it, are furniture."""
    line, scene, title = read.judgement.judged(at), read.look.scene, read.title.at
    if line is None or title is None or line.kind in SET_ASIDE_KINDS:
        return line
    if at <= read.judgement.first and scene.letters[at] == scene.letters[title]:
        return msgspec.structs.replace(line, kind="furniture", doubt=False, why="the title again")
    if at < title and line.kind not in ("byline", "dateline") and not is_spoken(scene, at):
        return msgspec.structs.replace(line, kind="furniture", doubt=False, why="a short line above the title")
    return line


def _tidied(judged: Iterator[Judged]) -> tuple[list[Judged], tuple[str, ...]]:
    """The lines with their marks and blanks made plain, all at once; lines of invisible marks alone fall out."""
    lines = list(judged)
    text, notes = tidy("\n".join(line.text for line in lines))
    rows = text.split("\n")
    return [msgspec.structs.replace(line, text=row) for line, row in zip(lines, rows, strict=True) if row], notes


def _known(read: Read) -> tuple[dict[str, Known], list[str]]:
    """What the page says of itself, by `Hints`' names, and what does not fit."""
    look, source, notes = read.look, read.look.source, list[str]()
    signs = signs_of(look.scene, read.judgement, read.title.at)
    outlet = look.outlet or read.title.beside or signs.outlet or metadata.outlet_by_host(look.url)
    dates = metadata.dates_of(source, look.url, signs.published)
    modified = metadata.modified_of(source)
    guess = None if dates else metadata.last_resort(source.root, look.url)
    if guess is not None and (modified is None or day_of(guess.value) != day_of(modified.value)):
        dates = [guess]
    notes += metadata.disagreements(dates)
    if modified is not None and not dates:
        notes.append(f"Only a date of change is given: {modified.value} by {modified.where}.")
    found = {
        "title": read.title.known, "outlet": outlet, "url": look.url, "published": dates[0] if dates else None,
        "byline": metadata.byline_of(source, outlet) or signs.byline or source.hints.byline,
        "language": metadata.language_of(source),
    }  # fmt: skip
    return {name: known for name, known in found.items() if known is not None}, notes


def _as_plain_text(page: Page, source: dom.Source) -> PageReading:
    """The page's words without its tree, read as plain text, with a note that says so."""
    words = dom.plain_words(source)
    if words is None:
        raise SaysoError(_problem(page, "too many elements to be a report"))
    words = _BLANK_LINES.sub("\n\n", words)  # nested blocks leave one each
    if words.count("\n") > 5 * dom.MOST_LINES:
        raise SaysoError(_problem(page, "too many lines to be a report"))
    if not words.strip():
        raise SaysoError(_problem(page, "the page holds no words"))
    received = msgspec.structs.replace(page.received, media="text", charset="utf-8")
    read = read_text_page(Page(data=words.encode("utf-8", "replace"), received=received, hints=page.hints))
    note = "Read as plain text: the page's elements are nested too deep, or too many, or hold no words."
    return PageReading(read.lines, read.known, (*source.notes, note, *read.notes))


def _problem(page: Page, reason: str) -> Problem:
    received = page.received
    return Problem(where=received.where, reason=reason, line=received.line, record=received.record or received.entry)
