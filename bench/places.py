"""How long the places of a report take: `python bench/places.py CORPORA`, on LGL's articles with their toponyms given.

Prints milliseconds per 400 words, of the second pass over all articles (names are remembered between reports) and of
the first, on one core.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from xml.etree import ElementTree

from sayso.places.gazetteer import Gazetteer
from sayso.places.resolve import resolve_places

WORDS = 400


def main() -> None:
    articles = []
    for article in ElementTree.parse(Path(sys.argv[1]) / "geo/lgl/lgl.xml").getroot():
        spans = [(int(t.findtext("start") or 0), int(t.findtext("end") or 0)) for t in article.iter("toponym")]
        articles.append((article.findtext("text") or "", spans))
    words = sum(len(text.split()) for text, _ in articles)
    gazetteer = Gazetteer.packaged()
    for name in ("first pass", "second pass"):
        begin = time.process_time()
        for text, spans in articles:
            resolve_places(text, spans, gazetteer=gazetteer)
        spent = time.process_time() - begin
        print(f"{name}: {1000 * spent * WORDS / words:.2f} ms per {WORDS} words, {len(articles)} articles")


if __name__ == "__main__":
    main()
