"""Values of a reading in the words people use for them."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.records.reading import Bounds, Claim, Event, Reading
from sayso.records.span import Span
from sayso.records.vocabulary import noun_of

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


def place_in_words(event: Event, reading: Reading) -> str:
    """Where, as written and as resolved: "the town (Manbij, Aleppo, SY)"; "" when no place is named."""
    written = reading.quote(event.place) if event.place else ""
    if event.place_is is None:
        return written
    place = event.place_is
    known = ", ".join(dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part))
    return f"{written} ({known})" if written else known


def date_in_words(event: Event, reading: Reading) -> str:
    """When, as written and as reckoned: "on Wednesday (2016-06-08)"; "" when neither is known."""
    written = reading.quote(event.time) if event.time else ""
    reckoned = event.date or (bounds_in_words(*event.date_bounds) if event.date_bounds else "")
    return f"{written} ({reckoned})" if written and reckoned else written or reckoned


def bounds_in_words(first: str | None, last: str | None) -> str:
    """The first and last day possible.

    >>> bounds_in_words("2016-02-19", None), bounds_in_words("2016-02-19", "2016-03-01")
    ('from 2016-02-19 on', 'between 2016-02-19 and 2016-03-01')
    """
    if first and last:
        return f"between {first} and {last}"
    return f"from {first} on" if first else f"until {last}" if last else ""


def reasons_of(event: Event) -> Iterator[tuple[str, str]]:
    """What was resolved of an event, each with its reason and how precise it is."""
    if place := event.place_is:
        spot = f"{place.lat:.3f}, {place.lon:.3f}, {place.level}, where_prec {place.precision}"
        yield "place", f"{place.why} ({spot})"
    if event.date_why:
        precision = f" (date_prec {event.date_precision})" if event.date_precision else ""
        yield "date", f"{event.date_why}{precision}"
    for name, codes in (("ACLED", event.acled), ("PLOVER", event.plover)):
        if codes:
            yield name, " / ".join(value for value in codes.values() if value)
    if event.ucdp and (kind := event.ucdp.get("type_of_violence")):
        yield "UCDP", f"type of violence {kind}"
    if event.codes_why:
        yield "codes", event.codes_why


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
    yield noun_of(record.type), record.trigger
    yield from (("who", span) for span in record.actors)
    yield from (("whom", span) for span in record.targets)
    singles = {"where": record.place, "when": record.time, "killed": record.killed, "wounded": record.wounded}
    yield from ((name, span) for name, span in {**singles, "with": record.weapon}.items() if span)
