"""A page -> a report: dispatch by medium, what the caller gives, the language, and where each value came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from sayso.pages.assemble import assemble
from sayso.pages.page import Judged, Known, Page, PageReading
from sayso.pages.text import clean_report, read_text_page
from sayso.records import SET_ASIDE_KINDS, Problem, Report, SaysoError

GIVEN = "given by you"
FIELDS = ("title", "outlet", "byline", "published", "language", "url")
FEWEST_LETTERS = 40  # of kept text for its language to be told at all
TOLD_FROM = 500  # characters of kept text: more does not make the language surer
PLAIN = 400  # characters of kept text from which the words are believed against what the page says


class Overrides(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller knows better than the page: `published` (ISO 8601) and `outlet`."""

    published: str | None = None
    outlet: str | None = None


NO_OVERRIDES = Overrides()


def report_of(page: Page, overrides: Overrides = NO_OVERRIDES) -> Report:
    """One received page as a report. SaysoError when there is nothing to read in it.

    The page's own words on title, date and so on come first, what its container says second; `overrides` before both.
    """
    report = clean_report(page) if page.received.media == "clean" else _report_read(page)
    return _dated(_with_overrides(report, overrides))


def _report_read(page: Page) -> Report:
    reading = _read(page)
    text, parts, aside = assemble(reading.lines)
    if not text:
        raise SaysoError(_problem(page, "no report is found in it"))
    known = _merged(page, reading.known)
    notes = list(reading.notes)
    language, said_otherwise = _language(known.get("language"), reading.lines)
    if language is not None:
        known["language"] = language
    return Report(
        id=page.id or page.received.digest,
        text=text,
        parts=parts,
        set_aside=aside,
        known={name: value.where for name, value in known.items()},
        notes=(*notes, *said_otherwise),
        received=page.received,
        **{name: value.value for name, value in known.items()},
    )


def _read(page: Page) -> PageReading:
    if page.received.media == "html":
        from sayso.pages.html import read_html_page  # the extractors take half a second to import: not for text alone

        return read_html_page(page)
    return read_text_page(page)


def _problem(page: Page, reason: str) -> Problem:
    received = page.received
    return Problem(where=received.where, reason=reason, line=received.line, record=received.record or received.entry)


def _merged(page: Page, known: dict[str, Known]) -> dict[str, Known]:
    """By `FIELDS`: what the page says, else what came with it. A mail's headers are its own word and come first."""
    found: dict[str, Known] = {}
    for name in FIELDS:
        said, came = known.get(name), getattr(page.hints, name)
        first, second = (came, said) if page.received.media == "mail" else (said, came)
        if value := first or second:
            found[name] = value
    return found


def _language(said: Known | None, lines: Sequence[Judged]) -> tuple[Known | None, tuple[str, ...]]:
    """The language as a BCP 47 tag: as the page says, or by its words where it says none or they plainly differ."""
    words = " ".join(line.text for line in lines if line.kind not in SET_ASIDE_KINDS)[:TOLD_FROM]
    if len(re.findall(r"[^\W\d_]", words)) < FEWEST_LETTERS:
        return said, ()
    told = language_of(words)
    if told is None or (said is not None and said.value.split("-")[0].lower() == told):
        return said, ()
    if said is None:
        return Known(told, "told by its words"), ()
    if len(words) < PLAIN:
        return said, ()
    return Known(told, "told by its words"), (
        f"The language is {told} by its words, but {said.value} by {said.where}.",
    )


def language_of(words: str) -> str | None:
    """ISO 639-1 code of the language of `words`, or None when no language is plain.

    >>> language_of("The council said on Monday that the road to the town was open again.")
    'en'
    """
    import py3langid  # loads its model on import, which reading clean text can do without

    code, _ = py3langid.classify(words)
    return str(code) if code else None


def _with_overrides(report: Report, overrides: Overrides) -> Report:
    """The report with what the caller gave, and a note where the page says otherwise."""
    notes, known, values = list(report.notes), dict(report.known), dict[str, str]()
    for name, value in (("published", overrides.published), ("outlet", overrides.outlet)):
        if value is None:
            continue
        said = getattr(report, name)
        if said is not None and not _agree(name, said, value):
            notes.append(
                f"{name.capitalize()} is {value}, {GIVEN}, but {said} by {report.known.get(name, 'the page')}."
            )
        known[name], values[name] = GIVEN, value
    if not values:
        return report
    return msgspec.structs.replace(report, notes=tuple(notes), known=known, **values)


def _dated(report: Report) -> Report:
    """The report without a date of publication that is none: a note keeps it."""
    if report.published is None:
        return report
    try:
        date.fromisoformat(report.published[:10])
    except ValueError:
        note = f"Published is given as “{report.published[:80]}”, which is no date."
        known = {name: where for name, where in report.known.items() if name != "published"}
        return msgspec.structs.replace(report, published=None, known=known, notes=(*report.notes, note))
    return report


def _agree(name: str, said: str, given: str) -> bool:
    """Whether two values say the same: dates by their days, names whatever their case."""
    return said[:10] == given[:10] if name == "published" else said.casefold() == given.casefold()
