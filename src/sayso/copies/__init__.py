"""Which report repeats which, and which passages they share."""

from sayso.copies.finder import Bounds, CopyFinder, pairs_of
from sayso.copies.postings import MemoryPostings, Postings
from sayso.copies.records import Pair, Passage, Text

__all__ = ["Bounds", "CopyFinder", "MemoryPostings", "Pair", "Passage", "Postings", "Text", "pairs_of"]
