"""The lines of a page -> what each is, how surely, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.pages.lines import marks
from sayso.pages.lines.features import TextLine, words_in
from sayso.pages.lines.model import Opinions, opinions_of
from sayso.pages.lines.rules import HEADING_WORDS, apply_rules
from sayso.pages.lines.sheet import AMONG, DOUBT, EVEN, KEEP, Sheet, Verdict, sheet_of
from sayso.pages.page import Judged
from sayso.records import SET_ASIDE_KINDS

COLON_WORDS = 5  # "Key points:" is a heading; a longer line that ends so is a sentence going on below


def judge_lines(lines: Sequence[TextLine], given: Mapping[int, Verdict] | None = None) -> list[Judged]:
    """Every line of a page, in order, judged: `lines` are not empty and their white space is normalised.

    `given` are verdicts that need no judging, by the number of the line: markup said what the line is.

    A line is kept if the trained model says so, or set aside; named rules tell the kinds apart and overrule it where
    a line's mark is plain. A long line that the model would rather drop is kept and marked as in doubt where it looks
    like a sentence or stands among the report's paragraphs.
    """
    if not lines:
        return []
    tokens = words_in(lines)
    return kinds_of(lines, tokens, opinions_of(lines, tokens), given or {})


def kinds_of(
    lines: Sequence[TextLine], tokens: Sequence[Sequence[str]], opinions: Opinions, given: Mapping[int, Verdict]
) -> list[Judged]:
    """`judge_lines`, with the lines' words and the model's opinions at hand."""
    sheet = sheet_of(lines, tokens, opinions.kept)
    verdicts = apply_rules(sheet, given)
    judged = [_judged(sheet, at, verdicts.get(at), opinions) for at in range(len(lines))]
    return _with_headings(sheet, judged)


def _judged(sheet: Sheet, at: int, verdict: Verdict | None, opinions: Opinions) -> Judged:
    text, kept = sheet.lines[at].text, sheet.kept[at]
    if verdict is not None:
        return Judged(text=text, kind=verdict.kind, score=verdict.score, why=verdict.why)
    spared = (kept >= DOUBT and sheet.long(at)) or (kept >= AMONG and at in sheet.among)
    if kept < KEEP and not spared:
        return Judged(text=text, kind="furniture", score=round(1 - kept, 3), why=opinions.why(at, kept=False))
    doubt, why = kept < EVEN, opinions.why(at, kept=True)
    if marks.is_list_item(text):
        return Judged(text=text, kind="list_item", score=round(kept, 3), doubt=doubt, why=why)
    return Judged(text=text, kind="paragraph", score=round(kept, 3), doubt=doubt, why=why)


def _with_headings(sheet: Sheet, judged: list[Judged]) -> list[Judged]:
    """Short kept lines without a full stop that stand over kept lines are headings."""
    out: list[Judged] = []
    below = False
    for at in range(len(judged) - 1, -1, -1):
        line = judged[at]
        if line.kind == "paragraph" and below and sheet.words[at] <= HEADING_WORDS and not _is_statement(line.text):
            line = Judged(text=line.text, kind="heading", score=line.score, doubt=line.doubt, why=line.why)
        if line.kind not in SET_ASIDE_KINDS:
            below = line.kind in ("paragraph", "list_item", "heading", "dateline")
        out.append(line)
    return out[::-1]


def _is_statement(text: str) -> bool:
    """Whether a short line says something rather than heads something. Headings may ask."""
    if text.endswith(":"):
        return len(text.split()) > COLON_WORDS
    asks = text.rstrip("\"'”’").endswith("?")
    return text.endswith((",", ";")) or (marks.ends_sentence(text) and not asks)
