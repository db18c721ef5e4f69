"""Fits the weights of a choice: a softmax over what is at hand, the first of which is "none", with L2."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

SEEN = 5  # things at hand that must bear a sign


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice in a report: the signs of each thing at hand, none first, and which are right: one at least."""

    report: str
    signs: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


def fitted(some: Sequence[Choice], penalty: float) -> dict[str, float]:
    """A weight for each sign, that make what is right likeliest."""
    seen = Counter(sign for choice in some for signs in choice.signs for sign in set(signs))
    index = {sign: n for n, sign in enumerate(sorted(sign for sign, n in seen.items() if n >= SEEN))}
    known = [[index[sign] for sign in signs if sign in index] for choice in some for signs in choice.signs]
    rows = np.repeat(np.arange(len(known)), [len(each) for each in known])
    ones = np.ones(len(rows))
    x = csr_matrix((ones, (rows, [sign for each in known for sign in each])), shape=(len(known), len(index)))
    right = np.array([good for choice in some for good in choice.right])
    sizes = np.array([len(choice.signs) for choice in some])
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
