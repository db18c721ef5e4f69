"""The names of one report and all that each could mean, as arrays: what a ranker weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sayso.places.entry import Match
from sayso.places.gazetteer import Gazetteer
from sayso.places.mentions import Name
from sayso.places.names import folded
from sayso.places.sheet import FITS, MEANINGS_AT_MOST, OWN, Floats, Ints, Sheet, lies_in, sheet

GROUPS_AT_MOST = 150  # names weighed together: bounds the time for a text that is a list of names
HOLDERS_AT_MOST = 12  # of one name: a name that is said to lie in more is a heading
STATIC: Final = (*OWN, "kind fits", "kind clashes", "comma", "in", "near", "adjective", "lies elsewhere", "beat")
DYNAMIC: Final = ("country share", "country sum", "country near", "province share", "province sum", "province near",
                  "30 km", "200 km", "200 km near", "same name")  # fmt: skip
FEATURES: Final = STATIC + DYNAMIC
_FITS, _ELSEWHERE = STATIC.index("kind fits"), STATIC.index("lies elsewhere")


@dataclass(slots=True)
class Group:
    """All mentions of one name that are called one kind of thing: they mean one place."""

    key: str
    kind: str
    names: list[int]
    text: str
    matches: tuple[Match, ...]
    lies_in: list[tuple[int, str]]


@dataclass(slots=True)
class Scene:
    """`group[c]` is the group of meaning `c`; meanings of a group stand together. Points are on the unit sphere."""

    groups: list[Group]
    group_of: dict[int, int]  # number of a name -> its group
    matches: list[Match]
    group: Ints
    starts: Ints
    points: Floats
    country: Ints
    province: Ints
    key: Ints
    static: Floats
    gap: Floats  # between groups: 1 where they stand side by side in the text, falling with distance
    weight: Floats


def groups_of(names: Sequence[Name]) -> tuple[list[Group], dict[int, int]]:
    """Names that mean one place: the same words, called the same kind of thing, said to lie in the same place."""
    groups: dict[tuple[str, str, str], Group] = {}
    number: dict[tuple[str, str, str], int] = {}
    group_of: dict[int, int] = {}
    for n, name in enumerate(names):
        said = next((folded(names[o].text) for o, how in name.lies_in if how == "comma" and _holds(names[o])), "")
        key = (folded(name.text), name.kind, said)
        if key not in groups:
            if len(groups) == GROUPS_AT_MOST:
                continue
            number[key] = len(groups)
            groups[key] = Group(key[0], name.kind, [], name.text, name.matches[:MEANINGS_AT_MOST], [])
        groups[key].names.append(n)
        groups[key].lies_in += name.lies_in
        group_of[n] = number[key]
    return list(groups.values()), group_of


def _holds(name: Name) -> bool:
    """Whether the first meaning of a name is something that towns lie in."""
    return bool(name.matches) and name.matches[0].entry.level in ("country", "province")


def scene_of(names: Sequence[Name], gazetteer: Gazetteer, beat: str | None) -> Scene:
    """The scene of a report's names. `beat`: ISO 3166 code of the country that the outlet writes about, or None."""
    groups, group_of = groups_of(names)
    sheets = [sheet(gazetteer, g.text) for g in groups]
    sizes = np.array([len(s.matches) for s in sheets], dtype=np.int64)
    group = np.repeat(np.arange(len(groups)), sizes)
    keys: dict[str, int] = {}
    key = np.array([keys.setdefault(g.key, len(keys)) for g in groups], dtype=np.int64)
    static = [_with_context(g, s, names, beat) for g, s in zip(groups, sheets, strict=True)]
    return Scene(
        groups, group_of, [m for s in sheets for m in s.matches], group,
        (np.cumsum(sizes) - sizes).astype(np.int64),
        np.concatenate([s.points for s in sheets]) if sheets else np.zeros((0, 3)),
        _numbered([c for s in sheets for c in s.countries]), _numbered([p for s in sheets for p in s.provinces]),
        key[group] if groups else group, np.concatenate(static) if static else np.zeros((0, len(STATIC))),
        _gaps(groups, names), np.array([1.0 + np.log(len(g.names)) for g in groups]),
    )  # fmt: skip


def _with_context(g: Group, own: Sheet, names: Sequence[Name], beat: str | None) -> Floats:
    """What is known of a name's meanings by themselves, and what the words beside the name say of each (`STATIC`)."""
    out = np.zeros((len(own.matches), len(STATIC)))
    out[:, : len(OWN)] = own.features
    if g.kind:
        fits = np.array([m.entry.level in FITS[g.kind] for m in own.matches], dtype=bool)
        out[:, _FITS], out[:, _FITS + 1] = fits, ~fits
    for other, how in g.lies_in[:HOLDERS_AT_MOST]:
        holders = [m.entry for m in names[other].matches[:MEANINGS_AT_MOST]]
        holds = np.array([max((lies_in(m.entry, h, how) for h in holders), default=0.0) for m in own.matches])
        column = STATIC.index(how)
        out[:, column] = np.maximum(out[:, column], holds)
        if how != "comma" and holders:
            out[:, _ELSEWHERE] = np.maximum(out[:, _ELSEWHERE], holds == 0)
    if beat:  # counts for less the more names there are to tell by
        out[:, -1] = [float(country == beat) / (0.5 + len(names) / 2) for country in own.countries]
    return out


def _gaps(groups: Sequence[Group], names: Sequence[Name]) -> Floats:
    """How close any mention of one group stands to any of another: 1 side by side, 1/2 at 100 characters."""
    at = np.array([names[n].span[0] for g in groups for n in g.names], dtype=np.float64)
    counts = np.array([len(g.names) for g in groups], dtype=np.int64)
    if not len(counts):
        return np.zeros((0, 0))
    starts = np.asarray(np.cumsum(counts) - counts, dtype=np.int64)
    apart = np.minimum.reduceat(np.minimum.reduceat(np.abs(at[:, None] - at), starts, axis=0), starts, axis=1)
    keys = np.array([g.key for g in groups])
    return np.where(keys[:, None] == keys, 0.0, 1.0 / (1.0 + apart / 100.0))


def _numbered(labels: Sequence[str | None]) -> Ints:
    """Numbers for labels, from 1 on; 0 for none."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(x, len(numbers) + 1) if x else 0 for x in labels], dtype=np.int64)


def dynamic(scene: Scene, chance: Floats) -> Floats:
    """What the other names of the report say for each meaning, given the chance of each of theirs (`DYNAMIC`)."""
    out = np.zeros((len(scene.matches), len(DYNAMIC)))
    mass = chance * scene.weight[scene.group]
    near = scene.gap[scene.group]  # of every meaning to every group
    for column, label in ((0, scene.country), (3, scene.province)):
        table = np.zeros((int(scene.key.max(initial=0)) + 1, int(label.max(initial=0)) + 1))
        np.add.at(table, (scene.key, label), mass)
        table[:, 0] = 0.0
        support = table.sum(axis=0)[label] - table[scene.key, label]
        everything = table.sum() - table.sum(axis=1)[scene.key]
        out[:, column] = support / (everything + 0.5)
        out[:, column + 1] = support / (support + 2.0)
        by_group = np.zeros((len(scene.groups), table.shape[1]))
        np.add.at(by_group, (scene.group, label), mass)
        by_group[:, 0] = 0.0
        close = (near @ by_group)[np.arange(len(label)), label]
        out[:, column + 2] = close / (close + 0.3)
    columns = np.flatnonzero(mass > 0.05)
    chord = np.maximum(0.0, 2.0 - 2.0 * (scene.points @ scene.points[columns].T))  # squared, on the unit sphere
    namesake = scene.key[:, None] == scene.key[columns][None, :]
    other = ~namesake
    fine = other * mass[columns] * (scene.static[columns, STATIC.index("country")] == 0)
    close_by, about = 1.0 / (1.0 + chord / (30 / 6371) ** 2), 1.0 / (1.0 + chord / (200 / 6371) ** 2)
    for column, kernel, factor in ((6, close_by, None), (7, about, None), (8, about, near[:, scene.group[columns]])):
        support = (kernel * fine if factor is None else kernel * fine * factor).sum(axis=1)
        out[:, column] = support / (support + (1.0 if factor is None else 0.2))
    same = (chord < 1e-9) & namesake & (scene.group[:, None] != scene.group[columns][None, :])
    out[:, 9] = (same * chance[columns]).sum(axis=1).clip(0, 1)
    return out


def softmax(scene: Scene, score: Floats) -> Floats:
    """Scores -> chances that add up to one in each group."""
    if not len(score):
        return score
    sizes = np.bincount(scene.group, minlength=len(scene.groups))
    filled = np.flatnonzero(sizes)
    starts = scene.starts[filled]
    top = np.maximum.reduceat(score, starts)
    power = np.exp(score - np.repeat(top, sizes[filled]))
    return np.asarray(power / np.repeat(np.add.reduceat(power, starts), sizes[filled]))
