"""Train the forest that judges the lines of HTML pages, and measure it on pages of sites it has not seen.

    python training/html_lines.py CORPORA [--predictions FOLDER] [--weights FILE]

CORPORA holds `pages/zyte` (MIT; publishers' text, never copied here): pages with their article bodies. A line is the
article's when most of its words are aligned with the body. Each page is looked at several times: as it is, and with one
witness made to lose a part of what it holds, as extractors do on layouts they do not know; without that, the forest
leans on the witness that happened to be best on these few pages.

Scores come from five folds by site. `--predictions` writes what each page's report says when its site was left out,
`text.jsonl` without and `titled.jsonl` with title and byline, for `pages.py` of the owner's scores. The model that is
shipped is then trained on all pages.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from forest import arrays_of, save
from sayso.pages.forest import Forest
from sayso.pages.html import dom
from sayso.pages.html.features import names, scene_of, table
from sayso.pages.html.lines import Line
from sayso.pages.html.read import Look, judge, look_at, reading_of
from sayso.pages.html.witnesses import WITNESSES, Testimony
from sayso.pages.page import Hints
from sayso.records import SET_ASIDE_KINDS

FOLDS = 5
LABELS = ("aside", "kept")
WEIGHTS = Path(__file__).parents[1] / "src/sayso/pages/html/weights.npz"
LOOKS = 3  # further looks at each page, one for each witness; six gained nothing
LESS = 0.3  # weight of a further look beside the page as it is
ALIGNED = 0.5  # share of a line's words in the body for it to be the article's: nearly all lines have none or all
RUN = 3  # words aligned in a row; fewer meet by chance
# Small trees, few of them: more of either learns these sites by heart.
SHAPE = {"max_iter": 120, "learning_rate": 0.07, "max_leaf_nodes": 12, "min_samples_leaf": 20, "l2_regularization": 5.0}
# Being held by a witness never speaks against a line, nor does its company's being held.
RISING = ("around", "parent", "style", "above")

Floats = NDArray[np.float64]
Rows = tuple[Floats, NDArray[np.bool_], Floats]


@dataclass(frozen=True, slots=True)
class Example:
    """One page: its look, the rows of its candidate lines, and the rows of the further looks."""

    page: str
    site: str
    look: Look
    rows: Rows
    further: list[Rows]


def examples(corpora: Path) -> Iterator[Example]:
    """The pages of the corpus, looked at and labelled."""
    folder = corpora / "pages" / "zyte"
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for page, record in gold.items():
        data = gzip.decompress((folder / "html" / f"{page}.html.gz").read_bytes())
        source = dom.source_of(data, "utf-8")
        root = dom.tree_of(source)
        look = look_at(root, source.html, Hints()) if root is not None else None
        if look is None:
            raise SystemExit(f"{page} cannot be read")
        labels = labels_of(look.scene.lines, record.get("articleBody") or "")
        title = look.titles[0].value if look.titles else ""
        further = []
        for number in range(LOOKS):
            scene = scene_of(look.scene.lines, losing(look.testimonies, number, random.Random(f"{page}{number}")))
            further.append(rows_of(table(scene, title), scene.candidates, scene.lines, labels, LESS))
        rows = rows_of(look.table, look.scene.candidates, look.scene.lines, labels, 1.0)
        yield Example(page, site_of(record["url"]), look, rows, further)


def labels_of(lines: Sequence[Line], body: str) -> NDArray[np.bool_]:
    """Which lines are the article's, by aligning the page's words with the body's, longest runs first."""
    words = [(word, at) for at, line in enumerate(lines) for word in re.findall(r"\w+", line.text.lower())]
    sizes = np.bincount([at for _, at in words], minlength=len(lines))
    aligned = np.zeros(len(lines))
    matcher = SequenceMatcher(None, [word for word, _ in words], re.findall(r"\w+", body.lower()), autojunk=False)
    for block in matcher.get_matching_blocks():
        inside = np.bincount([at for _, at in words[block.a : block.a + block.size]], minlength=len(lines))
        aligned += np.where((inside >= RUN) | (inside == sizes), inside, 0)
    return aligned >= ALIGNED * np.maximum(sizes, 1)


def rows_of(
    features: Floats, candidates: NDArray[np.intp], lines: Sequence[Line], labels: NDArray[np.bool_], weight: float
) -> Rows:
    """Features, labels and weights of the candidates: longer lines weigh more, as losing them costs more."""
    size = np.array([lines[at].letters for at in candidates], dtype=np.float64)
    return features, labels[candidates], weight * ((size / 50) ** 0.5 + 0.2)


def losing(testimonies: Sequence[Testimony], number: int, chance: random.Random) -> tuple[Testimony, ...]:
    """The testimonies, one of them cut: all lost, the head, the tail, a hole, or lines here and there."""
    which = number % len(WITNESSES)
    rows = list(testimonies[which].rows)
    at, to = sorted((chance.randrange(len(rows) + 1), chance.randrange(len(rows) + 1)))
    cut = {
        "all": [], "head": rows[at:], "tail": rows[:to], "hole": rows[:at] + rows[to:],
        "some": [row for row in rows if chance.random() < 0.7],
    }[chance.choice(["all", "head", "tail", "hole", "some"])]  # fmt: skip
    return tuple(Testimony.of(cut) if k == which else testimony for k, testimony in enumerate(testimonies))


def site_of(url: str) -> str:
    """The registered name of a host, nearly: its last two labels, three where the last but one is short (co.uk)."""
    labels = (urlsplit(url).hostname or "").split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:])


def fold_of(site: str) -> int:
    """A fold that stays the same whatever other sites there are."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS


def fit(chosen: Sequence[Example]) -> HistGradientBoostingClassifier:
    """A forest trained on the pages chosen."""
    columns, _ = names()
    rising = [f"{which}_{witness}" for which in RISING for witness in WITNESSES]
    bound = [-1 if name == "hidden" else int(name.startswith("holds") or name in rising) for name in columns]
    rows = [rows for example in chosen for rows in (example.rows, *example.further)]
    model = HistGradientBoostingClassifier(**SHAPE, monotonic_cst=bound, random_state=0)
    return model.fit(*(np.concatenate(parts) for parts in list(zip(*rows, strict=True))[:2]),
                     sample_weight=np.concatenate([weights for _, _, weights in rows]))  # fmt: skip


def texts_of(example: Example, forest: Forest) -> tuple[str, str]:
    """The report's text without, and with, its title and byline."""
    lines = reading_of(judge(example.look, forest)).lines
    kept = [line for line in lines if line.kind not in SET_ASIDE_KINDS]
    body = [line.text for line in kept if line.kind not in ("title", "byline")]
    return "\n\n".join(body), "\n\n".join(line.text for line in kept)


def out_of_fold(found: Sequence[Example]) -> Iterator[tuple[str, str, str]]:
    """For each page its name and its texts (see `texts_of`) by a forest that has not seen its site."""
    for fold in range(FOLDS):
        model = fit([example for example in found if fold_of(example.site) != fold])
        forest = Forest(arrays_of(model, *names(), LABELS))
        for example in found:
            if fold_of(example.site) == fold:
                yield example.page, *texts_of(example, forest)


def main() -> None:
    """Measure by folds if asked, then train on all and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--predictions", type=Path, help="folder for the out-of-fold texts")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    found = list(examples(arguments.corpora))
    if arguments.predictions is not None:
        arguments.predictions.mkdir(parents=True, exist_ok=True)
        texts = list(out_of_fold(found))
        for name, column in (("text", 1), ("titled", 2)):
            rows = [json.dumps({"page": row[0], "text": row[column]}, ensure_ascii=False) + "\n" for row in texts]
            (arguments.predictions / f"{name}.jsonl").write_text("".join(rows), encoding="utf-8")
    size = save(arguments.weights, fit(found), *names(), LABELS)
    rows_seen = sum(len(example.rows[1]) for example in found)
    print(f"{len(found)} pages, {rows_seen} candidate lines; {arguments.weights}: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
