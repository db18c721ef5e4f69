"""Which armed group of record "the group" is."""

from __future__ import annotations

import time

import pytest

from sayso.actors.groups import Groups
from sayso.actors.register import Register


def meant(text: str, words: str, name: str = "", countries: tuple[str, ...] = ()) -> str | None:
    """The id of whom the last such words take up; `name`: what the report calls them, unless as they are written."""
    at = text.rindex(words)
    plain = words.partition(" ")[2]
    found = Groups(Register.packaged(), text, countries, None).meant((at, at + len(words)), name or plain)
    return found.id if found else None


@pytest.mark.parametrize(
    ("text", "words", "group"),
    [
        ("Al-Shabaab fighters overran a base at dawn, the group said.", "the group", "al-shabaab-somalia"),
        ("The base fell to ISIS. The jihadist group took the guns.", "The jihadist group", "islamic-state"),
        ("The base fell to Boko Haram. The militants took the guns.", "The militants", "boko-haram"),
        ("Hamas shot at the Taliban. Hamas won, the movement said.", "the movement", "hamas"),
        ("Hamas fled, the Taliban won. This group was feared.", "This group", "taliban"),
        ("Boko Haram raided Gwoza. The Nigerian militants fled.", "The Nigerian militants", "boko-haram"),
        ("Only Hamas fought here. The insurgents won.", "The insurgents", "hamas"),
    ],
)
def test_words_take_up_a_group_that_was_named_before(text: str, words: str, group: str) -> None:
    assert meant(text, words) == group


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The group said so. Hamas denied it.", "The group"),  # named after
        ("Hamas won. The rights group said so.", "The rights group"),
        ("Hamas won. A group of men fled.", "A group"),
        ("The United Nations met. The group said so.", "The group"),
        ("Hamas and the Taliban fought. The insurgents won.", "The insurgents"),  # which of the two?
        ("Hamas fought in the hills. The Nigerian militants fled.", "The Nigerian militants"),
        ("Hamas won. The army said so.", "The army"),
        ("Hamas won.", "Hamas"),
    ],
)
def test_no_group_is_meant(text: str, words: str) -> None:
    assert meant(text, words) is None


def test_people_who_were_described_before_are_those() -> None:
    text = "Hamas won. Foreign-backed militants shelled the market. The militants fled."
    assert meant(text, "The militants", "Foreign-backed militants") is None


def test_the_reason_quotes_both() -> None:
    text = "Isis took the dam, the group said."
    named = Groups(Register.packaged(), text, (), None).meant((text.index("the group"), text.index(" said")), "group")
    assert named is not None
    assert named.why == '"the group" takes up "Isis"'


@pytest.mark.parametrize("names", ["Hamas, Alpha Beta Gamma Delta, ", "HAMAS ALPHA BETA GAMMA DELTA "])
def test_a_text_that_is_a_list_of_names_is_read_in_time(names: str) -> None:
    text = names * 20_000 + "the group"
    started = time.process_time()
    Groups(Register.packaged(), text, (), None).meant((len(text) - 9, len(text)), "group")
    assert time.process_time() - started < 2
