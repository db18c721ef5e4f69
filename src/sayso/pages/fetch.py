"""One page from the web, by an address that may be hostile: bounded in size and time, and never into a private network.

Every hop's name is resolved once, every address it has is checked, and the connection goes to a checked address; the
name goes along in the Host header and the TLS handshake, so that nothing can change between check and connection.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from sayso.pages.limits import Limits, in_words
from sayso.records import Problem, SaysoError
from sayso.version import __version__

if TYPE_CHECKING:
    import httpx

Resolve = Callable[[str, int], list[str]]
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_INFLATE = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
_HEADERS = {
    "User-Agent": f"sayso/{__version__}",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,text/*;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",  # the one that is unpacked here, bounded
}
_STEP = 65_536
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address


class RefusedError(Exception):
    """Why a page is not fetched, in plain words; `fetch` makes a SaysoError of it."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What was received: the body as sent (HTTP's own encodings undone), from `url`, the address after redirects."""

    url: str
    data: bytes
    content_type: str = ""
    charset: str | None = None


def fetch(url: str, limits: Limits, *, allow_private: bool = False, resolve: Resolve | None = None) -> Fetched:
    """Fetch `url`. Raises SaysoError with a plain reason.

    The whole runs in a thread of its own, because neither name resolution nor a server that sends its headers byte
    by byte can be held to a total time from within.
    """
    answers: queue.SimpleQueue[Fetched | RefusedError] = queue.SimpleQueue()
    deadline = time.monotonic() + limits.url_seconds

    def run() -> None:
        try:
            answers.put(_follow(url, limits, deadline, allow_private, resolve or system_resolve))
        except RefusedError as error:
            answers.put(error)
        except Exception as error:
            answers.put(RefusedError(f"cannot be fetched: {type(error).__name__}: {error}"))

    threading.Thread(target=run, daemon=True, name="sayso-fetch").start()
    try:
        answer = answers.get(timeout=limits.url_seconds)
    except queue.Empty:
        answer = _too_slow(limits)
    if isinstance(answer, RefusedError):
        raise SaysoError(Problem(where=url, reason=str(answer)))
    return answer


def is_public(address: str) -> bool:
    """True for an address of the public internet, also looking inside IPv4 addresses carried in IPv6 ones.

    >>> [is_public(a) for a in ("93.184.216.34", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "224.0.0.1")]
    [True, False, False, False, False]
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped or ip.teredo:  # nobody publishes at these; only somebody in disguise uses them
            return False
        carried = ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if carried is not None:
            return is_public(str(carried))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses that the system knows for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _follow(url: str, limits: Limits, deadline: float, allow_private: bool, resolve: Resolve) -> Fetched:
    import httpx

    # trust_env: proxies named in the environment would connect on our behalf, unchecked.
    with httpx.Client(trust_env=False, follow_redirects=False, verify=trusted()) as client:
        at = address_of(url)
        for _ in range(limits.redirects + 1):
            answer = hop(client, at, limits, deadline, allow_private, resolve)
            if isinstance(answer, Fetched):
                return answer
            at = address_of(answer)
    raise RefusedError(f"more than {limits.redirects} redirects")


def trusted() -> ssl.SSLContext:
    """The system's certificates (and SSL_CERT_FILE), and certifi's where the system has none."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def address_of(url: str) -> httpx.URL:
    """The address, parsed. RefusedError for all but plain http and https ones."""
    import httpx

    try:
        at = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError):
        raise RefusedError("not a valid address") from None
    if at.scheme not in ("http", "https"):
        raise RefusedError(f"only http and https addresses are read, not {at.scheme or 'one without a scheme'}")
    if not at.host:
        raise RefusedError("not a valid address: no host")
    if at.userinfo:
        raise RefusedError("addresses with a name and password are not read")
    return at


def hop(
    client: httpx.Client, at: httpx.URL, limits: Limits, deadline: float, allow_private: bool, resolve: Resolve
) -> Fetched | str:
    """One request, to a checked address: what was fetched, or the address it redirects to. RefusedError: why neither.

    `deadline`: of `time.monotonic`.
    """
    import httpx

    addresses = _checked(at, allow_private, resolve)
    failure: Exception | None = None
    for address in addresses:
        left = deadline - time.monotonic()
        if left <= 0:
            raise _too_slow(limits)
        pinned = at.copy_with(host=address)
        headers = {**_HEADERS, "Host": at.netloc.decode("ascii")}
        request = client.build_request(
            "GET", pinned, headers=headers, timeout=left, extensions={"sni_hostname": at.raw_host.decode("ascii")}
        )
        try:
            response = client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failure = error
            continue
        except httpx.HTTPError as error:
            raise RefusedError(_in_words(error, limits)) from None
        try:
            return _answer(response, at, limits, deadline)
        except httpx.HTTPError as error:
            raise RefusedError(_in_words(error, limits)) from None
        finally:
            response.close()
    raise RefusedError(_in_words(failure, limits) if failure else f"no address found for {at.host}")


def _checked(at: httpx.URL, allow_private: bool, resolve: Resolve) -> list[str]:
    """The addresses of the host, all of them public unless private ones are allowed."""
    host = at.host
    try:
        addresses = [str(ipaddress.ip_address(host))]
    except ValueError:
        try:
            addresses = resolve(at.raw_host.decode("ascii"), at.port or (443 if at.scheme == "https" else 80))
        except (OSError, UnicodeError):
            raise RefusedError(f"no address found for {host}") from None
    for address in addresses:
        if not allow_private and not is_public(address):
            raise RefusedError(f"{host} is not on the public internet ({address}); --allow-private permits it")
    return addresses


def _answer(response: httpx.Response, at: httpx.URL, limits: Limits, deadline: float) -> Fetched | str:
    if response.status_code in _REDIRECTS and "location" in response.headers:
        return str(at.join(response.headers["location"]))
    if not 200 <= response.status_code < 300:
        raise RefusedError(f"the server answered HTTP {response.status_code}")
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limits.url_bytes:
        raise RefusedError(f"larger than {in_words(limits.url_bytes)}")
    body = bytearray()
    for piece in _unpacked(response):
        body += piece
        if len(body) > limits.url_bytes:
            raise RefusedError(f"larger than {in_words(limits.url_bytes)}")
        if time.monotonic() > deadline:
            raise _too_slow(limits)
    content_type = response.headers.get("content-type", "")
    return Fetched(url=str(at), data=bytes(body), content_type=content_type, charset=response.charset_encoding)


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """The body in pieces of bounded size: httpx's own decoders would unpack a whole bomb at once."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if encoding == "identity":
        yield from response.iter_raw(_STEP)
        return
    if encoding not in _INFLATE:
        raise RefusedError(f"sent in an encoding that was not asked for ({encoding[:20]})")
    inflate = zlib.decompressobj(_INFLATE[encoding])
    try:
        for raw in response.iter_raw(_STEP):
            yield inflate.decompress(raw, _STEP)
            while inflate.unconsumed_tail:
                yield inflate.decompress(inflate.unconsumed_tail, _STEP)
    except zlib.error:
        raise RefusedError("the compressed body is damaged") from None
    if not inflate.eof:
        raise RefusedError("the compressed body is cut short")


def _too_slow(limits: Limits) -> RefusedError:
    return RefusedError(f"took longer than {limits.url_seconds:g} s")


def _in_words(error: Exception, limits: Limits) -> str:
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return str(_too_slow(limits))
    if isinstance(error, httpx.ConnectError):
        return f"cannot be reached: {' '.join(str(error).split())}"
    if isinstance(error, httpx.RemoteProtocolError):
        return f"the server broke off or does not speak HTTP: {' '.join(str(error).split())}"
    return f"cannot be fetched: {type(error).__name__}: {' '.join(str(error).split())}"
