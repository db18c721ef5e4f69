"""How fast the desk answers when a million events lie in its ledger.

    python bench/desk.py [--events N] [--keep FOLDER] [--rounds N] [--only WORDS|WORDS]

Makes the ledger of `bench/ledger.py`, with made-up links (`desk_pool.py`), and asks every address of the API what
people ask it, with and without filters, through the whole application. Prints for each question the median and the
95th percentile of its times, of this process' own time and by the clock, and which are over 100 ms by the clock. Each
is asked once before, as somebody would have who sits at the desk.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import numpy as np
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))
from desk_pool import link
from ledger import NOON
from ledger_pool import fill
from sayso.desk.app import create_app
from sayso.ledger import Ledger
from sayso.ledger.columns import Columns

AIM = 100.0  # milliseconds
FILTERS: dict[str, dict[str, object]] = {
    "everything": {},
    "frequent type": {"type": "clash"},
    "two rare types": {"type": ["reject", "control"]},
    "frequent actor": {"actor": "actor 1"},
    "rare actor": {"actor": "actor 900"},
    "place, 30 km": {"place": "36.53,37.96", "radius": 30},
    "place by name": {"place": "place 3"},
    "part of the map": {"bbox": "37,35.5,38,36.5"},
    "one week": {"since": "2016-06-06", "until": "2016-06-12"},
    "one year": {"since": "2016", "until": "2016"},
    "source": {"source": "voice 2"},
    "outlet": {"outlet": "outlet 1"},
    "denied": {"status": "denied"},
    "place, type, month": {"place": "36.53,37.96", "type": "air_strike", "since": "2016-06", "until": "2016-06"},
    "actor, source, outlet": {"actor": "actor 3", "source": "voice 1", "outlet": "outlet 2"},
}
TABLES = ("/events.json", "/claims.json", "/reports.json", "/incidents.json", "/disputes.json")
COUNTED = (
    "/timeline.json?by=month",
    "/timeline.json?by=week",
    "/timeline.json?by=day&of=events",
    "/timeline.json?by=month&of=events",
)
BULK = (
    "/events.csv",
    "/incidents.csv",
    "/events.geojson",
    "/incidents.geojson",
    "/incidents.geojson?limit=10000",
    "/events.geojson?limit=10000",
)
OTHERS = (
    "/situation.json", "/sources.json", "/sources.json?outlet=outlet+1", "/sources.json?since=2016&until=2016",
    "/outlets.json", "/actors.json?q=actor", "/actors.json?q=actor+90", "/places.json?q=place",
    "/places.json?q=place+12", "/search.json?q=word1", "/search.json?q=word3+word7", "/search.json?q=word900",
    "/search.json?q=word12*+-word1", "/search.json?q=%D9%85%D9%86%D8%A8%D8%AC", "/control.json",
    "/control.json?at=2016-06-10", "/control.geojson?at=2016-06-10", "/incidents.json?order=independent",
    "/incidents.json?order=added", "/incidents.json?disputed=true", "/incidents.json?new_since=2026-06-09",
    "/incidents.atom", "/incidents.feed.json?type=clash", "/about.json", "/session.json",
)  # fmt: skip
RECORDS = (
    ("/report", "r-900"), ("/claim", "r-900#c3"), ("/event", "r-900#e4"), ("/place", "bench:1"),
    ("/place", "bench:900"), ("/source", "voice 1"), ("/source", "voice 900"), ("/actor", "actors:1"),
    ("/actor", "actor 900"), ("/outlet", "outlets:1"), ("/outlet", "outlets:30"),
)  # fmt: skip


def questions(client: TestClient) -> dict[str, str]:
    """Addresses by what they ask."""
    asked = {}
    for address in (*TABLES, *COUNTED, *BULK):
        for name, query in FILTERS.items():
            mark = "&" if "?" in address else "?"
            asked[f"{address}: {name}"] = f"{address}{mark}{urlencode(query, doseq=True)}"
    asked |= {address: address for address in OTHERS}
    for kind, id in RECORDS:
        asked[f"{kind}/{id}"] = f"{kind}/{quote(id, safe='')}.json"
    most = client.get("/incidents.json?order=independent&limit=1").json()["rows"][0]["id"]
    asked["/incident with most voices"] = f"/incident/{quote(most, safe='')}.json"
    for address in TABLES:  # a page far down
        cursor = client.get(address, params={"limit": 1000}).json()["next"]
        asked[f"{address}: page 21"] = f"{address}?{urlencode({'cursor': cursor})}"
    return asked


def timed(client: TestClient, address: str, rounds: int) -> tuple[list[float], list[float], int]:
    """Milliseconds of this process and by the clock, and bytes answered."""
    own, clock, size = [], [], 0
    client.get(address)
    for _ in range(rounds):
        begun, at = time.process_time(), time.perf_counter()
        answer = client.get(address)
        own.append(1000 * (time.process_time() - begun))
        clock.append(1000 * (time.perf_counter() - at))
        if answer.status_code != 200:
            print(f"{answer.status_code} {answer.text[:200]} {address}", flush=True)
        size = len(answer.content)
    return own, clock, size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        folder.mkdir(exist_ok=True)
        path = folder / f"{args.events}.desk.ledger"
        if not path.exists():
            part = path.with_suffix(".part")
            part.unlink(missing_ok=True)
            begun = time.perf_counter()
            fill(part, args.events, NOON)
            with Ledger.open(part, write=True) as ledger:
                print(f"{link(ledger):,} incidents", flush=True)
            part.rename(path)
            print(f"made in {time.perf_counter() - begun:.0f} s", flush=True)
        loading(path)
        with TestClient(create_app(path), base_url="http://127.0.0.1:8137") as client:
            report(client, args.rounds, args.only)


def loading(path: Path) -> None:
    """Print what the columns in memory cost."""
    columns, own, clock = Columns(path), time.process_time(), time.perf_counter()
    now = columns.now()
    own, clock = time.process_time() - own, time.perf_counter() - clock
    arrays = [
        array for table in (now.events, now.incidents) for part in (table.rows, table.names) for array in part.values()
    ]
    size = sum(array.nbytes for array in arrays) / len(now.events.rows["number"])
    print(f"columns loaded in {own:.1f} s of processor time, {clock:.1f} by the clock; {size:.0f} bytes an event")
    columns.close()


def report(client: TestClient, rounds: int, only: str) -> None:
    """Ask everything and print how long it took."""
    all_own: list[float] = []
    all_clock: list[float] = []
    slow = []
    for name, address in questions(client).items():
        if not any(words in name for words in only.split("|")):
            continue
        own, clock, size = timed(client, address, rounds)
        all_own += own
        all_clock += clock
        p95 = float(np.percentile(clock, 95))
        times = f"own {np.median(own):7.1f} p95 {np.percentile(own, 95):7.1f}   clock {np.median(clock):7.1f}"
        print(f"{times} p95 {p95:7.1f} ms {size / 1000:8.0f} kB  {name}", flush=True)
        if p95 > AIM:
            slow.append(f"{p95:.0f} ms: {name}")
    own_all, clock_all = np.percentile(all_own, 95), np.percentile(all_clock, 95)
    print(f"p95 over all: {own_all:.1f} ms of its own time, {clock_all:.1f} by the clock")
    print(f"over {AIM:.0f} ms by the clock: {len(slow)}", *slow, sep="\n  ")


if __name__ == "__main__":
    main()
