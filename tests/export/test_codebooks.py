"""Incidents in the codebooks' own columns: what is known is there, what is not stays empty."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sayso.linking.accounts import NO_OUTLET
from sayso.records.pool import Dispute, Voice
from sayso.views.export import recorded, write_text
from sayso.views.export.facts import Facts
from sayso.views.export.formats import CODEBOOKS
from sayso.views.export.tables import columns, with_sourced
from sayso.views.export.ucdp import priogrid

SCHEMAS = Path(__file__).parent / "schemas"
SOURCED = ["n_reports", "n_origins", "n_independent", "claim", "quote", "disputes", "sayso_id"]


def written(form: str, told: list[Facts]) -> list[dict[str, str]]:
    """The rows of a format, without their empty cells."""
    stream = io.StringIO()
    write_text(form, recorded(form, told)[0], stream)
    return [{k: v for k, v in row.items() if v} for row in csv.DictReader(stream.getvalue().splitlines())]


def test_a_strike_as_acled_has_it(told: list[Facts]) -> None:
    strike = written("acled", told)[0]
    del strike["claim"], strike["quote"]
    assert strike == {
        "event_date": "2016-06-08", "year": "2016", "time_precision": "1", "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike",
        "actor1": "Army jets", "inter1": "State forces", "actor2": "people", "inter2": "Civilians",
        "interaction": "State forces-Civilians", "civilian_targeting": "Civilian targeting",
        "iso": "760", "country": "Syria", "admin1": "Aleppo", "location": "Manbij", "latitude": "36.52815",
        "longitude": "37.95495", "geo_precision": "1", "source": "Furat Post; Meridian",
        "notes": "Furat Post: Army jets killed 11 people in Manbij.", "fatalities": "9",
        "n_reports": "3", "n_origins": "3", "n_independent": "3", "sayso_id": "i:strike",
    }  # fmt: skip


def test_acled_names_an_actor_of_record_as_acled_does(told: list[Facts]) -> None:
    capture = written("acled", told)[1]
    assert (capture["actor1"], capture["assoc_actor_1"]) == ("Islamic State of Iraq and Syria", "fighters")
    assert capture["time_precision"] == "2"
    assert "interaction" not in capture, "the other side's type is not known"


def test_a_strike_as_ucdp_has_it(told: list[Facts]) -> None:
    (strike,) = written("ucdp", told)
    assert (strike["low"], strike["best"], strike["high"]) == ("9", "11", "11"), "two origins of three tell 11"
    assert (strike["side_b"], strike["deaths_civilians"]) == ("Civilians", "11")
    assert (strike["gwnoa"], strike["country_id"]) == ("652", "652")
    assert strike["geom_wkt"] == "POINT (37.95495 36.52815)"
    assert strike["number_of_sources"] == "3"
    assert strike["source_article"].startswith('"Furat Post,2016-06-09,Report \'r1\'"; "Meridian')


def test_the_grid_of_prio() -> None:
    assert priogrid(-90, -180) == 1
    assert priogrid(90, 180) == 259200 - 719, "180 degrees east is 180 west"


def test_a_strike_as_polecat_has_it(told: list[Facts]) -> None:
    strike = written("plover", told)[0]
    assert (strike["Event Type"], strike["Event Mode"], strike["Quad Code"]) == (
        "ASSAULT",
        "aerial",
        "MATERIAL CONFLICT",
    )
    assert (strike["Actor Name"], strike["Actor Name Raw"]) == ("Armed Forces of Syria", "Army jets")
    assert (strike["City"], strike["GeoNames ID"], strike["Raw Placename"]) == ("Manbij", "167357", "in Manbij")


def test_what_a_codebook_would_not_record_is_left_out_and_counted(told: list[Facts]) -> None:
    left = {form: {(reason.count, reason.why) for reason in recorded(form, told)[1]} for form in CODEBOOKS}
    assert left == {
        "acled": {(1, "it has not happened yet"), (1, "ACLED has no such event")},
        "plover": {(1, "it has not happened yet"), (1, "PLOVER has no such event")},
        "ucdp": {
            (1, "it has not happened yet"),
            (1, "its type of violence is not known, or it is none"),
            (1, "no death is told"),
        },
    }


@pytest.mark.parametrize("form", CODEBOOKS)
def test_every_cell_has_a_column_and_the_sourced_ones_come_last(form: str, told: list[Facts]) -> None:
    for facts in recorded(form, told)[0]:
        assert set(CODEBOOKS[form].row(facts)) <= set(with_sourced(form))
    assert list(with_sourced(form))[-7:] == SOURCED


@pytest.mark.parametrize("form", CODEBOOKS)
def test_what_the_columns_say_is_empty_is(form: str, told: list[Facts]) -> None:
    for facts in recorded(form, told)[0]:
        row = CODEBOOKS[form].row(facts)
        assert not [n for n, meaning in columns(form).items() if meaning.startswith("empty") and row.get(n) is not None]


@pytest.mark.parametrize("form", CODEBOOKS)
def test_rows_hold_to_their_schema(form: str, told: list[Facts]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{form}.json").read_text(encoding="utf-8"))
    for facts in recorded(form, told)[0]:
        known = {name: cell for name, cell in CODEBOOKS[form].row(facts).items() if cell is not None}
        jsonschema.validate(known, schema)


def test_where_accounts_differ_over_who_did_it_nobody_is_made_an_associate(told: list[Facts]) -> None:
    capture = told[1]
    dispute = Dispute(id="d", kind="actor", about="i:capture", sides=(), why="two actors")
    capture.incident = msgspec.structs.replace(capture.incident, disputes=(dispute,))
    found = written("acled", told)[1]
    assert "assoc_actor_1" not in found
    assert found["disputes"] == "actor"


def test_the_two_sides_of_a_clash_told_together_stand_on_both_sides(told: list[Facts]) -> None:
    clash = told[1]
    clash.incident = msgspec.structs.replace(clash.incident, type="clash", targets=(), target_ids=())
    found = written("acled", told)[1]
    assert (found["actor1"], found["actor2"]) == ("Islamic State of Iraq and Syria", "fighters")


def test_an_outlet_that_is_not_known_is_no_source(told: list[Facts]) -> None:
    capture = told[1]
    unknown = Voice(name=NO_OUTLET, id=None, side="outlet", named=False)
    capture.accounts = [msgspec.structs.replace(a, chain=(unknown,)) for a in capture.accounts]
    found = written("acled", told)[1]
    assert "source" not in found
    assert found["notes"] == "IS took Manbij from the rebels, sources said."


def test_a_cell_that_a_spreadsheet_would_run_is_text(told: list[Facts]) -> None:
    assert written("csv", told)[0]["claim"].startswith("'=HYPERLINK(1) > Furat Post; Meridian")
