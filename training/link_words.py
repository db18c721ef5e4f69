"""Make `src/sayso/linking/words.txt`: how rare stems are in English reports on conflicts and in other news.

    python training/link_words.py CORPORA

Counted are reports, not words; of texts of several sentences each. Only stems and rounded weights are kept. Annotations
are not looked at; topics 30-35 of ECB+, which linking is measured on, are left out.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from sayso.linking.wording import stems
from texts import fakes, frontlines, guardian, muc4, re3d

LEAST = 4  # reports with a stem: rarer ones are names and slips, and weigh what unseen ones do
STEP = 0.25
OUT = Path(__file__).parents[1] / "src/sayso/linking/words.txt"


def texts(corpora: Path) -> Iterator[str]:
    for corpus in (fakes, frontlines, guardian, muc4, re3d):
        yield from (text.text for text in corpus(corpora))
    csv.field_size_limit(1 << 30)
    with (corpora / "fnc1/train_bodies.csv").open(encoding="utf-8", newline="") as file:
        yield from (row["articleBody"] for row in csv.DictReader(file))
    for topic in range(1, 30):
        for path in sorted((corpora / "ecbplus/ECB+" / str(topic)).glob("*.xml")):
            yield " ".join(node.text or "" for node in etree.parse(path).iter("token"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    reports, counts = 0, Counter[str]()
    for text in texts(parser.parse_args().corpora):
        reports += 1
        counts.update(stems(text))
    steps = defaultdict(list)
    for word, count in counts.items():
        if count >= LEAST:
            steps[round(math.log(reports / count) / STEP) * STEP].append(word)
    lines = [f"{step:.2f}: {' '.join(sorted(words))}" for step, words in sorted(steps.items())]
    head = f"# ln(reports / reports with it) of stems, over {reports} reports; made by training/link_words.py"
    OUT.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"{reports} reports, {sum(map(len, steps.values()))} stems of {len(counts)}, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
