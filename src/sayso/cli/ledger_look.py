"""Commands that look into the ledger: tables, search, one record, counts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from sayso.cli.ledger_options import filters_of
from sayso.cli.out import opened
from sayso.ledger import Ledger
from sayso.ledger.copies import pairs, side_by_side
from sayso.ledger.counts import counts
from sayso.ledger.search import search
from sayso.ledger.tables import rows, sources
from sayso.views.tables import Form, Row, short, write_passages, write_rows

_PAGED = ("reports", "claims", "events")


class TableCommand(msgspec.Struct, frozen=True, kw_only=True):
    """What a table command was asked for; `filters` are the options that choose rows."""

    table: str
    ledger: Path
    form: Form
    limit: int | None
    after: str | None
    filters: dict[str, Any]

    @staticmethod
    def of(table: str, given: dict[str, Any]) -> TableCommand:
        """From the options as click has them."""
        as_json, as_csv = given.pop("as_json"), given.pop("as_csv")
        if as_json and as_csv:
            raise click.UsageError("--json or --csv, not both.")
        return TableCommand(
            table=table,
            ledger=given.pop("ledger"),
            form="json" if as_json else "csv" if as_csv else "table",
            limit=given.pop("limit") or None,
            after=given.pop("after", None),
            filters=given,
        )


def show_table(command: TableCommand) -> int:
    """Write reports, claims or events."""
    with Ledger.open(command.ledger) as ledger, ledger.reading() as connection:
        filters = filters_of(connection, dict(command.filters))
        asked = None if command.limit is None else command.limit + 1
        found = list(rows(connection, command.table, filters, asked, command.after))  # type: ignore[arg-type]
    return _write(found, command)


def show_sources(command: TableCommand) -> int:
    """Write who is cited."""
    with Ledger.open(command.ledger) as ledger, ledger.reading() as connection:
        filters = filters_of(connection, dict(command.filters))
        asked = None if command.limit is None else command.limit + 1
        found = list(sources(connection, filters, asked))
    return _write(found, command)


def show_search(words: str, command: TableCommand) -> int:
    """Write the reports that hold the words."""
    with Ledger.open(command.ledger) as ledger, ledger.reading() as connection:
        found = list(search(connection, words, command.limit))
    return _write(found, command)


def show_counts(path: Path, as_json: bool) -> int:
    """Write what there is."""
    with Ledger.open(path) as ledger, ledger.reading() as connection:
        found = list(counts(connection))
    with opened(None) as stream:
        write_rows(found, "stats", "json" if as_json else "table", stream)
    return 0


def show_copies(id: str | None, command: TableCommand) -> int:
    """Write pairs of copies: all, or those of one report with their passages side by side."""
    with Ledger.open(command.ledger) as ledger, ledger.reading() as connection:
        number = None if id is None else ledger.number_of(id)
        found = list(pairs(connection, number, command.limit))
        if number is None or command.form != "table":
            return _write(found, command)
        with opened(None) as stream:
            for pair in found:
                write_rows([pair], "copies", "table", stream)
                write_passages(side_by_side(connection, pair), stream)
    return 0


def _write(found: list[Row], command: TableCommand) -> int:
    """The rows; and, for people, whether there are more or none."""
    shown = found if command.limit is None else found[: command.limit]
    with opened(None) as stream:
        write_rows(shown, command.table, command.form, stream)
    if len(found) > len(shown):
        more = f"--after {short(shown[-1]['id'])}" if command.table in _PAGED else "--limit 0"
        click.echo(f"sayso: there are more: {more}", err=True)
    elif not found and command.form == "table" and sys.stderr.isatty():
        click.echo(f"sayso: no {command.table} fit", err=True)
    return 0
