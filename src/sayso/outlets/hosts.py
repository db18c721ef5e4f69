"""The host of an address: the only part of it that says whose page it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

LONGEST_URL = 8192  # bytes; servers refuse longer ones
LONGEST_HOST = 253  # RFC 1035
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,20}://", re.IGNORECASE)


def host_of(url: str) -> str | None:
    """The host in lower case, international names as ASCII; None where there is none, or programs read it differently.

    >>> host_of("https://English.AlArabiya.net:443/News?x=1"), host_of("sana.sy/en")
    ('english.alarabiya.net', 'sana.sy')
    >>> host_of("https://reuters.com@evil.example/"), host_of("https://evil.example\\\\@reuters.com/")
    ('evil.example', None)
    """
    url = url.strip()
    if len(url) > LONGEST_URL or "\\" in url or any(c <= " " or c == "\x7f" for c in url):
        return None
    if not _SCHEME.match(url):
        if ":" in url.split("/")[0]:  # "mailto:", "javascript:"
            return None
        url = "http://" + url
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in ("http", "https") and parts.port != 0 else None  # a bad port raises
        return _checked(host) if host else None
    except ValueError:
        return None


def _checked(host: str) -> str | None:
    host = host.rstrip(".")
    ascii_host = host if host.isascii() else host[:LONGEST_HOST].encode("idna").decode("ascii")
    labels = ascii_host.lower().split(".")
    well_made = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels) and not labels[-1].isdigit()
    return ".".join(labels) if well_made and len(ascii_host) <= LONGEST_HOST else None


def suffixes(host: str) -> Iterator[str]:
    """The host and the domains it is under, longest first, none of a single label.

    >>> list(suffixes("english.ahram.org.eg"))
    ['english.ahram.org.eg', 'ahram.org.eg', 'org.eg']
    """
    labels = host.split(".")
    for start in range(len(labels) - 1):
        yield ".".join(labels[start:])
