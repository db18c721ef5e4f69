"""The copies of a large pool, found by more than one process: this one asks the index, all lay reports side by side."""

from __future__ import annotations

import multiprocessing
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice
from operator import length_hint
from typing import Final, NamedTuple

import msgspec

from sayso.copies.beside import Least, Ready, shared_with
from sayso.copies.finder import AT_HAND, AT_HAND_OF_POOL, Bounds, CopyFinder, made_ready
from sayso.copies.fingerprints import Prepared, prepared
from sayso.copies.judge import Aligned, Shared, judged
from sayso.copies.postings import MemoryPostings
from sayso.copies.records import Pair, Text
from sayso.copies.spread import Spread, Standing
from sayso.engine.run import deaf_to_interrupts

_FEW: Final = 2000  # reports that one process is done with before another has started
_TOGETHER: Final = 64  # reports whose copies are sought in one go
_WAITING: Final = 50  # of these for each process; then this one does one itself
_AT_ONCE: Final = 32  # reports that are cut into words together


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
    alone = 0 if length_hint(texts) > _FEW else _FEW
    few = (shared for new in islice(ready, alone) for shared in shared_with(finder.met(new), new, bounds.least))
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
    helpers = [_Helper() for _ in range(workers - 1)]
    try:
        for number, job in enumerate(jobs):
            busy = sum(not found.done() for _, found in waiting) > _WAITING * len(helpers)
            waiting.append((job, (None if busy else helpers[number % len(helpers)].find(job)) or _done(job)))
            while waiting and waiting[0][1].done():
                yield _result(*waiting.popleft())
        for at in reversed(range(len(waiting))):
            job, found = waiting[at]
            waiting[at] = (job, _done(job) if found.cancel() else found)
        while waiting:
            yield _result(*waiting.popleft())
    finally:
        for helper in helpers:
            helper.end()


class _Helper:
    """Another process that lays reports side by side. It is told a text once, and makes its words ready by itself:
    they are ten times as much to send."""

    def __init__(self) -> None:
        self._process = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        self._told: set[str] = set()

    def find(self, job: _Job) -> Future[_Found] | None:
        """What is found in a job; None when the process was ended from outside. After one that is cancelled no other
        may be found: its texts would be missing."""
        new: list[Text] = []
        for one in (one for report, others in job.news for one in (report, *others)):
            if one.text.id not in self._told:
                self._told.add(one.text.id)
                new.append(one.text)
        named = [(report.text.id, [other.text.id for other in others]) for report, others in job.news]
        try:
            with deaf_to_interrupts():  # the first job starts the process
                return self._process.submit(_find_told, msgspec.msgpack.encode(new), named, job.least)
        except BrokenProcessPool:
            return None

    def end(self) -> None:
        """Let the process go."""
        self._process.shutdown(cancel_futures=True)


class _Told:
    """In a helper's process: the reports it was told of, and the words of those it had to do with last."""

    def __init__(self) -> None:
        self._texts: dict[str, Text] = {}
        self._made: OrderedDict[str, Prepared] = OrderedDict()

    def add(self, texts: Iterable[Text]) -> None:
        """Reports to be known by their ids from now on."""
        self._texts.update((text.id, text) for text in texts)

    def ready(self, ids: Iterable[str]) -> dict[str, Ready]:
        """The reports with these ids."""
        asked = dict.fromkeys(ids)
        found = {id: Ready(self._texts[id], made) for id in asked if (made := self._made.get(id)) is not None}
        missing = [self._texts[id] for id in asked if id not in found]
        for at in range(0, len(missing), _AT_ONCE):
            some = missing[at : at + _AT_ONCE]
            found |= {t.id: Ready(t, made) for t, made in zip(some, prepared([t.text for t in some]), strict=True)}
        for id in asked:
            self._made[id] = found[id].made
            self._made.move_to_end(id)
        while len(self._made) > AT_HAND:
            self._made.popitem(last=False)
        return found


@cache
def _told() -> _Told:
    return _Told()


def _find_told(new: bytes, named: Sequence[tuple[str, Sequence[str]]], least: Least) -> _Found:
    told = _told()
    told.add(_texts.decode(new))
    ready = told.ready(id for report, others in named for id in (report, *others))
    return _find(_Job([(ready[report], [ready[id] for id in others]) for report, others in named], least))


def _done(job: _Job) -> Future[_Found]:
    """The job done in this process."""
    done: Future[_Found] = Future()
    done.set_result(_find(job))
    return done


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
_texts = msgspec.msgpack.Decoder(list[Text])
