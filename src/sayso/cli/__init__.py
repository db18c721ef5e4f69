"""The command line. What is heavy is imported by the command that needs it, so that `--help` answers at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence

INTERRUPTED = 130  # 128 + SIGINT, what shells expect of a program that was told to stop


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0; 1 if anything could not be used; 2 for wrong usage. Never returns."""
    try:
        sys.exit(_run(arguments))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _run(arguments: Sequence[str] | None) -> int:
    import click

    from sayso.cli.commands import sayso
    from sayso.records.errors import SaysoError

    try:
        return sayso.main(args=arguments, prog_name="sayso", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SaysoError as error:  # what stands in the way of all of it, such as an own register that is broken
        click.echo(f"sayso: {error.problem}", err=True)
        return 1
    except click.Abort:  # what click makes of Ctrl-C
        return INTERRUPTED
