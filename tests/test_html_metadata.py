"""What an HTML page says of itself, from where, and what is noted when its places disagree."""

from __future__ import annotations

import json

import pytest

from sayso.pages import Hints, Page, report_of
from sayso.pages.html.dates import date_in_url, read_date
from sayso.records import Received, Report, digest_of

BODY = "<p>" + "The bridge at Qara Qozak was cut on Tuesday night, two residents and the council said. " * 3 + "</p>"


def read(head: str, body: str = BODY) -> Report:
    data = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()
    received = Received(where="p.html", how="file", media="html", digest=digest_of(data), size=len(data))
    return report_of(Page(data=data, received=received, hints=Hints()))


def json_ld(thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Bridge is cut",
    "datePublished": "2016-06-08T17:42:00+03:00",
    "dateModified": "2016-06-09T08:00:00+03:00",
    "author": [{"@type": "Person", "name": "Dina Haddad"}, "Omar Saleh"],
    "publisher": {"@type": "Organization", "name": "The Sahel Wire"},
    "inLanguage": "en-GB",
    "mainEntityOfPage": {"@id": "https://sahel.example/bridge"},
}


@pytest.mark.parametrize("wrapped", [ARTICLE, [ARTICLE], {"@graph": [{"@type": "WebSite"}, ARTICLE]}])
def test_json_ld_is_read_alone_in_lists_and_in_graphs(wrapped: object) -> None:
    found = read(json_ld(wrapped))
    assert (found.title, found.outlet, found.byline) == ("Bridge is cut", "The Sahel Wire", "Dina Haddad, Omar Saleh")
    assert (found.published, found.language) == ("2016-06-08T17:42:00+03:00", "en-GB")
    assert found.url == "https://sahel.example/bridge"
    assert set(found.known.values()) == {"the page's JSON-LD"}


def test_a_time_of_change_is_never_taken_for_publication() -> None:
    changed = {key: value for key, value in ARTICLE.items() if key != "datePublished"}
    found = read(json_ld(changed) + '<meta property="article:modified_time" content="2016-06-09T08:00:00Z">')
    assert found.published is None
    assert any(note.startswith("Only a date of change is given: 2016-06-09") for note in found.notes)


def test_a_changed_time_element_is_passed_over() -> None:
    body = '<p>Updated: <time class="updated" datetime="2016-06-09T10:00:00Z">9 June</time></p>' + BODY
    published = '<p><time itemprop="datePublished" datetime="2016-06-08T10:00:00Z">8 June</time></p>'
    assert read("", published + body).published == "2016-06-08T10:00:00+00:00"


def test_places_that_disagree_are_told() -> None:
    canonical = '<link rel="canonical" href="https://sahel.example/2016/05/30/bridge">'
    found = read(json_ld(ARTICLE) + canonical)
    assert found.published == "2016-06-08T17:42:00+03:00"
    assert "Published 2016-06-08 by the page's JSON-LD, but 2016-05-30 by the page's address." in found.notes


@pytest.mark.parametrize(
    ("head", "body", "published", "where"),
    [
        ('<meta name="dc.date" content="2016-06-08">', "", "2016-06-08", "the page's meta dc.date"),
        ("", '<time datetime="2016-06-08T10:00Z">x</time>', "2016-06-08T10:00:00+00:00", "the page's <time>"),
        ("", "<h1>Bridge is cut</h1><div>Wed Jun 8, 2016 9:15PM</div>", "2016-06-08T21:15:00",
         "the line “Wed Jun 8, 2016 9:15PM”"),
        ('<link rel="canonical" href="https://s.example/2016/06/08/b">', "", "2016-06-08", "the page's address"),
        ("", "<p>RAQQA, June 8, 2016 (Sahel Wire) - The army and the council both spoke of the bridge on Tuesday, "
         "two residents said.</p>", "2016-06-08", "the dateline “RAQQA, June 8, 2016 (Sahel Wire)”"),
    ],
)  # fmt: skip
def test_published_is_known_from_many_places(head: str, body: str, published: str, where: str) -> None:
    found = read(head, body + BODY)
    assert (found.published, found.known["published"]) == (published, where)


@pytest.mark.parametrize(
    ("markup", "byline"),
    [
        ('<meta name="author" content="Dina Haddad">', "Dina Haddad"),
        ('<meta name="author" content="https://sahel.example/dina">', None),
        ('<meta name="author" content="@dina">', None),
        ('<meta property="og:site_name" content="Sahel Wire"><meta name="author" content="Sahel Wire">', None),
    ],
)
def test_addresses_handles_and_the_outlet_are_no_bylines(markup: str, byline: str | None) -> None:
    assert read(markup).byline == byline


@pytest.mark.parametrize(
    "script", ["{", "[" * 100_000, '{"@type": "NewsArticle", "headline": 7, "author": {"name": {}}}', "null", "[[[]]]"]
)
def test_json_ld_that_is_broken_says_nothing(script: str) -> None:
    found = read(f'<script type="application/ld+json">{script}</script>')
    assert found.title is None and found.byline is None


@pytest.mark.parametrize("href", ["javascript:alert(1)", "http://[", "//", "/only/a/path", "x" * 5000])
def test_only_whole_web_addresses_are_addresses(href: str) -> None:
    assert read(f'<link rel="canonical" href="{href}">').url is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2016-06-08T17:42:00Z", "2016-06-08T17:42:00+00:00"),
        ("20160611T1120+0300", "2016-06-11T11:20:00+03:00"),
        ("11:20 11.06.2016 (Updated: 12:04 11.06.2016)", "2016-06-11T11:20:00"),
        ("Publié le 9 juin 2016 à 07h30", "2016-06-09T07:30:00"),
        ("Sun 12 Jun 2016 06.00 BST", "2016-06-12T06:00:00+01:00"),
        ("8 Haziran 2016 23:48", "2016-06-08T23:48:00"),
        ("8 июня 2016 года", "2016-06-08"),
        ("30/06/2016", "2016-06-30"),
        ("06/07/2016", None),
        ("2016-13-45", None),
        ("21 May", None),
        ("", None),
    ],
)
def test_dates_are_read_where_they_can_be_read_one_way(text: str, date: str | None) -> None:
    assert read_date(text) == date


def test_a_date_in_an_address_needs_year_month_and_day() -> None:
    assert date_in_url("https://s.example/world/2016-06-08-bridge") == "2016-06-08"
    assert date_in_url("https://s.example/2016/06/bridge") is None
    assert date_in_url("https://s.example/20161345/bridge") is None
