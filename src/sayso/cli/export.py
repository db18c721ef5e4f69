"""`sayso export`: a pool's incidents in other people's formats."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from sayso.cli.out import mode_for, opened
from sayso.cli.pool_options import pool_options

if TYPE_CHECKING:
    from sayso.cli.pool import PoolCommand
    from sayso.records.pool import Holding
    from sayso.views.export.facts import Facts

FORMATS = ("acled", "csv", "ftm", "geojson", "gpkg", "jsonl", "kml", "parquet", "plover", "ucdp", "webannotation")


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for: the format, which part of which pool, an earlier export to compare with."""

    form: str
    command: PoolCommand
    before: Path | None = None


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@pool_options
@click.option(
    "--before",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="An earlier jsonl export: list what was withdrawn since (jsonl).",
)
def export(form: str, before: Path | None, **given: Any) -> int:
    """Write what happened in other people's formats, with who says so and their words in the last columns.

    FORMAT is acled, ucdp or plover (CSV with the codebook's own columns), csv, jsonl, parquet, geojson, gpkg, kml, ftm
    (FollowTheMoney) or webannotation (W3C). What the reports do not tell stays empty. What a codebook would not record
    is left out of it, and counted. gpkg and parquet are no text, and need --out.
    """
    from sayso.cli.pool import PoolCommand

    return export_pool(Ask(form=form, command=PoolCommand(**given, whole=before is not None), before=before))


def export_pool(ask: Ask) -> int:
    """Read the pool and write it; the exit code."""
    from sayso.cli.pool import read_pool, wanted_of
    from sayso.views.export import BINARY, facts_of, recorded

    _check(ask, BINARY)
    limits = wanted_of(ask.command)  # before the reading, which takes long: a place unknown is told at once
    pool, problems = read_pool(ask.command)
    told, left = recorded(ask.form, facts_of(limits.incidents(pool), pool))
    if ask.form in BINARY and ask.command.out:
        _write_binary(ask.form, ask.command.out, told, limits.holdings(pool))
    else:
        _write_text(ask, told, {incident.id for incident in pool.incidents})
    for reason in left:
        click.echo(f"sayso: {reason.count} left out of {ask.form}: {reason.why}", err=True)
    return 1 if problems else 0


def _check(ask: Ask, binary: Sequence[str]) -> None:
    if ask.form in binary and ask.command.out is None:
        raise click.UsageError(f"{ask.form} is no text: name a file with --out.")
    if ask.before and ask.form != "jsonl":
        raise click.UsageError("--before goes with jsonl, which alone can say what was withdrawn.")


def _write_text(ask: Ask, told: Sequence[Facts], known: set[str]) -> None:
    from sayso.views.export import NotAnExportError, withdrawn, write_lines, write_text

    with opened(ask.command.out) as stream:
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
