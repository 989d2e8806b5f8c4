"""What an answer consists of before a writer gives it a format: tables and the other blocks for people, and its rows."""

import enum
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.prose import (
    Code,
    Entries,
    Fields,
    Heading,
    Numbered,
    Paragraph,
    Points,
    Sign,
    Square,
    Text,
    plain,
)
from clustergap.text import long_day
from clustergap.theme import DEFINITIONS, MARKS

# Parts of an answer in every format


class ColumnKind(enum.Enum):
    """What a column holds: numbers are aligned to the right, and a coverage is coloured."""

    TEXT = "text"
    COVERAGE = "coverage"
    NUMBER = "number"


class Column(NamedTuple):
    """A column of a table. ``is_detail``: a format with little room leaves it out, as other columns say the same in short."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    is_detail: bool = False


class TableCell(NamedTuple):
    """A cell of a table as lines; with a coverage, its shape and word and ``number`` are above them; ``is_unsaid`` as in a grid."""

    lines: tuple[Text, ...]
    coverage: Coverage | None = None
    number: str = ""
    is_unsaid: bool = False

    @classmethod
    def of(cls, content: "Text | TableCell") -> "TableCell":
        r"""Return a text as a cell; a sign at its beginning becomes the coverage of the cell.

        >>> TableCell.of((Sign(Coverage.FULL), "\nin part: AT")).lines
        ('in part: AT',)
        """
        match content:
            case TableCell():
                return content
            case (Sign(coverage, is_unsaid), *rest):
                below = plain(tuple(rest)).removeprefix("\n")
                return cls((below,) if below else (), coverage, is_unsaid=is_unsaid)
            case _:
                return cls((content,))


class Table(NamedTuple):
    """A table; its title and description are for those who cannot see it. The first column names the rows."""

    title: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text | TableCell, ...], ...]


class GridCell(NamedTuple):
    """A cell of a grid, of which each format shows as much as it has room for.

    Attributes:
        coverage: How well it is covered.
        number: How many instruments serve it.
        is_fragile: Whether it would be a gap without one of them.
        details: What even little room must have below its word, such as how much of it is covered.
        names: The instruments; those without which it would be a gap end with ``!``.
        notes: Short notes.
        reasons: All reasons for its rating.
        is_unsaid: Whether it is covered somewhere, and nobody says where.
    """

    coverage: Coverage
    number: int
    is_fragile: bool
    details: tuple[str, ...]
    names: tuple[str, ...]
    notes: tuple[str, ...]
    reasons: tuple[str, ...]
    is_unsaid: bool = False

    @property
    def content(self) -> TableCell:
        """Return the cell as a cell of a table."""
        number = f"{self.number}{'!' if self.is_fragile else ''}" if self.number else ""
        lines = (", ".join(self.names), "; ".join(self.reasons))
        return TableCell(tuple(filter(None, lines)), self.coverage, number, self.is_unsaid)


class Grid(NamedTuple):
    """Cells by row and column, such as the matrix: roles down, levels across.

    Attributes:
        title: What it shows.
        description: What it shows, for those who cannot see it.
        rows: The names of its rows.
        columns: The names of its columns.
        cells: For each row a cell a column.
        counts: The number of cells of each coverage.
        corner: What the rows are.
    """

    title: str
    description: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[GridCell, ...], ...]
    counts: tuple[tuple[Coverage, int], ...]
    corner: str = "Role"

    @property
    def parts(self) -> "tuple[Grid, ...]":
        """Return the grid in parts for a page, which has room for all columns."""
        return (self,)

    @property
    def table(self) -> Table:
        """Return the same as a table that names the instruments and says why."""
        columns = (Column(self.corner), *map(Column, self.columns))
        named = zip(self.rows, self.cells, strict=True)
        rows: tuple[tuple[Text | TableCell, ...], ...] = tuple(
            (name, *(cell.content for cell in cells)) for name, cells in named
        )
        return Table(self.title, self.description, columns, rows)

    @property
    def blocks(self) -> "tuple[Block, ...]":
        """Return the table, and below it how many cells of each coverage there are."""
        counts = (run for each, number in self.counts for run in (Sign(each), f" {number}. "))
        return *(part.table for part in self.parts), Paragraph((*counts, MARKS))


class NamedGrid(Grid):
    """A grid whose instruments are named even where there is little room."""


MOST_PLACES = 6
"""The places that stand beside each other on a page."""


class PlaceGrid(Grid):
    """A grid about places, with many of them, or of days, across; its details are as wide as ``2 own, 1 for all``."""

    @property
    def parts(self) -> "tuple[Grid, ...]":
        """Return the grid in parts of a few places each."""
        firsts = range(0, len(self.columns), MOST_PLACES)
        return tuple(self._columns_at(slice(n, n + MOST_PLACES)) for n in firsts)

    def _columns_at(self, at: slice) -> Grid:
        columns, cells = self.columns[at], tuple(cells[at] for cells in self.cells)
        own = describe_columns(columns, cells)
        return self._replace(description=own, columns=columns, cells=cells)


def describe_columns(columns: Sequence[str], cells: Sequence[Sequence[GridCell]]) -> str:
    """Count the cells of each coverage, a sentence a column."""
    found = (Counter(cell.coverage for cell in own) for own in zip(*cells, strict=True))
    words = (
        ", ".join(f"{own[each]} {each}" for each in DEFINITIONS if own[each]) for own in found
    )
    return " ".join(f"{name}: {own}." for name, own in zip(columns, words, strict=True))


class Step(NamedTuple):
    """What happens to a cell: its coverage before and after, a verb, and why."""

    cell: str
    verb: str
    before: Coverage
    after: Coverage
    why: str

    @property
    def row(self) -> tuple[Text, ...]:
        """Return the step as a row below ``STEP_COLUMNS``."""
        return self.cell, self.verb, (Sign(self.before),), (Sign(self.after),), self.why


_COVERAGES = ("Before", "After")
STEP_COLUMNS = (
    Column("Role and level"), Column("Change"), *(Column(name, ColumnKind.COVERAGE) for name in _COVERAGES), Column("Why")
)  # fmt: skip


class Steps(NamedTuple):
    """What happens to cells."""

    steps: tuple[Step, ...]
    title: str = "Changes"

    @property
    def table(self) -> Table:
        """Return the same as a table."""
        rows = tuple(step.row for step in self.steps)
        return Table(self.title, "Each row is a role and level that changes.", STEP_COLUMNS, rows)


class Day(NamedTuple):
    """A day on which something happens: the causes, the steps of cells, if any, and how many cells are covered then."""

    date: date
    because: str
    steps: tuple[Step, ...]
    outcome: str

    @property
    def blocks(self) -> "tuple[Block, ...]":
        """Return the same below a heading."""
        day = long_day(self.date)
        steps = [Steps(self.steps, f"Changes on {day}")] if self.steps else []
        return Heading(day), Paragraph(self.because), *steps, Paragraph(self.outcome)


class Days(NamedTuple):
    """What happens to cells, day by day."""

    days: tuple[Day, ...]


class EditLine(NamedTuple):
    """An edit of a record: added, removed or changed; its name; and its changed keys."""

    what: str
    name: str
    details: str


class Edits(NamedTuple):
    """Edits of records."""

    edits: tuple[EditLine, ...]


Block = (
    Heading | Paragraph | Points | Fields | Numbered | Entries | Square | Table | Grid | Steps | Days | Edits | Code
)  # fmt: skip


class Document(NamedTuple):
    """An answer for people.

    Attributes:
        title: The answer in a line.
        blocks: The answer in detail.
        meanings: What its words mean, a sentence each.
        subject: The title of the dataset, if the title of the answer does not name it.
        question: What was asked, a sentence each, for readers who do not know the command.
        source: Where the data comes from.
        remark: What a reader must know about the data; empty for the reader's own.
    """

    title: Text
    blocks: tuple[Block, ...]
    meanings: tuple[str, ...] = ()
    subject: str = ""
    question: tuple[str, ...] = ()
    source: str = ""
    remark: str = ""

    @property
    def has_chapters(self) -> bool:
        """Whether it is long enough for headings of two depths."""
        return any(isinstance(block, Heading) and block.depth == 1 for block in self.blocks)


# An answer as rows

Value = str | int | float | date | None
"""A text, a number or a day; None for no value. A coverage is an enumeration of texts."""

Row = tuple[Value, ...]
"""The values of one row, in the order of its header."""


class Rows(NamedTuple):
    """An answer as a tidy table.

    Attributes:
        header: The names of its columns.
        rows: Its rows, with places by their codes.
        named: The same rows with the names of places beside their codes, for people; empty: no column has places.
    """

    header: tuple[str, ...]
    rows: Iterable[Row]
    named: Iterable[Row] = ()
