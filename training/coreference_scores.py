"""Scores of clusters of mentions: MUC, B-cubed, CEAF-e and their mean, the CoNLL score.

As defined by Pradhan et al. 2014, "Scoring Coreference Partitions of Predicted Mentions: A Reference Implementation";
mentions of one side that the other lacks count against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

Clusters = Collection[frozenset[Hashable]]


@dataclass(frozen=True, slots=True)
class Score:
    """Recall and precision, each a share of 1."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.recall * self.precision / ((self.recall + self.precision) or 1.0)


def clusters_of(home: Mapping[Hashable, Hashable]) -> Clusters:
    """Mention -> cluster, as clusters."""
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, cluster in home.items():
        found[cluster].add(mention)
    return [frozenset(cluster) for cluster in found.values()]


def _home(clusters: Clusters) -> dict[Hashable, frozenset[Hashable]]:
    return {mention: cluster for cluster in clusters for mention in cluster}


def muc(key: Clusters, response: Clusters) -> Score:
    """Links kept of those needed to hold each cluster together."""

    def kept(ours: Clusters, theirs: Clusters) -> float:
        home = _home(theirs)
        parts = [len({home.get(m, m) for m in cluster}) for cluster in ours]
        return sum(len(c) - p for c, p in zip(ours, parts, strict=True)) / (sum(len(c) - 1 for c in ours) or 1)

    return Score(kept(key, response), kept(response, key))


def b_cubed(key: Clusters, response: Clusters) -> Score:
    """For each mention, the share of its cluster that is also in its cluster of the other side."""

    def kept(ours: Clusters, theirs: Clusters) -> float:
        home = _home(theirs)
        shares = [len(cluster & home.get(m, frozenset())) / len(cluster) for cluster in ours for m in cluster]
        return sum(shares) / (len(shares) or 1)

    return Score(kept(key, response), kept(response, key))


def ceaf_e(key: Clusters, response: Clusters) -> Score:
    """The best one-to-one alignment of clusters, by what two of them share."""
    ours, theirs = list(key), list(response)
    places = {m: j for j, cluster in enumerate(theirs) for m in cluster}
    alike = np.zeros((len(ours), len(theirs)))
    for i, cluster in enumerate(ours):
        for j in {places[m] for m in cluster if m in places}:
            alike[i, j] = 2 * len(cluster & theirs[j]) / (len(cluster) + len(theirs[j]))
    total = alike[linear_sum_assignment(alike, maximize=True)].sum()
    return Score(float(total / (len(ours) or 1)), float(total / (len(theirs) or 1)))


def conll(key: Clusters, response: Clusters) -> dict[str, float]:
    """The three F1 and their mean, in percent."""
    found = {score.__name__: 100 * score(key, response).f1 for score in (muc, b_cubed, ceaf_e)}
    return {**found, "conll": sum(found.values()) / 3}
