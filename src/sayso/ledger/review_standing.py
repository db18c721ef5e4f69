"""What decisions on one record come to together: pure reckoning over rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

Status = Literal["once", "agreed", "disagreed", "settled"]
COUNTED = frozenset({"accept", "reject", "mend", "unsure"})  # skips and notes decide nothing


class Taken(msgspec.Struct, frozen=True):
    """A row of `reviews`, on one record."""

    number: int
    decision: str
    who: str
    at: str
    note: str
    mend: str | None
    undoes: int | None
    blind: int
    found: int = 1

    @property
    def counts(self) -> bool:
        """Whether it says what to make of the record, and the record is still there."""
        return self.decision in COUNTED and bool(self.found)

    @property
    def outcome(self) -> tuple[str, str]:
        """What two coders must have alike to agree: the decision, and what it mends."""
        fields = msgspec.json.decode(self.mend) if self.mend else {}
        return self.decision, msgspec.json.encode(fields, order="sorted").decode()


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What decisions come to. `decision`, `last`: of the last one that counts; `coders`: how many took one."""

    status: Status
    decision: str
    coders: int
    last: int


def live(rows: Sequence[Taken]) -> list[Taken]:
    """Decisions that were not taken back; an undoing that was itself undone takes nothing back."""
    undone = set[int]()
    for row in reversed(rows):
        if row.undoes is not None and row.number not in undone:
            undone.add(row.undoes)
    return [row for row in rows if row.undoes is None and row.number not in undone]


def latest(rows: Sequence[Taken]) -> dict[str, Taken]:
    """The decision of each coder that counts now, taken without having seen another's."""
    return {row.who: row for row in live(rows) if row.counts and row.blind}


def last_of_each(rows: Sequence[Taken]) -> dict[str, Taken]:
    """What each coder did last with the record: decided on it, or skipped it."""
    return {row.who: row for row in live(rows) if row.found and (row.counts or row.decision == "skip")}


def standing(rows: Sequence[Taken]) -> Standing | None:
    """How it stands with a record by all rows on it, in their order; None: it is open.

    Whoever decides with another's decision in view settles it.
    """
    counted = [row for row in live(rows) if row.counts]
    if not counted:
        return None
    coders = len({row.who for row in counted})
    if settling := [row for row in counted if not row.blind]:
        return Standing(status="settled", decision=settling[-1].decision, coders=coders, last=settling[-1].number)
    mine = latest(rows).values()
    last = max(mine, key=lambda row: row.number)
    alike = len({row.outcome for row in mine}) == 1
    status: Status = "once" if coders == 1 else "agreed" if alike else "disagreed"
    return Standing(status=status, decision=last.decision, coders=coders, last=last.number)
