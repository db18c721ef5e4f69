"""People's decisions as gold readings: annotations that stand off, with the digest of the text and never the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.ledger import Ledger
from sayso.ledger.review_effect import counting, effects, in_effect
from sayso.records import digest_of
from sayso.records.reading import Claim, Event, Reading

CORPUS = "ledger"  # whose texts these are: of the ledger that was reviewed
_SETTLING = frozenset({"accept", "mend", "reject"})
_CLAIM = ("id", "source", "source_is", "cue", "content", "via", "stance", "within")
_EVENT = (
    "id", "type", "trigger", "actors", "actors_are", "targets", "targets_are", "place", "place_is", "time", "date",
    "killed", "killed_n", "wounded", "wounded_n", "weapon", "status", "claim", "incident",
)  # fmt: skip
_PLACE = ("name", "country", "lat", "lon", "level")


def gold(ledger: Ledger, *, partial: bool = False) -> Iterator[dict[str, Any]]:
    """The reports of which every claim and event was decided, as `training/gold/*.json` has them.

    `partial`: also those of which some were; then only what was decided stands in `claims` and `events`. `complete`
    says which it is, and `rejected` what the reader found there and people did not.
    """
    counts = counting(ledger.connection, "v")
    pages = ledger.connection.execute(
        f"SELECT DISTINCT v.page FROM reviewed v WHERE v.page > 0 AND {counts} ORDER BY 1"  # noqa: S608
    ).fetchall()
    for (page,) in pages:
        by = effects(ledger.connection, page)
        decided = {record for record, effect in by.items() if effect.decision in _SETTLING and record}
        reading = ledger.load(page)
        complete = decided >= _ids(reading)
        if decided and (complete or partial):
            yield _gold(reading, in_effect(reading, by), decided, complete)


def _gold(machine: Reading, now: Reading, decided: set[str], complete: bool) -> dict[str, Any]:
    digest = digest_of(machine.report.text.encode())
    kept = _ids(now)
    return {
        "id": f"{CORPUS}-{digest.removeprefix('sha256:')[:10]}",
        "corpus": CORPUS,
        "key": machine.id,
        "digest": digest,
        "published": machine.report.published[:10] if machine.report.published else None,
        "claims": [_claim(claim) for claim in now.claims if claim.id in decided],
        "events": [_event(event) for event in now.events if event.id in decided],
        "complete": complete,
        "rejected": [
            *(_claim(claim) for claim in machine.claims if claim.id in decided - kept),
            *(_event(event) for event in machine.events if event.id in decided - kept),
        ],
    }


def _ids(reading: Reading) -> set[str]:
    return {claim.id for claim in reading.claims} | {event.id for event in reading.events}


def _claim(claim: Claim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in _CLAIM}


def _event(event: Event) -> dict[str, Any]:
    place = event.place_is
    said = {name: getattr(event, name) for name in _EVENT}
    return {**said, "place_is": {name: getattr(place, name) for name in _PLACE} if place else None}
