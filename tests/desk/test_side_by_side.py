"""Two connections of the desk at once: both see one state, whatever is written meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from starlette.testclient import TestClient

from sayso.desk.desk import Desk, Settings
from sayso.desk.problems import RefusedError
from sayso.ledger import Ledger

T = TypeVar("T")


@pytest.fixture
def own(own_desk: TestClient) -> Iterator[Desk]:
    desk: Desk = own_desk.app.state.desk  # type: ignore[attr-defined]
    read(desk, tables)  # its connections are open
    yield desk


def read(desk: Desk, work: Callable[[Ledger], T]) -> T:
    """What `work` finds; in a thread of its own, since a browser's tests may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(desk.read(work))).result()


def tables(ledger: Ledger) -> int:
    (n,) = ledger.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return int(n)


def add_one(path: Path) -> None:
    """One table more, written and committed."""
    with Ledger.open(path, write=True) as ledger:
        ledger.connection.execute("CREATE TABLE one_more (n)")
        ledger.connection.commit()


def where(_: Ledger) -> str:
    return threading.current_thread().name


def test_both_parts_run_in_threads_of_their_own(own: Desk) -> None:
    met = threading.Barrier(2, timeout=10)

    def together(ledger: Ledger) -> str:
        met.wait()  # neither goes on before the other has come
        return where(ledger)

    one, other = read(own, lambda ledger: own.side_by_side(ledger, together, together))
    assert one != other


def test_both_parts_see_one_state_though_somebody_writes_before_they_part(own: Desk, own_ledger: Path) -> None:
    def work(ledger: Ledger) -> tuple[int, tuple[int, int], tuple[str, str]]:
        before = tables(ledger)
        add_one(own_ledger)
        return before, own.side_by_side(ledger, tables, tables), own.side_by_side(ledger, where, where)

    before, found, threads = read(own, work)
    assert found == (before, before)
    assert len(set(threads)) == 1  # a helper would have seen one table more
    assert read(own, tables) == before + 1
    now = own.version()
    assert own._beside.submit(own._read_the_same, now, tables).result() == (before + 1,)
    assert own._beside.submit(own._read_the_same, f"{now}0", tables).result() is None


def test_a_part_does_not_wait_for_helpers_that_are_busy(own: Desk) -> None:
    done = threading.Event()
    for _ in range(Settings().threads):
        own._beside.submit(done.wait, 10)
    threads = read(own, lambda ledger: own.side_by_side(ledger, where, where))
    done.set()
    assert len(set(threads)) == 1


def test_a_part_that_takes_too_long_is_broken_off_wherever_it_runs(own_ledger: Path, own: Desk) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    desk, begun = Desk(own_ledger, own.sessions, Settings(seconds=0.2)), threading.Event()

    def waiting(ledger: Ledger) -> int:
        assert begun.wait(10)
        return tables(ledger)

    def unending(ledger: Ledger) -> int:
        begun.set()
        return int(ledger.connection.execute(endless).fetchone()[0])

    try:
        with pytest.raises(RefusedError, match=r"longer than 0\.2 seconds"):
            read(desk, lambda ledger: desk.side_by_side(ledger, waiting, unending))
        assert read(desk, lambda ledger: desk.side_by_side(ledger, tables, tables))[0] > 0
    finally:
        desk.close()


def test_where_the_one_part_fails_the_other_is_not_begun(own: Desk) -> None:
    done, begun = threading.Event(), list[str]()
    for _ in range(Settings().threads):
        own._beside.submit(done.wait, 10)

    def fails(_: Ledger) -> None:
        raise KeyError("nothing")

    with pytest.raises(KeyError):
        read(own, lambda ledger: own.side_by_side(ledger, fails, lambda _: begun.append("begun")))
    done.set()
    own._beside.submit(where, None).result()  # type: ignore[arg-type]  # whatever stood before it has had its turn
    assert begun == []
