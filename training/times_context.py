"""Trains the choice of a date for events without a time of their own: `src/sayso/times/context.json`.

    python training/times_context.py GOLD.jsonl... [--folds 5] [--out context.json]

GOLD files hold compiled gold readings. Each event without a `time` whose incident has no date either is an example:
its signs, the dates at hand, and which of them (or none, or another) the readers gave. A softmax over the choices at
hand is fitted with L2; where several choices name the gold date, any of them is right. With `--folds` the figure is
from reports that were not trained on; `least` is the chance above which answering pays.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from measure_times import reading_of
from sayso.times import find_times
from sayso.times.context import CHOICES, Setting, Weights, choose, signs
from sayso.times.events import untimed

PENALTY = 1.0  # of L2
SEEN = 8  # examples that a sign needs; neither was tuned


def examples(path: Path) -> list[tuple[str, Setting, str | None]]:
    """(report, setting, gold date) of a file."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        reading = reading_of(gold)
        dates = {e["id"]: e["date"] for e in gold["events"]}
        settings = untimed(reading, find_times(reading.report.text, reading.report.published))
        out += [(gold["id"], s, dates[s.event.id]) for s in settings]
    return out


def fitted(some: list[tuple[str, Setting, str | None]], least: float) -> Weights:
    """The weights that make the gold answers likeliest."""
    counts = Counter(sign for _, s, _ in some for sign in signs(s))
    names = sorted(sign for sign, n in counts.items() if n >= SEEN)
    index = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(some), len(names)))
    at_hand = np.zeros((len(some), len(CHOICES)), dtype=bool)
    right = np.zeros_like(at_hand)
    for row, (_, setting, gold) in enumerate(some):
        x[row, [index[s] for s in signs(setting) if s in index]] = 1
        for c, choice in enumerate(CHOICES):
            at_hand[row, c] = choice in ("none", "other") or choice in setting.dates
            right[row, c] = setting.dates.get(choice) == gold if gold else choice == "none"
        if not (right[row] & at_hand[row]).any():
            right[row, CHOICES.index("other")] = True

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(len(names), len(CHOICES))
        scores = np.where(at_hand, x @ w, -1e9)
        top = scores.max(axis=1, keepdims=True)
        p = np.exp(scores - top)
        p /= p.sum(axis=1, keepdims=True)
        good = np.where(right & at_hand, p, 0)
        total = good.sum(axis=1, keepdims=True).clip(1e-12)
        return -np.log(total).sum() + PENALTY / 2 * (flat**2).sum(), (x.T @ (p - good / total) + PENALTY * w).ravel()

    done = minimize(loss, np.zeros(len(names) * len(CHOICES)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    w = done.x.reshape(len(names), len(CHOICES))
    return Weights(
        choices=CHOICES, least=least, weights={n: tuple(round(float(v), 3) for v in w[i]) for n, i in index.items()}
    )


def tally(some: list[tuple[str, Setting, str | None]], table: Weights) -> Counter[str]:
    """How many are answered, how many rightly, how many have a date."""
    out: Counter[str] = Counter()
    for _, setting, gold in some:
        answer = setting.dates.get(choose(setting, table)[0])
        out.update(given=answer is not None, gold=gold is not None, right=gold is not None and answer == gold)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+", help="the first is what is measured; all are trained on")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--least", type=float, default=0.3)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    first, *rest = [examples(path) for path in args.gold]
    more = [e for some in rest for e in some]
    ids = sorted({name for name, _, _ in first})
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45) if args.folds else ():
        counts: Counter[str] = Counter()
        for fold in range(args.folds):
            held = set(ids[fold :: args.folds])
            table = fitted([e for e in first if e[0] not in held] + [e for e in more if e[0] not in held], least)
            counts += tally([e for e in first if e[0] in held], table)
        print(f"least {least}: {dict(counts)}, F1 {200 * counts['right'] / (counts['given'] + counts['gold']):.1f}")
    if args.out:
        table = fitted(first + more, args.least)
        rows = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in sorted(table.weights.items()))
        head = f'"choices": {json.dumps(table.choices)},\n"least": {table.least},\n'
        args.out.write_text("{\n" + head + '"weights": {\n' + rows + "\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
