"""A report as an analyst reads it in a terminal: what it is, how each thing is known, what was kept and set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.text import Text

from sayso.records import SET_ASIDE_KINDS, Part, PartKind, Received, Report
from sayso.views.plain import in_lines, one_line

_ONE: dict[PartKind, str] = {"list_item": "list item", "furniture": "furniture line"}
_ORDER: tuple[PartKind, ...] = (
    "title", "byline", "dateline", "heading", "paragraph", "list_item", "caption", "teaser", "furniture",
)  # fmt: skip
_LABEL = 12  # the longest label and two blanks
_QUOTE = 90  # of a line in doubt, enough to find it on the page
_WARM = "yellow"
_COOL = "dim"


def account(report: Report, *, text: bool = False, set_aside: bool = False) -> Iterator[Text]:
    """The lines of a report's account. Everything from outside is made safe and is never read as markup."""
    yield Text(one_line(report.title) if report.title else "(no title found)", style="bold")
    for name in ("outlet", "byline", "published", "language", "url"):
        yield from _field(name, getattr(report, name), report.known.get(name))
    if report.title and report.known.get("title"):
        yield _row("title", Text(f"({one_line(report.known['title'])})", style=_COOL))
    yield _row("kept", Text(_kept(report)))
    yield _row("set aside", Text(_counted(part for part in report.parts if part.kind in SET_ASIDE_KINDS) or "nothing"))
    yield from _doubts(report)
    for note in report.notes:
        yield _row("note", Text(one_line(note), style=_WARM))
    if report.received:
        yield _row("received", Text(_received(report.received), style=_COOL))
    if text:
        yield from _text(report)
    if set_aside:
        yield from _set_aside(report)


def summary(reports: int, events: int, claims: int, doubts: int, problems: int) -> Text:
    """The last line of an account of several reports."""
    parts = [_count(reports, "report"), _count(events, "event"), _count(claims, "claim")]
    parts += [f"{_count(doubts, 'line')} in doubt"] if doubts else []
    parts += [f"{_count(problems, 'problem')} (named above)"] if problems else []
    return Text(", ".join(parts), style="bold")


def doubts_of(report: Report) -> list[Part]:
    """The parts that were kept although the line model would rather have dropped them."""
    return [part for part in report.parts if part.doubt]


def _field(name: str, value: str | None, where: str | None) -> Iterator[Text]:
    if value:
        how = Text(f"  ({one_line(where)})", style=_COOL) if where else Text("")
        yield _row(name, Text.assemble(one_line(value), how))
    elif name in ("outlet", "published"):  # what every record of an event needs: say that it is missing
        yield _row(name, Text("not found", style=_WARM))


def _row(label: str, value: Text) -> Text:
    return Text.assemble("  ", (label.ljust(_LABEL), "cyan"), value)


def _kept(report: Report) -> str:
    words = f"{len(report.text.split()):,} words"
    counted = _counted(part for part in report.parts if part.kind not in SET_ASIDE_KINDS)
    return f"{counted} ({words})" if counted else f"the text as it was given ({words})"


def _counted(parts: Iterable[Part]) -> str:
    """ "1 title, 18 paragraphs": how many there are of each kind."""
    counts = Counter(part.kind for part in parts)
    return ", ".join(_count(counts[kind], _ONE.get(kind, kind)) for kind in _ORDER if counts[kind])


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"


def _doubts(report: Report) -> Iterator[Text]:
    for part in doubts_of(report):
        words = one_line(report.words_of(part))
        quote = words if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"
        why = f": {one_line(part.why)}" if part.why else ""
        how = f"  kept as {_ONE.get(part.kind, part.kind)}, {part.score:.0%} sure{why}"
        yield _row("in doubt", Text.assemble((f"“{quote}”", _WARM), (how, _COOL)))


def _received(received: Received) -> str:
    from sayso.pages.limits import in_words

    place = received.where if received.line is None else f"{received.where}:{received.line}"
    bits = [place, f"{received.media}, {in_words(received.size)}", received.charset or ""]
    bits += [f"record {received.record}" if received.record else "", received.recorded or ""]
    bits += [f"entry {received.entry}" if received.entry else "", received.digest[:23] + "…"]
    return " · ".join(one_line(bit) for bit in bits if bit)


def _text(report: Report) -> Iterator[Text]:
    yield Text("")
    kept = [part for part in report.parts if part.kind not in SET_ASIDE_KINDS]
    if not kept:
        yield Text(in_lines(report.text))
    for part in kept:
        mark = Text("[in doubt] ", style=_WARM) if part.doubt else Text("")
        yield Text.assemble(
            mark, (in_lines(report.words_of(part)), "bold" if part.kind in ("title", "heading") else "")
        )
        yield Text("")


def _set_aside(report: Report) -> Iterator[Text]:
    yield Text("")
    yield Text("Set aside:", style="bold")
    for line in report.set_aside:
        yield _row(line.kind, Text(one_line(line.text), style=_COOL))
