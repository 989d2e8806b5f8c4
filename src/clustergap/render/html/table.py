"""A table of rows that stand once each and are named by their index."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Row = TypeVar("Row")


class Table(Generic[Row]):
    """Rows in the order in which they were first asked for."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._indices: dict[Hashable, int] = {}

    def put(self, key: Hashable, make: Callable[[], Row]) -> int:
        """Return the index of the row that *key* stands for; it is made when it is first asked for."""
        index = self._indices.get(key)
        if index is None:
            row = make()
            index = self._indices[key] = len(self.rows)
            self.rows.append(row)
        return index
