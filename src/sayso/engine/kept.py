"""The pool that a ledger keeps linked: read, not linked anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from sayso.engine.ledger_link import is_waiting, link_waiting
from sayso.ledger import Ledger
from sayso.ledger.filters import Filters
from sayso.ledger.holdings import holdings
from sayso.ledger.incidents import accounts_of_report, incidents, reports_of_incidents, unlinked
from sayso.linking.pool import Pool
from sayso.records import SaysoError
from sayso.records.pool import Account


class Freshness(msgspec.Struct, frozen=True):
    """How many reports were linked before reading, and how many are not linked still."""

    linked: int
    waiting: int


def freshened(ledger: Ledger, now: datetime) -> Freshness:
    """Link what waits, if the ledger can be written."""
    with ledger.reading() as connection:
        if not is_waiting(connection):
            return Freshness(0, 0)
    try:
        with Ledger.open(ledger.path, write=True) as writable:
            return Freshness(sum(link_waiting(writable, lambda: now)), 0)
    except SaysoError:
        with ledger.reading() as connection:
            return Freshness(0, unlinked(connection))


def kept_pool(ledger: Ledger, asked: Filters = Filters()) -> Pool:  # noqa: B008 -- frozen
    """The incidents that fit, all holdings, and the accounts behind both; incidents by first day and id."""
    with ledger.reading() as connection:
        found = [kept.incident for kept in incidents(connection, asked)]
        held = tuple(holdings(connection, Filters()))
        reports = reports_of_incidents(connection, None if asked == Filters() else {i.id for i in found}, held)
        accounts = {a.key: a for report in reports for a in accounts_of_report(connection, report)}
    return Pool(
        accounts=_used(accounts, [i.accounts for i in found] + [h.accounts for h in held]),
        incidents=tuple(sorted(found, key=lambda i: (i.first or "9999", i.id))),
        holdings=held,
    )


def _used(accounts: dict[str, Account], keys: Iterable[tuple[str, ...]]) -> dict[str, Account]:
    return {key: accounts[key] for some in keys for key in some if key in accounts}
