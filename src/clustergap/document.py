"""What every answer is made of before a writer gives it a format: where it came from, its blocks for people, its rows."""

import enum
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.findings import DataPath, Location
from clustergap.theme import MARKS, WORDS

EXAMPLE = "example data that come with clustergap"
"""What the packaged deck is to who reads a document of it: it may be taken for the reader's own data."""


class Origin(NamedTuple):
    """The dataset's path as the user named it (None: the packaged deck), and the lines of its entries.

    ``commit``: of git, where the dataset is that of a revision. ``holders``: the files beside whose entries a new one
    would stand.
    """

    path: str | None = None
    locations: Mapping[DataPath, Location] = MappingProxyType({})
    commit: str | None = None
    holders: tuple[str, ...] = ()

    @property
    def is_example(self) -> bool:
        """Whether it is the packaged deck, which every document says of itself."""
        return self.path is None

    @property
    def data_in_words(self) -> str:
        """Say which data it is, as the beginning of a clause that says what was asked of it."""
        return f"{EXAMPLE}," if self.is_example else "data"

    @property
    def remark(self) -> str:
        """Say in a sentence what a reader must know of the data; nothing of data of his own."""
        return f"These are {EXAMPLE}." if self.is_example else ""


Origins = tuple[Origin, Origin]
"""Of the two sides of a comparison: before and after."""


# What an answer is made of, whatever shows it


class Style(enum.Enum):
    """How a run of text stands out: a medium has its own means for each."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    CODE = "code"


class Run(NamedTuple):
    """A part of a text."""

    text: str
    style: Style = Style.PLAIN


class Sign(NamedTuple):
    """The shape and the word of a coverage."""

    coverage: Coverage


class Place(NamedTuple):
    """A line of a data file."""

    path: str
    line: int


class Parts(NamedTuple):
    """Clauses that belong together; each medium has its own mark between them."""

    clauses: tuple[str, ...]
    style: Style = Style.PLAIN


class Link(NamedTuple):
    """The address of a page in the web; each medium sets it off from the words before it."""

    url: str

    @property
    def address(self) -> str:
        """Quote what the grammar of addresses does not know.

        >>> Link("https://example.org/a%20b?c=<é>").address
        'https://example.org/a%20b?c=%3C%C3%A9%3E'
        """
        from urllib.parse import quote  # noqa: PLC0415 - few documents need it

        # A percent sign stands before what is quoted already.
        return quote(self.url, safe=":/?#[]@!$&'()*+,;=%-._~")


Inline = str | Run | Sign | Place | Parts | Link

Text = str | tuple[Inline, ...]
"""A text, or its runs. ``\\n`` ends a line."""


def plain(text: Text) -> str:
    """Return the words of a text alone.

    >>> plain((Run("Interreg: ", Style.STRONG), Sign(Coverage.FULL), "."))
    'Interreg: full.'
    """
    return text if isinstance(text, str) else "".join(map(_plain_run, text))


def _plain_run(run: Inline) -> str:
    match run:
        case str():
            return run
        case Run(words):
            return words
        case Sign(coverage):
            return WORDS[coverage]
        case Place(path, line):
            return f" ({path}:{line})"
        case Parts(clauses):
            return ", ".join(clauses)
        case Link(url):
            return f" {url}"


class ColumnKind(enum.Enum):
    """What a column holds: a medium sets numbers to the right, and colours a coverage."""

    TEXT = "text"
    COVERAGE = "coverage"
    NUMBER = "number"


class Column(NamedTuple):
    """A column of a table. ``is_detail``: a medium without room leaves it out, since other columns say as much in short."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    is_detail: bool = False


class Heading(NamedTuple):
    """The name of a part of the answer: all blocks up to the next heading. ``depth`` is 1 for a chapter of a long one."""

    text: str
    depth: int = 2


class Paragraph(NamedTuple):
    """Sentences. ``is_apart``: what stands above is of something else."""

    text: Text
    is_apart: bool = False


class Points(NamedTuple):
    """A list without an order."""

    items: tuple[Text, ...]


class Field(NamedTuple):
    """What is said under a label, line by line. An empty label: that of the field before. ``is_quiet``: it does not count."""

    label: str
    lines: tuple[Text, ...]
    is_quiet: bool = False


class Fields(NamedTuple):
    """Labels, and what is said under each."""

    fields: tuple[Field, ...]


class Item(NamedTuple):
    """An entry of a numbered list: a sentence about a cell of some coverage, and what is to be said of it."""

    coverage: Coverage
    sentence: str
    fields: tuple[Field, ...]


class Numbered(NamedTuple):
    """A list in order of importance, or that there is ``nothing`` in it."""

    items: tuple[Item, ...]
    nothing: str


class Entries(NamedTuple):
    """Things by their ids, or that there is ``nothing``."""

    entries: tuple[Field, ...]
    nothing: str


class SquareField(NamedTuple):
    """One field of a square."""

    title: str
    entries: Entries

    @property
    def blocks(self) -> "tuple[Block, ...]":
        """Return the same below a heading."""
        return Heading(self.title), self.entries


class Square(NamedTuple):
    """The four fields of a SWOT, row by row."""

    fields: tuple[SquareField, SquareField, SquareField, SquareField]


class TableCell(NamedTuple):
    """A cell of a table by its lines; with a coverage, its shape, its word and *number* stand above them."""

    lines: tuple[Text, ...]
    coverage: Coverage | None = None
    number: str = ""

    @classmethod
    def of(cls, content: "Text | TableCell") -> "TableCell":
        r"""Return a cell by its lines; a sign that begins a text is the cell's coverage.

        >>> TableCell.of((Sign(Coverage.FULL), "\nnot assessed: AT")).lines
        ('not assessed: AT',)
        """
        match content:
            case TableCell():
                return content
            case (Sign(coverage), *rest):
                below = plain(tuple(rest)).removeprefix("\n")
                return cls((below,) if below else (), coverage)
            case _:
                return cls((content,))


class Table(NamedTuple):
    """A table; its title and description are for those who cannot see it. The first column names the rows."""

    title: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text | TableCell, ...], ...]


class GridCell(NamedTuple):
    """A cell of the matrix, of which each medium shows what it has room for.

    Attributes:
        coverage: How well it is covered.
        number: How many instruments serve it.
        is_fragile: Whether it would be a gap without one of them.
        share: How much of it, in words.
        names: The instruments, with ``!`` those without which it would be a gap.
        notes: Short notes.
        reasons: All that there is to say of why it is rated so.
    """

    coverage: Coverage
    number: int
    is_fragile: bool
    share: str
    names: tuple[str, ...]
    notes: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def content(self) -> TableCell:
        """Return the cell as one of a table."""
        number = f"{self.number}{'!' if self.is_fragile else ''}" if self.number else ""
        lines = (", ".join(self.names), "; ".join(self.reasons))
        return TableCell(tuple(line for line in lines if line), self.coverage, number)


class Grid(NamedTuple):
    """The matrix: roles down, levels across; ``counts`` are its cells by coverage."""

    title: str
    description: str
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    cells: tuple[tuple[GridCell, ...], ...]
    counts: tuple[tuple[Coverage, int], ...]

    @property
    def table(self) -> Table:
        """Return the same as a table that names the instruments and says why."""
        columns = (Column("Role"), *map(Column, self.levels))
        named = zip(self.roles, self.cells, strict=True)
        rows: tuple[tuple[Text | TableCell, ...], ...] = tuple(
            (role, *(cell.content for cell in cells)) for role, cells in named
        )
        return Table(self.title, self.description, columns, rows)

    @property
    def blocks(self) -> "tuple[Block, ...]":
        """Return the table, and below it how many cells of each coverage there are."""
        counts = (run for each, number in self.counts for run in (Sign(each), f" {number}. "))
        return self.table, Paragraph((*counts, MARKS))


class NamedGrid(Grid):
    """A grid whose instruments are named even where there is little room."""


class Step(NamedTuple):
    """What happens to a cell: how it was covered and is, in a few words, and why."""

    cell: str
    verb: str
    before: Coverage
    after: Coverage
    why: str

    @property
    def row(self) -> tuple[Text, ...]:
        """Return the step as a row below ``STEP_COLUMNS``."""
        return self.cell, self.verb, (Sign(self.before),), (Sign(self.after),), self.why


STEP_COLUMNS = (
    Column("Cell"),
    Column("Change"),
    Column("Before", ColumnKind.COVERAGE),
    Column("After", ColumnKind.COVERAGE),
    Column("Why"),
)


class Steps(NamedTuple):
    """What happens to cells."""

    steps: tuple[Step, ...]
    title: str = "Changes"

    @property
    def table(self) -> Table:
        """Return the same as a table."""
        rows = tuple(step.row for step in self.steps)
        return Table(self.title, "Each row is a cell that changes.", STEP_COLUMNS, rows)


class Day(NamedTuple):
    """A day on which cells change: because of what, which, and how many cells are covered then."""

    date: date
    because: str
    steps: tuple[Step, ...]
    outcome: str

    @property
    def blocks(self) -> "tuple[Block, ...]":
        """Return the same below a heading."""
        day = self.date.isoformat()
        steps = Steps(self.steps, f"Changes on {day}")
        return Heading(day), Paragraph(self.because), steps, Paragraph(self.outcome)


class Days(NamedTuple):
    """What happens to cells, day by day."""

    days: tuple[Day, ...]


class EditLine(NamedTuple):
    """What was done to a record: added, removed or changed; its name; and its keys that are not as they were."""

    what: str
    name: str
    details: str


class Edits(NamedTuple):
    """What was done to records."""

    edits: tuple[EditLine, ...]


class Code(NamedTuple):
    """Lines of a data file as they are to be written."""

    title: str
    text: str


Block = (
    Heading | Paragraph | Points | Fields | Numbered | Entries | Square | Table | Grid | Steps | Days | Edits | Code
)  # fmt: skip


class Document(NamedTuple):
    """An answer for people.

    Attributes:
        title: The answer in a line.
        blocks: What it says below.
        meanings: What its words mean, a sentence each.
        subject: What the answer is of, where the title does not say it: the dataset's title.
        question: What was asked, a sentence each, for who reads the answer away from it.
        source: Where the data comes from.
        remark: What a reader must know of the data; nothing of the reader's own.
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


# The same as rows

Value = str | int | float | date | None
"""A text, a number or a day; None where there is nothing to say. A coverage is a text of its own kind."""

Row = tuple[Value, ...]
"""The values of one row, in the order of its header."""


class Rows(NamedTuple):
    """An answer as a tidy table."""

    header: tuple[str, ...]
    rows: Iterable[Row]
