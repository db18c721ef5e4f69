"""What a report says, in a terminal: its events and its claims, and each span in its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from sayso.records.reading import Claim, Event, Reading
from sayso.records.span import Span
from sayso.records.vocabulary import noun_of
from sayso.views.plain import one_line
from sayso.views.wording import (
    caution,
    count_in_words,
    counted,
    date_in_words,
    place_in_words,
    reasons_of,
    spans_of,
    voice_of,
    word_of,
)

_ID = 5
_QUOTE = 160  # characters of a claim's words; the whole is in the text, the JSON and the HTML page
_AROUND = 90  # characters of text shown on each side of a span's neighbours
_DIM, _EVENT, _VOICE = "dim", "bold red", "blue"


def findings(reading: Reading, *, explain: bool = False) -> Iterator[Text]:
    """The lines of a reading: events, then claims. `explain` adds the sentence with each span named."""
    if warning := caution(reading):
        yield Text(f"  {one_line(warning)}", style="yellow")
    yield Text(f"  {counted(len(reading.events), 'event')}", style="cyan")
    for note in reading.notes:
        yield Text(f"  {one_line(note)}", style="yellow")
    for event in reading.events:
        yield from _event(event, reading)
        if explain:
            yield _in_its_words(event, reading)
            yield from _reasons(event, reading)
    yield Text(f"  {counted(len(reading.claims), 'claim')}", style="cyan")
    for claim in reading.claims:
        yield _claim(claim, reading)
        if explain:
            yield _in_its_words(claim, reading)
    yield Text("")


def _event(event: Event, reading: Reading) -> Iterator[Text]:
    who = ", ".join(event.actors_are) or "somebody"
    whom = f" → {', '.join(event.targets_are)}" if event.targets else ""
    facts = [f"at {where}"] if (where := place_in_words(event, reading)) else []
    facts += [when] if (when := date_in_words(event, reading)) else []
    facts += [f"killed {count_in_words(event.killed_n)}"] if event.killed_n else []
    facts += [f"wounded {count_in_words(event.wounded_n)}"] if event.wounded_n else []
    yield Text.assemble(
        (f"  {event.id:>{_ID}} ", _DIM),
        (noun_of(event.type), _EVENT),
        f" “{one_line(reading.quote(event.trigger))}” ",
        (event.status, "" if event.status == "happened" else "yellow"),
        f": {one_line(who + whom)}" if event.actors or event.targets else "",
        "".join(f"; {one_line(fact)}" for fact in facts),
    )
    yield Text.assemble(" " * (_ID + 3), (f"on whose word: {one_line(word_of(event, reading))}", _VOICE))


def _reasons(event: Event, reading: Reading) -> Iterator[Text]:
    known = {actor.id: actor for actor in reading.actors}
    for ident in dict.fromkeys((*event.actor_ids, *event.target_ids)):
        if ident and ident in known:
            yield _reason(known[ident].name, known[ident].why)
    for name, why in reasons_of(event):
        yield _reason(name, why)


def _reason(name: str, why: str) -> Text:
    return Text(f"{' ' * (_ID + 3)}{one_line(name)}: {one_line(why)}", style=_DIM)


def _claim(claim: Claim, reading: Reading) -> Text:
    said = one_line(" … ".join(reading.quote(span) for span in claim.content))
    shown = said if len(said) <= _QUOTE else said[: _QUOTE - 1] + "…"
    inside = f" (inside {claim.within})" if claim.within else ""
    return Text.assemble(
        (f"  {claim.id:>{_ID}} ", _DIM), (one_line(voice_of(claim)), _VOICE), f" {claim.stance}{inside}: “{shown}”"
    )


def _in_its_words(record: Claim | Event, reading: Reading) -> Text:
    """The stretch of text that holds all spans of a record, each in brackets with its name."""
    spans = sorted(spans_of(record), key=lambda item: (item[1][0], -item[1][1]))
    start, end = _stretch(reading.report.text, [span for _, span in spans])
    line = Text(" " * (_ID + 3) + ("… " if start else ""), style=_DIM)
    opens: dict[int, list[str]] = {}
    closes: dict[int, int] = {}
    for name, (a, b) in spans:
        opens.setdefault(a, []).append(name)
        closes[b] = closes.get(b, 0) + 1
    at = start
    for cut in sorted({*opens, *closes}):
        line.append(one_space(reading.report.text[at:cut]))
        line.append("]" * closes.get(cut, 0), style="bold")
        for name in opens.get(cut, []):
            line.append(f"[{name} ", style="bold")
        at = cut
    line.append(one_space(reading.report.text[at:end]) + ("" if end == len(reading.report.text) else " …"))
    return line


def one_space(text: str) -> str:
    """`text` on one line; the blanks at its ends are kept as one."""
    inner = one_line(text)
    lead = " " if text[:1].isspace() else ""
    return f"{lead}{inner}{' ' if inner and text[-1:].isspace() else ''}"


def _stretch(text: str, spans: list[Span]) -> Span:
    """From the sentence (or `_AROUND` characters) before the first span to the same after the last."""
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    begins = [found + len(mark) for mark in (". ", "\n") if (found := text.rfind(mark, 0, first)) >= 0]
    start = max([*begins, first - _AROUND, 0])
    ends = [found for mark in (". ", "\n") if (found := text.find(mark, last)) >= 0]
    return start, min([*(e + 1 for e in ends), last + _AROUND, len(text)])
