"""The commands and their options; each hands over to a module of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from sayso import __version__
from sayso.cli.actors import actors
from sayso.cli.dates import iso_date, published_option
from sayso.cli.desk import desk
from sayso.cli.export import export
from sayso.cli.ledger import COMMANDS
from sayso.cli.outlets import outlets
from sayso.cli.places import places
from sayso.cli.pool_options import pool_options
from sayso.cli.review import review


class _Quiet(click.Group):
    """A group whose commands end quietly when whoever reads their output has enough of it."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is flushed at the very end
            return 0
        return result


@click.group(cls=_Quiet, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="sayso", message="%(prog)s %(version)s")
def sayso() -> None:
    """What happened, and on whose say-so.

    sayso reads what is at hand about a conflict (web pages, text dumps, feeds, web archives, mail): clean reports that
    keep every line received, the claims in them (who says what, through whom) and the events (who did what to whom).
    """


@sayso.command()
@click.argument("inputs", metavar="PATH|URL|-...", nargs=-1, required=True)
@click.option("--text", is_flag=True, help="Print each report's text, lines in doubt marked.")
@click.option("--set-aside", is_flag=True, help="Print the lines that were set aside: captions, teasers, furniture.")
@click.option("--explain", is_flag=True, help="Show each event and claim in its sentence, every span named.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead of the account.")
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write the page of one report to FILE, events and claims marked.")  # fmt: skip # noqa: E501
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE, whole or not at all.")  # fmt: skip # noqa: E501
@published_option
@click.option("--outlet", metavar="NAME", help="Name of the outlet, over what the pages say.")
@click.option("--allow-private", is_flag=True, help="Fetch addresses inside private networks and on this machine too.")
@click.option("--workers", metavar="N", type=click.IntRange(min=1), help="Processes to read with. Default: one, and one a core from the 41st page on.")  # fmt: skip # noqa: E501
def read(
    inputs: tuple[str, ...],
    text: bool,
    set_aside: bool,
    explain: bool,
    as_json: bool,
    html: Path | None,
    out: Path | None,
    published: str | None,
    outlet: str | None,
    allow_private: bool,
    workers: int | None,
) -> int:
    """Read pages: what they say happened, and on whose say-so.

    PATH is a file or a folder (read with all its folders), URL an http or https address, - standard input. What each
    is shows by its content: HTML, text, Markdown, mail, RSS, Atom, JSON Feed, WARC, JSONL, and any of these gzipped.
    """
    from sayso.cli.read import ReadOptions, read_inputs

    if as_json and (text or set_aside or explain):
        raise click.UsageError("--json holds all that already: leave out --text, --set-aside and --explain.")
    options = ReadOptions(
        inputs=inputs,
        text=text,
        set_aside=set_aside,
        explain=explain,
        as_json=as_json,
        html=html,
        out=out,
        published=published,
        outlet=outlet,
        allow_private=allow_private,
        workers=workers,
    )
    return read_inputs(options)


@sayso.command()
@pool_options
@click.option("--as", "form", type=click.Choice(["terminal", "markdown", "html", "json"]), default="terminal", show_default=True, help="How to write it.")  # fmt: skip # noqa: E501
def brief(**given: Any) -> int:
    """Write the account of all reports together: what happened, who says so, who disagrees, who holds what.

    Copies are counted once, and whoever only passes on what another said is no second voice.
    """
    from sayso.cli import pool

    return pool.brief(pool.PoolCommand(**given))


@sayso.command()
@pool_options
@click.option("--geojson", "form", flag_value="geojson", default="json", help="Print one GeoJSON feature collection.")
def incidents(**given: Any) -> int:
    """Print the incidents of all reports together, one JSON object a line."""
    from sayso.cli import pool

    return pool.incidents(pool.PoolCommand(**given))


@sayso.command()
@pool_options
def disputes(**given: Any) -> int:
    """Print what accounts dispute of one incident, or of who holds a place, one JSON object a line."""
    from sayso.cli import pool

    return pool.disputes(pool.PoolCommand(**given))


@sayso.command()
@pool_options
@click.option("--at", metavar="DATE", callback=iso_date, help="Only who is said to hold what on this day.")
@click.option("--geojson", "form", flag_value="geojson", default="json", help="Print one GeoJSON feature collection.")
def control(**given: Any) -> int:
    """Print who is said to hold which place, from when to when, one JSON object a line."""
    from sayso.cli import pool

    return pool.control(pool.PoolCommand(**given))


@sayso.command()
@click.argument("inputs", metavar="[PATH|URL|-...|ID]", nargs=-1)
@click.option("--ledger", metavar="FILE", envvar="SAYSO_LEDGER", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="The ledger whose reports are compared, all of them or those of the lineage of ID. Default: the file that SAYSO_LEDGER names.")  # fmt: skip # noqa: E501
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each pair.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV; from a ledger only.")
@click.option("--limit", metavar="N", type=click.IntRange(min=0), default=50, show_default=True, help="Rows at most, from a ledger; 0: all.")  # fmt: skip # noqa: E501
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE, whole or not at all; not from a ledger.")  # fmt: skip # noqa: E501
@click.option("--allow-private", is_flag=True, help="Fetch addresses inside private networks and on this machine too.")
def copies(
    inputs: tuple[str, ...],
    ledger: Path | None,
    as_json: bool,
    as_csv: bool,
    limit: int,
    out: Path | None,
    allow_private: bool,
) -> int:
    """Print which reports share passages, of which kind, and who had them first.

    The reports are those of the inputs. With --ledger, and no input that is a file, an address or -, they are those of
    the ledger: all pairs, or the lineage of the report ID with its passages side by side.
    """
    given = [name for name in inputs if name == "-" or "://" in name or Path(name).exists()]
    if ledger is not None and not given:
        if len(inputs) > 1:
            raise click.UsageError("name one report of the ledger, or none for all")
        from sayso.cli.ledger import copies_of_ledger

        return int(
            click.get_current_context().invoke(
                copies_of_ledger,
                id=next(iter(inputs), None),
                ledger=ledger,
                as_json=as_json,
                as_csv=as_csv,
                limit=limit,
            )
        )
    if not inputs:
        raise click.UsageError("name what to read, or a ledger with --ledger")
    from sayso.cli.copies import CopiesOptions, copies_among

    return copies_among(CopiesOptions(inputs=inputs, as_json=as_json, out=out, allow_private=allow_private))


for command in (export, places, actors, outlets, desk, review, *COMMANDS):
    sayso.add_command(command)
