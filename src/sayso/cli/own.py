"""What the commands say that add something of one's own to a register."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sayso.records.own import Added

NAME = "What to call the file; the same name again replaces it. Default: the name of FILE."


def add_file(add: Callable[[Path, str], Added], file: Path, name: str | None, one: str, many: str) -> int:
    """Add FILE and say what came of it; the exit code. `one`, `many`: what it holds, in words."""
    from sayso.views.plain import one_line

    called = name or file.resolve().stem.lower()
    added = add(file, called)
    for problem in added.problems:
        click.echo(f"sayso: {one_line(str(problem))}", err=True)
    if not added.problems:
        click.echo(f"{called}: {added.things} {one if added.things == 1 else many}")
    return int(bool(added.problems))
