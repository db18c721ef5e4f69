"""How fast the reader reads, against a bare run of its encoder over the same windows in the same process.

    python bench/reader.py [--reports N] [--processes N]

Reports of 400 words are made from the example pool. Prints reports a second of one warm process, the reader's cost over
the encoder alone, the same with everything resolved, and reports a second of several processes together (one
single-threaded session each).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from sayso.engine.resolve import resolved
from sayso.reading.reader import default_model, read_report
from sayso.reading.windows import windows_of, words_of
from sayso.records import Report
from sayso.records.reading import Reading

Clock = Callable[[], float]

WORDS = 400
POOL = Path(__file__).parent.parent / "examples/pool"


def reports(number: int) -> list[Report]:
    """`number` reports of 400 words each, cut from the example pool's clean texts."""
    lines = (POOL / "furat-log.jsonl").read_text(encoding="utf-8").splitlines()
    dumps = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(POOL.glob("*.txt"))]
    texts = [json.loads(line)["text"] for line in lines] + dumps
    words = cycle(word for text in texts for word in text.replace("\n", " \n").split(" "))
    return [Report(id=str(i), text=" ".join(islice(words, WORDS))) for i in range(number)]


def read_all(number: int, clock: Clock = time.perf_counter) -> float:
    """Seconds that a warm process takes to read `number` reports."""
    return seconds_of(read_report, number, clock)


def resolve_all(number: int) -> float:
    """Seconds that a warm process takes to read them and to resolve places, days, actors, outlets and codes."""
    return seconds_of(lambda report: resolved(read_report(report)), number)


def seconds_of(read: Callable[[Report], Reading], number: int, clock: Clock = time.perf_counter) -> float:
    batch = reports(number)
    read(batch[0])
    begun = clock()
    for report in batch:
        read(report)
    return clock() - begun


def encode_all(number: int, clock: Clock = time.perf_counter) -> float:
    """Seconds of the encoder alone over the windows of the same reports."""
    model = default_model()
    jobs = [
        (words, w) for r in reports(number) for words in [words_of(r.text, model.tokenizer)] for w in windows_of(words)
    ]
    model.encode(*jobs[0])
    begun = clock()
    for words, window in jobs:
        model.encode(words, window)
    return clock() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    reader = min(read_all(args.reports) for _ in range(3))
    print(f"one process: {args.reports / reader:.1f} reports a second")
    clock = time.process_time  # other work on the machine hardly shows in it
    rounds = [(read_all(args.reports, clock), encode_all(args.reports, clock)) for _ in range(5)]
    ratio = min(r for r, _ in rounds) / min(e for _, e in rounds)
    print(f"reader / bare encoder, processor time: {ratio:.3f} (the reader costs {100 * (ratio - 1):.1f} % more)")
    whole = min(resolve_all(args.reports) for _ in range(3))
    print(f"with resolution: {args.reports / whole:.1f} reports a second, {whole / reader:.3f} times the reader alone")
    with multiprocessing.get_context("spawn").Pool(args.processes) as pool:
        for name, job in (("read", read_all), ("read and resolved", resolve_all)):
            slowest = max(pool.map(job, [args.reports] * args.processes, chunksize=1))
            print(f"{args.processes} processes: {args.reports * args.processes / slowest:.1f} reports a second {name}")


if __name__ == "__main__":
    main()
