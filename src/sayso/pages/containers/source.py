"""Where a stream of bytes comes from, and the pages made of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.pages.page import Hints, Known, Page
from sayso.records import Problem, Received, digest_of

How = Literal["file", "stdin", "url"]
Media = Literal["html", "text", "markdown", "mail", "clean"]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A stream's place: `where` as messages name it, `name` as its suffix tells, what the web declared of it."""

    where: str
    how: How
    name: str = ""
    content_type: str = ""
    charset: str | None = None
    url: Known | None = None

    def problem(self, reason: str, *, line: int | None = None, record: str | None = None) -> Problem:
        """A problem of this stream."""
        return Problem(where=self.where, reason=reason, line=line, record=record)

    def page(self, data: bytes, media: Media) -> Page:
        """The one page that the whole stream is."""
        received = Received(
            where=self.where, how=self.how, media=media, digest=digest_of(data), size=len(data), charset=self.charset
        )
        return Page(data=data, received=received, hints=Hints(url=self.url))
