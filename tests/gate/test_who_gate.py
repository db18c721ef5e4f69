"""Who is who, over the annotated reports: floors in percent that only rise, and are lowered by hand with a reason."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

SHARED = os.environ.get("SAYSO_SHARED")
pytestmark = [pytest.mark.gate, pytest.mark.skipif(SHARED is None, reason="SAYSO_SHARED is not set")]

FLOORS = {  # role: (lenient, named); about a point under what was measured on the training reports
    "source": (72.5, 67.0),
    "actors": (46.5, 40.5),
    "targets": (42.0, 30.0),
}


def measure() -> ModuleType:
    """`training/measure_who.py`, which is no part of a package."""
    path = Path(__file__).parents[2] / "training" / "measure_who.py"
    spec = importlib.util.spec_from_file_location("measure_who", path)
    assert spec and spec.loader
    module = sys.modules["measure_who"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_names_are_those_that_careful_readers_gave() -> None:
    who = measure()
    asked = who.asked_in(Path(SHARED or "") / "gold" / "train.gold.jsonl")
    for role, (lenient, named) in FLOORS.items():
        mine = [a for a in asked if a.role == role]
        written = [a for a in mine if a.named]
        assert 100 * sum(who.lenient(a.answer, a.gold) for a in mine) / len(mine) >= lenient, role
        assert 100 * sum(who.full(a.answer, a.gold) for a in written) / len(written) >= named, role
