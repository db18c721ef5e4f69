"""Text as received -> the lines to be judged: plain text, Markdown, and bodies of mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from sayso.pages.lines import marks
from sayso.pages.lines.features import TextLine
from sayso.pages.lines.sheet import Verdict

# Mail and old text files break lines at 60 to 80 characters; what is broken wider is not broken by a machine.
NARROWEST, WIDEST = 40, 100
BROKEN_LINES = 3  # so many full lines at least, before lines count as broken
BROKEN_SHARE = 0.6  # of the lines that another follows; the rest end their paragraph or are short lines of their own
GOING_ON = 0.5  # of the lines after full ones begin as no sentence and no title does: with a small letter
LONGEST_FOOTER = 300  # characters of "On ..., ... wrote:" and of a mailing list's footer
MARKED = 0.99  # how sure markup is

_FRONT = re.compile(r"---\n(.{0,20000}?)\n(?:---|\.\.\.)(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z_]{2,20}):\s*(.{1,500})")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)")
_UNDERLINE = re.compile(r"=+|-{3,}|\*{3,}|_{3,}|`{3,}.*|~{3,}.*")
_PICTURE = re.compile(r"!\[([^\[\]]{0,1000})\](?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])")
_LINK = re.compile(r"\[([^\[\]]{0,1000})\](?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])")
_REFERENCE = re.compile(r"\[[^\]]{1,200}\]:\s*\S+")
_EMPHASIS = re.compile(
    r"(\*{1,3}|_{1,3}|`{1,2}|~~)(?=\S)(.{1,200}?)(?<=\S)\1(?!\w)"
)  # bounded: unmatched signs are many in hostile text
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--.{0,2000}?-->")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_WROTE = re.compile(r".{0,200}\b(?:wrote|writes|schrieb|a écrit|escribió|написал|пишет)\b.{0,40}:$|-{2,}.*(?:original|forwarded).*-{2,}$", re.IGNORECASE)  # fmt: skip # noqa: E501
_LIST_FOOTER = re.compile(r"\bunsubscribe|mailing list|_{10,}|to (?:stop|cancel) receiving|view (?:this|it) in your browser", re.IGNORECASE)  # fmt: skip # noqa: E501


class ReceivedLines(msgspec.Struct, frozen=True):
    """`given` are verdicts by markup; `fields` what a front matter says, by its own names in lower case."""

    lines: list[TextLine]
    given: dict[int, Verdict] = {}
    fields: dict[str, str] = {}
    joined: int = 0


def plain_lines(text: str) -> ReceivedLines:
    """Normalised text -> its lines; lines broken at a fixed width are joined again.

    >>> [(line.text, line.blank_before) for line in plain_lines("Truce holds\\n\\nAll was calm.").lines]
    [('Truce holds', False), ('All was calm.', True)]
    """
    rows = text.split("\n")
    joins = _joins(rows)
    lines = [TextLine(row, blank) for _, row, blank in _joined(rows, joins)]
    return ReceivedLines(lines, joined=len(joins))


def mail_lines(text: str) -> ReceivedLines:
    """As `plain_lines`; what is quoted, the signature and the footers of lists are given as furniture."""
    body, mark, signature = text.partition("\n--\n")
    own = plain_lines(body)
    given: dict[int, Verdict] = {}
    for at, line in enumerate(own.lines):
        if line.text.startswith((">", "|")) or _WROTE.match(line.text[-LONGEST_FOOTER:]):
            given[at] = Verdict("furniture", MARKED, "quoted from an earlier mail")
        elif len(line.text) <= LONGEST_FOOTER and _LIST_FOOTER.search(line.text):
            given[at] = Verdict("furniture", MARKED, "the footer of a mailing list")
    lines = list(own.lines)
    if mark:
        for line in plain_lines(signature).lines:
            given[len(lines)] = Verdict("furniture", MARKED, "the mail's signature")
            lines.append(line)
    return ReceivedLines(lines, given, joined=own.joined)


def markdown_lines(text: str) -> ReceivedLines:
    """Markdown without its markup. Headings, items and pictures are given; pictures' texts become captions.

    The first heading of the highest level is the title if no paragraph stands before it.
    """
    front = _FRONT.match(text)
    fields = dict(_fields(front[1])) if front else {}
    rows, kinds = _rows_of(text[front.end() :] if front else text)
    joins = {at for at in _joins(rows) if kinds[at] in ("", "item") and kinds[at + 1] == ""}
    lines: list[TextLine] = []
    given: dict[int, Verdict] = {}
    for at, row, blank in _joined(rows, joins):
        if (verdict := _MARKED.get(kinds[at][:1])) is not None:
            given[len(lines)] = verdict
        lines.append(TextLine(row, blank))
    _promote_title(
        lines, given, kinds=[kind for row, kind in zip(rows, kinds, strict=True) if row and kind.startswith("#")]
    )
    return ReceivedLines(lines, given, fields, len(joins))


_MARKED = {
    "#": Verdict("heading", MARKED, "marked as a heading"),
    "i": Verdict("list_item", MARKED, "marked as an item of a list"),
    "p": Verdict("caption", MARKED, "a picture's text"),
    "r": Verdict("furniture", MARKED, "markup: where a link goes"),
}


def _promote_title(lines: list[TextLine], given: dict[int, Verdict], kinds: list[str]) -> None:
    """Make the first heading the title: it is of the highest level, and no long sentence stands before it."""
    first = next((at for at in range(len(lines)) if at in given and given[at].kind == "heading"), None)
    if first is None or len(kinds[0]) > min(len(kind) for kind in kinds):
        return
    if not any(marks.ends_sentence(line.text) and len(line.text.split()) > 12 for line in lines[:first]):
        given[first] = Verdict("title", MARKED, "marked as the first heading")


def _rows_of(text: str) -> tuple[list[str], list[str]]:
    """Each row without markup, and what its markup said: "#"s, "item", "picture", "reference", or nothing."""
    rows: list[str] = []
    kinds: list[str] = []
    for row in text.split("\n"):
        for piece, kind in _pieces(row):
            rows.append(piece)
            kinds.append(kind)
    return rows, kinds


def _pieces(row: str) -> Iterator[tuple[str, str]]:
    pictures = [alt.strip() for alt in _PICTURE.findall(row)]
    if pictures:
        row = _PICTURE.sub(" ", row)
    row = row.lstrip("> ").strip() if row.startswith(">") else row
    if _REFERENCE.fullmatch(row):
        yield row, "reference"
    elif heading := _HEADING.match(row):
        yield _bare(heading[2]), heading[1]
    elif (item := _ITEM.match(row)) and not _UNDERLINE.fullmatch(row):
        yield _bare(item[1]), "item"
    elif _UNDERLINE.fullmatch(row):
        yield "", ""
    elif row.strip() or not pictures:
        yield _bare(row), ""
    for alt in pictures:
        if alt:
            yield _bare(alt), "picture"


def _bare(text: str) -> str:
    """Inline markup taken off.

    >>> _bare("The **army** [said](https://a.example) so, *twice*, at 5 \\\\* 3")
    'The army said so, twice, at 5 * 3'
    """
    text = _TAG.sub("", _LINK.sub(r"\\1".replace("\\\\", "\\"), text))
    for _ in range(2):  # bold within italics
        text = _EMPHASIS.sub(r"\2", text)
    return " ".join(_ESCAPED.sub(r"\1", text).split())


def _fields(front: str) -> Iterator[tuple[str, str]]:
    for row in front.split("\n"):
        if field := _FIELD.fullmatch(row.strip()):
            yield field[1].lower(), field[2].strip().strip("\"'")


def _joined(rows: list[str], joins: set[int]) -> Iterator[tuple[int, str, bool]]:
    """Each line that is not empty: the row it begins in, its text, and whether an empty line stands before it."""
    at, blank = 0, False
    while at < len(rows):
        first = at
        while at in joins:
            at += 1
        at += 1
        if rows[first]:
            yield first, " ".join(rows[first:at]), blank
        blank = not rows[first]


def _joins(rows: list[str]) -> set[int]:
    """The rows that go on in the next one: in text broken at a fixed width, the next word would not have fitted."""
    followed = [at for at in range(len(rows) - 1) if rows[at] and rows[at + 1]]
    if len(followed) < BROKEN_LINES:
        return set()
    lengths = sorted(len(rows[at]) for at in followed)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if not NARROWEST <= width <= WIDEST:
        return set()
    full = {at for at in followed if len(rows[at]) + 1 + len(rows[at + 1].split()[0]) > width}
    if len(full) < max(BROKEN_LINES, BROKEN_SHARE * len(followed)):
        return set()
    if sum(not rows[at + 1][0].isupper() for at in full) < GOING_ON * len(full):
        return set()
    return {at for at in full if not marks.is_list_item(rows[at + 1]) and rows[at + 1][0] not in ">|"}
