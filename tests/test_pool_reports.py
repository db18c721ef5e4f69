"""The example pool as reports, against what a careful reader finds in it (`examples/expected.json`)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.pages.gather import GatherOptions, gather
from sayso.pages.page import Page
from sayso.pages.report import report_of
from sayso.records import SET_ASIDE_KINDS, Report

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))["reports"]


@pytest.fixture(scope="module")
def pool() -> dict[str, Report]:
    """The pool's reports by the key that the expectations use."""
    found = {}
    with (EXAMPLES / "expected.json").open("rb") as nothing:
        for page in gather([str(EXAMPLES / "pool")], GatherOptions(), nothing):
            assert isinstance(page, Page), page
            received = page.received
            inner = received.entry or received.record or page.id
            name = Path(received.where).name
            found[f"{name}#{inner}" if inner else name] = report_of(page)
    return found


def beginning(text: str) -> str:
    return " ".join(text.split()[:6])


def wrong(pool: dict[str, Report], field: str) -> set[str]:
    return {e["key"] for e in EXPECTED if getattr(pool[e["key"]], field) != e[field]}


def test_every_report_is_read_and_none_is_made_up(pool: dict[str, Report]) -> None:
    assert set(pool) == {e["key"] for e in EXPECTED}


def test_the_day_of_publication_is_right_wherever_it_is_shown(pool: dict[str, Report]) -> None:
    days = {e["key"]: (e["published"] or "")[:10] for e in EXPECTED}
    assert {key: (report.published or "")[:10] for key, report in pool.items()} == days


def test_titles_are_right(pool: dict[str, Report]) -> None:
    assert wrong(pool, "title") <= {"badia-0607-safyan.html"}  # its outlet stands in two scripts behind the title


def test_addresses_are_right(pool: dict[str, Report]) -> None:
    assert wrong(pool, "url") == set()


def test_an_outlet_that_the_page_does_not_name_is_not_invented(pool: dict[str, Report]) -> None:
    for expected in EXPECTED:
        outlet = pool[expected["key"]].outlet
        if expected["outlet_is_shown"]:
            assert outlet in (None, expected["outlet"])


@pytest.mark.parametrize("file", ["bogaz-0610-kilis.txt", "mina-herald-manbij.txt", "newsbasin-0608-manbij.txt"])
def test_a_page_copied_from_a_browser_is_of_the_outlet_at_its_top(pool: dict[str, Report], file: str) -> None:
    assert pool[file].outlet == next(e["outlet"] for e in EXPECTED if e["key"] == file)


def test_no_paragraph_is_lost(pool: dict[str, Report]) -> None:
    lost, known = set(), 0
    for expected in EXPECTED:
        report = pool[expected["key"]]
        kept = {beginning(report.words_of(part)) for part in report.parts if part.aside is None}
        known += len(expected["paragraph_starts"])
        lost |= {(expected["key"], start) for start in expected["paragraph_starts"] if start not in kept}
    assert known > 200
    assert len(lost) <= 3, lost  # two of a feed's entry that gives its text in one line, and a standfirst


def test_captions_and_other_stories_are_set_aside(pool: dict[str, Report]) -> None:
    wrongly = set()
    for expected in EXPECTED:
        report = pool[expected["key"]]
        kept = {beginning(report.words_of(part)) for part in report.parts if part.aside is None}
        wrongly |= {(expected["key"], s) for s in expected["caption_starts"] + expected["teaser_starts"] if s in kept}
    assert len(wrongly) <= 3, (
        wrongly
    )  # a headline between paragraphs, a caption of two sentences, a mail's own promotion


def test_every_part_is_where_it_says(pool: dict[str, Report]) -> None:
    for report in pool.values():
        at = 0
        for part in report.parts:
            assert at <= part.start <= part.end <= len(report.text)
            assert (part.kind in SET_ASIDE_KINDS) == (part.aside is not None) == (part.start == part.end)
            at = part.end
        kept = [report.words_of(part) for part in report.parts if part.aside is None]
        assert "".join("".join(kept).split()) == "".join(report.text.split())
