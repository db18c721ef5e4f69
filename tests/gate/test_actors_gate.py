"""Actors of record over the annotated reports: floors in percent that only rise, and are lowered with a reason."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from types import ModuleType

import pytest

from sayso.actors import Register
from sayso.actors.names import key, words
from tests.gate.conftest import Script

FLOORS = {  # file: (F1 of "same actor" over pairs of mentions in a report, share of organisations that got an id)
    "train.gold.jsonl": (78.5, 80.0),
    "dev.gold.jsonl": (76.0, 73.0),
}


@pytest.fixture(scope="module")
def measure(script: Script) -> ModuleType:
    return script("measure_actors")


@pytest.mark.parametrize("name", FLOORS)
def test_mentions_of_one_actor_are_given_one_id(name: str, measure: ModuleType, shared: Path) -> None:
    counts = measure.measure(measure.documents_in(shared / "gold" / name), Register.packaged())
    same, covered = FLOORS[name]
    assert 100 * counts.f1 >= same
    assert 100 * counts.coverage >= covered


def test_every_armed_group_of_the_ucdp_syria_file_is_of_record(shared: Path) -> None:
    register = Register.packaged()
    known = {actor.ucdp.name for actor in register.index.actors.values() if actor.ucdp}
    groups: set[str] = set()
    with next((shared / "corpora" / "ucdp_syria").glob("*.csv")).open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            groups |= {name.strip() for side in ("side_a", "side_b") for name in row[side].split(", ")}
    named = {g for g in groups if register.exact(key(words(g))) or g in register.index.acronyms}
    states = {g for g in groups if re.match("Government of|Civilians", g)}
    assert not groups - known - named - states
