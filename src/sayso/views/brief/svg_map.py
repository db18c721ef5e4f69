"""The incidents asked for and who holds what, as a map in SVG. Nothing is fetched: the background comes with sayso."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sayso.records.pool import Account, Holding, Incident
from sayso.records.vocabulary import noun_of
from sayso.views.brief.base_map import Points, packaged
from sayso.views.brief.map_layout import (
    WIDTH,
    Box,
    Frame,
    Labels,
    closer_of,
    frame_of,
    is_within,
    pushed_apart,
    text_width,
)
from sayso.views.brief.map_marks import ALSO, MOST_PLACES, NOBODY, Family, Mark, Marks, Spot, families, marks_of
from sayso.views.brief.markup import safe
from sayso.views.plain import one_line

LEAST_RADIUS, MOST_RADIUS = 4.0, 18.0  # pixels
ONE, INK = 5.0, 0.06  # the radius of one voice, at most; the share of the map that all symbols cover, at most
SQUARE = 13.0
LABEL, COUNTRY = 12.0, 15.0  # pixels
MOST_LABELS = 45
SEEN = 0.04  # of the map: a country of which less is seen is not named
GRID = (0.5, 0.35, 0.65, 0.2, 0.8)  # where in what is seen of it
BOTH = 5  # places named in both maps
OFF = 5.0  # pixels: a symbol farther from its place has a line to it
LONGEST = 28  # characters of a label
BAR = 0.25  # of the width, at most, for the scale bar
FINE = 0.6  # pixels: points of the background nearer than this to the one before are left out


class Drawn(NamedTuple):
    """A spot where it is drawn: home is its true place; `discs` its symbols (x, y, radius), as its marks, then its
    holding's square; `out` the radius of all of them."""

    spot: Spot
    home: tuple[float, float]
    at: tuple[float, float]
    discs: tuple[tuple[float, float, float], ...]
    out: float


class Map(NamedTuple):
    """The drawings, the second a closer look at where most is, none where no place is known; what is left off."""

    svgs: tuple[str, ...]
    marks: Marks
    strays: tuple[Spot, ...]
    crowded: int


def map_of(incidents: Sequence[Incident], holdings: Sequence[Holding], accounts: Mapping[str, Account]) -> Map:
    """The map of incidents and holdings that have a spot; their places are named as the `accounts` (by key) do."""
    marks = marks_of(incidents, holdings, accounts)
    if not marks.spots:
        return Map((), marks, (), 0)
    places = [(s.place.lat, s.place.lon) for s in marks.spots for _ in range(max(len(s.marks), 1))]
    frame = frame_of(places)
    inside = [s for s in marks.spots if is_within(frame, s.place.lon, s.place.lat)]
    strays = tuple(s for s in marks.spots if not is_within(frame, s.place.lon, s.place.lat))
    shown = inside[:MOST_PLACES]
    closer = closer_of(frame, [(s.place.lat, s.place.lon) for s in shown])
    svgs = [_svg(shown, frame, marks, closer)]
    if closer:
        near = [s for s in shown if is_within(closer, s.place.lon, s.place.lat)]
        svgs.append(_svg(near, closer, marks, None))
    return Map(tuple(svgs), marks, strays, len(inside) - len(shown))


def shape(family: Family, x: float, y: float, radius: float) -> str:
    """A family's symbol; all shapes of one radius have the area of the circle."""
    if family.shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    outline = _OUTLINES[family.shape]
    area = abs(sum(a * d - b * c for (a, b), (c, d) in zip(outline, outline[1:] + outline[:1], strict=True))) / 2
    size = radius * math.sqrt(math.pi / area)
    return f'<path d="M{"L".join(f"{x + dx * size:.1f} {y + dy * size:.1f}" for dx, dy in outline)}Z"/>'


def square(letter: str, status: str, x: float, y: float) -> str:
    """A held place's square; its outline tells the status."""
    half = SQUARE / 2
    corner = f'x="{x - half:.1f}" y="{y - half:.1f}" width="{SQUARE}" height="{SQUARE}"'
    inner = f'<rect class="inner" x="{x - half + 2.5:.1f}" y="{y - half + 2.5:.1f}" width="8" height="8"/>'
    return (
        f'<g class="held {status.split()[0]}"><rect {corner}/>{inner if status == "besieged" else ""}'
        f'<text x="{x:.1f}" y="{y + 3.4:.1f}" text-anchor="middle">{letter}</text></g>'
    )


def _turned(corners: int, start: float) -> list[tuple[float, float]]:
    angles = [math.radians(start + 360 * n / corners) for n in range(corners)]
    return [(math.cos(a), math.sin(a)) for a in angles]


_ARM = 0.36
_CROSS = [(-_ARM, -1.0), (_ARM, -1.0), (_ARM, -_ARM), (1.0, -_ARM), (1.0, _ARM), (_ARM, _ARM),
          (_ARM, 1.0), (-_ARM, 1.0), (-_ARM, _ARM), (-1.0, _ARM), (-1.0, -_ARM), (-_ARM, -_ARM)]  # fmt: skip
_OUTLINES = {"triangle": _turned(3, -90), "diamond": _turned(4, -90), "hexagon": _turned(6, 0),
             "drop": _turned(3, 90), "cross": _CROSS}  # fmt: skip


def _svg(spots: Sequence[Spot], frame: Frame, marks: Marks, closer: Frame | None) -> str:
    """`closer`: what a second map shows. Where there is one, symbols stay on their places in the first."""
    voices = [mark.voices for spot in spots for mark in spot.marks] or [1]
    room = math.sqrt(INK * WIDTH * frame.height / math.pi / sum(voices))
    unit = min(MOST_RADIUS / math.sqrt(max(voices)), room, ONE)
    homes = [frame.spot(spot.place.lon, spot.place.lat) for spot in spots]
    around = [tuple(_around(spot, unit)) for spot in spots]
    sizes = [max(math.hypot(x, y) + radius for x, y, radius in discs) for discs in around]
    drawn = [
        Drawn(spot, home, (x, y), tuple((x + dx, y + dy, radius) for dx, dy, radius in discs), out)
        for spot, home, (x, y), discs, out in zip(
            spots, homes, homes if closer else pushed_apart(homes, sizes), around, sizes, strict=True
        )
    ]
    body = [*_background(frame), *_outline(frame, closer), *_symbols(drawn, marks), *_labels(drawn, frame, closer)]
    body += _scale_bar(frame)
    number = sum(len(mark.incidents) for spot in spots for mark in spot.marks)
    held = sum(spot.holding is not None for spot in spots)
    first = ", ".join(safe(one_line(spot.place.name)) for spot in spots[:5])
    ident = "map" if closer else "near"
    size = f'width="{WIDTH:.0f}" height="{frame.height:.0f}"'
    return (
        f'<svg class="map" {size} viewBox="0 0 {WIDTH:.0f} {frame.height:.0f}" role="img" '
        f'aria-labelledby="{ident}-t {ident}-d"><title id="{ident}-t">Map of incidents and of who holds what</title>'
        f'<desc id="{ident}-d">{number} incidents at {len(spots)} places, {held} of them with a holder; '
        f"most is told of {first}. The table below has them all."
        f"</desc>{''.join(body)}</svg>"
    )


def _around(spot: Spot, unit: float) -> Iterator[tuple[float, float, float]]:
    """The family of most voices at the place; the others about it, clockwise from its upper right; the square left."""
    radii = [max(unit * math.sqrt(mark.voices), LEAST_RADIUS) for mark in spot.marks]
    angle = -60.0
    for n, radius in enumerate(radii):
        away = radii[0] + radius + 0.5 if n else 0.0
        half = math.degrees(math.asin(min(1.0, (radius + 0.5) / away))) if n else 0.0
        angle += half if n > 1 else 0
        yield away * math.cos(math.radians(angle)), away * math.sin(math.radians(angle)), radius
        angle += half
    if spot.holding:
        yield -(radii[0] + SQUARE / 2 + 1) if radii else 0.0, 0.0, SQUARE / 2


def _symbols(drawn: Sequence[Drawn], marks: Marks) -> Iterator[str]:
    for _, (hx, hy), (x, y), _, _ in drawn:
        if math.hypot(x - hx, y - hy) > OFF:
            yield f'<path class="leader" d="M{hx:.1f} {hy:.1f}L{x:.1f} {y:.1f}"/>'
            yield f'<circle class="home" cx="{hx:.1f}" cy="{hy:.1f}" r="1.8"/>'
    for spot, _, _, discs, _ in reversed(drawn):
        for mark, disc in zip(spot.marks, discs, strict=False):
            broken = " denied" if mark.disputed else ""
            title = f"<title>{_title(spot, mark)}</title>"
            yield f'<g class="mark {mark.family.name}{broken}">{title}{shape(mark.family, *disc)}</g>'
        if spot.holding:
            letter = marks.letters.get(spot.holding.actor, "·") if spot.holding.actor else "?"
            title = f"<title>{safe(one_line(held_in_words(spot.place.name, spot.holding)))}</title>"
            yield f"<g>{title}{square(letter, spot.holding.status, *discs[-1][:2])}</g>"


def held_in_words(name: str, holding: Holding) -> str:
    """Who is said to hold a place of that name."""
    return f"{name}: {holding.actor or NOBODY} ({holding.status}), last word {holding.said or 'undated'}"


def _title(spot: Spot, mark: Mark) -> str:
    told = [f"{noun_of(i.type)}, {i.first or 'day not known'}, {i.independent}" for i in mark.incidents[:ALSO]]
    more = f"; and {len(mark.incidents) - ALSO} more" if len(mark.incidents) > ALSO else ""
    return safe(one_line(f"{spot.place.name}: {mark.family.title} (voices): {'; '.join(told)}{more}"))


def _background(frame: Frame) -> Iterator[str]:
    base = packaged()
    about = frame.extent
    edge = (about.east - about.west) * 0.02  # cut beyond what is seen, so that the cut is not
    wide = type(about)(about.west - edge, about.south - edge, about.east + edge, about.north + edge)
    yield f'<rect class="sea" width="{WIDTH:.0f}" height="{frame.height:.0f}"/>'
    yield f'<path class="land" d="{"".join(_path(ring, frame) + "Z" for _, ring in base.land(wide))}"/>'
    yield f'<path class="river" d="{"".join(_path(line, frame) for line in base.rivers(wide))}"/>'
    yield f'<path class="lake" d="{"".join(_path(ring, frame) + "Z" for ring in base.lakes(wide))}"/>'


def _outline(frame: Frame, closer: Frame | None) -> Iterator[str]:
    if closer:
        west, north = frame.spot(closer.extent.west, closer.extent.north)
        east, south = frame.spot(closer.extent.east, closer.extent.south)
        size = f'width="{east - west:.1f}" height="{south - north:.1f}"'
        yield f'<rect class="closer" x="{west:.1f}" y="{north:.1f}" {size}/>'


def _path(points: Points, frame: Frame) -> str:
    about = frame.extent
    pixels = np.round((points - (about.west, about.north)) * (frame.across, -frame.up), 1)
    keep, last = [0], pixels[0]
    for n in range(1, len(pixels)):
        if abs(pixels[n, 0] - last[0]) > FINE or abs(pixels[n, 1] - last[1]) > FINE:
            keep.append(n)
            last = pixels[n]
    return "" if len(keep) < 2 else "M" + "L".join(f"{x:g} {y:g}" for x, y in pixels[keep].tolist())


def _labels(drawn: Sequence[Drawn], frame: Frame, closer: Frame | None) -> Iterator[str]:
    """Names of the places of which most is told; of those that a closer map has, a few."""
    taken: list[Box] = [_scale_box(frame)]
    taken += [(x - r, y - r, x + r, y + r) for spot in drawn for x, y, r in spot.discs]
    labels = Labels(WIDTH, frame.height, taken)
    for n, (spot, _, (x, y), discs, out) in enumerate(drawn[:MOST_LABELS]):
        if closer and n >= BOTH and is_within(closer, spot.place.lon, spot.place.lat):
            continue
        name = one_line(spot.place.name)
        name = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
        if found := labels.place(name, x, y, (discs[0][2], out, out + LABEL), LABEL):
            yield _text("place", name, *found, LABEL)
    for name, spots in _countries(frame):
        wide = -text_width(name) * COUNTRY / 2
        tried = (labels.place(name, x, y, (wide,), COUNTRY) for x, y in spots)
        if at := next(filter(None, tried), None):
            yield _text("country", name, *at, COUNTRY)


def _countries(frame: Frame) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Names of countries seen of which there is a good part, each with points of it, the middle ones first."""
    for name, ring in packaged().land(frame.extent):
        pixels = (ring - (frame.extent.west, frame.extent.north)) * (frame.across, -frame.up)
        x, y = pixels.T
        if abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2 > WIDTH * frame.height * SEEN:
            low, high = pixels.min(0), pixels.max(0)
            points = [low + (high - low) * (a, b) for a in GRID for b in GRID]
            yield name.upper(), [(float(p[0]), float(p[1])) for p in points if _is_inside(pixels, p)]


def _is_inside(ring: Points, point: Points) -> bool:
    """Whether a line from the point to the right crosses the ring an odd number of times."""
    x, y = ring.T - point[:, None]
    ahead_x, ahead_y = np.roll(x, -1), np.roll(y, -1)
    crossing = (y > 0) != (ahead_y > 0)
    return bool(np.count_nonzero((x * ahead_y - ahead_x * y)[crossing] / (ahead_y - y)[crossing] > 0) % 2)


def _text(kind: str, text: str, x: float, y: float, size: float) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y + size * 0.35:.1f}" text-anchor="middle">{safe(text)}</text>'


def _bar(frame: Frame) -> tuple[int, float]:
    ten = 10 ** math.floor(math.log10(WIDTH * BAR / frame.km))
    km = max(n * ten for n in (1, 2, 5) if n * ten * frame.km <= WIDTH * BAR)
    return int(max(km, 1)), max(km, 1) * frame.km


def _scale_box(frame: Frame) -> Box:
    return (0, frame.height - 34, _bar(frame)[1] + 70, frame.height)


def _scale_bar(frame: Frame) -> Iterator[str]:
    km, long = _bar(frame)
    y = frame.height - 14
    yield f'<path class="bar" d="M14 {y - 4:.1f}v4h{long:.1f}v-4"/>'
    yield f'<text class="tick" x="{20 + long:.1f}" y="{y + 1:.1f}">{km} km</text>'


def legend(drawn: Map) -> Iterator[str]:
    """What the symbols mean, those on the map only, as items of a list."""
    used = {mark.family.name for spot in drawn.marks.spots for mark in spot.marks}
    for family in dict.fromkeys(families().values()):
        if family.name in used:
            symbol = _key(f'<g class="mark {family.name}">{shape(family, 10, 10, 7)}</g>')
            yield symbol + safe(family.title)
    if any(mark.disputed for spot in drawn.marks.spots for mark in spot.marks):
        yield _key('<g class="mark none denied"><circle cx="10" cy="10" r="7"/></g>') + "somebody denies it"
    said = {spot.holding.status for spot in drawn.marks.spots if spot.holding}
    for status in ("holds", "contested", "besieged", "claimed by one side", "unknown"):
        if status in said:
            yield _key(square("", status, 10, 10)) + status
    for actor, letter in drawn.marks.letters.items():
        yield f"<b>{letter}</b> <bdi>{safe(one_line(actor))}</bdi>"


def _key(symbol: str) -> str:
    return f'<svg class="key" viewBox="0 0 20 20" aria-hidden="true">{symbol}</svg>'
