"""Where things go on the map: its extent, degrees to pixels, symbols that keep apart, labels that do not overlap."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from sayso.views.brief.base_map import Extent

WIDTH, LOWEST, HIGHEST = 960.0, 420.0, 760.0  # pixels; the height is what the extent asks for, between these
MARGIN = 0.12  # of the extent, on each side
LEAST = 0.5  # degrees of latitude: a single place is shown with what is about it
FAR = 4.0  # times the distance that most places are within: beyond it a place is taken for a stray and left off
MOST = 0.85
NEAR_KM = 100.0  # nothing within so far of the middle is a stray
KM_PER_DEGREE = 111.2
CROWD, GAIN, FEWEST = 0.6, 1.8, 10  # a second map for this share of the places, if so much larger and of so many
PUSHES = 60  # rounds in which symbols push each other apart
REACH = 34.0  # pixels that a symbol may be pushed from its place

Box = tuple[float, float, float, float]


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The extent drawn and the scales: equirectangular, true at the middle latitude."""

    extent: Extent
    height: float
    across: float  # pixels a degree of longitude
    up: float  # pixels a degree of latitude

    def spot(self, lon: float, lat: float) -> tuple[float, float]:
        """Degrees to pixels; a longitude is taken on the side where the extent is."""
        lon += 360 * round(((self.extent.west + self.extent.east) / 2 - lon) / 360)
        return (lon - self.extent.west) * self.across, (self.extent.north - lat) * self.up

    @property
    def km(self) -> float:
        """Pixels a kilometre."""
        return self.up / KM_PER_DEGREE


def frame_of(places: Sequence[tuple[float, float]]) -> Frame:
    """The frame for places (latitude, longitude): all but strays, with a margin. There must be one place at least."""
    lats = np.array([lat for lat, _ in places])
    lons = _unwrapped(np.array([lon for _, lon in places]))
    middle = float(np.median(lats)), float(np.median(lons))
    off = np.hypot(lats - middle[0], (lons - middle[1]) * _narrow(middle[0])) * KM_PER_DEGREE
    near = off <= max(FAR * float(np.quantile(off, MOST)), NEAR_KM)
    south, north = float(lats[near].min()), float(lats[near].max())
    west, east = float(lons[near].min()), float(lons[near].max())
    lat, lon = (south + north) / 2, (west + east) / 2
    narrow = _narrow(lat)
    tall = max((north - south) * (1 + 2 * MARGIN), LEAST)
    wide = max((east - west) * (1 + 2 * MARGIN) * narrow, LEAST)
    height = min(max(WIDTH * tall / wide, LOWEST), HIGHEST)
    up = min(WIDTH / wide, height / tall)
    extent = Extent(
        west=lon - WIDTH / up / narrow / 2,
        south=lat - height / up / 2,
        east=lon + WIDTH / up / narrow / 2,
        north=lat + height / up / 2,
    )
    return Frame(extent=extent, height=height, across=up * narrow, up=up)


def closer_of(frame: Frame, places: Sequence[tuple[float, float]]) -> Frame | None:
    """A frame for where most of the places are, if it shows them a good deal larger."""
    at = np.array([frame.spot(lon, lat) for lat, lon in places])
    off = np.hypot(*(at - np.median(at, axis=0)).T)
    near = off <= np.quantile(off, CROWD)
    crowd = [place for place, is_near in zip(places, near, strict=True) if is_near]
    found = frame_of(crowd) if len(crowd) >= FEWEST else frame
    return found if found.up >= GAIN * frame.up else None


def is_within(frame: Frame, lon: float, lat: float) -> bool:
    """Whether a place is drawn."""
    x, y = frame.spot(lon, lat)
    return 0 <= x <= WIDTH and 0 <= y <= frame.height


def _narrow(lat: float) -> float:
    return max(math.cos(math.radians(lat)), 0.1)


def _unwrapped(lons: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Longitudes on one side of their mean direction, so that 179 and -179 are neighbours."""
    turns = np.radians(lons)
    mean = math.degrees(math.atan2(float(np.sin(turns).mean()), float(np.cos(turns).mean())))
    return mean + (lons - mean + 180) % 360 - 180


def pushed_apart(spots: Sequence[tuple[float, float]], sizes: Sequence[float]) -> list[tuple[float, float]]:
    """Middles of discs of these radii moved so that they overlap less, none farther than `REACH`.

    >>> pushed_apart([(100, 100), (300, 100)], [10, 10])
    [(100.0, 100.0), (300.0, 100.0)]
    """
    home = np.array(spots, float).reshape(-1, 2)
    size = np.array(sizes, float)
    at = home.copy()
    apart = size[:, None] + size[None, :] + 2
    np.fill_diagonal(apart, 0)
    for _ in range(PUSHES):
        gap = at[:, None] - at[None, :]
        far = np.hypot(gap[..., 0], gap[..., 1])
        same = (far == 0) & (apart > 0)
        gap[same] = (1.0, 0.5)  # two places at one spot: pushed along any line
        gap[np.triu(same)] *= -1
        far[far == 0] = 1.0
        over = np.clip(apart - far, 0, None)
        if not over.any():
            break
        at += (gap / far[..., None] * over[..., None]).sum(1) * 0.25
        moved = at - home
        length = np.hypot(moved[:, 0], moved[:, 1])
        at = home + moved * np.minimum(1, REACH / np.maximum(length, 1e-9))[:, None]
    return [(float(x), float(y)) for x, y in at]


class Labels:
    """Labels are given the first of some positions where they hide nothing that is there before them."""

    def __init__(self, width: float, height: float, taken: Sequence[Box]) -> None:
        self._width, self._height = width, height
        self._taken = list(taken)

    def place(self, text: str, x: float, y: float, away: Sequence[float], size: float) -> tuple[float, float] | None:
        """The middle of the label for what is at (x, y), so many pixels off it; None: there is no room."""
        wide, tall = text_width(text) * size, size * 1.2
        for dx, dy in (step for off in away for step in _positions(off, wide, tall)):
            box = (x + dx - wide / 2, y + dy - tall / 2, x + dx + wide / 2, y + dy + tall / 2)
            inside = box[0] >= 2 and box[1] >= 2 and box[2] <= self._width - 2 and box[3] <= self._height - 2
            if inside and not any(_meet(box, other) for other in self._taken):
                self._taken.append(box)
                return x + dx, y + dy
        return None


def _positions(away: float, wide: float, tall: float) -> Iterator[tuple[float, float]]:
    side, over, slant = away + 4 + wide / 2, away + tall / 2, away * 0.7 + 2
    yield from ((side, 0), (-side, 0), (0, -over), (0, over))
    yield from ((slant + wide / 2, -slant - tall / 2), (slant + wide / 2, slant + tall / 2))
    yield from ((-slant - wide / 2, -slant - tall / 2), (-slant - wide / 2, slant + tall / 2))


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def text_width(text: str) -> float:
    """About how wide a text is, in ems: letters are not measured without their font.

    >>> text_width("Manbij") < text_width("MANBIJ") < text_width("曼比季曼比季")
    True
    """
    return sum(_letter_width(char) for char in text)


def _letter_width(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.02
    return 0.72 if char.isupper() else 0.3 if char in " .,'’iljI" else 0.6
