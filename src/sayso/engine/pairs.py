"""The copies of a large pool, found by more than one process: this one asks the index, all lay reports side by side."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Final, NamedTuple

import msgspec

from sayso.copies.beside import Least, Ready, shared_with
from sayso.copies.finder import AT_HAND_OF_POOL, Bounds, CopyFinder, made_ready
from sayso.copies.judge import Aligned, Shared, judged
from sayso.copies.postings import MemoryPostings
from sayso.copies.records import Pair, Text
from sayso.copies.spread import Spread, Standing
from sayso.engine.run import deaf_to_interrupts

_FEW: Final = 2000  # reports that one process is done with before another has started
_TOGETHER: Final = 64  # reports whose copies are sought in one go: what goes to and fro costs a tenth of the work
_WAITING: Final = 100  # of these for each process, some 50 MB; then this one does one itself


class _Job(NamedTuple):
    """New reports, and for each of them those to lay it beside."""

    news: list[tuple[Ready, list[Ready]]]
    least: Least


class _Found(NamedTuple):
    """Pairs as MessagePack; None stands for one that only the whole pool can judge, its passages are in `unjudged`."""

    pairs: bytes
    unjudged: list[tuple[int, int, tuple[Aligned, ...]]]


_Waiting = tuple[_Job, "Future[_Found]"]


def pairs_among(texts: Iterable[Text], workers: int, bounds: Bounds = Bounds()) -> Iterator[Pair]:  # noqa: B008 -- frozen
    """As `sayso.copies.pairs_of`, by `workers` processes, this one among them; the very same pairs in the same order.

    Others are started afresh (spawn) once the pool is large enough to pay for it.
    """
    finder = CopyFinder(MemoryPostings(), bounds, AT_HAND_OF_POOL)
    ready = made_ready(texts)
    few = (shared for new in islice(ready, _FEW) for shared in shared_with(finder.met(new), new, bounds.least))
    found: list[Pair | Shared] = [*few]
    for some in _in_processes(_jobs(ready, finder, bounds.least), workers):
        found += some
    return (one if isinstance(one, Pair) else finder.judge(one) for one in found)


def _jobs(ready: Iterator[Ready], finder: CopyFinder, least: Least) -> Iterator[_Job]:
    while news := [(new, finder.met(new)) for new in islice(ready, _TOGETHER)]:
        yield _Job([(new, others) for new, others in news if others], least)


def _in_processes(jobs: Iterator[_Job], workers: int) -> Iterator[list[Pair | Shared]]:
    """What was found, in the order of the jobs; in the end this process does those that no other has begun."""
    if workers <= 1:
        yield from (_whole(job, _find(job)) for job in jobs)
        return
    waiting: deque[_Waiting] = deque()
    others = ProcessPoolExecutor(workers - 1, mp_context=multiprocessing.get_context("spawn"))
    try:
        for job in jobs:
            with deaf_to_interrupts():  # the first job starts the processes
                waiting.append((job, others.submit(_find, _bare(job))))
            while waiting and waiting[0][1].done():
                yield _result(*waiting.popleft())
            if len(waiting) > _WAITING * (workers - 1):
                waiting[-1] = (job, _here(*waiting[-1]))
        for at in reversed(range(len(waiting))):
            waiting[at] = (waiting[at][0], _here(*waiting[at]))
        while waiting:
            yield _result(*waiting.popleft())
    finally:
        others.shutdown(cancel_futures=True)


def _here(job: _Job, found: Future[_Found]) -> Future[_Found]:
    """The job done in this process, if no other has begun it."""
    if not found.cancel():
        return found
    done: Future[_Found] = Future()
    done.set_result(_find(job))
    return done


def _bare(job: _Job) -> _Job:
    """Without fingerprints, which only the index needs."""

    def bare(ready: Ready) -> Ready:
        if (known := made.get(ready.text.id)) is None:
            known = made[ready.text.id] = Ready(ready.text, msgspec.structs.replace(ready.made, fingerprints=()))
        return known

    made: dict[str, Ready] = {}
    return _Job([(bare(new), [bare(other) for other in others]) for new, others in job.news], job.least)


def _result(job: _Job, found: Future[_Found]) -> list[Pair | Shared]:
    try:
        return _whole(job, found.result())
    except BrokenProcessPool:  # ended from outside
        return _whole(job, _find(job))


class _AskedOfThePoolError(Exception):
    """How a passage is spread over the pool is not known here."""


class _NoPool(Spread):
    def of(self, passage: str) -> Standing:  # noqa: ARG002 -- what is asked does not matter
        """Not known here."""
        raise _AskedOfThePoolError


def _find(job: _Job) -> _Found:
    """Lay reports side by side and judge what they share, as far as it can be judged without the pool."""
    nowhere = _NoPool(MemoryPostings())
    pairs: list[Pair | None] = []
    unjudged = []
    for at, (new, others) in enumerate(job.news):
        places = {other.text.id: place for place, other in enumerate(others)}
        for shared in shared_with(others, new, job.least):
            try:
                pairs.append(judged(shared, nowhere))
            except _AskedOfThePoolError:
                pairs.append(None)
                unjudged.append((at, places[shared.a.id], shared.passages))
    return _Found(msgspec.msgpack.encode(pairs), unjudged)


def _whole(job: _Job, found: _Found) -> list[Pair | Shared]:
    """The pairs, and where one is not judged what its reports share."""
    unjudged = iter(found.unjudged)
    return [pair or _shared(job, *next(unjudged)) for pair in _pairs.decode(found.pairs)]


def _shared(job: _Job, at: int, place: int, passages: tuple[Aligned, ...]) -> Shared:
    new, others = job.news[at]
    return Shared.of_passages(others[place].text, new.text, passages, others[place].made, new.made)


_pairs = msgspec.msgpack.Decoder(list[Pair | None])
