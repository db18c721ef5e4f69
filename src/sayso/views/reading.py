"""The reading as one JSON object a line: the contract with everything that comes after."""

from __future__ import annotations

import msgspec

from sayso.records import Report
from sayso.views.plain import in_json


def json_line(report: Report) -> str:
    """`{"id", "report": {...}}` on one line, without the line end; offsets in code points into `report.text`."""
    fields = msgspec.to_builtins(report)
    line = msgspec.json.encode({"id": fields.pop("id"), "report": fields})
    return in_json(line.decode())
