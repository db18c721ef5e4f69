"""The ledger's commands and their options; each hands over to a module of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sayso.cli.dates import published_option
from sayso.cli.ledger_options import (
    after_option,
    filter_options,
    json_option,
    ledger_option,
    output_options,
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
@published_option
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


@click.command()
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@output_options
@plainly
def search(words: tuple[str, ...], **given: Any) -> int:
    """Find reports by words of their titles and texts, in any script.

    All WORDS must occur; "a phrase", beginn* and -without are understood. Case, accents, vowel signs do not matter.
    """
    from sayso.cli.ledger_look import TableCommand, show_search

    return show_search(" ".join(words), TableCommand.of("search", given))


@click.command()
@click.argument("id", metavar="ID")
@ledger_option
@json_option
@click.option("--text", is_flag=True, help="Print the report's text too.")
@click.option("--received", is_flag=True, help="Write the bytes as they were received, and nothing else.")
@plainly
def show(id: str, ledger: Path, as_json: bool, text: bool, received: bool) -> int:
    """Show one report, claim or event, and its way into the ledger. ID may be the beginning of one."""
    from sayso.cli.ledger_show import show_one, write_received

    if received:
        return write_received(id, ledger)
    return show_one(id, ledger, as_json=as_json, text=text)


@click.command()
@ledger_option
@json_option
@plainly
def stats(ledger: Path, as_json: bool) -> int:
    """Count what there is: reports by outlet, language and month, events by type and status, claims by stance."""
    from sayso.cli.ledger_look import show_counts

    return show_counts(ledger, as_json)


@click.command("copies")
@click.argument("id", metavar="[ID]", required=False)
@output_options
@plainly
def copies_of_ledger(id: str | None, **given: Any) -> int:
    """List which reports share passages; with ID the lineage of one, passages side by side."""
    from sayso.cli.ledger_look import TableCommand, show_copies

    return show_copies(id, TableCommand.of("copies", given))


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@ledger_option
@plainly
def backup(file: Path, ledger: Path) -> int:
    """Copy the ledger to FILE, whole, also while something is added to it."""
    from sayso.cli.ledger_keep import back_up

    return back_up(ledger, file)


@click.command()
@click.argument("id", metavar="ID")
@ledger_option
@click.option("--reason", metavar="TEXT", required=True, help="Why; it goes into the custody log.")
@plainly
def redact(id: str, ledger: Path, reason: str) -> int:
    """Remove a report's content for good. That it was there, its digest and the reason stay in the custody log."""
    from sayso.cli.ledger_keep import redact_one

    return redact_one(ledger, id, reason)


@click.command()
@ledger_option
@json_option
@click.option("--all", "everything", is_flag=True, help="Also what this version of the reader read.")
@click.option("--workers", metavar="N", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to read with.")  # fmt: skip # noqa: E501
@plainly
def reread(ledger: Path, as_json: bool, everything: bool, workers: int) -> int:
    """Read again what another version of the reader read. Decisions on records stay with them."""
    from sayso.cli.ledger_keep import read_again

    return read_again(ledger, everything, workers, as_json)


@click.command()
@ledger_option
@click.option("--all", "everything", is_flag=True, help="Everything anew.")
@plainly
def link(ledger: Path, everything: bool) -> int:
    """Link what came and is not linked yet: into incidents, disputes, and who holds what. `add` does so by itself."""
    from sayso.cli.ledger_keep import link_up

    return link_up(ledger, everything)


@click.command()
@click.argument("inputs", metavar="FEEDS.opml|URL...", nargs=-1, required=True)
@ledger_option
@json_option
@click.option("--once", is_flag=True, help="Ask every feed that is due once, and end.")
@click.option("--every", metavar="MINUTES", type=click.FloatRange(min=1), default=15, show_default=True, help="Between two looks at a feed.")  # fmt: skip # noqa: E501
@click.option("--allow-private", is_flag=True, help="Fetch addresses inside private networks and on this machine too.")
@plainly
def watch(**given: Any) -> int:
    """Ask feeds again and again and add what is new, politely: robots.txt is obeyed, failing servers are spared."""
    from sayso.cli.ledger_keep import WatchCommand, watch_feeds

    return watch_feeds(WatchCommand(**given))


COMMANDS: list[click.Command] = [
    init, add, watch, reports, claims, events, sources, search, show, stats, verify, backup, redact, reread, link,
]  # fmt: skip
