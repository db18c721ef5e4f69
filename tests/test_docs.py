"""The documentation names what is there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from sayso.cli.commands import sayso
from sayso.records.pool import Dispute, DisputeSide, HolderDispute, Holding, Incident, Origin, Voice
from sayso.records.reading import Claim, Event, Reading
from sayso.records.report import Report
from sayso.records.vocabulary import EVENT_TYPES, STANCES, STATUSES

ROOT = Path(__file__).parent.parent


def test_every_dependency_is_justified_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[<>=\[;]", line)[0] for line in project["dependencies"]}
    rows = re.findall(r"^\| ([\w.-]+) \|", (ROOT / "docs/dependencies.md").read_text(encoding="utf-8"), re.M)
    assert set(rows) - {"package"} == asked


def test_every_field_of_a_reading_is_documented() -> None:
    documented = set(re.findall(r"`(\w+)`", (ROOT / "docs/reading.md").read_text(encoding="utf-8")))
    for record in (Reading, Report, Claim, Event):
        assert set(record.__struct_fields__) <= documented, record
    assert {*EVENT_TYPES, *STANCES, *STATUSES} <= documented


def test_every_field_of_what_a_pool_says_is_documented_and_no_other() -> None:
    page = (ROOT / "docs/account.md").read_text(encoding="utf-8")
    sections = {part.split("\n", 1)[0]: part for part in re.split(r"^## ", page, flags=re.M)}
    for head, records, beside in (
        ("An incident", (Incident,), set()),
        ("An origin", (Origin, Voice), set()),
        ("A dispute", (Dispute, HolderDispute), {"incident"}),
        ("A side of a dispute", (DisputeSide,), set()),
        ("A holding", (Holding,), set()),
    ):
        rows = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", sections[head], re.M))))
        fields = {name for record in records for name in record.__struct_fields__} - {"voice", "dispute"}
        assert rows - {"voice"} == fields | beside, head


def commands(group: click.Group, before: str = "sayso") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


@pytest.mark.parametrize(
    ("name", "command"), list(commands(sayso)), ids=lambda item: item if isinstance(item, str) else ""
)
def test_every_command_and_option_is_documented_and_no_other(name: str, command: click.Command) -> None:
    page = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    sections = {part.split("\n", 1)[0]: part for part in re.split(r"^## ", page, flags=re.M)}
    section = next((part for head, part in sections.items() if re.match(rf"`{name}[ `]", head)), None)
    assert section is not None, f"docs/cli.md has no section on {name}"
    options = {flag for option in command.params if isinstance(option, click.Option) for flag in option.opts}
    assert set(re.findall(r"^\| `(--[\w-]+)", section, re.M)) == {flag for flag in options if flag.startswith("--")}


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
