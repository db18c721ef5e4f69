"""Dates as they are given on the command line."""

from __future__ import annotations

from datetime import datetime

import click


def iso_date(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """The date as given; wrong usage if ISO 8601 does not know it."""
    try:
        if value is not None:
            datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date like 2016-06-08 or 2016-06-08T14:30+03:00") from None
    return value


published_option = click.option(
    "--published", metavar="DATE", callback=iso_date, help="Date of publication, over what the pages say."
)
