"""What weighs how much in the queue: the words of the indexes `..._by_weight`, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

_DEADLY = """CASE
    WHEN max(ifnull({0}killed_low, 0), ifnull({0}killed_high, 0)) >= 50 THEN 40
    WHEN max(ifnull({0}killed_low, 0), ifnull({0}killed_high, 0)) >= 10 THEN 30
    WHEN max(ifnull({0}killed_low, 0), ifnull({0}killed_high, 0)) >= 1 THEN 20
    WHEN max(ifnull({0}wounded_low, 0), ifnull({0}wounded_high, 0)) >= 1 THEN 10 ELSE 0 END"""
_DOUBT = "CAST(50 * (1 - min(1.0, abs({0}score - 0.5) * 2)) AS INTEGER)"  # 0.5 is where the reader would say no

WEIGHTS: Final[Mapping[str, str]] = {
    "events": f"{_DOUBT} + {_DEADLY}".format("e."),
    "claims": f"{_DOUBT} + CASE {{0}}stance WHEN 'denies' THEN 20 WHEN 'doubts' THEN 10 ELSE 0 END"
    " + ({0}voice IS NULL) * 10".format("c.").replace("{0}", "c."),
    "incidents": "({0}disputes > 0) * 40 + CASE WHEN {0}reports >= 20 THEN 30 WHEN {0}reports >= 10 THEN 25 "
    "WHEN {0}reports >= 5 THEN 20 WHEN {0}reports >= 2 THEN 10 ELSE 0 END + {1}".format("i.", _DEADLY.format("i.")),
}
_SURE = 0.9  # from here on a score gives no reason to look


def reasons(row: Mapping[str, Any]) -> Iterator[tuple[str, int | float | None]]:
    """Why a record stands where it does in the queue: names of reasons, each with its number.

    `row`: what the record has of score, killed_low, ..., stance, voice, disputes, reports.

    >>> list(reasons({"score": 0.62, "killed_low": 3, "killed_high": None, "disputes": 1, "reports": 4}))
    [('unsure', 0.62), ('killed', 3), ('disputed', 1), ('reports', 4)]
    """
    if row.get("score") is not None and row["score"] < _SURE:
        yield "unsure", round(row["score"], 2)
    for what in ("killed", "wounded"):
        if most := max(row.get(f"{what}_low") or 0, row.get(f"{what}_high") or 0):
            yield what, most
    if row.get("stance") in ("denies", "doubts"):
        yield row["stance"], None
    if "voice" in row and row["voice"] is None:
        yield "unnamed", None
    if row.get("disputes"):
        yield "disputed", row["disputes"]
    if (row.get("reports") or 0) > 1:
        yield "reports", row["reports"]
