"""How many characters a second one core searches for times and resolves, beside merely cutting them into words.

    python bench/times.py [FILE...]

FILEs are plain texts (default: the text pages of `examples/pool`). HeidelTime, the best known engine by rules, does
about 3,000 characters a second on the machine this was written on; the aim is a hundred times that. As machines differ
and are busy, the same texts are also only cut into words, and the ratio of the two times is printed.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sayso.times import find_times

WANTED = 300_000  # characters a second
ROUNDS = 5  # the best of them counts
POOL = Path(__file__).parents[1] / "examples/pool"
WORD = re.compile(r"\w+")


def best(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """The processor's seconds for all texts, in the best round."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            work(text)
        taken.append(time.process_time() - start)
    return min(taken)


def main(names: Sequence[str]) -> int:
    """Print the figures; 1 if there are fewer characters a second than wanted."""
    files = [Path(name) for name in names] or sorted(POOL.glob("**/*.txt"))
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    size = sum(map(len, texts))
    found = sum(len(find_times(text, "2016-06-09").expressions) for text in texts)  # also loads the rules
    ours = size / best(lambda text: find_times(text, "2016-06-09"), texts)
    least = size / best(WORD.findall, texts)
    print(f"{len(texts)} texts, {size:,} characters, {found:,} expressions")
    print(f"found and resolved: {ours:,.0f} characters a second on one core (wanted: {WANTED:,})")
    print(f"only cut into words: {least:,.0f}; ratio {least / ours:.1f}")
    return 0 if ours >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
