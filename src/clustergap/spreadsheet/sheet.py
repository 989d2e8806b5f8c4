"""A sheet as texts: those of its cells as a person sees them, their addresses, and what texts do not show."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.text import one_of, quote, visible

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_LETTERS = 26


class Address(NamedTuple):
    """A cell of a sheet; row and column count from 0.

    >>> str(Address("Instruments", 13, 3))
    'Instruments!D14'
    """

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{quote_sheet(self.sheet)}!{cell_name(self.row, self.column)}"


def quote_sheet(name: str) -> str:
    """Write a sheet's name as formulas do: in quotes if it is more than a word.

    >>> quote_sheet("My list")
    "'My list'"
    """
    return name if re.fullmatch(r"[\w.]+", name) else "'{}'".format(name.replace("'", "''"))


def cell_name(row: int, column: int) -> str:
    """Name a cell within its sheet.

    >>> cell_name(13, 3)
    'D14'
    """
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Name a column by its letters.

    >>> column_name(0), column_name(25), column_name(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name


class SpreadsheetError(ClusterGapError):
    """A spreadsheet cannot be read.

    Args:
        message: The reason.
        hint: What to do about it.
        at: The cell; None: the whole file.
        choices: Choices for the user, one line each.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        at: Address | None = None,
        choices: Sequence[str] = (),
    ) -> None:
        self.message, self.hint, self.at, self.choices = message, hint, at, choices
        where = f"{at}: " if at else ""
        super().__init__(visible(f"{where}{message}{': ' + hint if hint else ''}"))


class TooLargeError(SpreadsheetError):
    """A file unpacks to more than the limit; with a higher limit it could be read."""


class SheetLimits(NamedTuple):
    """The limits of a spreadsheet; ``docs/how-to/import.md`` lists those that a user may meet."""

    unpacked: int = 64 * 1024 * 1024
    """Bytes of an unpacked part; all parts together may have four times as many."""

    at_once: int = 64 * 1024
    """Bytes that are unpacked, and read, at once."""

    entries: int = 2_000
    """Files in the package; a workbook of 50 sheets with pictures has a few hundred."""

    depth: int = 200
    """Elements within one another."""

    names: int = 1_000
    """Different names in one part; LibreOffice writes some 300."""

    tag: int = 256 * 1024
    """Bytes of a tag or comment, which the parser must hold as a whole."""

    sheets: int = 1_000
    rows: int = 1_048_576
    """Rows of one sheet, as in Excel; likewise the columns."""

    columns: int = 16_384
    cells: int = 40_000_000
    """Cells of one sheet: filled ones, with the empty cells and rows between them, and copies."""

    text: int = 64 * 1024 * 1024
    """Characters in all cells of one sheet: they may share a text that the file has once."""

    cell_text: int = 131_072
    """Characters of one cell; Excel allows at most 32,767."""

    line: int = 1_000_000
    """Characters of a line of CSV, whose cells the reader makes all at once."""

    merged: int = 10_000
    """Merged ranges of one sheet."""

    styles: int = 65_536
    """Styles of cells; Excel allows no more."""


LIMITS = SheetLimits()
"""The default limits."""


def read_reference(text: str) -> tuple[int, int] | None:
    """Return row and column of a reference, or None if it is not one.

    >>> read_reference("D14")
    (13, 3)
    """
    match = _REFERENCE.fullmatch(text)
    if match is None or match[2] == "0" * len(match[2]):
        return None
    column = 0
    for letter in match[1].upper():
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


Position = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Area:
    """Cells from the first to the last position."""

    first: Position
    last: Position


@dataclass(slots=True)
class SheetMetadata:
    """The properties of a sheet.

    ``formulas`` and ``errors`` are the positions of cells with one; ``merged`` are the areas of merged cells, whose text
    is in the first; ``columns`` is the number of columns up to the last filled one.
    """

    name: str
    is_hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    formulas: set[Position] = field(default_factory=set)
    errors: set[Position] = field(default_factory=set)
    columns: int = 0


def runs(numbers: Iterable[int]) -> list[str]:
    """Name rows by their numbers as people see them, consecutive ones by the first and the last.

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


Row = list[str]


class CellProblem(NamedTuple):
    """Why a cell cannot be read as it is, and what to do about it."""

    at: Address
    message: str
    hint: str


class Sheet:
    """The rows of a sheet, each up to its last filled cell; an empty cell is an empty text."""

    def __init__(self, name: str, rows: list[Row], metadata: SheetMetadata) -> None:
        self.name = name
        self._rows, self._metadata = rows, metadata

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return self._rows

    @property
    def metadata(self) -> SheetMetadata:
        """What is to be known of it."""
        return self._metadata

    def load(self) -> None:
        """Read all rows now rather than on first use.

        Raises:
            SpreadsheetError: They cannot be read.
        """
        len(self.rows)

    @property
    def is_hidden(self) -> bool:
        """Whether the sheet is hidden."""
        return self._metadata.is_hidden

    def head(self, number: int) -> list[Row]:
        """Return the first *number* rows, in which a table may begin."""
        return self.rows[:number]

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell."""
        return (
            self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""
        )

    def at(self, row: int, column: int) -> Address:
        """Return the address of a cell."""
        return Address(self.name, row, column)

    def problems(self, first_row: int, columns: Collection[int]) -> Iterator[CellProblem]:
        """Find the cells of these columns, from a row on, that cannot be read as they are."""
        formulas, errors = self.metadata.formulas, self.metadata.errors
        by_column: dict[int, list[int]] = {}
        for row, column in formulas:
            if row >= first_row and column in columns:
                by_column.setdefault(column, []).append(row)
        for column, rows in by_column.items():
            yield from self._formulas(column, rows)
        for row, column in errors:
            if row >= first_row and column in columns and (row, column) not in formulas:
                message = f"this is an error, {quote(self.text(row, column))}"
                yield CellProblem(self.at(row, column), message, "write the value")

    def _formulas(self, column: int, rows: list[int]) -> Iterator[CellProblem]:
        # All cells of one column get the same message, so that they are reported as one problem.
        text = self.text(min(rows), column)
        whose = "its last value" if len(rows) == 1 else "the last value of the first"
        message = f"this is a formula; {whose} is {quote(text)}" if text else "this is a formula"
        for row in rows:
            hint = "write what it gives (copy it, then paste its value)"
            yield CellProblem(self.at(row, column), message, hint)

    def fill_merged(self, first_row: int) -> None:
        """Copy the text of merged cells, from a row on, to all of them, as a person sees it."""
        for area in self.metadata.merged:
            if area.first[0] >= first_row and (text := self.text(*area.first)):
                self._fill(area, text)

    def _fill(self, merged: Area, text: str) -> None:
        # Empty cells at the end of a row, and empty rows at the end, are missing.
        last = min(merged.last[1] + 1, self.metadata.columns)
        for row in range(merged.first[0], min(merged.last[0] + 1, len(self.rows))):
            cells = [*self.rows[row]]
            cells += [""] * (last - len(cells))
            cells[merged.first[1] : last] = [text] * (last - merged.first[1])
            self.rows[row] = cells

    def remarks(self, first_row: int = 0, headings: Collection[int] = ()) -> list[str]:
        """Say what a person may not see, or sees differently.

        Args:
            first_row: The row from which on merged cells matter.
            headings: Rows in which they do not matter.
        """
        name, metadata = quote_sheet(self.name), self.metadata
        hidden = [
            row for row in metadata.hidden_rows if row < len(self.rows) and any(self.rows[row])
        ]
        columns = [column_name(c) for c in metadata.hidden_columns if c < metadata.columns]
        merged = [
            f"{cell_name(*area.first)}:{cell_name(*area.last)}"
            for area in metadata.merged
            if first_row <= area.first[0] < len(self.rows) and area.first[0] not in headings
        ]
        remarks = [
            (f"rows {one_of(runs(hidden))} are hidden, and are read too", hidden),
            (f"columns {one_of(columns)} are hidden, and are read too", columns),
            (f"{one_of(merged)} are merged: their text counts for each of their cells", merged),
        ]
        return [f"{name}: {words}" for words, there in remarks if there]


class StoredSheet(Sheet):
    """A sheet of a file whose rows are read on first use, so that errors in unused sheets do not matter.

    Args:
        name: Its name.
        is_hidden: Whether it is hidden.
        read: Reads that many of its first rows, or all for None.
    """

    def __init__(self, name: str, read: Callable[[int | None], Sheet], *, is_hidden: bool) -> None:
        self.name = name
        self._is_hidden, self._read = is_hidden, read
        self._heads: dict[int, list[Row]] = {}

    @cached_property
    def _whole(self) -> Sheet:
        return self._read(None)

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return self._whole.rows

    @property
    def metadata(self) -> SheetMetadata:
        """What is to be known of it."""
        return self._whole.metadata

    @property
    def is_hidden(self) -> bool:
        """Whether the sheet is hidden."""
        return self._is_hidden

    def head(self, number: int) -> list[Row]:
        """Return the first *number* rows."""
        if number not in self._heads:
            is_read = "_whole" in self.__dict__
            self._heads[number] = (self._whole if is_read else self._read(number)).rows[:number]
        return self._heads[number]
