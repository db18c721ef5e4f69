"""`sayso read`: pages in, readings out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

import click
import msgspec

from sayso.cli.out import opened
from sayso.engine import map_as_it_pays, map_pages
from sayso.engine.stages import read_page
from sayso.pages.gather import GatherOptions, count_places, gather
from sayso.pages.report import Overrides
from sayso.records import Problem
from sayso.records.reading import Reading
from sayso.views.plain import one_line
from sayso.views.progress import watched
from sayso.views.writers import AccountWriter, JsonWriter


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `sayso read` was asked for; the fields are its options."""

    inputs: Sequence[str]
    text: bool = False
    set_aside: bool = False
    explain: bool = False
    as_json: bool = False
    html: Path | None = None
    out: Path | None = None
    published: str | None = None
    outlet: str | None = None
    allow_private: bool = False
    workers: int | None = None


def read_inputs(options: ReadOptions) -> int:
    """Read everything, write the account or the JSON, name the problems; the exit code."""
    found = gather(options.inputs, GatherOptions(allow_private=options.allow_private), sys.stdin.buffer)
    read_one = partial(read_page, overrides=Overrides(published=options.published, outlet=options.outlet))
    results = map_pages(found, read_one, options.workers) if options.workers else map_as_it_pays(found, read_one)
    problems = 0
    with opened(options.out) as stream:
        writer = _writer(stream, options)
        read = 0
        for result in watched(results, _place_of, partial(count_places, options.inputs)):
            if isinstance(result, Problem):
                problems += 1
                click.echo(f"sayso: {one_line(str(result))}", err=True)
            else:
                read += 1
                if options.html:
                    _write_page(result, options.html, read)
                writer.write(result)
        writer.end(problems)
    return 1 if problems else 0


def _writer(stream: TextIO, options: ReadOptions) -> JsonWriter | AccountWriter:
    if options.as_json:
        return JsonWriter(stream)
    return AccountWriter(stream, text=options.text, set_aside=options.set_aside, explain=options.explain)


def _write_page(reading: Reading, path: Path, number: int) -> None:
    from sayso.views.html_page import html_page

    if number > 1:
        raise click.UsageError(f"--html writes the page of one report, and there are more: {path} holds the first")
    with opened(path) as stream:
        stream.write(html_page(reading))


def _place_of(result: Reading | Problem) -> str:
    if isinstance(result, Problem):
        return result.where
    return result.report.received.where if result.report.received else ""
