"""A ledger from Python: rows and data frames; and what docs/python.md shows."""

from __future__ import annotations

import doctest
import io
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import sayso
from sayso.api import LedgerView
from sayso.engine.ledger_add import AddOptions, add_pages
from sayso.ledger import Ledger
from sayso.pages.gather import GatherOptions, gather
from sayso.records import SaysoError
from tests.ledger.small import NOON, add, write_pool

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small pool in a ledger, linked."""
    folder = tmp_path_factory.mktemp("api")
    with Ledger.create(folder / "small.sayso", NOON, "sayso test") as ledger:
        add(ledger, write_pool(folder / "pool.jsonl"))
    return folder / "small.sayso"


@pytest.fixture
def pool(small: Path) -> Iterator[LedgerView]:
    with sayso.open(small) as opened:
        yield opened


def test_events_are_asked_for_as_on_the_command_line(pool: LedgerView) -> None:
    assert [e["place"] for e in pool.events(place="Manbij", radius_km=50)] == ["Jarabulus", "Manbij"]
    assert [e["place"] for e in pool.events(place=(36.5, 38.0))] == ["Manbij"]
    assert [e["type"] for e in pool.events(actor="army", until=date(2016, 5, 31))] == []
    assert [e["id"] for e in pool.events(type="air_strike", status=["denied"])] == ["n-1#e2"]


def test_what_is_counted_is_what_is_there(pool: LedgerView) -> None:
    asked = {"since": "2016-06-08", "place": "Jarabulus"}
    for table in (pool.events, pool.claims, pool.reports, pool.incidents, pool.disputes, pool.control, pool.sources):
        assert len(table()) == len([*table()])
        if table != pool.sources:
            assert len(table(**asked)) == len([*table(**asked)]), table  # type: ignore[arg-type]
    assert (len(pool.events()), len(pool.reports(outlet="Furat")), len(pool.search("Manbij"))) == (5, 2, 1)


def test_a_row_says_what_the_table_names(pool: LedgerView) -> None:
    tables = (pool.events(), pool.claims(), pool.reports(), pool.sources(), pool.incidents(), pool.search("army"))
    for table in tables:
        assert tuple(next(iter(table))) == table.columns, table


def test_frames_have_the_rows_and_columns_of_the_table(pool: LedgerView) -> None:
    for table in (pool.events(), pool.incidents(), pool.disputes(), pool.copies(), pool.events(since="2031")):
        shape = (len(table), len(table.columns))
        assert table.to_pandas().shape == table.to_polars().shape == table.to_arrow().shape == shape


def test_a_library_that_is_missing_is_said_to_be(pool: LedgerView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(SaysoError, match=r"pip install 'sayso\[frames\]'"):
        pool.events().to_polars()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"place": "Atlantis"}, "'Atlantis' is not a place in it"),
        ({"place": "95,10"}, "no point on the earth"),
        ({"radius_km": 30}, "it goes with a place"),
        ({"since": "June"}, "not a day, month or year"),
        ({"type": "party"}, "'party' is none of clash"),
    ],
)
def test_what_makes_no_sense_is_said_to(pool: LedgerView, asked: dict[str, str], said: str) -> None:
    with pytest.raises(SaysoError, match=said):
        list(pool.events(**asked))  # type: ignore[arg-type]


def test_a_filter_that_there_is_not_is_an_error_as_in_any_call(pool: LedgerView) -> None:
    with pytest.raises(TypeError, match="no filter is called 'typ'"):
        pool.events(typ="clash")  # type: ignore[call-arg]


def test_records_come_by_their_ids(pool: LedgerView) -> None:
    assert pool.report("n-1").report.title == "Manbij shelled"
    (found, *_) = pool.incidents(type="shelling")
    assert pool.incident(found["id"]).accounts == tuple(found["accounts"])
    assert pool.unlinked == 0


def test_nothing_can_be_written(pool: LedgerView) -> None:
    assert not [name for name in dir(pool) if name.startswith(("add", "set", "write", "delete"))]
    with pytest.raises(SaysoError, match="no ledger there"):
        sayso.open("nowhere.sayso")


def test_the_documentation_shows_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(2016, 6, 15, 12, tzinfo=UTC)
    with Ledger.create(tmp_path / "pool.sayso", noon, "sayso test") as ledger:
        pages = gather([str(ROOT / "examples" / "pool")], GatherOptions(), io.BytesIO())
        assert {added.outcome for added in add_pages(ledger, pages, AddOptions(), lambda: noon)} == {"new"}
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(
        str(ROOT / "docs" / "python.md"), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8"
    )
    assert (failed, tried > 15) == (0, True)
