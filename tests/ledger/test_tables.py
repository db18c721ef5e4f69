"""What is asked of the ledger, and what it answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sayso.ledger import Ledger, conditions
from sayso.ledger.conditions import Table
from sayso.ledger.copies import kin, pairs
from sayso.ledger.counts import counts
from sayso.ledger.filters import Filters, Near, point_of
from sayso.ledger.search import search
from sayso.ledger.sources import sources
from sayso.ledger.tables import rows
from sayso.records import SaysoError
from sayso.views.tables import FIELDS
from tests.ledger.small import LINES, add, write_pool

ALL = ["n-3#e1", "n-2#e1", "n-1#e2", "n-1#e1", "n-5#e1"]  # the latest first; the one without a day last


@pytest.fixture(params=["the rarest leads", "the newest are walked"])
def plan(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to an answer."""
    if request.param == "the newest are walked":
        monkeypatch.setattr(conditions, "MANY", 0)


def ids(
    ledger: Ledger, table: Table, filters: Filters, limit: int | None = None, after: str | None = None
) -> list[str]:
    return [row["id"] for row in rows(ledger.connection, table, filters, limit, after)]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), ALL),
        (Filters(types=("air_strike",)), ["n-2#e1", "n-1#e2"]),
        (Filters(types=("air_strike", "shelling"), status=("happened",)), ["n-2#e1", "n-1#e1"]),
        (Filters(actor="actor:syrian-army"), ["n-3#e1", "n-1#e1"]),
        (Filters(actor="Jets"), ["n-2#e1", "n-1#e2"]),
        (Filters(source="abu omar"), ["n-2#e1", "n-1#e1"]),
        (Filters(source="Omar"), ["n-2#e1", "n-1#e1"]),
        (Filters(outlet="FURAT"), ["n-1#e2", "n-1#e1", "n-5#e1"]),
        (Filters(place="aleppo"), ["n-1#e2", "n-5#e1"]),
        (Filters(place="test:manbij"), ["n-1#e1"]),
        (Filters(near=Near(36.53, 37.96, 40)), ["n-2#e1", "n-1#e1"]),  # Manbij, and Jarabulus 33 km north of it
        (Filters(near=Near(35.95, 39.01, 5)), []),  # the middle of a province is not a place in it
        (Filters(since="2016-06-08", until="2016-06-08"), ["n-3#e1", "n-2#e1", "n-1#e2"]),  # some day in June, too
        (Filters(since="2016-07"), []),
        (Filters(until="2016-06-07"), ["n-3#e1", "n-1#e1"]),
        (Filters(actor="army", near=Near(36.53, 37.96, 10), since="2016"), ["n-1#e1"]),
        (Filters(actor="army", types=("air_strike",)), []),
    ],
)
def test_events_are_filtered(ledger: Ledger, filters: Filters, found: list[str]) -> None:
    assert sorted(ids(ledger, "events", filters)) == sorted(found)
    assert ids(ledger, "events", filters) == [id for id in ids(ledger, "events", Filters()) if id in found]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("table", "filters", "found"),
    [
        ("claims", Filters(), ["n-2#c1", "n-1#c2", "n-1#c1", "n-5#c1"]),
        ("claims", Filters(stance=("denies",)), ["n-1#c2"]),
        ("claims", Filters(place="Aleppo"), ["n-1#c2", "n-5#c1"]),
        ("claims", Filters(actor="jets", source="a doctor"), ["n-1#c2"]),
        ("claims", Filters(since="2016-06-09"), ["n-2#c1"]),
        ("claims", Filters(outlet="Nevsky", types=("air_strike",)), ["n-2#c1"]),
        ("reports", Filters(), ["n-3", "n-2", "n-1", "n-5"]),
        ("reports", Filters(source="Abu Omar"), ["n-2", "n-1"]),
        ("reports", Filters(place="Aleppo"), ["n-1", "n-5"]),
        ("reports", Filters(types=("air_strike",), status=("denied",)), ["n-1"]),
        ("reports", Filters(until="2016-06-09"), ["n-2", "n-1"]),
    ],
)
def test_claims_and_reports_are_filtered_by_themselves_and_by_their_events(
    ledger: Ledger, table: Table, filters: Filters, found: list[str]
) -> None:
    assert ids(ledger, table, filters) == found


@pytest.mark.parametrize("what", ["place", "actor", "source", "outlet"])
def test_a_name_that_occurs_nowhere_is_said_to(ledger: Ledger, what: str) -> None:
    with pytest.raises(SaysoError, match=f"'Narnia' is not an? {what} in it"):
        ids(ledger, "events", Filters(**{what: "Narnia"}))


def test_pages_of_a_table_follow_one_another_without_gap_or_repetition(ledger: Ledger) -> None:
    for table, expected in (("events", ids(ledger, "events", Filters())), ("reports", ["n-3", "n-2", "n-1", "n-5"])):
        read: list[str] = []
        while page := ids(ledger, table, Filters(), 2, read[-1] if read else None):  # type: ignore[arg-type]
            read += page
        assert read == expected


def test_every_field_that_is_promised_is_there_and_no_other(ledger: Ledger) -> None:
    connection = ledger.connection
    tables: tuple[Table, ...] = ("reports", "claims", "events")
    for table in tables:
        assert tuple(next(rows(connection, table, Filters()))) == FIELDS[table]
    assert tuple(next(sources(connection, Filters()))) == FIELDS["sources"]
    assert tuple(next(search(connection, "army"))) == FIELDS["search"]
    assert tuple(next(counts(connection))) == FIELDS["stats"]


def test_sources_are_counted_by_claims_reports_and_outlets(ledger: Ledger) -> None:
    def cited(filters: Filters) -> list[tuple[Any, ...]]:
        return [
            (row["name"], row["claims"], row["reports"], row["outlets"]) for row in sources(ledger.connection, filters)
        ]

    assert cited(Filters()) == [("Abu Omar", 2, 2, 2), ("a doctor", 1, 1, 1), ("the governor", 1, 1, 1)]
    assert cited(Filters(outlet="Nevsky")) == [("Abu Omar", 1, 1, 1)]
    assert cited(Filters(since="2016-06")) == [("Abu Omar", 2, 2, 2), ("a doctor", 1, 1, 1)]
    assert cited(Filters(source="governor")) == [("the governor", 1, 1, 1)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("army shelled", ["n-1"]),
        ('"bombed Aleppo"', ["n-1"]),
        ("jets -shelled", ["n-2"]),
        ("Jarab*", ["n-2"]),
        ("манбидж", ["n-2"]),  # in the text: Манбиджа
        ("منبج", ["n-3"]),  # in the title with its vowel signs
        ("مصادر", ["n-3"]),  # in the text with its article
        ('army OR "', []),  # nothing is an operator but what is said to be
        ("narnia", []),
    ],
)
def test_words_are_found_in_any_script(ledger: Ledger, words: str, found: list[str]) -> None:
    assert [row["id"] for row in search(ledger.connection, words)] == found


def test_a_snippet_shows_where_the_words_stand(ledger: Ledger) -> None:
    [row] = search(ledger.connection, "Манбидж")
    assert [row["snippet"][start:stop] for start, stop in row["found"]] == ["Манбиджа"]
    with pytest.raises(SaysoError, match="no word in"):
        list(search(ledger.connection, '"" -army'))


def test_counts_are_those_of_the_rows(ledger: Ledger) -> None:
    counted = {(row["what"], row["name"]): row["n"] for row in counts(ledger.connection)}
    for table in ("reports", "claims", "events", "received"):
        [number] = ledger.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert counted["all", table] == number
    assert counted["all", "bytes received"] == sum(len(line["text"].encode()) for line in LINES)
    assert counted["event type", "air_strike"] == 2 and counted["status", "denied"] == 1
    assert counted["outlet", "Furat Monitor"] == 2 and counted["month", "2016-06"] == 3


def test_where_a_place_lies_is_known_from_the_events_at_it(ledger: Ledger) -> None:
    assert point_of(ledger.connection, "manbij") == (36.53, 37.96)
    assert point_of(ledger.connection, "Narnia") is None


def test_copies_are_kept_with_their_passages(empty: Ledger, tmp_path: Path) -> None:
    wire = (
        "The two columns that left the northern depot before dawn reached the crossing shortly after nine and stayed "
        "there until the guns on the eastern ridge fell silent, three drivers and a mechanic who had travelled with "
        "them told the agency by telephone on Wednesday evening, adding that nobody in the convoy had been hurt."
    )
    lines = [
        {"id": "wire", "text": wire + " A second convoy is expected.", "published": "2016-06-08", "outlet": "Wire"},
        {
            "id": "own",
            "text": "It rained on the fair in the harbour town all day, and few came to see the horses.",
        },
        {"id": "copy", "text": "Our own first sentence. " + wire, "published": "2016-06-09", "outlet": "Herald"},
    ]
    add(empty, write_pool(tmp_path / "copies.jsonl", lines))
    [pair] = pairs(empty.connection)
    assert (pair["a"], pair["b"]) == ("wire", "copy")
    assert list(pairs(empty.connection, empty.number_of("own"))) == []
    assert list(pairs(empty.connection, empty.number_of("wire"))) == [pair]
    [passage] = pair["passages"]
    of_wire, of_copy = (line["text"][slice(*passage[side])] for line, side in ((lines[0], "a"), (lines[2], "b")))
    assert of_wire == of_copy == wire.rstrip(".")
    assert kin(empty.connection, empty.number_of("copy")) == [empty.number_of("wire"), empty.number_of("copy")]
