"""The picture of a matrix as SVG: a row for each role, a box for each cell, filled as far as it is covered.

It is 1,200 units wide unless its columns need more, or a size is asked for. Texts are wrapped and never cut.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.picture import (
    Drawing,
    MatrixPicture,
    MatrixRow,
    MatrixView,
    Naming,
    ShareCell,
    Size,
)
from clustergap.theme import TEXT_COLOURS, WORDS
from clustergap.writers.canvas import (
    GAP,
    LONGEST_WORD,
    SHAPE,
    Attributes,
    Box,
    Canvas,
    Face,
    draw_box,
    draw_shape,
    element,
    fit,
    longest_word,
    rect,
    write_end,
    write_line,
    write_lines,
    write_run,
)

MARGIN, WIDTH = 40.0, 1200.0
LEAST_ROLE, LEAST_COLUMN, ONLY_COLUMN = 180.0, 140.0, 200.0
"""Widths of the roles' column, of a level's, and of the only level's."""

READABLE = 8.0
"""Font size in pixels below which text cannot be read."""

BESIDE = 12.0
"""Units between columns, and between the name of a role and its cells."""

SOFT = "#4A5059"
TITLE, BELOW, FOOT = Face(30, "bold"), Face(17, fill=SOFT), Face(14, fill=SOFT)
PARTIAL_GROUND, STRIPE, FILL, SHADE, LINE = "#FDF1D6", "#FAE0A8", "#F6C667", "#FADC9C", "#7A5A00"
LEAST_FILL = 3.0
"""Units of the fill of the smallest share."""

TRIALS = 8
"""Widths of the roles' column that are tried."""

STRIPES = "stripes"


class ViewStyle(NamedTuple):
    """How a view is set: the faces of heads, roles and words, the room around the words of a cell, and between rows."""

    head: Face
    role: Face
    word: Face
    loud: Face
    rest: Face
    left: float
    right: float
    padding: float
    gap: float


NAMED = ViewStyle(
    Face(19, "bold"), Face(17, "bold"), Face(17), Face(21, "bold"), Face(15), 15, 12, 11, 6
)
COUNTED = ViewStyle(
    Face(17, "bold"), Face(15.5), Face(15), Face(15, "bold"), Face(14), 12, 8, 4, 2
)


def draw_matrix(picture: MatrixPicture, size: Size | None, naming: Naming) -> Drawing[str]:
    """Draw the matrix with names or numbers: as asked, else with names if there are few roles and it is not higher than wide.

    Args:
        picture: The matrix.
        size: The size in pixels for which it is laid out, if not the usual width.
        naming: What is asked for.
    """
    named, counted = (
        MatrixLayout(picture, *each)
        for each in ((picture.named, NAMED), (picture.counted, COUNTED))
    )
    if naming is Naming.COUNTS or (naming is Naming.AS_FITS and picture.has_many_roles):
        return _finish(counted.fitted(size), picture, counted, size)
    drawn = named.fitted(size)
    is_too_high = drawn.size.height > drawn.size.width
    is_unfit = is_too_high if size is None else _smallest(drawn, named, size) < READABLE
    if naming is Naming.AS_FITS and is_unfit:
        return _finish(counted.fitted(size), picture, counted, size)
    return _finish(drawn, picture, named, size)


def _smallest(canvas: Canvas, layout: "MatrixLayout", size: Size) -> float:
    return min(FOOT.size, layout.style.rest.size) * canvas.scale_in(size)


def _finish(
    canvas: Canvas, picture: MatrixPicture, layout: "MatrixLayout", size: Size | None
) -> Drawing[str]:
    drawing = canvas.finish(picture.caption, size)
    if size is None or _smallest(canvas, layout, size) >= READABLE:
        return drawing
    pixels = _smallest(canvas, layout, size)
    remark = f"the smallest text is {pixels:.1f} pixels high: --role and --level show less, a larger --size more"
    return drawing._replace(remarks=(remark,))


class MatrixLayout:
    """The layout of one view of a matrix, which can be drawn at any width; its columns are equally wide."""

    def __init__(self, picture: MatrixPicture, view: MatrixView, style: ViewStyle) -> None:
        self.picture, self.view, self.style = picture, view, style
        self.cells = [cell for row in view.rows for cell in row.cells]
        self.is_alone = len(picture.levels) == 1

    def fitted(self, size: Size | None) -> Canvas:
        """Draw it at its own width, or at that which can be drawn largest in *size*."""
        if size is None:
            return self.draw(max(WIDTH, self.least_width))
        return fit(self.draw, self.least_width, size)

    @cached_property
    def role(self) -> float:
        """The least width of the roles' column."""
        names = [*(row.role for row in self.view.rows), self.picture.corner[0]]
        return max(LEAST_ROLE, min(LONGEST_WORD, longest_word(names, self.style.role)) + BESIDE)

    @cached_property
    def column(self) -> float:
        """The least width of a column in which no word is broken."""
        lines = (line for cell in self.cells for line in (*cell.lines, cell.beside))
        inside = longest_word(lines, self.style.rest)
        word = max((self._word_width(cell) for cell in self.cells), default=0.0)
        heads = longest_word((head.name for head in self.picture.levels), self.style.head)
        widest = max(inside + self.style.left + self.style.right, word + self.style.right, heads)
        least = ONLY_COLUMN if self.is_alone else LEAST_COLUMN
        return max(least, min(LONGEST_WORD, widest))

    @cached_property
    def least_width(self) -> float:
        """The width below which words would be broken."""
        there_is = longest_word((row.there_is for row in self.view.rows), self.style.rest)
        longest = min(LONGEST_WORD, there_is)
        more = max(0.0, longest - ONLY_COLUMN) if self.is_alone else 0.0
        title = min(LONGEST_WORD, longest_word([self.picture.caption.title], TITLE))
        return 2 * MARGIN + max(self.role + self._columns_width + more, title)

    def _word_width(self, cell: ShareCell) -> float:
        return self.style.left + 2.7 * SHAPE + _face(cell, self.style).width(WORDS[cell.coverage])

    def _line_width(self, cell: ShareCell) -> float:
        beside = self.style.rest.width(cell.beside) + GAP if cell.beside else 0.0
        return self._word_width(cell) + beside + self.style.right

    def draw(self, width: float) -> Canvas:
        """Draw the view at *width*: names of roles on as many lines as make it lowest."""
        spare = width - 2 * MARGIN - self._columns_width
        names = (self.style.role.width(row.role) + BESIDE for row in self.view.rows)
        widest = max(self.role, min(spare, max(names, default=0.0)))
        if self.style is NAMED or self.is_alone:
            return self._draw(width, self.role if self.style is NAMED else widest)
        step = (widest - self.role) / TRIALS
        roles = [self.role + n * step for n in range(TRIALS + 1)] if step else [self.role]
        return min((self._draw(width, role) for role in roles), key=lambda canvas: canvas.y)

    @property
    def _columns_width(self) -> float:
        """The least width of all columns but that of the roles."""
        columns = len(self.picture.levels) * (self.column + self.style.gap)
        return columns + (ONLY_COLUMN + 2 * BESIDE if self.is_alone else 0)

    def _draw(self, width: float, role: float) -> Canvas:
        canvas = Canvas(width, y=28.0, margin=MARGIN)
        if any(cell.is_striped for cell in self.cells):
            canvas.parts.append(_stripes())
        lines = _balanced(self.picture.caption.title, width - 2 * MARGIN)
        canvas.parts += write_lines(MARGIN, canvas.y, lines, TITLE)
        canvas.y += len(lines) * TITLE.leading
        canvas.paragraph(self.view.headline, BELOW)
        canvas.y += GAP
        columns = self._columns(width, role)
        self._draw_heads(canvas, columns)
        is_below = self._stands_below(columns)
        for row in self.view.rows:
            self._draw_row(canvas, columns, row, is_below)
        if self.view.rest:
            self._draw_rest(canvas, columns)
        canvas.y += GAP
        self._draw_legend(canvas)
        for words in self.picture.caption.foot:
            canvas.paragraph(words, FOOT)
        return canvas

    def _columns(self, width: float, role: float) -> list[Box]:
        """Return the place of each column, right of a column of roles."""
        levels, gap, left = len(self.picture.levels), self.style.gap, MARGIN + role
        share = (width - MARGIN - left + gap) / levels
        step = self.column + gap if self.is_alone else share
        return [Box(left + n * step, 0, step - gap, 0) for n in range(levels)]

    def _stands_below(self, columns: Sequence[Box]) -> bool:
        """Tell whether what stands beside the words stands below them: all of it does, or nothing."""
        room = columns[0].width
        is_wide = any(self._line_width(cell) > room for cell in self.cells)
        return self.style is NAMED and (self.is_alone or is_wide)

    def _draw_heads(self, canvas: Canvas, columns: Sequence[Box]) -> None:
        head, rest = self.style.head, replace(self.style.rest, fill=SOFT)
        top, bottom = canvas.y, canvas.y
        for level, column in zip(self.picture.levels, columns, strict=True):
            *lines, last = head.wrap(level.name, column.width)
            canvas.parts += write_lines(column.x, top, lines, head)
            y = top + len(lines) * head.leading
            runs = [(last, head)]
            unit = rest.wrap(level.unit, column.width) if level.unit else []
            if unit and head.width(last) + GAP + rest.width(level.unit) <= column.width:
                runs, unit = [*runs, (level.unit, rest)], []
            canvas.parts.append(write_run(column.x, y + head.size, runs))
            y += head.leading
            canvas.parts += write_lines(column.x, y, unit, rest)
            y += len(unit) * rest.leading
            bottom = max(bottom, self._draw_counts(canvas, level.counts, column, y))
        if self.is_alone:
            role, there_is = self.picture.corner
            canvas.parts.append(write_line(MARGIN, top + head.size, role, head))
            beside = columns[0].x + columns[0].width + 2 * BESIDE
            canvas.parts.append(write_line(beside, top + head.size, there_is, head))
        canvas.y = bottom + 6

    def _draw_counts(
        self, canvas: Canvas, counts: Iterable[tuple[Coverage, str]], column: Box, y: float
    ) -> float:
        """Write the numbers of a level side by side, as far as they fit; return where they end."""
        face = replace(self.style.rest, fill=SOFT)
        red = replace(face, weight="bold", fill=TEXT_COLOURS[Coverage.NONE])
        lines: list[list[tuple[str, Face]]] = [[]]
        taken = 0.0
        for coverage, number in counts:
            own = red if coverage is Coverage.NONE else face
            taken += own.width(number) + GAP
            if lines[-1] and taken > column.width:
                lines.append([])
                taken = own.width(number) + GAP
            lines[-1].append((number, own))
        for line in lines:
            canvas.parts.append(write_run(column.x, y + face.size, line))
            y += face.leading
        return y

    def _draw_row(
        self, canvas: Canvas, columns: Sequence[Box], row: MatrixRow, is_below: bool
    ) -> None:
        style = self.style
        name = style.role.wrap(row.role, columns[0].x - MARGIN - BESIDE)
        boxes = [
            _ShareBox(cell, column, style, is_below or self._line_width(cell) > column.width)
            for cell, column in zip(row.cells, columns, strict=True)
        ]
        beside = columns[-1].x + columns[-1].width + 2 * BESIDE
        told = (
            style.rest.wrap(row.there_is, canvas.width - MARGIN - beside) if row.there_is else []
        )
        texts = max(len(name) * style.role.leading, len(told) * style.rest.leading)
        height = max(texts + 2 * style.padding, *(box.least_height for box in boxes))
        # Beside one line the name stands in the middle, else at the height of the words.
        middle = canvas.y + (height - len(name) * style.role.leading) / 2
        top = canvas.y + style.padding
        y = middle if self.is_alone or style is COUNTED else top
        canvas.parts += write_lines(MARGIN, y, name, style.role)
        for box in boxes:
            canvas.parts.append(element("g", {}, "\n".join(box.draw(canvas.y, height))))
        y = canvas.y + (height - len(told) * style.rest.leading) / 2
        canvas.parts += write_lines(beside, y, told, style.rest)
        canvas.y += height + style.gap

    def _draw_rest(self, canvas: Canvas, columns: Sequence[Box]) -> None:
        words, *numbers = self.view.rest
        face = replace(self.style.rest, fill=SOFT)
        name = self.style.role.wrap(words, columns[0].x - MARGIN - BESIDE)
        canvas.parts += write_lines(MARGIN, canvas.y, name, self.style.role)
        bottom = canvas.y + len(name) * self.style.role.leading
        for column, number in zip(columns, numbers, strict=True):
            lines = face.wrap(number, column.width)
            canvas.parts += write_lines(column.x, canvas.y, lines, face)
            bottom = max(bottom, canvas.y + len(lines) * face.leading)
        canvas.y = bottom + self.style.gap

    def _draw_legend(self, canvas: Canvas) -> None:
        face, entries = NAMED.rest, [(key.cell, key.meaning) for key in self.picture.keys]
        room, x = canvas.width - 2 * MARGIN, MARGIN
        marked = [(None, self.picture.mark)] if self.picture.mark else []
        for cell, meaning in [*entries, *marked]:
            before = _KEY.width + GAP if cell else 2 * SHAPE
            words = face.wrap(meaning, room - before)
            width = before + max(map(face.width, words))
            if x > MARGIN and x + width > MARGIN + room:
                x, canvas.y = MARGIN, canvas.y + _KEY.height + GAP
            down = (_KEY.height - face.leading) / 2
            if cell:
                ink = TEXT_COLOURS[cell.coverage]
                canvas.parts += _draw_ground(cell, _KEY._replace(x=x, y=canvas.y))
                middle = x + _KEY.width / 2 + 2 * (cell.coverage is Coverage.PARTIAL)
                canvas.parts += draw_shape(cell.coverage, middle, canvas.y + _KEY.height / 2, ink)
            else:
                loud = replace(face, weight="bold")
                canvas.parts.append(write_line(x, canvas.y + down + face.size, "!", loud))
            canvas.parts += write_lines(x + before, canvas.y + down, words, face)
            canvas.y += (len(words) - 1) * face.leading
            x += width + 2 * BESIDE
        canvas.y += _KEY.height + 2 * GAP


_KEY = Box(0, 0, 44, 24)
"""The small cell that shows a coverage in the legend."""


def _balanced(title: str, room: float) -> list[str]:
    """Break a title into as few lines as it needs, all about as long."""
    lines = TITLE.wrap(title, room)
    for part in (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55):
        narrower = TITLE.wrap(title, part * room)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


class _ShareBox:
    """One cell in its column: shape, word, what stands beside it, and lines below."""

    def __init__(self, cell: ShareCell, column: Box, style: ViewStyle, is_below: bool) -> None:
        self.cell, self.column, self.style = cell, column, style
        room = column.width - style.left - style.right
        self.beside = "" if is_below else cell.beside
        below = filter(None, (cell.beside if is_below else "", *cell.lines))
        self.lines = [line for words in below for line in style.rest.wrap(words, room)]
        self.face = _face(cell, style)

    @property
    def least_height(self) -> float:
        """The height that the cell needs."""
        style = self.style
        return 2 * style.padding + style.word.leading + len(self.lines) * style.rest.leading

    def draw(self, y: float, height: float) -> list[str]:
        """Draw the cell from *y* down."""
        column, style, ink = self.column, self.style, self.face.fill
        rest = replace(style.rest, fill=ink)
        # A cell of one line has it in the middle, whatever else is in its row.
        top = (
            y + style.padding
            if style is NAMED
            else y + (height - self.least_height) / 2 + style.padding
        )
        base = top + style.word.size
        x = column.x + style.left
        parts = [
            *_draw_ground(self.cell, Box(column.x, y, column.width, height)),
            *draw_shape(self.cell.coverage, x + SHAPE, base - style.word.size * 0.36, ink),
            write_line(x + 2.7 * SHAPE, base, WORDS[self.cell.coverage], self.face),
        ]
        if self.beside:
            parts.append(write_end(column.x + column.width - style.right, base, self.beside, rest))
        return [*parts, *write_lines(x, top + style.word.leading, self.lines, rest)]


def _face(cell: ShareCell, style: ViewStyle) -> Face:
    face = style.loud if cell.coverage is Coverage.NONE else style.word
    weight = "bold" if cell.coverage.is_gap else "normal"
    return replace(face, weight=weight, fill=TEXT_COLOURS[cell.coverage])


def _draw_ground(cell: ShareCell, box: Box) -> list[str]:
    """Draw the box of a cell: of a partial one as much of it is filled as is covered."""
    if cell.coverage is not Coverage.PARTIAL:
        return draw_box(cell.coverage, box)
    border: Attributes = {"stroke": LINE, "stroke-width": 1}
    ground = f"url(#{STRIPES})" if cell.is_striped else PARTIAL_GROUND
    inside = Box(box.x + 7, box.y + 1, box.width - 8, box.height - 2)
    parts = [rect(box.within(0.5), ground, border)]
    for part, fill in ((cell.shaded, SHADE), (cell.filled, FILL)):
        if part:
            width = max(LEAST_FILL, part * inside.width)
            parts.append(rect(inside._replace(width=width), fill))
    if 0 < cell.filled < 1:
        end = inside.x + max(LEAST_FILL, cell.filled * inside.width)
        parts.append(rect(Box(end - 0.5, box.y, 1, box.height), LINE))
    bars = (rect(Box(box.x + dx, box.y, 2, box.height), LINE) for dx in (0.5, 4.5))
    return [*parts, *bars]


def _stripes() -> str:
    area: Attributes = {"width": 12, "height": 12}
    pattern: Attributes = {"id": STRIPES, **area, "patternUnits": "userSpaceOnUse"}
    bands = (rect(Box(0, 0, 12, 12), PARTIAL_GROUND), rect(Box(0, 0, 4, 12), STRIPE))
    turned: Attributes = {**pattern, "patternTransform": "rotate(45)"}
    return element("defs", {}, element("pattern", turned, "".join(bands)))
