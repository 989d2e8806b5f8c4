"""The contents of a picture, or of the page of the gap map, before it is drawn; and a drawn picture."""

import enum
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from clustergap.analysis.coverage import Coverage
from clustergap.model.record import Source


class Caption(NamedTuple):
    """The words around a picture.

    Attributes:
        title: What the picture is about, or what it says.
        headline: The result in a line, or what is shown.
        foot: What its signs mean and where the data comes from, a paragraph each.
        description: What it shows, for those who cannot see it: all of it.
        alternative: The same in at most ``LONGEST_ALTERNATIVE`` characters.
    """

    title: str
    headline: str
    foot: tuple[str, ...]
    description: str
    alternative: str


LONGEST_ALTERNATIVE = 600
"""Characters of an alternative text: it is heard, not looked over."""


class PictureCell(NamedTuple):
    """A cell of a panel, with the paragraphs below the word for its coverage."""

    coverage: Coverage
    details: tuple[str, ...]


class Panel(NamedTuple):
    """A part of a picture: for each role a cell a column; the title is empty if there is only one."""

    title: str
    columns: tuple[str, ...]
    cells: tuple[tuple[PictureCell, ...], ...]


class GridPicture(NamedTuple):
    """Panels below each other, each with all roles down."""

    caption: Caption
    roles: tuple[str, ...]
    panels: tuple[Panel, ...]


class Naming(enum.Enum):
    """Whether the picture of a matrix names instruments or counts them."""

    AS_FITS = enum.auto()
    NAMES = enum.auto()
    COUNTS = enum.auto()


class ShareCell(NamedTuple):
    """A cell of the matrix, whose box is filled as far as it is covered.

    Attributes:
        coverage: How it is covered.
        beside: What stands beside the word for it: how much is covered, or how many instruments.
        lines: What stands below, a paragraph each.
        filled: The part of the width, of 1, that is covered in full; of a partial cell only.
        shaded: The part that is covered in full or in part.
        is_striped: Whether it is covered somewhere, and where is not said.
    """

    coverage: Coverage
    beside: str
    lines: tuple[str, ...] = ()
    filled: float = 0.0
    shaded: float = 0.0
    is_striped: bool = False


class LevelHead(NamedTuple):
    """What stands above a level's cells: its name, how many places it has, and how many cells are covered how, worst first."""

    name: str
    unit: str
    counts: tuple[tuple[Coverage, str], ...]


class MatrixRow(NamedTuple):
    """A role with its cells; ``there_is``: what there is at the one level that is shown."""

    role: str
    cells: tuple[ShareCell, ...]
    there_is: str = ""


class MatrixView(NamedTuple):
    """The rows of a matrix, and what the line below the title says of them.

    Attributes:
        headline: What is shown, and how.
        rows: The roles that have room.
        rest: How many roles more there are, and for each level how they are covered; empty if all roles are shown.
    """

    headline: str
    rows: tuple[MatrixRow, ...]
    rest: tuple[str, ...]


class Key(NamedTuple):
    """An entry of a legend: how a coverage looks, and what that means."""

    cell: ShareCell
    meaning: str


class MatrixPicture(NamedTuple):
    """The matrix, levels across, with its instruments by name or by number.

    Attributes:
        caption: The words around it, but for the line below the title.
        levels: The heads of the columns.
        named: The rows with the names of instruments.
        counted: The rows with numbers only, one line each.
        has_many_roles: Whether there are so many that they are counted if nobody asks for names.
        keys: The legend: only looks that occur.
        mark: What ``!`` means; empty if nothing is marked.
        corner: The head of the roles' column, and that of what there is, if there is one level.
    """

    caption: Caption
    levels: tuple[LevelHead, ...]
    named: MatrixView
    counted: MatrixView
    has_many_roles: bool
    keys: tuple[Key, ...]
    mark: str
    corner: tuple[str, ...]


class StripSpan(NamedTuple):
    """Days on which a cell does not change. ``starts`` is None for the first span; the longest of ``words`` that fits is written."""

    coverage: Coverage
    starts: date | None
    words: tuple[str, ...]


Strip = tuple[StripSpan, ...]
"""The spans of one cell."""


class TimelinePicture(NamedTuple):
    """Coverage from the first day to the last: one strip for each cell, by role, then level; a dotted line on each day that is marked."""

    caption: Caption
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    strips: tuple[tuple[Strip, ...], ...]
    first: date
    last: date
    data_date: date | None
    marked: tuple[date, ...]


class GapMapPage(NamedTuple):
    """The page of the gap map: the matrix on any day.

    Attributes:
        title: The dataset's title.
        sources: The sources of the data.
        parts: The names of the views that have something to show, and of what else the page needs for its data.
        fills: The percents of the shares that are drawn.
        counts: The numbers that are drawn as bars.
        words: What else the template shows, by its name in the template.
        lookup: What the script looks up, by its name in the script.
        matrix: The matrix, as the script saves it.
        columns: The columns of the table that the script saves.
        is_example: Whether saved files must say that the data is an example.
    """

    title: str
    sources: Sequence[Source]
    parts: Collection[str]
    fills: Sequence[float]
    counts: Sequence[int]
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
"""Pixels of a side: a shorter one makes an icon, a longer one few programs open."""

FileT = TypeVar("FileT", str, bytes)


class Drawing(NamedTuple, Generic[FileT]):
    """A drawn picture: the file, its size, its description, and remarks for its reader."""

    file: FileT
    size: Size
    description: str
    remarks: tuple[str, ...] = ()
