"""sayso: what happened, and on whose say-so.

>>> import sayso
>>> reading = sayso.read("examples/pool/barada-0609-resafa.html")
>>> reading.report.outlet, reading.report.published
('Barada News Agency', '2016-06-09')
>>> claim = reading.claims[0]
>>> all(reading.quote(span) in reading.report.text for span in claim.content)
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike
from typing import TYPE_CHECKING

from sayso.version import __version__

if TYPE_CHECKING:
    from sayso.api import LedgerView
    from sayso.records import Problem
    from sayso.records.reading import Reading

__all__ = ["__version__", "open", "read", "read_all"]


def open(path: str | PathLike[str]) -> LedgerView:
    """A ledger to be looked at: its tables as rows and data frames (`sayso.api.LedgerView`). SaysoError: no ledger."""
    from sayso.api import open_ledger

    return open_ledger(path)


def read(place: str | PathLike[str]) -> Reading:
    """The reading of one report: a file or an http(s) address.

    SaysoError when it cannot be read, or holds more than one report (`read_all` takes those).
    """
    from sayso.records import Problem, SaysoError

    found = read_all([place])
    first = next(found, None) or Problem(where=str(place), reason="holds no report")
    if isinstance(first, Problem):
        raise SaysoError(first)
    if next(found, None) is not None:
        raise SaysoError(Problem(where=str(place), reason="holds several reports: use sayso.read_all"))
    return first


def read_all(places: Sequence[str | PathLike[str]], workers: int = 1) -> Iterator[Reading | Problem]:
    """The readings of all reports in files, folders and containers or at addresses; problems in their places."""
    import io
    from functools import partial

    from sayso.engine import map_pages
    from sayso.engine.stages import read_page
    from sayso.pages.gather import GatherOptions, gather
    from sayso.pages.report import Overrides

    pages = gather([str(place) for place in places], GatherOptions(), io.BytesIO())
    yield from map_pages(pages, partial(read_page, overrides=Overrides()), workers)
