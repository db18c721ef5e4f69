"""What goes into the ledger and what comes out of it beside readings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from sayso.records import Problem, Received

Outcome = Literal["new", "unreadable", "again", "known", "redacted", "conflict"]
Act = Literal["created", "received", "received again", "reread", "redacted"]


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """One page as it came. `id` is the report's; `context`: what is needed beside the bytes to read it again (JSON).

    `line`: the JSONL line whose text `data` is.
    """

    id: str
    data: bytes
    received: Received
    context: dict[str, Any]
    line: bytes | None = None

    @property
    def record(self) -> str | None:
        """Which part of its file or address it is: a line, an entry, a record."""
        received = self.received
        return f"line {received.line}" if received.line else received.entry or received.record


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the custody log before it is numbered and chained; the fields are the columns (schema.sql)."""

    act: Act
    at: str
    tool: str
    page: str | None = None
    place: str | None = None
    record: str | None = None
    how: str | None = None
    size: int | None = None
    digest: str | None = None
    reading: str | None = None
    note: str | None = None
    line_digest: str | None = None


class Misfit(msgspec.Struct, frozen=True):
    """Something in the ledger that does not fit: where it stands and what is wrong."""

    where: str
    reason: str

    def __str__(self) -> str:
        """One plain line."""
        return f"{self.where}: {self.reason}"


def utc(now: datetime) -> str:
    """A moment as the ledger writes it.

    >>> utc(datetime(2016, 6, 8, 12, 30, tzinfo=UTC))
    '2016-06-08T12:30:00Z'
    """
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def conflict(receipt: Receipt, reason: str) -> Problem:
    """The problem of a page whose id the ledger has with other content."""
    return Problem(where=receipt.received.where, line=receipt.received.line, reason=reason)
