"""One stage over many pages: in order, streaming, and past whatever a page does to the code that reads it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import chain, islice
from multiprocessing import resource_tracker
from typing import TypeVar

from sayso.engine.timer import OutOfTimeError, at_most
from sayso.pages.page import Page
from sayso.records import Problem, SaysoError

T = TypeVar("T")

PAGE_SECONDS = 60.0  # the slowest real page takes about two seconds; a slow or busy machine may need ten times that
_MANY_PAGES = 20  # starting a process, with its model, costs about as much as reading this many pages
_AHEAD = 4  # pages waiting for each worker: enough that none idles behind a slow page, few enough to hold in memory
_AHEAD_BYTES = 100_000_000  # and never more than this many bytes of them


def map_pages(
    pages: Iterable[Page | Problem],
    read_one: Callable[[Page], T],
    workers: int = 1,
    *,
    page_seconds: float = PAGE_SECONDS,
) -> Iterator[T | Problem]:
    """`read_one` of every page, in the order of `pages`, with the problems among them passed on in their places.

    With one worker it runs in this process. With more it runs in as many processes, started afresh (spawn), so that
    `read_one` must be picklable. A page that takes longer than `page_seconds`, raises an exception, or (in the pool)
    ends its process becomes a problem, and the rest goes on.
    """
    if workers <= 1:
        for item in pages:
            yield item if isinstance(item, Problem) else _read_in_time(read_one, item, page_seconds)
    else:
        yield from _in_pool(pages, read_one, workers, page_seconds)


def map_as_it_pays(pages: Iterable[Page | Problem], read_one: Callable[[Page], T]) -> Iterator[T | Problem]:
    """`map_pages`, the first pages in this process, and any others in one process for each core."""
    waiting = iter(pages)
    yield from map_pages(islice(waiting, _MANY_PAGES), read_one)
    if (following := next(waiting, None)) is not None:
        yield from map_pages(chain([following], waiting), read_one, os.cpu_count() or 1)


def _read_in_time(read_one: Callable[[Page], T], page: Page, page_seconds: float) -> T | Problem:
    try:
        with at_most(page_seconds):
            return _read(read_one, page)
    except OutOfTimeError:
        return _too_slow(page, page_seconds)


def _too_slow(page: Page, page_seconds: float) -> Problem:
    return problem_of(page, f"cannot be read: took longer than {page_seconds:g} s")


def _read(read_one: Callable[[Page], T], page: Page) -> T | Problem:
    try:
        return read_one(page)
    except SaysoError as error:
        return error.problem
    except (Exception, RecursionError) as error:  # a page must not be able to end the reading of others
        return problem_of(page, f"cannot be read: {type(error).__name__}: {' '.join(str(error).split())[:200]}")


def problem_of(page: Page, reason: str) -> Problem:
    """A problem of a page, at the page's place in its file or container."""
    received = page.received
    return Problem(
        where=received.where, line=received.line, record=received.record or received.entry, reason=reason
    )  # fmt: skip


def _in_pool(
    pages: Iterable[Page | Problem], read_one: Callable[[Page], T], workers: int, page_seconds: float
) -> Iterator[T | Problem]:
    from pebble import ProcessPool

    waiting: deque[Problem | tuple[Page, Future[T | Problem]]] = deque()
    held = 0
    pool = ProcessPool(max_workers=workers, context=multiprocessing.get_context("spawn"))
    try:
        for item in pages:
            if isinstance(item, Problem):
                waiting.append(item)
            else:
                with deaf_to_interrupts():  # the first page starts the pool
                    waiting.append((item, pool.schedule(_read, args=(read_one, item), timeout=page_seconds)))
                held += len(item.data)
            while waiting and (len(waiting) > _AHEAD * workers or held > _AHEAD_BYTES or _is_done(waiting[0])):
                first = waiting.popleft()
                held -= 0 if isinstance(first, Problem) else len(first[0].data)
                yield _result_of(first, page_seconds)
        while waiting:
            yield _result_of(waiting.popleft(), page_seconds)
        pool.close()  # type: ignore[no-untyped-call]
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


@contextlib.contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Processes and threads started within never see Ctrl-C, which goes to all: this process ends them itself."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # started later it would lift the block that is set here
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_done(item: Problem | tuple[Page, Future[T | Problem]]) -> bool:
    return isinstance(item, Problem) or item[1].done()


def _result_of(item: Problem | tuple[Page, Future[T | Problem]], page_seconds: float) -> T | Problem:
    if isinstance(item, Problem):
        return item
    from pebble import ProcessExpired

    page, future = item
    try:
        return future.result()
    except TimeoutError:
        return _too_slow(page, page_seconds)
    except ProcessExpired:
        return problem_of(page, "cannot be read: the process reading it broke down")
