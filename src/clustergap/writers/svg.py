"""Pictures as SVG: places side by side and the timeline, drawn at a width that reads well; the matrix has its own layout."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.masthead import Logo
from clustergap.picture import (
    Drawing,
    GridPicture,
    MatrixPicture,
    Naming,
    Panel,
    PictureCell,
    Size,
    Strip,
    StripSpan,
    TimelinePicture,
)
from clustergap.text import short_day
from clustergap.theme import TEXT_COLOURS, WORDS
from clustergap.writers.canvas import (
    GAP,
    HEAD,
    LOGO_STRIP,
    LONGEST_WORD,
    MARGIN,
    PADDING,
    SHAPE,
    SMALL,
    Attributes,
    Box,
    Canvas,
    Face,
    column_for,
    draw_box,
    draw_shape,
    element,
    longest_word,
    put_logo,
    rect,
    write_line,
    write_lines,
)
from clustergap.writers.matrix_layout import draw_matrix

Picture = MatrixPicture | GridPicture | TimelinePicture


def write(
    picture: Picture,
    size: Size | None = None,
    naming: Naming = Naming.AS_FITS,
    logo: Logo | None = None,
) -> Drawing[str]:
    """Draw a picture; the matrix laid out for *size* if it is given, and with names or numbers as is asked; a logo above."""
    if logo is not None:
        below = size and size._replace(height=size.height - LOGO_STRIP)
        return put_logo(write(picture, below, naming), logo)
    match picture:
        case MatrixPicture():
            return draw_matrix(picture, size, naming)
        case TimelinePicture():
            return _draw_timeline(picture)
        case GridPicture():
            return _draw_grid(picture)


# Panels: a row for each role, a column for each level or place, the legend below; nothing is clipped.

LEAST_ROLE, LEAST_COLUMN = 160.0, 140.0
"""The narrowest columns that read well, in pixels."""

WIDE, WIDE_COLUMN = 1140.0, 240.0
"""The usual widths of the picture and of a column."""

ROLES_PART = 0.2
"""The part of the width that the names of roles may take, unless they fit on one line in less."""

LOUD = replace(HEAD, size=20)
"""The face of gaps, which stand out."""

PANEL = replace(HEAD, size=18)
"""The face of the title of a panel."""


def _draw_grid(picture: GridPicture) -> Drawing[str]:
    layout = GridLayout(picture)
    return layout.draw(layout.width()).finish(picture.caption)


def most_columns(picture: GridPicture) -> int:
    """Return the number of columns of the widest panel."""
    return max(len(panel.columns) for panel in picture.panels)


class GridLayout:
    """The layout of panels below each other, which can be drawn at any width; their columns are equally wide."""

    def __init__(self, picture: GridPicture) -> None:
        self.picture, self.most = picture, most_columns(picture)
        self.role = column_for(picture.roles, HEAD, LEAST_ROLE)
        whole_names = (HEAD.width(name) + PADDING for name in picture.roles)
        self.whole_role = max([self.role, *whole_names])
        cells = (cell for panel in picture.panels for row in panel.cells for cell in row)
        inside = longest_word((words for cell in cells for words in cell.details), SMALL)
        names = (name for panel in picture.panels for name in panel.columns)
        self.column = min(LONGEST_WORD, max(inside + 2 * PADDING, longest_word(names, HEAD)))

    def width(self) -> float:
        """Return the width that reads well on a page, in pixels."""
        return max(WIDE, self._width(WIDE_COLUMN))

    def _width(self, column: float) -> float:
        step = max(column, self.column) + GAP
        return 2 * MARGIN + self.role + self.most * step - GAP

    def draw(self, width: float) -> Canvas:
        """Draw the panels at *width*, in pixels."""
        canvas = Canvas(width)
        canvas.head(self.picture.caption)
        columns = self._columns(width)
        for panel in self.picture.panels:
            self._draw_panel(canvas, panel, columns[: len(panel.columns)])
        cells = (cell for panel in self.picture.panels for row in panel.cells for cell in row)
        canvas.foot(self.picture.caption, SMALL, {cell.coverage for cell in cells})
        return canvas

    def _draw_panel(self, canvas: Canvas, panel: Panel, columns: "list[_Column]") -> None:
        if panel.title:
            canvas.y += PADDING
            canvas.paragraph(panel.title, PANEL)
        names = [
            HEAD.wrap(name, column.width)
            for name, column in zip(panel.columns, columns, strict=True)
        ]
        for column, lines in zip(columns, names, strict=True):
            canvas.parts += write_lines(column.left, canvas.y, lines, HEAD)
        canvas.y += max(map(len, names)) * HEAD.leading + GAP
        room = columns[0].left - MARGIN - PADDING
        for role, cells in zip(self.picture.roles, panel.cells, strict=True):
            boxes = [_CellBox(*pair) for pair in zip(cells, columns, strict=True)]
            _draw_row(canvas, HEAD.wrap(role, room), boxes)

    def _columns(self, width: float) -> "list[_Column]":
        spare = width - self._width(LEAST_COLUMN)
        role = min(self.whole_role, max(self.role, width * ROLES_PART), self.role + spare)
        left = MARGIN + role
        step = (width - MARGIN - left + GAP) / self.most
        return [_Column(left + n * step, step - GAP) for n in range(self.most)]


class _Column(NamedTuple):
    """The place of a column, in pixels."""

    left: float
    width: float


class _CellBox:
    """One cell in its column: shape, word, and lines of details."""

    def __init__(self, cell: PictureCell, column: _Column) -> None:
        self.coverage, self.column = cell.coverage, column
        room = column.width - 2 * PADDING
        self.lines = [line for detail in cell.details for line in SMALL.wrap(detail, room)]
        self.face = replace(
            LOUD if cell.coverage is Coverage.NONE else HEAD, fill=TEXT_COLOURS[cell.coverage]
        )

    def least_height(self) -> float:
        """Return the height that the cell needs, in pixels."""
        return 2 * PADDING + self.face.leading + len(self.lines) * SMALL.leading

    def draw(self, y: float, height: float) -> list[str]:
        """Draw the cell from *y* down."""
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


# The timeline: a strip for each cell, the years from left to right.

WIDTH, ROLE_WIDTH, LEVEL_WIDTH, STRIP, ROOM_FOR_YEAR = 1280.0, 200.0, 80.0, 24.0, 72.0

WORD = Face(15)
"""On a slide, which is as high as a picture of a few roles, this is 11 pt."""

NARROW = 12.0
"""Pixels below which a span has no border: a gap is filled with the colour of its border."""

INK = "#1A1A1A"

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Possible numbers of years between two that are named."""


def _draw_timeline(picture: TimelinePicture) -> Drawing[str]:
    canvas = Canvas(WIDTH)
    canvas.head(picture.caption)
    _Strips(canvas, picture).draw()
    spans = (span for strips in picture.strips for strip in strips for span in strip)
    canvas.foot(picture.caption, WORD, {span.coverage for span in spans})
    return canvas.finish(picture.caption)


class _Axis(NamedTuple):
    """Days from left to right, from ``begins`` to ``ends``, the day after the last, as ordinals."""

    begins: int
    ends: int
    left: float
    width: float

    def x(self, day: date) -> float:
        part = (day.toordinal() - self.begins) / (self.ends - self.begins)
        return self.left + self.width * min(1.0, max(0.0, part))

    def years(self) -> Iterator[tuple[float, int]]:
        """Walk through the years that are named, each with the position of its first day."""
        first = date.fromordinal(self.begins).year
        last = date.fromordinal(self.ends - 1).year
        most = self.width / ROOM_FOR_YEAR
        step = next((step for step in STEPS if (last - first + 1) / step <= most), STEPS[-1])
        for year in range(first, last + 1):
            day = date(year, 1, 1)
            if year % step == 0 and self.begins <= day.toordinal() < self.ends:
                x = self.x(day)
                if x + ROOM_FOR_YEAR / 2 < self.left + self.width:
                    yield x, year


class _Strips:
    """A strip for each cell, by role, then level, below the years."""

    def __init__(self, canvas: Canvas, picture: TimelinePicture) -> None:
        self.canvas, self.picture = canvas, picture
        self.role = column_for(picture.roles, HEAD, ROLE_WIDTH)
        self.level = column_for(picture.levels, WORD, LEVEL_WIDTH)
        left = MARGIN + self.role + self.level
        begins, ends = picture.first.toordinal(), picture.last.toordinal() + 1
        self.axis = _Axis(begins, ends, left, canvas.width - MARGIN - left)

    def draw(self) -> None:
        canvas, axis = self.canvas, self.axis
        for x, year in axis.years():
            canvas.parts.append(write_line(x + 3, canvas.y + WORD.size, str(year), WORD))
        top = canvas.y
        lines = len(canvas.parts)
        canvas.y += WORD.leading + 4
        for role, strips in zip(self.picture.roles, self.picture.strips, strict=True):
            self.draw_role(role, strips)
        # Drawn behind the strips, so written before them.
        height = canvas.y - top - GAP
        canvas.parts[lines:lines] = [_line(x, top, height, "#C8C8C8") for x, _ in axis.years()]
        self.draw_marked(top + WORD.leading, canvas.y - GAP)
        self.draw_data_date(top + WORD.leading, canvas.y - GAP)

    def draw_role(self, role: str, strips: tuple[Strip, ...]) -> None:
        canvas, top = self.canvas, self.canvas.y
        words = HEAD.wrap(role, self.role - PADDING)
        canvas.parts += write_lines(MARGIN, top + 3, words, HEAD)
        for level, strip in zip(self.picture.levels, strips, strict=True):
            names = WORD.wrap(level, self.level - GAP)
            height = max(STRIP, len(names) * WORD.leading + 4)
            canvas.parts += write_lines(MARGIN + self.role, canvas.y + 2, names, WORD)
            canvas.parts += self.draw_strip(strip, height)
            canvas.y += height + 2
        canvas.y = max(canvas.y, top + len(words) * HEAD.leading) + GAP

    def draw_strip(self, strip: Strip, height: float) -> list[str]:
        axis, parts = self.axis, list[str]()
        edges = [axis.left, *(axis.x(span.starts) for span in strip if span.starts)]
        edges.append(axis.left + axis.width)
        for n, span in enumerate(strip):
            # Even one day among many years is visible.
            width = max(2.0, edges[n + 1] - edges[n])
            parts += _draw_span(span, Box(edges[n], self.canvas.y, width, height))
        return parts

    def draw_marked(self, top: float, bottom: float) -> None:
        axis = self.axis
        for day in self.picture.marked:
            if axis.begins <= day.toordinal() < axis.ends:
                x, height = axis.x(day), bottom - top
                # On a light ground, so that it is seen on a dark strip too.
                self.canvas.parts += [
                    _line(x, top, height, "#FFFFFF"),
                    _line(x, top, height, INK, "2 3"),
                ]

    def draw_data_date(self, top: float, bottom: float) -> None:
        day, axis = self.picture.data_date, self.axis
        if day is None or not axis.begins <= day.toordinal() < axis.ends:
            return
        canvas, x = self.canvas, axis.x(day)
        canvas.parts.append(_line(x, top, bottom - top + 4, INK))
        words = f"{short_day(day)}: the date of the data"
        left = min(x, axis.left + axis.width - WORD.width(words))
        canvas.parts.append(write_line(left, bottom + 4 + WORD.size, words, WORD))
        canvas.y += WORD.leading


def _draw_span(span: StripSpan, box: Box) -> list[str]:
    coverage = span.coverage
    if box.width < NARROW and coverage is Coverage.NONE:
        return [rect(box, TEXT_COLOURS[coverage])]
    face = replace(WORD, fill=TEXT_COLOURS[coverage])
    middle = box.y + box.height / 2
    parts = draw_box(coverage, box)
    left = box.x + GAP + 2 + SHAPE
    if box.width > 4 * SHAPE:
        parts += draw_shape(coverage, left, middle, face.fill)
    room = box.x + box.width - left - 2 * SHAPE - GAP
    words = next((words for words in span.words if face.width(words) <= room), "")
    if words:
        parts.append(write_line(left + 2 * SHAPE, middle + face.size / 2 - 2, words, face))
    return parts


def _line(x: float, y: float, height: float, stroke: str, dashes: str = "") -> str:
    line: Attributes = {"x1": x, "y1": y, "x2": x, "y2": y + height, "stroke": stroke}
    if dashes:
        line = {**line, "stroke-dasharray": dashes}
    return element("line", line)
