"""The options that all commands on a pool share: what to read, and which part of it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from sayso.cli.dates import iso_date, published_option

F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS = (
    click.argument("inputs", metavar="[PATH|URL|-...]", nargs=-1),
    click.option("--ledger", metavar="FILE", envvar="SAYSO_LEDGER", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="The ledger whose reports are meant where no inputs are given. Default: the file that SAYSO_LEDGER names."),  # noqa: E501
    click.option("--place", metavar="NAME|LAT,LON", help="Only around this place."),
    click.option("--radius", metavar="KM", type=click.FloatRange(0, 5000, min_open=True), default=30.0, show_default=True, help="How far around --place."),  # noqa: E501
    click.option("--since", metavar="DATE", callback=iso_date, help="From this day on."),
    click.option("--until", metavar="DATE", callback=iso_date, help="To this day."),
    click.option("--about", metavar="ACTOR", help="Only what this actor did or suffered: its name or id."),
    click.option("--what-changed-since", metavar="DATE", callback=iso_date, help="Only what reports published since this day speak of."),  # noqa: E501
    published_option,
    click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE, whole or not at all."),  # noqa: E501
    click.option("--allow-private", is_flag=True, help="Fetch addresses inside private networks and on this machine too."),  # noqa: E501
)  # fmt: skip


def pool_options(function: F) -> F:
    """The command with the shared options."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
