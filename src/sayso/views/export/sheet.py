"""Rows -> CSV that a spreadsheet opens without doing what a cell says."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from sayso.views.export.facts import Cell, Row

# What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(names: Sequence[str], rows: Iterable[Row], stream: TextIO) -> None:
    """A header and the rows; a cell without a value is empty. As RFC 4180, but lines end as lines do."""
    sheet = csv.writer(stream, lineterminator="\n")
    sheet.writerow(names)
    for row in rows:
        sheet.writerow([cell(row.get(name)) for name in names])


def cell(value: Cell) -> Cell:
    """The value as a cell. Text that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> cell("=1+1"), cell(-3.2), cell("a\\x00b")
    ("'=1+1", -3.2, 'ab')
    """
    if not isinstance(value, str):
        return value
    plain = value.replace("\0", "").encode("utf-8", "replace").decode()
    return "'" + plain if plain.lstrip(" ").startswith(FORMULA) else plain
