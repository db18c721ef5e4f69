"""Which events, incidents and disputes are asked for, by their numbers in order; one more than the limit."""

from __future__ import annotations

import msgspec
import numpy as np

from sayso.desk.asked import Bulk, IncidentBulk, IncidentRows, Rows, filters_of
from sayso.desk.problems import ASKED_BADLY, RefusedError
from sayso.ledger import Ledger
from sayso.ledger.columns import Columns, Mask, Now, ordinal
from sayso.ledger.disputes import place_of
from sayso.ledger.filters import Filters, meant
from sayso.ledger.ids import is_record, record_number
from sayso.ledger.incidents import incident_number


def event_numbers(ledger: Ledger, columns: Columns, asked: Rows | Bulk) -> list[int]:
    """The latest events first."""
    connection = ledger.connection
    wanted = meant(connection, filters_of(connection, asked))
    after = None
    if asked.cursor:
        check_kind(ledger, "events", asked.cursor)
        after = record_number(connection, asked.cursor)[1]
    events = columns.now().events
    return events.latest(events.fitting(wanted), asked.limit + 1, after=after)


def incident_numbers(ledger: Ledger, columns: Columns, asked: IncidentRows | IncidentBulk) -> list[int]:
    """Incidents in the order that is asked for."""
    filters = filters_of(ledger.connection, asked)
    fits, now = _fitting(ledger, columns, filters)
    after = incident_number(ledger.connection, asked.cursor) if asked.cursor else None
    return now.incidents.latest(fits, asked.limit + 1, asked.order, after)


def disputed_numbers(ledger: Ledger, columns: Columns, filters: Filters, asked: Rows) -> list[int] | None:
    """Incidents, among them all with the latest disputes from the cursor's on; None where nothing is filtered by."""
    connection, limit = ledger.connection, asked.limit + 1
    if filters in (Filters(), Filters(disputed=True)):
        return None
    fits, now = _fitting(ledger, columns, msgspec.structs.replace(filters, disputed=True))
    rows = now.incidents.rows
    if asked.cursor:
        day, number = place_of(connection, asked.cursor)
        fits &= rows["first"] <= (ordinal(day) if day else 0)
        # Of that day, as many incidents may have been shown already as have disputes that were.
        (shown,) = connection.execute(
            "SELECT count(*) FROM disputes WHERE first_day = ? AND number >= ?", (day, number)
        ).fetchone()
        limit += shown
    numbers = now.incidents.latest(fits, limit)
    if len(numbers) == limit:
        last = rows["first"][np.searchsorted(rows["number"], numbers[-1])]
        numbers = rows["number"][fits & (rows["first"] >= last)].tolist()
    return numbers


def check_kind(ledger: Ledger, table: str, cursor: str) -> None:
    """Refused when a cursor is of another table."""
    if not is_record(ledger.connection, cursor) or record_number(ledger.connection, cursor)[0] != table:
        raise RefusedError(ASKED_BADLY, "cursor", "not one that was given")


def _fitting(ledger: Ledger, columns: Columns, filters: Filters) -> tuple[Mask, Now]:
    wanted, now = meant(ledger.connection, filters), columns.now()
    return now.fitting_incidents(wanted, filters), now
