"""Train weights of their own for ECB+'s actions: `link_actions.json`, what each piece of evidence is worth among them.

    python training/link_actions.py SHARED [--dry]

ECB+ marks actions of every kind, told without a day or a place of record, in texts that belong to one of a few stories.
The evidence is that of `sayso.linking.pairs`, and so is the way pairs become clusters (`sayso.linking.clusters`); what
each piece says of two reports on a war it does not say here. A logistic regression over the pairs of one story of
topics 1-29; how much more or less than single pairs say makes the best clusters is chosen on thirds of these topics,
each left out in turn. Actions of two stories are never one.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from coreference_scores import clusters_of, conll
from link_ecb import TRAIN, gold_kinds, mentions, nodes, stories
from sayso.linking.clusters import cluster
from sayso.linking.nodes import Node
from sayso.linking.pairs import NO, Evidence, Judge, Judged, evidence

OUT = Path(__file__).parent / "link_actions.json"
PARTS = (range(1, 11), range(11, 21), range(21, 30))
MORE = (0.0, 0.4, 0.8, 1.2, 1.6, 2.0)  # added to the log odds of each pair
DRAWN = 4  # of as many pairs of two actions one is learned from, and counts for all: few pairs are one action
PENALTY = 1.0  # sklearn's C

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Actions:
    """Actions as nodes, the chain of each by the annotators, and the story of each text."""

    nodes: list[Node]
    chain: dict[str, str]
    story: dict[str, str]

    def of(self, topics: Sequence[int]) -> Actions:
        """Those of some topics."""
        inside = {node.key for node in self.nodes if int(node.key.split("_")[0]) in topics}
        chain = {key: chain for key, chain in self.chain.items() if key in inside}
        return Actions([node for node in self.nodes if node.key in inside], chain, self.story)

    def pairs(self) -> list[tuple[Node, Node]]:
        """Every two of one story."""
        by_story: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes:
            by_story[self.story[text_of(node)]].append(node)
        return [two for those in by_story.values() for two in itertools.combinations(those, 2)]

    def linked(self, table: Weights) -> dict[str, str]:
        """Each one's cluster, linked by some weights, every two of one story being compared."""
        pairs = [(one.key, other.key) for one, other in self.pairs()]
        found = cluster(self.nodes, judging(table, self.story), pairs)
        return {key: group.nodes[0].key for group in found for node in group.nodes for key in node.keys}

    def scores(self, table: Weights) -> dict[str, float]:
        """What that scores against the annotators."""
        return conll(clusters_of(self.chain), clusters_of(self.linked(table)))


def actions_of(shared: Path, topics: Sequence[int]) -> Actions:
    """The actions of some topics, their texts grouped into as many stories as their words make."""
    those = mentions(shared / "corpora", topics, gold_kinds(shared))
    texts = sorted({mention.document for mention in those})
    return Actions(nodes(those), {one.key: one.chain for one in those}, stories(shared / "corpora", texts))


def text_of(node: Node) -> str:
    """The text that an action, or the first of several, is in."""
    return node.key.rpartition("#")[0]


def judging(table: Weights, story: Mapping[str, str]) -> Judge:
    """How two actions are held against each other by some weights."""

    def judge(one: Node, other: Node) -> Judged:
        if story[text_of(one)] != story[text_of(other)]:
            return Judged(NO, ())
        return Judged(sum(table.get(name, 0.0) * amount for name, amount in between(one, other)), ())

    return judge


def between(one: Node, other: Node) -> Evidence:
    """The evidence between two actions: no passage is copied, no participant part of another."""
    return evidence(one, other, copied=False, related=lambda a, b: a == b)


def fit(actions: Actions) -> dict[str, float]:
    """The weights that make the pairs of some actions likeliest."""
    chance = random.Random(1)
    rows, same = list[dict[str, float]](), list[bool]()
    for one, other in actions.pairs():
        is_same = actions.chain[one.key] == actions.chain[other.key]
        if is_same or chance.random() * DRAWN < 1:
            rows.append(dict(between(one, other)))
            same.append(is_same)
    names = sorted({name for row in rows for name in row} - {"bias"})
    found = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    each = np.where(same, 1, DRAWN)
    model = LogisticRegression(C=PENALTY, max_iter=3000).fit(found, same, sample_weight=each)
    return {"bias": float(model.intercept_[0]), **dict(zip(names, map(float, model.coef_[0]), strict=True))}


def with_more(table: Weights, more: float) -> dict[str, float]:
    """Weights by which every pair is likelier."""
    return {**table, "bias": table["bias"] + more}


def chosen(actions: Actions) -> float:
    """By how much more the parts that are left out score best."""
    sums: dict[float, float] = dict.fromkeys(MORE, 0.0)
    for part in PARTS:
        table = fit(actions.of([topic for topic in TRAIN if topic not in part]))
        for more in MORE:
            sums[more] += actions.of(part).scores(with_more(table, more))["conll"]
    print("left out, CoNLL: " + ", ".join(f"{more}: {total / len(PARTS):.1f}" for more, total in sums.items()))
    return max(sums, key=sums.__getitem__)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    args = parser.parse_args()
    actions = actions_of(args.shared, TRAIN)
    table = {name: round(value, 2) for name, value in with_more(fit(actions), chosen(actions)).items()}
    for name, value in sorted(table.items(), key=lambda item: -item[1]):
        print(f"  {value:6.2f} {name}")
    if not args.dry:
        OUT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
