"""`sayso show`: one report, claim or event, and how it came into the ledger."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import msgspec

from sayso.cli.out import opened
from sayso.ledger import Ledger, custody
from sayso.ledger.copies import pairs
from sayso.ledger.ids import is_record, record_number
from sayso.ledger.records import Misfit
from sayso.ledger.store import load_receipt
from sayso.ledger.tables import by_numbers
from sayso.records import Problem, SaysoError
from sayso.views.reading import json_line
from sayso.views.tables import Row, json_object, write_rows
from sayso.views.writers import AccountWriter


def show_one(id: str, path: Path, *, as_json: bool, text: bool) -> int:
    """Write what the ledger has under an id; the exit code."""
    with Ledger.open(path) as ledger, ledger.reading() as connection, opened(None) as stream:
        if is_record(connection, id):
            table, number = record_number(connection, id)
            [row] = by_numbers(connection, table, [number])
            if as_json:
                stream.write(json_object(row) + "\n")
            else:
                write_rows(_fields(row), "record", "table", stream)
            return 0
        number = ledger.number_of(id)
        if as_json:
            stream.write(json_line(ledger.load(number)) + "\n")
            return 0
        return _report(ledger, connection, number, stream, text=text)


def write_received(id: str, path: Path) -> int:
    """Write what was received as a report byte for byte: file, page, a feed's words, a JSONL line; the exit code."""
    with Ledger.open(path) as ledger, ledger.reading() as connection:
        page = id.rpartition("#")[0] if is_record(connection, id) else id
        receipt = load_receipt(connection, ledger.number_of(page))
    if isinstance(receipt, Misfit):
        raise SaysoError(Problem(where=str(path), reason=str(receipt)))
    if sys.stdout.isatty():
        raise SaysoError(Problem(where="the terminal", reason="bytes from outside may command it: send them to a file"))
    sys.stdout.buffer.write(receipt.data if receipt.line is None else receipt.line)
    return 0


def _report(ledger: Ledger, connection: sqlite3.Connection, number: int, stream: TextIO, *, text: bool) -> int:
    """A report's account, the reports that share passages with it, and its lines of custody."""
    code = 0
    try:
        AccountWriter(stream, text=text, set_aside=False, explain=False).write(ledger.load(number))
    except SaysoError as error:  # redacted or unreadable: its way into the ledger is there all the same
        stream.write(f"{error.problem.reason}\n\n")
        code = 1
    if found := list(pairs(connection, number, _MOST_PAIRS)):
        write_rows(found, "copies", "table", stream)
        stream.write("\n")
    (id,) = connection.execute("SELECT id FROM pages WHERE number = ?", (number,)).fetchone()
    write_rows(custody.lines_of(connection, id), "custody", "table", stream)
    return code


def _fields(row: Row) -> Iterator[dict[str, Any]]:
    """The fields of a record that have a value, one a row."""
    for field, value in row.items():
        if value not in (None, "", []):
            shown = value if isinstance(value, str | int | float) else msgspec.json.encode(value).decode()
            yield {"field": field, "value": shown}


_MOST_PAIRS = 20  # more of a wire story's hundred copies are for `sayso copies`
