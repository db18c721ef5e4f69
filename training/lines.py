"""Train the line model for plain text of pages: `sayso/pages/lines/weights.npz`.

    python training/lines.py CORPORA             train on all pages and write the weights
    python training/lines.py CORPORA --folds     train without a fifth of the sites, five times: `training/folds/*.npz`
    python training/lines.py CORPORA --score     judge every page with the fold that never saw its site

CORPORA is the folder with `pages/zyte/lines.jsonl.gz`: every visible line of 181 pages, labelled keep, drop, caption or
title (MIT; the texts stay there). In a fold, vocabulary, first look and second look are all trained without its sites.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from forest import arrays_of
from sayso.pages.lines.features import FIRST, LONG, SECOND, TextLine, first_look, second_look, words_in
from sayso.pages.lines.judge import kinds_of
from sayso.pages.lines.model import opinions_of, read_model
from sayso.pages.page import Judged
from sayso.records import SET_ASIDE_KINDS

FOLDS = 5
OWN_SHARE = 3  # lines of one site that count for a word: no site may make a word its own
RARE = 3  # sites that must use a word before it says anything
FIRST_LOOK = {"max_iter": 80, "max_leaf_nodes": 16, "min_samples_leaf": 60, "max_features": 0.15}
SECOND_LOOK = {"max_iter": 60, "max_leaf_nodes": 8, "min_samples_leaf": 60, "max_features": 0.15}
COPY_WEIGHT = 0.25  # of a page as somebody might have copied it, beside the page as dumped
TITLE_WEIGHT = 0.3  # titles are told by rules; whether the model would keep them matters little
FOLD_SEED = 7
FEW_WORDS = 4  # furniture of fewer words is so plentiful that half of it teaches as much as all
FOLDS_AT = Path(__file__).parent / "folds"
OUT = Path(__file__).parents[1] / "src/sayso/pages/lines/weights.npz"


@dataclass(frozen=True)
class LabelledPage:
    """A page's lines and labels; `weight` is less than 1 for a page made from another."""

    site: str
    lines: tuple[TextLine, ...]
    labels: tuple[str, ...]
    weight: float = 1.0


def pages_of(corpora: Path) -> list[LabelledPage]:
    """The labelled pages; lines that are a mixture ("part", "optional") are told apart by weight, not left out."""
    with gzip.open(corpora / "pages/zyte/lines.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    pages = []
    for _, group in groupby(rows, key=lambda row: row["page"]):
        page = list(group)
        lines = tuple(TextLine(" ".join(row["text"].split()), row["blank_before"]) for row in page)
        pages.append(LabelledPage(page[0]["site"], lines, tuple(row["label"] for row in page)))
    return pages


def as_copied(page: LabelledPage, rng: random.Random) -> LabelledPage:
    """The page as somebody might have copied it: from about its title on, little below it, other blank lines.

    The dumps have all of a page's navigation; what an analyst pastes has hardly any, and often no blank lines or
    nothing but the report. What is left keeps its labels.
    """
    keep = [at for at, label in enumerate(page.labels) if label == "keep"]
    if not keep:
        return page
    titles = [at for at, label in enumerate(page.labels) if label == "title" and at < keep[0]]
    start = max(0, (titles[-1] if titles else keep[0]) - rng.choice((0, 0, 0, 2, 5)))
    end = min(len(page.lines), keep[-1] + 1 + rng.choice((0, 0, 3, 8, 15)))
    furniture_left = rng.choice((0.0, 0.4, 0.8, 1.0))
    blanks = rng.choice(("as they are", "as they are", "none", "all", "around paragraphs"))
    lines, labels = [], []
    for at in range(start, end):
        line, label = page.lines[at], page.labels[at]
        if label in ("drop", "caption") and rng.random() > furniture_left:
            continue
        long = len(line.text.split()) >= LONG
        blank = {"as they are": line.blank_before, "none": False, "all": True, "around paragraphs": long}[blanks]
        lines.append(TextLine(line.text, blank))
        labels.append(label)
    return LabelledPage(page.site, tuple(lines), tuple(labels), COPY_WEIGHT)


def vocabulary(pages: Iterable[LabelledPage]) -> dict[str, float]:
    """For each word that several sites use: the log of how much likelier it is in kept lines than in others."""
    sites: dict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for page in pages:
        for words, label in zip(words_in(page.lines), page.labels, strict=True):
            if label in ("keep", "drop", "caption"):
                sites[page.site].update((word, label == "keep") for word in set(words))
    kept: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for counts in sites.values():
        used.update({word for word, _ in counts})
        for (word, keep), n in counts.items():
            (kept if keep else dropped)[word] += min(n, OWN_SHARE)
    prior = kept.total() / max(dropped.total(), 1)
    return {
        word: math.log((kept[word] + 1) / (dropped[word] + 1 / prior)) - math.log(prior)
        for word, n in used.items()
        if n >= RARE
    }


@dataclass(frozen=True)
class Table:
    """First looks of many pages, one row a line. `page` numbers the pages, `fold` is -1 for the lines held out."""

    pages: Sequence[LabelledPage]
    words: Sequence[Sequence[Sequence[str]]]
    x: np.ndarray
    keep: np.ndarray
    weight: np.ndarray
    page: np.ndarray
    fold: np.ndarray


def folds_of(pages: Sequence[LabelledPage], seed: int) -> dict[str, int]:
    """Each site's fold."""
    sites = sorted({page.site for page in pages})
    random.Random(seed).shuffle(sites)
    return {site: number % FOLDS for number, site in enumerate(sites)}


def table_of(pages: Sequence[LabelledPage], held_out: frozenset[str], seed: int = 1) -> Table:
    """Looks at all pages; the vocabulary by which a page is looked at never comes from its own site."""
    train = [page for page in pages if page.site not in held_out]
    fold_of = folds_of(train, seed)
    weights = {
        number: vocabulary(page for page in train if fold_of[page.site] != number and page.weight == 1.0)
        for number in range(FOLDS)
    }
    weights[-1] = vocabulary(page for page in train if page.weight == 1.0)
    words = [words_in(page.lines) for page in pages]
    folds = [fold_of.get(page.site, -1) for page in pages]
    x = np.concatenate([first_look(p.lines, w, weights[f]) for p, w, f in zip(pages, words, folds, strict=True)])
    sizes = [len(page.lines) for page in pages]
    labels = np.array([label for page in pages for label in page.labels])
    length = np.array([len(line.text.split()) for page in pages for line in page.lines])
    weight = np.sqrt(length + 1.0) * np.repeat([page.weight for page in pages], sizes)
    weight *= np.select([labels == "title", np.isin(labels, ("keep", "drop", "caption"))], [TITLE_WEIGHT, 1.0], 0.0)
    plenty = (labels == "drop") & (length < FEW_WORDS) & (np.arange(len(labels)) % 2 == 0)
    weight[plenty] = 0.0
    return Table(
        pages, words, x, (labels == "keep").astype(int), weight,
        np.repeat(np.arange(len(pages)), sizes), np.repeat(folds, sizes),
    )  # fmt: skip


def fit(x: np.ndarray, table: Table, rows: np.ndarray, settings: Mapping[str, float]) -> HistGradientBoostingClassifier:
    """Boosted trees on some rows."""
    rows = rows & (table.weight > 0)
    model = HistGradientBoostingClassifier(
        **settings, learning_rate=0.1, l2_regularization=1.0, early_stopping=False, random_state=0
    )
    return model.fit(x[rows], table.keep[rows], sample_weight=table.weight[rows])


def second_looks(table: Table, kept: np.ndarray) -> np.ndarray:
    """The second look at every page, given what the first made of it."""
    rows = [np.flatnonzero(table.page == number) for number in range(len(table.pages))]
    return np.concatenate([second_look(w, table.x[r], kept[r]) for w, r in zip(table.words, rows, strict=True)])


def train(table: Table) -> tuple[HistGradientBoostingClassifier, HistGradientBoostingClassifier, np.ndarray]:
    """Both models, trained on the rows not held out, and the second looks at all rows.

    The second is trained on what first models that never saw a page made of it.
    """
    known = table.fold >= 0
    first = fit(table.x, table, known, FIRST_LOOK)
    kept = np.zeros(len(table.x))
    if not known.all():
        kept[~known] = first.predict_proba(table.x[~known])[:, 1]
    for number in range(FOLDS):
        rows = table.fold == number
        other = fit(table.x, table, known & ~rows, FIRST_LOOK)
        kept[rows] = other.predict_proba(table.x[rows])[:, 1]
    looks = second_looks(table, kept)
    return first, fit(looks, table, known, SECOND_LOOK), looks


def with_copies(pages: Sequence[LabelledPage], seed: int = 3) -> list[LabelledPage]:
    """The pages, and each once more as somebody might have copied it."""
    rng = random.Random(seed)
    return [*pages, *(as_copied(page, rng) for page in pages)]


def train_and_write(pages: Sequence[LabelledPage], held_out: frozenset[str], out: Path) -> None:
    """Train on the pages of all sites not held out and write the model file that `sayso.pages.lines.model` reads."""
    kept = [page for page in pages if page.site not in held_out]
    first, second, _ = train(table_of(with_copies(kept), frozenset()))
    weights = {word: round(value, 2) for word, value in sorted(vocabulary(kept).items())}
    looks = {
        "first": arrays_of(first, tuple(FIRST), tuple(FIRST.values()), ("drop", "keep")),
        "second": arrays_of(second, (*FIRST, *SECOND), (*FIRST.values(), *SECOND.values()), ("drop", "keep")),
    }
    arrays = {f"{look}.{name}": array for look, arrays in looks.items() for name, array in arrays.items()}
    arrays |= {"words": np.array(list(weights)), "weights": np.array(list(weights.values()), dtype=np.float16)}
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out, **arrays)
    print(f"{out}: {out.stat().st_size} bytes, {len(weights)} words", flush=True)


@dataclass
class Score:
    """Words and long paragraphs counted over judged pages; titles and mixed lines are left out of the words."""

    right: int = 0
    taken: int = 0
    wanted: int = 0
    long: int = 0
    long_kept: int = 0
    titles: int = 0
    titles_right: int = 0

    def add(self, page: LabelledPage, judged: Sequence[Judged]) -> None:
        """Count one page."""
        for line, label in zip(judged, page.labels, strict=True):
            n = len(line.text.split())
            if label in ("keep", "drop", "caption"):
                is_kept = line.kind not in SET_ASIDE_KINDS
                self.right += n * (is_kept and label == "keep")
                self.taken += n * is_kept
                self.wanted += n * (label == "keep")
                self.long += n >= LONG and label == "keep"
                self.long_kept += is_kept and n >= LONG and label == "keep"
        chosen = [label for line, label in zip(judged, page.labels, strict=True) if line.kind == "title"]
        if "title" in page.labels:
            self.titles += 1
            self.titles_right += chosen == ["title"]

    @property
    def f1(self) -> float:
        """F1 over words: kept against labelled keep."""
        return 2 * self.right / (self.taken + self.wanted)

    @property
    def long_share(self) -> float:
        """The share of the paragraphs of `LONG` words and more that were kept."""
        return self.long_kept / self.long

    def __str__(self) -> str:
        """One line."""
        precision, recall = self.right / self.taken, self.right / self.wanted
        return (
            f"F1 {self.f1:.4f} (precision {precision:.3f}, recall {recall:.3f}), long paragraphs kept"
            f" {self.long_share:.4f}, titles {self.titles_right} of {self.titles}"
        )


def score_folds(pages: Sequence[LabelledPage], folds: Path) -> Score:
    """Judge every page with the model that never saw its site."""
    fold_of = folds_of(pages, FOLD_SEED)
    models = [read_model(folds / f"lines{number}.npz") for number in range(FOLDS)]
    score = Score()
    for page in pages:
        words = words_in(page.lines)
        opinions = opinions_of(page.lines, words, models[fold_of[page.site]])
        score.add(page, kinds_of(page.lines, words, opinions, {}))
    return score


def main() -> None:
    """Read the command line; train, or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--score", action="store_true")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--into", type=Path, default=FOLDS_AT, help="where the folds lie")
    options = parser.parse_args()
    pages = pages_of(options.corpora)
    if options.score:
        print("pages as dumped:", score_folds(pages, options.into))
        copies = with_copies(pages)[len(pages) :]
        print("pages as copied:", score_folds(copies, options.into))
    elif options.folds:
        fold_of = folds_of(pages, FOLD_SEED)
        for number in range(FOLDS):
            held_out = frozenset(site for site, fold in fold_of.items() if fold == number)
            train_and_write(pages, held_out, options.into / f"lines{number}.npz")
    else:
        train_and_write(pages, frozenset(), options.out)


if __name__ == "__main__":
    main()
