"""Commands that keep the ledger: make it, add to it, prove it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
import msgspec

from sayso.engine.ledger_add import TOOL, Added, AddOptions, add_pages, comparing
from sayso.engine.ledger_link import link_all, relink
from sayso.engine.ledger_reread import RereadOptions, reread
from sayso.engine.ledger_watch import WatchOptions, feeds_of, look_once, watch
from sayso.ledger import Ledger, Stamp, custody
from sayso.ledger.filters import Filters
from sayso.ledger.incidents import count
from sayso.ledger.redact import redact, scrub
from sayso.ledger.verify import misfits
from sayso.pages.gather import GatherOptions, count_places, gather
from sayso.pages.report import Overrides
from sayso.records import Problem
from sayso.views.plain import one_line
from sayso.views.progress import watched
from sayso.views.tables import json_object

_WORDS = {
    "new": "new",
    "unreadable": "kept, but could not be read",
    "again": "there already, now from elsewhere too",
    "known": "there already",
    "redacted": "redacted earlier, not taken in",
    "conflict": "not taken in: their ids are taken",
}


class AddCommand(msgspec.Struct, frozen=True, kw_only=True):
    """What `sayso add` was asked for; the fields are its options."""

    inputs: Sequence[str]
    ledger: Path
    as_json: bool = False
    published: str | None = None
    outlet: str | None = None
    allow_private: bool = False
    workers: int | None = None


class WatchCommand(msgspec.Struct, frozen=True, kw_only=True):
    """What `sayso watch` was asked for; the fields are its options."""

    inputs: Sequence[str]
    ledger: Path
    as_json: bool = False
    once: bool = False
    every: float = 15.0
    allow_private: bool = False


def now() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)


def make(path: Path) -> int:
    """Make a ledger."""
    with Ledger.create(path, now(), TOOL):
        return 0


def add_inputs(command: AddCommand) -> int:
    """Add everything, name the problems, say what became of all; the exit code."""
    options = AddOptions(
        overrides=Overrides(published=command.published, outlet=command.outlet), workers=command.workers
    )
    found = gather(command.inputs, GatherOptions(allow_private=command.allow_private), sys.stdin.buffer)
    with Ledger.open(command.ledger, write=True) as ledger:
        added = add_pages(ledger, found, options, now)
        return say_added(added, partial(count_places, command.inputs), command.as_json)


def say_added(added: Iterator[Added], count: Callable[[], int], as_json: bool) -> int:
    """Say what becomes of each page (JSON) or of all (people), problems as they come; the exit code."""
    counts: Counter[str] = Counter()
    for item in watched(_with_problems(added), _place_of, count):
        if isinstance(item, Problem):
            click.echo(f"sayso: {one_line(str(item))}", err=True)
            continue
        counts[item.outcome or "problem"] += 1
        if as_json:
            row = {"id": item.id, "place": item.place, "outcome": item.outcome or "problem"}
            click.echo(json_object({**row, "problem": str(item.problem) if item.problem else None}))
    if not as_json:
        click.echo(
            ", ".join(f"{counts[name]:,} {words}" for name, words in _WORDS.items() if counts[name]) or "nothing"
        )
    return 1 if counts.keys() & {"problem", "conflict", "unreadable"} else 0


def verify_all(path: Path, as_json: bool, head: str | None) -> int:
    """Name what does not fit; the exit code."""
    with Ledger.open(path) as ledger, ledger.reading() as connection:
        connection.execute("BEGIN")  # one state of the ledger, whatever is added meanwhile
        found = 0
        for misfit in misfits(connection, head):
            found += 1
            click.echo(json_object(msgspec.to_builtins(misfit)) if as_json else one_line(str(misfit)))
        lines, seal = custody.head(connection)
    if not as_json:
        fits = "everything fits" if not found else f"{found:,} things do not fit"
        click.echo(f"{fits}: {lines:,} lines of custody, the last {seal}")
    return 1 if found else 0


def back_up(path: Path, target: Path) -> int:
    """Copy the ledger."""
    with Ledger.open(path) as ledger:
        ledger.backup(target)
    return 0


def redact_one(path: Path, id: str, reason: str) -> int:
    """Remove one report's content."""
    with Ledger.open(path, write=True) as ledger:
        number = ledger.number_of(id)
        with ledger.writing() as connection:
            others = redact(connection, number, reason, Stamp(now(), TOOL, ""), comparing(ledger))
        link_all(ledger, now)
        with ledger.reading() as connection:
            scrub(connection)
    for other in others:
        click.echo(f"sayso: the same bytes are kept as {one_line(other)} too: redact that as well", err=True)
    click.echo("redacted; backups of the ledger, and whatever was exported from it, hold it still")
    return 0


def link_up(path: Path, everything: bool) -> int:
    """Link what waits, or everything; the exit code."""
    with Ledger.open(path, write=True) as ledger:
        linked = relink(ledger, now) if everything else link_all(ledger, now)
        with ledger.reading() as connection:
            incidents = count(connection, Filters())
    click.echo(f"{linked:,} reports linked: {incidents:,} incidents")
    return 0


def read_again(path: Path, everything: bool, workers: int, as_json: bool) -> int:
    """Read again what is outdated; the exit code."""
    options = RereadOptions(everything=everything, workers=workers)
    counts: Counter[str] = Counter()
    with Ledger.open(path, write=True) as ledger:
        for item in reread(ledger, options, now):
            counts[item.outcome] += 1
            if item.problem is not None:
                click.echo(f"sayso: {one_line(str(item.problem))}", err=True)
            if as_json:
                row = {"id": item.id, "outcome": item.outcome, "problem": str(item.problem) if item.problem else None}
                click.echo(json_object(row))
    if not as_json:
        said = f"{counts['changed']:,} say something else now, {counts['same']:,} the same"
        click.echo(said + (f", {counts['unreadable']:,} could not be read" if counts["unreadable"] else ""))
    return 0


def watch_feeds(command: WatchCommand) -> int:
    """Ask the feeds, once or again and again; the exit code."""
    found = list(feeds_of(command.inputs))
    problems = [item for item in found if isinstance(item, Problem)]
    urls = [item for item in found if isinstance(item, str)]
    for problem in problems:
        click.echo(f"sayso: {one_line(str(problem))}", err=True)
    options = WatchOptions(every=60 * command.every, allow_private=command.allow_private)
    with Ledger.open(command.ledger, write=True) as ledger:
        look = look_once if command.once else watch
        code = say_added(look(ledger, urls, options, now), lambda: len(urls), command.as_json)
    return 1 if problems else code


def _with_problems(added: Iterator[Added]) -> Iterator[Added | Problem]:
    """Each page's problem before the page: the progress bar makes room for problems."""
    for item in added:
        if item.problem is not None:
            yield item.problem
        yield item


def _place_of(item: Added | Problem) -> str:
    return item.where if isinstance(item, Problem) else item.place
