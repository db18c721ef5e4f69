"""Feeds and pages asked again and again, politely: what changed goes into the ledger.

Polite means: robots.txt is obeyed, a server is asked whether anything changed before it sends it again (ETag,
Last-Modified), one that fails is asked less and less often, and one that says when to come back is taken at its word.
"""

from __future__ import annotations

import io
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import urlsplit

import msgspec
from protego import Protego

from sayso.engine.ledger_add import Added, AddOptions, ReadOne, add_pages
from sayso.ledger import Ledger
from sayso.ledger.feeds import Feed, is_due, later, remember, remembered
from sayso.pages.containers import Source, open_stream, pages_of
from sayso.pages.fetch import Fetched, RefusedError, address_of, hop, system_resolve, trusted
from sayso.pages.limits import Limits
from sayso.pages.page import Known, Page
from sayso.records import Problem

if TYPE_CHECKING:
    import httpx

AGENT = "sayso"
_OPML_BYTES = 10_000_000  # the largest published collections have some hundred kB
_LONGEST = 86_400.0  # seconds: a feed that keeps failing is still asked once a day
_PAUSE = 1.0  # seconds between two questions to one host that names none
_STEP = 60.0  # seconds at most that are waited in one piece


class WatchOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to watch. `every`: seconds between two looks at one feed. `read_one`: as in `add_pages`."""

    every: float = 900.0
    limits: Limits = Limits()
    allow_private: bool = False
    add: AddOptions = AddOptions(workers=1)
    read_one: ReadOne | None = None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said: `fetched` None: nothing new. `etag`, `modified`: to be shown to it the next time."""

    fetched: Fetched | None
    etag: str | None = None
    modified: str | None = None


class MissingError(RefusedError):
    """The server says that there is no such thing, or not for us."""


class LaterError(RefusedError):
    """The server wants to be left alone for `wait` seconds."""

    def __init__(self, reason: str, wait: float) -> None:
        super().__init__(reason)
        self.wait = wait


def feeds_of(inputs: Sequence[str]) -> Iterator[str | Problem]:
    """The addresses named: an http(s) address itself, or every feed in an OPML file."""
    for given in inputs:
        if given.startswith(("http://", "https://")):
            yield given
        else:
            yield from _of_opml(Path(given))


def look_once(
    ledger: Ledger,
    urls: Sequence[str],
    options: WatchOptions,
    now: Callable[[], datetime],
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Added]:
    """Ask every feed that is due, once, and add what is new in it."""
    asking = _Asking(options, sleep)
    for url in dict.fromkeys(urls):
        with ledger.reading() as connection:
            feed = remembered(connection, url)
        if is_due(feed, now()):
            yield from _look(ledger, feed, asking, now)


def watch(
    ledger: Ledger,
    urls: Sequence[str],
    options: WatchOptions,
    now: Callable[[], datetime],
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Added]:
    """`look_once` again and again, without end."""
    while True:
        yield from look_once(ledger, urls, options, now, sleep)
        sleep(min(options.every, _STEP))


def _look(ledger: Ledger, feed: Feed, asking: _Asking, now: Callable[[], datetime]) -> Iterator[Added]:
    options = asking.options
    try:
        answer = asking.ask(feed)
    except RefusedError as error:
        failures = feed.failures + 1
        wait = error.wait if isinstance(error, LaterError) else 0.0
        wait = min(max(options.every * 2.0 ** min(failures, 20), wait), _LONGEST)
        failed = msgspec.structs.replace(feed, failures=failures, problem=str(error), due=later(now(), wait))
        with ledger.writing() as connection:
            remember(connection, failed)
        yield Added(id=None, place=feed.url, outcome=None, problem=Problem(where=feed.url, reason=str(error)))
        return
    if answer.fetched is not None:
        pages = _pages(answer.fetched, feed.url, options.limits)
        yield from add_pages(ledger, pages, options.add, now, options.read_one)
    # Only now: had it been stopped while adding, the server would have said that nothing is new.
    looked = Feed(
        url=feed.url,
        etag=answer.etag if answer.fetched else answer.etag or feed.etag,
        modified=answer.modified if answer.fetched else answer.modified or feed.modified,
        checked=later(now(), 0),
        due=later(now(), options.every),
    )
    with ledger.writing() as connection:
        remember(connection, looked)


class _Asking:
    """Asks servers, as often as their robots.txt allows and never two things at once."""

    def __init__(self, options: WatchOptions, sleep: Callable[[float], None]) -> None:
        self.options = options
        self._sleep = sleep
        self._rules: dict[str, Protego] = {}  # by scheme and host
        self._asked: set[str] = set()

    def ask(self, feed: Feed) -> Answer:
        """What is new at an address. RefusedError: why nothing can be had there now."""
        parts = urlsplit(feed.url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = self._rules_of(host)
        rules = self._rules[host]
        if not rules.can_fetch(feed.url, AGENT):
            raise RefusedError("its robots.txt asks not to fetch it")
        if host in self._asked:
            self._sleep(min(float(rules.crawl_delay(AGENT) or _PAUSE), _STEP))
        self._asked.add(host)
        headers = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
        return get(feed.url, {name: value for name, value in headers.items() if value}, self.options)

    def _rules_of(self, host: str) -> Protego:
        """What a host asks of robots. RFC 9309: no such file allows everything, a server in trouble nothing."""
        try:
            answer = get(f"{host}/robots.txt", {}, self.options)
        except RefusedError as error:
            if isinstance(error, MissingError):
                return Protego.parse("")
            raise RefusedError(f"its robots.txt cannot be had: {error}") from None
        return Protego.parse((answer.fetched.data if answer.fetched else b"").decode("utf-8", "replace"))


def get(url: str, headers: dict[str, str], options: WatchOptions) -> Answer:
    """Fetch `url`, bounded and checked as `pages.fetch.fetch` does; with nothing fetched where nothing is new.

    In a thread of its own: neither name resolution nor a server that trickles can be held to a total time from within.
    """
    answers: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(_get(url, headers, options))
        except RefusedError as error:
            answers.put(error)
        except Exception as error:
            answers.put(RefusedError(f"cannot be fetched: {type(error).__name__}: {error}"))

    threading.Thread(target=run, daemon=True, name="sayso-watch").start()
    try:
        answer = answers.get(timeout=options.limits.url_seconds)
    except queue.Empty:
        raise RefusedError(f"took longer than {options.limits.url_seconds:g} s") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _get(url: str, headers: dict[str, str], options: WatchOptions) -> Answer:
    import httpx

    said: list[httpx.Response] = []
    hooks = {"response": [said.append]}
    deadline = time.monotonic() + options.limits.url_seconds
    with httpx.Client(
        trust_env=False, follow_redirects=False, verify=trusted(), headers=headers, event_hooks=hooks
    ) as client:  # fmt: skip
        at = address_of(url)
        for _ in range(options.limits.redirects + 1):
            try:
                answer = hop(client, at, options.limits, deadline, options.allow_private, system_resolve)
            except RefusedError as error:
                return _not_sent(error, said[-1] if said else None)
            if isinstance(answer, Fetched):
                return _answered(answer, said[-1])
            at = address_of(answer)
    raise RefusedError(f"more than {options.limits.redirects} redirects")


def _not_sent(error: Exception, said: httpx.Response | None) -> Answer:
    """Nothing new, or the reason as it is acted on."""
    if said is None:
        raise error
    if said.status_code == 304:
        return _answered(None, said)
    if 400 <= said.status_code < 500 and said.status_code != 429:
        raise MissingError(str(error)) from None
    after = said.headers.get("retry-after", "")
    if after:
        raise LaterError(str(error), _seconds(after)) from None
    raise error


def _answered(fetched: Fetched | None, said: httpx.Response) -> Answer:
    headers = said.headers
    return Answer(fetched=fetched, etag=headers.get("etag"), modified=headers.get("last-modified"))


def _seconds(after: str) -> float:
    """Retry-After: seconds, or a moment."""
    if after.strip().isdigit():
        return float(after.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(after).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _pages(fetched: Fetched, url: str, limits: Limits) -> Iterator[Page | Problem]:
    source = Source(
        where=url,
        how="url",
        name=fetched.url.partition("?")[0].rpartition("/")[2],
        content_type=fetched.content_type,
        charset=fetched.charset,
        url=Known(fetched.url, "the address it was fetched from"),
    )
    yield from pages_of(open_stream(cast(BinaryIO, io.BytesIO(fetched.data)), source), limits, {})


def _of_opml(path: Path) -> Iterator[str | Problem]:
    """The addresses of the feeds in an OPML file."""
    from lxml import etree

    try:
        data = path.read_bytes()[:_OPML_BYTES]
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
        root = etree.fromstring(data, parser)
    except OSError as error:
        yield Problem(where=str(path), reason=f"cannot be read: {error.strerror}")
        return
    except (etree.XMLSyntaxError, ValueError):
        root = None
    found = [] if root is None else [outline.get("xmlUrl") for outline in root.iter("outline")]
    urls = [url for url in found if url and url.startswith(("http://", "https://"))]
    if not urls:
        yield Problem(where=str(path), reason="no feeds in it: an OPML file names them as outline xmlUrl")
    yield from urls
