"""The index in memory, which any other store must behave like."""

from sayso.copies.postings import MemoryPostings, Postings
from sayso.copies.records import Text


def filled() -> Postings:
    postings = MemoryPostings()
    postings.add(Text(id="wire", text="Forces entered the town."), 7, [1, 2, 3], None)
    postings.add(Text(id="daily", text="Forces entered the town!"), 7, [], 0)
    postings.add(Text(id="gazette", text="Rain is expected."), 8, [3, 4], None)
    return postings


def test_reports_are_numbered_as_they_come() -> None:
    postings = filled()
    assert [postings.number_of(id) for id in ("wire", "daily", "gazette", "herald")] == [0, 1, 2, None]
    assert postings.text(2).id == "gazette"


def test_fingerprints_lead_to_their_holders() -> None:
    assert filled().held([1, 3, 4, 9]) == {1: (0,), 3: (0, 2), 4: (2,)}


def test_copies_lead_to_each_other() -> None:
    postings = filled()
    assert (list(postings.same(7)), list(postings.near(0, 9)), list(postings.near(0, 0))) == ([0, 1], [1], [])
