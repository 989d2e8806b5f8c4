"""What a picture of an answer, or the page of the gap map, shows before it is drawn, and what a drawn picture is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from clustergap.analysis.coverage import Coverage
from clustergap.model.record import Source


class Caption(NamedTuple):
    """The words around a picture.

    Attributes:
        title: What it is of.
        headline: What was found, in a line.
        foot: What its signs mean and where the data comes from, a paragraph each.
        description: What it shows, for those who cannot see it.
    """

    title: str
    headline: str
    foot: tuple[str, ...]
    description: str


class PictureCell(NamedTuple):
    """A cell of the matrix, and what stands below its word, in paragraphs."""

    coverage: Coverage
    details: tuple[str, ...]


class MatrixPicture(NamedTuple):
    """The matrix: roles down, levels across."""

    caption: Caption
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    cells: tuple[tuple[PictureCell, ...], ...]


class StripSpan(NamedTuple):
    """Days on which a cell does not change; None starts at the beginning. The longest of its words that has room is written."""

    coverage: Coverage
    starts: date | None
    words: tuple[str, ...]


Strip = tuple[StripSpan, ...]
"""The days of one cell."""


class TimelinePicture(NamedTuple):
    """Coverage from the first day to the last: a strip a cell, level below level, role below role."""

    caption: Caption
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    strips: tuple[tuple[Strip, ...], ...]
    first: date
    last: date
    data_date: date | None


LongestRow = tuple[str, Sequence[tuple[str, str]]]
"""A role's name and, of each of its cells, the longest words that it has on any day, and the longest names of instruments."""


class GapMapPage(NamedTuple):
    """The page of the gap map: the matrix on any day.

    Attributes:
        title: The dataset's title.
        summary: The two sentences below it.
        longest_rows: The matrix, as much as it ever says.
        sources: What the data cites.
        words: What else the template shows, by the name that it has there.
        lookup: What the script looks up, by the name that it has there.
        matrix: The matrix, as the script saves it.
        columns: Its columns, where the script saves it as a table.
        is_example: Whether what is saved must say that it is an example.
    """

    title: str
    summary: tuple[str, str]
    longest_rows: Sequence[LongestRow]
    sources: Sequence[Source]
    words: Mapping[str, object]
    lookup: Mapping[str, object]
    matrix: BaseModel
    columns: Sequence[str]
    is_example: bool


class Size(NamedTuple):
    """How large a picture is, in pixels."""

    width: int
    height: int


SHORTEST_SIDE, LONGEST_SIDE = 100, 10_000
"""Pixels a side: what is shorter is an icon, what is longer few programs open."""

FileT = TypeVar("FileT", str, bytes)


class Drawing(NamedTuple, Generic[FileT]):
    """A drawn picture: the file, how large it is, what it shows in words, and what its reader should know."""

    file: FileT
    size: Size
    description: str
    remarks: tuple[str, ...] = ()
