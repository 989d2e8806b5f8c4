"""What a person sees of a sheet and a reader of its values does not: what is hidden, merged, reckoned or wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from clustergap.importing.problem import refuse

MOST_ROWS, MOST_COLUMNS = 200_000, 1_000
MOST_CELLS = 3_000_000
"""Cells between a sheet's first and its last with something in it: all of them take memory."""

Position = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that look like one, from the first to the last position; the first holds their text."""

    first: Position
    last: Position


@dataclass(slots=True)
class Facts:
    """What is to be known of one sheet.

    ``formulas`` and ``errors`` are the positions of cells that hold one. ``seen`` says how a cell's number looks: a
    number format in a workbook of Excel, the text itself in an OpenDocument.
    """

    name: str
    is_hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    formulas: set[Position] = field(default_factory=set)
    errors: set[Position] = field(default_factory=set)
    seen: dict[Position, str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0

    def fill(self, row: int, column: int) -> None:
        """Note that there is something in a cell.

        Raises:
            SheetError: The sheet is too large.
        """
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if (
            self.rows > MOST_ROWS
            or self.columns > MOST_COLUMNS
            or self.rows * self.columns > MOST_CELLS
        ):
            raise refuse(
                f"the sheet {self.name!r} reaches to row {self.rows:,} and column {self.columns:,}: "
                f"at most {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns and {MOST_CELLS:,} cells are read",
                "delete what stands far from the table",
            )


def runs(numbers: Iterable[int]) -> list[str]:
    """Name rows by their numbers as people see them, those in a row by the first and the last.

    >>> runs([0, 1, 2, 6])
    ['1-3', '7']
    """
    named: list[list[int]] = []
    for number in sorted(set(numbers)):
        if named and named[-1][-1] == number - 1:
            named[-1] = [named[-1][0], number]
        else:
            named.append([number])
    return ["-".join(str(number + 1) for number in run) for run in named]


FactsBySheet = Mapping[str, Facts]
