"""Linking measured on ECB+ topics 30-35, which nothing was trained on: CoNLL F1 over texts, singletons counted.

    python training/measure_ecb.py SHARED [--predicted] [--topics 1-29]

Gold mentions: each annotated action is linked as it is (`link_ecb.py`), nothing being told of topics, by the weights
of such actions (`link_actions.py`); and by those of reports on wars, which sayso links with. `--predicted`: the reader
finds its own events in the same texts; one that overlaps an annotated action stands for it, any other counts as wrong,
and so does every action it did not find: of these, most are of kinds that sayso does not read for (to say, to win, to
marry). A floor to compare with: every action of one stem in one topic taken for one.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import sayso
from coreference_scores import clusters_of, conll
from link_actions import OUT, Actions, Weights, actions_of
from link_ecb import TEST, Mention, checked, document, gold_kinds, mentions, stories
from sayso.linking.accounts import accounts_of
from sayso.linking.nodes import nodes_of
from sayso.linking.pairs import weights
from sayso.records.reading import Reading


def own_weights() -> Weights:
    """The weights of ECB+'s actions."""
    return dict(json.loads(OUT.read_text(encoding="utf-8")))


def on_gold(shared: Path, topics: Sequence[int]) -> dict[str, dict[str, float]]:
    """Scores with the annotated actions: of linking by both sets of weights, and of the stem of the action alone."""
    actions = actions_of(shared, topics)
    stems = {node.key: (node.report.split("_")[0], node.triggers) for node in actions.nodes}
    return {
        "linked": actions.scores(own_weights()),
        "linked as reports on wars are": actions.scores(weights()),
        "one stem": conll(clusters_of(actions.chain), clusters_of(stems)),
    }


def on_predicted(shared: Path, topics: Sequence[int]) -> dict[str, float]:
    """Scores with the events that the reader finds itself, linked by the weights of actions."""
    corpora = shared / "corpora"
    those = mentions(corpora, topics, gold_kinds(shared))
    names = sorted({mention.document for mention in those})
    texts = {name: document(corpora / f"ecbplus/ECB+/{name.split('_')[0]}/{name}.xml") for name in names}
    by_text: dict[str, list[Mention]] = defaultdict(list)
    for mention in those:
        by_text[mention.document].append(mention)
    inside = checked(corpora)
    found, called = [], {}
    for reading in _read({name: doc.text for name, doc in texts.items()}):
        doc = texts[reading.id]
        spans = [doc.sentences[n] for n in doc.sentences if (reading.id, n) in inside]
        accounts = [a for a in accounts_of(reading) if any(s <= a.trigger[0] < e for s, e in spans)]
        for account in accounts:
            over = [m for m in by_text[reading.id] if _overlap(m.account.trigger, account.trigger)]
            called[account.key] = over[0].key if over else account.key
        found += nodes_of(accounts)
    home = Actions(found, {}, stories(corpora, names)).linked(own_weights())
    key = clusters_of({mention.key: mention.chain for mention in those})
    return conll(key, clusters_of({called[account]: cluster for account, cluster in home.items()}))


def _read(texts: dict[str, str]) -> list[Reading]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
        file.flush()
        return [reading for reading in sayso.read_all([file.name]) if isinstance(reading, Reading)]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--predicted", action="store_true")
    parser.add_argument("--topics", help="first and last, as in 1-29")
    args = parser.parse_args()
    topics = range(*(int(n) + at for at, n in enumerate(args.topics.split("-")))) if args.topics else TEST
    scores = {"predicted": on_predicted(args.shared, topics)} if args.predicted else on_gold(args.shared, topics)
    for name, score in scores.items():
        print(f"{name}: " + ", ".join(f"{kind} {value:.1f}" for kind, value in score.items()))


if __name__ == "__main__":
    main()
