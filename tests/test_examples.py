"""The pool in `examples/` is what `examples/expected.json` says it is."""

from __future__ import annotations

import email
import email.policy
import importlib.util
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import ftfy
import lxml.html
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

ROOT = Path(__file__).parent.parent
POOL = ROOT / "examples" / "pool"
LINES = ROOT / "tests" / "data" / "lines"
KINDS = {"title", "byline", "dateline", "heading", "paragraph", "list_item", "caption", "teaser", "furniture"}
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

EXPECTED: dict[str, Any] = json.loads((ROOT / "examples" / "expected.json").read_text(encoding="utf-8"))
REPORTS: list[dict[str, Any]] = EXPECTED["reports"]
KEYS = {report["key"] for report in REPORTS}


def squeezed(text: str) -> str:
    return " ".join(UNSEEN.sub("", text).split())


def words_of_html(markup: str) -> str:
    tree = lxml.html.document_fromstring(markup)
    for script in tree.xpath("//script | //style | //head"):
        script.drop_tree()
    return str(tree.xpath("string()"))


def record_ids(path: Path) -> dict[str, str]:
    """The HTML responses of a WARC file: record id -> words."""
    found = {}
    for record in ArchiveIterator(io.BytesIO(path.read_bytes()), record_types=WarcRecordType.response):
        if (record.http_content_type or "") == "text/html":
            found[str(record.headers["WARC-Record-ID"])] = words_of_html(record.reader.read().decode("utf-8"))
    return found


def entry_ids(path: Path) -> dict[str, str]:
    parsed = feedparser.parse(path.read_bytes())
    assert not parsed.bozo
    return {
        entry.id: entry.title + " " + words_of_html(entry.get("content", [{"value": entry.summary}])[0]["value"])
        for entry in parsed.entries
    }


def line_ids(path: Path) -> dict[str, str]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["title"] + " " + row["text"] for row in rows}


INSIDE = {"warc": record_ids, "feed": entry_ids, "jsonl": line_ids}


@cache
def words_of(key: str) -> str:
    """The words of a report as its file has them, with their furniture, white space squeezed."""
    report = next(report for report in REPORTS if report["key"] == key)
    path = POOL / report["file"]
    if report["format"] in INSIDE:
        return squeezed(INSIDE[report["format"]](path)[key.partition("#")[2]])
    if report["format"] == "html":
        return squeezed(words_of_html(path.read_bytes().decode(report["charset"])))
    if report["format"] == "mail":
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        return squeezed(f"{message['subject']} {message.get_content()}")
    return squeezed(ftfy.fix_text(path.read_text(encoding="utf-8"), uncurl_quotes=False).replace("*", ""))


def test_expected_names_every_file_of_the_pool_and_no_other() -> None:
    assert {report["file"] for report in REPORTS} == {path.name for path in POOL.iterdir()}
    assert len(KEYS) == len(REPORTS)


@pytest.mark.parametrize("kind", ["warc", "feed", "jsonl"])
def test_expected_names_every_report_of_a_container(kind: str) -> None:
    for name in {report["file"] for report in REPORTS if report["format"] == kind}:
        named = {report["key"].partition("#")[2] for report in REPORTS if report["file"] == name}
        assert named == set(INSIDE[kind](POOL / name))


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["key"])
def test_a_report_has_its_paragraphs_in_order(report: dict[str, Any]) -> None:
    words, at = words_of(report["key"]), 0
    for start in report["paragraph_starts"]:
        at = words.find(start, at) + 1
        assert at, start
    assert report["first_paragraph"] == report["paragraph_starts"][0]
    assert report["last_paragraph"] == report["paragraph_starts"][-1]
    assert report["paragraphs"] == len(report["paragraph_starts"])


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["key"])
def test_a_report_has_its_title_captions_and_teasers(report: dict[str, Any]) -> None:
    wanted = [*report["caption_starts"], *report["teaser_starts"], squeezed(report["title"] or "")]
    assert [start for start in wanted if start not in words_of(report["key"])] == []
    assert (report["captions"], report["teasers"]) == (len(report["caption_starts"]), len(report["teaser_starts"]))


@pytest.mark.parametrize("report", [r for r in REPORTS if "lines" in r], ids=lambda report: report["key"])
def test_every_line_of_a_text_dump_is_labelled(report: dict[str, Any]) -> None:
    lines = (POOL / report["file"]).read_text(encoding="utf-8").splitlines()
    assert [number for number, _ in report["lines"]] == [n for n, line in enumerate(lines, 1) if line.strip()]
    assert sum(kind == "paragraph" for _, kind in report["lines"]) == report["paragraphs"]


@pytest.mark.parametrize("what", ["disputes", "control", "ingredients"])
def test_what_is_said_of_a_report_stands_in_it(what: str) -> None:
    entries = EXPECTED[what]
    if what == "disputes":
        entries = [account for dispute in entries for account in dispute["accounts"]]
    if what == "ingredients":
        entries = [example for examples in entries.values() for example in examples]
    assert entries
    assert [entry for entry in entries if squeezed(entry["words"]) not in words_of(entry["report"])] == []


def test_lineage_links_reports_of_the_pool_and_the_copies_share_their_words() -> None:
    def shingles(key: str) -> set[str]:
        words = re.findall(r"\w+", words_of(key).lower())
        return {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}

    for link in EXPECTED["lineage"]:
        assert {link["a"], link["b"]} <= KEYS
        assert link["first"] in (link["a"], link["b"], None)
        a, b = shingles(link["a"]), shingles(link["b"])
        shared = len(a & b) / min(len(a), len(b))
        if link["kind"] in ("same", "part"):
            assert shared > 0.6, link
        else:
            assert shared < 0.3, link


def test_the_pool_is_rich() -> None:
    standing_alone = [report["format"] for report in REPORTS if "#" not in report["key"]]
    assert len(REPORTS) >= 22
    assert len({report["outlet"] for report in REPORTS}) >= 12
    assert standing_alone.count("html") >= 9
    assert standing_alone.count("text") >= 4
    assert {"markdown", "mail"} <= set(standing_alone)
    assert {kind: sum(report["format"] == kind for report in REPORTS) >= 3 for kind in INSIDE} == dict.fromkeys(
        INSIDE, True
    )
    assert {"windows-1252", "windows-1256"} <= {report["charset"] for report in REPORTS}
    ways = {report["how_published_is_known"] for report in REPORTS}
    assert {"json-ld", "meta", "time", "url", "dateline", "text", "feed", "mail header", "none"} <= ways
    assert {link["kind"] for link in EXPECTED["lineage"]} == {"same", "part", "rewritten", "quote"}
    assert len({claim["date"] for claim in EXPECTED["control"] if claim["place"] == "Resafa junction"}) >= 3


def test_the_date_stands_only_where_it_is_said_to_stand() -> None:
    """`url`: nowhere but in the canonical address; `dateline`: nowhere but in the text's first words."""
    for report in REPORTS:
        if report["how_published_is_known"] in ("url", "dateline"):
            raw = (POOL / report["file"]).read_text(encoding="utf-8")
            year, month, day = report["published"].split("-")
            digits = re.findall(rf"{year}\W{month}\W{day}|datePublished|published_time|<time", raw)
            assert digits == ([f"{year}/{month}/{day}"] if report["how_published_is_known"] == "url" else [])


def test_the_archive_is_built_from_its_pages() -> None:
    spec = importlib.util.spec_from_file_location("build_warc", ROOT / "examples" / "build_warc.py")
    assert spec is not None and spec.loader is not None
    build_warc = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build_warc)

    def records(data: bytes) -> list[tuple[str, str, bytes]]:
        found = ArchiveIterator(io.BytesIO(data), parse_http=False)
        return [(str(r.record_id), str(r.headers["WARC-Date"]), r.reader.read()) for r in found]

    built = records(build_warc.build())
    assert len(built) == 9
    assert built == records((POOL / "archive-2016-06.warc.gz").read_bytes())


@pytest.mark.parametrize("page", sorted(LINES.glob("*.txt")), ids=lambda page: page.stem)
def test_every_line_of_a_line_model_page_is_labelled(page: Path) -> None:
    labels = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    lines = page.read_text(encoding="utf-8").splitlines()
    assert [number for number, _ in labels] == [n for n, line in enumerate(lines, 1) if line.strip()]
    assert {kind for _, kind in labels} <= KINDS
    assert [kind for _, kind in labels].count("title") == 1
