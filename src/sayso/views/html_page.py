"""One report as a self-contained HTML page: its text with claims and events marked, and both as tables.

No script and nothing from outside: the page may be mailed, printed and kept. Every word of the report is escaped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources
from itertools import pairwise

from sayso.records import SET_ASIDE_KINDS, Part, Report
from sayso.records.reading import Bounds, Claim, Event, Reading
from sayso.records.span import Span
from sayso.records.vocabulary import noun_of
from sayso.views.plain import in_lines
from sayso.views.wording import (
    OWN_WORD,
    caution,
    count_in_words,
    counted,
    date_in_words,
    place_in_words,
    reasons_of,
    voice_of,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_HEADS = frozenset({"title", "heading"})


def html_page(reading: Reading) -> str:
    """The whole page. Offsets are the reading's; the marks nest as the claims do."""
    report = reading.report
    style = resources.files("sayso.views").joinpath("page.css").read_text(encoding="utf-8")
    language = escape(report.language or "und", quote=True)
    body = "\n".join([*_head(report), *_text(reading), *_events(reading), *_claims(reading), *_set_aside(report)])
    title = _safe(report.title or "Report")
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{_direction(report.text)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY, quote=True)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _safe(text: str) -> str:
    return escape(in_lines(text), quote=True)


def _direction(text: str) -> str:
    """The direction of the first letter that has one."""
    kinds = (unicodedata.bidirectional(char) for char in text[:2000])
    return next(("rtl" if kind in ("R", "AL") else "ltr" for kind in kinds if kind in ("L", "R", "AL")), "ltr")


def _head(report: Report) -> Iterator[str]:
    yield f"<header>\n<h1>{_safe(report.title or '(no title found)')}</h1>\n<dl>"
    for name in ("outlet", "byline", "published", "language", "url"):
        value = getattr(report, name)
        if value or name in ("outlet", "published"):
            how = f' <span class="how">from {_safe(report.known[name])}</span>' if name in report.known else ""
            yield f"<dt>{name}</dt><dd>{_safe(value) if value else 'not found'}{how}</dd>"
    for note in report.notes:
        yield f"<dt>note</dt><dd>{_safe(note)}</dd>"
    if report.received:
        yield f'<dt>received</dt><dd class="how">{_safe(report.received.where)}, {_safe(report.received.digest)}</dd>'
    yield (
        '</dl>\n<p class="legend"><span class="source">source</span><span class="cue">cue</span>'
        '<span class="content">what is said</span><mark>event</mark></p>\n</header>'
    )


def _text(reading: Reading) -> Iterator[str]:
    report = reading.report
    marks = _Marks(reading)
    yield "<main>"
    for part in report.parts or (Part(kind="paragraph", start=0, end=len(report.text)),):
        if part.kind in SET_ASIDE_KINDS or part.start == part.end:
            continue
        tag = "h2" if part.kind in _HEADS else "p"
        doubt = ' class="doubt" title="kept, although it may not be of the report"' if part.doubt else ""
        yield f"<{tag}{doubt}>{marks.within(part.start, part.end)}</{tag}>"
    yield "</main>"


class _Marks:
    """The text cut where any mark begins or ends; each piece carries the classes of all marks over it."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.report.text
        self._over: list[tuple[Span, str]] = []
        self._after: dict[int, list[str]] = {}
        for claim in reading.claims:
            nested = " nested" if claim.within else ""
            self._over += [(span, f"content{nested}") for span in claim.content]
            self._over += [(claim.source, "source")] if claim.source else []
            self._over += [(claim.cue, "cue")] if claim.cue else []
            self._point((claim.cue or claim.content[0])[1], claim.id)
        self._triggers = {event.trigger: event.status for event in reading.events}
        for event in reading.events:
            self._point(event.trigger[1], event.id)
        every = [span for span, _ in self._over] + list(self._triggers)
        self._cuts = sorted({at for span in every for at in span} | set(self._after))

    def _point(self, at: int, ident: str) -> None:
        self._after.setdefault(at, []).append(f'<sup id="at-{ident}"><a href="#{ident}">{ident}</a></sup>')

    def within(self, start: int, end: int) -> str:
        cuts = [start, *(cut for cut in self._cuts if start < cut < end), end]
        pieces = []
        for a, b in pairwise(cuts):
            pieces.append(self._piece(a, b))
            pieces += self._after.get(b, [])
        return "".join(pieces)

    def _piece(self, start: int, end: int) -> str:
        words = _safe(self._text[start:end]).replace("\n", "<br>")
        status = next((s for (a, b), s in self._triggers.items() if a <= start and end <= b), None)
        if status:
            words = f'<mark class="{status}">{words}</mark>'
        classes = sorted({name for (a, b), names in self._over if a <= start and end <= b for name in names.split()})
        return f'<span class="{" ".join(classes)}">{words}</span>' if classes else words


def _events(reading: Reading) -> Iterator[str]:
    yield f"<section>\n<h2>{counted(len(reading.events), 'event')}</h2>"
    if warning := caution(reading):
        yield f'<p class="doubt">{_safe(warning)}</p>'
    sources = {claim.id: claim for claim in reading.claims}
    heads = ("", "what", "who", "whom", "where", "when", "killed", "wounded", "status", "on whose word", "why")
    rows = []
    for event in reading.events:
        cells = (
            _link(event.id),
            f"{_safe(noun_of(event.type))}<br><q>{_safe(reading.quote(event.trigger))}</q>",
            _names(event.actors_are),
            _names(event.targets_are),
            _safe(place_in_words(event, reading)),
            _safe(date_in_words(event, reading)),
            _count(event.killed_n),
            _count(event.wounded_n),
            _safe(event.status),
            _word(event, sources),
            _reasons(event),
        )
        rows.append((event.id, cells))
    yield from _table(heads, rows)
    yield "</section>"


def _reasons(event: Event) -> str:
    rows = "".join(f"<dt>{_safe(name)}</dt><dd>{_safe(why)}</dd>" for name, why in reasons_of(event))
    return f"<details><summary>reasons</summary><dl>{rows}</dl></details>" if rows else ""


def _word(event: Event, claims: dict[str, Claim]) -> str:
    if event.claim is None:
        return OWN_WORD
    claim = claims[event.claim]
    return f"{_safe(voice_of(claim))} {_link(claim.id, back=False)}"


def _claims(reading: Reading) -> Iterator[str]:
    yield f"<section>\n<h2>{counted(len(reading.claims), 'claim')}</h2>"
    rows = []
    for claim in reading.claims:
        said = " … ".join(_safe(reading.quote(span)) for span in claim.content)
        within = _link(claim.within, back=False) if claim.within else ""
        rows.append(
            (claim.id, (_link(claim.id), _safe(voice_of(claim)), _safe(claim.stance), f"<q>{said}</q>", within))
        )
    yield from _table(("", "who", "stance", "the words", "inside"), rows)
    yield "</section>"


def _link(ident: str, *, back: bool = True) -> str:
    return f'<a href="#{"at-" if back else ""}{escape(ident)}">{escape(ident)}</a>'


def _table(heads: Iterable[str], rows: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    yield f'<div class="wide" tabindex="0"><table>\n<thead><tr>{cells}</tr></thead>\n<tbody>'
    for ident, row in rows:
        yield f'<tr id="{ident}">' + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
    yield "</tbody>\n</table></div>"


def _names(names: Iterable[str]) -> str:
    return "<br>".join(_safe(name) for name in names)


def _count(bounds: Bounds | None) -> str:
    return "" if bounds is None else escape(count_in_words(bounds))


def _set_aside(report: Report) -> Iterator[str]:
    if report.set_aside:
        yield f"<section>\n<h2>{counted(len(report.set_aside), 'line')} set aside</h2>\n<ul>"
        for line in report.set_aside:
            yield f'<li><span class="dim">{_safe(line.kind)}</span> {_safe(line.text)}</li>'
        yield "</ul>\n</section>"
