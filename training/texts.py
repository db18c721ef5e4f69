"""The texts that gold annotations belong to, taken from the public corpora by a fixed rule.

No corpus text is kept in this project. A gold file (`training/gold/*.json`) names its text by `corpus`, `key` and the
SHA-256 of the text; `text_of` makes the text again from the corpora folder, so that offsets stay true.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PASSAGE = 1100  # characters: about 180 words, the mean length of the reports annotated before
CLOSING_MARKS = re.compile(r" ([,.;:!?)\]}%]|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b)")
OPENING_MARKS = re.compile(r"([(\[{$]) ")


@dataclass(frozen=True, slots=True)
class CorpusText:
    """One text of a corpus: `key` is unique in its corpus; `published` is an ISO date or None."""

    corpus: str
    key: str
    text: str
    title: str = ""
    outlet: str | None = None
    published: str | None = None


def frontlines(root: Path) -> Iterator[CorpusText]:
    """Passages of whole paragraphs, at least `PASSAGE` characters each where the article allows."""
    for path in sorted((root / "frontlines_ukraine").glob("*.md")):
        _, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        paragraphs = [_plain_markdown(line) for line in body.splitlines() if line and line[0] not in "#!|>-*[<"]
        for number, passage in enumerate(_passages([p for p in paragraphs if len(p) > 60])):
            yield CorpusText("frontlines_ukraine", f"{path.stem}#{number}", passage, outlet="Wikipedia")


def _plain_markdown(line: str) -> str:
    line = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
    return re.sub(r"\s+", " ", re.sub(r"[*_`]{1,3}", "", line)).strip()


def _passages(paragraphs: list[str]) -> Iterator[str]:
    held: list[str] = []
    for paragraph in paragraphs:
        held.append(paragraph)
        if sum(map(len, held)) >= PASSAGE:
            yield "\n\n".join(held)
            held = []
    if held:
        yield "\n\n".join(held)


def muc4(root: Path) -> Iterator[CorpusText]:
    """MUC-4 development messages, upper case as received; wrapped lines joined."""
    for path in sorted((root / "muc4/TASK/CORPORA/dev").glob("dev-muc3-*")):
        for message in re.split(r"(?m)^(?=DEV-MUC3-\d{4})", path.read_text(encoding="latin-1")):
            head, _, body = message.partition("\n")
            if match := re.match(r"DEV-MUC3-\d{4}", head):
                paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n|\n {2,}", body)]
                yield CorpusText("muc4", match[0].lower(), "\n\n".join(p for p in paragraphs if p), outlet="FBIS")


def satp(root: Path) -> Iterator[CorpusText]:
    """Incident summaries of the South Asia Terrorism Portal; the key is the line's number."""
    with (root / "satp/satp.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            date = (record["identifying_info"].get("date") or "")[:10] or None
            yield CorpusText("satp", str(number), " ".join(record["text"].split()), outlet="SATP", published=date)


def rams(root: Path) -> Iterator[CorpusText]:
    """Windows of five sentences, detokenised; the key is the window's `doc_key`."""
    with (root / "rams/dev.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            text = " ".join(detokenise(sentence) for sentence in record["sentences"])
            yield CorpusText("rams", record["doc_key"], text)


def detokenise(tokens: list[str]) -> str:
    """Tokens joined as they are written: "did n't ," becomes "didn't,"."""
    return OPENING_MARKS.sub(r"\1", CLOSING_MARKS.sub(r"\1", " ".join(tokens)))


def re3d(root: Path) -> Iterator[CorpusText]:
    """Documents of the defence analyst corpus, as they stand."""
    for path in sorted((root / "re3d").glob("*/documents.jsonl")):
        with path.open(encoding="utf-8-sig") as lines:
            for record in map(json.loads, filter(str.strip, lines)):
                title = record.get("title") or ""
                yield CorpusText("re3d", record["_id"], record["text"], title, record.get("sourceName"))


def guardian(root: Path) -> Iterator[CorpusText]:
    """Passages of newspaper articles; the key is the row's number and the passage's."""
    with (root / "guardian_sdf/guardian_sdf.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            text = row["text"]
            sentences = re.split(r"(?<=[.!?”\"]) (?=[A-Z“\"])", text)
            for number, passage in enumerate(_passages(sentences)):
                yield CorpusText(
                    "guardian_sdf",
                    f"{row['']}#{number}",
                    passage.replace("\n\n", " "),
                    outlet="The Guardian",
                    published=row["date"],
                )


def fakes(root: Path) -> Iterator[CorpusText]:
    """FA-KES reports on the war in Syria, title first; commas and apostrophes were lost at the source."""
    with (root / "fakes/fakes.csv").open(encoding="latin-1", newline="") as handle:
        for row in csv.DictReader(handle):
            month, day, year = (int(n) for n in row["date"].split("/"))
            text = f"{row['article_title']}\n\n{row['article_content']}"
            published = f"{year:04}-{month:02}-{day:02}"
            yield CorpusText("fakes", row["unit_id"], text, row["article_title"], row["source"], published)


def fnc1(root: Path) -> Iterator[CorpusText]:
    """Bodies of news; the key is the part's name and the body's number in it."""
    for part in ("train", "competition_test"):
        with (root / f"fnc1/{part}_bodies.csv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                yield CorpusText("fnc1", f"{part}-{row['Body ID']}", row["articleBody"].strip())


CORPORA = {
    "fnc1": fnc1,
    "frontlines_ukraine": frontlines,
    "muc4": muc4,
    "satp": satp,
    "rams": rams,
    "re3d": re3d,
    "guardian_sdf": guardian,
    "fakes": fakes,
}


@cache
def _corpus(name: str, root: Path) -> dict[str, CorpusText]:
    return {text.key: text for text in CORPORA[name](root)}


def text_of(corpus: str, key: str, root: Path) -> CorpusText:
    """The text of a gold file; KeyError when the corpora folder does not hold it."""
    return _corpus(corpus, root)[key]
