"""The accounts of the four pools (`examples/`, `tests/data/`), against those written by hand from reading them.

    python training/measure_accounts.py

For each pool, as the reader reads it: the fields that match, as `tests/linking/test_expected_account.py` compares them,
by kind of field (a holder of which nothing is said counts against them); of the reports that an incident is given,
those that tell it, and of those that tell it, those given; the same of the voices counted as independent.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/linking"))

from test_expected_account import (
    CONGO_2025,
    READER,
    SUDAN_2024,
    SYRIA_2016,
    UKRAINE_2022,
    Case,
    closest,
    is_voice,
    linked,
    missed,
    missed_control,
)

FIELDS = ("type", "place", "day", "killed", "reports", "independent", "denied by", "disputes")


def counts_of(case: Case) -> Counter[str]:
    """Fields that match, by kind, with how many there are; reports and voices given, expected, and both."""
    pool, keys = linked(READER, case)
    found: Counter[str] = Counter()
    for expected in case.account["incidents"]:
        incident = closest(pool, keys, expected, case)
        wrong = {miss.rpartition(": ")[2] for miss in missed(incident, keys, expected, case)}
        found.update({field: field not in wrong for field in FIELDS})
        given, telling = {keys[report] for report in incident.reports}, set(expected["reports"])
        found.update({"reports given": len(given), "reports told": len(telling), "reports right": len(given & telling)})
        voices = [o for o in incident.origins if o.independent and not o.denies]
        left = list(expected["independent"])
        found.update({"voices given": len(voices), "voices told": len(left)})
        for origin in voices:
            name = next((name for name in left if is_voice(origin.voice, name, case)), None)
            if name is not None:
                left.remove(name)
                found["voices right"] += 1
    for day, places in case.account["control"].items():
        wrong_places = list(missed_control(pool, day, places, case))
        untold = sum("of which nothing is said" in miss for miss in wrong_places)
        right = len(places) - len(wrong_places) + untold
        found.update({"holders": right, "all holders": len(places), "untold": untold})
    found["incidents"] = len(case.account["incidents"])
    return found


def main() -> None:
    pools = {"Syria": SYRIA_2016, "Sudan": SUDAN_2024, "Congo": CONGO_2025, "Ukraine": UKRAINE_2022}
    every = {name: counts_of(case) for name, case in pools.items()}
    unseen = sum((counts for name, counts in every.items() if name != "Syria"), Counter[str]())
    for name, c in {**every, "Sudan, Congo, Ukraine": unseen}.items():
        right = sum(c[field] for field in FIELDS) + c["holders"] - c["untold"]
        print(f"{name}: {right} of {8 * c['incidents'] + c['all holders']} fields")
        print(f"  of {c['incidents']} incidents: " + ", ".join(f"{field} {c[field]}" for field in FIELDS))
        print(f"  holders {c['holders']} of {c['all holders']}, and {c['untold']} of which nothing is said")
        for kind in ("reports", "voices"):
            right = c[f"{kind} right"]
            print(
                f"  {kind}: {right} of {c[f'{kind} given']} given are right, of {c[f'{kind} told']} told {right} given"
            )


if __name__ == "__main__":
    main()
