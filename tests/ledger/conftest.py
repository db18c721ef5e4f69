"""A ledger with the small pool in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.ledger import Ledger
from tests.ledger.small import NOON, add, write_pool


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    """The small pool as a JSONL file."""
    return write_pool(tmp_path / "pool.jsonl")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger."""
    with Ledger.create(tmp_path / "war.ledger", NOON, "sayso test") as ledger:
        yield ledger


@pytest.fixture
def ledger(empty: Ledger, pool: Path) -> Ledger:
    """A ledger with the small pool in it."""
    add(empty, pool)
    return empty
