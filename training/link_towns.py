"""Write `src/sayso/linking/towns.txt`: the towns where many things happen on one day, of the packaged gazetteer.

python training/link_towns.py
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import numpy as np

from sayso.places.entry import LEVELS

ROOM = Path(__file__).parents[1] / "src/sayso"
OUT = ROOM / "linking/towns.txt"
MANY = 100_000  # people
HEAD = "# GeoNames' ids of towns of 100,000 people and more (training/link_towns.py). CC BY 4.0, https://www.geonames.org.\n"


def main() -> None:
    places = np.load(ROOM / "places/world/places.npy")
    kept = places["geonameid"][(places["population"] >= MANY) & (places["level"] == LEVELS.index("town"))]
    lines = textwrap.wrap(" ".join(map(str, sorted(set(kept.tolist()) - {0}))), 120)
    OUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
