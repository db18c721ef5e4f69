"""Accounts as annotations of the reports they stand in (W3C Web Annotation Data Model)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

from sayso.records.pool import Account, Incident
from sayso.views.export.facts import Facts
from sayso.views.plain import in_json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
WEB = ("https://", "http://")


def write_annotations(told: Iterable[Facts], stream: TextIO) -> None:
    """One collection with one page: an annotation for each account."""
    stream.write(f'{{"@context":"{CONTEXT}","id":"urn:sayso:accounts","type":"AnnotationCollection",')
    stream.write('"label":"sayso","first":{"id":"urn:sayso:accounts:1","type":"AnnotationPage","items":[')
    total = 0
    for facts in told:
        for account in facts.accounts:
            stream.write(",\n" if total else "\n")
            stream.write(in_json(msgspec.json.encode(annotation(account, facts.incident)).decode()))
            total += 1
    stream.write(f'\n]}},"total":{total}}}\n')


def annotation(account: Account, incident: Incident) -> dict[str, Any]:
    """What the words say, as a text, and the incident it is of; on the words."""
    return {
        "id": f"urn:sayso:account:{account.key}",
        "type": "Annotation",
        "motivation": ["describing", "linking"],
        "body": [
            {"type": "TextualBody", "format": "text/plain", "purpose": "describing", "value": _described(account)},
            {"id": f"urn:sayso:incident:{incident.id}", "purpose": "linking", "type": "SpecificResource",
             "source": f"urn:sayso:incident:{incident.id}"},
        ],
        "target": _targets(account),
    }  # fmt: skip


def _targets(account: Account) -> list[dict[str, Any]]:
    """The report as sayso has it, where positions are of its text; the page it was found at, where only words are."""
    quoted = {"type": "TextQuoteSelector", "exact": account.words}
    placed = {"type": "TextPositionSelector", "start": account.start, "end": account.end}
    targets: list[dict[str, Any]] = [{"source": f"urn:sayso:report:{account.report}", "selector": [quoted, placed]}]
    if account.url and account.url.startswith(WEB):
        targets.append({"source": account.url, "selector": [quoted]})
    return targets


def _described(account: Account) -> str:
    """Type, status and voices, as they are recorded.

    The origin stands first: "air_strike, happened: SANA > Gulf Ledger".
    """
    return f"{account.type}, {account.status}: {' > '.join(voice.name for voice in account.chain)}"
