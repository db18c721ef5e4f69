"""What an earlier export told and the pool tells no more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec


class Earlier(msgspec.Struct):
    """What counts of a line of an earlier jsonl export."""

    sayso_id: str
    withdrawn: bool = False


class NotAnExportError(ValueError):
    """A file that should be an earlier jsonl export is none; `line` is where that shows."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}: line {line} is no line of a jsonl export")


def withdrawn(before: Path, now: Collection[str]) -> Iterator[dict[str, object]]:
    """A tombstone for each incident of the earlier export whose id is not among those of the pool as it is now.

    What was withdrawn before stays so, unless it is told again.
    """
    seen: set[str] = set()
    decoder = msgspec.json.Decoder(Earlier)
    with before.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                ident = decoder.decode(line).sayso_id
            except msgspec.DecodeError:  # ValidationError is one
                raise NotAnExportError(before, number) from None
            if ident not in now and ident not in seen:
                seen.add(ident)
                yield {"sayso_id": ident, "withdrawn": True}
