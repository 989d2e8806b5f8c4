"""Tables on slides: the matrix with its legend, and lists of cells, on as many slides as they need.

All sizes are points.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil, fsum
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.document import ColumnKind, Grid, GridCell, Table, TableCell
from clustergap.model.cell import Cell
from clustergap.office import Slide
from clustergap.prose import plain
from clustergap.theme import (
    DEFINITIONS,
    GAP_DEFINITION,
    MARKS,
    TEXT_COLOURS,
    WORST_FIRST,
    sign_of,
)
from clustergap.writers.slide_text import (
    MARGIN,
    SPACING,
    WIDTH,
    SlideBox,
    SlideText,
    TextBlock,
    TextPart,
    block_height,
    is_far_higher,
    lines_of,
    split_block,
    strong,
)

BESIDE, ABOVE = 7.0, 4.0
"""Margins of a table cell, left and right, above and below."""

_FEW = 4
"""Up to so many slides share rows evenly; of more, only the last is not full."""


LEAST_ROOM = 90.0
"""The height that rows have below whatever header: each slide gets a few lines of a row that continues on the next."""


class SlideCell(NamedTuple):
    """The contents of a cell.

    Attributes:
        block: Its paragraphs.
        coverage: The coverage whose fill and borders it has.
        repeated: How many of the first paragraphs are repeated where it continues.
        is_pale: Whether it is partly covered, and nobody says how much.
    """

    block: TextBlock
    coverage: Coverage | None = None
    repeated: int = 1
    is_pale: bool = False


class SlideRow(NamedTuple):
    """A row of cells, and the cells of the matrix that it is about."""

    cells: tuple[SlideCell, ...]
    about: tuple[Cell, ...] = ()


class SlideTable(NamedTuple):
    """A table: the widths of its columns, the header on each slide, the other rows, and the space above and below their words."""

    widths: tuple[float, ...]
    header: SlideRow
    rows: Sequence[SlideRow]
    above: float = ABOVE


class TablePage(NamedTuple):
    """The part of a table that is on one slide; its first row is the header."""

    widths: tuple[float, ...]
    rows: tuple[SlideRow, ...]
    heights: tuple[float, ...]
    above: float = ABOVE

    @property
    def height(self) -> float:
        """The height of all rows together."""
        return fsum(self.heights)

    def stretched(self, room: float, most: float) -> "TablePage":
        """Share what is left of *room* among rows lower than *most*, with equal heights if possible."""
        first, *others = self.heights
        level = min(most, max(others, default=0.0))
        while level < most and first + fsum(max(high, level + 1) for high in others) <= room:
            level += 1
        fuller = [max(high, level) for high in others]
        return self if first + fsum(fuller) > room else self._replace(heights=(first, *fuller))


class TablePart(NamedTuple):
    """A table, or a part of it, in its place on a slide.

    Attributes:
        box: Its place.
        page: What it holds.
        description: What it shows, for those who cannot see it.
        names_rows: Whether its first column names its rows.
        is_centred: Whether the words of its cells stand half-way between their upper and lower edge.
    """

    box: SlideBox
    page: TablePage
    description: str
    names_rows: bool = True
    is_centred: bool = False


def fit_table(tables: Iterable[SlideTable], room: float) -> list[TablePage]:
    """Return the first of *tables* that fits on one slide and breaks no name, else the last on as few slides as it needs.

    Args:
        tables: The same table in several font sizes, the largest first.
        room: The available height of a slide.
    """
    *larger, smallest = tables
    for table in larger:
        pages = fill_pages(table, room)
        if len(pages) == 1 and not breaks_names(table):
            return pages
    return _share_out(smallest, room)


def fill_pages(table: SlideTable, room: float) -> list[TablePage]:
    """Distribute a table over slides with *room* each; a row that is higher continues on the next."""
    below = max(LEAST_ROOM, room - _row_height(table, table.header))
    pages: list[TablePage] = []
    rows: list[SlideRow] = []
    left = below
    for row, needed in _pieces(table, below):
        if rows and needed > left:
            pages.append(_page(table, rows))
            rows, left = [], below
        rows.append(row)
        left -= needed
    return [*pages, _page(table, rows)] if rows or not pages else pages


def breaks_names(table: SlideTable) -> bool:
    first = ((table.widths[0], row.cells[0]) for row in table.rows)
    names = (*zip(table.widths, table.header.cells, strict=True), *first)
    return any(
        line.end == following.start
        for width, cell in names
        for paragraph in cell.block
        for line, following in pairwise(lines_of(paragraph, width - 2 * BESIDE))
    )


def _share_out(table: SlideTable, room: float) -> list[TablePage]:
    # Over few slides the rows are distributed evenly.
    pages = fill_pages(table, room)
    if not 1 < len(pages) <= _FEW:
        return pages
    tries = (fill_pages(table, room * part / 10) for part in range(5, 10))
    return next((even for even in tries if len(even) == len(pages)), pages)


def _row_height(table: SlideTable, row: SlideRow) -> float:
    cells = zip(table.widths, row.cells, strict=True)
    return (
        max(block_height(cell.block, width - 2 * BESIDE) for width, cell in cells)
        + 2 * table.above
    )


def _pieces(table: SlideTable, room: float) -> Iterator[tuple[SlideRow, float]]:
    for whole in table.rows:
        row = whole
        while _is_higher(table, row, room):
            head, row = _split_row(table, row, room - 2 * table.above)
            yield head, _row_height(table, head)
        yield row, _row_height(table, row)


def _is_higher(table: SlideTable, row: SlideRow, room: float) -> bool:
    cells = zip(table.widths, row.cells, strict=True)
    left = room - 2 * table.above
    return (
        any(is_far_higher(cell.block, width - 2 * BESIDE, left) for width, cell in cells)
        or _row_height(table, row) > room
    )


def _split_row(table: SlideTable, row: SlideRow, room: float) -> tuple[SlideRow, SlideRow]:
    heads, tails = [], []
    for width, cell in zip(table.widths, row.cells, strict=True):
        head, tail = split_block(cell.block, width - 2 * BESIDE, room)
        again = cell.block[: cell.repeated]
        rest = (*again, *tail) if head[: len(again)] == again else tail
        heads.append(cell._replace(block=head))
        tails.append(cell._replace(block=rest))
    return row._replace(cells=tuple(heads)), row._replace(cells=tuple(tails))


def _page(table: SlideTable, rows: Sequence[SlideRow]) -> TablePage:
    page = (table.header, *rows)
    return TablePage(
        table.widths, page, tuple(_row_height(table, row) for row in page), table.above
    )


Pages = Iterator[tuple[tuple[TextPart | TablePart, ...], Collection[Cell] | None]]
"""The parts of each slide, and the cells that it is about; None: all cells."""


# The matrix: on as many slides as its roles and levels need, with the legend below it

FIRST, NARROWEST = 180.0, 110.0
"""The width of the column of roles, and the least width of the others."""

MOST_HEADER = 0.3
"""The part of the available height that the names of levels may take."""

ROW = 70.0
"""The height of rows if there is room."""


class MatrixSizes(NamedTuple):
    """Font sizes of names and coverage, and of the text below them."""

    head: float
    small: float


MATRIX_SIZES = (MatrixSizes(18, 14), MatrixSizes(16, 12), MatrixSizes(14, 11), MatrixSizes(12, 10))


def grid_pages(grid: Grid, slide: Slide, room: SlideBox) -> Pages:
    kinds = [kind for kind in WORST_FIRST if dict(grid.counts).get(kind)]
    keys = _legend(kinds, slide.meanings, room)
    room = room._replace(height=min(key.box.y for key in keys) - SPACING - room.y)
    number = _columns(grid.columns, room)
    for first in range(0, len(grid.columns), number):
        columns = slice(first, first + number)
        tables = (_grid_table(grid, slide, columns, sizes, room.width) for sizes in MATRIX_SIZES)
        for page in fit_table(tables, room.height):
            table = _table_part(page.stretched(room.height, ROW), slide, room)
            yield (table, *keys), _cells_of(page)


def _table_part(page: TablePage, slide: Slide, room: SlideBox) -> TablePart:
    return TablePart(room._replace(height=page.height), page, slide.description)


def _cells_of(page: TablePage) -> set[Cell]:
    return {cell for row in page.rows for cell in row.about}


def _columns(levels: Sequence[str], room: SlideBox) -> int:
    most = int((room.width - FIRST) / NARROWEST)
    for groups in range(ceil(len(levels) / most), len(levels)):
        number = ceil(len(levels) / groups)
        width = (room.width - FIRST) / number - 2 * BESIDE
        names = (strong(level, MATRIX_SIZES[-1].head) for level in levels)
        if max(block_height((name,), width) for name in names) <= MOST_HEADER * room.height:
            return number
    return 1


def _grid_table(
    grid: Grid, slide: Slide, columns: slice, sizes: MatrixSizes, width: float
) -> SlideTable:
    levels = grid.columns[columns]
    rows = [
        SlideRow(
            (
                SlideCell((strong(role, sizes.head),)),
                *(_grid_cell(cell, sizes) for cell in cells[columns]),
            ),
            about[columns],
        )
        for role, cells, about in zip(grid.rows, grid.cells, slide.cells, strict=True)
    ]
    column_width = (width - FIRST) / len(levels)
    header = _header((grid.corner, *levels), sizes.head)
    return SlideTable((FIRST, *(column_width for _ in levels)), header, rows)


def _grid_cell(cell: GridCell, sizes: MatrixSizes) -> SlideCell:
    more = f" {cell.number}{'!' if cell.is_fragile else ''}" if cell.number else ""
    colour = TEXT_COLOURS[cell.coverage]
    head = strong(f"{sign_of(cell.coverage)}{more}", sizes.head, colour)
    details = (SlideText(line, sizes.small, colour, above=1.0) for line in cell.reasons)
    return SlideCell((head, *details), cell.coverage, is_pale=cell.is_unsaid)


def _header(names: Iterable[str], size: float) -> SlideRow:
    return SlideRow(tuple(SlideCell((strong(name, size),)) for name in names))


LEGEND_SIZE, KEY, KEY_HEIGHT, KEY_INSIDE, KEY_GAP = 10.0, 72.0, 20.0, 6.0, 8.0


def _legend(kinds: Sequence[Coverage], words: str, room: SlideBox) -> list[TextPart]:
    # Upwards from the bottom: a small cell of each coverage with its meaning beside it.
    bottom = room.y + room.height
    column = (WIDTH - 2 * MARGIN) / len(kinds)
    width = column - KEY - 2 * KEY_GAP
    meanings = [SlideText(DEFINITIONS[kind], LEGEND_SIZE) for kind in kinds]
    high = max(KEY_HEIGHT, *(block_height((meaning,), width) for meaning in meanings))
    last = (SlideText(f"{GAP_DEFINITION} {MARKS} {words}".rstrip(), LEGEND_SIZE),)
    foot = block_height(last, WIDTH - 2 * MARGIN)
    top = bottom - foot - high - 6
    parts = []
    for place, (kind, meaning) in enumerate(zip(kinds, meanings, strict=True)):
        x, sign = MARGIN + place * column, sign_of(kind)
        key_box = SlideBox(x, top, KEY, KEY_HEIGHT)
        key = (strong(sign, LEGEND_SIZE, TEXT_COLOURS[kind]),)
        beside = SlideBox(x + KEY + KEY_GAP, top, width, high)
        parts += [
            TextPart(key_box, key, f"Key: {sign}", kind, KEY_INSIDE),
            TextPart(beside, (meaning,), f"Meaning of {sign}"),
        ]
    below = SlideBox(MARGIN, bottom - foot, WIDTH - 2 * MARGIN, foot)
    return [*parts, TextPart(below, last, "What a gap is, and what the signs mean")]


# A table: a row may continue on the next slide

_WIDTHS = {"Role": 0.25, "Why": 0.42, "Elsewhere": 0.20, "By": 0.42, "Nearest": 0.35}
_KINDS = {ColumnKind.COVERAGE: 0.13, ColumnKind.NUMBER: 0.13, ColumnKind.TEXT: 0.16}
"""The relative width of a column, by its name or else its kind."""

TABLE_SIZES = (18.0, 16.0, 14.0, 12.0)
"""Font sizes; the largest with which all rows fit on one slide is used, else the smallest."""

LINE_SPACE = 3.0


def table_pages(table: Table, slide: Slide, room: SlideBox) -> Pages:
    tables = (_slide_table(table, slide, size, room.width) for size in TABLE_SIZES)
    for page in fit_table(tables, room.height):
        yield (_table_part(page, slide, room),), _cells_of(page)


def _slide_table(table: Table, slide: Slide, size: float, width: float) -> SlideTable:
    names = [column.name for column in table.columns]
    parts = [_WIDTHS.get(column.name, _KINDS[column.kind]) for column in table.columns]
    rows = [
        SlideRow(
            (
                SlideCell((strong(plain(TableCell.of(name).lines[0]), size),)),
                *(_table_cell(TableCell.of(cell), size) for cell in cells),
            ),
            about,
        )
        for (name, *cells), about in zip(table.rows, slide.cells, strict=True)
    ]
    widths = tuple(part / fsum(parts) * width for part in parts)
    return SlideTable(widths, _header(names, size), rows)


def _table_cell(cell: TableCell, size: float) -> SlideCell:
    lines = [plain(line) for line in cell.lines]
    if cell.coverage is not None:
        colour = TEXT_COLOURS[cell.coverage]
        more = (SlideText(line, size, colour) for line in lines)
        head = strong(sign_of(cell.coverage), size, colour)
        return SlideCell((head, *more), cell.coverage, is_pale=cell.is_unsaid)
    paragraphs = (
        SlideText(line, size, above=LINE_SPACE if number else 0.0)
        for number, line in enumerate(lines)
    )
    return SlideCell(tuple(paragraphs), repeated=0)
