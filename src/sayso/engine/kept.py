"""The pool that a ledger keeps linked: read, not linked anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sayso.engine.ledger_link import is_outdated, is_waiting, link_all
from sayso.ledger import Ledger
from sayso.ledger.disputes import holder_disputes
from sayso.ledger.filters import Filters
from sayso.ledger.holdings import holdings
from sayso.ledger.incidents import accounts_of_report, incidents, reports_of_incidents, unlinked
from sayso.linking.pool import Pool
from sayso.records import SaysoError
from sayso.records.pool import Account, HolderDispute

SOON = 2_000  # reports linked in half a minute; more are not linked for somebody who only asked what there is


def freshened(ledger: Ledger, now: datetime) -> str | None:
    """Link what waits, if it is not much and the ledger can be written; else what is to be said about it."""
    with ledger.reading() as connection:
        if not is_waiting(connection):
            return None
        waiting, outdated = unlinked(connection), is_outdated(connection)
        much = len(reports_of_incidents(connection, None)) if outdated else waiting
    if much <= SOON:
        try:
            with Ledger.open(ledger.path, write=True) as writable:
                link_all(writable, lambda: now)
        except SaysoError as error:
            return f"{waiting:,} reports are not linked yet: {error.problem.reason}"
        return None
    what = "it was linked by another version" if outdated else f"{waiting:,} reports are not linked yet"
    return f"{what}: `sayso link` sees to that"


def kept_pool(ledger: Ledger, asked: Filters = Filters()) -> Pool:  # noqa: B008 -- frozen
    """The incidents that fit, by first day and id, all holdings and disputes over them, the accounts behind these."""
    with ledger.reading() as connection:
        found = [kept.incident for kept in incidents(connection, asked)]
        held = tuple(holdings(connection, Filters()))
        places = {h.place.id: h.place for h in held}
        disputed = tuple(
            HolderDispute(place=places[place], first=kept.day, dispute=kept.dispute)
            for place, kept in holder_disputes(connection)
        )
        reports = reports_of_incidents(connection, None if asked == Filters() else {i.id for i in found}, held)
        accounts = {a.key: a for report in reports for a in accounts_of_report(connection, report)}
    return Pool(
        accounts=_used(accounts, [i.accounts for i in found] + [h.accounts for h in held] + _disputing(disputed)),
        incidents=tuple(sorted(found, key=lambda i: (i.first or "9999", i.id))),
        holdings=held,
        holder_disputes=disputed,
    )


def _disputing(disputed: Iterable[HolderDispute]) -> list[tuple[str, ...]]:
    return [side.accounts for found in disputed for side in found.dispute.sides]


def _used(accounts: dict[str, Account], keys: Iterable[tuple[str, ...]]) -> dict[str, Account]:
    return {key: accounts[key] for some in keys for key in some if key in accounts}
