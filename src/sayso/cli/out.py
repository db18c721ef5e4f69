"""Where a command writes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click


@contextlib.contextmanager
def opened(out: Path | None) -> Iterator[TextIO]:
    """A stream to write UTF-8 text to. A file takes its place only when the block ends without an exception."""
    if out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # JSON is UTF-8 whatever the locale
        yield sys.stdout
        return
    target = out.resolve()  # a link keeps pointing at the file it names
    try:
        if target.exists() and not target.is_file():  # a pipe or a device cannot be replaced, only written to
            with target.open("w", encoding="utf-8") as stream:
                yield stream
            return
        with _whole(target) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is None or Path(error.filename).parent != target.parent:
            raise
        raise click.UsageError(f"cannot write {out}: {error.strerror}") from None


@contextlib.contextmanager
def _whole(target: Path) -> Iterator[TextIO]:
    number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    try:
        with open(number, "w", encoding="utf-8") as stream:  # noqa: PTH123 -- an open file descriptor
            yield stream
        os.chmod(name, mode_for(target))  # noqa: PTH101
        os.replace(name, target)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)  # noqa: PTH108
        raise


def mode_for(target: Path) -> int:
    """The permissions of the file replaced, or those any new file would get."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
