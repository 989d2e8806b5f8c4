"""A table on slides: how high its rows are, and which stand on which slide. All sizes are points."""

from collections.abc import Iterable, Iterator, Sequence
from math import fsum
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.render.pptx.paragraphs import Block, breaks_words, height, split

BESIDE, ABOVE = 7.0, 4.0
"""What a cell leaves free on each side of its words, and above and below them."""


_FEW = 4
"""Slides over which rows are shared out evenly: among more nobody sees that the last is not full."""


class GridCell(NamedTuple):
    """What a cell says; *repeated* of its first paragraphs stand again where it goes on."""

    block: Block
    coverage: Coverage | None = None
    repeated: int = 1


class GridRow(NamedTuple):
    """Cells beside each other, and the id of what they are about."""

    cells: tuple[GridCell, ...]
    about: str = ""


class Grid(NamedTuple):
    """A table: the widths of its columns, the row that stands above on each slide, and all others."""

    widths: tuple[float, ...]
    header: GridRow
    rows: Sequence[GridRow]


class GridPage(NamedTuple):
    """The part of a table that is on one slide; its first row is the header."""

    widths: tuple[float, ...]
    rows: tuple[GridRow, ...]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        """How high all rows are together."""
        return fsum(self.heights)

    def stretched(self, room: float, most: float) -> "GridPage":
        """Give rows below *most* what is left of *room*, each the same height if it can."""
        first, *others = self.heights
        level = min(most, max(others, default=0.0))
        while level < most and first + fsum(max(one, level + 1) for one in others) <= room:
            level += 1
        fuller = [max(one, level) for one in others]
        return self if first + fsum(fuller) > room else self._replace(heights=(first, *fuller))


def largest(grids: Iterable[Grid], room: float) -> list[GridPage]:
    """Return the first of *grids* that is on one slide and breaks no name, else the last over as few as it needs.

    Args:
        grids: One table in letters of several sizes, the largest first.
        room: How high it may be on a slide.
    """
    *larger, smallest = grids
    for grid in larger:
        found = paged(grid, room)
        if len(found) == 1 and not _breaks_names(grid):
            return found
    return _evenly_paged(smallest, room)


def _breaks_names(grid: Grid) -> bool:
    first = ((grid.widths[0], row.cells[0]) for row in grid.rows)
    names = (*zip(grid.widths, grid.header.cells, strict=True), *first)
    return any(breaks_words(cell.block, width - 2 * BESIDE) for width, cell in names)


def _evenly_paged(grid: Grid, room: float) -> list[GridPage]:
    # Over few slides the rows are shared out evenly.
    found = paged(grid, room)
    if not 1 < len(found) <= _FEW:
        return found
    tries = (paged(grid, room * part / 10) for part in range(5, 10))
    return next((one for one in tries if len(one) == len(found)), found)


def paged(grid: Grid, room: float) -> list[GridPage]:
    """Share out a table over slides with *room* each; a row that is higher goes on on the next."""
    top = row_height(grid, grid.header)
    found: list[GridPage] = []
    rows: list[GridRow] = []
    left = room - top
    for row, needed in _pieces(grid, room - top):
        if rows and needed > left:
            found.append(_page(grid, rows))
            rows, left = [], room - top
        rows.append(row)
        left -= needed
    return [*found, _page(grid, rows)] if rows or not found else found


def row_height(grid: Grid, row: GridRow) -> float:
    """Return how high a row is: as its highest cell."""
    cells = zip(grid.widths, row.cells, strict=True)
    return max(height(cell.block, width - 2 * BESIDE) for width, cell in cells) + 2 * ABOVE


def _pieces(grid: Grid, room: float) -> Iterator[tuple[GridRow, float]]:
    for whole in grid.rows:
        row, needed = whole, row_height(grid, whole)
        while needed > room:
            head, row = _split(grid, row, room - 2 * ABOVE)
            yield head, row_height(grid, head)
            needed = row_height(grid, row)
        yield row, needed


def _split(grid: Grid, row: GridRow, room: float) -> tuple[GridRow, GridRow]:
    heads, tails = [], []
    for width, cell in zip(grid.widths, row.cells, strict=True):
        head, tail = split(cell.block, width - 2 * BESIDE, room)
        heads.append(cell._replace(block=head))
        tails.append(_goes_on(cell, head, tail))
    return row._replace(cells=tuple(heads)), row._replace(cells=tuple(tails))


def _goes_on(cell: GridCell, head: Block, tail: Block) -> GridCell:
    again = cell.block[: cell.repeated]
    return cell._replace(block=(*again, *tail) if head[: len(again)] == again else tail)


def _page(grid: Grid, rows: Sequence[GridRow]) -> GridPage:
    shown = (grid.header, *rows)
    return GridPage(grid.widths, shown, tuple(row_height(grid, row) for row in shown))
