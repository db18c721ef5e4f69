"""Train the pair scorer: `src/sayso/linking/weights.json`, the log odds that each piece of evidence is worth.

    python training/link_weights.py SHARED [--readings FILE] [--dry]

A logistic regression over the evidence of `sayso.linking.pairs`, drawn towards `PRIOR` (what a careful reader would
say) as far as the examples leave it open. The examples:
  pairs  accounts of two reports that were judged by reading (`link_pairs.json`: report, first and last character of the
         trigger), found again in the reader's output
  gold   accounts within one annotated report, of one incident or of two
Each source weighs what `MASS` says, whatever its size. What is printed of pairs is measured on fifths left out in turn.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
from scipy.optimize import minimize

import gold
from measure_against_ucdp import readings as fakes_readings
from sayso.actors.register import Register
from sayso.engine.pool import relation
from sayso.engine.resolve import resolved
from sayso.linking.accounts import accounts_of
from sayso.linking.nodes import Node, nodes_of
from sayso.linking.pairs import evidence, weights
from sayso.records import Report
from sayso.records.reading import Claim, Event, Reading

HERE = Path(__file__).parent
OUT = HERE.parent / "src/sayso/linking/weights.json"
MASS = {"pairs": 900.0, "gold": 250.0}
HELD = 1.2  # how strongly weights are held to `PRIOR`: a change by one is worth the likelihood of half an example
LEAST = (
    0.4  # of its prior a weight keeps at least: reports of one story share actors, and say little of what that is worth
)
FIRM = {
    "far": 0.9,
    "same place": 0.9,
    "same town": 0.8,
    "types alike": 0.9,
    "one type is general": 0.9,
    "gained and lost by one": 0.9,
    "gained from who lost it": 0.9,
}  # the same for what no likeness of words may outweigh, and for what pairs drawn among near and like ones cannot tell
PRIOR = json.loads((HERE / "link_prior.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Example:
    """Two nodes' evidence, whether they are one incident, and where that is known from."""

    found: dict[str, float]
    same: bool
    source: str
    weight: float = 1.0


def judged_pairs(readings: Sequence[Reading]) -> Iterator[Example]:
    """The pairs judged by reading, as the accounts nearest to their triggers."""
    related = relation(Register.packaged())
    nodes = nodes_of(account for reading in readings for account in accounts_of(reading))
    by_report: dict[str, list[Node]] = {}
    for node in nodes:
        by_report.setdefault(node.report, []).append(node)
    for row in json.loads((HERE / "link_pairs.json").read_text(encoding="utf-8")):
        ends = [_at(by_report.get(f"{row['corpus']}-{key}", []), start) for key, start, _ in (row["one"], row["other"])]
        if ends[0] and ends[1] and ends[0].key != ends[1].key:
            found = dict(evidence(ends[0], ends[1], copied=False, related=related))
            yield Example(found, row["same"], "pairs")


def _at(nodes: Sequence[Node], start: int) -> Node | None:
    near = [(abs(a.trigger[0] - start), node.key, node) for node in nodes for a in node.accounts]
    away, _, node = min(near, default=(99, "", None))
    return node if away < 8 else None


def within_reports(shared: Path) -> Iterator[Example]:
    """Pairs of events of one annotated report, each an incident of its own for us."""
    related = relation(Register.packaged())
    rows = [json.loads(line) for line in (shared / "gold/train.gold.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in itertools.chain(rows, gold.with_texts(shared)):
        truth = {event["id"]: event["incident"] for event in row["events"]}
        nodes = nodes_of(accounts_of(reading_of(row)))
        for one, other in itertools.combinations(nodes, 2):
            if one.families & other.families:
                found = dict(evidence(one, other, copied=False, related=related))
                yield Example(found, truth[one.accounts[0].event] == truth[other.accounts[0].event], "gold")


def reading_of(row: dict) -> Reading:
    """A gold reading, resolved as the reader's are."""
    report = Report(
        id=row["id"], text=row["text"], title=None, outlet=row.get("outlet"), byline=None,
        published=row["published"], language="en", url=None, parts=(), set_aside=(),
    )  # fmt: skip
    events = [{k: v for k, v in event.items() if k != "place_is"} | {"score": 1.0} for event in row["events"]]
    for event in events:
        event |= {"date": None, "incident": event["id"]}  # what sayso finds by itself, not what it is to learn
    claims = [{**claim, "score": 1.0} for claim in row["claims"]]
    return resolved(
        Reading(
            id=row["id"],
            report=report,
            claims=msgspec.convert(claims, tuple[Claim, ...]),
            events=msgspec.convert(events, tuple[Event, ...]),
        )
    )


def fit(examples: Sequence[Example], prior: dict[str, float]) -> dict[str, float]:
    """The weights that make the examples likeliest, held to `prior`."""
    names = sorted(prior)
    column = {name: at for at, name in enumerate(names)}
    found = np.zeros((len(examples), len(names)))
    for row, example in enumerate(examples):
        for name, amount in example.found.items():
            found[row, column[name]] = amount
    same = np.array([example.same for example in examples], dtype=float)
    weight = np.array([example.weight for example in examples])
    for source, mass in MASS.items():
        mine = np.array([example.source == source for example in examples])
        weight[mine] *= mass / (weight[mine].sum() or 1.0)
    start = np.array([prior[name] for name in names])

    def loss(now: np.ndarray) -> tuple[float, np.ndarray]:
        odds = found @ now
        likely = 1 / (1 + np.exp(-odds))
        apart = now - start
        value = (weight * (np.logaddexp(0, odds) - same * odds)).sum() + HELD / 2 * (apart @ apart)
        return value, found.T @ (weight * (likely - same)) + HELD * apart

    bounds = [_bounds(prior[name], FIRM.get(name, LEAST)) for name in names]
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return {name: round(float(value), 2) for name, value in zip(names, best, strict=True)}


def _bounds(prior: float, least: float) -> tuple[float | None, float | None]:
    """A weight keeps its sign, and some of its size."""
    return (least * prior, None) if prior > 0 else (None, least * prior) if prior < 0 else (None, None)


def right(examples: Sequence[Example], table: dict[str, float]) -> tuple[float, float, float]:
    """Precision, recall and F1 of "same" at even odds."""
    likely = [sum(table[name] * amount for name, amount in example.found.items()) > 0 for example in examples]
    hits = sum(guess and example.same for guess, example in zip(likely, examples, strict=True))
    precision, recall = hits / (sum(likely) or 1), hits / (sum(example.same for example in examples) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--readings", type=Path, help="where the readings of FA-KES are kept")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    args = parser.parse_args()
    chance = random.Random(1)
    pairs = list(judged_pairs(fakes_readings(args.shared / "corpora", args.readings, years=())))
    others = list(within_reports(args.shared))
    order = list(range(len(pairs)))
    chance.shuffle(order)
    folds = [[pairs[at] for at in order[n::5]] for n in range(5)]
    by_fold = [fit([e for m, f in enumerate(folds) if m != n for e in f] + others, PRIOR) for n in range(5)]
    print(f"{len(pairs)} pairs judged, {sum(e.same for e in pairs)} of one incident; {len(others)} of gold")
    show = partial("{}: precision {:.2f}, recall {:.2f}, F1 {:.2f}".format)
    print(show("as it stands", *right(pairs, weights())))
    print(show("prior", *right(pairs, PRIOR)))
    aside = [(example, table) for fold, table in zip(folds, by_fold, strict=True) for example in fold]
    print(show("trained, left out", *_right_each(aside)))
    table = fit(pairs + others, PRIOR)
    print(show("trained, all", *right(pairs, table)))
    print(show("gold", *right(others, table)))
    for name, value in sorted(table.items(), key=lambda item: -item[1]):
        print(f"  {value:6.2f} {PRIOR[name]:6.2f} {name}")
    if not args.dry:
        OUT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def _right_each(examples: Sequence[tuple[Example, dict[str, float]]]) -> tuple[float, float, float]:
    likely = [sum(table[name] * amount for name, amount in e.found.items()) > 0 for e, table in examples]
    same = [example.same for example, _ in examples]
    hits = sum(a and b for a, b in zip(likely, same, strict=True))
    precision, recall = hits / (sum(likely) or 1), hits / (sum(same) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


if __name__ == "__main__":
    main()
