"""Corpora name their outlets in many ways: how many are known."""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from sayso.outlets import Outlets

LGL_ADDRESSES = 0.97  # of 588; domains that changed hands since 2009 are left out of the register
UCDP_OFFICES = 0.998  # of 21,137 mentions of a source office in the Syria file


def rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_outlets_of_reports_on_syria_are_known(shared: Path) -> None:
    named = {row["source"] for row in rows(shared / "corpora/fakes/fakes.csv")}
    assert [name for name in named if Outlets.packaged().by_name(name) is None] == []


def test_the_addresses_of_local_papers_are_known(shared: Path) -> None:
    text = (shared / "corpora/geo/lgl/lgl.xml").read_text(encoding="utf-8", errors="replace")
    urls = re.findall(r"<url>(.*?)</url>", text)
    assert sum(Outlets.packaged().by_url(url) is not None for url in urls) / len(urls) >= LGL_ADDRESSES


def test_the_source_offices_of_ucdp_are_known(shared: Path) -> None:
    offices = [
        name
        for row in rows(shared / "corpora/ucdp_syria/ucdp_ged_syria_2016_2019.csv")
        for part in row["source_office"].split(";")
        if (name := part.strip(' "'))
    ]
    known = {name: Outlets.packaged().by_name(name) is not None for name in set(offices)}
    assert sum(known[name] for name in offices) / len(offices) >= UCDP_OFFICES
