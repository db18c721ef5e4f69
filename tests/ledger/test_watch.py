"""Feeds asked again and again: only what is new is sent and taken in, and nobody is pestered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sayso.engine.ledger_add import AddOptions
from sayso.engine.ledger_watch import WatchOptions, feeds_of, look_once
from sayso.ledger import Ledger
from sayso.ledger.feeds import remembered
from tests.ledger.small import NOON, read_small

ENTRY = (
    "<entry><id>urn:{0}</id><title>Shelling {0}</title><updated>2016-06-08T10:00:00Z</updated><content>The army "
    "shelled Manbij on 2016-06-0{0}, killing 3, Abu Omar said. Residents left their houses the night before, two of "
    "them told the agency by telephone from the road to the north.</content></entry>"
)
FEED = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Furat Monitor</title>{}</feed>'


class Site:
    """A server on this machine that answers as it is told and remembers what it was asked."""

    def __init__(self) -> None:
        self.robots: tuple[int, str] = (404, "")
        self.entries = [1]
        self.fails: tuple[int, str] | None = None  # a status, and Retry-After
        self.asked: list[tuple[str, str | None]] = []  # path, If-None-Match
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append((request.path, request.headers["If-None-Match"]))
        tag = f'"{len(self.entries)}"'
        status, body, headers = 200, FEED.format("".join(ENTRY.format(n) for n in self.entries)), {"ETag": tag}
        if request.path == "/robots.txt":
            (status, body), headers = self.robots, {}
        elif self.fails:
            status, body, headers = self.fails[0], "", {"Retry-After": self.fails[1]}
        elif request.headers["If-None-Match"] == tag:
            status, body = 304, ""
        request.send_response(status)
        for name, value in {**headers, "Content-Type": "application/atom+xml", "Content-Length": len(body)}.items():
            request.send_header(name, str(value))
        request.end_headers()
        request.wfile.write(body.encode())


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


def look(ledger: Ledger, site: Site, minutes: float) -> list[str | None]:
    """What became of everything found in the feed so many minutes after noon."""
    options = WatchOptions(allow_private=True, add=AddOptions(workers=1), read_one=read_small)
    when = NOON + timedelta(minutes=minutes)
    found = look_once(ledger, [f"{site.url}/feed"], options, lambda: when, lambda _: None)
    return [str(added.problem).partition(": ")[2] if added.problem else added.outcome for added in found]


def test_only_what_is_new_is_sent_and_taken_in(empty: Ledger, site: Site) -> None:
    assert look(empty, site, 0) == ["new"]
    assert look(empty, site, 1) == []  # not due
    assert look(empty, site, 20) == []  # nothing new, says the server
    site.entries.append(2)
    assert look(empty, site, 40) == ["known", "new"]
    assert [tag for path, tag in site.asked if path == "/feed"] == [None, '"1"', '"1"']
    assert empty.connection.execute("SELECT count(*) FROM reports").fetchone() == (2,)


def test_a_server_that_fails_is_asked_less_and_less_often_and_one_that_names_a_time_is_believed(
    empty: Ledger, site: Site
) -> None:
    site.fails = (500, "")
    assert look(empty, site, 0) == ["the server answered HTTP 500"]
    assert look(empty, site, 29) == []
    assert look(empty, site, 30) == ["the server answered HTTP 500"]
    assert look(empty, site, 89) == []
    site.fails = (503, "36000")
    assert look(empty, site, 90) == ["the server answered HTTP 503"]
    assert remembered(empty.connection, f"{site.url}/feed").due == "2016-06-09T23:30:00Z"
    site.fails = None
    assert look(empty, site, 700) == ["new"]
    assert remembered(empty.connection, f"{site.url}/feed").failures == 0


@pytest.mark.parametrize(
    ("robots", "said"),
    [
        ((200, "User-agent: *\nDisallow: /feed"), ["its robots.txt asks not to fetch it"]),
        ((200, "User-agent: sayso\nDisallow: /\n\nUser-agent: *\nAllow: /"), ["its robots.txt asks not to fetch it"]),
        ((200, "User-agent: *\nDisallow: /private"), ["new"]),
        ((404, ""), ["new"]),
        ((500, ""), ["its robots.txt cannot be had: the server answered HTTP 500"]),
    ],
)
def test_robots_txt_is_obeyed(empty: Ledger, site: Site, robots: tuple[int, str], said: list[str]) -> None:
    site.robots = robots
    assert look(empty, site, 0) == said
    asked = [path for path, _ in site.asked]
    assert asked == (["/robots.txt", "/feed"] if said == ["new"] else ["/robots.txt"])


def test_addresses_inside_private_networks_are_not_asked(empty: Ledger, site: Site) -> None:
    [added] = look_once(empty, [f"{site.url}/feed"], WatchOptions(), lambda: datetime.now(UTC))
    assert "not on the public internet" in str(added.problem)
    assert site.asked == []


def test_feeds_are_named_by_opml_files_and_addresses(tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline text="Syria"><outline type="rss" xmlUrl="https://a.example/rss"/>'
        '<outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="http://b.example/atom"/></outline></body></opml>'
    )
    assert list(feeds_of(["https://c.example/feed", str(opml)])) == [
        "https://c.example/feed", "https://a.example/rss", "http://b.example/atom",
    ]  # fmt: skip
    opml.write_text("no XML")
    assert [str(item) for item in feeds_of([str(opml), str(tmp_path / "none")])] == [
        f"{opml}: no feeds in it: an OPML file names them as outline xmlUrl",
        f"{tmp_path}/none: cannot be read: No such file or directory",
    ]
