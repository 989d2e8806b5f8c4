"""The matrix drawn: one row a role, one column a level, and what all of it means below; nothing clipped."""

from dataclasses import replace
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.errors import ClusterGapError
from clustergap.picture import Drawing, MatrixPicture, PictureCell, Size
from clustergap.text import count
from clustergap.theme import INKS, WORDS
from clustergap.writers.svg import (
    GAP,
    HEAD,
    MARGIN,
    PADDING,
    SHAPE,
    SMALL,
    TITLE,
    Box,
    Canvas,
    column_for,
    draw_box,
    draw_shape,
    fit,
    longest_word,
    write_line,
    write_lines,
)

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

LOUD = replace(HEAD, size=20)
"""A gap speaks before everything else does."""


def write(picture: MatrixPicture, size: Size | None = None) -> Drawing[str]:
    """Draw a matrix as an SVG: laid out for *size* if it is given, as it reads well on a page if not.

    Raises:
        ClusterGapError: It has no room in *size*.
    """
    layout = MatrixLayout(picture)
    if size is None:
        return layout.draw(layout.width()).finish(picture.caption)
    _refuse_dust(picture, size)
    canvas = fit(layout.draw, layout.least_width(), size)
    smallest = SMALL.size * canvas.scale_in(size)
    remark = f"the smallest text is {smallest:.1f} pixels high: --role and --level show less, a larger --size more"
    remarks = (remark,) if smallest < READABLE else ()
    return canvas.finish(picture.caption, size)._replace(remarks=remarks)


def _refuse_dust(picture: MatrixPicture, size: Size) -> None:
    # Where a letter would be less than a pixel, nothing is worth the minutes of laying it out.
    rows = size.height / (HEAD.leading + 2 * PADDING + GAP) * SMALL.size
    columns = size.width / (LEAST_LEVEL + GAP) * SMALL.size
    roles, levels = len(picture.roles), len(picture.levels)
    if roles > rows or levels > columns:
        raise ClusterGapError(
            f"{count(roles, 'role')} x {count(levels, 'level')} have no room in {size.width}x{size.height} pixels: "
            "show less with --role and --level, or say a larger --size"
        )


class MatrixLayout:
    """A matrix whose words are measured, to be drawn at any width."""

    def __init__(self, picture: MatrixPicture) -> None:
        self.picture = picture
        self.role = column_for(picture.roles, HEAD, LEAST_ROLE)
        whole_names = (HEAD.width(name) + PADDING for name in picture.roles)
        self.whole_role = max([self.role, *whole_names])
        details = (words for row in picture.cells for cell in row for words in cell.details)
        inside, above = longest_word(details, SMALL), longest_word(picture.levels, HEAD)
        self.level = min(LONGEST_WORD, max(inside + 2 * PADDING, above))

    def least_width(self) -> float:
        """Return the width below which words would be broken, in pixels."""
        title = longest_word([self.picture.caption.title], TITLE)
        return max(LEAST, 2 * MARGIN + title, self._width(LEAST_LEVEL))

    def width(self) -> float:
        """Return the width that reads well on a page, in pixels."""
        return max(WIDE, self._width(WIDE_LEVEL))

    def _width(self, level: float) -> float:
        step = max(level, self.level) + GAP
        return 2 * MARGIN + self.role + len(self.picture.levels) * step - GAP

    def draw(self, width: float) -> Canvas:
        """Draw all of it at *width*, in pixels."""
        canvas = Canvas(width)
        canvas.head(self.picture.caption)
        self._draw_cells(canvas)
        canvas.foot(self.picture.caption, SMALL)
        return canvas

    def _draw_cells(self, canvas: Canvas) -> None:
        columns = self._columns(canvas.width)
        names = [
            HEAD.wrap(level, column.width)
            for level, column in zip(self.picture.levels, columns, strict=True)
        ]
        for column, lines in zip(columns, names, strict=True):
            canvas.parts += write_lines(column.left, canvas.y, lines, HEAD)
        canvas.y += max(map(len, names)) * HEAD.leading + GAP
        room = columns[0].left - MARGIN - PADDING
        for role, cells in zip(self.picture.roles, self.picture.cells, strict=True):
            boxes = [_CellBox(*pair) for pair in zip(cells, columns, strict=True)]
            _draw_row(canvas, HEAD.wrap(role, room), boxes)

    def _columns(self, width: float) -> "list[_Column]":
        spare = width - self._width(LEAST_LEVEL)
        role = min(self.whole_role, max(self.role, width * ROLES_PART), self.role + spare)
        left, levels = MARGIN + role, len(self.picture.levels)
        step = (width - MARGIN - left + GAP) / levels
        return [_Column(left + n * step, step - GAP) for n in range(levels)]


class _Column(NamedTuple):
    """Where a column's words and boxes stand, in pixels."""

    left: float
    width: float


class _CellBox:
    """One cell in its column: its shape and word, and its details in lines."""

    def __init__(self, cell: PictureCell, column: _Column) -> None:
        self.coverage, self.column = cell.coverage, column
        room = column.width - 2 * PADDING
        self.lines = [line for detail in cell.details for line in SMALL.wrap(detail, room)]
        self.face = replace(
            LOUD if cell.coverage is Coverage.NONE else HEAD, fill=INKS[cell.coverage]
        )

    def least_height(self) -> float:
        """Return the height that its words need, in pixels."""
        return 2 * PADDING + self.face.leading + len(self.lines) * SMALL.leading

    def draw(self, y: float, height: float) -> list[str]:
        """Draw it from *y* down."""
        x, top, face = self.column.left + PADDING, y + PADDING, self.face
        small = replace(SMALL, fill=face.fill)
        box = Box(self.column.left, y, self.column.width, height)
        return [
            *draw_box(self.coverage, box),
            *draw_shape(self.coverage, x + SHAPE, top + face.size / 2 + 2, face.fill),
            write_line(x + 3 * SHAPE, top + face.size, WORDS[self.coverage], face),
            *write_lines(x, top + face.leading, self.lines, small),
        ]


def _draw_row(canvas: Canvas, name: list[str], boxes: list[_CellBox]) -> None:
    height = max(len(name) * HEAD.leading + 2 * PADDING, *(box.least_height() for box in boxes))
    canvas.parts += write_lines(MARGIN, canvas.y + PADDING, name, HEAD)
    for box in boxes:
        canvas.parts += box.draw(canvas.y, height)
    canvas.y += height + GAP
