"""A small pool in which every sentence is read by rule: the ledger's tests are not about the model.

"The army shelled Manbij on 2016-06-08, killing 3, Abu Omar said." is a claim of Abu Omar's that holds one event.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sayso.engine.ledger_add import Added, AddOptions, add_pages
from sayso.ledger import Ledger
from sayso.ledger.filters import Filters
from sayso.ledger.incidents import incidents
from sayso.pages.gather import GatherOptions, gather
from sayso.pages.page import Page
from sayso.pages.report import report_of
from sayso.records import Problem, SaysoError
from sayso.records.reading import Claim, Event, Reading
from sayso.records.resolved import Named, Place, Timex, Toponym

NOON = datetime(2016, 6, 9, 12, tzinfo=UTC)
TYPES = {"shelled": "shelling", "took": "capture", "bombed": "air_strike"}
PLACES = {
    "Manbij": (36.53, 37.96, "town"),
    "Aleppo": (36.20, 37.16, "town"),
    "Jarabulus": (36.82, 38.01, "town"),
    "Raqqa province": (35.95, 39.01, "province"),
}
ACTORS = {"army": "actor:syrian-army", "jets": "actor:air-force"}
_SENTENCE = re.compile(
    r"The (?P<who>\w+) (?P<how>shelled|took|bombed) (?P<where>Raqqa province|\w+)"
    r"(?: on (?P<when>[\d-]+))?(?:, killing (?P<killed>\d+))?(?:, (?P<voice>[\w ]+) (?P<cue>said|denied))?\."
)


def read_small(page: Page) -> Reading:
    """Every sentence of the kind above as an event, with its claim if it has a voice."""
    report = report_of(page)
    if "unreadable" in report.text:
        raise SaysoError(Problem(where=page.received.where, reason="nothing can be read in it"))
    claims, events = list[Claim](), list[Event]()
    for found in _SENTENCE.finditer(report.text):
        if found["voice"]:
            claims.append(_claim(found, len(claims) + 1))
        events.append(_event(found, len(events) + 1, claims[-1].id if found["voice"] else None))
    used = {id for event in events for id in event.actor_ids if id}
    return Reading(
        id=report.id,
        report=report,
        claims=tuple(claims),
        events=tuple(events),
        toponyms=tuple(
            Toponym(span=e.place, place=e.place_is, why="" if e.place_is else "not known") for e in events if e.place
        ),
        times=tuple(
            Timex(span=e.time, type="DATE", value=e.date, start=e.date, end=e.date, precision=1)
            for e in events
            if e.time
        ),
        actors=tuple(
            Named(id=id, name=f"The {name}", kind="state", why="its name") for name, id in ACTORS.items() if id in used
        ),
    )


def _claim(found: re.Match[str], number: int) -> Claim:
    return Claim(
        id=f"c{number}",
        source=found.span("voice"),
        source_is=found["voice"],
        cue=found.span("cue"),
        content=((found.start(), found.start("voice") - 2),),
        via=(),
        stance="affirms" if found["cue"] == "said" else "denies",
        within=None,
        score=0.9,
    )


def _event(found: re.Match[str], number: int, claim: str | None) -> Event:
    at = PLACES.get(found["where"])
    return Event(
        id=f"e{number}",
        type=TYPES[found["how"]],  # type: ignore[arg-type]
        trigger=found.span("how"),
        actors=(found.span("who"),),
        actors_are=(found["who"],),
        actor_ids=(ACTORS.get(found["who"]),),
        place=found.span("where"),
        place_is=at and Place(  # type: ignore[arg-type]
            id=f"test:{found['where'].lower()}", name=found["where"], country="SY", admin1=None, lat=at[0], lon=at[1],
            level=at[2], precision=1 if at[2] == "town" else 4, candidates=1, why="the only one",
        ),
        time=found.span("when") if found["when"] else None,
        date=found["when"],
        date_precision=1 if found["when"] else None,
        killed=found.span("killed") if found["killed"] else None,
        killed_n=(int(found["killed"]), int(found["killed"])) if found["killed"] else None,
        status="denied" if found["cue"] == "denied" else "happened",
        claim=claim,
        incident=f"i{number}",
        score=0.8,
    )  # fmt: skip


_INSIDE = (
    "words",
    "name_words_",
    "place_areas_",
    "sqlite_",
    "custody",
    "changes",
)  # tables that indexes keep, or not compared so
_LINKED = (  # by numbers that depend on what was linked before
    "linked", "node_keys", "likely", "reasons", "statements", "holdings", "disputes", "incident", "link_notes",
    "to_link",
)  # fmt: skip
LINES: list[dict[str, Any]] = [
    {"id": "n-1", "title": "Manbij shelled", "outlet": "Furat Monitor", "published": "2016-06-08T10:00:00Z", "text":
     "The army shelled Manbij on 2016-06-07, killing 3, Abu Omar said. The jets bombed Aleppo, a doctor denied."},
    {"id": "n-2", "title": "Удар по Манбиджу", "outlet": "Nevsky", "published": "2016-06-09", "language": "ru", "text":
     "Жители Манбиджа сообщили об обстреле. The jets bombed Jarabulus on 2016-06-08, Abu Omar said."},
    {"id": "n-3", "title": "قصف مَنْبِج", "outlet": "Badia Press", "published": "2016-06-10", "language": "ar", "text":
     "قالت المصادر إن منبج قصفت. The army took Raqqa province on 2016-06."},
    {"id": "n-4", "title": "Nothing", "text": "unreadable"},
    {"id": "n-5", "outlet": "Furat Monitor", "text": "The rebels took Aleppo, killing 11, the governor said."},
]  # fmt: skip


def write_pool(path: Path, lines: Sequence[dict[str, Any]] = LINES) -> Path:
    """The lines as a JSONL file."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def add(ledger: Ledger, *inputs: Path, **options: Any) -> list[Added]:
    """Add what lies there, read by rule, at noon."""
    import io

    found = gather([str(path) for path in inputs], GatherOptions(), io.BytesIO())
    return list(add_pages(ledger, found, AddOptions(workers=1, **options), lambda: NOON, read_small))


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, without what a moment leaves behind: the time of a line of custody, and its hash."""
    with Ledger.open(path) as ledger:
        do = ledger.connection.execute
        names = [name for (name,) in do("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        tables = [name for name in names if not name.startswith(_INSIDE + _LINKED)]
        held = {name: sorted(map(repr, do(f"SELECT * FROM {name}"))) for name in tables}
        held["custody"] = do(
            "SELECT number, act, page, place, record, how, size, digest, reading FROM custody"
        ).fetchall()
        held["told"] = sorted((k.incident.id, repr(k.incident)) for k in incidents(ledger.connection, Filters()))
        held["waiting"] = do("SELECT report FROM to_link").fetchall()
        do("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, words, instance)")
        held["words"] = do("SELECT * FROM terms ORDER BY 1, 2, 3, 4").fetchall()
        return held
