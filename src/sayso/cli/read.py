"""`sayso read`: pages in, reports out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import click
import msgspec

from sayso.cli.out import opened
from sayso.engine import map_pages
from sayso.pages.gather import GatherOptions, count_places, gather
from sayso.pages.page import Page
from sayso.pages.report import Overrides, report_of
from sayso.records import Problem, Report
from sayso.views.plain import one_line
from sayso.views.progress import watched
from sayso.views.writers import AccountWriter, JsonWriter

# Starting a process costs about as much as reading this many pages. Clean text is read faster than handed over.
_MANY_PAGES = 40


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `sayso read` was asked for; the fields are its options."""

    inputs: Sequence[str]
    text: bool = False
    set_aside: bool = False
    as_json: bool = False
    out: Path | None = None
    published: str | None = None
    outlet: str | None = None
    allow_private: bool = False
    workers: int | None = None


def read_inputs(options: ReadOptions) -> int:
    """Read everything, write the account or the JSON, name the problems; the exit code."""
    found = gather(options.inputs, GatherOptions(allow_private=options.allow_private), sys.stdin.buffer)
    read_one = partial(report_of, overrides=Overrides(published=options.published, outlet=options.outlet))
    results = map_pages(found, read_one, options.workers) if options.workers else _as_it_pays(found, read_one)
    problems = 0
    with opened(options.out) as stream:
        writer = JsonWriter(stream) if options.as_json else AccountWriter(stream, options.text, options.set_aside)
        for result in watched(results, _place_of, partial(count_places, options.inputs)):
            if isinstance(result, Problem):
                problems += 1
                click.echo(f"sayso: {one_line(str(result))}", err=True)
            else:
                writer.write(result)
        writer.end(problems)
    return 1 if problems else 0


def _as_it_pays(
    found: Iterator[Page | Problem], read_one: Callable[[Page], Report]
) -> Iterator[Report | Problem]:  # fmt: skip
    """The first pages in this process, and the rest, if that is worth it, in one process for each core."""
    workers = 1

    def first() -> Iterator[Page | Problem]:
        nonlocal workers
        for item in islice(found, _MANY_PAGES):
            if isinstance(item, Page) and item.received.media != "clean":
                workers = os.cpu_count() or 1
            yield item

    yield from map_pages(first(), read_one)
    yield from map_pages(found, read_one, workers)


def _place_of(result: Report | Problem) -> str:
    if isinstance(result, Problem):
        return result.where
    return result.received.where if result.received else ""
