"""How fast the gazetteer opens and answers: `python bench/gazetteer.py`. In processor time: other work counts less."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 2000
NAMES = (
    "Manbij",
    "Jarablus",
    "Al-Raqqah",
    "منبج",
    "Bakhmut",
    "the president",
    "xqzzt plugh",
    "Springfield",
    "San Jose",
)
OPEN = "import numpy, msgspec, time; t = time.process_time(); from sayso.places.gazetteer import Gazetteer; g = Gazetteer.packaged(); g.find('Manbij'); print(time.process_time() - t)"  # noqa: E501


def main() -> None:
    """Print milliseconds to the first answer, and microseconds a question of each name, fresh and remembered."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    import sayso.places
    from sayso.places.gazetteer import Gazetteer

    opened = min(float(subprocess.check_output([sys.executable, "-c", OPEN])) for _ in range(3))
    size = sum(file.stat().st_size for file in Path(sayso.places.__file__).parent.rglob("*.npy"))
    print(f"{size / 1e6:.1f} MB; first answer after {opened * 1e3:.0f} ms (numpy and msgspec imported before)")
    gazetteer = Gazetteer.packaged()
    for name in NAMES:
        found = len(gazetteer.find(name))
        fresh = _microseconds(lambda name=name: gazetteer.find.__wrapped__(name))  # type: ignore[misc]
        remembered = _microseconds(lambda name=name: gazetteer.find(name))  # type: ignore[misc]
        print(f"{name:16} {found:3} found  {fresh:7.1f} us  remembered {remembered:5.2f} us")


def _microseconds(ask: object) -> float:
    begun = time.process_time()
    for _ in range(ROUNDS):
        ask()  # type: ignore[operator]
    return (time.process_time() - begun) / ROUNDS * 1e6


if __name__ == "__main__":
    main()
