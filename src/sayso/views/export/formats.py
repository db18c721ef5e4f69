"""The formats by name, and what each needs to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import TextIO

import msgspec

from sayso.actors.register import Register
from sayso.linking.pool import Pool
from sayso.records.pool import Holding, Incident
from sayso.views.export import acled, flat, ftm, geo, geopackage, parquet, plover, ucdp, webannotation
from sayso.views.export.facts import Facts
from sayso.views.export.sheet import write_csv
from sayso.views.export.tables import with_sourced
from sayso.views.plain import in_json

CODEBOOKS: dict[str, ModuleType] = {"acled": acled, "plover": plover, "ucdp": ucdp}
TEXT: dict[str, Callable[[Iterable[Facts], TextIO], None]] = {
    "csv": lambda told, stream: write_csv(with_sourced("sayso"), map(flat.row, told), stream),
    "ftm": ftm.write_entities,
    "geojson": geo.write_geojson,
    "jsonl": lambda told, stream: write_lines(map(flat.line, told), stream),
    "kml": geo.write_kml,
    "webannotation": webannotation.write_annotations,
}
BINARY = ("gpkg", "parquet")
FORMATS = tuple(sorted((*CODEBOOKS, *TEXT, *BINARY)))


class Left(msgspec.Struct, frozen=True):
    """How many incidents a format leaves out, and why."""

    count: int
    why: str


def facts_of(incidents: Iterable[Incident], pool: Pool, register: Register | None = None) -> list[Facts]:
    """Incidents with what the formats say of them."""
    register = register or Register.installed()
    return [Facts(incident, pool, register) for incident in incidents]


def recorded(form: str, told: Sequence[Facts]) -> tuple[list[Facts], list[Left]]:
    """What a format records of some incidents, and what it leaves out; only codebooks leave any out."""
    if form not in CODEBOOKS:
        return list(told), []
    reasons = [(facts, CODEBOOKS[form].left_out(facts)) for facts in told]
    counts = Counter(why for _, why in reasons if why)
    return [facts for facts, why in reasons if not why], [Left(n, why) for why, n in counts.most_common()]


def write_text(form: str, told: Sequence[Facts], stream: TextIO) -> None:
    """Write a format that is text; `told` as `recorded` gives it."""
    if form in CODEBOOKS:
        write_csv(with_sourced(form), map(CODEBOOKS[form].row, told), stream)
    else:
        TEXT[form](told, stream)


def write_binary(form: str, told: Sequence[Facts], holdings: Iterable[Holding], path: Path) -> None:
    """Write a format of BINARY to a file that is not there yet.

    Raises MissingLibraryError where its library is not installed.
    """
    if form == "gpkg":
        geopackage.write_geopackage(told, holdings, path)
    else:
        parquet.write_parquet(told, path)


def write_lines(lines: Iterable[object], stream: TextIO) -> None:
    """JSON, one object a line."""
    for line in lines:
        stream.write(in_json(msgspec.json.encode(line).decode()) + "\n")
