"""The texts of a sheet while it is read, and how much of them there may be."""

from clustergap.errors import ClusterGapError
from clustergap.importing.address import Address
from clustergap.importing.facts import Area, Facts
from clustergap.importing.limits import Limits
from clustergap.importing.problem import Problem, SheetError, refuse
from clustergap.importing.sheet import Row, Sheet


class Room:
    """What the sheets of one file may still take, within its *limits*."""

    __slots__ = ("cells", "limits", "merged", "text")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells, self.text, self.merged = limits.cells, limits.text, limits.merged

    def take(self, cells: int, text: int = 0) -> None:
        """Take cells, and characters of text.

        Raises:
            SheetError: There is no more.
        """
        self.cells -= cells
        self.text -= text
        if self.cells < 0 or self.text < 0:
            most = self.limits
            raise refuse(
                f"the file holds more than {most.cells:,} cells or {most.text:,} characters of text",
                "delete what is not needed, or import it in two parts",
            )


def too_long(at: Address, most: int) -> ClusterGapError:
    """Refuse a cell for its text."""
    return SheetError([Problem(at, f"this text has more than {most:,} characters")])


class Grid:
    """A sheet that is filled cell by cell; a cell that is filled twice holds what came last."""

    def __init__(self, facts: Facts, room: Room) -> None:
        self.facts, self.room, self.limits = facts, room, room.limits
        self.rows: list[Row] = []

    def fill(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell.

        Raises:
            SheetError: The sheet or the text is too large.
        """
        limits = self.limits
        if row >= limits.rows or column >= limits.columns:
            raise self._too_far(row, column)
        if len(text) > limits.cell_text:
            raise too_long(Address(self.facts.name, row, column), limits.cell_text)
        rows, room = self.rows, self.room
        if row >= len(rows):
            room.cells -= row - len(rows)
            rows += [[] for _ in range(row + 1 - len(rows))]
        cells = rows[row]
        more = column + 1 - len(cells)
        room.text -= len(text)
        if more == 1:
            cells.append(text)
            room.cells -= 1
        elif more > 1:
            cells += [""] * more
            cells[column] = text
            room.cells -= more
        else:
            cells[column] = text
        if room.cells < 0 or room.text < 0:
            room.take(0)

    def reach(self, row: int) -> None:
        """Come to a row, which may be empty.

        Raises:
            SheetError: It is too far.
        """
        if row >= self.limits.rows:
            raise self._too_far(row, 0)

    def repeat(self, row: int, times: int) -> None:
        """Let a row that was filled stand this often, with its formulas and errors.

        Raises:
            SheetError: The sheet is too large.
        """
        if times == 1 or row != len(self.rows) - 1 or not any(self.rows[row]):
            return
        cells = self.rows[row]
        if row + times > self.limits.rows:
            raise self._too_far(row + times - 1, len(cells) - 1)
        self.room.take(len(cells) * (times - 1), sum(map(len, cells)) * (times - 1))
        self.rows += [list(cells) for _ in range(times - 1)]
        for marked in (self.facts.formulas, self.facts.errors):
            columns = [column for column in range(len(cells)) if (row, column) in marked]
            marked.update((row + below, column) for below in range(times) for column in columns)

    def hide_columns(self, first: int, end: int) -> None:
        """Note hidden columns, from the first to before the end."""
        hidden, most = self.facts.hidden_columns, self.limits.columns
        if len(hidden) < most:
            hidden += range(first, min(end, most))

    def merge(self, area: Area) -> None:
        """Note merged cells.

        Raises:
            SheetError: There are more than anybody merges.
        """
        self.facts.merged.append(area)
        self.room.merged -= 1
        if self.room.merged < 0:
            raise refuse(f"more than {self.limits.merged:,} ranges of cells are merged")

    def reckon(self, area: Area) -> None:
        """Note that one formula fills all these cells.

        Raises:
            SheetError: They are too many.
        """
        rows = range(area.first[0], min(area.last[0] + 1, self.limits.rows))
        columns = range(area.first[1], min(area.last[1] + 1, self.limits.columns))
        self.room.take(len(rows) * len(columns))
        self.facts.formulas.update((row, column) for row in rows for column in columns)

    def sheet(self) -> Sheet:
        """Return the sheet, now that it is read.

        Raises:
            SheetError: Its merged cells are too many to fill.
        """
        self.facts.columns = max(map(len, self.rows), default=0)
        for area in self.facts.merged:
            rows = range(area.first[0], min(area.last[0] + 1, len(self.rows)))
            columns = range(area.first[1], min(area.last[1] + 1, self.facts.columns))
            text = self.rows[rows[0]][columns[0] : columns[0] + 1] if rows and columns else []
            count = len(rows) * len(columns)
            self.room.take(count, count * sum(map(len, text)))
        return Sheet(self.facts.name, self.rows, self.facts)

    def _too_far(self, row: int, column: int) -> ClusterGapError:
        problem = Problem(
            Address(self.facts.name, row, column),
            f"at most {self.limits.rows:,} rows and {self.limits.columns:,} columns are read",
            "delete what stands far from the table",
        )
        return SheetError([problem])
