"""The options that the ledger's commands share, and how their errors end."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.records.vocabulary import EVENT_TYPES, STANCES, STATUSES

if TYPE_CHECKING:
    import sqlite3

    from sayso.ledger.filters import Filters

F = TypeVar("F", bound=Callable[..., Any])
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
LIMIT = 50  # rows shown; a screen or two


def _date(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _DATE.fullmatch(value):
        raise click.BadParameter(f"{value!r} is not a day, month or year like 2016-06-08, 2016-06 or 2016")
    return value


ledger_option = click.option(
    "--ledger", metavar="FILE", envvar="SAYSO_LEDGER", required=True,
    type=click.Path(path_type=Path, dir_okay=False), help="The ledger. Default: the file that SAYSO_LEDGER names.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")

_OUTPUT = (
    json_option,
    click.option("--csv", "as_csv", is_flag=True, help="Print CSV."),
    click.option("--limit", metavar="N", type=click.IntRange(min=0), default=LIMIT, show_default=True, help="Rows at most; 0: all."),  # noqa: E501
)  # fmt: skip
_PERIOD = (
    click.option("--since", metavar="DATE", callback=_date, help="From this day, month or year on."),
    click.option("--until", metavar="DATE", callback=_date, help="To the end of this day, month or year."),
)
_WHERE = (
    click.option("--place", metavar="NAME|LAT,LON", help="At this place; with --radius around it."),
    click.option("--radius", metavar="KM", type=click.FloatRange(0, 5000, min_open=True), help="Around --place. Default for LAT,LON: 30."),  # noqa: E501
)  # fmt: skip
_WHAT = (
    click.option("--type", "types", metavar="TYPE", multiple=True, type=click.Choice(EVENT_TYPES), help="Events of this type. Repeatable."),  # noqa: E501
    click.option("--actor", metavar="NAME", help="With this actor, on either side."),
    click.option("--status", metavar="STATUS", multiple=True, type=click.Choice(STATUSES), help="Events of this status. Repeatable."),  # noqa: E501
)  # fmt: skip
_WHO = (
    click.option("--source", metavar="NAME", help="On the word of this source."),
    click.option("--outlet", metavar="NAME", help="In this outlet."),
)
stance_option = click.option("--stance", metavar="STANCE", multiple=True, type=click.Choice(STANCES), help="Claims of this stance. Repeatable.")  # fmt: skip # noqa: E501
after_option = click.option("--after", metavar="ID", help="Go on after the row with this id.")


def _all_of(*groups: tuple[Callable[[F], F], ...]) -> Callable[[F], F]:
    """The options as one decorator, shown in the help in this order."""

    def decorate(function: F) -> F:
        for option in reversed([option for group in groups for option in group]):
            function = option(function)
        return function

    return decorate


output_options = _all_of((ledger_option,), _OUTPUT)
filter_options = _all_of((ledger_option,), _WHERE, _PERIOD, _WHAT, _WHO, _OUTPUT)
who_options = _all_of((ledger_option,), _PERIOD, _WHO, _OUTPUT)


def plainly(function: F) -> F:
    """The command, with a SaysoError as one plain line and exit code 1."""

    @functools.wraps(function)
    def command(*args: object, **kwargs: object) -> object:
        from sayso.records import SaysoError
        from sayso.views.plain import one_line

        try:
            return function(*args, **kwargs)
        except SaysoError as error:
            click.echo(f"sayso: {one_line(str(error))}", err=True)
            return 1

    return command  # type: ignore[return-value]  # the same signature, which `wraps` cannot say


def filters_of(connection: sqlite3.Connection, given: dict[str, Any]) -> Filters:
    """The filters from the options given; `given` keeps what is none."""
    from sayso.engine.near import circle, point
    from sayso.ledger.filters import Filters
    from sayso.records import SaysoError

    place, radius = given.pop("place", None), given.pop("radius", None)
    names = ("since", "until", "actor", "source", "outlet", "types", "status", "stance")
    values = {name: given.pop(name) for name in names if name in given}
    if radius and not place:
        raise click.UsageError("--radius needs --place.")
    try:
        is_point = bool(place and point(place))
    except SaysoError as error:
        raise click.UsageError(str(error)) from None
    near = circle(connection, place, radius) if place else None
    return Filters(place=None if is_point else place, near=near, **values)
