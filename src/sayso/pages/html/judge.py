"""The lines of an HTML page -> what each is: the forest's word on keeping, the tree's and the marks' on the kind."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from sayso.pages.forest import Forest, Opinion
from sayso.pages.html.features import FAR, FIRM, LONG, NEAR, Scene, names
from sayso.pages.html.lines import ABOVE_BIT, Line
from sayso.pages.html.marks import NAMES as MARKS
from sayso.pages.html.metadata import are_names
from sayso.pages.html.witnesses import SURE, WITNESSES
from sayso.pages.lines import marks
from sayso.pages.page import Judged
from sayso.records import PartKind

KEEP = 0.5  # the forest's own line
# In doubt, a lost paragraph costs more than one too many. A sentence that two witnesses hold is kept down to the first,
# another long line down to the second; readers' comments are long too, and held by one witness.
ATTESTED, SPOKEN = 0.1, 0.4
LEDE = 0.01  # of a sentence that the page's maker calls lede or standfirst: extractors differ on whether it is the text
SENTENCE = 45  # letters from which a line that ends with a stop is a sentence, not a call or a name
APART = 0.999  # of the lines that are no candidates, one in a thousand was the report's on the pages trained on
MOST_COMPARED = 30  # lines that are compared with all others: a page says itself again once or twice
AGAIN = 0.8  # share of a line that other kept lines say for it to be one of them again
BYLINE_WORDS = 16
CAPTION_WORDS = 60  # longer, and it is a paragraph that names its photographer
EDGE_SHARE = 0.8  # of the kept letters that are sentences for the report to have edges
EDGE_WORDS = 2  # initials of the desk under the text, a menu's word above it
TEASER_WORDS = 30  # "Read also:" and a title; a paragraph may begin with "More:"
TITLE_WORDS = (4, 26)  # of another story's title; links of fewer words are menus
HEADINGS = sum(ABOVE_BIT[f"h{n}"] for n in range(1, 7))
CAPTION_MARK, IMAGE_MARK, LEDE_MARK = (1 << MARKS.index(name) for name in ("caption", "image", "lede"))
PICTURED = ABOVE_BIT["figcaption"] | ABOVE_BIT["figure"]
LISTED = ABOVE_BIT["li"] | ABOVE_BIT["dl"]


_FIRST_ON = re.compile(r"The post .{3,300} (?:appeared first on|first appeared on) ")  # what WordPress adds to feeds


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
    kept = _said_once(scene, [at for at in kept if not is_caption(scene.lines[at]) and not _is_teaser(scene.lines[at])])
    spoken = [at for at in kept if is_spoken(scene, at)]
    if scene.size[spoken].sum() < EDGE_SHARE * scene.size[kept].sum():
        return kept  # lists and tables: what is short here is no edge
    return [at for at in kept if spoken[0] <= at <= spoken[-1] or _may_stand_at_the_edge(scene, at, spoken)]


def is_spoken(scene: Scene, at: int) -> bool:
    """A sentence or a long line, not mostly a link."""
    return bool(scene.linked[at] < 0.5 and (scene.size[at] >= LONG or (scene.size[at] >= SENTENCE and scene.stops[at])))


def _may_stand_at_the_edge(scene: Scene, at: int, spoken: list[int]) -> bool:
    """Whether a line above the first sentence or below the last one may be the report's: not a word or two alone."""
    line = scene.lines[at]
    if marks.is_trail(line.text) or marks.is_interface(line.text) or _FIRST_ON.match(line.text):
        return False
    if scene.linked[at] < 0.5 and line.place.tags & (HEADINGS | LISTED | ABOVE_BIT["table"]):
        return True
    return len(line.text.split()) > EDGE_WORDS or (at < spoken[0] and scene.linked[at] < 0.5)


def is_caption(line: Line) -> bool:
    """Whether the tree or the line's own marks say that it tells of a picture."""
    if line.place.tags & ABOVE_BIT["figcaption"]:
        return True
    words = len(line.text.split())
    if words > CAPTION_WORDS or line.linked > line.letters / 2:
        return False
    if marks.opens_with_credit(line.text):
        return True
    if marks.closes_with_credit(line.text) and not line.text.lower().endswith("(more)"):  # a link, not a photographer
        return True
    if line.place.marks & CAPTION_MARK and words < CAPTION_WORDS / 3:
        return True
    marked = bool(_marks_beside(line) & (CAPTION_MARK | IMAGE_MARK))
    return line.pictured and marked and words < CAPTION_WORDS * 2 / 3


def _marks_beside(line: Line) -> int:
    """What the maker calls the line's own place, its block and the block around that."""
    above = line.block.parent
    return line.place.marks | line.block.marks | (above.marks if above is not None else 0)


def _is_teaser(line: Line) -> bool:
    return len(line.text.split()) <= TEASER_WORDS and marks.names_another_story(line.text)


def _needed(scene: Scene, at: int) -> float:
    """The probability from which a line is kept."""
    if scene.linked[at] >= 0.5:  # mostly a link
        return KEEP
    opening = scene.since_firm[at] >= FAR and scene.until_firm[at] <= 2 * NEAR
    if (scene.at_heart[at] or opening) and is_spoken(scene, at) and _marks_beside(scene.lines[at]) & LEDE_MARK:
        return LEDE
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
    doubtful = sorted((at for at in once if len(scene.letters[at]) >= 4 * LONG), key=lambda at: -scene.size[at])
    pieces = [run for run in dict.fromkeys(scene.letters[at] for at in once) if len(run) >= SURE]
    again = {at for at in doubtful[:MOST_COMPARED] if _runs_together(scene.letters[at], pieces)}
    return [at for at in once if at not in again]


def _runs_together(run: str, pieces: list[str]) -> bool:
    """Whether most of a line is what other lines say one by one."""
    return sum(len(piece) for piece in pieces if len(piece) < len(run) and piece in run) >= AGAIN * len(run)


class Judgement:
    """One page's judgement: which lines are kept, what kind each is, and why."""

    def __init__(self, scene: Scene, opinion: Opinion, voices: tuple[str, ...]) -> None:
        self.scene = scene
        self.row = {at: row for row, at in enumerate(scene.candidates.tolist())}
        self.votes: list[list[float]] = scene.votes.tolist()
        self.opinion = opinion
        self.voices = voices
        self.kept = kept_lines(scene, opinion.probability[:, 1].astype(np.float64))
        self.is_kept = set(self.kept)
        spoken = [at for at in self.kept if is_spoken(scene, at)]
        self.first = spoken[0] if spoken else self.kept[0] if self.kept else len(scene.lines)
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
        holders = [name for name, vote in zip(WITNESSES, self.votes[at], strict=True) if vote >= KEEP]
        held = f"held by {', '.join(holders)}" if holders else "held by no extractor"
        if at not in self.row:
            return f"{held}, and apart from the article"
        said = self.opinion.voices[self.row[at], 0] * (1 if kept else -1)
        loudest = int(np.argmax(said))
        return f"{held}; {self.voices[loudest]}" if said[loudest] > 0 else held

    def _kept_kind(self, at: int) -> PartKind:
        line = self.scene.lines[at]
        words = len(line.text.split())
        if words <= BYLINE_WORDS and (marks.is_byline(line.text) or (at == self.last and are_names(line.text))):
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
        if marks.is_footer(line.text) and not inside:
            return "furniture"
        if line.place.tags & PICTURED or (inside and (is_caption(line) or (line.pictured and not line.linked))):
            return "caption"
        return "teaser" if self._names_another(line, self.first < at <= self.last) else "furniture"

    def _names_another(self, line: Line, inside: bool) -> bool:
        """Whether the line is another story's title: announced as such, or one link as long as a title."""
        if marks.names_another_story(line.text):
            return True
        fewest, most = TITLE_WORDS
        return (
            line.linked > 0.8 * line.letters
            and line.links <= 2  # the title and its kicker; more are a menu
            and fewest + (not inside) <= len(line.text.split()) <= most
            and not marks.calls_the_reader(line.text)
        )
