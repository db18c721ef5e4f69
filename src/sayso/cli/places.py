"""`sayso places`: which places a name may mean, and gazetteers of one's own."""

from __future__ import annotations

from math import log10
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sayso.places.entry import Match
    from sayso.places.gazetteer import Gazetteer

Point = tuple[float, float]
_NEAR_KM = 50.0  # a candidate this far from --near loses 0.6 points: a place of four times its people draws level


@click.group()
def places() -> None:
    """Look up places, and add gazetteers of your own."""


@places.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option(
    "--near", metavar="PLACE|LAT,LON", help="Prefer what is near this place or point, and print how far it is."
)
@click.option("--why", is_flag=True, help="Say how each candidate was found and what it weighs.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=5, show_default=True, help="Candidates to print of each name.")  # fmt: skip # noqa: E501
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def find(names: tuple[str, ...], near: str | None, why: bool, limit: int, as_json: bool) -> int:
    """Print the places that each NAME may mean, best first. Exit code 1 if one is not known."""
    from sayso.places.gazetteer import Gazetteer

    gazetteer = Gazetteer.installed()
    point = None if near is None else _point(near, gazetteer)
    missing = 0
    for name in names:
        matches = _nearest_first(gazetteer.find(name), point)[:limit]
        missing += not matches
        click.echo(_json(name, matches, point) if as_json else _lines(name, matches, point, near, why, gazetteer))
    return int(bool(missing))


def _point(near: str, gazetteer: Gazetteer) -> Point:
    """The point that --near means; wrong usage if there is none."""
    parts = near.split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        matches = gazetteer.find(near)
        if not matches:
            raise click.BadParameter(f"no place known by the name {near!r}", param_hint="--near") from None
        return matches[0].entry.lat, matches[0].entry.lon
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise click.BadParameter(f"not on the Earth: {near}", param_hint="--near")
    return lat, lon


def _distance(match: Match, point: Point) -> float:
    from sayso.places.gazetteer import km

    return km(*point, match.entry.lat, match.entry.lon)


def _nearest_first(matches: tuple[Match, ...], point: Point | None) -> list[Match]:
    """By score, less the more powers of ten of distance."""
    if point is None:
        return list(matches)
    return sorted(matches, key=lambda match: -(match.score - 2 * log10(1 + _distance(match, point) / _NEAR_KM)))


def _json(name: str, matches: list[Match], point: Point | None) -> str:
    import msgspec

    found = [
        msgspec.to_builtins(match.entry)
        | {"how": match.how, "score": match.score, "km": None if point is None else round(_distance(match, point), 1)}
        for match in matches
    ]
    return msgspec.json.encode({"asked": name, "places": found}).decode()


def _lines(
    name: str, matches: list[Match], point: Point | None, near: str | None, why: bool, gazetteer: Gazetteer
) -> str:
    from sayso.views.plain import one_line

    if not matches:
        return f"{one_line(name)}: no place known by this name"
    lines = [f"{one_line(name)}:"]
    for match in matches:
        entry = match.entry
        country = gazetteer.inside(entry)[-1:]
        facts = [
            country[0].name if country else entry.country or "",
            (entry.admin1_name or "") if entry.level != "province" else "",
            entry.level,
            f"{entry.population:,} people" if entry.population else "",
            "" if point is None else f"{_distance(match, point):.0f} km from {near}",
            _why(match) if why else "",
            f"{entry.lat:.4f}, {entry.lon:.4f}",
            entry.id,
        ]
        lines.append(one_line(f"{entry.name}: {'; '.join(filter(None, facts))}"))
    return "\n  ".join(lines)


_HOW = {
    "exact": "its own name",
    "other name": "another of its names",
    "people": "what its people are called",
    "bare": "its name, without articles and type words",
    "spelling": "sounds like one of its names",
}


def _why(match: Match) -> str:
    less = f" less {match.penalty:g} for the name" if match.penalty else ""
    return f"{_HOW[match.how]}, weight {match.score + match.penalty:.1f}{less}"


@places.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path, exists=True))
@click.option("--as", "name", metavar="NAME", help="What to call the gazetteer; the same name again replaces it. Default: the name of FILE.")  # fmt: skip # noqa: E501
@click.option("--names", "names_file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="GeoNames' alternateNamesV2.txt, for more names of the places of a dump.")  # fmt: skip # noqa: E501
@click.option("--column", "columns", metavar="OURS=THEIRS", multiple=True, help="What a CSV file calls a column of ours: --column lat=Y.")  # fmt: skip # noqa: E501
def add(source: Path, name: str | None, names_file: Path | None, columns: tuple[str, ...]) -> int:
    """Add the places of FILE: a dump of GeoNames, a folder of Who's On First, or CSV (our columns: id, name, names,
    country, admin1, admin2, lat, lon, level, feature, population; only name, lat and lon are needed).

    Lines that cannot be used are named with their reason, the rest is added, and the exit code is 1.
    """
    from sayso.places.add import add as add_gazetteer

    called = name or source.resolve().stem.lower()
    added = add_gazetteer(source, called, names_file=names_file, columns=_columns(columns))
    for problem in added.problems:
        click.echo(f"sayso: {problem}", err=True)
    left_out = f", {len(added.problems)} left out" if added.problems else ""
    click.echo(f"{called}: {added.places} places{left_out}")
    return int(bool(added.problems))


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    from sayso.places.entry import Row

    columns = {}
    for each in given:
        ours, equals, theirs = each.partition("=")
        if not equals or ours not in Row.__struct_fields__:
            known = ", ".join(Row.__struct_fields__)
            raise click.BadParameter(f"{each!r} is not like lat=Y; ours are {known}", param_hint="--column")
        columns[ours] = theirs
    return columns
