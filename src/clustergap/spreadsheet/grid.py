"""A sheet while it is filled, cell by cell."""

from clustergap.spreadsheet.limits import Budget, SpreadsheetError
from clustergap.spreadsheet.sheet import Address, Area, Row, Sheet, SheetMetadata


def too_long(at: Address, most: int) -> SpreadsheetError:
    """Refuse a cell for its text."""
    return SpreadsheetError(f"this text has more than {most:,} characters", at=at)


class Grid:
    """A sheet that is filled cell by cell; a cell that is filled twice holds what came last."""

    def __init__(self, metadata: SheetMetadata, budget: Budget) -> None:
        self.metadata, self.budget, self.limits = metadata, budget, budget.limits
        self.rows: list[Row] = []

    def fill(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell.

        Raises:
            SpreadsheetError: The sheet or the text is too large.
        """
        limits = self.limits
        if row >= limits.rows or column >= limits.columns:
            raise self._too_far(row, column)
        if len(text) > limits.cell_text:
            raise too_long(Address(self.metadata.name, row, column), limits.cell_text)
        rows, budget = self.rows, self.budget
        if row >= len(rows):
            budget.cells -= row - len(rows)
            rows += [[] for _ in range(row + 1 - len(rows))]
        cells = rows[row]
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

    def reach(self, row: int) -> None:
        """Come to a row, which may be empty.

        Raises:
            SpreadsheetError: It is too far.
        """
        if row >= self.limits.rows:
            raise self._too_far(row, 0)

    def repeat(self, row: int, times: int) -> None:
        """Let a row that was filled stand this often, with its formulas and errors.

        Raises:
            SpreadsheetError: The sheet is too large.
        """
        if times == 1 or row != len(self.rows) - 1 or not any(self.rows[row]):
            return
        cells = self.rows[row]
        if row + times > self.limits.rows:
            raise self._too_far(row + times - 1, len(cells) - 1)
        self.budget.take(len(cells) * (times - 1), sum(map(len, cells)) * (times - 1))
        self.rows += [list(cells) for _ in range(times - 1)]
        for marked in (self.metadata.formulas, self.metadata.errors):
            columns = [column for column in range(len(cells)) if (row, column) in marked]
            marked.update((row + below, column) for below in range(times) for column in columns)

    def hide_columns(self, first: int, end: int) -> None:
        """Note hidden columns, from the first to before the end."""
        hidden, most = self.metadata.hidden_columns, self.limits.columns
        if len(hidden) < most:
            hidden += range(first, min(end, most))

    def merge(self, area: Area) -> None:
        """Note merged cells.

        Raises:
            SpreadsheetError: There are more than anybody merges.
        """
        self.metadata.merged.append(area)
        self.budget.merged -= 1
        if self.budget.merged < 0:
            raise SpreadsheetError(f"more than {self.limits.merged:,} ranges of cells are merged")

    def mark_formula_range(self, area: Area) -> None:
        """Note that one formula fills all these cells.

        Raises:
            SpreadsheetError: They are too many.
        """
        rows = range(area.first[0], min(area.last[0] + 1, self.limits.rows))
        columns = range(area.first[1], min(area.last[1] + 1, self.limits.columns))
        self.budget.take(len(rows) * len(columns))
        self.metadata.formulas.update((row, column) for row in rows for column in columns)

    def sheet(self) -> Sheet:
        """Return the sheet, now that it is read.

        Raises:
            SpreadsheetError: Its merged cells are too many to fill.
        """
        self.metadata.columns = max(map(len, self.rows), default=0)
        for area in self.metadata.merged:
            rows = range(area.first[0], min(area.last[0] + 1, len(self.rows)))
            columns = range(area.first[1], min(area.last[1] + 1, self.metadata.columns))
            text = self.rows[rows[0]][columns[0] : columns[0] + 1] if rows and columns else []
            count = len(rows) * len(columns)
            self.budget.take(count, count * sum(map(len, text)))
        return Sheet(self.metadata.name, self.rows, self.metadata)

    def _too_far(self, row: int, column: int) -> SpreadsheetError:
        return SpreadsheetError(
            f"at most {self.limits.rows:,} rows and {self.limits.columns:,} columns are read",
            "delete what stands far from the table",
            Address(self.metadata.name, row, column),
        )
