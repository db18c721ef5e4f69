"""Why a name has the meaning it has: one plain sentence out of what the ranker weighed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from sayso.places.entry import LEVELS, Entry
from sayso.places.gazetteer import EARTH_KM, Gazetteer
from sayso.places.meanings import country
from sayso.places.mentions import Name
from sayso.places.ranker import weights
from sayso.places.scene import FEATURES, Scene
from sayso.places.sheet import Floats

APART_KM = 40.0  # meanings closer than this are one place to a reader: a town and the district around it
NEAR_KM = 500.0  # nobody would call a place further off near
TELLS = 0.25  # of the weights' logits; a reason that counts less is not worth a clause

_FAMILIES: Final = {
    "largest": ("people", "weight", "rank", "first", "penalty", "capital", "great", *LEVELS),
    "kind": ("kind fits", "kind clashes"),
    "holder": ("comma", "in", "near", "adjective", "lies elsewhere"),
    "beat": ("beat",),
    "land": ("country share", "country sum"),
    "division": ("province share", "province sum"),
    "beside": ("country near", "province near", "30 km", "200 km", "200 km near"),
    "same": ("same name",),
}  # fmt: skip


_PLAIN: Final = {
    "largest": "as the largest or best known of them",
    "same": "because the report names it more fully elsewhere",
}
_COLUMNS: Final = {family: [FEATURES.index(name) for name in names] for family, names in _FAMILIES.items()}


def described(entry: Entry, gazetteer: Gazetteer) -> str:
    """An entry with what it lies in: "Manbij in Aleppo, Syria"."""
    holders = gazetteer.inside(entry)
    country = holders[-1].name if holders and holders[-1].level == "country" else ""
    around = [
        name for name in (entry.admin1_name if entry.level not in ("province", "country") else "", country) if name
    ]
    around = [name for name in around if name != entry.name]
    return f"{entry.name} in {', '.join(around)}" if around else entry.name


class Reasons:
    """The sentences for one scene. `best`: the meaning chosen for each group."""

    def __init__(
        self,
        scene: Scene,
        names: Sequence[Name],
        best: dict[int, int],
        weighed: tuple[Floats, Floats],
        gazetteer: Gazetteer,
    ) -> None:
        self._scene, self._names, self._best, self._gazetteer = scene, names, best, gazetteer
        self._chance, self._said = weighed
        self._by = weights().then

    def of(self, number: int) -> str:
        """Why group `number` means what it does."""
        scene, chosen = self._scene, self._best[number]
        match = scene.matches[chosen]
        where = described(match.entry, self._gazetteer)
        called = "" if match.how != "spelling" else ", by the sound of its name"
        first = int(scene.starts[number])
        count = len(scene.groups[number].matches)
        away = self._away(chosen)[first : first + count]
        others = np.flatnonzero(away > APART_KM) + first
        if not len(others):
            return f"{where}{called}: the only place of that name in the gazetteer."
        rival = int(others[self._chance[others].argmax()])
        lead = (
            np.concatenate([scene.static[chosen] - scene.static[rival], self._said[chosen] - self._said[rival]])
            * self._by
        )
        tells = sorted(((float(lead[columns].sum()), family) for family, columns in _COLUMNS.items()), reverse=True)
        told = [self._clause(family, number) for value, family in tells[:2] if value > TELLS]
        chosen_for = " and ".join(filter(None, told)) or "by a hair"
        return f"{where}{called}: one of {count} places of that name; chosen {chosen_for}."

    def _away(self, chosen: int) -> Floats:
        """Kilometres from a meaning to every other."""
        cosines = self._scene.points @ self._scene.points[chosen]
        return np.asarray(EARTH_KM * np.arccos(cosines.clip(-1.0, 1.0)))

    def _clause(self, family: str, number: int) -> str:
        group, entry = self._scene.groups[number], self._scene.matches[self._best[number]].entry
        if family == "kind":
            return f"because the words call it a {group.kind}" if group.kind else ""
        if family == "holder":
            return f"because it is said to lie in {self._names[group.lies_in[0][0]].text}" if group.lies_in else ""
        if family == "beat":
            return f"because the outlet writes about {entry.country}"
        if family == "beside":
            return self._beside(number)
        if family in ("land", "division"):
            return self._land(number, family)
        return _PLAIN[family]

    def _beside(self, number: int) -> str:
        """The nearest of the places that other names mean."""
        away = self._away(self._best[number])
        key = self._scene.groups[number].key
        rest = [c for g, c in self._best.items() if self._scene.groups[g].key != key]
        near = min(rest, key=lambda c: away[c], default=None)
        if near is None or away[near] > NEAR_KM:
            return ""
        return f"for its nearness to {self._scene.matches[near].entry.name} ({away[near]:.0f} km), which is named too"

    def _land(self, number: int, family: str) -> str:
        """How many other names lie in the same country, or province."""
        label = self._scene.country if family == "land" else self._scene.province
        chosen, key = self._best[number], self._scene.groups[number].key
        entry = self._scene.matches[chosen].entry
        keys = {self._scene.groups[g].key for g, c in self._best.items() if label[c] == label[chosen] and label[c]} - {
            key
        }
        where = (self._country(entry) if family == "land" else entry.admin1_name) or ""
        if not keys or not where:
            return ""
        return (
            f"for the other place named in {where}"
            if len(keys) == 1
            else f"for the {len(keys)} other places named in {where}"
        )

    def _country(self, entry: Entry) -> str:
        land = country(self._gazetteer, entry.country or "")
        return land.name if land else ""
