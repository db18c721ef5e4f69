"""`sayso outlets`: look into the register of outlets, check a file written for it, and add outlets of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.own import NAME, add_file

if TYPE_CHECKING:
    from sayso.outlets import Outlet


@click.group()
def outlets() -> None:
    """News outlets and agencies of record."""


@outlets.command()
@click.argument("name", metavar="NAME|URL")
@click.option("--country", metavar="CC", help="Which, of outlets that share a name: ISO code of its country, like SY.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def find(name: str, country: str | None, as_json: bool) -> int:
    """Find an outlet by a name, by an address, or by a phrase like "Russia's state-run TASS".

    Where several share the name, all are printed. Exit code 1: none found.
    """
    import msgspec

    from sayso.outlets import Outlets

    register = Outlets.installed()
    one = register.by_url(name) if "://" in name else register.by_name(name, country.upper() if country else None)
    found = [one] if one else [outlet for outlet, _ in register.called(name)]
    for outlet in found:
        click.echo(msgspec.json.encode(outlet).decode() if as_json else _account(outlet))
    if not found:
        click.echo(f"sayso: no outlet of that name or address is in the register: {_shown(name)}", err=True)
    return 0 if found else 1


@outlets.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(file: Path) -> int:
    """Check a YAML FILE of outlets: its form, and that nothing in it is another outlet's.

    Every fault is named with its line. Exit code 1: something is wrong.
    """
    from sayso.outlets import Outlets
    from sayso.outlets.source import REGISTER, problems_among, read_outlets

    register = Outlets.packaged()
    written, problems = read_outlets(file)
    known = () if file.resolve().parent == REGISTER else register.all()
    problems += problems_among({str(file): written}, register.words, known)
    for problem in sorted(problems, key=lambda p: p.line or 0):
        click.echo(f"sayso: {_shown(str(problem))}", err=True)
    if not problems:
        click.echo(f"{len(written)} outlets, nothing wrong")
    return 1 if problems else 0


@outlets.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "name", metavar="NAME", help=NAME)
def add(file: Path, name: str | None) -> int:
    """Add the outlets of FILE to the register, for all that is read and linked from now on.

    FILE is YAML like the files of the register. If anything in it is wrong, it is named as `check` does, nothing is
    added, and the exit code is 1.
    """
    from sayso.outlets.own import add as add_outlets

    return add_file(add_outlets, file, name, "outlet", "outlets")


def _account(outlet: Outlet) -> str:
    """An outlet in lines: what it is, and each list it has."""
    where = f", {outlet.country}" if outlet.country else ""
    lines = [f"{outlet.name} ({outlet.id}): {outlet.kind}{where}{', supplies other media' if outlet.agency else ''}"]
    facts = {
        "also": ", ".join(outlet.all_names()[1:]),
        "web": ", ".join(outlet.domains),
        "owner": outlet.owner,
        "reports on": ", ".join(outlet.about),
        "at home in": outlet.seat,
        "languages": ", ".join(outlet.languages),
        "note": outlet.note,
        "source": outlet.source,
    }
    return "\n".join([*lines, *(f"  {name}: {fact}" for name, fact in facts.items() if fact)])


def _shown(text: str) -> str:
    """Without what a terminal might obey, and what it cannot print."""
    encoding = sys.stderr.encoding or "utf-8"
    plain = "".join(c if c.isprintable() else "�" for c in text)
    return plain.encode(encoding, "replace").decode(encoding)
