"""Three extractors as witnesses: what each takes for the main text of one page, and which lines it so holds.

trafilatura is the main extractor; readability-lxml and resiliparse see what it does not. None is believed: each
gives a testimony, and `judge` weighs them line by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy

import msgspec
import numpy as np
import trafilatura
from lxml import etree
from lxml.html import HtmlElement, document_fromstring
from numpy.typing import NDArray
from readability import Document
from resiliparse.extract.html2text import extract_plain_text

from sayso.pages.html.lines import HIDDEN_STYLE

Floats = NDArray[np.float64]

WITNESSES = ("trafilatura", "readability", "resiliparse")
SURE = 20  # letters found in a row that are no chance; a shorter line must be a whole line of the witness's
# Where links lead says nothing here, and readability's cleaner spends a third of its time on them.
LEADING = [
    "action",
    "archive",
    "background",
    "cite",
    "classid",
    "codebase",
    "data",
    "dynsrc",
    "formaction",
    "href",
    "longdesc",
    "lowsrc",
    "onclick",
    "profile",
    "src",
    "srcset",
    "usemap",
]
# No part of an article, whoever looks; without them readability and trafilatura have a sixth less to walk through.
WORDLESS = ("nav", "button", "select", "source", "noscript", "textarea")
_NO_LETTERS = re.compile(r"[\W_]+")


class Testimony(msgspec.Struct, frozen=True):
    """What one witness holds: its lines in order, by their letters; the same as a set; and all letters run together."""

    rows: tuple[str, ...]
    lines: frozenset[str]
    letters: str

    @classmethod
    def of(cls, rows: Sequence[str]) -> Testimony:
        """A testimony of lines given by their letters."""
        return cls(tuple(rows), frozenset(rows), "".join(rows))


def letters_of(text: str) -> str:
    """The letters and digits of `text` in lower case: what two extractors' accounts of one line share.

    >>> letters_of("“Truce holds”, says U.N.")
    'truceholdssaysun'
    """
    return _NO_LETTERS.sub("", text.lower())


def testimony_of(text: str) -> Testimony:
    """A witness's text, one block a line, made ready to be asked."""
    return Testimony.of(list(map(letters_of, text.splitlines())))


def held(lines: Sequence[str], testimony: Testimony) -> Floats:
    """How much of each line (given by its letters) the witness holds, 0..1: whole, or piece by piece.

    >>> held(["thevillagefellonmondaytheysaid", "login"], testimony_of("The village fell on Monday, they said."))
    array([1., 0.])
    """
    return np.array([_held(line, testimony) for line in lines], dtype=np.float64)


def _held(letters: str, testimony: Testimony) -> float:
    if not letters:
        return 0.0
    if letters in testimony.lines:
        return 1.0
    if len(letters) < SURE:
        return 0.0
    if letters in testimony.letters:
        return 1.0
    pieces = [letters[at : at + SURE] for at in range(0, len(letters) - SURE + 1, SURE)]
    return sum(piece in testimony.letters for piece in pieces) / len(pieces)


class _OnTree(Document):  # type: ignore[misc]
    """readability on a tree that is clean already: its own cleaning takes a fifth of its time and changes nothing here.

    Should a later version parse elsewhere, this is not called, and all is as before but slower.
    """

    def _parse(self, input: HtmlElement) -> HtmlElement:
        tree = copy(input)
        for element in tree.xpath("//*[@hidden] | //*[@style]"):
            if element.get("hidden") is not None or HIDDEN_STYLE.search(element.get("style")):
                element.drop_tree()
        return tree


def lean(tree: HtmlElement) -> HtmlElement:
    """A copy of the tree for the witnesses, without addresses and without what is never an article."""
    bare = copy(tree)
    etree.strip_attributes(bare, *LEADING)
    etree.strip_elements(bare, *WORDLESS, with_tail=False)
    return bare


def by_trafilatura(tree: HtmlElement) -> str:
    """The text of the main extractor, by its rules for recall.

    Its own rules only (`fast`): the second opinions it would ask for are here, and are weighed.
    """
    found = trafilatura.bare_extraction(
        tree, fast=True, favor_recall=True, include_comments=False, with_metadata=False
    )  # fmt: skip
    return "" if found is None else "\n".join(found.body.itertext())  # type: ignore[union-attr]


def by_readability(tree: HtmlElement) -> str:
    """The text of the part of the page that readability would show."""
    summary = _OnTree(tree).summary(html_partial=True)
    return "\n".join(document_fromstring(summary).itertext()) if summary.strip() else ""


def by_resiliparse(html: str) -> str:
    """The text resiliparse takes for main content: few rules, and so it keeps much."""
    return str(extract_plain_text(html, main_content=True, alt_texts=False, list_bullets=False))


def ask(witness: Callable[[], str]) -> Testimony:
    """A witness's testimony, empty when it fails: outside code on hostile pages raises what it likes."""
    try:
        return testimony_of(witness())
    except Exception:
        return testimony_of("")


def all_testimonies(tree: HtmlElement, html: str) -> tuple[Testimony, ...]:
    """The testimonies in the order of `WITNESSES`; `tree` is left as it was."""
    bare = lean(tree)
    return (
        ask(lambda: by_trafilatura(bare)),  # first: it works on a copy of its own
        ask(lambda: by_readability(bare)),
        ask(lambda: by_resiliparse(html)),
    )
