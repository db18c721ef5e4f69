"""Names, places, outlets and actors of record, each written once and known by its number."""

from __future__ import annotations

import sqlite3

from sayso.ledger.folding import folded
from sayso.records.reading import Reading
from sayso.records.resolved import Named, Place

_NAME = 200  # characters of a place's or outlet's name that are kept


class TableNumbers:
    """Numbers from the ledger's own tables; to be used inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._do = connection.execute
        self._met: dict[tuple[object, ...], int] = {}

    def name(self, name: str, actor: str | None) -> int:
        """Of the name of an actor, target or source."""
        key = ("names", name, actor)
        if key not in self._met:
            found = self._do(
                "SELECT number FROM names WHERE name = ? AND ifnull(actor, '') = ?", (name, actor or "")
            ).fetchone()
            self._met[key] = found[0] if found else self._new(
                "INSERT INTO names (name, actor, key) VALUES (?, ?, ?)", (name, actor, folded(name))
            )  # fmt: skip
        return self._met[key]

    def place(self, words: str, place: Place | None) -> int:
        """Of a place, or of words that are not resolved."""
        name, id = (place.name, place.id) if place else (words[:_NAME], None)
        key = ("places", name, id)
        if key not in self._met:
            found = self._do(
                "SELECT number FROM places WHERE ifnull(id, '') = ? AND name = ?", (id or "", name)
            ).fetchone()
            self._met[key] = found[0] if found else self._new_place(name, place)
        return self._met[key]

    def outlet(self, name: str, outlet: Named | None) -> int:
        """Of an outlet."""
        name, id = name[:_NAME], outlet.id if outlet else None
        found = self._do(
            "SELECT number FROM outlets WHERE name = ? AND ifnull(id, '') = ?", (name, id or "")
        ).fetchone()
        if found:
            return int(found[0])
        kind = outlet.kind if outlet else None
        return self._new(
            "INSERT INTO outlets (name, id, kind, key) VALUES (?, ?, ?, ?)", (name, id, kind, folded(name))
        )

    def actors(self, reading: Reading) -> None:
        """Keep the actors of record that a reading's ids point at."""
        for actor in reading.actors:
            self._do("INSERT OR REPLACE INTO actors VALUES (?, ?, ?)", (actor.id, actor.name, actor.kind))

    def _new(self, statement: str, values: tuple[object, ...]) -> int:
        return int(self._do(statement, values).lastrowid or 0)

    def _new_place(self, name: str, place: Place | None) -> int:
        if place is None:
            return self._new("INSERT INTO places (name, key) VALUES (?, ?)", (name, folded(name)))
        number = self._new(
            "INSERT INTO places (id, name, country, admin1, lat, lon, level, geonameid, key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (place.id, name, place.country, place.admin1, place.lat, place.lon, place.level, place.geonameid, folded(name)),  # noqa: E501
        )  # fmt: skip
        self._do("INSERT INTO place_areas VALUES (?, ?, ?, ?, ?)", (number, place.lat, place.lat, place.lon, place.lon))
        return number
