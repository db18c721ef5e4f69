"""Input made to hurt: one plain line each, in bounded time and memory, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from sayso.cli import main
from sayso.engine import map_pages
from sayso.pages.gather import GatherOptions, gather
from sayso.pages.page import Page
from sayso.pages.report import report_of
from sayso.records import Problem, Report

GOOD = '{"id": "good", "text": "The bridge was cut on Tuesday, two residents said."}\n'
WORDS = "Fighters had withdrawn from both banks the night before, the local council said on Wednesday."
SECONDS = 20  # of this process's own time for any one of these; most take a tenth


class Endless(io.RawIOBase):
    """A stream of so many bytes, none of which is held."""

    def __init__(self, before: bytes, filler: bytes, size: int, after: bytes) -> None:
        self._pieces = self._all(before, filler, size, after)
        self._rest = b""

    @staticmethod
    def _all(before: bytes, filler: bytes, size: int, after: bytes) -> Iterator[bytes]:
        yield before
        step = filler * (8192 // len(filler))
        for _ in range(size // len(step)):
            yield step
        yield after

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        piece = self._rest or next(self._pieces, b"")
        size = min(len(piece), len(buffer))
        buffer[:size], self._rest = piece[:size], piece[size:]
        return size


def found_in(stream: BinaryIO) -> tuple[list[Page], list[str]]:
    found = list(gather(["-"], GatherOptions(), stdin=stream))
    return [i for i in found if isinstance(i, Page)], [str(i) for i in found if isinstance(i, Problem)]


def in_memory(data: bytes) -> tuple[list[Page], list[str]]:
    return found_in(cast(BinaryIO, io.BytesIO(data)))


@pytest.fixture(autouse=True)
def in_bounded_time() -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < SECONDS


def test_a_line_of_200_mb_is_passed_over_without_being_held() -> None:
    stream = Endless(GOOD.encode() + b'{"id": "huge", "text": "', b"words ", 200_000_000, b'"}\n' + GOOD.replace("good", "last").encode())  # fmt: skip # noqa: E501
    tracemalloc.start()
    pages, problems = found_in(cast(BinaryIO, io.BufferedReader(stream)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [page.id for page in pages] == ["good", "last"]
    assert problems == ["<stdin>:2: the line is longer than 20 MB"]
    assert peak < 100_000_000  # the limit's worth of one line, and what joining it takes


def test_a_page_without_an_end_is_read_up_to_the_limit_only() -> None:
    stream = Endless(b"<!doctype html><p>", b"words ", 10_000_000_000_000, b"")
    assert found_in(cast(BinaryIO, io.BufferedReader(stream))) == ([], ["<stdin>: larger than 20 MB"])


def test_a_gzip_bomb_is_defused() -> None:
    packed = gzip.compress(b'{"id": "a", "text": "' + bytes(100_000_000).replace(b"\0", b"x") + b'"}\n')
    pages, problems = in_memory(gzip.compress(GOOD.encode()) + packed + packed + packed)
    assert [page.id for page in pages] == ["good"]
    assert len(problems) == 1 and "decompression bomb" in problems[0]


def test_a_bomb_inside_a_warc_record_is_defused() -> None:
    body = gzip.compress(bytes(200_000_000))
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:9>\r\nContent-Type: application/http\r\n"
    _, problems = in_memory(head + b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n")
    assert problems == ["<stdin> (<urn:uuid:9>): the record is larger than 20 MB"]


def test_an_entity_bomb_in_a_feed_does_not_go_off() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]><rss version="2.0"><channel><title>T</title>'
    )
    entries = (
        f"<item><title>A</title><description>{WORDS}</description></item><item><description>&e11;</description></item>"
    )
    pages, problems = in_memory(f"{bomb}{entries}</channel></rss>".encode())
    assert sum(len(page.data) for page in pages) < 1_000_000
    assert pages or problems


def test_an_external_entity_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret words")
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    item = f"<item><description>{WORDS} &x;</description></item>"
    pages, _ = in_memory(f'{head}<rss version="2.0"><channel><title>T</title>{item}</channel></rss>'.encode())
    assert not any(b"secret words" in page.data for page in pages)
    page = f"{head.replace('DOCTYPE rss', 'DOCTYPE html')}<html><body><p>{WORDS} &x;</p></body></html>"
    assert "secret words" not in read_page(page.encode()).text


def test_deeply_nested_mail_is_refused_or_read() -> None:
    letter = b"From: a@b.example\nSubject: s\nMIME-Version: 1.0\n"
    for number in range(3000):
        letter += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    pages, problems = in_memory(letter + b"Content-Type: text/plain\n\nWords.\n")
    assert len(pages) + len(problems) == 1


@pytest.mark.parametrize(
    "header",
    [
        "Date: " + "9" * 5000,
        "Date: " + "(a" * 100_000,
        "From: <<<<@@;,:",
        "From: " + "(a" * 500_000,
        "Subject: =?utf-8?q?=FF=FF?= " + "(" * 5000,
        "Subject: " + "=?utf-8?q?a?= " * 100_000,
        "X: " + "\n " * 500_000 + "x",
    ],
    ids=["date", "deep date", "from", "deep from", "subject", "long subject", "folds"],
)
def test_hostile_mail_headers_do_not_cost_the_mail(header: str) -> None:
    pages, problems = in_memory(
        f"From: a@b.example\nMIME-Version: 1.0\nTo: c@d.example\n{header}\n\n{WORDS}\n".encode()
    )
    assert (len(pages), problems) == (1, [])


@pytest.mark.parametrize(
    "bomb",
    [
        b"<rss><channel><item><description>" + b"<b>" * 150_000,
        b"<rss><channel><item><description>" + b"<b>" * 2_000_000,
        b"<rss><channel><item><description>" + b"&" * 1_000_000,
        b"<rss><channel><item><description><![CDATA[" + b"<a href='" * 150_000 + b"]]></description></item></channel>",
        b'{"version":"https://jsonfeed.org/version/1","items":[' + b"[" * 1_000_000,
        b"From: a\nTo: b\nContent-Type: multipart/mixed; boundary=B\n\n" + b"--B\n\nx\n" * 200_000,
        b"From: a\nTo: b\nContent-Type: text/plain; " + b"a*0=b; " * 100_000 + b"\n\nx",
        b"From: a\nTo: b\nContent-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\nx\n"
        b"--B\nContent-Type: text/html\n\n" + b"<script " * 400_000,
        b"WARC/1.0\r\nA:" + b"\r\nB: x" * 1_000_000,
        b"WARC/1.0\r\nA: b\r\n\r\n" * 20_000,
    ],
    ids=["open", "many", "amp", "cdata", "json", "parts", "parameters", "script", "header", "starts"],
)  # fmt: skip
def test_hostile_containers_end_in_time(bomb: bytes) -> None:
    pages, problems = in_memory(bomb)
    assert pages or problems


# Pages that hurt parsers ---------------------------------------------------------------------------------------------


def read_page(data: bytes) -> Report:
    """The report of a page, as the command reads it."""
    pages, problems = in_memory(data)
    assert problems == []
    (report,) = map_pages(pages, report_of)
    assert isinstance(report, Report), report
    return report


BEFORE = "The bridge over the river was cut on Tuesday evening, two residents of the village said by telephone."
AFTER = "Nobody on the other bank could be reached until late on Thursday, a doctor at the hospital said."
ARTICLE = f"<h1>Bridge cut near the village</h1><p>{BEFORE}</p><p>{WORDS}</p><p>{AFTER}</p>"
DOCUMENT = "<!doctype html><html><head><title>Bridge cut near the village</title></head><body>%s</body></html>"


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000 + ARTICLE,
        f"{ARTICLE}" + "<b>" * 100_000,
        f"<p title='{'x' * 5_000_000}'>{WORDS}</p>",
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{WORDS}</p>",
        f"{ARTICLE}" + "&amp;" * 500_000,
        f"{ARTICLE}<!--" + "-" * 1_000_000,
        f"{ARTICLE}<script>" + "<" * 200_000,
        f"{ARTICLE}" + "<table><tr><td>" * 5_000,
        f"{ARTICLE}\0\0\0<p>\x01\x02</p>",
        f"{ARTICLE}<p>" + "word " * 500_000,
    ],
    ids=["deep", "open", "attribute", "attributes", "entities", "comment", "script", "tables", "controls", "long"],
)
def test_an_html_bomb_keeps_its_paragraph_and_ends_in_time(bomb: str) -> None:
    assert WORDS in read_page((DOCUMENT % bomb).encode()).text


def test_a_page_of_tags_without_end_is_named() -> None:
    pages, _ = in_memory((DOCUMENT % (ARTICLE + "<b>" * 1_000_000)).encode())
    assert [str(found) for found in map_pages(pages, report_of)] == ["<stdin>: too many elements to be a report"]


def test_an_entity_bomb_in_xhtml_does_not_go_off() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "ha">{entities}]>'
    report = read_page(f"{bomb}<html><body><p>{WORDS}</p><p>&e11;</p></body></html>".encode())
    assert WORDS in report.text and len(report.text) < 1_000_000


@pytest.mark.parametrize(
    "text",
    ["x" * 5_000_000, "word " * 1_000_000, "a\n" * 40_000, "\u0301" * 200_000, f"{WORDS}\n" * 20_000],
    ids=["word", "words", "lines", "accents", "paragraphs"],
)
def test_a_text_bomb_is_read_or_named_in_time(text: str) -> None:
    pages, _ = in_memory(text.encode())
    (found,) = map_pages(pages, report_of)
    assert isinstance(found, Report) or found.reason == "no report is found in it"


def test_a_text_of_more_lines_than_anybody_writes_is_named() -> None:
    assert in_memory(b"a\n" * 60_000) == ([], ["<stdin>: more than 50,000 lines"])


@pytest.mark.parametrize("declared", ["utf-8", "no-such-charset", "utf-7", "idna", "zip", "rot13"])
def test_a_wrong_or_strange_charset_is_read_all_the_same(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{WORDS} Mr. Müller agreed.</p></body></html>'
    assert WORDS in read_page(page.encode("cp1252")).text


# All of it at once ---------------------------------------------------------------------------------------------------


def test_a_folder_of_broken_things_is_named_line_by_line_and_the_good_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = {
        "a-empty.html": b"",
        "b-truncated.html.gz": gzip.compress(f"<p>{WORDS}</p>".encode() * 99)[:-20],
        "c-lines.jsonl": b"no json\n",
        "d-crawl.warc": b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "e-feed.rss": b"<rss><channel><title>T</title></channel></rss>",
        "f-mail.eml": b"From: a@b.example\nSubject: nothing\nContent-Type: image/png\n\n",
        "g-noise.bin": bytes(range(256)),
    }
    for name, data in broken.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "z-good.jsonl").write_text(GOOD)
    with pytest.raises(SystemExit) as ended:
        main(["read", str(tmp_path), "http://127.0.0.1:9/", "--json"])
    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert json.loads(printed.out)["id"] == "good"
    assert printed.err.replace(f"{tmp_path}", "pool").splitlines() == [
        "sayso: pool/a-empty.html: empty",
        "sayso: pool/b-truncated.html.gz: the gzip data is cut short (after 7 kB)",
        "sayso: pool/c-lines.jsonl:1: no JSON object",
        "sayso: pool/d-crawl.warc (a record without an id): broken record: no length",
        "sayso: pool/e-feed.rss: the feed has no entries",
        "sayso: pool/f-mail.eml: the mail has no text",
        "sayso: pool: 1 file passed over, not pages: g-noise.bin",
        "sayso: http://127.0.0.1:9/: 127.0.0.1 is not on the public internet (127.0.0.1); --allow-private permits it",
    ]
