"""What a record should say instead: fields of a claim or event as a person sees them, checked against the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from math import isfinite
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from sayso.ledger.days import bounds
from sayso.ledger.plain_names import is_name
from sayso.records import Problem, SaysoError
from sayso.records.reading import Bounds, Claim, Event, Reading
from sayso.records.resolved import Place
from sayso.records.span import Span
from sayso.records.vocabulary import EventType, Stance, Status

MOST_BYTES = 65_536  # of a mend: a claim of a hundred spans takes a tenth
_MOST_SPANS = 100  # of one field
_LONGEST = 200  # characters of a name, as the tables keep it
_MOST_PEOPLE = 100_000_000  # killed or wounded: more is a slip of the hand
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_WIDE_PRECISION = ((1, 1), (6, 2), (7, 3), (31, 4))  # UCDP's date_prec by the days that are possible
_PEOPLE = ("actors", "targets")

Record = TypeVar("Record", Claim, Event)


class EventMend(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fields of an event as they should be; what is left out stays. They are those of `records.reading.Event`."""

    type: EventType | UnsetType = UNSET
    status: Status | UnsetType = UNSET
    trigger: Span | UnsetType = UNSET
    actors: tuple[Span, ...] | UnsetType = UNSET
    actors_are: tuple[str, ...] | UnsetType = UNSET
    actor_ids: tuple[str | None, ...] | UnsetType = UNSET
    targets: tuple[Span, ...] | UnsetType = UNSET
    targets_are: tuple[str, ...] | UnsetType = UNSET
    target_ids: tuple[str | None, ...] | UnsetType = UNSET
    place: Span | UnsetType | None = UNSET
    place_is: Place | UnsetType | None = UNSET
    time: Span | UnsetType | None = UNSET
    date: str | UnsetType | None = UNSET
    killed: Span | UnsetType | None = UNSET
    killed_n: Bounds | UnsetType | None = UNSET
    wounded: Span | UnsetType | None = UNSET
    wounded_n: Bounds | UnsetType | None = UNSET
    weapon: Span | UnsetType | None = UNSET
    claim: str | UnsetType | None = UNSET


class ClaimMend(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fields of a claim as they should be; what is left out stays. They are those of `records.reading.Claim`."""

    source: Span | UnsetType | None = UNSET
    source_is: str | UnsetType | None = UNSET
    source_id: str | UnsetType | None = UNSET
    cue: Span | UnsetType | None = UNSET
    content: tuple[Span, ...] | UnsetType = UNSET
    via: tuple[str, ...] | UnsetType = UNSET
    via_ids: tuple[str | None, ...] | UnsetType = UNSET
    stance: Stance | UnsetType = UNSET
    within: str | UnsetType | None = UNSET


def checked(record: Claim | Event, reading: Reading, given: bytes) -> bytes:
    """A mend as it is kept: JSON of the fields that differ from the machine's, in order.

    SaysoError when a span does not stand in the text, a value is none of its field's, or nothing differs.
    """
    if len(given) > MOST_BYTES:
        raise refused(f"it is larger than {MOST_BYTES:,} bytes")
    _check_date(_fields_of(record, given).get("date"))
    mended: Claim | Event = with_mend(record, given)  # type: ignore[type-var]  # of whichever kind it is
    fields = {
        name: getattr(mended, name)
        for name in _fields_of(record, given)
        if getattr(mended, name) != getattr(record, name)
    }
    if not fields:
        raise refused("nothing in it is other than the record says")
    _check_spans(fields, len(reading.report.text))
    if isinstance(mended, Event):
        _check_event(mended, reading)
    else:
        _check_claim(mended, reading)
    return msgspec.json.encode(fields, order="sorted")


def with_mend(record: Record, given: bytes | str, who: str = "") -> Record:
    """The record with the fields of a mend in place of its own; what follows from them is reckoned anew."""
    fields = _fields_of(record, given)
    if "date" in fields:
        fields |= _date_fields(fields["date"], who)
    if fields.keys() & {"source", "source_is", "source_id"}:
        fields |= {"sources": (), "source_ids": ()}
    if fields.keys() & {"place", "place_is"}:
        fields |= {"also_at": ()}
    return msgspec.structs.replace(record, **fields)


def _fields_of(record: Claim | Event, given: bytes | str) -> dict[str, Any]:
    """The fields that a mend gives."""
    kind: Any = EventMend if isinstance(record, Event) else ClaimMend
    try:
        mend = msgspec.json.decode(given, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise refused(str(error)[:300]) from None
    return {name: value for name, value in msgspec.structs.asdict(mend).items() if value is not UNSET}


def _date_fields(day: str | None, who: str) -> dict[str, Any]:
    first, last = bounds(day)
    if not first:
        return {"date_precision": None, "date_bounds": None, "date_guessed": False, "date_why": f"no date, says {who}"}
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    precision = next((code for most, code in _WIDE_PRECISION if days <= most), 5)
    return {"date_precision": precision, "date_bounds": None, "date_guessed": False, "date_why": f"so says {who}"}


def _check_spans(fields: dict[str, Any], length: int) -> None:
    for name, value in fields.items():
        for span in _spans(name, value):
            if not 0 <= span[0] < span[1] <= length:
                raise refused(f"{name}: there are no words from {span[0]} to {span[1]} of its text")


def _spans(name: str, value: Any) -> Iterable[Span]:
    if name in ("trigger", "place", "time", "killed", "wounded", "weapon", "source", "cue"):
        return [value] if value is not None else []
    if name not in ("actors", "targets", "content"):
        return []
    if len(value) > _MOST_SPANS:
        raise refused(f"{name}: more than {_MOST_SPANS} spans")
    return list(value)


def _check_event(event: Event, reading: Reading) -> None:
    for side in _PEOPLE:
        spans, names = getattr(event, side), getattr(event, f"{side}_are")
        ids = getattr(event, f"{side[:-1]}_ids") or (None,) * len(spans)
        if not len(spans) == len(names) == len(ids):
            raise refused(f"{side}: each needs its words, its name and its id or null")
        _check_names(side, [*names, *(ident for ident in ids if ident is not None)])
    _check_number("killed_n", event.killed_n)
    _check_number("wounded_n", event.wounded_n)
    if event.place_is is not None:
        _check_place(event.place_is)
    if event.claim is not None and all(claim.id != event.claim for claim in reading.claims):
        raise refused(f"claim: the report has no {event.claim[:20]!r}")


def _check_claim(claim: Claim, reading: Reading) -> None:
    if not claim.content:
        raise refused("content: a claim says something")
    if len(claim.via) > _MOST_SPANS or len(claim.via_ids or claim.via) != len(claim.via):
        raise refused("via: each relay needs its name and its id or null")
    _check_names("source", [name for name in (claim.source_is, claim.source_id) if name is not None])
    _check_names("via", [*claim.via, *(ident for ident in claim.via_ids if ident is not None)])
    around = {other.id: other.within for other in reading.claims} | {claim.id: claim.within}
    met, at = {claim.id}, claim.within
    while at is not None:
        if at not in around or at in met:
            raise refused(f"within: {at[:20]!r} is no other claim of the report, or lies in this one")
        met.add(at)
        at = around[at]


def _check_names(field: str, names: list[str]) -> None:
    for name in names:
        if not is_name(name, _LONGEST):
            raise refused(f"{field}: a name has 1 to {_LONGEST} printable characters")


def _check_number(field: str, number: Bounds | None) -> None:
    low, high = number or (None, None)
    for one in (low, high):
        if one is not None and not 0 <= one <= _MOST_PEOPLE:
            raise refused(f"{field}: {one} is no number of people")
    if low is not None and high is not None and low > high:
        raise refused(f"{field}: from {low} to {high}")
    if number == (None, None):
        raise refused(f"{field}: a number has one bound at least; null where there is none")


def _check_date(given: str | None) -> None:
    if given is None:
        return
    parts = given.split("/")
    try:
        if len(parts) > 2 or not all(_DAY.fullmatch(part) for part in parts):
            raise ValueError
        first, last = (date.fromisoformat(edge) for edge in bounds(given))
    except (ValueError, TypeError):
        raise refused(f"date: {given[:30]!r} is no day, month or year, nor two as A/B") from None
    if first > last:
        raise refused(f"date: from {first} to {last}")


def _check_place(place: Place) -> None:
    if not (isfinite(place.lat) and isfinite(place.lon) and abs(place.lat) <= 90 and abs(place.lon) <= 180):
        raise refused(f"place_is: {place.lat}, {place.lon} is not on the Earth")
    _check_names("place_is", [place.id, place.name])


def refused(reason: str) -> SaysoError:
    """A mend that cannot be, with the reason."""
    return SaysoError(Problem(where="the mend", reason=reason))
