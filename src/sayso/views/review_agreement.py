"""How far coders agree who did not see each other's decisions: percent, Cohen's kappa, Krippendorff's alpha.

Cohen, A coefficient of agreement for nominal scales (1960); Krippendorff, Computing Krippendorff's alpha-reliability
(2011), nominal data.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, permutations
from typing import Any

import msgspec

from sayso.ledger import Ledger
from sayso.ledger.review_mends import with_mend
from sayso.ledger.review_standing import Taken, latest
from sayso.ledger.reviews import Subject, taken
from sayso.records.reading import Claim, Event, Reading

Unit = Mapping[str, str]  # what each coder said of one field of one record, as a category
FIELDS = (
    "decision", "kept", "type", "status", "trigger", "actors", "targets", "place", "date", "killed", "wounded", "claim",
    "stance", "source", "content", "within",
)  # fmt: skip
_KEPT = {"accept": "kept", "mend": "kept", "reject": "rejected", "unsure": "unsure"}


def agreements(ledger: Ledger) -> dict[str, Any]:
    """All coders together, and each two of them: docs/review.md has the fields."""
    coded = list(_coded(ledger))
    coders = sorted({coder for record in coded for coder in record["decision"]})
    pairs = []
    for two in combinations(coders, 2):
        shared = [record for record in coded if all(coder in record["decision"] for coder in two)]
        if shared:
            pairs.append({"coders": list(two), "records": len(shared), "fields": _fields(shared, two)})
    return {"coders": coders, "records": len(coded), "fields": _fields(coded, coders), "pairs": pairs}


def percent(units: Iterable[Unit]) -> float | None:
    """Of all pairs of coders on the same record, how many of 100 said the same; None: there are none."""
    same = pairs = 0
    for unit in units:
        for one, other in combinations(unit.values(), 2):
            same, pairs = same + (one == other), pairs + 1
    return 100 * same / pairs if pairs else None


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two coders. None where both always said the same one thing: chance explains all of it.

    >>> both = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    >>> round(kappa(both), 3)
    0.4
    """
    n = len(pairs)
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(count * others[value] for value, count in ones.items())
    if chance == n * n:
        return None
    return (n * sum(one == other for one, other in pairs) - chance) / (n * n - chance)


def alpha(units: Iterable[Unit]) -> float | None:
    """Krippendorff's alpha for nominal data, any number of coders, some missing. None where nothing varies."""
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for unit in units:
        for one, other in permutations(unit.values(), 2):
            weights[one, other] += 1 / (len(unit) - 1)
    totals: dict[str, float] = defaultdict(float)
    for (one, _), weight in weights.items():
        totals[one] += weight
    n = sum(totals.values())
    expected = n * n - sum(total * total for total in totals.values())
    if not expected:
        return None
    disagreed = sum(weight for (one, other), weight in weights.items() if one != other)
    return 1 - (n - 1) * disagreed / expected


def _fields(coded: Sequence[Mapping[str, Unit]], coders: Sequence[str]) -> list[dict[str, Any]]:
    found = []
    for field in FIELDS:
        units = [
            {coder: unit[coder] for coder in coders if coder in unit} for unit in (r.get(field, {}) for r in coded)
        ]
        units = [unit for unit in units if len(unit) > 1]
        if units:
            pairs = [(unit[coders[0]], unit[coders[1]]) for unit in units] if len(coders) == 2 else []
            measured = {"percent": percent(units), "kappa": kappa(pairs) if pairs else None, "alpha": alpha(units)}
            rounded = {name: None if value is None else round(value, 4) for name, value in measured.items()}
            found.append({"field": field, "n": len(units), **rounded})
    return found


def _coded(ledger: Ledger) -> Iterable[dict[str, dict[str, str]]]:
    """For each record that two or more decided on blindly: field -> coder -> what they said."""
    rows = ledger.connection.execute(
        "SELECT page, record FROM reviewed WHERE coders > 1 AND record != '' ORDER BY page, record"
    ).fetchall()
    reading: Reading | None = None
    number = 0
    for page, record in rows:
        if page == 0:
            blind = latest(taken(ledger.connection, Subject(page=None, record=record)))
            if len(blind) > 1:
                yield _said({who: (row, None) for who, row in blind.items()})
            continue
        blind = latest(taken(ledger.connection, Subject(page=page, record=record)))
        if len(blind) < 2:
            continue
        if reading is None or number != page:
            reading, number = ledger.load(page), page
        records: list[Claim | Event] = [*reading.claims, *reading.events]
        machine = next((one for one in records if one.id == record), None)
        if machine is not None:
            yield _said({who: (row, _as_mended(machine, row)) for who, row in blind.items()})


def _as_mended(record: Claim | Event, row: Taken) -> Claim | Event | None:
    """The record as one coder has it; None: there is none, or they do not know."""
    if row.decision not in ("accept", "mend"):
        return None
    if row.mend is None:
        return record
    mended: Claim | Event = with_mend(record, row.mend)  # type: ignore[type-var]  # of whichever kind it is
    return mended


def _said(by: Mapping[str, tuple[Taken, Claim | Event | None]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for who, (row, record) in by.items():
        found["decision"][who] = row.decision
        found["kept"][who] = _KEPT[row.decision]
        for field, value in _values(record).items():
            found[field][who] = msgspec.json.encode(value).decode()
    return found


def _values(record: Claim | Event | None) -> dict[str, Any]:
    """A record's fields as categories: spans whole, people and places by their ids where they have one."""
    if record is None:
        return {}
    if isinstance(record, Claim):
        return {
            "stance": record.stance, "source": record.source_id or record.source_is, "content": record.content,
            "within": record.within,
        }  # fmt: skip
    return {
        "type": record.type, "status": record.status, "trigger": record.trigger,
        "actors": sorted(_names(record.actors_are, record.actor_ids)),
        "targets": sorted(_names(record.targets_are, record.target_ids)),
        "place": record.place_is.id if record.place_is else None, "date": record.date, "killed": record.killed_n,
        "wounded": record.wounded_n, "claim": record.claim,
    }  # fmt: skip


def _names(names: Sequence[str], ids: Sequence[str | None]) -> list[str]:
    return [ident or name for name, ident in zip(names, ids or [None] * len(names), strict=True)]
