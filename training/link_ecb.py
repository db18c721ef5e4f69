"""ECB+ as accounts: each annotated action of a news text, with the participants, places and times of its sentence.

ECB+ marks actions, not whose they are: the nearest human participant before an action stands for its actor, the nearest
one after it for its target. Its kind is the event type that gold readings give its stem most often, or none of ours.
Annotations count in the sentences of `ECBplus_coreference_sentences.csv` only, as in published scores.
"""

from __future__ import annotations

import csv
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from lxml import etree
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.feature_extraction import DictVectorizer
from sklearn.preprocessing import normalize

from sayso.linking.nodes import Node, nodes_of
from sayso.linking.wording import WORD, stem, stems, weight
from sayso.records.pool import Account, Voice
from texts import detokenise

NO_KIND = "other"
STORY = 0.8  # distance up to which texts are of one story: best on topics 1-29
TRAIN, TEST = range(1, 30), range(30, 36)


@dataclass(frozen=True, slots=True)
class Mention:
    """An action of a text: `chain` is its cluster by the annotators; offsets into the text of its document."""

    key: str
    document: str
    chain: str
    account: Account


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its sentence and its offsets in the text made of all."""

    sentence: int
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text, where its sentences start and end, and its markables: tag, tokens, chain."""

    name: str
    text: str
    tokens: dict[str, Token]
    sentences: dict[int, tuple[int, int]]
    markables: list[tuple[str, str, list[Token], str]]


def kinds_of(gold: Iterable[dict]) -> dict[str, str]:
    """Stem of a trigger -> the event type it has most often in gold readings with texts."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for reading in gold:
        for event in reading["events"]:
            for found in stems(reading["text"][slice(*event["trigger"])]):
                counts[found][event["type"]] += 1
    return {found: max(sorted(types), key=types.__getitem__) for found, types in counts.items() if types.total() > 1}


def gold_kinds(shared: Path) -> dict[str, str]:
    """`kinds_of` the annotated reports to train on."""
    lines = (shared / "gold/train.gold.jsonl").read_text(encoding="utf-8").splitlines()
    return kinds_of(map(json.loads, lines))


def mentions(corpora: Path, topics: Iterable[int], kinds: dict[str, str]) -> list[Mention]:
    """The annotated actions of some topics, in the sentences that were checked."""
    inside = checked(corpora)
    return [
        mention
        for topic in topics
        for path in sorted((corpora / f"ecbplus/ECB+/{topic}").glob("*.xml"))
        for mention in _mentions(document(path), inside, kinds)
    ]


def checked(corpora: Path) -> set[tuple[str, int]]:
    """The sentences whose annotations were checked, as document and number."""
    with (corpora / "ecbplus/ECBplus_coreference_sentences.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(f"{row['Topic']}_{row['File']}", int(row["Sentence Number"])) for row in csv.DictReader(file)}


def document(path: Path) -> Document:
    """One ECB+ text; the address of its page, which is its first sentence in the newer part, is left out."""
    root = etree.parse(path).getroot()
    by_sentence: dict[int, list] = defaultdict(list)
    for node in root.iter("token"):
        by_sentence[int(node.get("sentence"))].append(node)
    if path.stem.endswith("plus"):
        by_sentence.pop(0, None)
    text, tokens, sentences = "", {}, {}
    for number, nodes in sorted(by_sentence.items()):
        written = detokenise([node.text or "" for node in nodes])
        at = len(text)
        sentences[number] = (at, at + len(written))
        for node in nodes:
            start = max(text_find := written.find(node.text or "", at - sentences[number][0]), 0) + sentences[number][0]
            at = start + len(node.text or "") if text_find >= 0 else at
            tokens[node.get("t_id")] = Token(number, node.text or "", start, at)
        text += written + "\n"
    chains = {
        source.get("m_id"): f"{path.parent.name}:{relation.get('note') or relation.get('r_id')}"
        if relation.tag == "CROSS_DOC_COREF"
        else f"{path.stem}:{relation.get('r_id')}"
        for relation in root.find("Relations")
        for source in relation.iter("source")
    }
    markables = []
    for mark in root.find("Markables"):
        anchored = [tokens[a.get("t_id")] for a in mark.iter("token_anchor") if a.get("t_id") in tokens]
        if anchored:
            ident = mark.get("m_id")
            markables.append((mark.tag, ident, anchored, chains.get(ident, f"{path.stem}:m{ident}")))
    return Document(path.stem, text, tokens, sentences, markables)


def _mentions(doc: Document, inside: set[tuple[str, int]], kinds: dict[str, str]) -> Iterator[Mention]:
    beside: dict[int, list[tuple[str, Token, str]]] = defaultdict(list)
    for tag, _, anchored, _ in doc.markables:
        beside[anchored[0].sentence].append((tag, anchored[0], " ".join(t.word for t in anchored)))
    title = doc.text.split("\n", 1)[0]
    for tag, ident, anchored, chain in doc.markables:
        number = anchored[0].sentence
        if tag.startswith(("ACTION", "NEG")) and (doc.name, number) in inside:
            account = _account(doc, ident, anchored, beside[number], kinds, title)
            yield Mention(account.key, doc.name, chain, account)


def _account(
    doc: Document, ident: str, anchored: list[Token], beside: list[tuple[str, Token, str]], kinds: dict[str, str],
    title: str,
) -> Account:  # fmt: skip
    head, last = anchored[0], anchored[-1] if anchored[-1].sentence == anchored[0].sentence else anchored[0]
    start, end = doc.sentences[head.sentence]
    people = [(token.start, words) for tag, token, words in beside if tag.startswith(("HUMAN", "NON_HUMAN"))]
    before = [words for at, words in sorted(people) if at < head.start]
    after = [words for at, words in sorted(people) if at > head.start]
    places = [words for tag, _, words in beside if tag.startswith("LOC")]
    kind = next((kinds[s] for s in sorted(stems(" ".join(t.word for t in anchored))) if s in kinds), NO_KIND)
    return Account(
        key=f"{doc.name}#{ident}", report=doc.name, event=ident, incident=ident, type=kind, status="happened",
        stance=None, actors=tuple(before[-1:]), targets=tuple(after[:1]), place_words=" ".join(places) or None,
        words=doc.text[start:end], start=start, end=end, trigger=(head.start, last.end),
        chain=(Voice(name=doc.name, id=None, side="outlet"),), title=title,
    )  # fmt: skip


def nodes(those: Sequence[Mention]) -> list[Node]:
    """Mentions as nodes."""
    return nodes_of(mention.account for mention in those)


def stories(corpora: Path, names: Sequence[str]) -> dict[str, str]:
    """Document -> its story: texts joined by the mean likeness of all their words, rarer ones counting more."""
    rows = []
    for name in names:
        text = document(corpora / f"ecbplus/ECB+/{name.split('_')[0]}/{name}.xml").text
        counts = Counter(stem(word) for word in WORD.findall(text.lower()))
        rows.append({word: (1 + math.log(count)) * weight(word) for word, count in counts.items() if weight(word) > 1})
    table = normalize(DictVectorizer().fit_transform(rows))
    apart = np.clip(1 - (table @ table.T).toarray(), 0, None)
    np.fill_diagonal(apart, 0)
    joined = fcluster(linkage(squareform(apart, checks=False), "average"), STORY, "distance")
    return {name: str(number) for name, number in zip(names, joined, strict=True)}
