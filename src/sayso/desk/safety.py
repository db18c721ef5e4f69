"""What every request must pass and every answer carries: only this machine's own page is served.

Another site's page in the same browser can send requests here (CSRF), or make its name point here (DNS rebinding); so
the Host header must be this machine's, requests from other origins are refused, and what writes needs a token that
only the page can read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.desk.problems import RefusedError, said

_log = logging.getLogger(__name__)
MOST_BYTES = 262_144  # of a body: a decision with its note takes some hundred
_MOST_ADDRESS = 16_384  # of a path and its query: filters take some hundred
_READS = ("GET", "HEAD")
_WRITES = ("POST",)
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "connect-src 'self'", "worker-src 'self' blob:", "font-src 'self'", "manifest-src 'self'",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def own_hosts(port: int) -> frozenset[str]:
    """What the Host header may say: this machine's names with the port."""
    names = ("127.0.0.1", "localhost", "[::1]")
    return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())


class Guard:
    """The middleware around the whole application. `may_write`: whether a token and a cookie belong together."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str], may_write: Callable[[Headers], bool]) -> None:
        self._app, self._hosts, self._may_write = app, frozenset(hosts), may_write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no web sockets here
            await send({"type": "websocket.close", "code": 1008})
            return

        head, begun = scope["method"] == "HEAD", False

        async def send_safely(message: Message) -> None:
            nonlocal begun
            begun = True
            if head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        try:
            self._check(scope, Headers(scope=scope))
            await self._app({**scope, "method": "GET"} if head else scope, _bounded(receive), send_safely)
        except RefusedError as error:  # before the application has answered
            answer = said(error.status, error.problem.where, error.problem.reason, {"Connection": "close"})
            await answer(scope, receive, send_safely)
        except Exception:
            _log.exception("%s %s", scope["method"], scope["path"])
            if begun:
                raise
            answer = said(500, "the desk", "something went wrong here; where it was started it says what")
            await answer(scope, receive, send_safely)

    def _check(self, scope: Scope, headers: Headers) -> None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            raise RefusedError(421, "the Host header", "this desk is only for this machine: use http://127.0.0.1")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _MOST_ADDRESS:
            raise RefusedError(414, "the address", "it is too long")
        site = headers.get("sec-fetch-site", "same-origin")
        if scope["method"] in _READS:
            if site not in ("same-origin", "none") and headers.get("sec-fetch-mode") != "navigate":
                raise RefusedError(403, "the Sec-Fetch-Site header", "another site may not read this")
            return
        if scope["method"] not in _WRITES:
            raise RefusedError(405, "the method", f"{scope['method'][:20]} is not used here")
        self._check_write(headers, hosts[0].lower(), site)

    def _check_write(self, headers: Headers, host: str, site: str) -> None:
        if headers.getlist("origin") != [f"http://{host}"] or site != "same-origin":
            raise RefusedError(403, "the Origin header", "only the desk's own page may write")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise RefusedError(415, "the Content-Type header", "a body is JSON here")
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > 9 or int(length) > MOST_BYTES:
            raise _too_large()
        if not self._may_write(headers):
            raise RefusedError(403, "the X-Sayso-Token header", "not the token of this session: /session.json gives it")


def _bounded(receive: Receive) -> Receive:
    """The body, refused where it grows too large: Content-Length may lie, or be missing."""
    met = 0

    async def receive_some() -> Message:
        nonlocal met
        message = await receive()
        met += len(message.get("body", b""))
        if met > MOST_BYTES:
            raise _too_large()
        return message

    return receive_some


def _too_large() -> RefusedError:
    return RefusedError(413, "the body", f"it is larger than {MOST_BYTES:,} bytes")
