"""The ledger's commands and their options; each hands over to a module of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sayso.cli.ledger_options import (
    after_option,
    filter_options,
    json_option,
    ledger_option,
    plainly,
    stance_option,
    who_options,
)


@click.command()
@ledger_option
@plainly
def init(ledger: Path) -> int:
    """Make a new, empty ledger."""
    from sayso.cli.ledger_keep import make

    return make(ledger)


@click.command()
@click.argument("inputs", metavar="PATH|URL|FEED|-...", nargs=-1, required=True)
@ledger_option
@json_option
@click.option("--published", metavar="DATE", help="Date of publication, over what the pages say.")
@click.option("--outlet", metavar="NAME", help="Name of the outlet, over what the pages say.")
@click.option("--allow-private", is_flag=True, help="Fetch addresses inside private networks and on this machine too.")
@click.option("--workers", metavar="N", type=click.IntRange(min=1), help="Processes to read with. Default: as many as pay.")  # fmt: skip # noqa: E501
@plainly
def add(**given: Any) -> int:
    """Take pages into the ledger: keep what was received, read it, resolve it, compare it.

    What the ledger has already is not read again, so the same command goes on where it was stopped, and a second time
    changes nothing. Inputs are those of `sayso read`.
    """
    from sayso.cli.ledger_keep import AddCommand, add_inputs

    return add_inputs(AddCommand(**given))


@click.command()
@filter_options
@after_option
@plainly
def reports(**given: Any) -> int:
    """List reports, newest first: with events at a place, of a type, with an actor, citing a source, of an outlet."""
    from sayso.cli.ledger_look import TableCommand, show_table

    return show_table(TableCommand.of("reports", given))


@click.command()
@filter_options
@stance_option
@after_option
@plainly
def claims(**given: Any) -> int:
    """List claims, newest first: who says what, through whom, and how surely."""
    from sayso.cli.ledger_look import TableCommand, show_table

    return show_table(TableCommand.of("claims", given))


@click.command()
@filter_options
@after_option
@plainly
def events(**given: Any) -> int:
    """List events, the latest first: what happened, where, who did it to whom, on whose word."""
    from sayso.cli.ledger_look import TableCommand, show_table

    return show_table(TableCommand.of("events", given))


@click.command()
@who_options
@plainly
def sources(**given: Any) -> int:
    """List who is cited, most cited first. A period counts by whole months."""
    from sayso.cli.ledger_look import TableCommand, show_sources

    return show_sources(TableCommand.of("sources", given))


@click.command()
@ledger_option
@json_option
@click.option("--head", metavar="HASH", help="A hash noted earlier, which the custody log must hold still.")
@plainly
def verify(ledger: Path, as_json: bool, head: str | None) -> int:
    """Walk the chain of custody and every digest, and name what does not fit."""
    from sayso.cli.ledger_keep import verify_all

    return verify_all(ledger, as_json, head)


COMMANDS: list[click.Command] = [init, add, reports, claims, events, sources, verify]
