"""Columns in memory say what the tables say, before and after the ledger changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from sayso.engine.ledger_add import AddOptions, add_pages
from sayso.engine.ledger_link import relink
from sayso.ledger import Ledger
from sayso.ledger.columns import Columns, Now, Table
from sayso.ledger.filters import Filters, Near, meant
from sayso.ledger.incident_filters import Order
from sayso.ledger.incidents import incidents, incidents_by_numbers
from sayso.ledger.redact import redact
from sayso.ledger.reviews import Review, decide
from sayso.ledger.store import Stamp
from sayso.ledger.tables import by_numbers, rows
from sayso.pages.gather import GatherOptions, gather
from tests.desk.conftest import NOON

ASKED = {
    "everything": Filters(),
    "a type": Filters(types=("shelling",)),
    "two types, a status": Filters(types=("capture", "control"), status=("happened", "denied")),
    "an actor": Filters(actor="army"),
    "a source": Filters(source="Observatory"),
    "an outlet and an actor": Filters(outlet="Wire", actor="army"),
    "a place by name": Filters(place="Manbij"),
    "a circle": Filters(near=Near(lat=36.5, lon=37.9, radius=60)),
    "from a day on": Filters(since="2016-06-10"),
    "a month": Filters(since="2016-06", until="2016-06"),
    "to a day that no calendar has": Filters(until="2016-06-31"),
}


@pytest.fixture
def columns(pool_ledger: Path) -> Iterator[Columns]:
    with closing(Columns(pool_ledger)) as columns:
        yield columns


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED.keys())
def test_events_fit_as_in_the_tables_and_come_in_their_order(
    pool_ledger: Path, columns: Columns, asked: Filters
) -> None:
    with Ledger.open(pool_ledger) as ledger:
        events = columns.now().events
        numbers = events.latest(events.fitting(meant(ledger.connection, asked)), 10**6)
        found = list(by_numbers(ledger.connection, "events", numbers))
        assert found == list(rows(ledger.connection, "events", asked))
        assert found


@pytest.mark.parametrize("order", ["day", "independent", "added"])
@pytest.mark.parametrize(
    "asked",
    [*ASKED.values(), *(Filters(disputed=True), Filters(new_since="2016-06-15"), Filters(new_since="2016-06-16T01"))],
)
def test_incidents_fit_as_in_the_tables_and_come_in_each_order(
    pool_ledger: Path, columns: Columns, asked: Filters, order: Order
) -> None:
    with Ledger.open(pool_ledger) as ledger:
        now = columns.now()
        fits = now.fitting_incidents(meant(ledger.connection, asked), asked)
        numbers = now.incidents.latest(fits, 10**6, order)
        told = [kept.incident.id for kept in incidents_by_numbers(ledger.connection, numbers)]
        assert told == [kept.incident.id for kept in incidents(ledger.connection, asked, order)]
        stretches, after = list[int](), None
        while stretch := now.incidents.latest(fits, 3, order, after):
            stretches += stretch
            after = stretch[-1]
        assert stretches == numbers


def test_what_changes_is_seen_and_is_as_if_all_had_been_loaded_anew(pool_ledger: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(pool_ledger, tmp_path / "pool.ledger"))
    with closing(Columns(path)) as columns, Ledger.open(path, write=True) as ledger:
        before = columns.now()
        assert columns.now() is before

        (event, *_) = rows(ledger.connection, "events", Filters(types=("shelling",)))
        with ledger.writing() as connection:
            decide(connection, Review(id=event["id"], decision="reject", who="an analyst"), NOON)
        relink(ledger, lambda: NOON)
        assert told(same_as_anew(columns, path).incidents) != told(before.incidents)

        report = next(rows(ledger.connection, "reports", Filters()))["id"]
        with ledger.writing() as connection:
            number = ledger.number_of(report)
            redact(connection, number, "a court asks for it", Stamp(NOON, "sayso test", ""), lambda _: None)
        relink(ledger, lambda: NOON)
        fewer = same_as_anew(columns, path)
        assert len(fewer.events.rows["number"]) < len(before.events.rows["number"])

        (tmp_path / "new.txt").write_text("The army shelled Manbij on 12 June 2016, killing 3 people, a resident said.")
        pages = gather([str(tmp_path / "new.txt")], GatherOptions(), None)
        assert [added.outcome for added in add_pages(ledger, pages, AddOptions(), lambda: NOON)] == ["new"]
        assert len(same_as_anew(columns, path).events.rows["number"]) > len(fewer.events.rows["number"])


def test_columns_of_an_empty_ledger_are_empty(tmp_path: Path) -> None:
    Ledger.create(tmp_path / "war.ledger", NOON, "sayso test").__exit__()
    with closing(Columns(tmp_path / "war.ledger")) as columns, Ledger.open(tmp_path / "war.ledger") as ledger:
        now = columns.now()
        wanted = meant(ledger.connection, Filters(types=("clash",), since="2016"))
        assert now.events.latest(now.events.fitting(wanted), 10) == []
        assert now.incidents.latest(now.incidents.fitting(wanted), 10, after=1) == []


def same_as_anew(columns: Columns, path: Path) -> Now:
    now = columns.now()
    with closing(Columns(path)) as anew:
        assert told(now.events) == told(anew.now().events)
        assert told(now.incidents) == told(anew.now().incidents)
    return now


def told(table: Table) -> list[list[tuple[int, ...]]]:
    """All rows and names, the names in no order."""
    rows, names = (
        [*zip(*(array.tolist() for array in part.values()), strict=True)] for part in (table.rows, table.names)
    )
    assert np.all(np.diff(table.rows["number"]) > 0)
    return [rows, sorted(names)]
