"""A progress bar on standard error, for people only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from sayso.records import Problem

T = TypeVar("T")


def watched(items: Iterable[T], place_of: Callable[[T], str], count_places: Callable[[], int]) -> Iterator[T]:
    """`items`, with a bar while there is more than one and standard error is a terminal.

    The bar counts places (files, addresses) done out of `count_places()`; `place_of` says to which an item belongs.
    Where standard output is a terminal too, and for a problem always, the bar makes room for what will be printed.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    places = count_places()
    task = bar.add_task("", total=places if places > 1 else None)  # one container: nobody knows what it holds
    shared = sys.stdout.isatty()
    seen: set[str] = set()
    begun = time.monotonic()
    try:
        for number, item in enumerate(items, 1):
            seen.add(place_of(item))
            bar.update(task, completed=min(len(seen), places) - 1, description=_told(number, time.monotonic() - begun))
            if shared or isinstance(item, Problem):
                bar.stop()
            yield item
            bar.start()
    finally:
        bar.stop()


def _told(number: int, seconds: float) -> str:
    """How many were read, and how fast.

    >>> _told(1200, 60.0)
    '1,200 read, 20.0 a second'
    """
    return f"{number:,} read, {number / max(seconds, 0.001):.1f} a second"
