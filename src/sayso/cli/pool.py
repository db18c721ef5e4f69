"""`sayso brief`, `incidents`, `disputes`, `control`: what some reports say together."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from math import cos, radians
from pathlib import Path
from typing import Any, TextIO

import click
import msgspec

from sayso.cli.out import opened
from sayso.linking.pool import Pool
from sayso.linking.stretches import at
from sayso.places.gazetteer import Gazetteer
from sayso.records import Problem
from sayso.records.pool import Holding
from sayso.records.reading import Reading
from sayso.records.resolved import Place
from sayso.views.brief import Brief, Wanted, brief_of
from sayso.views.plain import in_json, one_line
from sayso.views.progress import watched

KM_A_DEGREE = 111.0  # of latitude, at least


class PoolCommand(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for; the fields are the commands' options."""

    inputs: tuple[str, ...]
    ledger: Path | None = None
    place: str | None = None
    radius: float = 30.0
    since: str | None = None
    until: str | None = None
    about: str | None = None
    what_changed_since: str | None = None
    published: str | None = None
    at: str | None = None
    form: str = "terminal"
    out: Path | None = None
    allow_private: bool = False
    whole: bool = False  # more of the pool is looked at than is asked for


def brief(command: PoolCommand) -> int:
    """Read the inputs and write their brief; the exit code."""
    pool, problems = read_pool(command)
    found = brief_of(pool, wanted_of(command))
    with opened(command.out) as stream:
        _write_brief(found, pool, command.form, stream)
    return 1 if problems else 0


def incidents(command: PoolCommand) -> int:
    """Write the incidents asked for as JSON, one a line, or as GeoJSON."""
    from sayso.views.geojson import incidents_as_geojson

    pool, problems = read_pool(command)
    found = wanted_of(command).incidents(pool)
    with opened(command.out) as stream:
        _write_json([incidents_as_geojson(found)] if command.form == "geojson" else found, stream)
    return 1 if problems else 0


def disputes(command: PoolCommand) -> int:
    """Write the disputes asked for as JSON, one a line: of an incident with its id, of who holds a place with that."""
    pool, problems = read_pool(command)
    rows = [
        {"incident": incident.id, "place": incident.place, "first": incident.first, **msgspec.to_builtins(dispute)}
        for incident in wanted_of(command).incidents(pool)
        for dispute in incident.disputes
    ]
    rows += [
        {"incident": None, "place": found.place, "first": found.first, **msgspec.to_builtins(found.dispute)}
        for found in wanted_of(command).holder_disputes(pool)
    ]
    with opened(command.out) as stream:
        _write_json(rows, stream)
    return 1 if problems else 0


def control(command: PoolCommand) -> int:
    """Write who is said to hold what, as JSON, one a line, or as GeoJSON: of one day with its areas."""
    pool, problems = read_pool(command)
    holdings = wanted_of(command).holdings(pool)
    rows = at(holdings, command.at) if command.at else holdings
    with opened(command.out) as stream:
        _write_json([_drawn(holdings, command.at)] if command.form == "geojson" else rows, stream)
    return 1 if problems else 0


def _drawn(holdings: list[Holding], day: str | None) -> dict[str, Any]:
    from sayso.actors.register import Register
    from sayso.engine.pool import relation
    from sayso.views.geojson import holdings_as_geojson

    if day is None:
        return holdings_as_geojson(holdings)
    from sayso.views.areas import control_as_geojson

    return control_as_geojson(holdings, day, relation(Register.installed()))


def read_pool(command: PoolCommand) -> tuple[Pool, int]:
    """The pool of the inputs, or of the ledger where there are none, and how many inputs could not be used."""
    if command.inputs:
        return _read(command)
    if command.published:
        raise click.UsageError("--published is of inputs that are read; of reports in a ledger: sayso add --published")
    if command.ledger is None:
        raise click.UsageError("name what to read, or a ledger with --ledger")
    return _kept(command, command.ledger), 0


def _kept(command: PoolCommand, path: Path) -> Pool:
    """What the ledger keeps linked, after linking what waits: no more of it than can be wanted."""
    from sayso.engine.kept import freshened, kept_pool
    from sayso.ledger import Ledger
    from sayso.ledger.filters import Filters

    with Ledger.open(path) as ledger:
        if said := freshened(ledger, datetime.now(UTC)):
            click.echo(f"sayso: {one_line(said)}", err=True)
        if command.whole:
            return kept_pool(ledger)
        near = wanted_of(command).place
        box = box_around(near.lat, near.lon, command.radius) if near else None
        return kept_pool(ledger, Filters(box=box, since=command.since, until=command.until))


def _read(command: PoolCommand) -> tuple[Pool, int]:
    from sayso.engine import map_as_it_pays  # loading what reads takes as long as a brief from a ledger
    from sayso.engine.pool import pool_of
    from sayso.engine.stages import read_page
    from sayso.pages.gather import GatherOptions, count_places, gather
    from sayso.pages.report import Overrides

    readings: list[Reading] = []
    problems = 0
    found = gather(command.inputs, GatherOptions(allow_private=command.allow_private), sys.stdin.buffer)
    results = map_as_it_pays(found, partial(read_page, overrides=Overrides(published=command.published)))
    for result in watched(results, _place_of, partial(count_places, command.inputs)):
        if isinstance(result, Problem):
            problems += 1
            click.echo(f"sayso: {one_line(str(result))}", err=True)
        else:
            readings.append(result)
    return pool_of(readings), problems


def _place_of(result: Reading | Problem) -> str:
    if isinstance(result, Problem):
        return result.where
    return result.report.received.where if result.report.received else ""


def wanted_of(command: PoolCommand) -> Wanted:
    """The part of the pool that was asked for; wrong usage if the place is not known."""
    return Wanted(
        since=command.since,
        until=command.until,
        place=_place(command.place) if command.place else None,
        km=command.radius,
        about=command.about,
        changed_since=command.what_changed_since,
    )


def _place(name: str) -> Place:
    """The place to look around: LAT,LON or a name."""
    lat, _, lon = name.partition(",")
    try:
        where = float(lat), float(lon)
    except ValueError:
        found = Gazetteer.installed().find(name)
        if not found:
            raise click.UsageError(f"no place called {name!r} is in the gazetteer") from None
        entry = found[0].entry
        return _spot(entry.id, entry.name, entry.lat, entry.lon)
    return _spot("given", name, *where)


def box_around(lat: float, lon: float, km: float) -> tuple[float, float, float, float] | None:
    """South, west, north and east of all that is within so many kilometres; None: near a pole, or very far."""
    north = km / KM_A_DEGREE + 0.01
    if abs(lat) + north >= 85 or (east := north / cos(radians(abs(lat) + north))) >= 180:
        return None
    west = (lon - east + 180) % 360 - 180
    return lat - north, west, lat + north, (lon + east + 180) % 360 - 180


def _spot(ident: str, name: str, lat: float, lon: float) -> Place:
    return Place(
        id=ident, name=name, country=None, admin1=None, lat=lat, lon=lon, level="town", precision=1, candidates=1,
        why="given",
    )  # fmt: skip


def _write_brief(found: Brief, pool: Pool, form: str, stream: TextIO) -> None:
    if form == "json":
        _write_json([found], stream)
    elif form == "markdown":
        from sayso.views.brief.show import in_markdown

        stream.write(in_markdown(found))
    elif form == "html":
        from sayso.views.brief.page import in_html

        stream.write(in_html(found, pool))
    else:
        from sayso.views.brief.show import in_terminal
        from sayso.views.writers import print_lines

        print_lines(in_terminal(found), stream)


def _write_json(rows: Iterable[Any], stream: TextIO) -> None:
    for row in rows:
        stream.write(in_json(msgspec.json.encode(row).decode()) + "\n")
