"""A page of plain text, Markdown, mail or clean text -> judged lines, and what it says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sayso.pages.lines import judge_lines
from sayso.pages.lines.dated import date_in, dateline_in
from sayso.pages.lines.marks import suffix_of
from sayso.pages.lines.received import ReceivedLines, mail_lines, markdown_lines, plain_lines
from sayso.pages.lines.wordlists import one_of
from sayso.pages.normalise import normalise
from sayso.pages.page import Judged, Known, Page, PageReading
from sayso.records import Part, Report

CAPTIONS_AGREE = 2  # captions that end with one name make it the outlet's; a single one may name a place
TOP_LINES = 4  # among which the outlet's name stands by itself on a page copied from a browser
LONGEST_NAME = 40  # characters of an outlet's name
_FRONT_FIELDS = {
    "title": "title", "author": "byline", "byline": "byline", "date": "published", "published": "published",
    "outlet": "outlet", "source": "outlet", "publisher": "outlet", "lang": "language", "language": "language",
    "url": "url", "canonical": "url",
}  # fmt: skip
# "BEIRUT, June 8 (Reuters) - ...": place and date, the agency in brackets, a dash.
_AGENCY_LINE = re.compile(rf"(?:\(?[A-ZÀ-ÞĀ-ŽА-Я][^()–—]{{1,60}})\(({one_of('agencies')})\)\s?[-–—:]\s")
_BYLINE_OPENING = re.compile(r"^\W*(?:by|words by|text by|story by|written by|von|par|por|بقلم)\s+", re.IGNORECASE)
_LINE = re.compile(r"[^\s][^\r\n]*")


def read_text_page(page: Page) -> PageReading:
    """A page of media text, markdown or mail, read. `known` holds only what the text itself says, not the hints."""
    mended = normalise(page.data, page.received.charset)
    lines, known, notes = text_report_fields(page, mended.text)
    return PageReading(tuple(lines), known, (*mended.notes, *notes))


def text_report_fields(page: Page, text: str) -> tuple[list[Judged], dict[str, Known], tuple[str, ...]]:
    """Normalised text of a page -> its lines judged, what it says of itself (by `Hints`' names), and notes."""
    received = _received(page, text)
    judged = judge_lines(received.lines, received.given)
    known = _from_front(received.fields)
    for name, value in _from_lines(judged).items():
        known.setdefault(name, value)
    notes = [f"{received.joined} line breaks at a fixed width taken out."] if received.joined else []
    undated = next((line.text for line in judged if line.kind == "dateline"), None)
    if undated is not None and "published" not in known:
        notes.append(f"The date line “{undated[:80]}” cannot be read as one full date.")
    return judged, known, tuple(notes)


def clean_report(page: Page) -> Report:
    """A clean report exactly as given: the text unchanged, every line that is not empty a part, nothing set aside.

    The first line is the title's if the given title begins the text.
    """
    text = page.data.decode("utf-8")
    hints = {name: getattr(page.hints, name) for name in page.hints.__struct_fields__}
    values = {name: known.value for name, known in hints.items() if known is not None}
    return Report(
        id=page.id or page.received.digest,
        text=text,
        parts=_parts_of(text, values.get("title")),
        known={name: known.where for name, known in hints.items() if known is not None},
        received=page.received,
        **values,
    )


def _received(page: Page, text: str) -> ReceivedLines:
    match page.received.media:
        case "markdown":
            return markdown_lines(text)
        case "mail":
            return mail_lines(text)
        case _:
            return plain_lines(text)


def _parts_of(text: str, title: str | None) -> tuple[Part, ...]:
    """A part for every line that is not empty, by offsets into the text as given."""
    parts: list[Part] = []
    start = 0
    if title and text.startswith(title) and not text[len(title) : len(title) + 1].isalnum():
        parts.append(Part(kind="title", start=0, end=len(title), why="the given title"))
        start = len(title)
    for line in _LINE.finditer(text, start):
        end = line.start() + len(line[0].rstrip())
        parts.append(Part(kind="paragraph", start=line.start(), end=end, why="given as clean text"))
    return tuple(parts)


def _from_front(fields: dict[str, str]) -> dict[str, Known]:
    """What the front matter of a Markdown page says."""
    known: dict[str, Known] = {}
    for field, value in fields.items():
        name = _FRONT_FIELDS.get(field)
        read = date_in(value) if name == "published" else value
        if name is not None and read:
            known.setdefault(name, Known(read, "the page's front matter"))
    return known


def _from_lines(judged: Sequence[Judged]) -> dict[str, Known]:
    """What title, byline, dateline, first paragraph and captions say. Nothing is guessed."""
    known: dict[str, Known] = {}
    title = next((line.text for line in judged if line.kind == "title"), None)
    outlet = _outlet_of(judged)
    if title is not None:
        shown = title.removesuffix(f" - {outlet.value}") if outlet else title
        known["title"] = Known(shown, "the title line")
    byline = next((line.text for line in judged if line.kind == "byline"), None)
    if byline is not None:
        known["byline"] = Known(_BYLINE_OPENING.sub("", byline).strip("()") or byline, "the byline")
    for line in judged:
        if line.kind == "dateline" and (date := date_in(line.text)):
            known["published"] = Known(date, f"the date line “{line.text[:80]}”")
            break
    first = next((line.text for line in judged if line.kind == "paragraph"), "")
    agency = _AGENCY_LINE.match(first[:120])
    if agency is not None:
        opening = agency[0].rstrip(" -–—:")
        outlet = outlet or Known(agency[1], f"the dateline “{opening}”")
    else:
        opening = dateline_in(first) or ""
    if "published" not in known and (date := date_in(opening)):
        known["published"] = Known(date, f"the dateline “{opening}”")
    if outlet is not None:
        known["outlet"] = outlet
    return known


def _outlet_of(judged: Sequence[Judged]) -> Known | None:
    """The outlet whose name ends several captions, or stands alone at the top and is named as one elsewhere."""
    names = Counter(suffix for line in judged if line.kind == "caption" if (suffix := suffix_of(line.text)))
    for name, times in names.most_common(1):
        if times >= CAPTIONS_AGREE:
            return Known(name, f"{times} captions end with it")
    for at, line in enumerate(judged[:TOP_LINES]):
        if line.kind != "title" and (again := _named_again(line.text, judged[at + 1 :])):
            return Known(line.text, f"a line at the top; again in “{again[:60]}”")
    return None


def _named_again(name: str, below: Sequence[Judged]) -> str | None:
    """The line below in which a name is an outlet's: "© Name", "Name is a ...", "told Name", "Name's correspondent"."""
    if not 3 <= len(name) <= LONGEST_NAME or not name[0].isupper() or any(char.isdigit() for char in name):
        return None
    whole, first = re.escape(name), re.escape(name.split()[0])
    own = re.compile(rf"(?:©|[Cc]opyright)[^.]{{0,12}}{whole}|^{whole} is an? |\b(?:told|to) {whole}\b")
    people = re.compile(rf"\b(?:{whole}|{first})['’]s (?:correspondent|reporter)s?\b")
    return next((line.text for line in below if own.search(line.text) or people.search(line.text)), None)
