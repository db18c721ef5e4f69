"""Who is who, over the annotated reports: floors in percent that only rise, and are lowered by hand with a reason."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from tests.gate.conftest import Script

FLOORS = {  # role: (lenient, named); about a point under what was measured on the training reports
    "source": (72.5, 67.0),
    "actors": (46.5, 40.5),
    "targets": (42.0, 30.0),
}


@pytest.fixture(scope="module")
def measure(script: Script) -> ModuleType:
    return script("measure_who")


def test_names_are_those_that_careful_readers_gave(measure: ModuleType, shared: Path) -> None:
    asked = measure.asked_in(shared / "gold" / "train.gold.jsonl")
    for role, (lenient, named) in FLOORS.items():
        mine = [a for a in asked if a.role == role]
        written = [a for a in mine if a.named]
        assert 100 * sum(measure.lenient(a.answer, a.gold) for a in mine) / len(mine) >= lenient, role
        assert 100 * sum(measure.full(a.answer, a.gold) for a in written) / len(written) >= named, role
