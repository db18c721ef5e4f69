"""HTML pages -> reports: what is kept, what is set aside and as what, and that nothing a reader sees is lost."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sayso.pages import Hints, Known, Overrides, Page, report_of
from sayso.pages.gather import GatherOptions, gather
from sayso.pages.html import witnesses
from sayso.pages.html.dom import source_of, tree_of
from sayso.pages.html.lines import lines_of
from sayso.records import Received, Report, digest_of

POOL = Path(__file__).parent.parent / "examples" / "pool"
EXPECTED: list[dict[str, Any]] = [
    report
    for report in json.loads((POOL.parent / "expected.json").read_text(encoding="utf-8"))["reports"]
    if report["format"] in ("html", "warc")
]

PAGE = """<!doctype html><html lang="en"><head><title>Bridge at Qara Qozak is cut - The Sahel Wire</title>
<meta property="og:site_name" content="The Sahel Wire"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Bridge at Qara Qozak is cut</h1>
<p class="byline">By Dina Haddad</p>
<figure><img src="b.jpg"><figcaption>The bridge in May. Photo: S. Amin</figcaption></figure>
<p>The bridge at Qara Qozak was cut on Tuesday night, two residents and a spokesman for the council said.</p>
<p>Fighters had withdrawn from both banks the night before, according to the council, which met on Wednesday.</p>
<div class="related"><a href="/ferry">Ferries on the Euphrates resume after three weeks</a></div>
<h2>Who holds the banks</h2>
<p>No side has claimed the attack. The council said that it would ask for a crossing to be opened further south.</p>
<ul><li>Two lorries of flour were lost in the river, the council said.</li><li>Nobody was reported hurt.</li></ul>
</article>
<div style="display:none">Subscribe to read the rest of this report and many others on our pages.</div>
<footer>Copyright 2016 The Sahel Wire. All rights reserved.</footer></body></html>"""


def page_of(markup: str | bytes, hints: Hints | None = None, charset: str | None = None) -> Page:
    data = markup.encode() if isinstance(markup, str) else markup
    received = Received(
        where="page.html", how="file", media="html", digest=digest_of(data), size=len(data), charset=charset
    )
    return Page(data=data, received=received, hints=hints or Hints())


@cache
def report() -> Report:
    return report_of(page_of(PAGE))


def kinds(of: Report, kind: str) -> list[str]:
    return [of.words_of(part) for part in of.parts if part.kind == kind]


def test_the_text_is_the_title_and_the_reports_own_words() -> None:
    assert report().text.split("\n\n") == [
        "Bridge at Qara Qozak is cut",
        "The bridge at Qara Qozak was cut on Tuesday night, two residents and a spokesman for the council said.",
        "Fighters had withdrawn from both banks the night before, according to the council, which met on Wednesday.",
        "Who holds the banks",
        "No side has claimed the attack. The council said that it would ask for a crossing to be opened further south.",
        "Two lorries of flour were lost in the river, the council said.",
        "Nobody was reported hurt.",
    ]


def test_each_line_has_its_kind() -> None:
    assert kinds(report(), "title") == ["Bridge at Qara Qozak is cut"]
    assert kinds(report(), "heading") == ["Who holds the banks"]
    assert len(kinds(report(), "list_item")) == 2
    assert kinds(report(), "caption") == ["The bridge in May. Photo: S. Amin"]
    assert kinds(report(), "teaser") == ["Ferries on the Euphrates resume after three weeks"]
    assert "Copyright 2016 The Sahel Wire. All rights reserved." in kinds(report(), "furniture")


def test_every_line_a_reader_sees_has_a_part_and_no_other_has() -> None:
    root = tree_of(source_of(PAGE.encode(), None))
    assert root is not None
    seen = [line.text for line in lines_of(root.find("body")) if not line.place.hidden]
    assert [report().words_of(part) for part in report().parts] == seen


def test_each_part_says_how_sure_and_why() -> None:
    assert all(0 <= part.score <= 1 and part.why for part in report().parts)
    bridge = next(part for part in report().parts if part.kind == "paragraph")
    assert bridge.why.startswith("held by trafilatura, readability, resiliparse")


def test_a_title_that_is_not_shown_comes_from_the_pages_metadata() -> None:
    found = report_of(page_of(PAGE.replace("<h1>Bridge at Qara Qozak is cut</h1>", "")))
    assert found.text.startswith("Bridge at Qara Qozak is cut\n\n")
    assert (found.title, found.known["title"]) == ("Bridge at Qara Qozak is cut", "the page's <title>")
    assert found.parts[0].why == "from the page's <title>; not shown as such"


def test_a_standfirst_is_the_reports_own_words() -> None:
    lede = "Two residents say that the bridge went at midnight, and the council fears for the flour of the town."
    found = report_of(page_of(PAGE.replace("</h1>", f'</h1><div class="standfirst"><p>{lede}</p></div>')))
    assert lede in found.text


def test_a_copy_of_the_article_for_machines_is_set_aside() -> None:
    words = " ".join(kinds(report(), "paragraph") + kinds(report(), "list_item"))
    found = report_of(page_of(PAGE.replace("</article>", f'</article><div itemprop="articleBody">{words}</div>')))
    assert found.text == report().text


def test_blanks_soft_hyphens_and_marks_are_mended_and_told() -> None:
    found = report_of(page_of(PAGE.replace("the council said", "the\u00a0coun\u00adcil said")))
    assert found.text == report().text
    assert any("soft hyphen" in note for note in found.notes)
    assert found.id == digest_of(PAGE.replace("the council said", "the\u00a0coun\u00adcil said").encode())


@pytest.mark.parametrize("charset", ["windows-1256", "utf-16", "windows-1252"])
def test_a_charset_named_in_the_page_or_by_its_container_is_read(charset: str) -> None:
    named = PAGE.replace("<head>", f'<head><meta charset="{charset}">').replace("The bridge at", "“The bridge” at")
    assert "“The bridge” at" in report_of(page_of(named.encode(charset))).text
    assert "“The bridge” at" in report_of(page_of(named.encode(charset), charset=charset)).text


def test_what_the_caller_gives_comes_first_and_a_contradiction_is_told() -> None:
    dated = page_of(PAGE.replace("</head>", '<meta name="date" content="2016-06-08"></head>'))
    given = report_of(dated, Overrides(published="2016-06-10", outlet="Sahel Wire Service"))
    assert (given.published, given.known["published"]) == ("2016-06-10", "given by you")
    assert (given.outlet, given.known["outlet"]) == ("Sahel Wire Service", "given by you")
    assert "Published is 2016-06-10, given by you, but 2016-06-08 by the page's meta date." in given.notes
    assert report_of(dated, Overrides(published="2016-06-08")).notes == report_of(dated).notes


def test_what_came_with_the_page_fills_in_what_the_page_does_not_say() -> None:
    hints = Hints(published=Known("2016-06-08T12:00:00Z", "the feed"), url=Known("https://sahel.example/1", "the feed"))
    found = report_of(page_of(PAGE, hints))
    assert (found.published, found.known["published"]) == ("2016-06-08T12:00:00+00:00", "the feed")
    assert (found.url, found.known["url"]) == ("https://sahel.example/1", "the feed")


def test_the_language_is_told_by_the_words_when_the_page_does_not_say_or_is_plainly_wrong() -> None:
    unsaid = report_of(page_of(PAGE.replace(' lang="en"', "")))
    wrong = report_of(page_of(PAGE.replace('lang="en"', 'lang="ar"')))
    assert (unsaid.language, unsaid.known["language"]) == ("en", "told by its words")
    assert wrong.language == "en" and "The language is en by its words, but ar by the page's lang." in wrong.notes


def test_a_witness_holds_a_line_whole_or_in_part_or_not() -> None:
    said = witnesses.testimony_of("Log in\nThe bridge at Qara Qozak was cut on Tuesday night, two residents said.")
    lines = ["log in", "the bridge at Qara Qozak was cut", "Ferries on the Euphrates resume", "two", ""]
    assert witnesses.held([witnesses.letters_of(line) for line in lines], said).tolist() == [1, 1, 0, 0, 0]
    assert (
        0
        < witnesses.held(
            [witnesses.letters_of("The bridge at Qara Qozak was cut on a quiet Sunday, none said so far")], said
        )[0]
        < 1
    )


@cache
def reports() -> dict[str, Report]:
    """The example pool's HTML pages, alone and in archives, by their keys in expected.json."""
    found = {}
    paths = sorted({str(POOL / report["file"]) for report in EXPECTED})
    for page in gather(paths, GatherOptions(), io.BytesIO()):
        assert isinstance(page, Page)
        name = Path(page.received.where).name
        found[f"{name}#{page.received.record}" if page.received.record else name] = report_of(page)
    return found


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda report: report["key"])
def test_no_paragraph_of_the_example_pool_is_lost(expected: dict[str, Any]) -> None:
    found = reports()[expected["key"]]
    kept = [found.words_of(part) for part in found.parts if part.aside is None]
    assert [start for start in expected["paragraph_starts"] if not any(line.startswith(start) for line in kept)] == []
    assert found.text.startswith(expected["title"])


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda report: report["key"])
def test_the_example_pools_metadata_are_found(expected: dict[str, Any]) -> None:
    found = reports()[expected["key"]]
    assert (found.title, found.outlet) == (expected["title"], expected["outlet"])
    wanted = expected["published"].replace("Z", "+00:00")
    assert (found.published or "").replace(":00+", "+") == wanted.replace(":00+", "+") or (
        (found.published or "").startswith(wanted)
    )


def test_other_stories_and_captions_of_the_example_pool_stay_out_of_the_text() -> None:
    leaked = [
        (expected["key"], start)
        for expected in EXPECTED
        for start in (*expected["teaser_starts"], *expected["caption_starts"])
        if start in reports()[expected["key"]].text
    ]
    assert len(leaked) <= 1, leaked  # one caption has no mark of one but "photo by" in its middle
