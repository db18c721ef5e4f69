"""What people decided, on the command line."""

from __future__ import annotations

import json

import pytest

from sayso.cli import _run
from sayso.ledger import Ledger
from sayso.ledger.reviews import set_coders
from tests.ledger.small import NOON
from tests.ledger.test_reviews import ANA, BO, take, take_back


@pytest.fixture
def decided(ledger: Ledger) -> str:
    """A ledger in which two decided on all of n-2, and one on a part of n-1."""
    with ledger.writing() as connection:
        set_coders(connection, 2, ANA, NOON)
    for who in (ANA, BO):
        take(ledger, who, "n-2#c1", "accept")
        take(ledger, who, "n-2#e1", "mend", mend={"type": "attack"})
        take(ledger, who, "n-1#e2", "reject")
    take(ledger, ANA, "n-1#e1", "accept")
    take_back(ledger, ANA, take(ledger, ANA, "n-1#c1", "unsure", note="who is he?"))
    return str(ledger.path)


def test_export_is_gold_of_what_counts(decided: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["review", "export", "--ledger", decided]) == 0
    [reading] = map(json.loads, capsys.readouterr().out.splitlines())
    assert (reading["corpus"], reading["key"], reading["published"]) == ("ledger", "n-2", "2016-06-09")
    [event] = reading["events"]
    assert (event["type"], event["claim"], event["place_is"]["name"]) == ("attack", "c1", "Jarabulus")
    assert set(event["place_is"]) == {"name", "country", "lat", "lon", "level"} and "score" not in event
    assert _run(["review", "export", "--ledger", decided, "--partial"]) == 0
    part = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (part["key"], part["complete"], part["events"]) == ("n-1", False, [])
    assert [record["type"] for record in part["rejected"]] == ["air_strike"]


def test_agreement_is_told_field_by_field(decided: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["review", "agreement", "--ledger", decided, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["coders"], found["records"]) == ([ANA, BO], 3)
    [pair] = found["pairs"]
    assert pair["fields"][0] == {"field": "decision", "n": 3, "percent": 100.0, "kappa": 1.0, "alpha": 1.0}
    assert _run(["review", "agreement", "--ledger", decided]) == 0
    assert "Ana and Bo" in capsys.readouterr().out


def test_every_decision_is_listed(decided: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["review", "list", "--ledger", decided, "--who", ANA, "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["decision"] for row in rows] == ["accept", "mend", "reject", "accept", "unsure", "undo"]
    assert rows[1]["mend"] == {"type": "attack"} and rows[-1]["undoes"] == rows[-2]["number"]
    assert _run(["review", "list", "--ledger", decided]) == 0
    assert "who is he?" in capsys.readouterr().out
