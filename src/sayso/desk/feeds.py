"""New incidents as feeds: Atom (RFC 4287) and JSON Feed 1.1, with the filters of the tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from lxml import etree

from sayso.desk.asked import IncidentRows, filters_of
from sayso.ledger import Ledger
from sayso.ledger.incidents import Kept, incidents
from sayso.records.pool import Incident
from sayso.records.vocabulary import noun_of
from sayso.views.plain import one_line
from sayso.views.wording import count_in_words

_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[\ufffe\uffff]")  # what `one_line` leaves and XML cannot hold
_NEVER = "1970-01-01T00:00:00Z"
Said = list[tuple[str, str]]


def json_feed(ledger: Ledger, asked: IncidentRows, root: str, query: Said) -> dict[str, Any]:
    """The newest incidents that fit as a JSON Feed; `root`: the desk's own address; `query`: the filters as given."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(ledger, query),
        "home_page_url": f"{root}/?{urlencode(query)}",
        "feed_url": f"{root}/incidents.feed.json?{urlencode(query)}",
        "items": [
            {
                "id": _permanent(kept.incident),
                "url": _address(root, kept.incident),
                "title": headline(kept.incident),
                "content_text": "\n".join(account(kept.incident)),
                "date_published": kept.added,
                "date_modified": kept.changed,
                "tags": [kept.incident.type, kept.incident.status],
            }
            for kept in _newest(ledger, asked)
        ],
    }


def atom(ledger: Ledger, asked: IncidentRows, root: str, query: Said) -> bytes:
    """The newest incidents that fit as an Atom feed."""
    found = _newest(ledger, asked)
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add(feed, "title", _title(ledger, query))
    _add(feed, "id", f"{root}/incidents.atom?{urlencode(query)}")
    _add(feed, "updated", max((kept.changed for kept in found), default=_NEVER))
    _add(feed, "link", rel="self", href=f"{root}/incidents.atom?{urlencode(query)}")
    _add(feed, "link", rel="alternate", href=f"{root}/?{urlencode(query)}")
    _add(_add(feed, "author"), "name", "sayso")
    for kept in found:
        entry = _add(feed, "entry")
        _add(entry, "title", headline(kept.incident))
        _add(entry, "id", _permanent(kept.incident))
        _add(entry, "link", rel="alternate", href=_address(root, kept.incident))
        _add(entry, "published", kept.added)
        _add(entry, "updated", kept.changed)
        _add(entry, "category", term=kept.incident.type)
        _add(entry, "content", "\n".join(account(kept.incident)), type="text")
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True))


def headline(incident: Incident) -> str:
    """What, where and when in one line: "air strike, Manbij, 2016-06-08"."""
    place = incident.place.name if incident.place else incident.place_words
    return one_line(", ".join(part for part in (noun_of(incident.type), place, _days(incident)) if part))


def account(incident: Incident) -> list[str]:
    """Lines on who did it to whom, how many were hurt, and on whose word."""
    who = " and ".join(incident.actors) or "somebody"
    lines = [f"{who}, against {' and '.join(incident.targets)}" if incident.targets else who]
    for name, bounds in (("killed", incident.killed), ("wounded", incident.wounded)):
        if bounds and bounds != (None, None):
            lines.append(f"{name}: {count_in_words(bounds)}")
    lines.append(f"status: {incident.status}")
    voices = ", ".join(dict.fromkeys(origin.voice.name for origin in incident.origins))
    lines.append(f"on the word of {voices} ({incident.independent} independent, {len(incident.reports)} reports)")
    lines += [f"disputed: {dispute.about}" for dispute in incident.disputes]
    return [one_line(line) for line in lines]


def _newest(ledger: Ledger, asked: IncidentRows) -> Sequence[Kept]:
    connection = ledger.connection
    return list(incidents(connection, filters_of(connection, asked), "added", asked.limit, asked.cursor))


def _days(incident: Incident) -> str | None:
    if incident.first == incident.last or incident.last is None:
        return incident.first
    return f"{incident.first or '…'} to {incident.last}"


def _title(ledger: Ledger, query: Said) -> str:
    said = ", ".join(f"{name} {value}" for name, value in query)
    return one_line(f"incidents of {ledger.path.name}" + (f" ({said})" if said else ""))


def _permanent(incident: Incident) -> str:
    return f"urn:sayso:{quote(incident.id, safe=':')}"


def _address(root: str, incident: Incident) -> str:
    return f"{root}/incident/{quote(incident.id, safe='')}"


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", {k: _NO_XML.sub("", v) for k, v in attributes.items()})
    if text is not None:
        element.text = _NO_XML.sub("", text)
    return element
