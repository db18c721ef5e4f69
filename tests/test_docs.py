"""The documentation names what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from sayso.records.reading import Claim, Event, Reading
from sayso.records.report import Report
from sayso.records.vocabulary import EVENT_TYPES, STANCES, STATUSES

ROOT = Path(__file__).parent.parent


def test_every_dependency_is_justified_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[<>=\[]", line)[0] for line in project["dependencies"]}
    rows = re.findall(r"^\| ([\w-]+) \|", (ROOT / "docs/dependencies.md").read_text(encoding="utf-8"), re.M)
    assert set(rows) - {"package"} == asked


def test_every_field_of_a_reading_is_documented() -> None:
    documented = set(re.findall(r"`(\w+)`", (ROOT / "docs/reading.md").read_text(encoding="utf-8")))
    for record in (Reading, Report, Claim, Event):
        assert set(record.__struct_fields__) <= documented, record
    assert {*EVENT_TYPES, *STANCES, *STATUSES} <= documented


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
