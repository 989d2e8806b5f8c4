"""Builds a sheet cell by cell, within limits."""

from clustergap.spreadsheet.sheet import (
    Address,
    Area,
    Row,
    Sheet,
    SheetLimits,
    SheetMetadata,
    SpreadsheetError,
)


def too_long(at: Address, most: int) -> SpreadsheetError:
    """Return the error of a cell whose text is too long."""
    return SpreadsheetError(f"this text has more than {most:,} characters", at=at)


_EMPTY: Row = []
"""Shared by all empty rows between filled ones, of which there may be a million."""

_MARK = 20
"""The position of a formula or an error takes as much memory as so many cells."""


class EnoughRows(Exception):  # noqa: N818 - nothing is wrong
    """As many rows are filled as were requested."""


class _Budget:
    """What one sheet may still take within the limits."""

    __slots__ = ("cells", "limits", "merged", "text")

    def __init__(self, limits: SheetLimits) -> None:
        self.limits = limits
        self.cells, self.text, self.merged = limits.cells, limits.text, limits.merged

    def take(self, cells: int, text: int = 0) -> None:
        """Take cells, and characters of text.

        Raises:
            SpreadsheetError: The limit is exceeded.
        """
        self.cells -= cells
        self.text -= text
        if self.cells < 0 or self.text < 0:
            most = self.limits
            raise SpreadsheetError(
                f"the sheet holds more than {most.cells:,} cells or {most.text:,} characters of text",
                "delete what is not needed, or import it in two parts",
            )


class SheetBuilder:
    """A sheet that is filled cell by cell; if a cell is filled twice, the last text counts.

    Args:
        metadata: The properties of the sheet.
        limits: How much it may have.
        first_rows: How many rows to fill; the next one raises ``EnoughRows``. None: all.
    """

    def __init__(
        self, metadata: SheetMetadata, limits: SheetLimits, first_rows: int | None = None
    ) -> None:
        self.metadata, self.limits, self.budget = metadata, limits, _Budget(limits)
        self.first_rows = first_rows
        self.most_rows = min(first_rows or limits.rows, limits.rows)
        self.rows: list[Row] = []

    def fill(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell.

        Raises:
            SpreadsheetError: The sheet or the text is too large.
        """
        limits = self.limits
        if row >= self.most_rows or column >= limits.columns:
            self.reach(row)
            raise self.too_far(row, column)
        if len(text) > limits.cell_text:
            raise too_long(Address(self.metadata.name, row, column), limits.cell_text)
        rows, budget = self.rows, self.budget
        if row >= len(rows):
            budget.cells -= row - len(rows)
            rows += [_EMPTY] * (row + 1 - len(rows))
        cells = rows[row]
        if cells is _EMPTY:
            cells = rows[row] = []
        more = column + 1 - len(cells)
        budget.text -= len(text)
        if more == 1:
            cells.append(text)
            budget.cells -= 1
        elif more > 1:
            cells += [""] * more
            cells[column] = text
            budget.cells -= more
        else:
            cells[column] = text
        if budget.cells < 0 or budget.text < 0:
            budget.take(0)

    def fill_row(self, row: int, texts: list[str]) -> None:
        """Fill a row after all rows filled so far.

        Raises:
            SpreadsheetError: The sheet or a text is too large.
        """
        lengths = [*map(len, texts)]
        while lengths and not lengths[-1]:
            lengths.pop()
        del texts[len(lengths) :]
        limits = self.limits
        if not texts:
            return
        if row >= self.most_rows or len(texts) > limits.columns:
            raise self.too_far(row, len(texts) - 1)
        if max(lengths) > limits.cell_text:
            column = next(n for n, length in enumerate(lengths) if length > limits.cell_text)
            raise too_long(Address(self.metadata.name, row, column), limits.cell_text)
        between = row - len(self.rows)
        self.budget.take(between + len(texts), sum(lengths))
        self.rows += [_EMPTY] * between
        self.rows.append(texts)

    def mark_formula(self, row: int, column: int) -> None:
        """Note that the value of a cell comes from a formula."""
        self.metadata.formulas.add((row, column))
        self.budget.take(_MARK)

    def mark_error(self, row: int, column: int) -> None:
        """Note that a cell holds an error."""
        self.metadata.errors.add((row, column))
        self.budget.take(_MARK)

    def reach(self, row: int) -> None:
        """Go on to a row, which may be empty.

        Raises:
            EnoughRows: It is after the requested rows.
        """
        if self.first_rows is not None and row >= self.first_rows:
            raise EnoughRows

    def repeat(self, row: int, times: int) -> None:
        """Repeat a filled row this many times, with its formulas and errors.

        Raises:
            SpreadsheetError: The sheet is too large.
        """
        if times == 1 or row != len(self.rows) - 1 or not any(self.rows[row]):
            return
        cells = self.rows[row]
        if self.first_rows is not None:
            times = min(times, self.first_rows - row)
        if row + times > self.limits.rows:
            raise self.too_far(row + times - 1, len(cells) - 1)
        self.budget.take(len(cells) * (times - 1), sum(map(len, cells)) * (times - 1))
        self.rows += [list(cells) for _ in range(times - 1)]
        for marked in (self.metadata.formulas, self.metadata.errors):
            columns = [column for column in range(len(cells)) if (row, column) in marked]
            self.budget.take(_MARK * len(columns) * (times - 1))
            marked.update((row + below, column) for below in range(times) for column in columns)

    def hide_columns(self, first: int, end: int) -> None:
        """Note hidden columns, from the first to before the end."""
        hidden, most = self.metadata.hidden_columns, self.limits.columns
        if len(hidden) < most:
            hidden += range(first, min(end, most))

    def merge(self, area: Area) -> None:
        """Note merged cells.

        Raises:
            SpreadsheetError: There are too many.
        """
        self.metadata.merged.append(area)
        self.budget.merged -= 1
        if self.budget.merged < 0:
            raise SpreadsheetError(f"more than {self.limits.merged:,} ranges of cells are merged")

    def mark_formula_range(self, area: Area) -> None:
        """Note that one formula fills all these cells.

        Raises:
            SpreadsheetError: There are too many.
        """
        rows = range(area.first[0], min(area.last[0] + 1, self.limits.rows))
        columns = range(area.first[1], min(area.last[1] + 1, self.limits.columns))
        self.budget.take(_MARK * len(rows) * len(columns))
        self.metadata.formulas.update((row, column) for row in rows for column in columns)

    def sheet(self) -> Sheet:
        """Return the finished sheet.

        Raises:
            SpreadsheetError: It has too many merged cells to fill.
        """
        self.metadata.columns = max(map(len, self.rows), default=0)
        for area in self.metadata.merged:
            rows = range(area.first[0], min(area.last[0] + 1, len(self.rows)))
            columns = range(area.first[1], min(area.last[1] + 1, self.metadata.columns))
            text = self.rows[rows[0]][columns[0] : columns[0] + 1] if rows and columns else []
            count = len(rows) * len(columns)
            self.budget.take(count, count * sum(map(len, text)))
        return Sheet(self.metadata.name, self.rows, self.metadata)

    def too_far(self, row: int, column: int) -> SpreadsheetError:
        """Return the error of a cell outside of the limits."""
        return SpreadsheetError(
            f"at most {self.limits.rows:,} rows and {self.limits.columns:,} columns are read",
            "delete what stands far from the table",
            Address(self.metadata.name, row, column),
        )
