"""A sheet as its texts: what stands in each cell, as the person saw it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from clustergap.importing.address import Address, column_name, quote_sheet
from clustergap.importing.facts import Area, Facts, runs
from clustergap.importing.problem import Problem
from clustergap.wording import one_of

Row = list[str]

_FORMULA = ("this is a formula", "write what it gives (copy it, then paste its value)")
_ERROR = ("this is an error, not a value", "write the value")
"""What is wrong with a cell, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet from its first, each as long as it is filled; an empty cell is an empty text."""

    name: str
    rows: list[Row]
    facts: Facts

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        return (
            self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""
        )

    def at(self, row: int, column: int) -> Address:
        """Name a cell."""
        return Address(self.name, row, column)

    def problems(self, first_row: int, columns: Collection[int]) -> Iterator[Problem]:
        """Say why cells of these columns, from a row on, cannot be read as they stand."""
        formulas, errors = self.facts.formulas, self.facts.errors
        marked = chain(formulas, (position for position in errors if position not in formulas))
        for position in marked:
            if position[0] >= first_row and position[1] in columns:
                yield Problem(self.at(*position), *(_FORMULA if position in formulas else _ERROR))

    def fill_merged(self, first_row: int) -> None:
        """Let merged cells, from a row on, hold what a person sees in all of them."""
        for merged in self.facts.merged:
            if merged.first[0] >= first_row and (text := self.text(*merged.first)):
                self._fill(merged, text)

    def _fill(self, merged: Area, text: str) -> None:
        # Empty cells at the end of a row, and empty rows at the end, are not there.
        for row in range(merged.first[0], min(merged.last[0] + 1, len(self.rows))):
            cells = self.rows[row]
            last = min(merged.last[1] + 1, self.facts.columns)
            cells += [""] * (last - len(cells))
            for column in range(merged.first[1], last):
                cells[column] = text

    def remarks(self) -> list[str]:
        """Say what a person may not see, or sees otherwise."""
        name, facts = quote_sheet(self.name), self.facts
        hidden = [row for row in facts.hidden_rows if row < len(self.rows) and any(self.rows[row])]
        columns = [column_name(c) for c in facts.hidden_columns if c < facts.columns]
        merged = [_reference(one) for one in facts.merged if one.first[0] < len(self.rows)]
        said = [
            (f"rows {one_of(runs(hidden))} are hidden, and are read too", hidden),
            (f"columns {one_of(columns)} are hidden, and are read too", columns),
            (f"{one_of(merged)} are merged: their text counts for each of their cells", merged),
        ]
        return [f"{name}: {words}" for words, there in said if there]


def _reference(merged: Area) -> str:
    ends = (merged.first, merged.last)
    return ":".join(f"{column_name(column)}{row + 1}" for row, column in ends)
