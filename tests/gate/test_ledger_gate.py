"""A corpus of real reports added to a ledger, killed fifty times on the way, and once undisturbed."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso.engine.ledger_add import AddOptions, add_pages, reader_version
from sayso.ledger import Ledger
from sayso.ledger.verify import misfits
from sayso.pages.gather import GatherOptions, gather
from tests.ledger.small import NOON, contents

ROOT = Path(__file__).parent.parent.parent
KILLS, REPORTS = 50, 100
SEED = 1
_ADD = "import sys; from sayso.cli.ledger import add; sys.exit(add.main(sys.argv[1:], standalone_mode=False))"


@pytest.fixture(scope="module")
def fakes(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """FA-KES as JSONL."""
    path = tmp_path_factory.mktemp("gate") / "fakes.jsonl"
    with (shared / "corpora/fakes/fakes.csv").open(encoding="latin-1", newline="") as rows:
        lines = [
            {
                "id": row["unit_id"],
                "title": row["article_title"],
                "text": row["article_content"],
                "outlet": row["source"],
            }
            for row in csv.DictReader(rows)
            if row["article_content"].strip()
        ]
    path.write_text("".join(json.dumps(line) + "\n" for line in {line["id"]: line for line in lines}.values()))
    return path


@pytest.fixture(scope="module")
def calm(fakes: Path) -> Path:
    """The ledger of an undisturbed run."""
    path = fakes.with_name("calm.ledger")
    Ledger.create(path, NOON, "gate").__exit__()
    assert adding(fakes, path).wait() == 0
    return path


def adding(pool: Path, ledger: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _ADD, str(pool), "--ledger", str(ledger), "--workers", "2"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)


def test_added_twice_nothing_changes(fakes: Path, calm: Path) -> None:
    before = contents(calm)
    assert adding(fakes, calm).wait() == 0
    assert contents(calm) == before


def test_killed_fifty_times_it_is_the_same_ledger(fakes: Path) -> None:
    """As the test with the small pool does, but by the clock, and with the reader that is shipped."""
    some = fakes.with_name("some.jsonl")
    some.write_text("".join(fakes.read_text().splitlines(keepends=True)[:REPORTS]))
    calm, killed = fakes.with_name("undisturbed.ledger"), fakes.with_name("killed.ledger")
    for path in (calm, killed):
        Ledger.create(path, NOON, "gate").__exit__()
    assert os.waitpid(forked(some, calm), 0)[1] == 0
    draw = random.Random(SEED)
    for number in range(KILLS):
        kept = 1 + number * REPORTS // (KILLS + 1)  # so that the kills spread over the whole run
        child = forked(some, killed)
        while pages(killed) < kept:
            time.sleep(0.001)
        time.sleep(draw.random() * 0.2)
        os.kill(child, signal.SIGKILL)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        with Ledger.open(killed) as ledger:
            assert ledger.connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert os.waitpid(forked(some, killed), 0)[1] == 0
    with Ledger.open(killed) as ledger:
        assert list(misfits(ledger.connection)) == []
    assert contents(killed) == contents(calm)


def forked(pool: Path, path: Path) -> int:
    """`sayso add` in a process that has all its modules already."""
    reader_version()
    if child := os.fork():
        return child
    found = gather([str(pool)], GatherOptions(), io.BytesIO())
    with Ledger.open(path, write=True) as ledger:
        for _ in add_pages(ledger, found, AddOptions(workers=1), lambda: NOON):
            pass
    os._exit(0)


def pages(path: Path) -> int:
    with Ledger.open(path) as ledger:
        return int(ledger.connection.execute("SELECT count(*) FROM pages").fetchone()[0])
