"""Rows of the ledger for people (a table), for programs (one JSON object a line) and for spreadsheets (CSV)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TextIO

import msgspec

from sayso.records.vocabulary import noun_of
from sayso.views.plain import in_json, in_lines, one_line
from sayso.views.wording import OWN_WORD, UNSTATED, count_in_words

Form = Literal["table", "json", "csv"]
Row = dict[str, Any]
_UNKNOWN_WIDTH = 220  # columns of a table that no terminal bounds
_SHORT = 12  # hex digits of a digest that are shown: enough for `sayso show`, and for a pool of any size
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula when text begins with it

FIELDS: dict[str, tuple[str, ...]] = {
    "reports": (
        "id", "title", "outlet", "outlet_id", "byline", "published", "language", "url", "words", "claims", "events",
        "digest", "received_from", "reader",
    ),
    "claims": (
        "id", "report", "outlet", "published", "source", "source_id", "via", "stance", "cue", "content", "spans",
        "within", "score",
    ),
    "events": (
        "id", "report", "outlet", "published", "type", "words", "actors", "targets", "place_words", "place", "place_id",
        "country", "admin1", "lat", "lon", "place_precision", "place_why", "time_words", "date", "date_precision",
        "first_day", "last_day", "date_why", "killed_low", "killed_high", "wounded_low", "wounded_high", "weapon",
        "status", "claim", "source", "source_id", "incident", "score", "start", "stop", "acled", "plover", "ucdp",
    ),
    "incidents": (
        "id", "type", "status", "first", "last", "date_precision", "place", "place_id", "country", "admin1", "lat",
        "lon", "place_precision", "actors", "targets", "killed_low", "killed_high", "wounded_low", "wounded_high",
        "accounts", "reports", "outlets", "origins", "independent", "disputed", "added", "changed",
    ),
    "sources": ("name", "source_id", "claims", "reports", "outlets", "first", "last"),
    "search": ("id", "title", "outlet", "published", "language", "snippet", "found"),
    "stats": ("what", "name", "n"),
    "copies": ("a", "b", "kind", "how", "first", "passages", "passage_kinds", "why"),
    "custody": (
        "number", "at", "act", "page", "place", "record", "how", "size", "digest", "reading", "tool", "note",
        "line_digest", "previous", "hash",
    ),
}  # fmt: skip


def write_rows(rows: Iterable[Row], table: str, form: Form, stream: TextIO) -> int:
    """Write the rows and return how many there were. JSON lines are there as soon as they are written."""
    if form == "json":
        return _write_json(rows, stream)
    if form == "csv":
        return _write_csv(rows, FIELDS[table], stream)
    return _write_table(rows, _COLUMNS[table], stream)


def json_object(row: Row) -> str:
    """One row as JSON, safe to print."""
    return in_json(msgspec.json.encode(row).decode())


def short(id: str) -> str:
    """An id as it is shown: a digest by its beginning.

    >>> short("sha256:d34568a7cb1c4762050c#e3"), short("n-1")
    ('d34568a7cb1c#e3', 'n-1')
    """
    report, mark, record = id.rpartition("#") if "#" in id else (id, "", "")
    return one_line(
        f"{report.removeprefix('sha256:')[:_SHORT] if report.startswith('sha256:') else report}{mark}{record}"
    )


def _write_json(rows: Iterable[Row], stream: TextIO) -> int:
    count = 0
    for row in rows:
        stream.write(json_object(row) + "\n")
        stream.flush()
        count += 1
    return count


def _write_csv(rows: Iterable[Row], fields: Sequence[str], stream: TextIO) -> int:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(fields)
    count = 0
    for row in rows:
        writer.writerow([_cell(row[name]) for name in fields])
        count += 1
    return count


def _cell(value: object) -> object:
    if isinstance(value, str):
        plain = in_lines(value)
        return f"'{plain}" if plain.startswith(_FORMULA) else plain
    return in_json(msgspec.json.encode(value).decode()) if isinstance(value, dict | list | tuple) else value


def _write_table(rows: Iterable[Row], columns: Sequence[Column], stream: TextIO) -> int:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for name, _, style in columns:
        number = style == "number"
        table.add_column(name, style=None if number else style, justify="right" if number else "left")
    for row in rows:
        table.add_row(*(Text(one_line(str(shown(row)))) for _, shown, _ in columns))
    console = Console(file=stream, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = _UNKNOWN_WIDTH
    if table.row_count:
        console.print(table)
    return table.row_count


def _cut(text: object, width: int) -> str:
    words = one_line(str(text or ""))
    return words if len(words) <= width else words[: width - 1] + "…"


def _when(row: Row) -> str:
    if row["date"]:
        return str(row["date"])
    day = row["last_day"] or ""
    return f"by {day}" if day else "unknown"


def _who(row: Row) -> str:
    who = row["actors"] or "somebody"
    return f"{who} → {row['targets']}" if row["targets"] else str(row["actors"])


def _toll(row: Row) -> str:
    parts = []
    for name in ("killed", "wounded"):
        low, high = row[f"{name}_low"], row[f"{name}_high"]
        if low is not None or high is not None:
            parts.append(f"{name} {count_in_words((low, high))}")
    return ", ".join(parts)


def _word(row: Row) -> str:
    return str(row["source"] or (UNSTATED if row["claim"] else OWN_WORD))


def _said(row: Row) -> str:
    return f"{row['source'] or UNSTATED}, through {row['via']}" if row["via"] else str(row["source"] or UNSTATED)


Column = tuple[str, Callable[[Row], object], str | None]  # heading, what is shown, style ("number": to the right)
_COLUMNS: dict[str, tuple[Column, ...]] = {
    "reports": (
        ("published", lambda r: (r["published"] or "unknown")[:10], "cyan"),
        ("outlet", lambda r: _cut(r["outlet"] or "unknown", 24), None),
        ("title", lambda r: _cut(r["title"] or "(no title)", 80), "bold"),
        ("claims", lambda r: r["claims"], "number"),
        ("events", lambda r: r["events"], "number"),
        ("id", lambda r: short(r["id"]), "dim"),
    ),
    "claims": (
        ("published", lambda r: (r["published"] or "unknown")[:10], "cyan"),
        ("source", lambda r: _cut(_said(r), 36), "blue"),
        ("stance", lambda r: r["stance"], None),
        ("words", lambda r: _cut(r["content"], 100), None),
        ("outlet", lambda r: _cut(r["outlet"] or "unknown", 20), None),
        ("id", lambda r: short(r["id"]), "dim"),
    ),
    "events": (
        ("when", _when, "cyan"),
        ("what", lambda r: noun_of(r["type"]), "bold red"),
        ("where", lambda r: _cut(r["place"] or "", 24), None),
        ("who", lambda r: _cut(_who(r), 50), None),
        ("toll", _toll, None),
        ("status", lambda r: r["status"], "yellow"),
        ("on whose word", lambda r: _cut(_word(r), 28), "blue"),
        ("outlet", lambda r: _cut(r["outlet"] or "unknown", 20), None),
        ("id", lambda r: short(r["id"]), "dim"),
    ),
    "sources": (
        ("source", lambda r: _cut(r["name"], 60), "blue"),
        ("claims", lambda r: r["claims"], "number"),
        ("reports", lambda r: r["reports"], "number"),
        ("outlets", lambda r: r["outlets"], "number"),
        ("first", lambda r: r["first"] or "unknown", "cyan"),
        ("last", lambda r: r["last"] or "unknown", "cyan"),
        ("id", lambda r: r["source_id"] or "", "dim"),
    ),
    "search": (
        ("published", lambda r: (r["published"] or "unknown")[:10], "cyan"),
        ("outlet", lambda r: _cut(r["outlet"] or "unknown", 20), None),
        ("title", lambda r: _cut(r["title"] or "(no title)", 50), "bold"),
        ("words", lambda r: r["snippet"], None),
        ("id", lambda r: short(r["id"]), "dim"),
    ),
    "custody": (
        ("line", lambda r: r["number"], "number"),
        ("when", lambda r: r["at"], "cyan"),
        ("what", lambda r: r["act"], None),
        ("from", lambda r: f"{r['place'] or ''} {r['record'] or ''}".strip(), None),
        ("bytes", lambda r: r["size"] or "", "number"),
        ("by", lambda r: r["tool"], "dim"),
        ("note", lambda r: r["note"] or "", "yellow"),
    ),
    "record": (
        ("", lambda r: r["field"], "cyan"),
        ("", lambda r: r["value"], None),
    ),
    "stats": (
        ("", lambda r: r["what"], "cyan"),
        ("", lambda r: r["name"] or "unknown", None),
        ("", lambda r: f"{r['n']:,}", "number"),
    ),
    "reviews": (
        ("", lambda r: r["number"], "number"),
        ("when", lambda r: r["at"], "cyan"),
        ("who", lambda r: _cut(r["who"], 24), "blue"),
        ("decision", lambda r: f"{r['decision']} {r['undoes']}" if r["undoes"] else r["decision"], "bold"),
        ("on", lambda r: short(r["id"]), "dim"),
        ("mended", lambda r: _cut(", ".join(r["mend"] or ()), 60), None),
        ("note", lambda r: _cut(r["note"], 60), "yellow"),
    ),
    "agreement": (
        ("coders", lambda r: _cut(r["coders"], 50), "blue"),
        ("field", lambda r: r["field"], "bold"),
        ("records", lambda r: r["n"], "number"),
        ("percent", lambda r: "" if r["percent"] is None else f"{r['percent']:.1f}", "number"),
        ("kappa", lambda r: "" if r["kappa"] is None else f"{r['kappa']:.2f}", "number"),
        ("alpha", lambda r: "" if r["alpha"] is None else f"{r['alpha']:.2f}", "number"),
    ),
    "copies": (
        ("a", lambda r: short(r["a"]), "dim"),
        ("b", lambda r: short(r["b"]), "dim"),
        ("kind", lambda r: r["kind"], "bold"),
        ("first", lambda r: r["first"] or "undecided", "cyan"),
        ("passages", lambda r: len(r["passages"]), "number"),
        ("why", lambda r: _cut(r["why"], 100), None),
    ),
}
