"""The matrix as tables: as many slides as its roles and levels need."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import gaps_in_words, labels, size_in_words, worst_in_words
from clustergap.model.cell import Cell
from clustergap.model.dataset import Level
from clustergap.render.pptx.coverage_cell import matrix_cell
from clustergap.render.pptx.grid import BESIDE, Grid, GridCell, GridPage, GridRow, largest
from clustergap.render.pptx.legend import legend
from clustergap.render.pptx.notes import notes_of_cells
from clustergap.render.pptx.paragraphs import height, strong
from clustergap.render.pptx.plan import GAP as BETWEEN
from clustergap.render.pptx.plan import Box, Slide, TablePart, TextPart, body_box, numbered
from clustergap.text import count

FIRST, NARROWEST = 180.0, 110.0
"""Widths of the column of roles, and of the others at the least."""

MOST_HEADER = 0.3
"""The part of the room that the names of levels may take."""

ROW = 70.0
"""How high rows become where there is room."""


class Sizes(NamedTuple):
    """Sizes of the letters: of names and coverage, and of what stands below."""

    head: float
    small: float


SIZES = (Sizes(18, 14), Sizes(16, 12), Sizes(14, 11), Sizes(12, 10))


def matrix_slides(matrix: Matrix, foot: TextPart) -> list[Slide]:
    """Show how every role is covered at every level."""
    title = _title(matrix)
    room = body_box(title, foot)
    keys = legend(matrix, room.y + room.height)
    room = room._replace(height=min(key.box.y for key in keys) - BETWEEN - room.y)
    slides = []
    for levels, page in _pages(matrix, room):
        cells = {Cell(row.about, level.id) for row in page.rows for level in levels}
        table = TablePart(room._replace(height=page.height), page, _description(matrix))
        notes = notes_of_cells(matrix.dataset, cells)
        slides.append(Slide(title, (table, *keys), notes))
    return numbered(slides)


def _title(matrix: Matrix) -> str:
    summary = matrix.summary()
    gaps = count(summary.none + summary.partial, "gap")
    return f"{gaps} in {count(summary.cells, 'cell')}: {size_in_words(matrix)}"


def _description(matrix: Matrix) -> str:
    return f"Table of coverage by role and level. {gaps_in_words(matrix)} {worst_in_words(matrix)}".strip()


def _pages(matrix: Matrix, room: Box) -> Iterator[tuple[Sequence[Level], GridPage]]:
    number = _columns(matrix.levels, room)
    groups = [matrix.levels[n : n + number] for n in range(0, len(matrix.levels), number)]
    for levels in groups:
        grids = (_grid(matrix, levels, sizes, room.width) for sizes in SIZES)
        fitting = largest(grids, room.height)
        yield from ((levels, page.stretched(room.height, ROW)) for page in fitting)


def _columns(levels: Sequence[Level], room: Box) -> int:
    most = int((room.width - FIRST) / NARROWEST)
    for groups in range(ceil(len(levels) / most), len(levels)):
        number = ceil(len(levels) / groups)
        width = (room.width - FIRST) / number - 2 * BESIDE
        names = (height((strong(level.name, SIZES[-1].head),), width) for level in levels)
        if max(names) <= MOST_HEADER * room.height:
            return number
    return 1


def _grid(matrix: Matrix, levels: Sequence[Level], sizes: Sizes, width: float) -> Grid:
    label, column = labels(matrix), (width - FIRST) / len(levels)
    header = ("Role", *(level.name for level in levels))
    rows = [
        GridRow(
            (
                GridCell((strong(role.name, sizes.head),)),
                *(
                    matrix_cell(matrix.ratings[Cell(role.id, level.id)], label, *sizes)
                    for level in levels
                ),
            ),
            role.id,
        )
        for role in matrix.roles
    ]
    return Grid(
        (FIRST, *(column for _ in levels)),
        GridRow(tuple(GridCell((strong(name, sizes.head),)) for name in header)),
        rows,
    )
