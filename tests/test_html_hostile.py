"""HTML made to hurt: a report or one plain problem, in bounded time."""

from __future__ import annotations

import time

import pytest

from sayso.pages import Page, report_of
from sayso.records import Received, SaysoError, digest_of

WORDS = "The council said on Monday that the road to the north was open again after two days of fighting. "
P = f"<p>{WORDS}</p>"
SECONDS = 5.0
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))

READ = {
    "100,000 deep": "<div>" * 100_000 + P + "</div>" * 100_000,
    "deep inline": "<b>" * 100_000 + WORDS,
    "deep and words beside": f"{P}{'<div>' * 5_000}{WORDS}{'</div>' * 5_000}{P}",
    "attribute of 50 MB": f'<p title="{"x" * 50_000_000}">{WORDS}</p>{P}',
    "200,000 attributes": f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>{WORDS}</p>{P}",
    "attributes that hide their end": "<p " + 'a=">" ' * 300_000 + f">{WORDS}</p>{P}",
    "entity bomb": f'<!DOCTYPE html [<!ENTITY e0 "ha">{ENTITIES}]>{P}<p>&e11;</p>{P}',
    "NUL bytes": P.replace("road", "ro\0ad") + P,
    "deep JSON-LD": f'<script type="application/ld+json">{"[" * 300_000}</script>{P}{P}',
    "endless class": f'<p class="{"related-" * 100_000}">{WORDS}</p>{P}',
    "long title": f"<title>{' - a' * 200_000}</title>{P}",
    "many small parts": f"<p>{'<span>a </span>' * 50_000}</p>{P}",
    "many metas": '<meta name="date" content="2016-06-08">' * 40_000 + P,
    "many options": f"<select>{'<option>x' * 20_000}</select>{P}",
    "deep forms": "<form>" * 5_000 + P * 3,
    "endless word": P + "x" * 5_000_000,
    "endless blanks": f"<p>{' ' * 5_000_000}{WORDS}",
    "wrong charset": f'<meta charset="utf-16">{P}{P}',
    "unknown charset": f'<meta charset="klingon">{P}{P}',
}
REFUSED = {
    "a million deep": ("<div>" * 1_000_000 + P, "too many elements to be a report"),
    "endless paragraphs": (P * 100_000, "too many lines to be a report"),
    "only a frameset": ("<html><frameset><frame src=a></frameset></html>", "the page holds no words"),
    "an empty body": ("<html><body></body></html>", "the page holds no words"),
    "nothing": ("", "the page holds no words"),
    "only scripts": ("<script>" * 10_000 + WORDS, "the page holds no words"),
    "comments without end": ("<!--" * 1_000_000 + WORDS, "too many elements to be a report"),
    "angles": ("<" * 3_000_000, "too many elements to be a report"),
}


def page_of(markup: str) -> Page:
    data = markup.encode()
    received = Received(where="bad.html", how="file", media="html", digest=digest_of(data), size=len(data))
    return Page(data=data, received=received)


@pytest.mark.parametrize("markup", READ.values(), ids=READ.keys())
def test_the_words_are_read_in_bounded_time(markup: str) -> None:
    page = page_of(markup)
    report_of(page_of(P * 3))  # imports and models are no part of a page's time
    began = time.process_time()
    report = report_of(page)
    assert time.process_time() - began < SECONDS
    assert WORDS.strip() in report.text
    assert len(report.text) < 2 * len(page.data) + 1000
    assert all(
        report.text[part.start : part.end] == report.words_of(part) for part in report.parts if part.aside is None
    )


@pytest.mark.parametrize(("markup", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_report_is_one_plain_problem(markup: str, reason: str) -> None:
    page = page_of(markup)
    began = time.process_time()
    with pytest.raises(SaysoError) as caught:
        report_of(page)
    assert time.process_time() - began < SECONDS
    assert (caught.value.problem.where, caught.value.problem.reason) == ("bad.html", reason)


def test_a_page_too_deep_for_a_tree_is_read_as_plain_text_and_says_so() -> None:
    report = report_of(page_of(f"<div>{P}</div>" * 3 + "<b>" * 1_000 + WORDS))
    assert any(note.startswith("Read as plain text") for note in report.notes)


def test_a_control_character_costs_no_paragraph() -> None:
    last = "<p>The governor\x01 said that buses would run again on Tuesday morning.</p>"
    report = report_of(page_of(f"<article><h1>Road open</h1>{P * 2}{last}</article>"))
    assert "The governor said that buses would run again" in report.text
    assert "1 control character taken out." in report.notes
