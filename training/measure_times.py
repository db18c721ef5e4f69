"""How well times are found: expressions on WikiWars as TempEval counts them, event dates on gold readings.

    python training/measure_times.py wikiwars FOLDER [--show]       FOLDER: .tml files (corpora/time/wikiwars/testset)
    python training/measure_times.py dates GOLD.jsonl --score score.py [--show]

WikiWars. Relaxed: an expression overlaps a gold one, one to one in the order of the text. Value: it also has the gold
value. Both as precision, recall and F1 over all documents. WikiWars was annotated with TIMEX2 and converted; before
values are compared, both sides are put into one notation (`notation`):

| WikiWars | TIMEX3 | |
|---|---|---|
| `null` | no value | |
| `P2DE`, `P1CE`, `P.5CE` | `P20Y`, `P100Y`, `P50Y` | TIMEX2's decades and centuries |
| `XXXX-XX-XX`, `XXXX-WXX`, `XXXX-XX`, `XXXX` of "daily", "weekly" ... | `P1D`, `P1W`, `P1M`, `P1Y` of a SET | |
| `1971-XX-XX`, `1971-XX` | `1971` | a year is known and no more |

Dates. Each gold reading is read with its spans, its dates taken away and found again; `score.py` then counts.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sayso.records.reading import Claim, Event, Reading
from sayso.records.report import Report
from sayso.times import date_events, find_times

TAG = re.compile(r"<TIMEX3 ([^>]*)>|</TIMEX3>|<[^>]+>")
VALUE = re.compile(r'value="([^"]*)"')
ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}
SETS = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX"}


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression of either side."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its day and its gold expressions."""

    name: str
    text: str
    day: str
    gold: tuple[Expression, ...]


def documents(folder: Path) -> Iterator[Document]:
    """The documents of a folder of TimeML."""
    for path in sorted(folder.glob("*.tml")):
        source = path.read_text(encoding="utf-8")
        day = re.search(r"<DCT>.*?value=\"([\d-]+)\"", source, re.S)
        body = source[source.index("<TEXT>") + 6 : source.index("</TEXT>")]
        pieces, gold, at, length = [], [], 0, 0
        open_: list[tuple[int, str]] = []
        for tag in TAG.finditer(body):
            piece = plain(body[at : tag.start()])
            pieces.append(piece)
            length, at = length + len(piece), tag.end()
            if tag[1] is not None:
                value = VALUE.search(tag[1])
                open_.append((length, value[1] if value else ""))
            elif tag[0] == "</TIMEX3>" and open_:
                start, written = open_.pop()
                gold.append(Expression(start, length, notation(written)))
        pieces.append(plain(body[at:]))
        yield Document(path.stem, "".join(pieces), day[1] if day else "", tuple(sorted(gold, key=lambda e: e.start)))


def plain(text: str) -> str:
    """XML's five entities as characters."""
    return re.sub(r"&\w+;", lambda m: ENTITIES.get(m[0], m[0]), text)


def notation(value: str | None, kind: str = "") -> str:
    """A value in the notation both sides are compared in."""
    if value is None or value == "null":
        return ""
    if kind == "SET":
        return SETS.get(value, value)
    if match := re.fullmatch(r"P([\d.]+)(DE|CE)", value):
        return f"P{float(match[1]) * {'DE': 10, 'CE': 100}[match[2]]:g}Y"
    return value if value.startswith("XXXX") else re.sub(r"(-XX)+$", "", value)


def found_in(document: Document) -> list[Expression]:
    """sayso's expressions in a document."""
    times = find_times(document.text, document.day)
    return [Expression(*t.span, notation(t.value, t.type)) for t in times.expressions]


def paired(
    gold: tuple[Expression, ...], ours: list[Expression]
) -> Iterator[tuple[Expression | None, Expression | None]]:
    """Overlapping expressions one to one, and those left over."""
    used: set[int] = set()
    for one in gold:
        hit = next((j for j, o in enumerate(ours) if j not in used and o.start < one.end and one.start < o.end), None)
        if hit is not None:
            used.add(hit)
        yield one, None if hit is None else ours[hit]
    yield from ((None, o) for j, o in enumerate(ours) if j not in used)


def f1(right: int, gold: int, ours: int) -> dict[str, float]:
    """Precision, recall and F1, between 0 and 1."""
    precision, recall = right / max(1, ours), right / max(1, gold)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall)}


def wikiwars(folder: Path, show: bool = False) -> dict[str, dict[str, float]]:
    """Relaxed and value scores over a folder; `show` prints what is missed, spurious or wrong."""
    counts: Counter[str] = Counter()
    for document in documents(folder):
        for gold, ours in paired(document.gold, found_in(document)):
            counts["gold"] += gold is not None
            counts["ours"] += ours is not None
            counts["relaxed"] += gold is not None and ours is not None
            counts["value"] += gold is not None and ours is not None and gold.value == ours.value
            if show and (gold is None or ours is None or gold.value != ours.value):
                spot = gold or ours
                assert spot is not None
                around = document.text[max(0, spot.start - 40) : spot.end + 30].replace("\n", " ")
                words = document.text[ours.start : ours.end] if ours else ""
                kind = "MISSED" if ours is None else "SPURIOUS" if gold is None else "WRONG"
                print(
                    kind,
                    document.text[spot.start : spot.end],
                    gold and gold.value,
                    ours and ours.value,
                    words,
                    around,
                    sep="\t",
                )
    return {row: f1(counts[row], counts["gold"], counts["ours"]) for row in ("relaxed", "value")}


def reading_of(gold: dict) -> Reading:
    """A gold reading as the reader would give it: with spans, without dates."""
    kept = Event.__struct_fields__
    blank = {"date": None, "date_precision": None, "score": 1.0, "place_is": None}
    events = [{**{k: v for k, v in e.items() if k in kept}, **blank} for e in gold["events"]]
    claims = [{**{k: v for k, v in c.items() if k in Claim.__struct_fields__}, "score": 1.0} for c in gold["claims"]]
    report = Report(id=gold["id"], text=gold["text"], title=gold.get("title"), published=gold.get("published"))
    return Reading(
        id=gold["id"], report=report, claims=msgspec.convert(claims, tuple[Claim, ...]),
        events=msgspec.convert(events, tuple[Event, ...]),
    )  # fmt: skip


def dated(gold: dict) -> dict:
    """The gold reading with the dates that sayso finds."""
    reading = reading_of(gold)
    dates = date_events(reading, find_times(reading.report.text, reading.report.published))
    events = [{**e, "date": d.date} for e, d in zip(gold["events"], dates, strict=True)]
    return {**gold, "events": events}


def dates(gold: Path, scorer: Path, show: bool = False) -> dict[str, float]:
    """The row "event date" of `score.py` over a file of gold readings."""
    lines = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as handle:
        for line in lines:
            ours = dated(line)
            handle.write(json.dumps(ours) + "\n")
            for e, d in zip(line["events"], ours["events"], strict=True) if show else ():
                if e["date"] != d["date"]:
                    words = line["text"][slice(*e["time"])] if e["time"] else ""
                    spot = line["text"][max(0, e["trigger"][0] - 60) : e["trigger"][1] + 40].replace("\n", " ")
                    print(
                        line.get("origin"),
                        line.get("published"),
                        e["status"],
                        e["type"],
                        words,
                        e["date"],
                        d["date"],
                        spot,
                        sep="\t",
                    )
        handle.flush()
        command = [sys.executable, str(scorer), str(gold), handle.name, "--json"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)["event date"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("wikiwars", "dates"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--score", type=Path)
    parser.add_argument("--show", action="store_true", help="also print what is missed, spurious or wrong")
    args = parser.parse_args()
    rows = (
        wikiwars(args.path, args.show)
        if args.what == "wikiwars"
        else {"event date": dates(args.path, args.score, args.show)}
    )
    for row, scores in rows.items():
        print(row, *(f"{name} {100 * scores[name]:.1f}" for name in ("precision", "recall", "f1")))


if __name__ == "__main__":
    main()
