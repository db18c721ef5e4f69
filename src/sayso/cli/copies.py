"""`sayso copies`: which of the reports at hand share passages, of which kind, and who had them first."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click
import msgspec

from sayso.cli.out import opened
from sayso.copies import Text
from sayso.engine.pairs import pairs_among
from sayso.pages.gather import GatherOptions, count_places, gather
from sayso.pages.report import report_of
from sayso.records import Problem, Report, SaysoError
from sayso.views.copies import account, json_line, summary
from sayso.views.plain import one_line
from sayso.views.progress import watched


class CopiesOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `sayso copies` was asked for; the fields are its options."""

    inputs: Sequence[str]
    as_json: bool = False
    out: Path | None = None
    allow_private: bool = False


def copies_among(options: CopiesOptions) -> int:
    """Read everything, find the pairs, write them, name the problems; the exit code."""
    texts: dict[str, Text] = {}
    places: dict[str, str] = {}
    problems = 0
    for result in watched(_reports(options), _place_of, partial(count_places, options.inputs)):
        if isinstance(result, Report) and result.id in texts:
            result = Problem(where=_place_of(result), reason=f"the same bytes as {places[result.id]}: left out")
        if isinstance(result, Problem):
            problems += 1
            click.echo(f"sayso: {one_line(str(result))}", err=True)
        else:
            texts[result.id] = Text.of(result)
            places[result.id] = _place_of(result)
    with opened(options.out) as stream:
        pairs = list(pairs_among(texts.values(), os.cpu_count() or 1))
        for pair in pairs:
            lines = [json_line(pair)] if options.as_json else [*account(pair, texts[pair.a], texts[pair.b]), ""]
            stream.write("\n".join(lines) + "\n")
        if not options.as_json:
            stream.write(f"{len(texts)} reports. {summary(pairs)}\n")
    return 1 if problems else 0


def _reports(options: CopiesOptions) -> Iterator[Report | Problem]:
    for page in gather(options.inputs, GatherOptions(allow_private=options.allow_private), sys.stdin.buffer):
        if isinstance(page, Problem):
            yield page
            continue
        try:
            yield report_of(page)
        except SaysoError as error:
            yield error.problem


def _place_of(result: Report | Problem) -> str:
    if isinstance(result, Problem):
        return result.where
    return result.received.where if result.received else ""
