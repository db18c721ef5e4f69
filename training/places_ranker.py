"""Train the ranker that chooses among the places of one name: `python training/places_ranker.py CORPORA [--write]`.

A conditional logit over the meanings of each name, on LGL's articles that are not held out, every second article of
GeoVirus and the places of events in our gold (`train`). Without `--write` it prints what five folds by article give.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from examples import LGL_HELD, geovirus_articles, lgl_articles
from sayso.places.gazetteer import Gazetteer, km
from sayso.places.mentions import Mentions
from sayso.places.ranker import ROUNDS, Weights, chances
from sayso.places.scene import DYNAMIC, FEATURES, STATIC, Scene, dynamic, scene_of, softmax

OUT = Path(__file__).parents[1] / "src/sayso/places/ranker.json"
RIDGE = 0.3  # on the square of the weights; features are of the order of one
NEAR = 40.0  # km: a meaning this close to the gold point is right
FAR = 161.0  # km: the nearest one up to here is right if none is close (100 miles, the measure of the field)
MIDDLE = 700.0  # km: the middle of a country is put so differently
PASSES = 3
# What can only speak for a meaning, and what only against it: a weight of the other sign could not be explained.
SUPPORT = {"weight", "great", "kind fits", "comma", "in", "near", "adjective", "beat", *DYNAMIC}
DOUBT = {"penalty", "rank", "kind clashes", "lies elsewhere"}


@dataclass
class Article:
    """A text with its places: (span, lat, lon, GeoNames id or 0)."""

    text: str
    places: list[tuple[tuple[int, int], float, float, int]]


@dataclass
class Case:
    """The scene of an article; `right[c]`: meaning `c` is right; `counts[c]`: mentions of its group, 0 if not known."""

    scene: Scene
    right: np.ndarray
    counts: np.ndarray


def articles(corpora: Path, gold: Path | None) -> list[Article]:
    """What may be learnt from."""
    out = [_article(text, found) for number, text, found in lgl_articles(corpora / "geo") if number % LGL_HELD]
    out += [_article(text, found) for text, found in list(geovirus_articles(corpora / "geo"))[::2]]
    if gold:
        out += list(gold_articles(gold))
    return [a for a in out if a.places]


def gold_articles(path: Path) -> Iterator[Article]:
    """Reports of our gold: the places of events, where the words and the point are both given."""
    with path.open(encoding="utf-8") as lines:
        for reading in map(json.loads, lines):
            found = {}
            for event in reading["events"]:
                place = event.get("place_is") or {}
                if event["place"] and place.get("lat") is not None:
                    found[tuple(event["place"])] = (place["lat"], place["lon"])
            yield Article(reading["text"], [(span, float(a), float(b), 0) for span, (a, b) in found.items()])


def _article(text: str, found: list[dict]) -> Article:
    return Article(
        text, [(f["span"], float(f["lat"]), float(f["lon"]), int(f.get("id") or 0)) for f in found if f.get("lat")]
    )


def cases(found: Iterable[Article], gazetteer: Gazetteer) -> list[Case]:
    out = []
    for number, article in enumerate(found):
        mentions = Mentions(article.text, [span for span, *_ in article.places], gazetteer)
        scene = scene_of(mentions.names, gazetteer, None)
        right, counts = np.zeros(len(scene.matches)), np.zeros(len(scene.matches))
        for span, lat, lon, ident in article.places:
            inside = [n for n in mentions.inside(span) if n in scene.group_of]
            if not inside:
                continue
            group = scene.group_of[inside[0]]
            at = np.flatnonzero(scene.group == group)
            good = right_meanings(scene, at, lat, lon, ident)
            if good.any():
                right[at] += good
                counts[at] += 1
        if number % 3 == 0:  # as often, about, as the beat of an outlet of record is known
            _give_beat(scene, right)
        out.append(Case(scene, right > 0, counts))
    return out


def _give_beat(scene: Scene, right: np.ndarray) -> None:
    """Make the outlet one that writes about the country that most of the report's places lie in."""
    codes = Counter(scene.matches[c].entry.country for c in np.flatnonzero(right))
    if codes:
        beat = codes.most_common(1)[0][0]
        counts = 0.5 + len(scene.group_of) / 2
        scene.static[:, STATIC.index("beat")] = [(m.entry.country == beat) / counts for m in scene.matches]


def right_meanings(scene: Scene, at: np.ndarray, lat: float, lon: float, ident: int) -> np.ndarray:
    """Which of the meanings `at` are the place at this point."""
    entries = [scene.matches[c].entry for c in at]
    if ident and any(e.geonameid == ident for e in entries):
        return np.array([e.geonameid == ident for e in entries])
    gaps = np.array([km(lat, lon, e.lat, e.lon) for e in entries])
    if not len(gaps):
        return np.zeros(0, dtype=bool)
    if (gaps <= NEAR).any():
        return gaps <= NEAR
    nearest = int(gaps.argmin())
    limit = MIDDLE if entries[nearest].level in ("country", "region") else FAR
    return (np.arange(len(gaps)) == nearest) & (gaps[nearest] <= limit)


def fit(rows: list[np.ndarray], found: list[Case]) -> np.ndarray:
    """The weights under which the right meanings are likeliest."""
    from scipy.optimize import minimize  # needed to train only, not to measure

    x, right, weight, starts = [], [], [], []
    at = 0
    for features, case in zip(rows, found, strict=True):
        for start, size in _groups(case.scene):
            if case.counts[start] and size > 1:
                x.append(features[start : start + size])
                right.append(case.right[start : start + size])
                weight.append(np.sqrt(case.counts[start]))
                starts.append(at)
                at += size
    xs, rights, weights, begin = np.vstack(x), np.concatenate(right), np.array(weight), np.array(starts)
    sizes = np.diff([*starts, at])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = xs @ w
        power = np.exp(score - np.repeat(np.maximum.reduceat(score, begin), sizes))
        p = power / np.repeat(np.add.reduceat(power, begin), sizes)
        good = np.add.reduceat(p * rights, begin).clip(1e-9)
        slope = p - p * rights / np.repeat(good, sizes)
        value = -(weights * np.log(good)).sum() + RIDGE * (w @ w)
        return float(value), xs.T @ (slope * np.repeat(weights, sizes)) + 2 * RIDGE * w

    names = FEATURES[: xs.shape[1]]
    bounds = [(0, None) if name in SUPPORT else (None, 0) if name in DOUBT else (None, None) for name in names]
    return minimize(loss, np.zeros(len(names)), jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 300}).x


def _groups(scene: Scene) -> Iterator[tuple[int, int]]:
    sizes = np.bincount(scene.group, minlength=len(scene.groups))
    for start, size in zip(scene.starts, sizes, strict=True):
        if size:
            yield int(start), int(size)


def train(found: list[Case]) -> Weights:
    first = fit([c.scene.static for c in found], found)
    now = [softmax(c.scene, c.scene.static @ first) for c in found]
    then = np.zeros(len(FEATURES))
    for _ in range(PASSES):
        rows = [np.hstack([c.scene.static, dynamic(c.scene, p)]) for c, p in zip(found, now, strict=True)]
        then = fit(rows, found)
        now = [softmax(c.scene, row @ then) for c, row in zip(found, rows, strict=True)]
    return Weights(first, then)


def accuracy(found: list[Case], by: Weights) -> tuple[float, float]:
    """Mentions whose name has its right meaning, among those whose right meaning is known; and the first meaning's."""
    hits = first = total = 0.0
    for case in found:
        chance, _ = chances(case.scene, by)
        for start, size in _groups(case.scene):
            count = case.counts[start]
            total += count
            hits += count * case.right[start + int(chance[start : start + size].argmax())]
            first += count * case.right[start]
    return hits / max(1.0, total), first / max(1.0, total)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--gold", type=Path, help="train.gold.jsonl")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    found = cases(articles(given.corpora, given.gold), Gazetteer.packaged())
    if given.write:
        by = train(found)
        data = {"first": dict(zip(STATIC, by.first.round(3), strict=True)),
                "then": dict(zip(FEATURES, by.then.round(3), strict=True))}  # fmt: skip
        OUT.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        print(f"on what it learnt from: {accuracy(found, by)}")
        return
    scores = []
    for fold in range(5):
        by = train([c for n, c in enumerate(found) if n % 5 != fold])
        scores.append(accuracy([c for n, c in enumerate(found) if n % 5 == fold], by))
        print(fold, scores[-1])
    print(np.mean(scores, axis=0), f"rounds: {ROUNDS}")


if __name__ == "__main__":
    main()
