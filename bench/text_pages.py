"""How many text pages a second one core judges, beside the least that any reader of text must do.

    python bench/text_pages.py [FILE...]

FILEs are dumps of pages (default: the text pages of `examples/pool`). Machines differ and are busy; so the same pages
are also only decoded, split into lines and cut into words in the same process, and the ratio of the two times is
printed. It hardly depends on the machine. Times are the processor's own; each figure is the best of several rounds.
"""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from sayso.pages.page import Page
from sayso.pages.text import read_text_page
from sayso.records import Received, digest_of

WANTED = 300  # pages a second
ROUNDS, AT_LEAST = 40, 0.05  # rounds, and about the seconds that each work takes in one
POOL = Path(__file__).parents[1] / "examples/pool"
WORD = re.compile(r"\w+")


def least(data: bytes) -> int:
    """What no reader of text can do without: characters, lines, words."""
    text = unicodedata.normalize("NFC", data.decode("utf-8", errors="replace"))
    return sum(len(WORD.findall(line.lower())) for line in text.splitlines())


def judged(page: Page) -> int:
    """What sayso does with a page of text before it is assembled."""
    return len(read_text_page(page).lines)


def seconds(work: Callable[[], object], times: int) -> float:
    """The processor's seconds for doing `work` so many times."""
    start = time.process_time()
    for _ in range(times):
        work()
    return time.process_time() - start


def best_of(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The best time of each; they take turns, so that a busy moment of the machine falls on all of them."""
    times = [max(1, round(AT_LEAST / seconds(work, 1))) for work in works]
    taken = [[seconds(work, n) / n for work, n in zip(works, times, strict=True)] for _ in range(rounds)]
    return [min(column) for column in zip(*taken, strict=True)]


def main(names: Sequence[str]) -> int:
    """Print the figures; 1 if there are fewer pages a second than wanted."""
    files = [Path(name) for name in names] or sorted(POOL.glob("**/*.txt"))
    datas = [file.read_bytes() for file in files]
    pages = [
        Page(data=d, received=Received(where=str(f), how="file", media="text", digest=digest_of(d), size=len(d)))
        for f, d in zip(files, datas, strict=True)
    ]
    lines = sum(judged(page) for page in pages)  # also loads the model
    works = (lambda: [judged(page) for page in pages], lambda: [least(data) for data in datas])
    ours, floor = (len(pages) / taken for taken in best_of(works, ROUNDS))
    print(f"{len(pages)} pages of {lines / len(pages):.0f} lines and {sum(map(len, datas)) / len(datas):.0f} bytes")
    print(f"judged: {ours:.0f} pages a second on one core (wanted: {WANTED})")
    print(f"only split into words: {floor:.0f} pages a second; ratio {floor / ours:.1f}")
    return 0 if ours >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
