"""Pairs of copies as a line of JSON, and as people read them: passages side by side, who had them first, and why."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from sayso.copies.families import Family, copied
from sayso.copies.records import Pair, PairKind, Text
from sayso.views.plain import in_json, one_line

_WIDE = 110  # columns of a terminal that both passages share
_MOST = 420  # characters of a passage that are shown: enough to see that it is the same
_KINDS: dict[PairKind, str] = {
    "same": "the same report",
    "part": "part of it copied",
    "quote": "the same quotation",
    "background": "standing background only",
    "furniture": "an outlet's own lines only",
}


def json_of(pair: Pair) -> dict[str, object]:
    """The pair as `--json` prints it; the offsets of passages count code points."""
    return {
        "a": pair.a,
        "b": pair.b,
        "kind": pair.kind,
        "how": pair.how,
        "first": pair.first,
        "passages": [[*passage.a, *passage.b] for passage in pair.passages],
        "passage_kinds": [passage.kind for passage in pair.passages],
        "why": pair.why,
    }


def json_line(pair: Pair) -> str:
    """The pair as one line of JSON, safe to print."""
    return in_json(msgspec.json.encode(json_of(pair)).decode())


def account(pair: Pair, a: Text, b: Text) -> Iterator[str]:
    """The lines of a pair: what it is and why, then each passage in both reports side by side."""
    how = f" ({pair.how})" if pair.how else ""
    yield f"{one_line(pair.a)} | {one_line(pair.b)}: {_KINDS[pair.kind]}{how}"
    yield f"  first: {_first(pair)}; {one_line(pair.why)}"
    for name, text in (("a", a), ("b", b)):
        told = [one_line(value) for value in (text.outlet, text.published, text.title) if value]
        yield f"  {name}: {', '.join(told) or 'outlet, date and title not known'}"
    for passage in pair.passages:
        yield f"  {passage.kind}, {passage.words} equal words ({passage.why})"
        yield from _beside(a.text[slice(*passage.a)], b.text[slice(*passage.b)])


def _first(pair: Pair) -> str:
    return {"a": one_line(pair.a), "b": one_line(pair.b), "common": "a common source", None: "undecided"}[pair.first]


def _beside(a: str, b: str) -> Iterator[str]:
    column = (_WIDE - 7) // 2
    left, right = (textwrap.wrap(textwrap.shorten(one_line(text), _MOST, placeholder=" …"), column) for text in (a, b))
    for at in range(max(len(left), len(right))):
        one, other = (lines[at] if at < len(lines) else "" for lines in (left, right))
        yield f"    {one:{column}} | {other}".rstrip()


def summary(pairs: Sequence[Pair]) -> str:
    """How many pairs there are of which kind."""
    counts = Counter(pair.kind for pair in pairs)
    told = ", ".join(f"{counts[kind]} {kind}" for kind in _KINDS if counts[kind])
    if not pairs:
        return "No two reports share a passage."
    return f"{len(pairs)} pair{'s' if len(pairs) > 1 else ''}: {told}"


def lineage(family: Family) -> Iterator[str]:
    """A family as a tree: each report below the one that it has most of its words from."""
    for member in family.members:
        said = f" ({copied(member.pair)} words; {one_line(member.pair.why)})" if member.pair else ""
        yield f"{'  ' * member.depth}{one_line(member.id)}{said}"
