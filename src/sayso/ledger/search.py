"""Words in titles and texts: the reports that hold them, best first, and the stretch of text where they stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from sayso.ledger.folding import query_of, snippet
from sayso.records import Problem, SaysoError

_RANKED = 5_000  # hits that are weighed against one another in a tenth of a second; of more, the newest are shown
_TITLE, _TEXT = 4.0, 1.0  # a word of the title says four times as much about a report as one of its text


def search(connection: sqlite3.Connection, asked: str, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Reports that hold the words (`folding.query_of`): `id`, `title`, `outlet`, `published`, `language`, `snippet`,
    `found` (where the words stand in the snippet). Best first by BM25; of very many, those last taken in first.
    """
    query = query_of(asked)
    if query is None:
        raise SaysoError(Problem(where="the words searched", reason=f"no word in {asked!r}"))
    (many,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)", (query.match, _RANKED)
    ).fetchone()
    if not many:
        return
    order = f"bm25(words, {_TITLE}, {_TEXT}), rowid" if many < _RANKED else "rowid DESC"
    numbers = connection.execute(
        f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY {order} LIMIT ?",  # noqa: S608
        (query.match, -1 if limit is None else limit),
    )
    for (number,) in numbers:
        id, title, outlet, published, language, text = connection.execute(
            "SELECT p.id, r.title, o.name, r.published, r.language, r.text FROM reports r JOIN pages p USING (number) "
            "LEFT JOIN outlets o ON o.number = r.outlet WHERE r.number = ?",
            (number,),
        ).fetchone()
        shown = snippet(text, query.words)
        yield {
            "id": id, "title": title, "outlet": outlet, "published": published, "language": language,
            "snippet": shown.text, "found": shown.found,
        }  # fmt: skip
