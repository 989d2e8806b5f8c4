"""What workbooks and slides are made of, before a writer lays them out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.document import Block, Fields, Grid, Heading, Paragraph, Rows, Table
from clustergap.list_format.reference_layout import ReferenceTable
from clustergap.model.cell import Cell

# A workbook: its sheets, each a list, a page of texts or what explains the others


class ListSheet(NamedTuple):
    """Rows as a table that can be sorted and filtered, or the sentence that there is *nothing* to list."""

    name: str
    rows: Rows
    nothing: str


class TableColumn(NamedTuple):
    """A column of a small table of the same workbook, by the table's title and its place."""

    title: str
    column: int


class Choice(NamedTuple):
    """Words to choose from, or the column that holds them; and a remark for who types other words."""

    source: tuple[str, ...] | TableColumn
    remark: str


class FormColumn(NamedTuple):
    """A column that people fill in.

    Attributes:
        key: What it holds; what is a ``url`` is a link.
        heading: What stands above it.
        meaning: What its heading says to whoever stands on it.
        choice: What one chooses from.
        room: Letters for which there is room, whatever it holds already.
    """

    key: str
    heading: str
    meaning: str = ""
    choice: Choice | None = None
    room: float = 0


class FormSheet(NamedTuple):
    """A list to be edited or filled in: its rows, and how many empty ones behind them belong to it."""

    name: str
    columns: tuple[FormColumn, ...]
    rows: Sequence[tuple[str, ...]]
    free: int


class Legend(NamedTuple):
    """What the words for coverage mean."""


class CoverageCounts(NamedTuple):
    """How many cells of each coverage there are, by the names of what they are counted in."""

    noun: str
    rows: tuple[tuple[str, Mapping[Coverage, int]], ...]


class SheetList(NamedTuple):
    """Other sheets of the workbook, and what each holds."""

    sheets: Mapping[str, str]


PageBlock = Heading | Paragraph | Fields | Grid | Table | Legend | CoverageCounts | SheetList


class PageSheet(NamedTuple):
    """Texts, tables and pictures below each other."""

    name: str
    blocks: tuple[PageBlock, ...]


class AboutSheet(NamedTuple):
    """What the words of a workbook mean, and below it the small tables that a program reads back."""

    name: str
    blocks: tuple[Fields | Legend, ...]
    tables: tuple[ReferenceTable, ...] = ()


WorkbookSheet = ListSheet | FormSheet | PageSheet | AboutSheet


class Workbook(NamedTuple):
    """A workbook.

    Attributes:
        title: What the data are.
        subject: What it answers.
        remark: What its reader must know of the data.
        footer: What stands at the foot of every printed page.
        sheets: Its sheets, from the first to the last.
    """

    title: str
    subject: str
    remark: str
    footer: str
    sheets: tuple[WorkbookSheet, ...]


# Slides: what each says, and where it is known from


class Citation(NamedTuple):
    """A source by its key, a place in it, and the cells of which something is said there."""

    key: str
    locator: str | None = None
    cells: frozenset[Cell] = frozenset()


class Slide(NamedTuple):
    """What is said on one slide, or on several if it has no room on one.

    Attributes:
        title: Of each of them.
        blocks: A matrix, a table, a square or a sentence; or lists, each behind a heading if it has one.
        description: What is to be seen, for those who cannot see it.
        citations: Where it is known from.
        cells: The cells of the matrix that each row of a matrix or table is about, by its columns.
    """

    title: str
    blocks: tuple[Block, ...]
    description: str
    citations: tuple[Citation, ...]
    cells: tuple[tuple[Cell, ...], ...] = ()


class Deck(NamedTuple):
    """Slides, of which the first says what was asked and found.

    Attributes:
        title: What the data are.
        question: What was asked.
        headline: How many gaps there are.
        worst: The worst of them.
        source: Where the data comes from.
        foot: What stands at the foot of every other slide: of what data it is.
        slides: Those behind the first.
        sources: All that is known of where each source can be found, by its key.
    """

    title: str
    question: str
    headline: str
    worst: str
    source: str
    foot: str
    slides: tuple[Slide, ...]
    sources: Mapping[str, str]
