"""What an HTML page says of itself: title, outlet, byline, published, language, address, each with where it says so.

For each field the page's own places are asked in a fixed order, the surest first; what was received with the page
(a feed, a WARC record) comes after them. The time of publication and of change are never mixed up: a date of change
is used for nothing but a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
from htmldate import find_date
from lxml.html import HtmlElement

from sayso.pages.html import jsonld
from sayso.pages.html.dates import date_in_url, day_of, read_date
from sayso.pages.html.witnesses import letters_of
from sayso.pages.lines.marks import is_name
from sayso.pages.page import Hints, Known

LONGEST = 1_000  # characters of any value: titles and bylines are shorter, hostile ones have no end
LONGEST_NAME = 120
AUTHOR = re.compile(r"(?:^|[\s_-])(?:author|byline)(?:$|[\s_-])", re.I)
MOST_META = 2_000
JSONLD, GUESSED = "the page's JSON-LD", "a guess from the page's source (htmldate)"
APART = 1  # days between two dates of one report that zones and late corrections explain
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.I)
NAMES = ("title", "outlet", "byline", "published", "language", "url")

TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "headline",
    "title",
    "parsely-title",
    "sailthru.title",
)
OUTLETS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "copyright",
           "apple-mobile-web-app-title", "al:android:app_name")  # fmt: skip
BYLINES = (
    "author",
    "byl",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "creator",
)
PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "published_time",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "date",
    "pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "citation_publication_date", "rnews:datepublished", "displaydate",
    "article_date_original", "iso-8601-publish-date",
)  # fmt: skip
MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod")
CHANGED = re.compile(r"modif|updat|chang|aktualis|actualiz|mis à jour|обновл|güncel", re.I)


class Source(msgspec.Struct, frozen=True):
    """The places of a page that say something of it, read once."""

    root: HtmlElement
    article: dict[str, Any]
    meta: dict[str, str]
    hints: Hints


def source_of(root: HtmlElement, hints: Hints) -> Source:
    """Read the page's JSON-LD and meta elements, before scripts are taken out of the tree."""
    return Source(root, jsonld.article_of(root), _meta(root), hints)


def _meta(root: HtmlElement) -> dict[str, str]:
    """The content of each named `meta`, the first of a name, names in lower case."""
    found: dict[str, str] = {}
    for count, element in enumerate(root.iter("meta")):
        if count >= MOST_META:
            break
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = _line(element.get("content"))
        if name and content:
            found.setdefault(name.strip().lower()[:100], content)
    return found


def _line(text: str | None) -> str:
    return " ".join((text or "")[:LONGEST].split())


def _first(source: Source, names: tuple[str, ...]) -> Iterator[Known]:
    for name in names:
        if name in source.meta:
            yield Known(source.meta[name], f"the page's meta {name}")


def titles(source: Source) -> list[Known]:
    """What could be the title, surest first; the page's `<title>` last, with the outlet's name still on it."""
    headline = jsonld.text_of(source.article.get("headline"))
    found = [Known(_line(headline), JSONLD)] if headline else []
    found += list(_first(source, TITLES))
    if (own := _line((source.root.findtext(".//title") or "").partition("<")[0])) != "":
        found.append(Known(own, "the page's <title>"))
    return found + ([source.hints.title] if source.hints.title else [])


def outlet_of(source: Source) -> Known | None:
    """Who published it, as the page or what it came in names it."""
    name = jsonld.text_of(source.article.get("publisher"))
    if name and "://" not in name:
        return Known(_line(name), JSONLD)
    named = next((known for known in _first(source, OUTLETS) if "://" not in known.value), None)
    return named or source.hints.outlet


def outlet_by_host(url: Known | None) -> Known | None:
    """The host of the page's address, where nothing names the outlet."""
    host = urlsplit(url.value).hostname if url is not None else None
    return Known(host.removeprefix("www."), "the host of the page's address") if host else None


def copyright_holder(text: str) -> str | None:
    """The name in a page's copyright line.

    >>> copyright_holder("Copyright © 2016 The Sahel Wire. All rights reserved.")
    'The Sahel Wire'
    """
    found = _COPYRIGHT.search(text[:LONGEST])
    return found[1].strip() if found else None


_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|(?i:copyright))(?:[\s©,]|\([cC]\)|(?i:copyright)|by\b|(?:19|20)\d\d|[-–])*+"
    r"((?=[^\W\d_])(?![a-z])[\w'’& ]{2,50}?)(?=\s*(?:[|.,;·•]|\s[-–—]|(?:19|20)\d\d|[Aa]ll [Rr]ights|$))"
)


def byline_of(source: Source, outlet: Known | None) -> Known | None:
    """Who wrote it, as JSON-LD, meta or an element marked as author has it. Addresses and handles are no names."""
    own = letters_of(outlet.value) if outlet is not None else ""
    for known in _bylines(source):
        if "://" not in known.value and not known.value.startswith("@") and letters_of(known.value) not in ("", own):
            return known
    return None


def _bylines(source: Source) -> Iterator[Known]:
    names = jsonld.names_of(source.article.get("author"))
    if names:
        yield Known(", ".join(names)[:LONGEST], JSONLD)
    yield from _first(source, BYLINES)
    for path, where in (
        (".//*[@itemprop='author']", "the element marked as author"),
        (".//a[@rel='author']", "the link marked as author"),
    ):
        for element in source.root.iterfind(path):
            name = without_by(_line(element.text_content()))
            if len(name) < LONGEST_NAME:
                yield Known(name, where)
    for element in source.root.iter("span", "a", "address", "p", "div"):
        if AUTHOR.search(element.get("class") or "") and is_name(name := without_by(_line(element.text_content()))):
            yield Known(name, "the element marked as author")


def without_by(text: str) -> str:
    """A byline's names alone.

    >>> without_by("By A. Writer and B. Other | 9 June 2016"), without_by("A. Writer")
    ('A. Writer and B. Other', 'A. Writer')
    """
    bare = _BY.sub("", text)
    return next((part.strip() for part in _AFTER_NAMES.split(bare) if part.strip()), bare.strip())


_BY = re.compile(r"^\W*(?:words by|text by|story by|written by|by|von|par|por|بقلم|автор)\b[\s:]+", re.I)
_SLASH = re.compile(r"\s*[/&,]\s*")
_AFTER_NAMES = re.compile(
    r"\s*[|•·]\s*|\s+[-–—]\s+|,?\s+(?=\d{1,2}[\s./:h-])|,?\s+(?=(?:publi|updat|posted|veröff|опубл|yayın)\w*)", re.I
)


def are_names(text: str) -> bool:
    """One name or several, however parted.

    >>> are_names("R. Writer / M. Other"), are_names("HS/SS"), are_names("Tags: army, Raqqa")
    (True, False, False)
    """
    return all(is_name(name) for name in _SLASH.split(text)) and ":" not in text


def url_of(source: Source) -> Known | None:
    """The address the page gives itself; else the one it was received from."""
    base = source.hints.url.value if source.hints.url is not None else ""
    link = next((e.get("href") for e in source.root.iterfind(".//link[@rel='canonical']") if e.get("href")), None)
    main = jsonld.text_of(source.article.get("mainEntityOfPage")) or jsonld.text_of(source.article.get("url"))
    places = (
        (link, "the page's canonical link"),
        (source.meta.get("og:url"), "the page's meta og:url"),
        (main, JSONLD),
    )
    for value, where in places:
        absolute = _absolute(value, base)
        if absolute:
            return Known(absolute, where)
    return source.hints.url


def _absolute(value: str | None, base: str) -> str | None:
    if not value or len(value) > 2 * LONGEST:
        return None
    try:
        joined = urljoin(base, value.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.hostname else None


def language_of(source: Source) -> Known | None:
    """The language the page says it is in, as a BCP 47 tag."""
    root = source.root
    places = [
        (
            root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
            "the page's lang",
        ),
        (jsonld.text_of(source.article.get("inLanguage")), JSONLD),
        (source.meta.get("content-language"), "the page's meta content-language"),
        (source.meta.get("og:locale"), "the page's meta og:locale"),
    ]
    for value, where in places:
        tag = (value or "").strip().replace("_", "-")
        if LANGUAGE.fullmatch(tag):
            return Known(tag, where)
    return source.hints.language


def dates_of(source: Source, url: Known | None, shown: Known | None) -> list[Known]:
    """Every time of publication the page or its container gives, surest first. `shown`: the one a reader sees."""
    found: list[tuple[str | None, str]] = [(jsonld.text_of(source.article.get("datePublished")), JSONLD)]
    found += [(known.value, known.where) for known in _first(source, PUBLISHED)]
    found += [(value, "the page's <time>") for value in _times(source.root)]
    if source.hints.published is not None:
        found.append((source.hints.published.value, source.hints.published.where))
    if shown is not None:
        found.append((shown.value, shown.where))
    if url is not None:
        found.append((date_in_url(url.value), "the page's address"))
    read = ((read_date(value), where) for value, where in found if value)
    return [Known(value, where) for value, where in read if value]


def modified_of(source: Source) -> Known | None:
    """When the page says it was changed; never a time of publication."""
    value = jsonld.text_of(source.article.get("dateModified"))
    found = ([Known(value, JSONLD)] if value else []) + list(_first(source, MODIFIED))
    read = ((read_date(known.value), known.where) for known in found)
    return next((Known(iso, where) for iso, where in read if iso), None)


def _times(root: HtmlElement) -> Iterator[str]:
    """Machine-read times that are marked as publication; else the first one of all that is not marked as change."""
    plain: list[str] = []
    for count, element in enumerate(root.iter("time", "abbr", "span", "meta")):
        if count > 5_000:
            break
        value = element.get("datetime") or (element.get("title") if element.get("class") == "published" else None)
        if not value:
            continue
        above = element.getparent()
        said = " ".join(filter(None, (
            element.get("itemprop"), element.get("class"), element.get("pubdate"), element.text,
            above.get("class") if above is not None else None,
        )))  # fmt: skip
        if CHANGED.search(said):
            continue
        if "datePublished" in said or element.get("pubdate") is not None:
            yield value
        elif element.tag == "time":
            plain.append(value)
    yield from plain[:1]


def last_resort(root: HtmlElement, url: Known | None) -> Known | None:
    """What htmldate makes of the page. It looks hard, and may find the date of something else."""
    try:
        value = find_date(root, original_date=True, url=url.value if url else None, extensive_search=False)
    except Exception:  # outside code on hostile pages raises what it likes
        return None
    return Known(value, GUESSED) if value else None


def disagreements(dates: list[Known]) -> list[str]:
    """A sentence for each place whose day is not that of the value taken."""
    if not dates:
        return []
    taken, notes = dates[0], []
    for other in dates[1:]:
        if abs((day_of(other.value) - day_of(taken.value)).days) > APART:
            notes.append(f"Published {taken.value[:10]} by {taken.where}, but {other.value[:10]} by {other.where}.")
    return list(dict.fromkeys(notes))
