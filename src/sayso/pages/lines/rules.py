"""Named rules: what the model's keep-or-drop cannot tell, or what is plain without it.

Each rule looks at the sheet and the verdicts so far, and fills in verdicts for lines that have none. A rule must hold
on pages of any outlet; its name in `why` is what the analyst reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sayso.pages.lines import marks
from sayso.pages.lines.sheet import KEEP, Sheet, Verdict
from sayso.pages.lines.title import title_of

Verdicts = dict[int, Verdict]

PLAIN = 0.97  # a rule that needs no context
LIKELY = 0.85  # a rule that reads the line's place too
PERHAPS = 0.7  # a rule that goes by likeness
SURE = 0.9  # the model is so sure of a long sentence that only plain marks outweigh it
CALL_WORDS = 14  # calls to the reader are short; a paragraph may begin with "Follow" or "Register"
ALIEN_WORDS = 8  # an interface string left in the site's own language; more words may be a quotation
HALF = 0.25  # the model knows few headings: what it half believes may be one where a heading would stand
HEADING_WORDS = 14  # longer lines without a full stop are paragraphs that lost it
HEAD_LINES = 12  # bylines and dates stand within so many lines above the first paragraph
CREDIT_WORDS = 12  # an agency and a photographer, at most
CAPTION_WORDS, MOSTLY_WORDS = 90, 50  # a caption may tell a whole scene; beyond the first it is a paragraph
TITLE_WORDS = (4, 26)  # of another story's title


def apply_rules(sheet: Sheet, given: Mapping[int, Verdict]) -> Verdicts:
    """All rules in order: the first that speaks for a line decides, after what is `given` by the text's markup."""
    verdicts: Verdicts = dict(given)
    for rule in (
        interface,
        pictures,
        doubled_captions,
        shared_suffixes,
        dates,
        title,
        bylines,
        names,
        headings,
        teasers,
    ):
        for at, verdict in rule(sheet, verdicts).items():
            verdicts.setdefault(at, verdict)
    return verdicts


def interface(sheet: Sheet, _: Verdicts) -> Verdicts:
    """Counters, buttons, calls to the reader, and short strings in another script than the report's."""
    found: Verdicts = {}
    scripts = Counter(marks.script_of(sheet.lines[at].text) for at in range(len(sheet.lines)) if sheet.long(at))
    for at, line in enumerate(sheet.lines):
        if sheet.words[at] > CALL_WORDS or (sheet.kept[at] >= SURE and sheet.long(at)):
            continue
        if marks.only_marks(sheet.tokens[at]):
            if not marks.is_date(line.text):
                found[at] = Verdict("furniture", PLAIN, "a figure or a sign without words")
        elif marks.is_interface(sheet.tokens[at]):
            found[at] = Verdict("furniture", PLAIN, "words of a page's interface")
        elif marks.is_trail(line.text):
            found[at] = Verdict("furniture", LIKELY, "a bar or trail of links")
        elif marks.is_address(line.text) or marks.is_label(line.text):
            found[at] = Verdict("furniture", LIKELY, "an address, a number to call, tags or counts")
        elif marks.calls_the_reader(sheet.tokens[at]) and (sheet.kept[at] < SURE or not sheet.sentence[at]):
            found[at] = Verdict("furniture", LIKELY, "a call to log in, subscribe, share or the like")
        elif scripts and sheet.words[at] <= ALIEN_WORDS and not sheet.sentence[at]:
            script = marks.script_of(line.text)
            if script is not None and scripts[script] == 0:
                found[at] = Verdict("furniture", LIKELY, f"{script} letters, in which no paragraph is written")
    return found


def pictures(sheet: Sheet, _: Verdicts) -> Verdicts:
    """Lines with a picture's credit, and the line that stands over one."""
    found: Verdicts = {}
    for at, line in enumerate(sheet.lines):
        if sheet.words[at] > CAPTION_WORDS:
            continue
        if marks.opens_with_credit(line.text):
            if line.text.startswith("©") and at > sheet.last >= 0:
                found[at] = Verdict("furniture", LIKELY, "a copyright line below the report")
                continue
            found[at] = Verdict("caption", PLAIN, "begins with a picture's credit")
        elif _paragraph_for_sure(sheet, at):
            continue
        elif marks.closes_with_credit(line.text):
            found[at] = Verdict("caption", LIKELY, "ends with a picture's credit")
    for at in list(found):
        above = at - 1
        bare = sheet.words[at] <= 6
        if (
            bare
            and above >= 0
            and above not in found
            and not sheet.apart(at)
            and sheet.kept[above] < KEEP
            and sheet.words[above] >= 4
        ):
            found[above] = Verdict("caption", PERHAPS, "stands over a picture's credit")
    return found


def _paragraph_for_sure(sheet: Sheet, at: int) -> bool:
    """The model is sure, and the line is the last, where agencies sign, or longer than captions mostly are."""
    return sheet.kept[at] >= SURE and (at >= sheet.last or (sheet.long(at) and sheet.words[at] > MOSTLY_WORDS))


def doubled_captions(sheet: Sheet, verdicts: Verdicts) -> Verdicts:
    """The same line twice, close together, once with a credit before it or an outlet's name after it."""
    found: Verdicts = {}
    for at, line in enumerate(sheet.lines):
        for other in range(at + 1, min(at + 4, len(sheet.lines))):
            if abs(sheet.words[at] - sheet.words[other]) > CREDIT_WORDS:
                continue
            credited = any(verdicts[k].kind == "caption" for k in (at, other) if k in verdicts)
            if _says_again(line.text, sheet.lines[other].text, credited, inside=sheet.first < at):
                for k in (at, other):
                    found[k] = Verdict("caption", PLAIN, "the same caption stands here twice")
    return found


def _says_again(one: str, other: str, credited: bool, inside: bool) -> bool:
    """Whether two lines are one caption: the one in the other, with a credit or an outlet's name more."""
    short, long = sorted((one, other), key=len)
    core, suffix = short.rstrip("."), marks.suffix_of(short)
    whole = core in long
    if not whole and suffix is not None and credited:  # the one has the credit, the other the outlet's name
        core = short[: -len(suffix)].rstrip(" -–—|.")
        whole = core in long
    if not whole or len(core.split()) < (2 if credited and suffix is None else 4):
        return False
    return credited or (len(short) < len(long) and inside and marks.suffix_of(long) is not None)


def shared_suffixes(sheet: Sheet, verdicts: Verdicts) -> Verdicts:
    """Pictures' texts that all end with " - Outlet"; a title may, but stands above the body."""
    suffixes = [
        marks.suffix_of(line.text) if sheet.words[at] <= CAPTION_WORDS else None for at, line in enumerate(sheet.lines)
    ]
    times = Counter(suffix for suffix in suffixes if suffix)
    return {
        at: Verdict("caption", LIKELY, f"ends with “{suffix}”, as {times[suffix]} lines of the page do")
        for at, suffix in enumerate(suffixes)
        if suffix and times[suffix] >= 2 and sheet.first < at < sheet.last and at not in verdicts
    }


def dates(sheet: Sheet, verdicts: Verdicts) -> Verdicts:
    """Lines that are a date: above the body they date the report, inside it an entry of it; elsewhere furniture."""
    found: Verdicts = {}
    for at, line in enumerate(sheet.lines):
        if at in verdicts or sheet.words[at] > CALL_WORDS or not marks.is_date(line.text):
            continue
        near = sheet.first - HEAD_LINES <= at < sheet.first
        if near and not (marks.is_clock(line.text) and at == 0) and not _dated_above(sheet, found, at):
            found[at] = Verdict("dateline", LIKELY, "a date above the first paragraph")
        elif sheet.first < at <= sheet.last:
            found[at] = Verdict("dateline", PERHAPS, "a date or time between paragraphs")
        else:
            found[at] = Verdict("furniture", PERHAPS, "a date that stands apart from the report, or again")
    return found


def _dated_above(sheet: Sheet, found: Verdicts, at: int) -> bool:
    """Whether a date stands right above already: the second is the first again in other words."""
    return any(found[k].kind == "dateline" for k in range(max(0, at - 2), at) if k in found) and not sheet.apart(at)


def title(sheet: Sheet, verdicts: Verdicts) -> Verdicts:
    """The report's title, and furniture where it is said again."""
    if any(verdict.kind == "title" for verdict in verdicts.values()):
        return {}
    at, score, again = title_of(sheet, set(verdicts))
    if at is None:
        return {}
    found = {k: Verdict("furniture", LIKELY, "the title again") for k in again}
    found[at] = Verdict("title", score, "the line above the report that is most like a title")
    return found


def bylines(sheet: Sheet, verdicts: Verdicts) -> Verdicts:
    """ "By ..." above the body or below it."""
    found: Verdicts = {}
    for at, line in enumerate(sheet.lines):
        if at in verdicts or not marks.is_byline(line.text):
            continue
        if sheet.first - HEAD_LINES <= at < sheet.first or sheet.last < at <= sheet.last + 4:
            found[at] = Verdict("byline", LIKELY, "names who wrote or reported it")
    for at in range(sheet.last + 1, min(sheet.last + 4, len(sheet.lines))):
        if sheet.last >= 0 and at not in verdicts and marks.is_signature(sheet.lines[at].text):
            found.setdefault(at, Verdict("byline", PERHAPS, "an agency or initials under the report"))
    return found


def names(sheet: Sheet, verdicts: Verdicts) -> Verdicts:
    """People's names alone, between the title and the body, beside the date."""
    start = next((at for at, verdict in verdicts.items() if verdict.kind == "title"), None)
    if start is None:
        return {}
    return {
        at: Verdict("byline", PERHAPS, "names between the title and the first paragraph")
        for at in range(start + 1, min(sheet.first, start + 5))
        if at not in verdicts
        and marks.is_name(sheet.lines[at].text)
        and any(verdicts[k].kind in ("dateline", "byline") for k in range(at - 2, at + 3) if k in verdicts)
    }


def headings(sheet: Sheet, verdicts: Verdicts) -> Verdicts:
    """Short lines that the model half believes, right under a paragraph or the title and right over a paragraph."""
    found: Verdicts = {}
    for at in range(1, len(sheet.lines) - 1):
        if at in verdicts or not HALF <= sheet.kept[at] < KEEP or sheet.words[at] > HEADING_WORDS or sheet.sentence[at]:
            continue
        above, below = verdicts.get(at - 1), verdicts.get(at + 1)
        under = (
            above.kind in ("title", "byline", "dateline")
            if above
            else sheet.long(at - 1) and sheet.kept[at - 1] >= KEEP
        )
        over = below.kind in ("byline", "dateline") if below else sheet.long(at + 1) and sheet.kept[at + 1] >= KEEP
        if under and over:
            found[at] = Verdict(
                "heading", PERHAPS, "short, and stands between the title or a paragraph and a paragraph"
            )
    return found


def teasers(sheet: Sheet, verdicts: Verdicts) -> Verdicts:
    """Other stories: announced as such; a title right under a picture inside the body; titles that the model drops."""
    found: Verdicts = {}
    blanks = sum(line.blank_before for line in sheet.lines) > len(sheet.lines) / 5
    for at, line in enumerate(sheet.lines):
        if at in verdicts or (sheet.kept[at] >= SURE and sheet.long(at)):
            continue
        if marks.names_another_story(line.text) and sheet.words[at] >= 3:
            found[at] = Verdict("teaser", PLAIN, "announced as another story")
        elif not like_a_title(sheet, at):
            continue
        elif _under_picture(sheet, verdicts, at) and (blanks or sheet.kept[at] < SURE):
            found[at] = Verdict("teaser", LIKELY, "a title right under a picture, inside the report")
        elif at not in sheet.among and _says_something(line.text):
            if sheet.kept[at] < KEEP / 2:
                found[at] = Verdict("teaser", PERHAPS, "like a title of another story")
            elif at > sheet.last >= 0 and sheet.kept[at] < LIKELY and sheet.words[at] <= HEADING_WORDS:
                found[at] = Verdict("teaser", PERHAPS, "like a title, below the report's last paragraph")
    return found


def _under_picture(sheet: Sheet, verdicts: Verdicts, at: int) -> bool:
    """Right under a caption, without a blank line, between the report's paragraphs."""
    above = verdicts.get(at - 1)
    return above is not None and above.kind == "caption" and not sheet.apart(at) and sheet.first < at <= sheet.last


def like_a_title(sheet: Sheet, at: int) -> bool:
    """As long as a title, begun with a capital or a quotation mark, and not ended as a statement."""
    text = sheet.lines[at].text
    if not TITLE_WORDS[0] <= sheet.words[at] <= TITLE_WORDS[1] or "|" in text or "›" in text:
        return False
    first = next((char for char in text if char.isalnum()), " ")
    return not first.islower() and (not sheet.sentence[at] or text.rstrip("\"'”’").endswith(("?", "!", "...", "…")))


def _says_something(text: str) -> bool:
    """Five words or more, not all of them names: a bar of sections has nothing but capitals."""
    words = [word for word in text.split() if word[0].isalpha()]
    return len(words) >= 5 and not all(word[0].isupper() for word in words)
