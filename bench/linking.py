"""Linking of large pools: processor time and memory to link all events of many reports, and to add one report more.

    python bench/linking.py [--reports 10000 100000]

Reports are invented by what real ones are like (the 768 of FA-KES: some 20 accounts of 16 incidents each, six in ten
with
a place, half of them in a handful of towns; half with a day; words as rare as those of `words.txt`): a day's incidents
are told by few reports or by hundreds, each in words of its own, and every report repeats some that are old. Days grow
with the reports, 40 a day, as they do in a pool that is kept. Time is the processor time of this process, since
machines
are shared; a line says what it would be at 100,000 reports if it grew in proportion. Memory is the most that was held.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta
from math import exp

import msgspec

from sayso.linking.clusters import Linker
from sayso.linking.nodes import Node, nodes_of
from sayso.linking.pairs import Judged, judge
from sayso.linking.wording import weights
from sayso.records.pool import Account, Voice
from sayso.records.resolved import Place

A_DAY = 40  # reports
FRESH = 30  # incidents that happen on a day
TOLD = 16  # incidents a report tells
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


def measure(count: int) -> None:
    """Link the accounts of `count` reports, then add one report, and print what it took."""
    made = [account for report in reports(count + 1) for account in report]
    last = [account for account in made if account.report == f"r{count}"]
    made = made[: -len(last)]
    before = _megabytes()
    start = time.process_time()
    nodes = nodes_of(made)
    took = time.process_time() - start
    linker = Linker(_judge)
    linker.add(nodes)
    compared = time.process_time() - start
    found = linker.clusters()
    whole = time.process_time() - start
    print(
        f"{count} reports, {len(made)} accounts, {len(nodes)} incidents told -> {len(found)} incidents "
        f"({sum(len(c.nodes) > 1 for c in found)} told by several, the largest by {max(len(c.nodes) for c in found)})"
    )
    print(
        f"  {whole:.1f} s of processor time: nodes {took:.1f}, "
        f"pairs {compared - took:.1f}, clusters {whole - compared:.1f}"
    )
    print(
        f"  {whole * 100_000 / count:.0f} s at 100,000 reports in proportion; "
        f"{_megabytes():.0f} MB at most, {before:.0f} before"
    )
    start = time.process_time()
    more = nodes_of(last)
    linker.add(more)
    changed = linker.clusters(node.key for node in more)
    print(
        f"  one report more, {len(last)} accounts: {1000 * (time.process_time() - start):.0f} ms, "
        f"{len(changed)} incidents"
    )


def _judge(one: Node, other: Node) -> Judged:
    return judge(one, other, copied=False, related=lambda a, b: a == b)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[1000])
    for count in parser.parse_args().reports:
        measure(count)


if __name__ == "__main__":
    main()
