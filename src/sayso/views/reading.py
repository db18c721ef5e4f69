"""The reading as one JSON object a line: the contract with everything that comes after."""

from __future__ import annotations

import msgspec

from sayso.records.reading import Reading
from sayso.views.plain import in_json


def json_line(reading: Reading) -> str:
    """`{"id", "report", "claims", "events"}` on one line, without the line end; offsets are code points."""
    fields = msgspec.to_builtins(reading)
    del fields["report"]["id"]  # the reading's
    for part in fields["report"]["parts"]:
        if part.get("score") == 1.0:  # msgspec leaves out a default it recognises, which it may not after a pool
            del part["score"]
    line = msgspec.json.encode(fields)
    return in_json(line.decode())
