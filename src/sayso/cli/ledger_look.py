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
from sayso.ledger.copies import kin, pairs
from sayso.ledger.counts import counts
from sayso.ledger.search import search
from sayso.ledger.sources import sources
from sayso.ledger.tables import rows
from sayso.views.tables import Form, Row, short, write_rows

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
    """Write pairs of copies: all, or the lineage of one report and its pairs, passages side by side."""
    from sayso.copies.families import families_of
    from sayso.copies.records import Pair
    from sayso.engine.ledger_add import finder_of, text_of
    from sayso.views.copies import account, json_of, lineage

    with Ledger.open(command.ledger) as ledger, ledger.reading() as connection, opened(None) as stream:
        finder = finder_of(ledger)
        number = None if id is None else ledger.number_of(id)
        stored = pairs(connection, number, None if command.limit is None else command.limit + 1)
        found = [finder.judge_again(msgspec.convert(pair, Pair)) for pair in stored]
        if number is None or command.form != "table":
            return _write([json_of(pair) for pair in found], command)
        members = kin(connection, number)
        related = {(p["a"], p["b"]): p for member in members for p in pairs(connection, member)}
        for family in families_of(msgspec.convert(pair, Pair) for pair in related.values()):
            if any(member.id == text_of(ledger, number).id for member in family.members):
                stream.write("\n".join([*lineage(family), "", ""]))
        for pair in found:
            a, b = (text_of(ledger, ledger.number_of(side)) for side in (pair.a, pair.b))
            stream.write("\n".join([*account(pair, a, b), ""]) + "\n")
        if not found:
            stream.write("It shares no passage with another report.\n")
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
