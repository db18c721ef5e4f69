"""Lines and testimonies -> the table the forest judges: one row a candidate line, one named column a feature.

Five voices: `witnesses` (who holds the line, and the lines around it), `tree` (where it stands), `names` (what the
page's maker calls that place), `words` (what it says), `company` (lines like it: same container, same style).

Three lines of four on a news page are menus that no witness holds and that stand apart: they are no candidates, and
get no row.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.pages.html import wording
from sayso.pages.html.lines import ABOVE, ABOVE_BIT, Line, Place
from sayso.pages.html.marks import GROUPS
from sayso.pages.html.witnesses import WITNESSES, Testimony, held, letters_of

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Index = NDArray[np.intp]

AROUND = (-3, -2, -1, 1, 2, 3)  # neighbours looked at one by one
WINDOW = 6  # lines on either side that are looked at together
LONG = 80  # letters from which a line is long: shorter ones are seldom paragraphs
FIRM = 1.6  # of three: witnesses that together hold a line for it to be firm ground for its neighbours
HINTED = 0.34  # share of a line held by any witness that makes it a candidate
NEAR = 4  # lines from firm ground
FAR = 99.0
HEART = 0.6  # share of what witnesses agree on that the heart of the page must hold; the rest may be lede or notes


class Scene(msgspec.Struct, frozen=True):
    """A page's lines with what all features need: letters of each, votes (lines, witnesses), sizes, and so on."""

    lines: list[Line]
    letters: list[str]
    votes: Floats
    size: Floats
    linked: Floats
    stops: Floats
    since_firm: Floats
    until_firm: Floats
    heart: Place
    at_heart: Mask
    candidates: Index


def scene_of(lines: list[Line], testimonies: tuple[Testimony, ...]) -> Scene:
    """Ask the witnesses about every line and find the candidates. `lines` is never empty."""
    letters = [letters_of(line.text) for line in lines]
    votes = np.stack([held(letters, testimony) for testimony in testimonies], axis=1)
    size = np.array([float(line.letters) for line in lines])
    linked = np.array([float(line.linked) for line in lines]) / size
    firm = (votes.sum(axis=1) >= FIRM) & (size >= LONG)
    since, until = _since(firm), _since(firm[::-1])[::-1]
    heart = heart_of(lines, np.where(votes.sum(axis=1) >= FIRM, size, 0.0))
    at_heart = _under(lines, heart)
    near = (since <= NEAR) | (until <= NEAR)
    told = votes.max(axis=1) >= HINTED
    spoken = (size >= 0.75 * LONG) & (linked < 0.5)
    wanted = told | (spoken & (near | at_heart)) | (near & at_heart)
    return Scene(
        lines, letters, votes, size, linked, np.array([wording.ends(line.text) for line in lines], dtype=np.float64),
        since, until, heart, at_heart, np.flatnonzero(wanted),
    )  # fmt: skip


def _since(mask: Mask) -> Floats:
    """Lines since the last marked one; FAR where there is none before."""
    at = np.arange(len(mask))
    last = np.maximum.accumulate(np.where(mask, at, -1))
    return np.where(last < 0, FAR, np.minimum(at - last, FAR))


def heart_of(lines: list[Line], agreed: Floats) -> Place:
    """The heart of the page: the deepest element that holds most of the letters witnesses agree on."""
    weights: dict[Place, float] = {}
    for at in np.flatnonzero(agreed).tolist():
        here: Place | None = lines[at].block.parent or lines[at].block
        while here is not None:
            weights[here] = weights.get(here, 0.0) + float(agreed[at])
            here = here.parent
    most = HEART * float(agreed.sum())
    deep = [place for place, weight in weights.items() if weight >= most]
    return max(deep, key=lambda place: place.depth) if deep else _up(lines[0].block, lines[0].block.depth)


def _up(place: Place, steps: int) -> Place:
    for _ in range(steps):
        if place.parent is None:
            break
        place = place.parent
    return place


def _under(lines: list[Line], heart: Place) -> Mask:
    out = np.zeros(len(lines), dtype=np.bool_)
    for at, line in enumerate(lines):
        out[at] = _up(line.block, line.block.depth - heart.depth) is heart
    return out


def table(scene: Scene, title: str) -> Floats:
    """The features of the candidate lines, in the columns that `names` names. `title` is the page's own."""
    texts = [line.text for line in scene.lines]
    lines = [scene.lines[at] for at in scene.candidates.tolist()]
    said = wording.features(texts, scene.letters, scene.candidates, letters_of(title))
    return np.hstack(
        [_witnesses(scene), _neighbours(scene), _company(scene), _centre(scene, lines), _position(scene, said),
         _places(lines), _bits([line.place.tags for line in lines], len(ABOVE)),
         _bits([line.place.near for line in lines], len(GROUPS)),
         _bits([line.place.over for line in lines], len(GROUPS)), said]
    )  # fmt: skip


def _witnesses(scene: Scene) -> Floats:
    """Who holds the line, how the witnesses hold the lines around it, and where in their texts it stands."""
    votes, size = scene.votes, scene.size
    weighed = votes * size[:, None]
    total = weighed.sum(axis=0)
    before = (np.cumsum(weighed, axis=0) - weighed) / np.maximum(total, 1)
    letters_around = np.maximum(_around(size), 1)
    around = np.stack([_around(column) / letters_around for column in weighed.T], axis=1)
    share = np.broadcast_to(total / max(1.0, float(size[size >= LONG].sum())), votes.shape)
    return np.hstack([votes, votes.sum(axis=1, keepdims=True), around, before, share])[scene.candidates]


def _around(column: Floats) -> Floats:
    kernel = np.ones(2 * WINDOW + 1)
    kernel[WINDOW] = 0
    return np.convolve(column, kernel, mode="full")[WINDOW:-WINDOW]


def _neighbours(scene: Scene) -> Floats:
    """The lines before and after, one by one, and how far the firm ground is."""
    columns = np.column_stack([scene.votes.sum(axis=1), np.log1p(scene.size), scene.linked, scene.stops])
    edge = np.full((max(AROUND), columns.shape[1]), np.nan)
    padded = np.vstack([edge, columns, edge])
    beside = [padded[scene.candidates + len(edge) + by] for by in AROUND]
    firm = np.column_stack([scene.since_firm, scene.until_firm])
    return np.hstack([*beside, firm[scene.candidates]])


def _company(scene: Scene) -> Floats:
    """Lines in the same container, in the one above, and of the same style: how long, linked and held they are."""
    size = scene.size
    weights = np.column_stack([scene.votes * size[:, None], size, scene.linked * size])
    blocks = [line.block for line in scene.lines]
    out = []
    for keys in (
        [id(block.parent or block) for block in blocks],
        [id(_up(block, 2)) for block in blocks],
        [hash((block.element.tag, block.element.get("class"), block.depth)) for block in blocks],
    ):
        _, group = np.unique(keys, return_inverse=True)
        sums = np.stack([np.bincount(group, weights=column) for column in weights.T], axis=1)
        letters = np.maximum(sums[:, 3:4], 1)
        told = np.hstack([sums[:, :3] / letters, sums[:, 4:] / letters, np.log1p(letters), np.bincount(group)[:, None]])
        out.append(told[group[scene.candidates]])
    return np.hstack(out)


def _centre(scene: Scene, lines: list[Line]) -> Floats:
    """How far the line is from the heart: steps up to the way that leads there, steps from there on, and depth."""
    way: dict[Place, int] = {}
    place: Place | None = scene.heart
    while place is not None:
        way[place] = len(way)
        place = place.parent
    out = np.zeros((len(lines), 4))
    for at, line in enumerate(lines):
        here, up = line.block, 0
        while here not in way and here.parent is not None:
            here, up = here.parent, up + 1
        over = way.get(here, 99)
        out[at] = (up, over, over == 0, line.block.depth - scene.heart.depth)
    return out


def _position(scene: Scene, said: Floats) -> Floats:
    """Where on the page: by lines, by letters, and from the first-level heading or the line that is the title."""
    count = len(scene.lines)
    heading = np.array([bool(line.place.tags & ABOVE_BIT["h1"]) for line in scene.lines])
    titled = np.zeros(count, dtype=np.bool_)
    in_title = said[:, wording.NAMES.index("in_title")] > 0
    titled[scene.candidates[in_title & (scene.size[scene.candidates] >= wording.TELLING)]] = True
    columns = np.column_stack(
        [np.arange(count) / count, np.cumsum(scene.size) / scene.size.sum(), _since(heading), _since(titled), heading,
         titled, np.full(count, np.log1p(count)), np.full(count, np.log1p(scene.size.sum()))]
    )  # fmt: skip
    return columns[scene.candidates]


PLACE_NAMES = (
    "depth",
    "hidden",
    "linked",
    "strong",
    "broken",
    "is_p",
    "is_div",
    "is_li",
    "is_td",
    "is_h",
    "is_inline",
    "pictured",
)
_KIND = {"p": 0, "div": 1, "section": 1, "li": 2, "dd": 2, "dt": 2, "td": 3, "th": 3}
_KIND |= dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), 4)


def _places(lines: list[Line]) -> Floats:
    rows = np.zeros((len(lines), len(PLACE_NAMES)))
    for at, line in enumerate(lines):
        rows[at, :5] = (line.place.depth, line.place.hidden, line.linked / line.letters, line.strong / line.letters,
                        line.broken)  # fmt: skip
        kind = _KIND.get(line.block.element.tag)
        if kind is not None:
            rows[at, 5 + kind] = 1
        rows[at, 10:] = (line.place is not line.block, line.pictured)
    return rows


def _bits(values: list[int], count: int) -> Floats:
    column = np.array(values, dtype=np.int64).reshape(-1, 1)
    return (column >> np.arange(count) & 1).astype(np.float64)


def names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the columns of `table`, and the voice each belongs to."""
    w = WITNESSES
    found = [(f"holds_{n}", "witnesses") for n in w] + [("holds", "witnesses")]
    found += [(f"{what}_{n}", "witnesses") for what in ("around", "before", "share") for n in w]
    for by in AROUND:
        found += [(f"holds{by:+d}", "witnesses")] + [(f"{x}{by:+d}", "company") for x in ("size", "linked", "stops")]
    found += [("since_firm", "witnesses"), ("until_firm", "witnesses")]
    for group in ("parent", "above", "style"):
        found += [(f"{group}_{n}", "witnesses") for n in w]
        found += [(f"{group}_{x}", "company") for x in ("linked", "letters", "lines")]
    found += [(x, "tree") for x in ("from_heart", "heart_from", "at_heart", "below_heart")]
    found += [(x, "tree") for x in ("part_lines", "part_letters", "since_h1", "since_title", "is_h1", "is_title")]
    found += [(x, "tree") for x in ("page_lines", "page_letters", *PLACE_NAMES)] + [(f"in_{x}", "tree") for x in ABOVE]
    found += [(f"{which}_{x}", "names") for which in ("near", "over") for x in GROUPS]
    found += [(x, "words") for x in wording.NAMES]
    columns, voices = zip(*found, strict=True)
    return columns, voices
