"""The lines of an HTML page -> what each is: the forest's word on keeping, the tree's and the marks' on the kind."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from sayso.pages.forest import Forest, Opinion
from sayso.pages.html.features import FIRM, LONG, Scene, names
from sayso.pages.html.lines import ABOVE_BIT, Line
from sayso.pages.html.marks import NAMES as MARKS
from sayso.pages.html.witnesses import SURE, WITNESSES
from sayso.pages.lines import marks
from sayso.pages.page import Judged
from sayso.records import PartKind

KEEP = 0.5  # the forest's own line
# In doubt, a lost paragraph costs more than one too many. A sentence that two witnesses hold is kept down to the first,
# another long line down to the second; readers' comments are long too, and held by one witness.
ATTESTED, SPOKEN = 0.1, 0.4
SENTENCE = 45  # letters from which a line that ends with a stop is a sentence, not a call or a name
APART = 0.999  # of the lines that are no candidates, one in a thousand was the report's on the pages trained on
AGAIN = 0.8  # share of a line that other kept lines say for it to be one of them again
BYLINE_WORDS = 16
HEADINGS = sum(ABOVE_BIT[f"h{n}"] for n in range(1, 7))
CAPTION_MARK = 1 << MARKS.index("caption")
PICTURED = ABOVE_BIT["figcaption"] | ABOVE_BIT["figure"]
LISTED = ABOVE_BIT["li"] | ABOVE_BIT["dl"]


@cache
def forest() -> Forest:
    """The model shipped in `weights.npz`, written by `training/html_lines.py`."""
    with files("sayso.pages.html").joinpath("weights.npz").open("rb") as file:
        model = Forest.load(file)
    if model.features != names()[0]:
        raise ValueError("weights.npz was trained on other features; run training/html_lines.py")
    return model


def kept_lines(scene: Scene, probability: NDArray[np.float64]) -> list[int]:
    """The indices of the lines that are the report's own words. `probability` belongs to `scene.candidates`."""
    kept = [
        at
        for at, p in zip(scene.candidates.tolist(), probability.tolist(), strict=True)
        if p >= _needed(scene, at) and not scene.lines[at].place.hidden
    ]
    return _said_once(scene, [at for at in kept if not _is_caption(scene.lines[at])])


def _needed(scene: Scene, at: int) -> float:
    """The probability from which a line is kept."""
    if scene.linked[at] >= 0.5:  # mostly a link
        return KEEP
    if scene.size[at] >= SENTENCE and scene.stops[at] and scene.votes[at].sum() >= FIRM:
        return ATTESTED
    return SPOKEN if scene.size[at] >= LONG else KEEP


def _said_once(scene: Scene, kept: list[int]) -> list[int]:
    """Without long lines that come again, and without those that run together what other kept lines say."""
    seen: dict[str, int] = {}
    for at in kept:
        if scene.size[at] >= LONG:
            seen.setdefault(scene.letters[at], at)
    once = [at for at in kept if seen.get(scene.letters[at], at) == at]
    return [at for at in once if not _runs_together(scene, at, once)]


def _runs_together(scene: Scene, at: int, kept: list[int]) -> bool:
    run = scene.letters[at]
    inside = [scene.letters[k] for k in kept if k != at and SURE <= len(scene.letters[k]) < len(run)]
    if len(run) < 4 * LONG or sum(map(len, inside)) < AGAIN * len(run):
        return False
    return sum(len(part) for part in dict.fromkeys(inside) if part in run) >= AGAIN * len(run)


def _is_caption(line: Line) -> bool:
    return bool(line.place.tags & ABOVE_BIT["figcaption"])


class Judgement:
    """One page's judgement: which lines are kept, what kind each is, and why."""

    def __init__(self, scene: Scene, opinion: Opinion, voices: tuple[str, ...]) -> None:
        self.scene = scene
        self.row = {at: row for row, at in enumerate(scene.candidates.tolist())}
        self.opinion = opinion
        self.voices = voices
        self.kept = kept_lines(scene, opinion.probability[:, 1].astype(np.float64))
        self.is_kept = set(self.kept)
        self.first = self.kept[0] if self.kept else len(scene.lines)
        self.last = self.kept[-1] if self.kept else -1

    def judged(self, at: int) -> Judged | None:
        """What line `at` is; None for one that no reader of the page sees."""
        line = self.scene.lines[at]
        if at in self.is_kept:
            p = self.keeping(at)
            return Judged(text=line.text, kind=self._kept_kind(at), score=round(p, 3), doubt=p < KEEP,
                          why=self.why(at, kept=True))  # fmt: skip
        if line.place.hidden:
            return None
        return Judged(text=line.text, kind=self._aside_kind(at), score=round(1 - self.keeping(at), 3),
                      why=self.why(at, kept=False))  # fmt: skip

    def keeping(self, at: int) -> float:
        """The forest's probability that the line is the report's; what is no candidate has next to none."""
        return float(self.opinion.probability[self.row[at], 1]) if at in self.row else 1 - APART

    def why(self, at: int, *, kept: bool) -> str:
        """Who holds the line, and the voice that spoke most for what it was taken for."""
        holders = [name for name, vote in zip(WITNESSES, self.scene.votes[at], strict=True) if vote >= KEEP]
        held = f"held by {', '.join(holders)}" if holders else "held by no extractor"
        if at not in self.row:
            return f"{held}, and apart from the article"
        said = self.opinion.voices[self.row[at], 0] * (1 if kept else -1)
        loudest = int(np.argmax(said))
        return f"{held}; {self.voices[loudest]}" if said[loudest] > 0 else held

    def _kept_kind(self, at: int) -> PartKind:
        line = self.scene.lines[at]
        words = len(line.text.split())
        if words <= BYLINE_WORDS and marks.is_byline(line.text):
            return "byline"
        if words <= BYLINE_WORDS and marks.is_date(line.text):
            return "dateline"
        if line.place.tags & HEADINGS:
            return "heading"
        if line.place.tags & LISTED or marks.is_list_item(line.text):
            return "list_item"
        return "paragraph"

    def _aside_kind(self, at: int) -> PartKind:
        line = self.scene.lines[at]
        inside = self.first - 3 <= at <= self.last  # lead pictures stand above the first paragraph
        if line.place.tags & PICTURED or marks.opens_with_credit(line.text):
            return "caption"
        if inside and (line.place.near & CAPTION_MARK or marks.closes_with_credit(line.text)) and not line.linked:
            return "caption"
        linked = line.linked > 0.8 * line.letters and line.letters >= SURE
        if marks.names_another_story(line.text) or (linked and self.first < at <= self.last):
            return "teaser"
        return "furniture"
