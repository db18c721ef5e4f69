"""Containers: what a WARC, a feed, a JSONL file, a mail and a gzip hold, as pages and problems."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
from collections.abc import Callable
from typing import BinaryIO, cast

import pytest

from sayso.pages.containers import Source, open_stream, pages_of
from sayso.pages.limits import Limits
from sayso.pages.page import Page
from sayso.pages.sniff import sniff
from sayso.records import Problem, digest_of

HTML = b"<!doctype html><html><body><p>Fighters entered the village at dawn, residents said.</p></body></html>"


def read(data: bytes, name: str = "", limits: Limits | None = None) -> list[Page | Problem]:
    opened = open_stream(cast(BinaryIO, io.BytesIO(data)), Source(where=name or "pool", how="file", name=name))
    return list(pages_of(opened, limits or Limits(), {}))


def pages(found: list[Page | Problem]) -> list[Page]:
    return [item for item in found if isinstance(item, Page)]


def problems(found: list[Page | Problem]) -> list[str]:
    return [str(item) for item in found if isinstance(item, Problem)]


# What is it? ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (HTML, "", "html"),
        (HTML, "page.txt", "html"),
        (b"\xef\xbb\xbf" + HTML, "", "html"),
        (HTML.decode().encode("utf-16"), "", "html"),
        (
            b"<?xml version='1.0'?>\n<!DOCTYPE html>\n<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
            "",
            "html",
        ),
        (b"Manbij encircled\nBy Our Correspondent\nFighters closed the last road on Friday.", "", "text"),
        ("Манбидж окружён, сообщил источник".encode("cp1251"), "", "text"),
        ("منبج محاصرة من جميع الجهات".encode("cp1256"), "", "text"),
        ("Manbij encircled".encode("utf-16"), "", "text"),
        ("Manbij encircled, sources say".encode("utf-16-le"), "", "text"),
        (b"# Manbij encircled\n\nSee [the first report](https://example.org/1).", "", "markdown"),
        (b"Plain words", "notes.md", "markdown"),
        (b"From: Desk <desk@example.org>\nSubject: Manbij\nDate: Wed, 8 Jun 2016 10:00:00 +0300\n\nText", "", "mail"),
        (b"From: Aleppo\nThey came at night and left before dawn, he said.", "", "text"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title></feed>", "page.html", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "", "feed"),
        (b'{"id": "a", "text": "Truce holds"}\n', "", "jsonl"),
        (b"no json at all", "pool.jsonl", "jsonl"),
        (b'{"id": "a", "text": "Truce holds"}\n', "one.json", "jsonl"),
        (b'{\n  "id": "a",\n  "text": "Truce holds"\n}\n', "one.json", "other"),
        (b'[{"id": "a", "text": "Truce holds"}]', "", "other"),
        (b"[Updated at noon] Fighters closed the last road.", "", "text"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "", "warc"),
        (gzip.compress(b"x"), "", "gzip"),
        (b"%PDF-1.7 ...", "report.txt", "other"),
        (bytes(range(256)) * 4, "", "other"),
        (b"body { color: red }", "style.css", "other"),
        (b"<?xml version='1.0'?><sitemapindex><sitemap/></sitemapindex>", "", "other"),
        (b" \n\n ", "page.html", "empty"),
    ],
)
def test_content_decides_first_and_the_name_second(head: bytes, name: str, kind: str) -> None:
    assert sniff(head, name) == kind


def test_a_page_is_its_bytes_untouched_and_hashed() -> None:
    (page,) = pages(read(b"\xa0 Truce\x00holds".ljust(200, b"."), "dump.txt"))
    assert page.data == b"\xa0 Truce\x00holds".ljust(200, b".")
    assert (page.received.digest, page.received.size, page.received.media) == (digest_of(page.data), 200, "text")


# JSONL ---------------------------------------------------------------------------------------------------------------


def test_jsonl_is_read_as_it_is_and_ids_are_kept() -> None:
    line = {"id": "n-1", "text": " Truce holds.\n\nSo far. ", "title": "Truce", "published": "2016-06-08", "x": 1}
    (page,) = pages(read(json.dumps(line).encode() + b"\n\n", "pool.jsonl"))
    assert (page.id, page.data, page.received.media) == ("n-1", b" Truce holds.\n\nSo far. ", "clean")
    assert page.hints.title is not None and page.hints.title.value == "Truce"
    assert page.hints.published is not None and page.hints.published.where == "the JSONL line"
    assert (page.received.how, page.received.line) == ("jsonl", 1)


def test_every_bad_jsonl_line_is_one_problem_with_its_number_and_the_rest_goes_on() -> None:
    data = b"\n".join(
        [
            b'{"id": "a", "text": "one"}',
            b"no json",
            b'{"id": "b"}',
            b'{"id": "c", "text": 7}',
            b'{"id": "d", "text": "cut off',
            b'{"id": "e", "text": "\xff"}',
            b'{"id": "f", "text": " "}',
            b'{"id": "a", "text": "again"}',
            b"[" * 100_000,
            b'{"id": "z", "text": "last"}',
        ]
    )
    found = read(data, "pool.jsonl")
    assert [page.id for page in pages(found)] == ["a", "z"]
    assert [text.split(": ", 1)[0] for text in problems(found)] == [f"pool.jsonl:{n}" for n in range(2, 10)]
    assert problems(found)[0] == "pool.jsonl:2: no JSON object"
    assert problems(found)[1] == "pool.jsonl:3: no field 'text'"
    assert problems(found)[6] == "pool.jsonl:8: the id 'a' was given before, at pool.jsonl:1"


# WARC ----------------------------------------------------------------------------------------------------------------


def record(
    number: int, body: bytes = HTML, *, type_: str = "text/html; charset=utf-8", status: str = "200 OK"
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {type_}\r\n\r\n".encode() + body
    digest = base64.b32encode(hashlib.sha1(http).digest()).decode()
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2016-06-08T10:00:0{number}Z\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Block-Digest: sha1:{digest}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def plain(records: list[bytes]) -> bytes:
    return b"".join(records)


def gzipped(records: list[bytes]) -> bytes:
    return b"".join(gzip.compress(record) for record in records)


def test_a_warc_gives_one_page_for_each_html_or_text_response() -> None:
    pool = [
        b"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:i>\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n",
        record(1),
        record(2, b"\x89PNG....", type_="image/png"),
        record(3, b"Plain words of a dump.", type_="text/plain"),
        record(4, b"", status="302 Found"),
    ]
    for data in (plain(pool), gzipped(pool)):
        found = read(data)
        assert [(p.received.record, p.received.media) for p in pages(found)] == [
            ("<urn:uuid:1>", "html"),
            ("<urn:uuid:3>", "text"),
        ]
        first = pages(found)[0]
        assert first.data == HTML and first.received.recorded == "2016-06-08T10:00:01Z"
        assert first.received.charset == "utf-8" and (first.received.record_digest or "").startswith("sha1:")
        assert first.hints.url is not None and first.hints.url.value == "https://news.example/1"
        assert problems(found) == []


def test_http_encodings_inside_a_warc_are_undone() -> None:
    body = gzip.compress(HTML)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:9>\r\nContent-Type: application/http\r\n"
    (page,) = pages(read(head + b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n"))
    assert page.data == HTML


def altered(data: bytes) -> bytes:
    return data.replace(b"at dawn", b"at dusk")


def without_length(data: bytes) -> bytes:
    return data.replace(b"Content-Length: ", b"Content-Length: x")


def too_long(data: bytes) -> bytes:
    return data.replace(b"Content-Length: ", b"Content-Length: 99")


def cut(data: bytes) -> bytes:
    return data[:-60]


def without_start(data: bytes) -> bytes:
    return data.replace(b"WARC/1.1", b"WRAC/1.1")


@pytest.mark.parametrize("harm", [altered, without_length, too_long, cut, without_start])
@pytest.mark.parametrize("pack", [plain, gzipped])
def test_a_broken_record_is_one_problem_and_the_rest_goes_on(
    harm: Callable[[bytes], bytes], pack: Callable[[list[bytes]], bytes]
) -> None:
    found = read(pack([record(1), harm(record(2)), record(3), record(4)]))
    assert [p.received.record for p in pages(found)] == ["<urn:uuid:1>", "<urn:uuid:3>", "<urn:uuid:4>"]
    assert len(problems(found)) == 1


@pytest.mark.parametrize("at", [12, 60, 200])
def test_a_damaged_gzip_member_costs_its_own_record_only(at: int) -> None:
    member = bytearray(gzip.compress(record(2)))
    member[at : at + 8] = b"\xff" * 8
    found = read(gzipped([record(1)]) + bytes(member) + gzipped([record(3)]))
    assert [p.received.record for p in pages(found)] == ["<urn:uuid:1>", "<urn:uuid:3>"]
    assert len(problems(found)) == 1


def test_error_responses_in_a_warc_are_counted_and_an_altered_record_is_named() -> None:
    found = read(plain([record(1, status="404 Not Found"), altered(record(2))]), "crawl.warc")
    assert problems(found) == [
        "crawl.warc (<urn:uuid:2>): the record does not match its digest: altered or damaged",
        "crawl.warc: 1 error response (HTTP 4xx or 5xx) not read",
    ]


def test_a_record_larger_than_a_page_may_be_is_passed_over() -> None:
    found = read(plain([record(1), record(2, HTML * 3000), record(3)]), limits=Limits(page_bytes=100_000))
    assert [p.received.record for p in pages(found)] == ["<urn:uuid:1>", "<urn:uuid:3>"]
    assert problems(found) == ["pool (<urn:uuid:2>): the record is larger than 100 kB"]


# Feeds ---------------------------------------------------------------------------------------------------------------

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Jarabulus Wire</title><language>en-GB</language>
<item><title>Bridge &lt;i&gt;cut&lt;/i&gt;</title><link>https://wire.example/1</link><guid>w1</guid>
 <pubDate>Wed, 08 Jun 2016 10:00:00 +0300</pubDate><dc:creator>R. Haddad</dc:creator>
 <description>The bridge was cut [&#8230;]</description>
 <content:encoded><![CDATA[<p>The bridge was cut on Tuesday, two residents said.</p>]]></content:encoded></item>
<item><title>Toll rises</title><guid>w2</guid><description>A standfirst of its own.</description>
 <content:encoded><![CDATA[<p>Eleven people died.</p>]]></content:encoded></item>
<item><title>Only a link</title><link>https://wire.example/3</link></item>
</channel></rss>"""


def test_an_rss_entry_is_a_page_with_what_the_feed_says_of_it() -> None:
    found = read(RSS.encode())
    first, second = pages(found)
    assert first.data == b"<p>The bridge was cut on Tuesday, two residents said.</p>"
    hints = first.hints
    assert [k.value if k else None for k in (hints.title, hints.outlet, hints.byline, hints.language, hints.url)] == [
        "Bridge cut", "The Jarabulus Wire", "R. Haddad", "en-GB", "https://wire.example/1",
    ]  # fmt: skip
    assert hints.published is not None and hints.published.value == "2016-06-08T10:00:00+03:00"
    assert (first.received.how, first.received.entry, first.received.media) == ("feed", "w1", "html")
    assert b"A standfirst of its own." in second.data and b"Eleven people died." in second.data
    assert problems(found) == [
        "pool (https://wire.example/3): only a link, no text: read the page itself (https://wire.example/3)"
    ]


def test_atom_and_json_feeds_are_read_too() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>a1</id><title>One</title>'
        '<updated>2016-06-08T10:00:00Z</updated><content type="html">&lt;p>Words&lt;/p></content></entry></feed>'
    )
    json_feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "items": [
            {"id": 1, "title": "One", "content_text": "Words", "date_published": "2016-06-08T10:00:00Z"},
            {"id": 2, "content_html": 5},
        ],
    }
    (from_atom,) = pages(read(atom.encode()))
    found = read(json.dumps(json_feed, indent=1).encode())
    (from_json,) = pages(found)
    assert (from_atom.data, from_json.data) == (b"<p>Words</p>", b"Words")
    for page in (from_atom, from_json):
        assert page.hints.published is not None and page.hints.published.value == "2016-06-08T10:00:00Z"
        assert page.hints.outlet is not None and page.hints.outlet.value == "T"
    assert len(problems(found)) == 1 and "entry 2" in problems(found)[0]


def test_a_feed_cut_short_keeps_what_came_before_and_says_so() -> None:
    found = read(RSS[: RSS.index("<item><title>Only")].encode())
    assert len(pages(found)) == 2
    assert len(problems(found)) == 1 and "not well-formed" in problems(found)[0]


# Mail ----------------------------------------------------------------------------------------------------------------

LETTER = b"""From: =?utf-8?q?Field_Desk_=C3=A9?= <desk@relief.example>
To: list@relief.example
Subject: Situation
 report
Date: Thu, 09 Jun 2016 07:30:00 +0300
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=OUT

--OUT
Content-Type: multipart/alternative; boundary=IN

--IN
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Families left the town on Wednesday=2C the council said.
--IN
Content-Type: text/html

<p>Families left the town on Wednesday, the council said.</p>
--IN--
--OUT
Content-Type: message/rfc822

From: Observer <o@relief.example>
Subject: Fwd
Content-Type: text/plain

The road is closed.
--OUT
Content-Type: application/pdf; name=map.pdf
Content-Disposition: attachment; filename=map.pdf

x
--OUT--
"""


def test_a_mail_gives_its_body_its_headers_and_the_mail_it_forwards() -> None:
    found = read(LETTER, "letter.eml")
    body, forwarded = pages(found)
    assert body.data.strip() == b"Families left the town on Wednesday, the council said."
    assert (body.received.media, body.received.charset) == ("mail", "utf-8")
    hints = body.hints
    assert [k.value if k else None for k in (hints.title, hints.byline, hints.published)] == [
        "Situation report", "Field Desk é", "2016-06-09T07:30:00+03:00",
    ]  # fmt: skip
    assert forwarded.data.strip() == b"The road is closed."
    assert problems(found) == ["letter.eml: attachments not read: map.pdf"]


def test_the_sender_of_a_bulletin_is_its_outlet_and_of_a_letter_its_author() -> None:
    letter = b"From: Harbour Risk <notes@harbour.example>\nTo: desk@b.example\nSubject: Note\n%s\nAll quiet.\n"
    for extra, outlet, byline in ((b"", None, "Harbour Risk"), (b"List-Id: <notes>\n", "Harbour Risk", None)):
        (page,) = pages(read(letter % extra))
        hints = page.hints
        assert [known.value if known else None for known in (hints.outlet, hints.byline)] == [outlet, byline]


def test_a_stub_of_a_plain_body_gives_way_to_the_html_one() -> None:
    letter = (
        b"From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=B\n\n"
        b"--B\nContent-Type: text/plain\n\nView in browser.\n--B\nContent-Type: text/html\n\n" + HTML + b"\n--B--\n"
    )
    (page,) = pages(read(letter))
    assert page.received.media == "html" and page.data.strip() == HTML


def test_a_page_saved_as_mhtml_keeps_its_address_and_not_the_browsers_headers() -> None:
    saved = (
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://news.example/a\nSubject: A title\n"
        b"Date: Fri, 1 Nov 2024 10:00:00 -0000\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; type="text/html"; boundary=B\n\n'
        b"--B\nContent-Type: text/html\n\n" + HTML + b"\n--B\nContent-Type: image/png\n\nx\n--B--\n"
    )
    found = read(saved)
    (page,) = pages(found)
    assert page.received.media == "html" and problems(found) == []
    assert page.hints.url is not None and page.hints.url.value == "https://news.example/a"
    assert page.hints.published is None and page.hints.title is None


# Gzip ----------------------------------------------------------------------------------------------------------------


def test_anything_may_come_gzipped() -> None:
    assert pages(read(gzip.compress(HTML), "page.html.gz"))[0].data == HTML
    assert pages(read(gzip.compress(b'{"id": "a", "text": "t"}\n'), "p.jsonl.gz"))[0].id == "a"
    assert len(pages(read(gzip.compress(RSS.encode())))) == 2
    assert pages(read(gzip.compress(b"Two ") + gzip.compress(b"members") + b"\0" * 512))[0].data == b"Two members"


def test_a_truncated_gzip_is_a_problem_and_whole_lines_before_the_cut_are_kept() -> None:
    lines = b"".join(
        b'{"id": "%d", "text": "%s"}\n' % (n, hashlib.sha256(b"%d" % n).hexdigest().encode()) for n in range(9000)
    )
    found = read(gzip.compress(lines)[:-1000], "p.jsonl.gz")
    assert len(pages(found)) > 1000
    assert len(problems(found)) == 1 and "cut short" in problems(found)[0]
    assert "cut short" in problems(read(gzip.compress(HTML * 50)[:-20]))[0]
