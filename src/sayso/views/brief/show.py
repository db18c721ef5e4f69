"""The brief in a terminal and as Markdown. Everything from outside is made plain before it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.text import Text

from sayso.views.brief.compose import Brief, Line
from sayso.views.plain import one_line

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def in_terminal(brief: Brief) -> Iterator[Text]:
    """The lines of the brief, styled."""
    yield Text(brief.title, style="bold")
    yield Text(one_line(brief.about), style="dim")
    for section in brief.sections:
        yield Text("")
        yield Text(section.title, style="bold cyan")
        for line in section.lines:
            yield from _shown(line)
        if section.left_out:
            yield Text(f"  … and {section.left_out} more", style="dim")


def _shown(line: Line) -> Iterator[Text]:
    if line.head:
        yield Text(f"  {one_line(line.head)}", style="bold")
    yield Text.assemble("    ", one_line(line.says))
    if line.sources:
        yield Text.assemble("      ", (one_line(line.sources), "blue"))
    if line.quote:
        yield Text.assemble("      ", (f"“{one_line(line.quote)}”", "dim"))


def in_markdown(brief: Brief) -> str:
    """The brief as CommonMark."""
    out = [f"# {_plain(brief.title)}", "", _plain(brief.about)]
    for section in brief.sections:
        out += ["", f"## {_plain(section.title)}"]
        for line in section.lines:
            if line.head:
                out += ["", f"**{_plain(line.head)}**", ""]
            out.append(f"- {_plain(line.says)}")
            out += [f"  - {_plain(line.sources)}"] if line.sources else []
            out += [f"  - “{_plain(line.quote)}”"] if line.quote else []
        if section.left_out:
            out += ["", f"… and {section.left_out} more"]
    return "\n".join(out) + "\n"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", one_line(text))
