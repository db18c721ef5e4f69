"""Pages into the ledger: gather -> read -> compare with what is there -> store, page by page."""

from __future__ import annotations

import hashlib
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache, partial
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from sayso.copies.finder import CopyFinder
from sayso.copies.records import Text
from sayso.engine.ledger_link import link_all
from sayso.engine.run import map_pages
from sayso.engine.stages import read_page
from sayso.ledger import Ledger, Outcome, Receipt, Stamp
from sayso.ledger.postings import TablePostings, keep_pairs, to_compare
from sayso.pages.page import Hints, Page
from sayso.pages.report import NO_OVERRIDES, Overrides
from sayso.records import Problem
from sayso.records.reading import Reading
from sayso.version import __version__

TOOL = f"sayso {__version__}"
ReadOne = Callable[[Page], Reading]
_PASSED_ON = Problem(where="", reason="passed on")
# Not the page's fault: it is not kept as unreadable, so that the next `add` tries again.
TRANSIENT = ("cannot be read: took longer", "cannot be read: the process")
_ROOMS = ("pages", "reading", "places", "times", "actors", "outlets", "codebooks")  # what reads and resolves a page
_LINKED_AT_ONCE = 200  # pages stored before they are linked: histories of places are told anew after each lot
_FEW = 20  # pages read in this process before others are started: a process costs about as much as reading this many


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one page: `place` is where it came from, `problem` what is to be said about it."""

    id: str | None
    place: str
    outcome: Outcome | None
    problem: Problem | None = None


class AddOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to add. `workers`: processes to read with; None: as many as pay."""

    overrides: Overrides = NO_OVERRIDES
    workers: int | None = None


def add_pages(
    ledger: Ledger,
    found: Iterable[Page | Problem],
    options: AddOptions,
    now: Callable[[], datetime],
    read_one: ReadOne | None = None,
) -> Iterator[Added]:
    """Take in every page found, in order, and link what came; a page that the ledger has already is not read again.

    Each page is stored whole or not at all before its `Added` comes, so that stopping at any moment loses nothing and
    the same call again goes on. `read_one` is another way to read a page (tests, another model); picklable.
    """
    adder = _Adder(ledger, options, now)
    unread = adder.unread(found)
    read_one = read_one or partial(read_page, overrides=options.overrides)
    for at, added in enumerate(_stored(adder, unread, read_one, options.workers), 1):
        yield added
        if at % _LINKED_AT_ONCE == 0:
            link_all(ledger, now)
    link_all(ledger, now)


def _stored(adder: _Adder, unread: Iterator[Page | Problem], read_one: ReadOne, workers: int | None) -> Iterator[Added]:
    if workers:
        yield from adder.stored(map_pages(unread, read_one, workers))
        return
    yield from adder.stored(map_pages(islice(unread, _FEW), read_one))
    yield from adder.stored(map_pages(unread, read_one, os.cpu_count() or 1))


class _Adder:
    """Stores what comes back from reading beside the page that went in: `map_pages` keeps their order."""

    def __init__(self, ledger: Ledger, options: AddOptions, now: Callable[[], datetime]) -> None:
        self._ledger, self._now = ledger, now
        self._compare = comparing(ledger)
        self._overrides: dict[str, Any] = msgspec.to_builtins(options.overrides)
        self._waiting: deque[Receipt | Added] = deque()

    def unread(self, found: Iterable[Page | Problem]) -> Iterator[Page | Problem]:
        """The pages that are to be read, and in the places of all others a problem that is passed on."""
        for item in found:
            waiting = self._looked_up(item)
            self._waiting.append(waiting)
            yield _PASSED_ON if isinstance(waiting, Added) or isinstance(item, Problem) else item

    def stored(self, results: Iterable[Reading | Problem]) -> Iterator[Added]:
        """What became of each page, in their order."""
        for result in results:
            waiting = self._waiting.popleft()
            yield waiting if isinstance(waiting, Added) else self._keep(waiting, result)

    def _looked_up(self, item: Page | Problem) -> Receipt | Added:
        if isinstance(item, Problem):
            return Added(id=None, place=item.where, outcome=None, problem=item)
        receipt = receipt_of(item, self._overrides)
        outcome, problem = self._ledger.arrived(receipt)
        if outcome is None or outcome == "again":
            if outcome == "again":
                nothing = Problem(where=receipt.received.where, reason="known")
                return self._keep(receipt, nothing)
            return receipt
        return Added(id=receipt.id, place=receipt.received.where, outcome=outcome, problem=problem)

    def _keep(self, receipt: Receipt, read: Reading | Problem) -> Added:
        place = receipt.received.where
        if isinstance(read, Problem) and read.reason.startswith(TRANSIENT):
            return Added(id=None, place=place, outcome=None, problem=read)
        stamp = Stamp(self._now(), TOOL, reader_version())
        outcome, problem = self._ledger.keep(receipt, read, stamp, self._compare)
        if outcome == "unreadable" and isinstance(read, Problem):
            problem = read
        return Added(id=receipt.id, place=place, outcome=outcome, problem=problem)


def finder_of(ledger: Ledger) -> CopyFinder:
    """The finder of copies over the ledger's own index."""
    return CopyFinder(TablePostings(ledger.connection, partial(text_of, ledger)))


def text_of(ledger: Ledger, number: int) -> Text:
    """What is compared of a stored report."""
    return Text(**msgspec.structs.asdict(to_compare(ledger.connection, number)))


def comparing(ledger: Ledger) -> Callable[[int], None]:
    """Compares a report just stored with all before it, and writes the pairs found; inside the report's transaction."""
    finder = finder_of(ledger)
    return lambda number: keep_pairs(ledger.connection, finder.add(text_of(ledger, number)))


def receipt_of(page: Page, overrides: dict[str, Any]) -> Receipt:
    """A page as the ledger takes it in: the id its report will have, its bytes, and what is known beside them."""
    return Receipt(
        id=page.id or page.received.digest,
        data=page.data,
        received=page.received,
        context={"hints": msgspec.to_builtins(page.hints), "overrides": overrides},
        line=page.line,
    )


def page_of(receipt: Receipt) -> Page:
    """The page that was taken in, to be read again."""
    return Page(
        data=receipt.data,
        received=receipt.received,
        hints=msgspec.convert(receipt.context["hints"], Hints),
        id=None if receipt.id == receipt.received.digest else receipt.id,
    )


@cache
def reader_version() -> str:
    """What tells one reader from another: a digest over all code, weights, registers and rules that it consists of."""
    digests = hashlib.sha256()
    for room in _ROOMS:
        folder = Path(str(resources.files("sayso") / room))
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digests.update(path.relative_to(folder).as_posix().encode())
                digests.update(path.read_bytes())
    return f"reader {digests.hexdigest()[:12]}"


def counted(added: Iterable[Added]) -> Counter[str]:
    """How many pages there were of each outcome, and how many problems."""
    counts: Counter[str] = Counter()
    for item in added:
        counts[item.outcome or "problem"] += 1
    return counts
