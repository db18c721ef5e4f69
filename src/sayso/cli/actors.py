"""`sayso actors`: who a name means in the register, whether a file of the register is right, and files of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.dates import iso_date
from sayso.cli.own import NAME, add_file

if TYPE_CHECKING:
    from sayso.actors.register import Register
    from sayso.records.resolved import Named


@click.group()
def actors() -> None:
    """Look up actors of record: states, armed groups, offices, bodies."""


@actors.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--country", "countries", metavar="CC", multiple=True, help="A country the report is about (ISO 3166-1 alpha-2); most named first.")  # fmt: skip # noqa: E501
@click.option("--at", metavar="DATE", callback=iso_date, help="The day of the report.")
@click.option("--why", is_flag=True, help="Say why, what the actor is part of, its side, and ACLED's actor type.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def find(names: tuple[str, ...], countries: tuple[str, ...], at: str | None, why: bool, as_json: bool) -> int:
    """Print the actor of record that each NAME means. Exit code 1 if one means none."""
    from sayso.actors import Register, resolve_actors

    register = Register.installed()
    about = tuple(country.upper() for country in countries)
    found = resolve_actors(names, register=register, text="", countries=about, published=at)
    for name, named in zip(names, found, strict=True):
        click.echo(_json(name, named, register, at) if as_json else _lines(name, named, register, at, why))
    return int(any(named is None for named in found))


def _facts(named: Named, register: Register, at: str | None) -> dict[str, object]:
    inter = register.inter(named.id)
    return {
        "part_of": [_name(register, id_) for id_ in register.parents(named.id, at)],
        "side": register.side_of(named.id, at),
        "acled_inter": None if inter is None else {"code": inter, "name": register.index.inter[str(inter)]},
    }


def _name(register: Register, id_: str) -> str:
    actor = register.actor(id_)
    return id_ if actor is None else actor.name


def _json(name: str, named: Named | None, register: Register, at: str | None) -> str:
    import msgspec

    actor = register.actor(named.id) if named else None
    answer: dict[str, object] = {"asked": name, "actor": named}
    if named is not None and actor is not None:
        entry = {key: value for key, value in msgspec.to_builtins(actor).items() if value or value == 0}
        answer |= {**_facts(named, register, at), "entry": entry}
    return msgspec.json.encode(answer).decode()


def _lines(name: str, named: Named | None, register: Register, at: str | None, why: bool) -> str:
    if named is None:
        return f"{name}: no actor of record"
    lines = [f"{name}: {named.name} ({named.kind}; {named.id})"]
    if why:
        facts = _facts(named, register, at)
        lines.append(f"  why      {named.why}")
        if facts["part_of"]:
            lines.append(f"  part of  {' < '.join(facts['part_of'])}")  # type: ignore[arg-type]
        if facts["side"]:
            lines.append(f"  side     {facts['side']}")
        if (inter := register.inter(named.id)) is not None:
            lines.append(f"  ACLED    {inter}: {register.index.inter[str(inter)]}")
        source = getattr(register.actor(named.id), "source", "")
        lines.append(f"  source   {source}")
    return "\n".join(lines)


@actors.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))  # fmt: skip # noqa: E501
def check(files: tuple[Path, ...]) -> int:
    """Say what is wrong with files of the register, by file, line and reason. Exit code 1 if anything is."""
    from sayso.actors import Register
    from sayso.actors.check import problems_of

    problems = list(problems_of(files, Register.packaged()))
    for problem in problems:
        click.echo(str(problem), err=True)
    if not problems:
        click.echo("1 file, no fault" if len(files) == 1 else f"{len(files)} files, no fault")
    return int(bool(problems))


@actors.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "name", metavar="NAME", help=NAME)
def add(file: Path, name: str | None) -> int:
    """Add the actors of FILE to the register, for all that is read and linked from now on.

    FILE is YAML like the files of the register. If anything in it is wrong, it is named as `check` does, nothing is
    added, and the exit code is 1.
    """
    from sayso.actors.own import add as add_actors

    return add_file(add_actors, file, name, "entry", "entries")
