"""How fast the ledger answers, and takes in, when a million events lie in it.

    python bench/ledger.py [--events N] [--keep FOLDER]

Makes a ledger of generated reports (sixteen events each; few names, places and words are frequent, as in real pools),
asks every table command and the search what people ask them, and adds the same reports to an empty ledger and to the
full one. Prints milliseconds (the medians of five: of this process' own time, which others on the machine do not change
much, and by the clock). The read function does nothing, so that what adding costs is the ledger's own; the reader takes
some 20 milliseconds a report on top. `--keep` makes the full ledger once and uses it again.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from ledger_pool import fill, made_report
from sayso.engine.ledger_add import AddOptions, add_pages, reader_version
from sayso.ledger import Ledger
from sayso.ledger.copies import pairs
from sayso.ledger.counts import counts
from sayso.ledger.filters import Filters, Near
from sayso.ledger.search import search
from sayso.ledger.sources import sources
from sayso.ledger.tables import rows
from sayso.pages.page import Page
from sayso.records import Received, digest_of
from sayso.records.reading import Reading

NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)
ADDED = 300
LIMIT = 50
MANBIJ = Near(36.53, 37.96, 30)

FILTERS: dict[str, Filters] = {
    "everything": Filters(),
    "frequent type": Filters(types=("air_strike",)),
    "rare type": Filters(types=("chemical_attack",)),
    "frequent actor": Filters(actor="actor 1"),
    "rare actor": Filters(actor="actor 900"),
    "place, 30 km": Filters(near=MANBIJ),
    "place by name": Filters(place="place 3"),
    "one week": Filters(since="2016-06-06", until="2016-06-12"),
    "one year": Filters(since="2016", until="2016"),
    "source": Filters(source="voice 2"),
    "outlet": Filters(outlet="outlet 1"),
    "denied": Filters(status=("denied",)),
    "place, type, month": Filters(near=MANBIJ, types=("air_strike",), since="2016-06", until="2016-06"),
    "frequent actor and type, denied": Filters(actor="actor 1", types=("clash",), status=("denied",)),
    "two frequent things, one old month": Filters(actor="actor 2", outlet="outlet 1", since="2012-01", until="2012-01"),
    "actor, source, outlet": Filters(actor="actor 3", source="voice 1", outlet="outlet 2"),
}
SEARCHES = ("word1", "word3 word7", "word900", '"word1 word2"', "word49999", "word12* -word1", "منبج", "Манбидж")


def questions(ledger: Ledger) -> dict[str, Callable[[], object]]:
    """Everything that is asked, by its name."""
    connection = ledger.connection
    asked: dict[str, Callable[[], object]] = {}
    for table in ("events", "claims", "reports"):
        for name, filters in FILTERS.items():
            if table != "events" and filters.status and table == "reports":
                continue
            asked[f"{table}: {name}"] = lambda t=table, f=filters: list(rows(connection, t, f, LIMIT))  # type: ignore[misc]
    for name in ("everything", "outlet", "one year", "source"):
        asked[f"sources: {name}"] = lambda f=FILTERS[name]: list(sources(connection, f, LIMIT))  # type: ignore[misc]
    for words in SEARCHES:
        asked[f"search: {words}"] = lambda w=words: list(search(connection, w, LIMIT))  # type: ignore[misc]
    asked["stats"] = lambda: list(counts(connection))
    asked["copies"] = lambda: list(pairs(connection, None, LIMIT))
    asked["show a report"] = lambda: ledger.load(ledger.number_of("r-900"))
    deep = list(rows(connection, "events", Filters(types=("clash",)), 5000))[-1]["id"]
    asked["events: frequent type, page 101"] = lambda: list(
        rows(connection, "events", Filters(types=("clash",)), LIMIT, deep)
    )
    return asked


def milliseconds(ask: Callable[[], object]) -> tuple[float, float]:
    """Medians of five times: of this process, and by the clock."""
    own, clock = [], []
    for _ in range(5):
        begun, at = time.process_time(), time.perf_counter()
        ask()
        own.append(1000 * (time.process_time() - begun))
        clock.append(1000 * (time.perf_counter() - at))
    return statistics.median(own), statistics.median(clock)


def cost_of_adding(path: Path, first: int) -> tuple[float, float]:
    """Milliseconds a report that is stored and compared in its own transaction: of this process, and by the clock."""
    readings = {reading.id: reading for reading in (made_report(number) for number in range(first, first + ADDED))}

    def page(reading: Reading) -> Page:
        data = reading.report.text.encode()
        received = Received(
            where="bench", how="jsonl", media="clean", digest=digest_of(data), size=len(data), line=int(reading.id[2:])
        )
        return Page(data=data, received=received, id=reading.id)

    pages = [page(reading) for reading in readings.values()]
    reader_version()  # read once a process
    with Ledger.open(path, write=True) as ledger:
        begun, at = time.process_time(), time.perf_counter()
        for added in add_pages(
            ledger, pages, AddOptions(workers=1), lambda: NOON, lambda page: readings[page.id or ""]
        ):  # fmt: skip
            assert added.outcome == "new", added
        own, clock = time.process_time() - begun, time.perf_counter() - at
        return 1000 * own / ADDED, 1000 * clock / ADDED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        folder.mkdir(exist_ok=True)
        full = folder / f"{args.events}.ledger"
        if not full.exists():
            begun = time.perf_counter()
            fill(full, args.events, NOON)
            print(f"made in {time.perf_counter() - begun:.0f} s")
        print(f"{args.events:,} events: {full.stat().st_size / 1e9:.2f} GB")
        with Ledger.open(full) as ledger:
            asked = {name: milliseconds(ask) for name, ask in questions(ledger).items()}
        for name, (own, clock) in asked.items():
            print(f"{own:7.1f} {clock:7.1f} ms  {name}")
        slowest = [max(times) for times in zip(*asked.values(), strict=True)]
        print(f"slowest: {slowest[0]:.1f} ms of its own time, {slowest[1]:.1f} by the clock")
        empty = Path(scratch) / "empty.ledger"
        Ledger.create(empty, NOON, "bench").__exit__()
        with Ledger.open(full) as ledger:
            (last,) = ledger.connection.execute("SELECT max(number) FROM pages").fetchone()
        (own, clock), (own_full, clock_full) = [cost_of_adding(path, last + 1) for path in (empty, full)]
        print(f"adding to an empty ledger: {own:.2f} ms a report of its own time, {clock:.2f} by the clock")
        print(f"adding to the full one:    {own_full:.2f} ms a report of its own time, {clock_full:.2f} by the clock")


if __name__ == "__main__":
    main()
