"""The brief as one self-contained page: a map, a timeline, the lines of each section, and the accounts behind them.

No script and nothing from outside: the page may be mailed, printed and kept. Every outside word is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources
from itertools import groupby

from sayso.linking.pool import Pool
from sayso.records.pool import Account, Dispute, DisputeSide, Incident
from sayso.records.vocabulary import noun_of
from sayso.views.brief import svg_map, svg_timeline
from sayso.views.brief.compose import QUOTE, SPOKEN, STATES, Brief, Line, Section, place_name
from sayso.views.brief.map_marks import NOBODY, families
from sayso.views.brief.markup import link, phrase, safe, words
from sayso.views.plain import one_line

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
MOST_LINKS = 24  # accounts linked from a line; how many more there are is said
MOST_ROWS = 150  # of the map's table
WORDS = 400  # characters quoted of an account in the list


def in_html(brief: Brief, pool: Pool) -> str:
    """The whole page."""
    accounts = _Accounts(brief, pool)
    told = [i for i in brief.incidents if i.status in SPOKEN and i.type not in STATES]
    style = "".join(
        resources.files("sayso.views").joinpath(name).read_text(encoding="utf-8")
        for name in ("page.css", "brief/brief.css")
    )
    style += "".join(f".mark.{f.name} {{ fill: {f.colour}; }}\n" for f in dict.fromkeys(families().values()))
    seen = [*_map(told, brief, pool), *_timeline(told)]
    body = "\n".join([*_head(brief), *seen, *_sections(brief, accounts), *accounts.listed(), "</main>", *_foot()])
    return (
        '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY, quote=True)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{safe(brief.title)}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


class _Accounts:
    """The accounts that the lines rest on, numbered as they come, and listed by report at the end."""

    def __init__(self, brief: Brief, pool: Pool) -> None:
        used = (key for section in brief.sections for line in section.lines for key in line.accounts)
        self._accounts = [pool.accounts[key] for key in dict.fromkeys(used) if key in pool.accounts]
        self._accounts.sort(key=lambda a: (a.published or "9999", a.report, a.start, a.key))
        self._numbers = {account.key: n for n, account in enumerate(self._accounts, 1)}

    def links(self, keys: Iterable[str]) -> str:
        """Links to the accounts."""
        numbers = sorted({self._numbers[key] for key in keys if key in self._numbers})
        if not numbers:
            return ""
        shown = " ".join(f'<a href="#account-{n}">{n}</a>' for n in numbers[:MOST_LINKS])
        more = f" and {len(numbers) - MOST_LINKS} more" if len(numbers) > MOST_LINKS else ""
        return f'<p class="refs">{"accounts" if len(numbers) > 1 else "account"} {shown}{more}</p>'

    def listed(self) -> Iterator[str]:
        """All of them, under their reports."""
        if not self._accounts:
            return
        yield '<section id="accounts" aria-labelledby="accounts-h">\n<h2 id="accounts-h">The accounts</h2>'
        yield '<ol class="reports">'
        by_report: dict[str, list[Account]] = {}
        for account in self._accounts:
            by_report.setdefault(account.report, []).append(account)
        for found in by_report.values():
            yield _report(found[0])
            yield '<ul class="accounts">'
            yield from (self._told(list(alike)) for _, alike in groupby(found, key=_wording))
            yield "</ul>\n</li>"
        yield "</ol>\n</section>"

    def _told(self, alike: list[Account]) -> str:
        """Accounts of one wording by one voice: an item with all their numbers."""
        numbers = " ".join(f'<span id="account-{(n := self._numbers[a.key])}">{n}</span>' for a in alike)
        kinds = ", ".join(dict.fromkeys(_kind(account) for account in alike))
        chain = " → ".join(f"{voice.name}{'' if voice.named else ' (unnamed)'}" for voice in alike[0].chain)
        quote = words(alike[0].words, WORDS)
        return (
            f'<li><span class="no">{numbers}</span> {quote} <span class="by">{safe(kinds)}; {phrase(chain)}</span></li>'
        )


def _wording(account: Account) -> tuple[int, int, tuple[str, ...]]:
    return account.start, account.end, tuple(voice.name for voice in account.chain)


def _kind(account: Account) -> str:
    return noun_of(account.type) + ("" if account.status in SPOKEN else f" ({account.status})")


def _report(account: Account) -> str:
    outlet = account.chain[-1].name if account.chain else ""
    said = " · ".join(f"<bdi>{safe(one_line(part))}</bdi>" for part in (outlet, account.published or "no date") if part)
    title = f'<b dir="auto">{safe(one_line(account.title or "(no title found)"))}</b>'
    url = f"<br>{link(account.url)}" if account.url else ""
    return f"<li><p>{title}<br>{said}{url}</p>"


def _head(brief: Brief) -> Iterator[str]:
    yield '<a class="skip" href="#main">Skip to the text</a>'
    yield f'<header>\n<h1>{phrase(brief.title)}</h1>\n<p class="about">{phrase(brief.about)}.</p>'
    if brief.sections:
        yield '<nav aria-label="Sections"><ul>'
        yield from (f'<li><a href="#{safe(s.name)}">{safe(s.title)}</a></li>' for s in brief.sections)
        yield '<li><a href="#accounts">The accounts</a></li></ul></nav>'
    yield '</header>\n<main id="main">'
    if not brief.sections:
        yield "<p>Nothing is told of what was asked for.</p>"


def _map(told: list[Incident], brief: Brief, pool: Pool) -> Iterator[str]:
    drawn = svg_map.map_of(told, brief.holdings, pool.accounts)
    if not drawn.svgs:
        return
    yield '<section aria-labelledby="map-h">\n<h2 id="map-h">Where</h2>\n<figure>'
    yield from (f'<div class="wide" tabindex="0">{svg}</div>' for svg in drawn.svgs)
    yield '<ul class="legend" aria-label="Legend">'
    yield from (f"<li>{item}</li>" for item in svg_map.legend(drawn))
    yield "</ul>\n<figcaption>" + " ".join(_map_notes(drawn)) + "</figcaption>\n</figure>"
    yield from _places_table(drawn)
    yield "</section>"


def _map_notes(drawn: svg_map.Map) -> Iterator[str]:
    if any(spot.marks for spot in drawn.marks.spots):
        yield "A symbol’s area is the number of independent voices."
    if any(spot.holding for spot in drawn.marks.spots):
        yield "A square is a place that somebody is said to hold, its letter who, its outline how surely."
    if len(drawn.svgs) > 1:
        yield "The second map shows what is framed in the first."
    if drawn.strays:
        names = "; ".join(f"<bdi>{safe(one_line(place_name(spot.place)))}</bdi>" for spot in drawn.strays[:6])
        more = f" and {len(drawn.strays) - 6} more places" if len(drawn.strays) > 6 else ""
        yield f"Too far off to be shown: {names}{more}."
    if drawn.crowded:
        yield f"{drawn.crowded} places of which least is told are left off."
    if drawn.marks.coarse or drawn.marks.placeless:
        yield (
            f"Not on the map: {drawn.marks.coarse} incidents known only by province, line or country, and "
            f"{drawn.marks.placeless} whose place is not known."
        )
    yield "Borders as Natural Earth draws them, by who controls; they say nothing of who is in the right."


def _places_table(drawn: svg_map.Map) -> Iterator[str]:
    yield "<details><summary>The map as a table</summary>"
    rows = [
        (
            f"<bdi>{safe(one_line(place_name(spot.place)))}</bdi>",
            f"{sum(len(mark.incidents) for mark in spot.marks)}",
            f"{spot.voices}",
            phrase(f"{spot.holding.actor or NOBODY} ({spot.holding.status})") if spot.holding else "",
        )
        for spot in drawn.marks.spots[:MOST_ROWS]
    ]
    yield from _table(("place", "incidents", "independent voices", "held by"), rows, numbers={1, 2})
    if len(drawn.marks.spots) > MOST_ROWS:
        yield f'<p class="by">… and {len(drawn.marks.spots) - MOST_ROWS} more</p>'
    yield "</details>"


def _timeline(told: list[Incident]) -> Iterator[str]:
    timeline = svg_timeline.timeline_of(told)
    if not timeline.bars:
        return
    yield '<section aria-labelledby="when-h">\n<h2 id="when-h">When</h2>\n<figure>'
    yield f'<div class="wide" tabindex="0">{svg_timeline.in_svg(timeline)}</div>'
    yield '<ul class="legend" aria-label="Legend">'
    for kind, meaning in (("told", "told without dispute"), ("disputed", "disputed")):
        yield f'<li><svg class="key" viewBox="0 0 20 20" aria-hidden="true"><rect class="{kind}" x="3" y="3" width="14" height="14"/></svg>{meaning}</li>'  # noqa: E501
    notes = [f"Incidents by {timeline.unit}."]
    notes += [f"{timeline.undated} whose day is not known are not counted."] if timeline.undated else []
    notes += [f"{timeline.outside} far before or after are left off."] if timeline.outside else []
    yield f"</ul>\n<figcaption>{' '.join(notes)}</figcaption>\n</figure>"
    yield "<details><summary>The timeline as a table</summary>"
    rows = [(day, f"{plain}", f"{disputed}") for day, plain, disputed in svg_timeline.rows(timeline)]
    yield from _table((timeline.unit, "told without dispute", "disputed"), rows, numbers={1, 2})
    yield "</details>\n</section>"


def _sections(brief: Brief, accounts: _Accounts) -> Iterator[str]:
    told = [dispute for incident in brief.incidents for dispute in incident.disputes]
    told += [found.dispute for found in brief.holder_disputes]
    disputes = {tuple(key for side in dispute.sides for key in side.accounts): dispute for dispute in told}
    for section in brief.sections:
        name = safe(section.name)
        yield f'<section id="{name}" aria-labelledby="{name}-h">\n<h2 id="{name}-h">{safe(section.title)}</h2>'
        yield from _lines(section, accounts, disputes if section.name == "disputed" else {})
        if section.left_out:
            yield f'<p class="by">… and {section.left_out} more</p>'
        yield "</section>"


def _lines(section: Section, accounts: _Accounts, disputes: dict[tuple[str, ...], Dispute]) -> Iterator[str]:
    is_open = False
    last = ""
    for line in section.lines:
        if line.head and line.head != last:
            yield ("</ul>\n" if is_open else "") + f"<h3>{phrase(line.head)}</h3>"
            is_open, last = False, line.head
        if not is_open:
            yield '<ul class="lines">'
            is_open = True
        dispute = disputes.get(line.accounts)
        yield _sides(line, dispute, accounts) if dispute else _line(line, accounts)
    yield "</ul>" if is_open else ""


def _line(line: Line, accounts: _Accounts) -> str:
    parts = [f'<p class="says">{phrase(line.says)}</p>']
    parts += [f'<p class="by">{phrase(line.sources)}</p>'] if line.sources else []
    parts += [f"<p>{words(line.quote, QUOTE)}</p>"] if line.quote else []
    return f"<li>{''.join(parts)}{accounts.links(line.accounts)}</li>"


def _sides(line: Line, dispute: Dispute, accounts: _Accounts) -> str:
    sides = "".join(_side(side, accounts) for side in dispute.sides)
    return f'<li><p class="says">{phrase(line.says)}</p><div class="sides">{sides}</div></li>'


def _side(side: DisputeSide, accounts: _Accounts) -> str:
    quote = words(side.words[0], QUOTE) if side.words else ""
    return (
        f'<div class="side"><h4>{phrase(side.says)}</h4>{quote}<p class="by">{phrase("; ".join(side.voices))}</p>'
        f"{accounts.links(side.accounts)}</div>"
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], numbers: set[int]) -> Iterator[str]:
    """`numbers`: the columns that are counts."""
    kinds = [' class="n"' if n in numbers else "" for n in range(len(heads))]
    cells = "".join(f'<th scope="col"{kind}>{head}</th>' for head, kind in zip(heads, kinds, strict=True))
    yield f'<div class="wide" tabindex="0"><table>\n<thead><tr>{cells}</tr></thead>\n<tbody>'
    for first, *rest in rows:
        others = "".join(f"<td{kind}>{cell}</td>" for cell, kind in zip(rest, kinds[1:], strict=True))
        yield f'<tr><th scope="row">{first}</th>{others}</tr>'
    yield "</tbody>\n</table></div>"


def _foot() -> Iterator[str]:
    yield (
        "<footer>\n<p>Composed by sayso from the accounts listed: each line says on whose word. sayso does not rule on "
        "who is right. Map background: Natural Earth, public domain.</p>\n</footer>"
    )
