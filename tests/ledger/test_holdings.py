"""Histories of places in a ledger: told from a day on, they are those that are told of all that is said."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import pytest
from msgspec.structs import replace

from sayso.actors.register import Register
from sayso.engine.linker import Linker
from sayso.engine.pool import relation
from sayso.ledger import Ledger
from sayso.ledger.disputes import holder_disputes
from sayso.ledger.filters import Filters
from sayso.ledger.holding_store import Statement, drop_statements, keep_statements, places_to_hold
from sayso.ledger.holdings import holdings
from sayso.ledger.rows import SHIFT
from sayso.linking.pool import link
from sayso.linking.statements import words_of
from sayso.records.pool import Account
from sayso.records.vocabulary import EventType
from tests.linking.test_control import HERALD, MANBIJ, MONITOR, told, town

PLACES = (MANBIJ, replace(MANBIJ, why="its district"), replace(MANBIJ, name="Mambij"), town("Jarabulus"))
TELLING: tuple[EventType, ...] = ("control", "control", "capture", "capture", "withdraw", "advance", "siege", "clash")
REPORTS = 40


def invented(chance: Random) -> list[Account]:
    """Accounts of who holds two places in a month, each of a report of its own."""
    made = []
    for number in range(1, REPORTS + 1):
        account = told(
            f"2016-06-{chance.randint(1, 28):02}", chance.choice(TELLING), chance.choice(["IS", "SDF", "Rebels"]),
            chance.choice([MONITOR, HERALD]), "denied" if chance.random() < 0.1 else "happened", chance.choice(PLACES),
        )  # fmt: skip
        made.append(replace(account, key=f"r{number}#e1", report=f"r{number}"))
    return made


def add(ledger: Ledger, linker: Linker, some: Iterable[Account]) -> None:
    with ledger.writing() as connection:
        for account in some:
            event = int(account.report[1:]) << SHIFT | 1
            keep_statements(
                connection, [Statement(event, words[0].day, account) for words in [words_of(account)] if words]
            )
        linker.hold()


def drop(ledger: Ledger, linker: Linker, account: Account) -> None:
    report = int(account.report[1:])
    with ledger.writing() as connection:
        drop_statements(connection, report << SHIFT, (report + 1) << SHIFT)
        assert account.key not in {key for h in holdings(connection, Filters()) for key in h.accounts}
        linker.hold()


@pytest.fixture
def bare(empty: Ledger) -> Ledger:
    """A ledger that knows the reports' names, and nothing else of them."""
    empty.connection.execute("PRAGMA foreign_keys = OFF")
    with empty.writing() as connection:
        pages = [(number, f"r{number}") for number in range(1, REPORTS + 1)]
        connection.executemany("INSERT INTO pages (number, id, state) VALUES (?, ?, 'read')", pages)
    return empty


@pytest.mark.parametrize("seed", range(12))
def test_they_are_the_same_in_whatever_order_it_came_and_when_some_goes(bare: Ledger, seed: int) -> None:
    chance, linker, related = Random(seed), Linker(bare), relation(Register.packaged())
    accounts = invented(chance)
    there: list[Account] = []
    while accounts:
        more, accounts = accounts[:3], accounts[3:]
        add(bare, linker, more)
        there += more
        if chance.random() < 0.3:
            drop(bare, linker, there.pop(chance.randrange(len(there))))
        whole = link(there, related=related)
        assert holdings(bare.connection, Filters()) == list(whole.holdings)
        kept = [(place, one.dispute) for place, one in holder_disputes(bare.connection)]
        assert kept == [(found.place.id, found.dispute) for found in whole.holder_disputes]


def test_what_came_before_a_day_stays_as_it_is(bare: Ledger) -> None:
    linker = Linker(bare)
    days = [f"2016-06-{day:02}" for day in range(1, 21)]
    accounts = [
        replace(told(day, "capture", ("IS", "SDF")[at % 2]), key=f"r{at}#e1", report=f"r{at}")
        for at, day in enumerate(days, 1)
    ]
    add(bare, linker, accounts[:-1])
    rows = "SELECT number FROM holdings ORDER BY number"
    before = bare.connection.execute(rows).fetchall()
    with bare.writing() as connection:
        keep_statements(connection, [Statement(20 << SHIFT | 1, days[-1], accounts[-1])])
        ((_, start),) = places_to_hold(connection)
        assert start.begun[0] == days[-2]  # the last holder alone is told again
        linker.hold()
    after = bare.connection.execute(rows).fetchall()
    assert before[:18] == after[:18]
    assert len(after) == 20
