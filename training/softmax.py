"""Fits the weights of a choice: a softmax over what is at hand, the first of which is "none", with L2.

What `places_nearby.py` and `times_context.py` share: examples, fitting, measuring on reports left out, writing.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from sayso.records.choice import Signs, Weights, chances

LEASTS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)  # chances from which on something is given that are tried
SEEN = 5  # things at hand that must bear a sign


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice in a report: the signs of none and of each thing at hand, and which of these are right, if any.

    `barred`: which of them are never given, however likely.
    """

    report: str
    none: Signs
    at_hand: tuple[Signs, ...]
    right: tuple[bool, ...]
    barred: tuple[bool, ...] = ()


def fitted(some: Sequence[Choice], penalty: float) -> dict[str, float]:
    """A weight for each sign, that make what is right likeliest."""
    seen = Counter(sign for choice in some for signs in (choice.none, *choice.at_hand) for sign in set(signs))
    index = {sign: n for n, sign in enumerate(sorted(sign for sign, n in seen.items() if n >= SEEN))}
    known = [
        [index[sign] for sign in signs if sign in index] for choice in some for signs in (choice.none, *choice.at_hand)
    ]
    rows = np.repeat(np.arange(len(known)), [len(each) for each in known])
    ones = np.ones(len(rows))
    x = csr_matrix((ones, (rows, [sign for each in known for sign in each])), shape=(len(known), len(index)))
    right = np.array([good for choice in some for good in (not any(choice.right), *choice.right)])
    sizes = np.array([1 + len(choice.at_hand) for choice in some])
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = x @ w
        power = np.exp(scores - np.repeat(np.maximum.reduceat(scores, first), sizes))
        p = power / np.repeat(np.add.reduceat(power, first), sizes)
        mine = np.where(right, p, 0)
        total = np.add.reduceat(mine, first).clip(1e-12)
        slope = x.T @ (p - mine / np.repeat(total, sizes)) + penalty * w
        return -np.log(total).sum() + penalty / 2 * (w**2).sum(), slope

    done = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return {sign: round(float(done.x[n]), 3) for sign, n in index.items()}


def measured(
    some: Sequence[Choice], more: Sequence[Choice], counts: dict[str, Counter[str]], penalty: float, folds: int
) -> None:
    """Print the F1 of all answers in the reports of `counts`, the choices of `some` made by weights that were fitted to
    other reports, and to those of `more`. `counts`: per report `gold` answers, and those `given` and `right` already.
    """
    reports = sorted(counts)
    given, right = Counter[float](), Counter[float]()
    for fold in range(folds):
        held = set(reports[fold::folds])
        table = Weights(least=0, weights=fitted([c for c in (*some, *more) if c.report not in held], penalty))
        for choice in (c for c in some if c.report in held and c.at_hand):
            likely = chances(choice.none, choice.at_hand, table)
            best = int(np.argmax(likely))
            for least in LEASTS:
                if likely[best] >= least and not (choice.barred and choice.barred[best]):
                    given[least] += 1
                    right[least] += choice.right[best]
    own: Counter[str] = sum(counts.values(), Counter())
    for least in LEASTS:
        hit, told = right[least] + own["right"], given[least] + own["given"]
        print(
            f"least {least}: {right[least]} of {given[least]} right; all P {100 * hit / told:.1f} "
            f"R {100 * hit / own['gold']:.1f} F1 {200 * hit / (told + own['gold']):.1f}"
        )


def finish(
    args: argparse.Namespace,
    some: Sequence[Choice],
    more: Sequence[Choice],
    counts: dict[str, Counter[str]],
    penalty: float,
) -> None:
    """Measure and write as far as `args` (`parser`) ask for it."""
    if args.folds:
        measured(some, more, counts, penalty, args.folds)
    if args.out:
        table = fitted([*some, *more], penalty)
        rows = ",\n".join(f"  {json.dumps(sign)}: {weight}" for sign, weight in sorted(table.items()))
        args.out.write_text(f'{{"least": {args.least}, "weights": {{\n{rows}\n}}}}\n', encoding="utf-8")


def parser(description: str | None) -> argparse.ArgumentParser:
    """The arguments that both have."""
    found = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    found.add_argument("--score", type=_module, required=True, help="the owners' score.py")
    found.add_argument("--folds", type=int, default=0)
    found.add_argument("--least", type=float, default=0.25)
    found.add_argument("--out", type=Path)
    return found


def _module(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
