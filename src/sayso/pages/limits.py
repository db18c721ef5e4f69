"""How much of the outside world is taken in: one record of limits, each with its reason."""

from __future__ import annotations

import msgspec

MEGABYTE = 1_000_000


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds on what is received. Sizes in bytes, times in seconds; what goes over a bound becomes a problem.

    page_bytes        the longest live blogs and court files saved as HTML are below 10 MB: twice that is no article
    text_lines        a book has ten thousand lines; each is judged, in a fifth of a millisecond
    line_bytes        a JSONL line is one report, so it may be as long as a page
    url_bytes         as a page; also bounds a container fetched from the web, which is held in memory
    url_seconds       for the whole fetch, names and redirects counted: slow sites answer within ten
    redirects         http -> https -> www -> final -> consent is four; more is a loop or a tracker
    gzip_ratio        HTML with long tables packs 50 to 1; deflate cannot pass 1032, and bombs lie near that
    gzip_free_bytes   small files may pack as well as they like: the ratio counts only past this size
    feed_bytes        feeds are some hundred kB; those of podcasts, with every episode there ever was, some MB
    feed_tags         the parser of broken feeds takes a twentieth of a millisecond for each
    feed_entries      feeds hold tens of entries, archives of feeds thousands; more is a runaway generator
    mail_parts        a digest of a busy list has some hundreds; the parser takes a third of a millisecond for each
    mail_depth        a forward of a forward of a forward; deeper nesting is made to hurt parsers
    """

    page_bytes: int = 20 * MEGABYTE
    text_lines: int = 50_000
    line_bytes: int = 20 * MEGABYTE
    url_bytes: int = 20 * MEGABYTE
    url_seconds: float = 20.0
    redirects: int = 5
    gzip_ratio: int = 200
    gzip_free_bytes: int = 20 * MEGABYTE
    feed_bytes: int = 10 * MEGABYTE
    feed_tags: int = 200_000
    feed_entries: int = 10_000
    mail_parts: int = 5_000
    mail_depth: int = 5


def in_words(size: int) -> str:
    """A size as an analyst would say it.

    >>> in_words(20_000_000), in_words(34_512), in_words(12)
    ('20 MB', '35 kB', '12 bytes')
    """
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.3g} MB"
    return f"{size / 1000:.0f} kB" if size >= 1000 else f"{size} bytes"
