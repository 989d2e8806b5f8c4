"""The matrix drawn: one row a role, one column a level, and what all of it means below; nothing clipped."""

from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import (
    describe,
    labels,
    query_in_words,
    size_in_words,
    source_in_words,
)
from clustergap.document import Origin
from clustergap.errors import ClusterGapError
from clustergap.model.cell import Cell
from clustergap.render.grammar.cell_box import CellBox, Column, details_of
from clustergap.render.grammar.drawn import Drawn
from clustergap.render.grammar.frame import fit
from clustergap.render.grammar.picture import (
    BODY,
    GAP,
    HEAD,
    MARGIN,
    PADDING,
    SMALL,
    TITLE,
    Picture,
    column_for,
    longest_word,
)
from clustergap.render.grammar.size import Size
from clustergap.render.grammar.svg import write_lines
from clustergap.text import count
from clustergap.theme import GAP_DEFINITION

LEAST, LEAST_ROLE, LEAST_LEVEL = 480.0, 160.0, 140.0
"""The narrowest picture and the narrowest columns that read well, in pixels."""

WIDE, WIDE_LEVEL = 1140.0, 240.0
"""What they measure where nobody asks for a size."""

LONGEST_WORD = 400.0
"""Pixels up to which a word widens its column; what is longer, such as an address, is broken."""

ROLES_PART = 0.2
"""How much of the width the roles' names may have; they need no more than stands on one line."""

READABLE = 8.0
"""Pixels below which a text is no more than a pattern."""


def draw_matrix(matrix: Matrix, origin: Origin, size: Size | None) -> Drawn[str]:
    """Draw a matrix as an SVG: laid out for *size* if it is given, as it reads well on a page if not.

    Raises:
        ClusterGapError: It has no room in *size*.
    """
    drawing = MatrixDrawing(matrix, origin)
    title, description = matrix.dataset.title, describe(matrix, origin)
    if size is None:
        picture = drawing.draw(drawing.width())
        return Drawn(picture.finish(title, description), picture.size)
    _refuse_dust(matrix, size)
    picture = fit(drawing.draw, drawing.least_width(), size)
    smallest = SMALL.size * picture.scale_in(size)
    remark = f"the smallest text is {smallest:.1f} pixels high: --role and --level show less, a larger --size more"
    remarks = (remark,) if smallest < READABLE else ()
    return Drawn(picture.finish(title, description, size), size, remarks)


def _refuse_dust(matrix: Matrix, size: Size) -> None:
    # Where a letter would be less than a pixel, nothing is worth the minutes of laying it out.
    rows = size.height / (HEAD.leading + 2 * PADDING + GAP) * SMALL.size
    columns = size.width / (LEAST_LEVEL + GAP) * SMALL.size
    if len(matrix.roles) > rows or len(matrix.levels) > columns:
        raise ClusterGapError(
            f"{size_in_words(matrix)} have no room in {size.width}x{size.height} pixels: "
            "show less with --role and --level, or say a larger --size"
        )


class MatrixDrawing:
    """A matrix whose words are known, to be drawn at any width."""

    def __init__(self, matrix: Matrix, origin: Origin) -> None:
        self.matrix, self.origin = matrix, origin
        label = labels(matrix)
        self.details = {rating.cell: details_of(rating, label) for rating in matrix}
        names = [role.name for role in matrix.roles]
        self.role = column_for(names, HEAD, LEAST_ROLE)
        self.whole_role = max([self.role, *(HEAD.width(name) + PADDING for name in names)])
        inside = longest_word((line for lines in self.details.values() for line in lines), SMALL)
        above = longest_word((level.name for level in matrix.levels), HEAD)
        self.level = min(LONGEST_WORD, max(inside + 2 * PADDING, above))

    def least_width(self) -> float:
        """Return the width below which words would be broken, in pixels."""
        title = longest_word([self.matrix.dataset.title], TITLE)
        return max(LEAST, 2 * MARGIN + title, self._width(LEAST_LEVEL))

    def width(self) -> float:
        """Return the width that reads well on a page, in pixels."""
        return max(WIDE, self._width(WIDE_LEVEL))

    def _width(self, level: float) -> float:
        step = max(level, self.level) + GAP
        return 2 * MARGIN + self.role + len(self.matrix.levels) * step - GAP

    def draw(self, width: float) -> Picture:
        """Draw all of it at *width*, in pixels."""
        matrix, picture = self.matrix, Picture(width)
        summary, asked = matrix.summary(), query_in_words(matrix.query)
        picture.paragraph(matrix.dataset.title, TITLE)
        gaps = f"{summary.none} not covered and {summary.partial} partly covered"
        picture.paragraph(f"{gaps} of {count(summary.cells, 'cell')}, {asked}", BODY)
        picture.y += PADDING
        self._draw_cells(picture)
        picture.legend(SMALL)
        picture.paragraph(
            f"{GAP_DEFINITION} A name with ! is one without which the cell would be a gap.", SMALL
        )
        picture.paragraph(source_in_words(matrix.dataset, self.origin, asked), SMALL)
        return picture

    def _draw_cells(self, picture: Picture) -> None:
        columns = self._columns(picture.width)
        names = [
            HEAD.wrap(level.name, column.width)
            for level, column in zip(self.matrix.levels, columns, strict=True)
        ]
        for column, lines in zip(columns, names, strict=True):
            picture.parts += write_lines(column.left, picture.y, lines, HEAD)
        picture.y += max(map(len, names)) * HEAD.leading + GAP
        for role in self.matrix.roles:
            cells = [Cell(role.id, level.id) for level in self.matrix.levels]
            boxes = [
                CellBox(self.matrix.ratings[cell].coverage, self.details[cell], column)
                for cell, column in zip(cells, columns, strict=True)
            ]
            room = columns[0].left - MARGIN - PADDING
            _draw_row(picture, HEAD.wrap(role.name, room), boxes)

    def _columns(self, width: float) -> list[Column]:
        spare = width - self._width(LEAST_LEVEL)
        role = min(self.whole_role, max(self.role, width * ROLES_PART), self.role + spare)
        left, levels = MARGIN + role, len(self.matrix.levels)
        step = (width - MARGIN - left + GAP) / levels
        return [Column(left + n * step, step - GAP) for n in range(levels)]


def _draw_row(picture: Picture, name: list[str], boxes: list[CellBox]) -> None:
    height = max(len(name) * HEAD.leading + 2 * PADDING, *(box.least_height() for box in boxes))
    picture.parts += write_lines(MARGIN, picture.y + PADDING, name, HEAD)
    for box in boxes:
        picture.parts += box.draw(picture.y, height)
    picture.y += height + GAP
