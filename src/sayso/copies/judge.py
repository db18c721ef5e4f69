"""What two reports share, judged: each passage copied text, quotation, standing background or furniture; then the pair.

Only copied text and quotations say anything about who has what from whom. The rules stand in `docs/copies.md`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import msgspec

from sayso.copies import cues
from sayso.copies.align import Stretch
from sayso.copies.direction import first_of
from sayso.copies.fingerprints import Prepared, prepared
from sayso.copies.quotations import LONGEST, quotations, share_inside
from sayso.copies.records import How, Pair, PairKind, Passage, PassageKind, Text
from sayso.copies.spread import Spread, day_of
from sayso.copies.words import Words
from sayso.records.span import Span

WHOLE: Final = 0.85  # of a report's words: what a different head line, byline or footer leaves
_SMALL: Final = 0.4  # of both reports: background and furniture are never the bulk of two reports at once
_LONG: Final = 250  # words: no standing paragraph is longer, so longer passages are not asked
_CUED: Final = 0.45  # of a passage's words in sentences worded like background or furniture
_BULK: Final = 0.5  # of a report in one passage: there, a story with its background at the end is copied, unless ...
_ALL_CUED: Final = 0.85  # ... nearly all of the passage is worded like background
_QUOTED: Final = 0.6  # of a passage's words inside quotation marks; the rest is who said it
_STANDING_DAYS: Final = 3  # different days ...
_STANDING_SPAN: Final = 30  # ... over a month: no story is printed anew for so long
_LATER: Final = 7  # days between two reports that share a sentence or two and tell of different things
_SENTENCES: Final = 60  # words: two or three sentences
_LINEAGE: Final = 15  # copied or quoted words under which a pair is what the rest of its passages are
_COPIED: Final = 30  # copied words from which quotations no longer make the pair one of quotation
_NEIGHBOUR: Final = 60  # words from furniture to what is furniture too, of one outlet
_LITERAL: Final = 0.75  # equal words of the words in passages under which a copy is called rewritten


class Aligned(msgspec.Struct, frozen=True, gc=False):
    """A shared passage: code points in both texts, its words in both (half open), and how many are equal."""

    a: Span
    b: Span
    words_a: Span
    words_b: Span
    equal: int

    @property
    def sizes(self) -> tuple[int, int]:
        """How many words the passage has in a, and in b."""
        return self.words_a[1] - self.words_a[0], self.words_b[1] - self.words_b[0]


class Shared(msgspec.Struct, frozen=True, gc=False):
    """Two reports and the passages that they share.

    `size_a`, `size_b`: how many words each has; `cued_a`, `cued_b`: where in each phrases of `cues` may begin.
    """

    a: Text
    b: Text
    size_a: int
    size_b: int
    cued_a: tuple[int, ...]
    cued_b: tuple[int, ...]
    passages: tuple[Aligned, ...]

    @classmethod
    def of_stretches(cls, a: Text, b: Text, found: Sequence[Stretch], made_a: Prepared, made_b: Prepared) -> Shared:
        """From stretches of words."""
        words_a, words_b = made_a.words, made_b.words
        passages = (
            Aligned(
                (words_a.starts.item(s.a0), words_a.ends.item(s.a1 - 1)),
                (words_b.starts.item(s.b0), words_b.ends.item(s.b1 - 1)),
                (s.a0, s.a1),
                (s.b0, s.b1),
                s.equal,
            )
            for s in found
        )
        return cls.of_passages(a, b, tuple(passages), made_a, made_b)

    @classmethod
    def of_passages(cls, a: Text, b: Text, passages: tuple[Aligned, ...], made_a: Prepared, made_b: Prepared) -> Shared:
        """From passages."""
        return cls(a, b, len(made_a.words), len(made_b.words), made_a.cued, made_b.cued, passages)

    @classmethod
    def of_pair(cls, pair: Pair, a: Text, b: Text) -> Shared:
        """From a pair judged before."""
        made_a, made_b = prepared([a.text, b.text])
        words_a, words_b = made_a.words, made_b.words
        passages = (Aligned(p.a, p.b, _in_words(p.a, words_a), _in_words(p.b, words_b), p.words) for p in pair.passages)
        return cls.of_passages(a, b, tuple(passages), made_a, made_b)


def _in_words(span: Span, words: Words) -> Span:
    return (bisect_left(words.starts, span[0]), bisect_left(words.starts, span[1]))


def judged(shared: Shared, spread: Spread) -> Pair:
    """The pair, its passages sorted into kinds, with its direction and the reasons."""
    if min(_shares(shared)) >= WHOLE:
        why = "the two are one report"
        passages = [Passage(a=p.a, b=p.b, words=p.equal, kind="copied", why=why) for p in shared.passages]
    else:
        passages = [_passage(shared, one, spread) for one in shared.passages]
        passages = _with_neighbours(shared, _later(shared, passages))
    kind, how, why = _kind(shared, passages)
    first = None
    if kind in ("same", "part", "quote"):
        first, reason = first_of(
            shared.a, shared.b, *_covered(shared, passages, frozenset({"copied", "quotation"})), kind
        )
        why = f"{why}; {reason}"
    return Pair(a=shared.a.id, b=shared.b.id, kind=kind, how=how, first=first, passages=tuple(passages), why=why)


def _shares(shared: Shared) -> tuple[float, float]:
    """The shares of the two reports that stand in any passage."""
    in_a, in_b = (sum(one.sizes[side] for one in shared.passages) for side in (0, 1))
    return in_a / shared.size_a, in_b / shared.size_b


def _passage(shared: Shared, one: Aligned, spread: Spread) -> Passage:
    kind, why = _sorted(shared, one, spread)
    return Passage(a=one.a, b=one.b, words=one.equal, kind=kind, why=why)


def _sorted(shared: Shared, one: Aligned, spread: Spread) -> tuple[PassageKind, str]:
    """The first kind whose signs a passage bears."""
    a, b = shared.a, shared.b
    size_a, size_b = one.sizes
    covers_a, covers_b = size_a / shared.size_a, size_b / shared.size_b
    if max(size_a, size_b) > _LONG:
        return "copied", "a long passage"
    words = a.text[one.a[0] : one.a[1]]
    may_be_cued = bisect_left(shared.cued_a, one.a[0]) < bisect_left(shared.cued_a, one.a[1])
    if may_be_cued and cues.share(words, "furniture") >= _CUED:
        return "furniture", "worded like an outlet's own lines"
    cued = cues.share(words, "background") if may_be_cued else 0.0
    standing = cued >= (_CUED if max(covers_a, covers_b) < _BULK else _ALL_CUED)
    apart = _days_apart(shared)
    if not (standing and apart > _LATER) and is_quoted(a, b, one):
        return "quotation", "inside quotation marks"
    if standing:
        return "background", "worded like the standing background of a conflict"
    if max(covers_a, covers_b) < _SMALL and apart:
        spread_out = spread.of(words)
        if spread_out.days >= _STANDING_DAYS and spread_out.span >= _STANDING_SPAN:
            return "background", (
                f"printed on {spread_out.days} days over {spread_out.span} days by {spread_out.outlets} outlet(s)"
            )
    return "copied", "worded alike, with no sign of anything else"


def _days_apart(shared: Shared) -> int:
    """0 where a day is not known."""
    day_a, day_b = day_of(shared.a.published), day_of(shared.b.published)
    return abs((day_a - day_b).days) if day_a and day_b else 0


def _later(shared: Shared, passages: list[Passage]) -> list[Passage]:
    """Days later, a sentence or two is all that one report has of another: it tells of something else by then.

    A quotation in common says that both tell of the same, and that a date is wrong or the story was taken up again.
    """
    apart = _days_apart(shared)
    copied = [
        (one, passage) for one, passage in zip(shared.passages, passages, strict=True) if passage.kind == "copied"
    ]
    small = all(max(one.sizes[0] / shared.size_a, one.sizes[1] / shared.size_b) < _SMALL for one, _ in copied)
    if any(passage.kind == "quotation" for passage in passages):
        return passages
    if apart <= _LATER or not small or sum(passage.words for _, passage in copied) > _SENTENCES:
        return passages
    why = f"a few sentences, in reports {apart} days apart"
    return [msgspec.structs.replace(p, kind="background", why=why) if p.kind == "copied" else p for p in passages]


def is_quoted(a: Text, b: Text, one: Aligned) -> bool:
    """Whether both carry a quotation: by the marks in both, or by the marks in one and a statement in the other."""
    marked_a = share_inside(one.a, quotations(a.text))
    marked_b = share_inside(one.b, quotations(b.text))
    if max(marked_a, marked_b) < _QUOTED:
        return False
    return (marked_a >= _QUOTED or share_inside(one.a, a.quoted) >= _QUOTED) and (
        marked_b >= _QUOTED or share_inside(one.b, b.quoted) >= _QUOTED
    )


def _with_neighbours(shared: Shared, passages: list[Passage]) -> list[Passage]:
    """In two reports of one outlet: a few sentences that stand beside furniture in both are furniture too."""
    if (shared.a.outlet or "").casefold() != (shared.b.outlet or "").casefold():
        return passages
    result = list(passages)
    steps = [(at, at + 1) for at in range(len(passages) - 1)]
    for before, after in (*steps, *reversed(steps)):
        here, there = shared.passages[before], shared.passages[after]
        near = (
            0 <= there.words_a[0] - here.words_a[1] <= _NEIGHBOUR
            and 0 <= there.words_b[0] - here.words_b[1] <= _NEIGHBOUR
        )
        for one, other in ((before, after), (after, before)):
            beside = near and result[other].kind == "furniture" and result[one].kind in ("background", "copied")
            if beside and result[one].words <= _SENTENCES:
                why = "beside the outlet's own lines in both"
                result[one] = msgspec.structs.replace(result[one], kind="furniture", why=why)
    return result


def _covered(shared: Shared, passages: Sequence[Passage], kinds: frozenset[str]) -> tuple[float, float]:
    """The shares of the two reports that stand in passages of these kinds; furniture is no part of a report."""
    own = [shared.size_a, shared.size_b]
    inside = [0, 0]
    for one, passage in zip(shared.passages, passages, strict=True):
        for side in (0, 1):
            if passage.kind in kinds:
                inside[side] += one.sizes[side]
            elif passage.kind == "furniture":
                own[side] -= one.sizes[side]
    least, most = sorted((inside[0] / max(own[0], 1), inside[1] / max(own[1], 1)))
    if least < WHOLE <= most:
        own[0] -= _footer(shared.a.text, max(one.a[1] for one in shared.passages), shared.size_a, shared.cued_a)
        own[1] -= _footer(shared.b.text, max(one.b[1] for one in shared.passages), shared.size_b, shared.cued_b)
    return min(1.0, inside[0] / max(own[0], 1)), min(1.0, inside[1] / max(own[1], 1))


def _footer(text: str, after: int, size: int, cued: tuple[int, ...]) -> int:
    """How many of a report's words stand `after` all passages and are worded like furniture: one may lack it."""
    rest = text[after:]
    if not cued or cued[-1] < after or cues.share(rest[:LONGEST], "furniture") < _CUED:
        return 0
    return round(size * len(rest) / len(text))


def _kind(shared: Shared, passages: Sequence[Passage]) -> tuple[PairKind, How | None, str]:
    words = dict.fromkeys(("copied", "quotation", "background", "furniture"), 0)
    for passage in passages:
        words[passage.kind] += passage.words
    copied, quoted = words["copied"], words["quotation"]
    if copied + quoted < _LINEAGE and words["background"] + words["furniture"] > copied + quoted:
        kind: PairKind = "background" if words["background"] >= words["furniture"] else "furniture"
        return kind, None, f"{words[kind]} words of {kind} and nothing else of note"
    if quoted and copied < _COPIED and quoted >= copied:
        return (
            "quote",
            None,
            f"{quoted} words are one quotation" if len(passages) == 1 else f"{quoted} words are quotations",
        )
    in_a, in_b = _covered(shared, passages, frozenset({"copied", "quotation", "background"}))
    how = _how(shared, passages, in_a, in_b)
    if min(in_a, in_b) >= WHOLE:
        return (
            "same",
            how,
            "all words are equal" if how == "exact" else f"{min(in_a, in_b):.0%} of both reports go together",
        )
    return "part", how, f"{copied + quoted} words are shared: {in_a:.0%} of a, {in_b:.0%} of b"


def _how(shared: Shared, passages: Sequence[Passage], in_a: float, in_b: float) -> How:
    equal = sum(passage.words for passage in passages)
    if equal == shared.size_a == shared.size_b:
        return "exact"
    spanned = sum(
        max(one.words_a[1] - one.words_a[0], one.words_b[1] - one.words_b[0]) for one in shared.passages
    )  # fmt: skip
    if equal < _LITERAL * spanned:
        return "rewritten"
    if min(in_a, in_b) >= WHOLE:
        return "near"
    return "part" if max(in_a, in_b) >= WHOLE else "excerpt"
