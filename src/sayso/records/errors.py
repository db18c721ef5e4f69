"""The one exception root, and problems as records: what went wrong, where, and why."""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something received that could not be used: named, counted and passed over.

    `where` is the file, URL or "<stdin>"; `line` counts from 1; `record` names a part of a container (a WARC record).
    """

    where: str
    reason: str
    line: int | None = None
    record: str | None = None

    def __str__(self) -> str:
        """One plain line: `where:line: reason`.

        >>> print(Problem(where="pool.jsonl", line=3, reason="no JSON object"))
        pool.jsonl:3: no JSON object
        """
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return f"{place}: {self.reason}" if self.record is None else f"{place} ({self.record}): {self.reason}"


class SaysoError(Exception):
    """The root of sayso's exceptions: it carries the problem as a record."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
