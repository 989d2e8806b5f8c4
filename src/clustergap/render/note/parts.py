"""What a note is made of: sections of paragraphs, lists and tables, in plain text."""

from typing import NamedTuple

from clustergap.analysis.coverage import Coverage


class Words(NamedTuple):
    """A paragraph."""

    text: str
    is_strong: bool = False


class Points(NamedTuple):
    """A list without an order."""

    lines: tuple[str, ...]


class Item(NamedTuple):
    """An entry of a numbered list: a sentence about a cell of some coverage, and what is to be said of it."""

    coverage: Coverage
    sentence: str
    points: tuple[str, ...]


class Numbered(NamedTuple):
    """A list in order of importance."""

    items: tuple[Item, ...]


class TableCell(NamedTuple):
    """A cell of a table: its lines; with a coverage, its shape, its word and *number* stand above them."""

    lines: tuple[str, ...]
    coverage: Coverage | None = None
    number: str = ""


class Table(NamedTuple):
    """A table, and what it shows in words for those who cannot see it. The first column names the rows."""

    title: str
    description: str
    header: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]


class Reference(NamedTuple):
    """A source: the key that texts cite it by, what it is, and its address, if it has one."""

    key: str
    text: str
    url: str


class References(NamedTuple):
    """The sources."""

    sources: tuple[Reference, ...]


class Section(NamedTuple):
    """A part of a note under a heading; ``depth`` is 2 for a part of the section before it."""

    title: str
    blocks: tuple[Words | Points | Numbered | Table | References, ...]
    depth: int = 1


class Note(NamedTuple):
    """A note: what it is of, what was asked, and all its sections."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
