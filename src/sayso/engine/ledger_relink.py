"""A whole ledger linked anew, in stretches of time and on all cores: the same links as report by report.

First each report's nodes are kept, then those near one another are compared, stretch by stretch, then whatever hangs
together is divided into incidents. Of all that, only numbers are held in memory for the whole ledger at once.
"""

from __future__ import annotations

import multiprocessing
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec
import numpy as np

from sayso.engine.linker import Linker, Taken
from sayso.engine.run import deaf_to_interrupts
from sayso.ledger import Ledger
from sayso.ledger.incident_store import Settled, bury_empty, settle
from sayso.ledger.link_tables import At, Likely, LinkTables
from sayso.linking.candidates import BUCKET_DAYS
from sayso.linking.clusters import MANY_TOGETHER, SURE_PAIR, SURER_PAIR

STRETCH = 15_000  # nodes compared as one task: a worker holds those and their neighbours in time, some 100 MB
TOGETHER = 1_500  # nodes divided as one task
AT_ONCE = 200  # reports taken in in one transaction, or of which copies are compared as one task
ROWS = 100_000  # filed in one transaction
FEW = 2_000  # reports: starting processes costs about as much as linking so many
_AHEAD = 3  # tasks for each worker, so that none idles while results are written
UNDER_WAY = "linking anew"  # instead of a version, until the end

T = TypeVar("T")


class Run(Protocol):
    """Runs a function over many arguments, in order; `kind`: what it returns, which msgspec can pack."""

    def __call__(self, function: Callable[[Any], T], arguments: Iterable[Any], kind: Any, /) -> Iterator[T]:
        """What comes of each argument."""
        ...


_here: list[Linker] = []  # the linker of this process


def relink_all(ledger: Ledger, now: str, version: str, workers: int) -> int:
    """Link everything anew; how many reports were linked. What was there before is shown until others take its place.

    Stopped on the way it has to be begun again, which `link_notes` tells by the linker's version.
    """
    with ledger.writing() as connection:
        tables = LinkTables(connection)
        tables.note("linker", UNDER_WAY)
        tables.clear()
        reports = [number for (number,) in connection.execute("SELECT number FROM reports ORDER BY number")]
    with tasks(ledger.path, workers if len(reports) > FEW else 1) as run:
        take_in(ledger, run, reports)
        compare(ledger, run)
        settle_all(ledger, run, now)
    linker = Linker(ledger)
    with ledger.writing() as connection:
        linker.hold()
        bury_empty(connection)
        linker.tables.joined()
        linker.tables.done(reports)
        linker.tables.note("linker", version)
    return len(reports)


def take_in(ledger: Ledger, run: Run, reports: Sequence[int]) -> None:
    """Keep the nodes of reports, and file them."""
    keep(ledger, run(_taken, [reports[at : at + AT_ONCE] for at in range(0, len(reports), AT_ONCE)], list[Taken]))
    file_all(ledger)


def keep(ledger: Ledger, some: Iterable[list[Taken]]) -> None:
    """Keep what reports tell, each lot in a transaction; their nodes are not filed yet."""
    linker = Linker(ledger)
    for lot in some:
        with ledger.writing():
            for taken in lot:
                linker.put(taken)


def file_all(ledger: Ledger) -> None:
    """File the nodes of all reports in the order of their keys: as they come each would fall on another page."""
    tables = LinkTables(ledger.connection)
    places, keys, counts = array("q"), array("q"), array("q")
    for one in tables.filed():
        places.extend((*one.order, one.node))
        keys.extend(one.keys)
        counts.append(len(one.keys))
    if not keys:
        return
    nodes = np.array(places).reshape(-1, 4)
    in_order = np.lexsort(nodes.T[::-1])
    nodes, ranks = nodes[in_order], np.repeat(np.argsort(in_order), counts)
    under = np.array(keys)
    ordered = np.lexsort((ranks, under))
    for first in range(0, len(ordered), ROWS):
        some = ordered[first : first + ROWS]
        with ledger.writing():
            tables.file(np.column_stack([under[some], nodes[ranks[some]]]).tolist())


def compare(ledger: Ledger, run: Run) -> None:
    """Keep which nodes are likely one."""
    tables = LinkTables(ledger.connection)
    for pairs in run(_near, _stretches(tables), list[Likely]):
        with ledger.writing():
            tables.keep_likely(pairs)
    copies = tables.with_copies()
    for pairs in run(_copied, [copies[at : at + AT_ONCE] for at in range(0, len(copies), AT_ONCE)], list[Likely]):
        with ledger.writing():
            tables.keep_likely(pairs)


def settle_all(ledger: Ledger, run: Run, now: str) -> None:
    """Divide what hangs together into incidents, and write these."""
    for found in run(_divided, _hanging_together(ledger), list[Settled]):
        with ledger.writing() as connection:
            settle(connection, found, now)


@contextmanager
def tasks(path: Path, workers: int) -> Iterator[Run]:
    """What runs a function over many arguments, in order, here or in processes of their own that read the ledger."""
    if workers <= 1:
        with Ledger.open(path) as ledger:
            _here[:] = [Linker(ledger)]
            yield lambda function, arguments, _: map(function, arguments)
            _here.clear()
        return
    with deaf_to_interrupts():
        pool = ProcessPoolExecutor(
            workers, mp_context=multiprocessing.get_context("spawn"), initializer=_open, initargs=(path,)
        )
    try:
        yield partial(_some_ahead, pool, _AHEAD * workers)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _some_ahead(
    pool: ProcessPoolExecutor, ahead: int, function: Callable[[Any], T], arguments: Iterable[Any], kind: Any
) -> Iterator[T]:
    """What comes of each argument, in order, no more of them under way than are soon asked for."""
    decode = msgspec.msgpack.Decoder(kind).decode
    waiting: deque[Future[bytes]] = deque()
    for argument in arguments:
        waiting.append(pool.submit(_packed, function, argument))
        if len(waiting) > ahead:
            yield decode(waiting.popleft().result())
    while waiting:
        yield decode(waiting.popleft().result())


def _packed(function: Callable[[Any], Any], argument: Any) -> bytes:
    """What comes of an argument, packed, which is quicker than to pickle it."""
    return msgspec.msgpack.encode(function(argument))


def _open(path: Path) -> None:
    _here[:] = [Linker(Ledger.open(path))]


def _taken(reports: list[int]) -> list[Taken]:
    return [_here[0].taken(report) for report in reports]


def _near(stretch: tuple[list[int], int]) -> list[Likely]:
    return _here[0].near_pairs(*stretch)


def _copied(reports: list[int]) -> list[Likely]:
    return _here[0].copied_pairs(reports)


def _divided(together: list[list[int]]) -> list[Settled]:
    return _here[0].divided(together)


def _stretches(tables: LinkTables) -> Iterator[tuple[list[int], int]]:
    """Parts of all nodes in the order of days, each with the stretch of days before it, and where the part begins."""
    places = _array(_places(tables), 4)
    places = places[np.lexsort(places.T[::-1])]
    buckets = places[:, 0] // BUCKET_DAYS
    for first in range(0, len(places), STRETCH):
        begin = int(np.searchsorted(buckets, buckets[first] - 1))
        yield places[begin : first + STRETCH, 3].tolist(), first - begin


def _places(tables: LinkTables) -> Iterator[At]:
    return ((*one.order, one.node) for one in tables.filed())


def _hanging_together(ledger: Ledger) -> Iterator[list[list[int]]]:
    """Sets of nodes that hang together, some hundred nodes at a time, those that came first first."""
    tables = LinkTables(ledger.connection)
    nodes = np.unique(_array(_places(tables), 4)[:, 3])
    ties = [(one, other) for one, others in Linker(ledger).ties().items() for other in others]
    were = _array(tables.in_one_incident(), 2)
    labels = _together(nodes, tables, np.searchsorted(nodes, _array(ties, 2)))
    were = np.searchsorted(nodes, were[np.isin(were, nodes).all(axis=1)])
    # What was one incident is divided in one task, so that each is replaced as a whole.
    tasks = _labels(len(nodes), np.concatenate([np.column_stack([np.arange(len(nodes)), labels]), were]))
    order = np.lexsort((labels, tasks))
    some, count, last = list[list[int]](), 0, -1
    for places in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        if len(places) == 0:
            continue
        if count >= TOGETHER and tasks[places[0]] != last:
            yield some
            some, count = [], 0
        some.append(nodes[places].tolist())
        count, last = count + len(places), tasks[places[0]]
    if count:
        yield some


def _together(nodes: Any, tables: LinkTables, ties: Any) -> Any:
    """For each node the first of those that it hangs together with (`sayso.linking.clusters.components`)."""
    loose = _labels(len(nodes), np.concatenate([_tied(nodes, tables, SURE_PAIR), ties]))
    many = np.bincount(loose, minlength=len(nodes))[loose] > MANY_TOGETHER
    pairs = np.concatenate([_tied(nodes, tables, SURER_PAIR), ties])
    tight = _labels(len(nodes), pairs[many[pairs[:, 0]]])
    return np.where(many, tight, loose)


def _tied(nodes: Any, tables: LinkTables, sure: float) -> Any:
    """The likely pairs that tie nodes together (`sayso.linking.clusters.tied`), as places in `nodes`."""
    likely = np.fromiter(tables.all_likely(), dtype=[("one", np.int64), ("other", np.int64), ("odds", np.float64)])
    one, other, odds = np.searchsorted(nodes, likely["one"]), np.searchsorted(nodes, likely["other"]), likely["odds"]
    best = np.zeros(len(nodes))
    for places in (one, other):
        np.maximum.at(best, places, odds)
    unsure = best <= sure
    kept = (odds > sure) | (unsure[one] & (odds == best[one])) | (unsure[other] & (odds == best[other]))
    return np.column_stack([one[kept], other[kept]])


def _labels(count: int, pairs: Any) -> Any:
    """For each of so many things the first of those that it is tied to, also through others; pairs of places."""
    labels = np.arange(count)
    while True:
        low = np.minimum(labels[pairs[:, 0]], labels[pairs[:, 1]])
        lower = labels.copy()
        np.minimum.at(lower, pairs[:, 0], low)
        np.minimum.at(lower, pairs[:, 1], low)
        lower = lower[lower]
        if np.array_equal(lower, labels):
            return labels
        labels = lower


def _array(rows: Iterable[tuple[int, ...]], width: int) -> Any:
    flat = np.fromiter((number for row in rows for number in row), dtype=np.int64)
    return flat.reshape(-1, width)
