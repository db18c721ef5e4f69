"""Decisions of people: taken, undone, taken by two, mended, and what comes of them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sayso.ledger import Ledger, Stamp
from sayso.ledger.redact import redact
from sayso.ledger.review_effect import effects, in_effect
from sayso.ledger.review_mends import checked
from sayso.ledger.review_standing import Taken, standing
from sayso.ledger.reviews import Review, decide, find_again, set_coders, subject_of, taken, undo
from sayso.records import SaysoError
from tests.ledger.small import NOON

ANA, BO = "Ana", "Bo"


def take(ledger: Ledger, who: str, id: str, decision: str, **more: Any) -> int:
    """Decide, in a transaction of its own; a mend is given as a dict and checked first."""
    if "mend" in more:
        reading = ledger.load(ledger.number_of(id.partition("#")[0]))
        [record] = [r for r in (*reading.claims, *reading.events) if r.id == id.partition("#")[2]]
        more["mend"] = checked(record, reading, msgspec.json.encode(more["mend"]))
    with ledger.writing() as connection:
        return decide(connection, Review(id=id, decision=decision, who=who, **more), NOON)  # type: ignore[arg-type]


def take_back(ledger: Ledger, who: str, number: int) -> int:
    with ledger.writing() as connection:
        return undo(connection, number, who, NOON)


def stands(ledger: Ledger, id: str) -> tuple[str, str] | None:
    found = standing(taken(ledger.connection, subject_of(ledger.connection, id)))
    kept = ledger.connection.execute(
        "SELECT status, decision FROM reviewed JOIN pages ON number = page WHERE id || '#' || record = ?", (id,)
    ).fetchone()
    assert kept == (found and (found.status, found.decision))
    return kept


def test_a_decision_is_taken_changed_and_undone(ledger: Ledger) -> None:
    first = take(ledger, ANA, "n-1#e1", "accept")
    assert stands(ledger, "n-1#e1") == ("once", "accept")
    second = take(ledger, ANA, "n-1#e1", "reject", note="of the day before")
    assert stands(ledger, "n-1#e1") == ("once", "reject")
    undoing = take_back(ledger, ANA, second)
    assert stands(ledger, "n-1#e1") == ("once", "accept")
    take_back(ledger, ANA, undoing)
    assert stands(ledger, "n-1#e1") == ("once", "reject")
    take_back(ledger, ANA, first)
    rows = ledger.connection.execute("SELECT decision, undoes FROM reviews_view ORDER BY number").fetchall()
    assert rows == [("accept", None), ("reject", None), ("undo", second), ("undo", undoing), ("undo", first)]


def test_notes_and_skips_decide_nothing(ledger: Ledger) -> None:
    take(ledger, ANA, "n-1#c1", "note", note="who is Abu Omar?")
    take(ledger, ANA, "n-1#c1", "skip")
    assert stands(ledger, "n-1#c1") is None


def test_a_decision_sent_twice_is_taken_once(ledger: Ledger) -> None:
    assert take(ledger, ANA, "n-1#e1", "accept", key="k1") == take(ledger, ANA, "n-1#e1", "accept", key="k1")
    with pytest.raises(SaysoError, match="somebody else"):
        take(ledger, BO, "n-1#e1", "accept", key="k1")


def test_two_who_do_not_see_each_other_agree_or_not_and_one_settles(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        set_coders(connection, 2, ANA, NOON)
    take(ledger, ANA, "n-1#e1", "accept")
    assert effects(ledger.connection, 1) == {}  # it awaits the second coder
    take(ledger, BO, "n-1#e1", "accept")
    assert stands(ledger, "n-1#e1") == ("agreed", "accept")
    take(ledger, ANA, "n-1#e2", "accept")
    take(ledger, BO, "n-1#e2", "reject")
    assert stands(ledger, "n-1#e2") == ("disagreed", "reject")
    assert set(effects(ledger.connection, 1)) == {"e1"}
    with pytest.raises(SaysoError, match="nothing to settle"):
        take(ledger, ANA, "n-2#e1", "accept", settle=True)
    settled = take(ledger, "Cy", "n-1#e2", "reject", settle=True)
    assert stands(ledger, "n-1#e2") == ("settled", "reject")
    take_back(ledger, "Cy", settled)
    assert stands(ledger, "n-1#e2") == ("disagreed", "reject")


def test_the_same_mend_agrees_another_does_not(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        set_coders(connection, 2, ANA, NOON)
    take(ledger, ANA, "n-1#e1", "mend", mend={"type": "attack", "status": "possible"})
    take(ledger, BO, "n-1#e1", "mend", mend={"status": "possible", "type": "attack"})
    assert stands(ledger, "n-1#e1") == ("agreed", "mend")
    take(ledger, ANA, "n-1#e2", "mend", mend={"type": "attack"})
    take(ledger, BO, "n-1#e2", "mend", mend={"type": "bombing"})
    assert stands(ledger, "n-1#e2") == ("disagreed", "mend")


def test_whoever_sees_another_decision_settles_it_and_whoever_could_not_does_not(ledger: Ledger) -> None:
    seen = take(ledger, ANA, "n-1#e1", "accept")
    take(ledger, BO, "n-1#e1", "reject", seen=seen)
    assert stands(ledger, "n-1#e1") == ("settled", "reject")
    take(ledger, ANA, "n-1#e2", "accept")
    take(ledger, BO, "n-1#e2", "reject", seen=seen)  # the page was loaded before Ana decided
    assert stands(ledger, "n-1#e2") == ("disagreed", "reject")


def test_only_whoever_decided_undoes_and_only_once(ledger: Ledger) -> None:
    number = take(ledger, ANA, "n-1#e1", "accept")
    with pytest.raises(SaysoError, match="Ana, who alone"):
        take_back(ledger, BO, number)
    take_back(ledger, ANA, number)
    with pytest.raises(SaysoError, match="undone already"):
        take_back(ledger, ANA, number)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"who": " "}, "has a name"),
        ({"who": "Ana\u202e"}, "has a name"),
        ({"note": "x" * 4001}, "at most 4,000"),
        ({"decision": "note"}, "says something"),
        ({"decision": "mend"}, "to mend is to say"),
        ({"id": "n-1#e9"}, "no 'n-1#e9'"),
        ({"id": "i:0123"}, "no report 'i:0123'"),
        ({"key": ""}, "a key has"),
    ],
)
def test_what_makes_no_sense_is_refused(ledger: Ledger, change: dict[str, str], why: str) -> None:
    review = msgspec.structs.replace(Review(id="n-1#e1", decision="accept", who=ANA), **change)
    with pytest.raises(SaysoError, match=why), ledger.writing() as connection:
        decide(connection, review, NOON)
    assert ledger.connection.execute("SELECT count(*) FROM reviews").fetchone() == (0,)


@pytest.mark.parametrize(
    ("id", "mend", "why"),
    [
        ("e1", {"trigger": [90, 5000]}, "no words from 90 to 5000"),
        ("e1", {"trigger": [9, 9]}, "no words"),
        ("e1", {"trigger": [-3, 2]}, "no words"),
        ("e1", {"trigger": [1, 10**30]}, "mend"),
        ("e1", {"type": "magic"}, "Invalid enum value"),
        ("e1", {"actors": [[4, 8], [0, 3]]}, "each needs its words"),
        ("e1", {"actors": [[4, 8]], "actors_are": [""], "actor_ids": [None]}, "1 to 200"),
        ("e1", {"killed_n": [5, 2]}, "from 5 to 2"),
        ("e1", {"killed_n": [-1, 2]}, "no number of people"),
        ("e1", {"killed_n": [None, None]}, "one bound at least"),
        ("e1", {"date": "yesterday"}, "no day"),
        ("e1", {"date": "2016-02-31"}, "no day"),
        ("e1", {"date": "2016-07/2016-05"}, "from 2016-07-01"),
        ("e1", {"claim": "c9"}, "has no 'c9'"),
        ("e1", {"score": 1.0}, "unknown field"),
        ("e1", {"type": "shelling"}, "nothing in it"),
        ("c1", {"content": []}, "says something"),
        ("c1", {"content": [[0, 9]] * 101}, "more than 100"),
        ("c1", {"within": "c1"}, "lies in this one"),
        ("c1", {"source_is": "a\nb"}, "printable"),
    ],
)
def test_a_mend_that_cannot_be_is_refused(ledger: Ledger, id: str, mend: dict[str, Any], why: str) -> None:
    reading = ledger.load(1)
    [record] = [r for r in (*reading.claims, *reading.events) if r.id == id]
    with pytest.raises(SaysoError, match=why):
        checked(record, reading, msgspec.json.encode(mend))


@pytest.mark.parametrize(
    "given", [b"", b"[", b"null", b'{"type": ' + b"[" * 60_000, b"\xff", b"{" + b" " * 70_000 + b"}"]
)
def test_a_mend_that_is_none_is_refused(ledger: Ledger, given: bytes) -> None:
    reading = ledger.load(1)
    with pytest.raises(SaysoError):
        checked(reading.events[0], reading, given)


def test_what_counts_is_the_machines_reading_with_decisions_in_it(ledger: Ledger) -> None:
    text = ledger.load(1).report.text
    at = text.index("jets")
    place = {"id": "test:raqqa", "name": "Raqqa", "country": "SY", "admin1": None, "lat": 35.95, "lon": 39.01,
             "level": "town", "precision": 1, "candidates": 1, "why": "chosen by a person"}  # fmt: skip
    take(ledger, ANA, "n-1#c1", "reject")
    take(ledger, ANA, "n-1#e1", "mend", mend={
        "type": "attack", "date": "2016-06", "killed_n": [3, None], "place_is": place,
        "actors": [[at, at + 4]], "actors_are": ["Iraq's police"], "actor_ids": ["iraq-police"],
    })  # fmt: skip
    take(ledger, ANA, "n-1#e2", "reject")
    machine = ledger.load(1)
    counts = in_effect(machine, effects(ledger.connection, 1))
    assert [claim.id for claim in counts.claims] == ["c2"]
    [event] = counts.events
    assert (event.type, event.date, event.date_precision, event.killed_n) == ("attack", "2016-06", 4, (3, None))
    assert event.claim is None  # it stood in the rejected claim
    assert event.place_is and event.place_is.name == "Raqqa"
    assert event.acled == {"event_type": "Violence against civilians", "sub_event_type": "Attack"}
    assert {actor.id: actor.kind for actor in counts.actors}["iraq-police"] == "state forces"
    assert [e.id for e in ledger.load(1).events] == ["e1", "e2"] and machine.events[0].type == "shelling"


def row(number: int, who: str, decision: str = "accept", *, undoes: int | None = None, blind: int = 1) -> Taken:
    return Taken(number, decision, who, "", "", None, undoes, blind)


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([], None),
        ([row(1, ANA, "skip")], None),
        ([row(1, ANA), row(2, ANA, "reject")], "once"),
        ([row(1, ANA), row(2, BO)], "agreed"),
        ([row(1, ANA), row(2, BO, "unsure")], "disagreed"),
        ([row(1, ANA), row(2, BO), row(3, "Cy", "reject")], "disagreed"),
        ([row(1, ANA), row(2, BO, "reject", blind=0)], "settled"),
        ([row(1, ANA), row(2, BO, "reject", blind=0), row(3, BO, "undo", undoes=2)], "once"),
        ([row(1, ANA), row(2, ANA, "undo", undoes=1), row(3, ANA, "undo", undoes=2)], "once"),
        ([row(1, ANA), row(2, ANA, "undo", undoes=1)], None),
    ],
)
def test_how_it_stands(rows: list[Taken], status: str | None) -> None:
    found = standing(rows)
    assert (found and found.status) == status


def test_a_mend_of_a_text_that_changed_is_not_in_effect(ledger: Ledger) -> None:
    take(ledger, ANA, "n-1#e1", "mend", mend={"type": "attack"})
    take(ledger, ANA, "n-1#e2", "accept")
    with ledger.writing() as connection:
        connection.execute("UPDATE reports SET text = text || ' More.' WHERE number = 1")
        find_again(connection, 1)
    assert set(effects(ledger.connection, 1)) == {"e2"}


def test_redacting_takes_decisions_along(ledger: Ledger) -> None:
    take_back(ledger, ANA, take(ledger, ANA, "n-1#e1", "accept"))
    with ledger.writing() as connection:
        redact(connection, 1, "asked for", Stamp(NOON, "sayso test", "by rule"), lambda _: None)
    assert ledger.connection.execute("SELECT count(*) FROM reviews").fetchone() == (0,)
