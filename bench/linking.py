"""Linking of large pools in a ledger: time and memory to link all events of many reports, and to add some one by one.

    python bench/linking.py [--reports 1000 10000 100000] [--workers N]

Reports are invented by what real ones are like (the 768 of FA-KES: some 20 accounts of 16 incidents each, six in ten
with a place, half of them in a handful of towns; half with a day; words as rare as those of `words.txt`): a day's
incidents are told by few reports or by hundreds, each in words of its own, and every report repeats some that are old.
Days grow with the reports, 40 a day, as they do in a pool that is kept.

Printed are for each step the seconds by the clock and the processor seconds of all processes, then the most memory that
any one process held. Reading and storing reports is not counted: the ledger has rows for them, without text or events.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from math import exp
from pathlib import Path
from statistics import median

import msgspec

from sayso.engine.ledger_relink import AT_ONCE, compare, file_all, keep, settle_all, tasks
from sayso.engine.linker import Linker, Taken, taken_of
from sayso.ledger import Ledger
from sayso.ledger.rows import SHIFT
from sayso.linking.wording import weights
from sayso.records.pool import Account, Voice
from sayso.records.resolved import Place

A_DAY = 40  # reports
FRESH = 30  # incidents that happen on a day
TOLD = 16  # incidents a report tells
MORE = 21  # reports that are added one by one at the end
START = date(2016, 1, 1)
TYPES = [
    "air_strike",
    "clash",
    "control",
    "shelling",
    "advance",
    "casualties",
    "capture",
    "support",
    "siege",
    "bombing",
    "attack",
    "displace",
]
OFTEN = [21, 13, 12, 9, 6, 6, 6, 6, 4, 4, 4, 4]
ACTORS = [
    "syria-army",
    "russia",
    "us-coalition",
    "sdf",
    "islamic-state",
    "nusra",
    "ypg",
    "free-syrian-army",
    "turkey",
    "hezbollah",
    "iran",
    "jaish",
]
TOWNS = 600


def town(number: int) -> Place:
    """One of `TOWNS`, spread over Syria."""
    chance = random.Random(number)
    return Place(
        id=f"geonames:{number}", name=f"Town {number}", country="SY", admin1=f"{number % 14}", level="town",
        why="bench",
        lat=chance.uniform(33, 37), lon=chance.uniform(36, 41), precision=1 if number % 5 else 2, candidates=1,
    )  # fmt: skip


def reports(count: int) -> Iterator[list[Account]]:
    """The accounts of invented reports, each list one report's."""
    chance = random.Random(7)
    towns = [town(number) for number in range(TOWNS)]
    often = [1 / (rank + 1) for rank in range(TOWNS)]
    words = list(weights())
    rarity = [exp(-weights()[word]) for word in words]
    happened: list[Account] = []
    for number in range(count):
        today = START + timedelta(days=number // A_DAY)
        if number % A_DAY == 0:
            happened = happened[-20 * FRESH :]
            happened += [_incident(chance, today, towns, often, words, rarity) for _ in range(FRESH)]
        told = [happened[-1 - min(int(chance.expovariate(1 / 40)), len(happened) - 1)] for _ in range(TOLD)]
        yield [
            _account(chance, one, f"r{number}", f"e{at}.{again}", f"i{at}", today, words, rarity)
            for at, one in enumerate({id(one): one for one in told}.values())
            for again in range(1 + (at % 4 == 0))
        ]


def _incident(
    chance: random.Random, today: date, towns: list[Place], often: list[float], words: list[str], rarity: list[float]
) -> Account:
    (kind,) = chance.choices(TYPES, OFTEN)
    (where,) = chance.choices(towns, often)
    day = (today - timedelta(days=chance.randint(0, 1))).isoformat()
    killed = chance.choice([None, None, (low := chance.randint(1, 60), low)])
    return Account(
        key="", report="", event="", incident="", type=kind, status="happened", stance=None, words=" ".join(
            chance.choices(words, rarity, k=14)), start=0, end=0, trigger=(0, 0), chain=(), place=where, first=day,
        last=day, date_precision=1, actor_ids=(chance.choice(ACTORS),), target_ids=(chance.choice(ACTORS),),
        killed=killed,
    )  # type: ignore[arg-type]  # fmt: skip


def _account(
    chance: random.Random, told: Account, report: str, event: str, incident: str, today: date, words: list[str],
    rarity: list[float],
) -> Account:  # fmt: skip
    kept = [word for word in told.words.split() if chance.random() < 0.6]
    trigger = told.type.replace("_", " ")
    said = f"{trigger} {' '.join(kept + chance.choices(words, rarity, k=12))}."
    dated, named = chance.random() < 0.5, chance.random() < 0.5
    return msgspec.structs.replace(
        told, key=f"{report}#{event}", report=report, event=event, incident=incident, words=said, end=len(said),
        trigger=(0, len(trigger)), place=told.place if chance.random() < 0.65 else None, published=today.isoformat(),
        first=told.first if dated else None, last=told.last if dated else None, date_precision=1 if dated else None,
        actors=told.actor_ids if named else (), actor_ids=told.actor_ids if named else (), targets=(), target_ids=(),
        killed=told.killed if chance.random() < 0.6 else None, chain=(Voice(name=report, id=None, side="outlet"),),
    )  # type: ignore[type-var]  # fmt: skip


def fill(path: Path, count: int) -> Ledger:
    """A ledger with a row for each of so many reports."""
    ledger = Ledger.create(path, datetime.now(UTC), "bench")
    ledger.connection.execute("PRAGMA foreign_keys = OFF")  # reports without rows of events
    with ledger.writing() as connection:
        pages = [(n, f"r{n - 1}") for n in range(1, count + 1)]
        connection.executemany("INSERT INTO pages (number, id, state) VALUES (?, ?, 'read')", pages)
        connection.executemany(
            "INSERT INTO reports (number, day, words, claims, events, known, notes, reader, text) "
            "VALUES (?, '', 0, 0, 0, '{}', '[]', '', '')",
            [(n,) for n, _ in pages],
        )
        connection.execute("DELETE FROM to_link")
    return ledger


def taken(lot: tuple[tuple[int, list[Account]], ...]) -> list[Taken]:
    """What some reports tell, ready to be kept."""
    return [
        taken_of(number, told, {a.key: number << SHIFT | at for at, a in enumerate(told, 1)}) for number, told in lot
    ]


class Clock:
    """Seconds gone by, and spent by the processor in this process and those it started."""

    def __init__(self) -> None:
        self._clock, self._spent = time.perf_counter(), time.process_time()
        self.spent = 0.0

    def leave_out(self, clock: float, spent: float) -> None:
        """Seconds, by the clock and of the processor, that are not counted."""
        self._clock += clock
        self._spent += spent

    def tell(self, what: str) -> None:
        """Print what was spent since it was told last."""
        clock, spent = time.perf_counter() - self._clock, time.process_time() - self._spent
        self.spent += spent
        print(f"  {what}: {clock:.1f} s by the clock, {spent:.1f} s in this process", flush=True)
        self._clock, self._spent = time.perf_counter(), time.process_time()


def measure(count: int, workers: int) -> None:
    """Link the accounts of `count` reports, then add one report, and print what it took."""
    with tempfile.TemporaryDirectory() as folder, fill(Path(folder) / "bench.sayso", count + MORE) as ledger:
        made = reports(count + MORE)
        print(f"{count:,} reports", flush=True)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        clock = Clock()
        with tasks(ledger.path, workers) as run:
            for first in range(1, count + 1, 4 * workers * AT_ONCE):  # not all accounts at once
                some = list(_invented(made, first, min(count + 1, first + 4 * workers * AT_ONCE), clock))
                keep(ledger, run(taken, some, list[Taken]))
            file_all(ledger)
            clock.tell("nodes kept")
            compare(ledger, run)
            clock.tell("compared")
            settle_all(ledger, run, "2026-01-01T00:00:00Z")
            clock.tell("divided into incidents, described, written")
        with ledger.writing():
            Linker(ledger).hold()
        clock.tell("histories of places told")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        helped = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
        print(f"  processor time: {clock.spent:.0f} s here, {helped:.0f} s in {workers} others")
        held = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        print(f"  memory: {held[0]:.0f} MB at most here, {held[1]:.0f} MB in one other")
        _tell_result(ledger)
        _add_more(ledger, count + 1, list(made))


def _invented(
    made: Iterator[list[Account]], first: int, end: int, clock: Clock
) -> Iterator[tuple[tuple[int, list[Account]], ...]]:
    began, spent = time.perf_counter(), time.process_time()
    numbered = list(zip(range(first, end), made, strict=False))
    clock.leave_out(time.perf_counter() - began, time.process_time() - spent)
    for at in range(0, len(numbered), AT_ONCE):
        yield tuple(numbered[at : at + AT_ONCE])


def _tell_result(ledger: Ledger) -> None:
    do = ledger.connection.execute
    accounts, incidents, several, most, disputes = do(
        "SELECT sum(accounts), count(*), sum(reports > 1), max(reports), sum(disputes) FROM incidents"
    ).fetchone()
    (pairs,) = do("SELECT count(*) / 2 FROM likely").fetchone()
    size = ledger.path.stat().st_size / 1e6
    print(
        f"  {accounts:,} accounts -> {incidents:,} incidents, {several:,} told by several reports, at most by {most}; "
        f"{pairs:,} likely pairs; {disputes:,} disputes; {size:,.0f} MB"
    )


def _add_more(ledger: Ledger, first: int, more: list[list[Account]]) -> None:
    """Add reports one after another in one process, as whoever watches a source does."""
    linker = Linker(ledger)
    clocks, spents = [], []
    for number, told in enumerate(more, first):
        clock, spent = time.perf_counter(), time.process_time()
        with ledger.writing():
            linker.look_again()
            (made,) = taken(((number, told),))
            linker.put(made)
            linker.file(made)
            linker.join([number], "2026-01-02T00:00:00Z")
            linker.hold()
        clocks.append(1000 * (time.perf_counter() - clock))
        spents.append(1000 * (time.process_time() - spent))
    print(
        f"  one report more, the first of a process: {clocks[0]:.0f} ms by the clock, {spents[0]:.0f} of the processor"
    )
    print(
        f"  {MORE - 1} more after it, each: {median(clocks[1:]):.0f} ms in the middle, {max(clocks[1:]):.0f} at most; "
        f"{median(spents[1:]):.0f} and {max(spents[1:]):.0f} of the processor"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[1000])
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    for count in given.reports:
        measure(count, given.workers)


if __name__ == "__main__":
    main()
