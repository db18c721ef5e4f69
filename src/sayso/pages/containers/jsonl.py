"""JSONL: clean reports, one object a line, read as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from sayso.pages.containers.source import Source
from sayso.pages.limits import Limits, in_words
from sayso.pages.page import Hints, Known, Page
from sayso.records import Problem, Received, digest_of

_STEP = 1_048_576  # how much of an overlong line is held while it is passed over
_GIVEN = "the JSONL line"
_MARK = b"\xef\xbb\xbf"  # of UTF-8, before a file's first line


class _Line(msgspec.Struct):
    """What a line may say; other fields are let be."""

    text: str
    id: str | int | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    byline: str | None = None


def jsonl_pages(stream: BinaryIO, source: Source, limits: Limits, seen: dict[str, str]) -> Iterator[Page | Problem]:
    """A page for every good line, a problem for every other; ids in `seen` (id -> place) are refused a second time.

    A line longer than the limit is passed over without being held in memory.
    """
    decoder = msgspec.json.Decoder(_Line)
    number = 0
    while line := stream.readline(limits.line_bytes + 1):
        number += 1
        if len(line) > limits.line_bytes and not line.endswith(b"\n"):
            _pass_over_line(stream)
            yield source.problem(f"the line is longer than {in_words(limits.line_bytes)}", line=number)
            continue
        if line.removeprefix(_MARK if number == 1 else b"").strip():
            yield _read_line(line, number, decoder, source, seen)


def _pass_over_line(stream: BinaryIO) -> None:
    while piece := stream.readline(_STEP):
        if piece.endswith(b"\n"):
            return


def _read_line(
    line: bytes, number: int, decoder: msgspec.json.Decoder[_Line], source: Source, seen: dict[str, str]
) -> Page | Problem:
    bare = line.removeprefix(_MARK) if number == 1 else line
    try:
        given = decoder.decode(bare)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return source.problem(_why_not(bare, error), line=number)
    if not given.text.strip():
        return source.problem("the text is empty", line=number)
    id = None if given.id is None else str(given.id)
    if id is not None:
        here = f"{source.where}:{number}"
        if seen.setdefault(id, here) != here:
            return source.problem(f"the id {_short(id)} was given before, at {seen[id]}", line=number)
    data = given.text.encode()
    return Page(
        data=data,
        id=id,
        line=line,
        received=Received(
            where=source.where,
            how="jsonl",
            media="clean",
            digest=digest_of(data),
            size=len(data),
            charset="utf-8",
            line=number,
        ),
        hints=_hints_of(given),
    )


def _hints_of(given: _Line) -> Hints:
    def known(value: str | None) -> Known | None:
        return Known(value.strip(), _GIVEN) if value and value.strip() else None

    return Hints(
        title=known(given.title),
        outlet=known(given.outlet),
        byline=known(given.byline),
        published=known(given.published),
        language=known(given.language),
        url=known(given.url),
    )


def _why_not(line: bytes, error: Exception) -> str:
    """The decoder's error in an analyst's words."""
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, msgspec.ValidationError):
        if not line.lstrip().startswith(b"{"):
            return "no JSON object"
        return "no field 'text'" if "required field `text`" in str(error) else f"not as expected: {error}"
    return "no JSON object" if not line.lstrip().startswith(b"{") else f"broken JSON: {error}"


def _short(id: str) -> str:
    """An id in quotes, cut to what fits a message."""
    return repr(id if len(id) <= 80 else id[:77] + "...")
