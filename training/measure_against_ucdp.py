"""Incidents of a pool of reports against UCDP GED, a record of the same war coded by hand.

    python training/measure_against_ucdp.py CORPORA [--readings FILE] [--misses N]

The pool is the FA-KES reports published in 2016 and 2017, the record UCDP GED Syria. Compared are fatal incidents that
have a town (UCDP where_prec 1 or 2) and a day, once linked and once counted naively, each report's account by itself.
Printed for both: the share that UCDP has within 25 km and 2 days; of these the share whose toll ranges meet (UCDP's
from
low to high); of UCDP's events with a best estimate of 20 deaths or more, of those on a day some report was published
and told of, the share found. `--readings` keeps the readings, which take two minutes to make.
"""

from __future__ import annotations

import argparse
import csv
import json
import pickle
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import sayso
from sayso.engine.pool import pool_of
from sayso.linking.disputes import ranges_meet
from sayso.linking.pairs import km_between
from sayso.records.pool import Account, Incident
from sayso.records.reading import Bounds, Reading
from sayso.records.resolved import Place
from texts import fakes

YEARS = ("2016", "2017")
NEAR_KM, NEAR_DAYS = 25.0, 2
TOWN = 2  # UCDP where_prec
MANY = 20


@dataclass(frozen=True, slots=True)
class Coded:
    """An event of UCDP GED."""

    ident: str
    place: Place
    first: date
    last: date
    killed: Bounds
    best: int


@dataclass(frozen=True, slots=True)
class Told:
    """A fatal incident, or one report's account of one."""

    ident: str
    place: Place
    first: date
    last: date
    killed: Bounds
    words: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares, each as (right, of)."""

    matched: tuple[int, int]
    tolls: tuple[int, int]
    found: tuple[int, int]
    misses: list[Told]
    unfound: list[Coded]


def coded(corpora: Path) -> Iterator[Coded]:
    """UCDP's events in the years of the pool."""
    with (corpora / "ucdp_syria/ucdp_ged_syria_2016_2019.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, last = (date.fromisoformat(row[key][:10]) for key in ("date_start", "date_end"))
            if row["date_start"][:4] in YEARS and float(row["high"]) > 0:
                killed = int(float(row["low"])), int(float(row["high"]))
                best = int(float(row["best"]))
                yield Coded(row["id"], _at(float(row["latitude"]), float(row["longitude"])), first, last, killed, best)


def _at(lat: float, lon: float) -> Place:
    return Place(
        id="ucdp", name="", country="SY", admin1=None, lat=lat, lon=lon, level="town", precision=1, candidates=1, why=""
    )


def readings(corpora: Path, kept: Path | None, years: Sequence[str] = YEARS) -> list[Reading]:
    """The readings of the reports published in some years, or of all; made once where they are kept."""
    if kept and kept.exists():
        found = pickle.loads(kept.read_bytes())
    else:
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            for text in fakes(corpora):
                row = {"id": f"fakes-{text.key}", "text": text.text, "title": text.title, "outlet": text.outlet}
                file.write(json.dumps({**row, "published": text.published}) + "\n")
            file.flush()
            found = [reading for reading in sayso.read_all([file.name]) if isinstance(reading, Reading)]
        if kept:
            kept.write_bytes(pickle.dumps(found))
    return [reading for reading in found if not years or (reading.report.published or "")[:4] in years]


def told(those: Iterable[Incident | Account], accounts: dict[str, Account]) -> Iterator[Told]:
    """Those that happened, killed somebody, and have a town and a day."""
    for one in those:
        fatal = one.killed is not None and (one.killed[0] or one.killed[1] or 0) > 0
        dated = one.first and one.last and one.date_precision == 1
        if fatal and dated and one.place and one.place.precision <= TOWN and one.status in ("happened", "ongoing"):
            account = one if isinstance(one, Account) else accounts[one.accounts[0]]
            ident = one.key if isinstance(one, Account) else one.id
            days = date.fromisoformat(one.first or ""), date.fromisoformat(one.last or "")
            if days[0].isoformat()[:4] in YEARS:
                yield Told(ident, one.place, *days, one.killed or (0, 0), account.words)


def near(one: Told, event: Coded) -> bool:
    """Whether they may be one by place and day."""
    margin = timedelta(days=NEAR_DAYS)
    in_time = one.first - margin <= event.last and event.first <= one.last + margin
    return in_time and km_between(one.place, event.place) <= NEAR_KM


def measure(those: Sequence[Told], events: Sequence[Coded], days: set[date]) -> Measured:
    """The shares for incidents `those`; `days`: those that the pool covers."""
    beside = {one.ident: [event for event in events if near(one, event)] for one in those}
    matched = [one for one in those if beside[one.ident]]
    met = [one for one in matched if any(ranges_meet(one.killed, event.killed) for event in beside[one.ident])]
    seen = {event.ident for found in beside.values() for event in found}
    many = [event for event in events if event.best >= MANY and event.first in days]
    return Measured(
        (len(matched), len(those)), (len(met), len(matched)), (sum(e.ident in seen for e in many), len(many)),
        [one for one in those if not beside[one.ident]], [event for event in many if event.ident not in seen],
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--readings", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    pool = pool_of(readings(args.corpora, args.readings))
    events = list(coded(args.corpora))
    days = {date.fromisoformat(a.published[:10]) for a in pool.accounts.values() if a.published}
    for name, those in (("incidents", pool.incidents), ("accounts, not linked", pool.accounts.values())):
        found = list(told(those, pool.accounts))
        measured = measure(found, events, days)
        print(f"{name}: {len(found)} fatal with a town and a day")
        print("  with a UCDP event within 25 km and 2 days: {} of {} ({:.1%})".format(*_share(measured.matched)))
        print("  of these with toll ranges that meet: {} of {} ({:.1%})".format(*_share(measured.tolls)))
        print("  UCDP events of 20 deaths or more found: {} of {} ({:.1%})".format(*_share(measured.found)))
        if isinstance(those, tuple):
            _show(measured, args.misses)


def _share(counts: tuple[int, int]) -> tuple[int, int, float]:
    return *counts, counts[0] / (counts[1] or 1)


def _show(measured: Measured, count: int) -> None:
    for one in measured.misses[:: max(1, len(measured.misses) // (count or 1))][:count]:
        print("   -", one.place.name, one.place.level, one.first, one.killed, one.words[:220].replace("\n", " "))
    for event in measured.unfound[:: max(1, len(measured.unfound) // (count or 1))][:count]:
        print("   ?", event.ident, event.first, event.place.lat, event.place.lon, event.killed)


if __name__ == "__main__":
    main()
