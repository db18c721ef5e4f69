"""What the names of a report mean: the meaning that is weighed heaviest, what the words call it, or none at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sayso.places.entry import Entry
from sayso.places.gazetteer import Gazetteer, km
from sayso.places.mentions import Name
from sayso.places.ranker import chances, weights
from sayso.places.reasons import Reasons
from sayso.places.scene import DYNAMIC, STATIC, Group, Scene, scene_of
from sayso.places.sheet import FITS, Floats, Ints

# A place met only by the sound of its name, or as another kind of thing, is believed where so much of what the report
# names lies in its country, or where the words say what it lies in.
ENOUGH = 0.4
ALONE = 0.02  # less than this share of what a report names lies where a small town is: "Green" is none of Ohio's then
LOOSE = frozenset(
    {"site", "road", "water", "district", "quarter"}
)  # "Baron Street" is no town of Barron, "Pivka airfield" none of Pivka
MANY = 5  # names of a report that say where it is at home
KNOWN = 5.3  # the score of a place that is named without saying where: a town of 200,000
IN_TOWN_KM = 40.0  # from a town's middle, what is said to lie in it: a great city and its suburbs
SAME_LAND_KM = 60.0  # between a town and the middle of the district or province named like it
SEATS = ("PPLC", "PPLA", "PPLA2")
SEAT_KM = 200.0  # between the middle of a province and its seat
_HELD = [STATIC.index(name) for name in ("comma", "in", "near", "adjective")]
_CLASHES = STATIC.index("kind clashes")
_SHARE = DYNAMIC.index("country share")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means: an entry of `count` that share the name. `entry` None: not known, and `why`."""

    entry: Entry | None
    count: int
    why: str


def settled(names: list[Name], beat: str | None, gazetteer: Gazetteer) -> list[Meaning]:
    """What each name of a report means, all weighed together. `beat`: the country that its outlet writes about."""
    by = weights()
    scene = scene_of(names, gazetteer, beat)
    chance, said = chances(scene, by)
    best: dict[int, int] = {}
    for number, group in enumerate(scene.groups):
        mine = np.flatnonzero(scene.group == number)
        if any(names[n].bearing for n in group.names):  # "the North West Region" of the country that is told of
            mine = mine[said[mine, _SHARE] >= ENOUGH]
        if len(mine):
            best[number] = called(scene, group, mine, int(mine[chance[mine].argmax()]), chance)
    reasons = Reasons(scene, names, best, (chance, said), gazetteer)
    of_group: list[Meaning] = []
    for number, group in enumerate(scene.groups):
        words = names[group.names[0]].text
        if number not in best:
            of_group.append(Meaning(None, 0, f'No place called "{words}" is known.'))
            continue
        chosen = best[number]
        entry = scene.matches[chosen].entry
        if _doubtful(scene, chosen, said, best):
            why = f'"{words}" is not known; {entry.name} is called so, or nearly so, but lies elsewhere.'
            of_group.append(Meaning(None, len(group.matches), why))
        else:
            of_group.append(Meaning(entry, len(group.matches), reasons.of(number)))
    lost = Meaning(None, 0, "Too many names in one report: this one was not looked up.")
    return [of_group[scene.group_of[n]] if n in scene.group_of else lost for n in range(len(names))]


def _doubtful(scene: Scene, chosen: int, said: Floats, best: dict[int, int]) -> bool:
    """Whether a meaning is not to be believed: the words put the name in another country; or it is met only by its
    sound, or as another kind of thing, in a land that the report is not about."""
    group, match = scene.groups[scene.group[chosen]], scene.matches[chosen]
    if scene.static[chosen, _HELD].any() or match.entry.level in ("country", "region"):
        return False
    if match.score >= KNOWN and not group.kind:
        return False
    said_to_hold = [best.get(scene.group_of.get(other, -1)) for other, how in group.lies_in if how == "in"]
    holders = [scene.matches[h].entry for h in said_to_hold if h is not None]
    lands = {holder.country for holder in holders}
    if lands and None not in lands and match.entry.country not in lands:
        return True
    towns = [holder for holder in holders if holder.level == "town"]  # "the Narino palace in Bogota"
    if towns and all(km(match.entry.lat, match.entry.lon, town.lat, town.lon) > IN_TOWN_KM for town in towns):
        return True
    if group.kind in ("quarter", "district") and _is_of_none(scene, chosen, best):
        return True
    loose = match.how == "spelling" or bool(scene.static[chosen, _CLASHES] and group.kind in LOOSE)
    alone = said[chosen, _SHARE] < ALONE and len(scene.groups) >= MANY
    return bool(alone or (loose and said[chosen, _SHARE] < ENOUGH))


def _is_of_none(scene: Scene, chosen: int, best: dict[int, int]) -> bool:
    """Whether what is called a quarter is a town that is near none of the others that are named: "the Karima quarter"
    of El Obeid is not the town of Karima. A district may be one of the land, if it is called after its seat."""
    entry = scene.matches[chosen].entry
    if scene.groups[scene.group[chosen]].kind == "district" and (entry.feature.startswith("PPLA") or entry.population):
        return False
    others = (scene.matches[c].entry for c in best.values() if scene.key[c] != scene.key[chosen])
    towns = [other for other in others if other.level == "town"]
    far = all(km(entry.lat, entry.lon, town.lat, town.lon) > IN_TOWN_KM for town in towns)
    return entry.level == "town" and bool(towns) and far


def called(scene: Scene, group: Group, mine: Ints, best: int, chance: Floats) -> int:
    """The meaning that is what the words call it: "Homs province" is the province, "Homs" the town in it."""
    entry = scene.matches[best].entry
    if not group.kind and entry.level in ("province", "district", "region"):
        seats = [
            c for c in mine.tolist() if (other := scene.matches[c].entry).feature in SEATS
            and scene.matches[c].how in ("exact", "other name")
            and (other.country, other.admin1) == (entry.country, entry.admin1)
            and km(other.lat, other.lon, entry.lat, entry.lon) < SEAT_KM
        ]  # fmt: skip
        return max(seats, key=lambda c: (chance[c], -c), default=best)
    fits = FITS.get(group.kind, frozenset())
    if not group.kind or entry.level in fits:
        return best
    land = [
        c for c in mine.tolist() if (other := scene.matches[c].entry).level in fits and other.country == entry.country
        and (other.admin1 == entry.admin1 or km(other.lat, other.lon, entry.lat, entry.lon) < SAME_LAND_KM)
    ]  # fmt: skip
    return max(land, key=lambda c: (chance[c], -c), default=best)
