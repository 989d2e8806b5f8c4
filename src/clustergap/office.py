"""The parts of workbooks and slides, before a writer lays them out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.document import Block, Grid, Rows, Table
from clustergap.list_format.list_layout import ListColumn, ValueKind, write_flag
from clustergap.list_format.reference_layout import HEADERS, ReferenceTable
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Status
from clustergap.model.record import Named, NameIndex, Source, SourceRef
from clustergap.model.statement import Extent
from clustergap.prose import Fields, Heading, Paragraph

# A workbook: its sheets, each a list, a form, a page of texts, or an explanation of the others


class ListSheet(NamedTuple):
    """Rows as a table that can be sorted and filtered; ``nothing`` is the sentence for an empty one."""

    name: str
    rows: Rows
    nothing: str


class TableColumn(NamedTuple):
    """A column of a reference table of the same workbook, by the title of the table and its index."""

    title: str
    column: int


class Choice(NamedTuple):
    """Words to choose from, or the column that has them; and a remark for other words that are typed."""

    source: tuple[str, ...] | TableColumn
    remark: str


class FormColumn(NamedTuple):
    """A column that people fill in.

    Attributes:
        key: Its key; a ``url`` is written as a link.
        heading: Its heading.
        meaning: The explanation that the heading shows when selected.
        choice: The words to choose from.
        room: Letters for which there is room at least.
    """

    key: str
    heading: str
    meaning: str = ""
    choice: Choice | None = None
    room: float = 0


class FormSheet(NamedTuple):
    """A list to be edited or filled in: its rows, and how many empty ones follow them."""

    name: str
    columns: tuple[FormColumn, ...]
    rows: Sequence[tuple[str, ...]]
    free: int


class Legend(NamedTuple):
    """What the words for coverage mean."""


class CoverageCounts(NamedTuple):
    """How many cells of each coverage there are, a row for each name, such as a level."""

    noun: str
    rows: tuple[tuple[str, Mapping[Coverage, int]], ...]


class SheetList(NamedTuple):
    """Other sheets of the workbook, and what each contains."""

    sheets: Mapping[str, str]


PageBlock = Heading | Paragraph | Fields | Grid | Table | Legend | CoverageCounts | SheetList


class PageSheet(NamedTuple):
    """Texts, tables and pictures below each other."""

    name: str
    blocks: tuple[PageBlock, ...]


class AboutSheet(NamedTuple):
    """What the words of a workbook mean, and below it the reference tables, which import reads."""

    name: str
    blocks: tuple[Fields | Legend, ...]
    tables: tuple[ReferenceTable, ...] = ()


WorkbookSheet = ListSheet | FormSheet | PageSheet | AboutSheet


class Workbook(NamedTuple):
    """A workbook.

    Attributes:
        title: What the data is about.
        subject: What the workbook answers.
        remark: What its reader must know about the data.
        footer: The foot of every printed page.
        sheets: Its sheets in their order.
    """

    title: str
    subject: str
    remark: str
    footer: str
    sheets: tuple[WorkbookSheet, ...]


# Slides: what each says, and its sources


class Citation(NamedTuple):
    """A source by its key, a place in it, and the cells for which it is cited."""

    key: str
    locator: str | None = None
    cells: frozenset[Cell] = frozenset()


class Slide(NamedTuple):
    """The contents of one slide, or of several if one has too little room.

    Attributes:
        title: The title of each of them.
        blocks: A matrix, a table, a square or a sentence; or lists, each after its heading if it has one.
        description: What the slide shows, for those who cannot see it.
        citations: The sources that it cites.
        cells: The cells of the matrix that each row of a matrix or table is about, by its columns.
        meanings: What the words in a matrix mean, beside those of coverage; it stands below its legend.
        remarks: What the speaker may say of what is not shown, a line each.
    """

    title: str
    blocks: tuple[Block, ...]
    description: str
    citations: tuple[Citation, ...]
    cells: tuple[tuple[Cell, ...], ...] = ()
    meanings: str = ""
    remarks: tuple[str, ...] = ()


class Deck(NamedTuple):
    """Slides; the first one says what was asked and found.

    Attributes:
        title: What the data is about.
        question: What was asked.
        headline: What was found, in a sentence.
        worst: What more there is to it, in a few sentences.
        source: Where the data comes from.
        foot: The foot of every other slide, which names the data.
        slides: The slides after the first.
        sources: Each source in full, by its key.
    """

    title: str
    question: str
    headline: str
    worst: str
    source: str
    foot: str
    slides: tuple[Slide, ...]
    sources: Mapping[str, str]


def spell_out(source: Source) -> str:
    """Name a source with all that helps to find it.

    >>> spell_out(Source(title="A book", author="A. Writer", date="2019"))
    'A. Writer, A book, 2019'
    """
    parts = (source.author, source.title, source.publisher, source.date, source.url)
    return ", ".join(part for part in parts if part)


def cite(refs: Iterable[SourceRef], cells: Iterable[Cell] = ()) -> Iterator[Citation]:
    """Cite sources for some cells."""
    about = frozenset(cells)
    return (Citation(ref.ref, ref.locator, about) for ref in refs)


def cite_cells(dataset: Dataset, cells: Collection[Cell]) -> Iterator[Citation]:
    """Walk through the citations of instruments and observations that speak of *cells*, in file order."""
    yield from cite_instruments(dataset.instruments, cells)
    for cell, observations in dataset.observations.items():
        if cell in cells:
            for observation in observations:
                yield from cite(observation.sources, [cell])


def cite_instruments(
    instruments: Iterable[Instrument], cells: Collection[Cell]
) -> Iterator[Citation]:
    """Walk through the citations of instruments, where they speak of *cells*."""
    for instrument in instruments:
        covered = [cell for cell in instrument.covers if cell in cells]
        if covered:
            yield from cite(instrument.sources, covered)
        for cell in covered:
            for statement in instrument.covers[cell]:
                yield from cite(statement.sources, [cell])


# What a column of a workbook offers to choose from

Choices = Mapping[str, TableColumn]
"""The columns with the names of roles, levels and kinds, by the title of their table."""


def choices_of(dataset: Dataset, tables: Iterable[str]) -> Choices:
    """Return the columns to choose from in a workbook that has *tables* with these titles."""
    records: Mapping[str, Sequence[Named]] = {
        "Roles": dataset.roles,
        "Levels": dataset.levels,
        "Kinds": dataset.kinds,
    }
    return {title: _names_in(title, records[title]) for title in tables if title in records}


def _names_in(title: str, records: Sequence[Named]) -> TableColumn:
    names = NameIndex(records)
    # If two records share a name, only ids tell them apart.
    key = "name" if names.labels() == names.names() else "id"
    return TableColumn(title, HEADERS[title].index(key))


def choice_in(column: ListColumn, choices: Choices) -> Choice | None:
    """Return the choices of a column of the list; None if it takes any text."""
    sources = {
        ValueKind.EXTENT: tuple(extent.value for extent in Extent),
        ValueKind.STATUS: tuple(status.value for status in Status),
        ValueKind.FLAG: (write_flag(True), write_flag(False)),
        ValueKind.ROLE: choices.get("Roles"),
        ValueKind.LEVEL: choices.get("Levels"),
        ValueKind.KIND: choices.get("Kinds"),
    }
    source = sources.get(column.holds)
    return Choice(source, f"This column holds {column.holds.value}.") if source else None
