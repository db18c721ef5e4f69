"""Actors of record over the annotated reports: floors in percent that only rise, and are lowered with a reason."""

from __future__ import annotations

import csv
import importlib.util
import os
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sayso.actors import Register
from sayso.actors.names import key, words

SHARED = Path(os.environ.get("SAYSO_SHARED") or "")
pytestmark = [pytest.mark.gate, pytest.mark.skipif("SAYSO_SHARED" not in os.environ, reason="SAYSO_SHARED is not set")]

FLOORS = {  # file: (F1 of "same actor" over pairs of mentions in a report, share of organisations that got an id)
    "train.gold.jsonl": (78.5, 80.0),
    "dev.gold.jsonl": (76.0, 73.0),
}


def measure() -> ModuleType:
    """`training/measure_actors.py`, which is no part of a package."""
    path = Path(__file__).parents[2] / "training" / "measure_actors.py"
    spec = importlib.util.spec_from_file_location("measure_actors", path)
    assert spec and spec.loader
    module = sys.modules["measure_actors"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", FLOORS)
def test_mentions_of_one_actor_are_given_one_id(name: str) -> None:
    actors = measure()
    counts = actors.measure(actors.documents_in(SHARED / "gold" / name), Register.packaged())
    same, covered = FLOORS[name]
    assert 100 * counts.f1 >= same
    assert 100 * counts.coverage >= covered


def test_every_armed_group_of_the_ucdp_syria_file_is_of_record() -> None:
    register = Register.packaged()
    known = {actor.ucdp.name for actor in register.index.actors.values() if actor.ucdp}
    groups: set[str] = set()
    with next((SHARED / "corpora" / "ucdp_syria").glob("*.csv")).open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            groups |= {name.strip() for side in ("side_a", "side_b") for name in row[side].split(", ")}
    named = {g for g in groups if register.exact(key(words(g))) or g in register.index.acronyms}
    states = {g for g in groups if re.match("Government of|Civilians", g)}
    assert not groups - known - named - states
