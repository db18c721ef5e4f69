"""What the gate's tests share: the owners' folder, and the scripts of `training/` and `bench/`, no package."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

Script = Callable[[str], ModuleType]
PagesScore = Callable[[Path], tuple[float, float]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests in this folder are of the gate."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.gate)


@pytest.fixture(scope="session", autouse=True)
def shared() -> Path:
    """The folder of corpora, gold and samples; without it a test is skipped."""
    folder = os.environ.get("SAYSO_SHARED")
    if folder is None:
        pytest.skip("SAYSO_SHARED is not set")
    return Path(folder)


@pytest.fixture(scope="session")
def script() -> Iterator[Script]:
    """Imports a script by its name: `script("measure_times")`."""
    folders = [str(ROOT / "training"), str(ROOT / "bench")]
    sys.path[:0] = folders
    yield importlib.import_module
    for folder in folders:
        sys.path.remove(folder)


@pytest.fixture(scope="session")
def sample(shared: Path) -> Path:
    """A page as received, a copy of it that lost paragraphs, and what careful readers made of both."""
    return shared / "samples/race-to-raqqa"


@pytest.fixture(scope="session")
def pages_score(shared: Path) -> PagesScore:
    """The owners' scorer of clean texts (JSON lines of page and text): F1, percent of pages losing a long paragraph."""

    def score(predicted: Path) -> tuple[float, float]:
        truth = shared / "corpora/pages/zyte/ground-truth.json"
        command = [sys.executable, str(shared / "score/pages.py"), str(truth), str(predicted)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = re.search(r"F1 ([\d.]+); ([\d.]+) %", said)
        assert found, said
        return float(found[1]), float(found[2])

    return score
