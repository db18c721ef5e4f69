"""Bytes and readings as they lie in the file: packed, and named by their digests."""

from __future__ import annotations

import sqlite3
import sys

import msgspec

from sayso.records import digest_of
from sayso.records.reading import Reading

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LEVEL = 9  # a page in a third of a millisecond, two hundredths larger than the best
QUICK = 1  # what is made anew now and then: four times as fast, a twentieth larger
_MOST_BYTES = 200_000_000  # of anything unpacked: ten times the largest page; a bomb put into the file ends there
_reading = msgspec.json.Decoder(Reading)


def pack(data: bytes, level: int = _LEVEL) -> bytes:
    """`data` as one zstd frame."""
    return zstd.compress(data, level)


def unpack(packed: bytes) -> bytes:
    """The bytes packed. ValueError when they are damaged or unreasonably many."""
    try:
        unpacker = zstd.ZstdDecompressor()
        data = unpacker.decompress(packed, _MOST_BYTES + 1)
    except zstd.ZstdError as error:
        raise ValueError(f"damaged ({error})") from None
    if not unpacker.eof or len(data) > _MOST_BYTES:
        raise ValueError("damaged (cut short, or far too large)")
    return data


def put(connection: sqlite3.Connection, digest: str, data: bytes) -> None:
    """Keep received bytes under their digest, once. To be called in a transaction."""
    kept = connection.execute("INSERT OR IGNORE INTO received VALUES (?, ?, ?)", (digest, len(data), pack(data)))
    if kept.rowcount:
        _tally(connection, 1, len(data))


def drop(connection: sqlite3.Connection, digest: str) -> None:
    """Take received bytes out. To be called in a transaction."""
    for (size,) in connection.execute("SELECT size FROM received WHERE digest = ?", (digest,)).fetchall():
        connection.execute("DELETE FROM received WHERE digest = ?", (digest,))
        _tally(connection, -1, -size)


def _tally(connection: sqlite3.Connection, pages: int, size: int) -> None:
    connection.executemany(
        "INSERT INTO tallies VALUES ('all', ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        [("received", pages), ("bytes received", size)],
    )


def reading_digest(reading: Reading) -> str:
    """The digest of everything a reading says."""
    return digest_of(msgspec.json.encode(reading))


def pack_reading(reading: Reading) -> bytes:
    """A reading without its text, which stands in a column of its own."""
    bare = msgspec.structs.replace(reading, report=msgspec.structs.replace(reading.report, text=""))
    return pack(msgspec.json.encode(bare))


def unpack_reading(packed: bytes, text: str) -> Reading:
    """The reading as it was packed. ValueError when it is damaged."""
    bare = _reading.decode(unpack(packed))
    return msgspec.structs.replace(bare, report=msgspec.structs.replace(bare.report, text=text))
