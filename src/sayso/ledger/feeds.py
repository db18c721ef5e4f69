"""What is remembered of feeds between two looks at them."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

import msgspec

from sayso.ledger.records import utc


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """An address that is asked again and again; `due` and `checked` in UTC, `failures` in a row."""

    url: str
    etag: str | None = None
    modified: str | None = None
    checked: str | None = None
    due: str | None = None
    failures: int = 0
    problem: str | None = None


def remembered(connection: sqlite3.Connection, url: str) -> Feed:
    """What is known of a feed; nothing of a new one."""
    row = connection.execute("SELECT * FROM feeds WHERE url = ?", (url,)).fetchone()
    return Feed(url=url) if row is None else Feed(**dict(zip(Feed.__struct_fields__, row, strict=True)))


def remember(connection: sqlite3.Connection, feed: Feed) -> None:
    """Write what is known of a feed. To be called in a transaction."""
    connection.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?, ?, ?)", msgspec.structs.astuple(feed))


def is_due(feed: Feed, now: datetime) -> bool:
    """Whether a feed may be asked."""
    return feed.due is None or feed.due <= utc(now)


def later(now: datetime, seconds: float) -> str:
    """The moment so many seconds from `now`, as the ledger writes it."""
    return utc(now + timedelta(seconds=seconds))
