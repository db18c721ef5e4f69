"""Every page read again that another reader read before: what was received and decided stays."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Literal

import msgspec

from sayso.engine.ledger_add import TOOL, ReadOne, comparing, page_of, reader_version
from sayso.engine.ledger_link import link_all
from sayso.engine.run import map_pages
from sayso.engine.stages import read_page
from sayso.ledger import Ledger, Receipt, Stamp
from sayso.ledger.records import Misfit
from sayso.ledger.reread import outdated, replace
from sayso.ledger.store import load_receipt
from sayso.pages.page import Page
from sayso.pages.report import Overrides
from sayso.records import Problem
from sayso.records.reading import Reading


class Reread(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one page: its reading says something else now, or the same, or it cannot be read."""

    id: str
    place: str
    outcome: Literal["changed", "same", "unreadable"]
    problem: Problem | None = None


class RereadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Which pages and how. `everything`: also those that this reader read; its registers may have grown since."""

    everything: bool = False
    workers: int = 1


def count_outdated(ledger: Ledger, options: RereadOptions) -> int:
    """How many pages `reread` would read."""
    with ledger.reading() as connection:
        return len(outdated(connection, None if options.everything else reader_version()))


def reread(
    ledger: Ledger, options: RereadOptions, now: Callable[[], datetime], read_one: ReadOne | None = None
) -> Iterator[Reread]:
    """Read the pages again, put what is new in its place, page by page, and link it; stopped, the same call goes on."""
    with ledger.reading() as connection:
        numbers = outdated(connection, None if options.everything else reader_version())
    then = comparing(ledger)
    for overrides, group in _by_overrides(ledger, numbers).items():
        waiting: deque[tuple[int, Receipt]] = deque()
        read = read_one or partial(read_page, overrides=overrides)
        for result in map_pages(_pages(ledger, group, waiting), read, options.workers):
            number, receipt = waiting.popleft()
            with ledger.writing() as connection:
                changed = replace(connection, number, result, Stamp(now(), TOOL, reader_version()), then)
            yield _became(receipt, result, changed)
    link_all(ledger, now)


def _became(receipt: Receipt, result: Reading | Problem, changed: bool) -> Reread:
    place = receipt.received.where
    if isinstance(result, Problem):
        return Reread(id=receipt.id, place=place, outcome="unreadable", problem=result)
    return Reread(id=receipt.id, place=place, outcome="changed" if changed else "same")


def _by_overrides(ledger: Ledger, numbers: list[int]) -> dict[Overrides, list[int]]:
    """Numbers by what was given over the pages' own word when they were added."""
    groups: dict[Overrides, list[int]] = {}
    with ledger.reading() as connection:
        for number in numbers:
            (given,) = connection.execute(
                "SELECT json_extract(context, '$.overrides') FROM pages WHERE number = ?", (number,)
            ).fetchone()
            groups.setdefault(msgspec.json.decode(given, type=Overrides), []).append(number)
    return groups


def _pages(ledger: Ledger, numbers: list[int], waiting: deque[tuple[int, Receipt]]) -> Iterator[Page]:
    """The pages as they were received; each goes to `waiting` too. Damaged ones are left to `sayso verify`."""
    for number in numbers:
        with ledger.reading() as connection:
            receipt = load_receipt(connection, number)
        if not isinstance(receipt, Misfit):
            waiting.append((number, receipt))
            yield page_of(receipt)
