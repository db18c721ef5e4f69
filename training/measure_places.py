"""How well places are resolved: `python training/measure_places.py SHARED [--wrong N]`, SHARED with corpora/ and gold/.

LGL and GeoVirus: toponyms given as spans; the share within 161 km of the gold point, with the median error. Gold: the
places of events given as spans, within 30 km. "first" is the likeliest meaning of each name by itself (most people),
"best" the meaning nearest to the gold point: no choice among the gazetteer's entries does better.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from examples import LGL_HELD, geovirus_articles, lgl_articles
from places_ranker import Article, gold_articles
from sayso.places.gazetteer import Gazetteer, km
from sayso.places.meanings import meanings
from sayso.places.resolve import Resolver

MILES_100 = 161.0


@dataclass
class Tally:
    """Errors in km by kind of answer; infinite: no answer."""

    ours: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    best: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def line(self, name: str, within: float) -> str:
        shares = " ".join(f"{kind} {100 * np.mean(np.array(errors) <= within):5.1f}" for kind, errors in (
            ("ours", self.ours), ("first", self.first), ("best", self.best)))  # fmt: skip
        unknown, median = 100 * np.mean(np.isinf(self.ours)), np.median(self.ours)
        rest = f"unknown {unknown:.1f}  median {median:.1f} km  of {len(self.ours)}"
        return f"{name:24} within {within:3.0f} km: {shares}  {rest}"


def measured(articles: Iterable[Article], gazetteer: Gazetteer, within: float) -> Tally:
    """The errors over all the places of these articles."""
    tally = Tally()
    for article in articles:
        spans = sorted({span for span, *_ in article.places})
        resolver = Resolver(article.text, spans, gazetteer, None)
        for span, lat, lon, _ in article.places:
            words = article.text[slice(*span)]
            place = resolver.named(span).place
            error = km(lat, lon, place.lat, place.lon) if place else np.inf
            entries = [m.entry for m in meanings(gazetteer, words)]
            gaps = [km(lat, lon, e.lat, e.lon) for e in entries] or [np.inf]
            tally.ours.append(error)
            tally.first.append(gaps[0])
            tally.best.append(min(gaps))
            if error > within:
                answer = f"{place.name} | {place.why}" if place else "None"
                tally.wrong.append(f"{words!r} {error:.0f} km, best {min(gaps):.0f} | gold {lat},{lon} | {answer}")
    return tally


def held_out(shared: Path) -> dict[str, list[Article]]:
    """What nothing was learnt from, by corpus."""
    lgl, virus = lgl_articles(shared / "corpora/geo"), list(geovirus_articles(shared / "corpora/geo"))
    return {
        "lgl": [_article(text, found) for number, text, found in lgl if number % LGL_HELD == 0],
        "geovirus": [_article(text, found) for text, found in virus[1::2]],
    }


def events_right(shared: Path, part: str, gazetteer: Gazetteer) -> tuple[int, int, int, list[str]]:
    """Events whose place is right by the scorer's measure, given the gold spans: right, with a gold place, answered."""
    spec = importlib.util.spec_from_file_location("score", shared / "score/score.py")
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    right = gold = answered = 0
    wrong = []
    with (shared / f"gold/{part}.gold.jsonl").open(encoding="utf-8") as lines:
        for reading in map(json.loads, lines):
            spans = sorted({tuple(e["place"]) for e in reading["events"] if e["place"]})
            resolver = Resolver(reading["text"], spans, gazetteer, None, spans)
            for event in reading["events"]:
                place = resolver.toponym(tuple(event["place"])).place if event["place"] else None
                answered += place is not None
                gold += event["place_is"] is not None
                if event["place_is"] and event["place"]:
                    fine = score.same_place(event["place_is"], msgspec.to_builtins(place) if place else None)
                    right += fine
                    if not fine:
                        words = reading["text"][slice(*event["place"])]
                        why = resolver.toponym(tuple(event["place"])).why
                        answer = f"{place.name if place else None} | {why}"
                        wrong.append(f"{reading['id']} {words!r} | gold {event['place_is']} | {answer}")
    return right, gold, answered, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument(
        "--wrong", type=int, default=0, help="print so many wrong answers of each of the parts that may be looked at"
    )
    given = parser.parse_args()
    held = held_out(given.shared)
    lgl, virus = lgl_articles(given.shared / "corpora/geo"), list(geovirus_articles(given.shared / "corpora/geo"))
    parts = {
        "lgl, held out": (held["lgl"], MILES_100),
        "lgl, learnt from": ([_article(t, f) for n, t, f in lgl if n % LGL_HELD], MILES_100),
        "geovirus, learnt from": ([_article(t, f) for t, f in virus[::2]], MILES_100),
        "geovirus, held out": (held["geovirus"], MILES_100),
        "gold/train": (list(gold_articles(given.shared / "gold/train.gold.jsonl")), 30.0),
        "gold/dev": (list(gold_articles(given.shared / "gold/dev.gold.jsonl")), 30.0),
    }
    gazetteer = Gazetteer.packaged()
    for name, (articles, within) in parts.items():
        tally = measured(articles, gazetteer, within)
        print(tally.line(name, within), flush=True)
        if name.endswith("learnt from"):
            for wrong in tally.wrong[:: max(1, len(tally.wrong) // given.wrong)] if given.wrong else []:
                print("   ", wrong)
    for part in ("train", "dev"):
        right, gold, answered, missed = events_right(given.shared, part, gazetteer)
        f1 = 200 * right / (gold + answered)
        print(f"gold/{part}: {right} of {gold} events' places right, {answered} answered, F1 {f1:.1f}")
        if part == "train" and given.wrong:
            print(*dict.fromkeys(missed[:: max(1, len(missed) // given.wrong)]), sep="\n")


def _article(text: str, found: list[dict]) -> Article:
    return Article(
        text, [(f["span"], float(f["lat"]), float(f["lon"]), int(f.get("id") or 0)) for f in found if f.get("lat")]
    )


if __name__ == "__main__":
    main()
