"""What somebody does in general is no act, and disputes none."""

from __future__ import annotations

import pytest

from sayso.linking.accounts import accounts_of
from sayso.linking.habits import is_habit
from sayso.records import Report
from sayso.records.reading import Event, Reading


@pytest.mark.parametrize(
    ("words", "act", "general"),
    [
        ("Moscow denies targeting civilians.", "targeting", True),
        ("Both sides deny deliberately attacking civilians.", "attacking", True),
        ("Russia has repeatedly denied targeting civilian areas.", "targeting", True),
        ("Our air force strikes only military targets, he said.", "strikes", True),
        ("The army says it only targets military sites.", "targets", True),
        ("It does not target civilians.", "target", True),
        ("The army denied targeting civilians on Tuesday.", "targeting", False),
        ("The army did not strike the camp.", "strike", False),
        ("The strikes hit only a military base.", "strikes", False),
        ("Moscow denies bombing the hospital, and says it never targets civilians.", "bombing", False),
    ],
)
def test_what_is_done_in_general_tells_of_no_act(words: str, act: str, general: bool) -> None:
    at = words.index(act)
    assert is_habit(words, (at, at + len(act))) is general


def test_a_habit_gives_no_account_but_in_the_headline() -> None:
    told = "Army denies targeting civilians"
    text = f"{told}\n\nShells hit Mina. The army denies targeting civilians."
    spans = [(at, at + 9) for at in (text.index("targeting"), text.rindex("targeting"))]
    report = Report(id="r", text=text, title=told, parts=())
    events = tuple(
        Event(id=f"e{n}", type="attack", trigger=span, status="denied", incident=f"i{n}", score=1.0)
        for n, span in enumerate(spans)
    )
    accounts = accounts_of(Reading(id="r", report=report, claims=(), events=events))
    assert [account.event for account in accounts] == ["e0"]
