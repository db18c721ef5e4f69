"""Mail (and pages saved as MHTML): the body as a page, the headers as hints, forwarded mail as pages of their own."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from typing import cast

from sayso.pages.containers.source import Media, Source
from sayso.pages.limits import Limits
from sayso.pages.page import Hints, Known, Page
from sayso.records import Problem, Received, digest_of

_HEADERS = "the mail's headers"
_BULLETIN = (
    "List-Id",
    "List-Unsubscribe",
    "List-Post",
)  # RFC 2369, 2919: sent to subscribers, so the sender is an outlet
_HEADER_CHARS = 2_000  # titles and senders have a tenth of that; what is longer names recipients or signatures
_NAMED = 3  # how many attachments a message names
# The email package raises these on headers and bodies that no mail program wrote.
_HOSTILE = (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError)


class _Bounded(email.policy.EmailPolicy):
    """The package's own policy, with long headers cut: its header parsers recurse, and take minutes for a megabyte."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """A header's name and value as it stands in the mail."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_HEADER_CHARS]


def mail_pages(data: bytes, source: Source, limits: Limits) -> Iterator[Page | Problem]:
    """The mail's body as a page, each forwarded mail and attached text as another, a problem for other attachments."""
    if data.count(b"\n--") > limits.mail_parts:
        yield source.problem(f"the mail has more than {limits.mail_parts} parts")
        return
    if data.startswith(b"From "):  # the separator line that mailboxes put before a message
        data = data.partition(b"\n")[2]
    try:
        message = cast(EmailMessage, email.message_from_bytes(data, policy=_Bounded()))
        found = list(_pages_of(message, source, limits, limits.mail_depth))
    except _HOSTILE as error:
        yield source.problem(f"the mail cannot be parsed: {type(error).__name__}")
        return
    yield from found


def _pages_of(message: EmailMessage, source: Source, limits: Limits, depth: int) -> Iterator[Page | Problem]:
    body = _body_of(message)
    if body is not None:
        yield _page_of(body, message, source)
    passed_over: list[str] = []
    for part in message.iter_attachments():
        inner = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and inner and depth > 1:
            yield from _pages_of(cast(EmailMessage, inner[0]), source, limits, depth - 1)
        elif part.get_content_type() in ("text/plain", "text/html") and not _is_saved_page(message):
            if _bytes_of(part).strip():
                yield _page_of(part, message, source)
        elif not _is_decoration(part, message):
            passed_over.append(" ".join((part.get_filename() or part.get_content_type()).split()))
    if passed_over:
        more = f" and {len(passed_over) - _NAMED} more" if len(passed_over) > _NAMED else ""
        yield source.problem(f"attachments not read: {', '.join(passed_over[:_NAMED])}{more}")
    elif body is None:
        yield source.problem("the mail has no text")


def _body_of(message: EmailMessage) -> MIMEPart | None:
    """The plain body, or the HTML one when the plain is missing or a stub ("view this in your browser")."""
    plain = message.get_body(("plain",))
    html = message.get_body(("html",))
    if plain is None or html is None:
        return plain or html
    enough = len(_text_of(plain).split()) >= 0.6 * _words_in(_text_of(html))
    return plain if enough else html


def _words_in(html: str) -> int:
    """About how many words of HTML are shown; in linear time, whatever the HTML."""
    words = 0
    for piece in html.split("<"):
        tag, _, text = piece.partition(">")
        words += 0 if tag[:6].lower().startswith(("script", "style")) else len(text.split())
    return words


def _text_of(part: MIMEPart) -> str:
    return _bytes_of(part).decode("utf-8", "replace")


def _bytes_of(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _is_decoration(part: MIMEPart, message: EmailMessage) -> bool:
    """True for pictures and style sheets shown inside an HTML body, and for all that a saved page carries along."""
    return part.get("Content-ID") is not None or _is_saved_page(message)


def _is_saved_page(message: EmailMessage) -> bool:
    """True for MHTML: a browser saved the page, so subject and date are not a letter's."""
    return message.get("Snapshot-Content-Location") is not None or "<Saved by " in str(message.get("From", ""))


def _page_of(body: MIMEPart, message: EmailMessage, source: Source) -> Page:
    data = _bytes_of(body)
    media: Media = "html" if body.get_content_subtype() == "html" else "mail"
    received = Received(
        where=source.where,
        how=source.how,
        media=media,
        digest=digest_of(data),
        size=len(data),
        charset=body.get_content_charset(),
    )
    return Page(data=data, received=received, hints=_hints_of(message, source))


def _hints_of(message: EmailMessage, source: Source) -> Hints:
    if _is_saved_page(message):
        address = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
        return Hints(url=Known(address, "the saved page") if address else source.url)
    name, address = parseaddr(_header(message, "From") or "")
    bulletin = any(_header(message, header) for header in _BULLETIN)
    return Hints(
        title=_known(_header(message, "Subject")),
        outlet=_known(name) if bulletin else None,
        byline=None if bulletin else _known(name or address),
        published=_known(_date_of(message)),
        language=_known(_header(message, "Content-Language")),
        url=source.url,
    )


def _known(value: str | None) -> Known | None:
    return Known(value, _HEADERS) if value else None


def _header(message: EmailMessage, name: str) -> str | None:
    """A header on one line, or None where it is missing or cannot be decoded."""
    try:
        return " ".join(str(message.get(name, "")).encode("utf-8", "replace").decode().split()) or None
    except _HOSTILE:
        return None


def _date_of(message: EmailMessage) -> str | None:
    """The Date header as ISO 8601 with its zone."""
    try:
        date = message["Date"]
        moment = getattr(date, "datetime", None)
        return moment.isoformat() if moment is not None else None
    except _HOSTILE:
        return None
