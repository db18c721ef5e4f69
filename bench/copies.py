"""Copies found in a pool of known provenance: recall by kind, precision, and reports a second by one process and more.

    python bench/copies.py [CORPORA] [--reports N] [--workers N]

CORPORA is a folder with fnc1/, guardian_sdf/, fakes/ and geo/lgl/; without it the originals are invented. Each derived
report remembers for every word which word of which original it is, so that what is shared is known and not judged. An
original of a corpus that shares a run of nine words with another is left out: natural copies have no known provenance.
Speed is given beside a bare walk over the same words (regular expression, hash, set), since machines differ.
"""

from __future__ import annotations

import argparse
import csv
import gc
import math
import random
import re
import resource
import time
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from sayso.copies import CopyFinder, MemoryPostings, Pair, Text, pairs_of
from sayso.engine.pairs import pairs_among

SHARED = 30  # words from which two reports are a pair to be found
TRUE = 20  # words from which a pair found is right: what is found of thirty may be less
LEAST, MOST = 60, 1500  # words of an original
WORD = re.compile(r"\S+")

Place = tuple[int, int] | None  # original, word in it; None: a word of its own


class Document(NamedTuple):
    """Words with their provenance, and how the report was made."""

    words: list[str]
    places: list[Place]
    made: str
    origin: int


def originals(corpora: Path | None, count: int, chance: random.Random) -> list[list[str]]:
    """Texts as words, none of which shares a run of nine words with another; invented ones where there are too few."""
    found: list[list[str]] = []
    seen: set[tuple[str, ...]] = set()
    for text in _texts(corpora) if corpora else ():
        words = WORD.findall(text)[:MOST]
        plain = [re.sub(r"\W", "", word.casefold()) for word in words]
        runs = {tuple(plain[at : at + 9]) for at in range(len(plain) - 8)}
        if len(words) >= LEAST and not runs & seen:
            found.append(words)
        seen |= runs
    chance.shuffle(found)
    found = found[:count]
    print(f"{len(found)} originals of corpora, {count - len(found)} invented")
    return found + [_invented(chance) for _ in range(count - len(found))]


def _texts(corpora: Path) -> Iterator[str]:
    csv.field_size_limit(1 << 30)
    tables = [("fakes/fakes.csv", "article_content", "latin-1"), ("guardian_sdf/guardian_sdf.csv", "text", "utf-8")]
    tables += [(f"fnc1/{name}_bodies.csv", "articleBody", "utf-8") for name in ("train", "test", "competition_test")]
    for name, column, encoding in tables:
        if (path := corpora / name).exists():
            with path.open(encoding=encoding, newline="") as file:
                yield from (row[column] for row in csv.DictReader(file))
    for path in sorted((corpora / "geo" / "lgl").glob("*.xml")):
        yield from (node.text or "" for node in ET.parse(path).iter("text"))


_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is")]


def _invented(chance: random.Random) -> list[str]:
    """Words whose frequencies fall as those of a language do; a full stop now and then."""
    words = []
    for _ in range(chance.randint(120, 700)):
        rank = int(math.exp(chance.random() * math.log(20_000)))  # the law of Zipf
        word = "".join(_SYLLABLES[(rank * 31 + place * 7) % len(_SYLLABLES)] for place in range(1 + len(str(rank))))
        words.append(word + "." if chance.random() < 0.06 else word)
    return words


def derived(origin: int, texts: Sequence[list[str]], made: str, chance: random.Random) -> Document:
    """A report made from an original in the way named."""
    words = texts[origin]
    whole: list[Place] = [(origin, at) for at in range(len(words))]
    if made == "copy":
        return Document([word.upper() if at < 8 else word for at, word in enumerate(words)], whole, made, origin)
    if made == "cut short":
        end = max(45, int(len(words) * chance.uniform(0.25, 0.8)))
        return Document(words[:end], whole[:end], made, origin)
    if made == "paragraphs dropped":
        kept = [at for at in range(len(words)) if (at // 40) % 3 != chance.randint(0, 2) or at < 45]
        return Document([words[at] for at in kept], [whole[at] for at in kept], made, origin)
    if made == "own lede":
        lede = _invented(chance)[: chance.randint(20, 60)]
        start = min(20, len(words) - 45)
        return Document(lede + words[start:], [None] * len(lede) + whole[start:], made, origin)
    if made == "lightly edited":
        return _with_words_replaced(origin, texts, made, 0.06, chance)
    if made == "rewritten":
        return _with_words_replaced(origin, texts, made, 0.35, chance)
    if made == "excerpt":
        length = min(chance.randint(40, 90), len(words))
        start = chance.randint(0, len(words) - length)
        host_origin = chance.choice([other for other in (origin - 1, origin - 2) if other >= 0] or [origin])
        host = texts[host_origin]
        own: list[Place] = [(host_origin, at) for at in range(len(host))]
        at = chance.randint(0, len(host))
        both = host[:at] + words[start : start + length] + host[at:]
        return Document(both, own[:at] + whole[start : start + length] + own[at:], made, origin)
    raise ValueError(made)


def _with_words_replaced(
    origin: int, texts: Sequence[list[str]], made: str, part: float, chance: random.Random
) -> Document:
    words, places = [], []
    for at, word in enumerate(texts[origin]):
        if chance.random() < part:
            words.append(chance.choice(chance.choice(texts)))
            places.append(None)
        else:
            words.append(word)
            places.append((origin, at))
    return Document(words, places, made, origin)


KINDS = {
    "copy": "copy",
    "cut short": "part",
    "paragraphs dropped": "part",
    "own lede": "part",
    "lightly edited": "part",
    "excerpt": "excerpt",
    "rewritten": "rewritten",
}


def pool(corpora: Path | None, count: int, seed: int = 1) -> list[Document]:
    """`count` reports, two in five of them originals, in an order in which copies may come first."""
    chance = random.Random(seed)
    texts = originals(corpora, count * 2 // 5, chance)
    made = [
        Document(words, [(origin, at) for at in range(len(words))], "original", origin)
        for origin, words in enumerate(texts)
    ]
    while len(made) < count:
        made.append(derived(chance.randrange(len(texts)), texts, chance.choice(list(KINDS)), chance))
    chance.shuffle(made)
    return made


def true_pairs(documents: Sequence[Document]) -> Counter[tuple[int, int]]:
    """Pairs of reports -> how many words of one original they share."""
    holders = defaultdict(list)
    for number, document in enumerate(documents):
        for origin, places in by_origin(document).items():
            holders[origin].append((number, places))
    pairs: Counter[tuple[int, int]] = Counter()
    for held in holders.values():
        for (one, places), (other, others) in combinations(held, 2):
            pairs[one, other] += len(places & others)
    return pairs


def by_origin(document: Document) -> dict[int, set[int]]:
    """Originals -> the places of their words that a report holds."""
    places = defaultdict(set)
    for place in document.places:
        if place:
            places[place[0]].add(place[1])
    return places


def kind_of(one: Document, other: Document) -> str:
    """How the pair came about."""
    if "original" not in (one.made, other.made):
        return "between copies"
    copy, original = (one, other) if other.made == "original" else (other, one)
    return KINDS[copy.made] if copy.origin == original.origin else "host of an excerpt"


def seconds(do: Callable[[], object], runs: int) -> float:
    """Processor seconds, the best of some runs."""
    best = float("inf")
    for _ in range(runs):
        began = time.process_time()
        do()
        best = min(best, time.process_time() - began)
    return best


def bare(texts: Sequence[Text]) -> int:
    """What any method must at least do: cut into words, hash runs of five, put them in a set."""
    seen: set[int] = set()
    for text in texts:
        words = re.findall(r"\w+", text.text.casefold())
        seen.update(hash(run) for run in zip(words, words[1:], words[2:], words[3:], words[4:], strict=False))
    return len(seen)


class Scores(NamedTuple):
    """Pairs by kind: how many there are, how many were found; and of all found, how many are right."""

    wanted: Counter[str]
    got: Counter[str]
    found: int
    right: int

    def recall(self, kind: str) -> float:
        """Of the pairs of a kind, the share found."""
        return self.got[kind] / self.wanted[kind]

    @property
    def precision(self) -> float:
        """Of the pairs found, the share that are pairs."""
        return self.right / max(self.found, 1)


def score(documents: Sequence[Document], pairs: Sequence[Pair]) -> Scores:
    """The pairs found, held against those that are known. Background and furniture are not taken for copies."""
    truth = true_pairs(documents)
    found = {(int(pair.a), int(pair.b)) for pair in pairs if pair.kind in ("same", "part", "quote")}
    wanted, got = Counter[str](), Counter[str]()
    for (one, other), words in truth.items():
        if words >= SHARED:
            kind = kind_of(documents[one], documents[other])
            wanted[kind] += 1
            got[kind] += (one, other) in found
    return Scores(wanted, got, len(found), sum(truth[pair] >= TRUE for pair in found))


def report(documents: Sequence[Document], pairs: Sequence[Pair]) -> None:
    """Print recall by kind and precision."""
    scores = score(documents, pairs)
    for kind in sorted(scores.wanted):
        print(f"recall, {kind:18} {scores.recall(kind):.4f}  of {scores.wanted[kind]:,}")
    print(f"precision                  {scores.precision:.4f}  of {scores.found:,} pairs")
    print("kinds of pairs:", dict(Counter(f"{pair.kind}/{pair.how}" for pair in pairs)))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="?")
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    documents = pool(options.corpora, options.reports)
    texts = [Text(id=str(number), text=" ".join(document.words)) for number, document in enumerate(documents)]
    print(f"{len(texts):,} reports of {sum(len(d.words) for d in documents) / len(texts):.0f} words on average")
    gc.freeze()  # millions of words' provenance, which no real pool has, are not walked through while it is measured
    pairs: list[Pair] = []

    def run() -> None:
        pairs[:] = pairs_of(texts)

    took, reference = seconds(run, options.runs), seconds(lambda: bare(texts), options.runs)
    report(documents, pairs)
    print(f"{len(texts) / took:,.0f} reports a second, {took / reference:.2f} times a bare walk over their words")
    of_many(texts, options.workers, reference, pairs)
    growth(texts)
    frequent(documents[0].words)


def of_many(texts: Sequence[Text], workers: int, reference: float, pairs: Sequence[Pair]) -> None:
    """Print what some processes take together: the processor time of each bounds what the clock will say."""
    own, clock = time.process_time(), time.perf_counter()
    found = list(pairs_among(texts, workers))
    own, clock = time.process_time() - own, time.perf_counter() - clock
    same = found == list(pairs)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    others = (children.ru_utime + children.ru_stime) / max(workers - 1, 1)
    busiest = max(own, others)
    print(f"{workers} processes, the same pairs: {same}; {clock:.1f} s by the clock")
    print(f"processor time: {own:.1f} s in this, {others:.1f} s in each other")
    print(f"{len(texts) / clock:,.0f} reports a second; the busiest takes {busiest / reference:.2f} times a bare walk")


def frequent(words: list[str], copies: int = 600) -> None:
    """Print what adding costs when all reports are copies of one."""
    for made in ("copy", "lightly edited"):
        chance, finder, spent = random.Random(1), CopyFinder(MemoryPostings()), list[float]()
        for number in range(copies):
            copy = Text(id=str(number), text=" ".join(derived(0, [words], made, chance).words))
            begun = time.process_time()
            finder.add(copy)
            spent.append(time.process_time() - begun)
        parts = [sum(spent[at : at + copies // 6]) / (copies // 6) for at in range(0, copies, copies // 6)]
        print(f"one story, {made}, milliseconds a report:", *(f"{1000 * part:.1f}" for part in parts))


def growth(texts: Sequence[Text]) -> None:
    """Print what adding costs at the beginning and at the end of the pool."""
    finder = CopyFinder(MemoryPostings())
    tenth = max(1, len(texts) // 10)
    parts = [texts[at : at + tenth] for at in range(0, tenth * 10, tenth)]
    spent = [seconds(lambda part=part: [finder.add(text) for text in part], 1) / len(part) for part in parts]  # type: ignore[misc]
    print("microseconds a report, by tenth of the pool:", *(f"{second * 1e6:.0f}" for second in spent))


if __name__ == "__main__":
    main()
