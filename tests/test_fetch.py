"""Fetching: bounded, checked on every hop, and pinned to the address that was checked."""

from __future__ import annotations

import gzip
import io
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import BinaryIO, ClassVar, cast

import httpx
import pytest

from sayso.pages.fetch import fetch, is_public
from sayso.pages.gather import GatherOptions, gather
from sayso.pages.limits import Limits
from sayso.pages.page import Page
from sayso.records import Problem, SaysoError

PAGE = b"<!doctype html><html><body><p>The bridge was cut on Tuesday.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """A small web of hostile and friendly pages."""

    asked: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.headers["Host"], self.path))
        getattr(self, "page_" + self.path.strip("/").partition("?")[0].partition("/")[0])()

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page_article(self) -> None:
        self.reply(200, PAGE, Content_Type="text/html; charset=windows-1256")

    def page_agent(self) -> None:
        self.reply(200, self.headers["User-Agent"].encode(), Content_Type="text/plain")

    def page_packed(self) -> None:
        self.reply(200, gzip.compress(PAGE), Content_Encoding="gzip")

    def page_bomb(self) -> None:
        self.reply(200, gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")

    def page_cut(self) -> None:
        self.reply(200, gzip.compress(PAGE)[:-9], Content_Encoding="gzip")

    def page_large(self) -> None:
        self.reply(200, b"x" * 3_000_000)

    def page_missing(self) -> None:
        self.reply(404)

    def page_moved(self) -> None:
        self.reply(302, Location="/article?id=1")

    def page_loop(self) -> None:
        self.reply(302, Location="/loop")

    def page_inward(self) -> None:
        self.reply(302, Location="http://169.254.169.254/latest/meta-data/")

    def page_away(self) -> None:
        self.reply(302, Location="file:///etc/passwd")

    def page_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b".")
            self.wfile.flush()
            time.sleep(0.1)

    def page_drip(self) -> None:
        for _ in range(100):
            self.wfile.write(b"X")
            self.wfile.flush()
            time.sleep(0.1)

    def page_feed(self) -> None:
        self.reply(
            200,
            b"<rss><channel><title>T</title><item><title>A</title><description>Words</description></item></channel></rss>",
        )

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def reason(url: str, limits: Limits | None = None, *, allow_private: bool = True) -> str:
    """Why `url` is not fetched."""
    with pytest.raises(SaysoError) as caught:
        fetch(url, limits or Limits(), allow_private=allow_private)
    assert caught.value.problem.where == url
    return caught.value.problem.reason


def test_a_page_is_fetched_with_what_the_server_says_of_it(site: str) -> None:
    fetched = fetch(f"{site}/article", Limits(), allow_private=True)
    assert (fetched.data, fetched.charset) == (PAGE, "windows-1256")
    assert fetched.content_type.startswith("text/html")
    assert fetch(f"{site}/agent", Limits(), allow_private=True).data.startswith(b"sayso/")


def test_redirects_are_followed_to_the_last_address(site: str) -> None:
    assert fetch(f"{site}/moved", Limits(), allow_private=True).url == f"{site}/article?id=1"


def test_a_compressed_body_is_unpacked(site: str) -> None:
    assert fetch(f"{site}/packed", Limits(), allow_private=True).data == PAGE


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("missing", "the server answered HTTP 404"),
        ("loop", "more than 5 redirects"),
        ("away", "only http and https addresses are read, not file"),
        ("large", "larger than 1 MB"),
        ("bomb", "larger than 1 MB"),
        ("cut", "the compressed body is cut short"),
    ],
)
def test_a_hostile_or_broken_server_gets_one_plain_line(site: str, path: str, why: str) -> None:
    assert reason(f"{site}/{path}", Limits(url_bytes=1_000_000)) == why


@pytest.mark.parametrize("path", ["slow", "drip"])
def test_a_server_that_takes_its_time_is_left_after_the_limit(site: str, path: str) -> None:
    began = time.monotonic()
    assert reason(f"{site}/{path}", Limits(url_seconds=1.0)) == "took longer than 1 s"
    assert time.monotonic() - began < 8  # the server would go on for ten


def test_an_unreachable_server_is_one_plain_line() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert reason(url).startswith("cannot be reached")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[ff02::1]",
        "[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        "2130706433", "0x7f.1", "127.1",
    ],
)  # fmt: skip
def test_private_targets_are_refused_however_they_are_written(host: str) -> None:
    assert "not on the public internet" in reason(f"http://{host}/", allow_private=False)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_a_redirect_into_a_private_network_is_refused(site: str) -> None:
    port = int(site.rpartition(":")[2])

    def resolve(host: str, _port: int) -> list[str]:
        return {"news.example": ["127.0.0.1"]}[host]

    with pytest.raises(SaysoError, match="not on the public internet"):
        fetch(f"http://news.example:{port}/inward", Limits(), resolve=resolve)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(SaysoError, match=r"10\.0\.0\.7"):
        fetch("http://news.example/", Limits(), resolve=lambda _host, _port: ["93.184.216.34", "10.0.0.7"])


def test_the_connection_goes_to_the_address_that_was_checked(site: str) -> None:
    """The name is resolved once: a second answer, pointing elsewhere, is never asked for."""
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["203.0.113.9"]

    port = site.rpartition(":")[2]
    Handler.asked.clear()
    fetched = fetch(f"http://news.example:{port}/article", Limits(), allow_private=True, resolve=resolve)
    assert asked == ["news.example"]
    assert Handler.asked == [(f"news.example:{port}", "/article")]  # the Host header keeps the name
    assert fetched.url == f"http://news.example:{port}/article"


def test_tls_is_spoken_to_the_name_and_not_to_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[httpx.Request] = []

    def send(_self: httpx.Client, request: httpx.Request, **_options: object) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, stream=httpx.ByteStream(PAGE), request=request)

    monkeypatch.setattr(httpx.Client, "send", send)
    fetch("https://news.example/a", Limits(), resolve=lambda _host, _port: ["93.184.216.34"])
    (request,) = sent
    assert request.url.host == "93.184.216.34" and request.headers["Host"] == "news.example"
    assert request.extensions["sni_hostname"] == "news.example"


@pytest.mark.parametrize("url", ["http://", "http://user:word@example.org/", "http://exa mple/", "http://[::1"])
def test_bad_addresses_are_refused(url: str) -> None:
    assert "address" in reason(url)


def test_a_page_from_the_web_knows_its_address(site: str) -> None:
    options = GatherOptions(allow_private=True)
    (page,) = gather([f"{site}/moved"], options, cast(BinaryIO, io.BytesIO()))
    assert isinstance(page, Page)
    assert (page.received.how, page.received.media, page.received.charset) == ("url", "html", "windows-1256")
    assert page.hints.url is not None
    assert (page.hints.url.value, page.hints.url.where) == (f"{site}/article?id=1", "the address it was fetched from")
    (entry,) = gather([f"{site}/feed"], options, cast(BinaryIO, io.BytesIO()))
    assert isinstance(entry, Page) and entry.received.how == "feed"
    (refused,) = gather([f"{site}/article"], GatherOptions(), cast(BinaryIO, io.BytesIO()))
    assert isinstance(refused, Problem) and "--allow-private" in refused.reason
