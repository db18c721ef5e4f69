"""The line model for plain text of a page: what each line is, with a probability and a reason."""

from sayso.pages.lines.features import TextLine
from sayso.pages.lines.judge import judge_lines

__all__ = ["TextLine", "judge_lines"]
