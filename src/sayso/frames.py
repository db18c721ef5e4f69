"""Rows that become data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from sayso.records import Problem, SaysoError

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped, unused-ignore]
    import polars
    import pyarrow  # type: ignore[import-untyped, unused-ignore]

Row = dict[str, Any]


class Table:
    """Rows of a ledger, asked for when they are needed: each iteration reads them anew, one after another.

    A row is a dict of plain values (str, int, float, list, dict, None).
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[str],
        read: Callable[[], Iterator[Row]],
        count: Callable[[], int] | None = None,
    ) -> None:
        self.name = name
        self.columns = tuple(columns)
        self._read = read
        self._count = count

    def __iter__(self) -> Iterator[Row]:
        return self._read()

    def __len__(self) -> int:
        """How many rows there are; counted by the ledger where it can."""
        return self._count() if self._count else sum(1 for _ in self._read())

    def __bool__(self) -> bool:
        return next(self._read(), None) is not None

    def __repr__(self) -> str:
        return f"<{self.name}: {', '.join(self.columns)}>"

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame; lists and dicts stay what they are, dates stay text (they may be a month or a year)."""
        frames = _needed("pandas")
        return cast("pandas.DataFrame", frames.DataFrame(list(self._read()), columns=list(self.columns)))

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame, with the types of `to_arrow`."""
        return cast("polars.DataFrame", _needed("polars").from_arrow(self.to_arrow()))

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table; lists are lists, records are structs."""
        arrow = _needed("pyarrow")
        read = list(self._read())
        return cast("pyarrow.Table", arrow.table({name: [row[name] for row in read] for name in self.columns}))


def _needed(library: str) -> Any:
    """A library of the extra `frames`."""
    import importlib

    try:
        return importlib.import_module(library)
    except ImportError:
        reason = "it is not installed: pip install 'sayso[frames]'"
        raise SaysoError(Problem(where=library, reason=reason)) from None
