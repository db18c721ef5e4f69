"""`sayso export`: a pool's incidents in other people's formats."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from sayso.cli.out import mode_for, opened

if TYPE_CHECKING:
    from sayso.records.pool import Holding
    from sayso.views.export.facts import Facts

FORMATS = ("acled", "csv", "ftm", "geojson", "gpkg", "jsonl", "kml", "parquet", "plover", "ucdp", "webannotation")


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for; the fields are the command's arguments and options."""

    form: str
    inputs: tuple[str, ...]
    ledger: Path | None = None
    out: Path | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    radius: float = 30.0
    about: str | None = None
    what_changed_since: str | None = None
    before: Path | None = None
    allow_private: bool = False


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    try:
        return value and date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day like 2016-06-08") from None


_FILE = click.Path(path_type=Path, dir_okay=False)
_KNOWN_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("inputs", metavar="[PATH|URL|-...]", nargs=-1)
@click.option(
    "--ledger",
    metavar="FILE",
    envvar="SAYSO_LEDGER",
    type=_KNOWN_FILE,
    help="The ledger whose reports are meant where no inputs are given. Default: the file that SAYSO_LEDGER names.",
)
@click.option("--out", metavar="FILE", type=_FILE, help="Write to FILE, whole or not at all; gpkg and parquet need it.")
@click.option("--since", metavar="DATE", callback=_day, help="From this day on.")
@click.option("--until", metavar="DATE", callback=_day, help="To this day.")
@click.option("--place", metavar="NAME|LAT,LON", help="Only around this place.")
@click.option(
    "--radius",
    metavar="KM",
    type=click.FloatRange(0, 5000, min_open=True),
    default=30.0,
    show_default=True,
    help="How far around --place.",
)
@click.option("--about", metavar="ACTOR", help="Only what this actor did or suffered: its name or id.")
@click.option(
    "--what-changed-since", metavar="DATE", callback=_day, help="Only what reports published since this day speak of."
)
@click.option(
    "--before", metavar="FILE", type=_KNOWN_FILE, help="An earlier jsonl export: list what was withdrawn since (jsonl)."
)
@click.option("--allow-private", is_flag=True, help="Fetch addresses inside private networks and on this machine too.")
def export(
    form: str,
    inputs: tuple[str, ...],
    ledger: Path | None,
    out: Path | None,
    since: str | None,
    until: str | None,
    place: str | None,
    radius: float,
    about: str | None,
    what_changed_since: str | None,
    before: Path | None,
    allow_private: bool,
) -> int:
    """Write what happened in other people's formats, with who says so and their words in the last columns.

    FORMAT is acled, ucdp or plover (CSV with the codebook's own columns), csv, jsonl, parquet, geojson, gpkg, kml, ftm
    (FollowTheMoney) or webannotation (W3C). What the reports do not tell stays empty. What a codebook would not record
    is left out of it, and counted.
    """
    ask = Ask(
        form=form,
        inputs=inputs,
        ledger=ledger,
        out=out,
        since=since,
        until=until,
        place=place,
        radius=radius,
        about=about,
        what_changed_since=what_changed_since,
        before=before,
        allow_private=allow_private,
    )
    return export_pool(ask)


def export_pool(ask: Ask) -> int:
    """Read the pool and write it; the exit code."""
    from sayso.cli.pool import PoolCommand, read_pool, wanted_of
    from sayso.views.export import BINARY, facts_of, recorded

    _check(ask, BINARY)
    command = PoolCommand(
        inputs=ask.inputs,
        ledger=ask.ledger,
        place=ask.place,
        radius=ask.radius,
        since=ask.since,
        until=ask.until,
        about=ask.about,
        what_changed_since=ask.what_changed_since,
        allow_private=ask.allow_private,
    )
    limits = wanted_of(command)  # before the reading, which takes long: a place unknown is told at once
    pool, problems = read_pool(command)
    told, left = recorded(ask.form, facts_of(limits.incidents(pool), pool))
    if ask.form in BINARY and ask.out:
        _write_binary(ask.form, ask.out, told, limits.holdings(pool))
    else:
        _write_text(ask, told, {incident.id for incident in pool.incidents})
    for reason in left:
        click.echo(f"sayso: {reason.count} left out of {ask.form}: {reason.why}", err=True)
    return 1 if problems else 0


def _check(ask: Ask, binary: Sequence[str]) -> None:
    if ask.form in binary and ask.out is None:
        raise click.UsageError(f"{ask.form} is no text: name a file with --out.")
    if ask.before and ask.form != "jsonl":
        raise click.UsageError("--before goes with jsonl, which alone can say what was withdrawn.")


def _write_text(ask: Ask, told: Sequence[Facts], known: set[str]) -> None:
    from sayso.views.export import NotAnExportError, withdrawn, write_lines, write_text

    with opened(ask.out) as stream:
        write_text(ask.form, told, stream)
        if ask.before:
            try:
                write_lines(withdrawn(ask.before, known), stream)
            except NotAnExportError as error:
                raise click.UsageError(str(error)) from None


def _write_binary(form: str, out: Path, told: Sequence[Facts], holdings: Sequence[Holding]) -> None:
    from sayso.views.export import MissingLibraryError, write_binary

    try:
        with _whole(out.resolve()) as path:
            write_binary(form, told, holdings, path)
    except MissingLibraryError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.UsageError(f"cannot write {out}: {error.strerror}") from None


@contextlib.contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A path to write to; what is there takes the target's place when the block ends without an exception."""
    if target.exists() and not target.is_file():
        raise click.UsageError(f"cannot write {target}: it is no file")
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:100]}."))  # SQLite keeps a journal beside
    try:
        path = folder / "part"
        yield path
        path.chmod(mode_for(target))
        os.replace(path, target)  # noqa: PTH105
    finally:
        shutil.rmtree(folder, ignore_errors=True)
