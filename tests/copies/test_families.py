"""Reports that hang together by copying."""

from sayso.copies import Pair, Passage
from sayso.copies.families import families_of


def pair(a: str, b: str, words: int, first: str | None = "a", kind: str = "part") -> Pair:
    passage = Passage(a=(0, 9), b=(0, 9), words=words, kind="copied", why="")
    return Pair(a=a, b=b, kind=kind, how=None, first=first, passages=(passage,), why="")  # type: ignore[arg-type]


def test_each_report_stands_below_the_one_it_has_most_words_from() -> None:
    (family,) = families_of([pair("wire", "daily", 300), pair("daily", "blog", 200), pair("wire", "blog", 90)])
    assert [(one.id, one.of, one.depth) for one in family.members] == [
        ("wire", None, 0), ("daily", "wire", 1), ("blog", "daily", 2),
    ]  # fmt: skip
    assert family.origins == ("wire",)


def test_reasons_that_run_in_a_circle_leave_one_origin() -> None:
    circle = [pair("a", "b", 50), pair("b", "c", 40), pair("c", "a", 30)]
    assert families_of(circle)[0].origins == ("a",)


def test_undecided_and_common_pairs_join_a_family_without_a_parent() -> None:
    (family,) = families_of([pair("a", "b", 50, None), pair("b", "c", 40, "common")])
    assert family.origins == ("a", "b", "c")


def test_quotations_and_background_make_no_family() -> None:
    assert families_of([pair("a", "b", 50, kind="quote"), pair("b", "c", 50, kind="background")]) == []
