"""Values of a reading in the words people use for them."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.records.reading import Bounds, Claim, Event, Reading
from sayso.records.span import Span

OWN_WORD = "the report's own"
UNSTATED = "not said who"


def count_in_words(bounds: Bounds) -> str:
    """Bounds as people write them.

    >>> [count_in_words(b) for b in ((3, 3), (24, None), (0, 40), (20, 30), (None, 5))]
    ['3', '24 or more', 'up to 40', '20 to 30', 'up to 5']
    """
    low, high = bounds
    if high is None:
        return f"{low} or more"
    if low == high:
        return str(low)
    return f"{low} to {high}" if low else f"up to {high}"


def caution(reading: Reading) -> str | None:
    """A warning where finding nothing means little: the reader knows English only."""
    language = reading.report.language
    if language is None or language.split("-")[0] == "en":
        return None
    return f"the reader knows English; this report is in another language ({language}), so what it says may be missed"


def counted(number: int, name: str) -> str:
    """ "no events", "1 event", "2 events"."""
    return f"{number or 'no'} {name}{'' if number == 1 else 's'}"


def voice_of(claim: Claim) -> str:
    """Who says it and through whom: "an aid worker, through Reuters"."""
    who = claim.source_is or UNSTATED
    return f"{who}, through {', '.join(claim.via)}" if claim.via else who


def word_of(event: Event, reading: Reading) -> str:
    """On whose word an event stands."""
    claim = next((c for c in reading.claims if c.id == event.claim), None)
    return OWN_WORD if claim is None else f"{voice_of(claim)} ({claim.id})"


def spans_of(record: Claim | Event) -> Iterator[tuple[str, Span]]:
    """Every span of a claim or event with what it is, in no order."""
    if isinstance(record, Claim):
        yield from (("said", span) for span in record.content)
        yield from ((name, span) for name, span in (("source", record.source), ("cue", record.cue)) if span)
        return
    yield record.type.replace("_", " "), record.trigger
    yield from (("who", span) for span in record.actors)
    yield from (("whom", span) for span in record.targets)
    singles = {"where": record.place, "when": record.time, "killed": record.killed, "wounded": record.wounded}
    yield from ((name, span) for name, span in {**singles, "with": record.weapon}.items() if span)
