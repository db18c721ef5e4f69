"""Gzip as a stream with bounded expansion, which for WARC can find its way past a broken member."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, NoReturn

from sayso.pages.limits import Limits, in_words

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_STEP = 65_536
_MAGIC = b"\x1f\x8b\x08"
_GZIP = 16 + zlib.MAX_WBITS  # zlib's own way to ask for the gzip wrapper


class BrokenStreamError(Exception):
    """A compressed stream that cannot be read on; the message is the plain reason."""


class Gunzip(io.RawIOBase):
    """The decompressed bytes of a gzip stream of any number of members.

    Raises BrokenStreamError when the data is cut short, damaged, or grows beyond the limits. With `mend` set, damaged
    data is passed over up to the next member, and `mended` counts how often (the records of a WARC are members).
    """

    def __init__(self, source: io.BufferedIOBase, limits: Limits) -> None:
        self._source, self._limits = source, limits
        self._inflate = zlib.decompressobj(_GZIP)
        self._waiting = b""
        self._in = self._out = 0
        self._ended = False
        self._failure: BrokenStreamError | None = None
        self.mend = False
        self.mended = 0

    def readable(self) -> bool:
        """True: it is there to be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` with decompressed bytes; 0 at the end."""
        room = memoryview(buffer).cast("B")
        if self._failure is not None:
            raise self._failure
        while not self._ended:
            data = self._step(len(room))
            if data:
                room[: len(data)] = data
                return len(data)
        return 0

    def _step(self, room: int) -> bytes:
        if not self._waiting and not self._fill():
            self._ended = True
            if not self._at_member_start():
                self._broken("the gzip data is cut short")
            return b""
        if self._inflate.eof and not self._next_member():
            return b""
        try:
            data = self._inflate.decompress(self._waiting, room)
        except zlib.error:
            self._pass_over()
            return b""
        self._waiting = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        self._out += len(data)
        if self._out > self._limits.gzip_free_bytes and self._out > self._limits.gzip_ratio * self._in:
            self._ended = True
            raise BrokenStreamError(
                f"expands more than {self._limits.gzip_ratio} times: taken for a decompression bomb"
            )
        return data

    def _fill(self) -> bool:
        data = self._source.read(_STEP)
        self._in += len(data)
        self._waiting += data
        return bool(data)

    def _at_member_start(self) -> bool:
        return self._inflate.eof

    def _next_member(self) -> bool:
        """Begin the next member; zero bytes after the last one are padding (tapes, some archivers)."""
        self._waiting = self._waiting.lstrip(b"\0")
        if not self._waiting:
            return False
        if len(self._waiting) < len(_MAGIC):
            self._fill()
        if not self._waiting.startswith(_MAGIC):
            self._pass_over()
            return False
        self._inflate = zlib.decompressobj(_GZIP)
        return True

    def _pass_over(self) -> None:
        """Leave damaged data behind: look for the next member, or give up."""
        self._broken("the gzip data is damaged")
        at = self._waiting.find(_MAGIC, 1)
        while at < 0:
            self._waiting = self._waiting[-2:]  # the mark may lie across two reads
            if not self._fill():
                self._ended = True
                return
            at = self._waiting.find(_MAGIC)
        self._waiting = self._waiting[at:]
        self._inflate = zlib.decompressobj(_GZIP)

    def _broken(self, reason: str) -> None:
        self.mended += 1
        if not self.mend:
            self._fail(f"{reason} (after {in_words(self._out)})")

    def _fail(self, reason: str) -> NoReturn:
        """Raise now, and again whenever somebody tries to read on."""
        self._failure = BrokenStreamError(reason)
        raise self._failure


class Rewound(io.RawIOBase):
    """A stream of which some bytes were read already, with those bytes put back in front."""

    def __init__(self, head: bytes, rest: io.BufferedIOBase) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """True: it is there to be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` from the bytes put back, then from the stream; 0 at the end."""
        room = memoryview(buffer).cast("B")
        # read1: what is there now, because a broken end must not take what came before it along
        data = self._head[: len(room)] or self._rest.read1(len(room))
        self._head = self._head[len(room) :]
        room[: len(data)] = data
        return len(data)
