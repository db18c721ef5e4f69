"""Which paragraphs open with their place."""

from __future__ import annotations

import pytest

from sayso.places.headings import Headings


def headed(text: str, at: str, name: str = "Nyala") -> bool:
    """Whether a name is the heading of where some words stand."""
    start = text.index(name)
    return Headings(text, [(start, start + len(name))]).over(text.index(at)) == (start, start + len(name))


@pytest.mark.parametrize(
    "text",
    [
        "Nyala. The market was hit.",
        "Log\n\nNyala: the market was hit.",
        "- Nyala - the market was hit.",
        "Nyala\nOn Friday the market was hit.",
        "Nyala:\n\nOn Friday the market was hit.",
    ],
)
def test_a_name_at_the_head_of_a_paragraph_is_over_it(text: str) -> None:
    assert headed(text, "market")


@pytest.mark.parametrize(
    "text",
    [
        "Nyala was calm. The market was hit.",
        "In Nyala. The market was hit.",
        "Nyala. All is calm.\n\nThe market was hit.",
        "The market was hit.\n\nNyala. All is calm.",
    ],
)
def test_any_other_name_is_not(text: str) -> None:
    assert not headed(text, "market")
