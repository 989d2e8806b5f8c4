"""What the terminal's tables are made of, and the matrix: one rule below the header, nothing cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from clustergap.analysis.coverage import Coverage
from clustergap.document import (
    Grid,
    GridCell,
    NamedGrid,
)
from clustergap.theme import ASCII, STYLES, WORDS, Shapes


def open_table(shapes: Shapes, gap: int = 3) -> RichTable:
    """Begin a table with *gap* columns between its own; they wrap and never cut."""
    return _open(RichTable, shapes, gap)


def headed_table(shapes: Shapes, *headers: str) -> RichTable:
    """Begin a table with these headers; its columns wrap and never cut."""
    table = _open(HeadedTable, shapes, gap=2)
    for header in headers:
        table.add_column(header, overflow="fold")
    return table


def _open(kind: type[RichTable], shapes: Shapes, gap: int) -> RichTable:
    blank, rule = "    ", f"{shapes.rule * 4}"
    lines = Box("\n".join([blank, blank, rule, *[blank] * 5]) + "\n", ascii=shapes is ASCII)
    return kind(
        box=lines, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0), header_style="bold"
    )


class HeadedTable(RichTable):
    """A table whose header's words stay whole on every screen that they fit on; other words are broken where needed."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        # rich takes from the widest column as well, but knows no least width when it does.
        room = options.max_width - (len(self.columns) - 1) * (self.padding[1] + 1)
        heads = [_words_of(column.header) for column in self.columns]
        least = [max(map(cell_len, head), default=1) for head in heads]
        for column, width in zip(self.columns, _fit(self._natural(), least, room), strict=True):
            column.width = width
        yield from super().__rich_console__(console, options)

    def _natural(self) -> list[int]:
        return [
            max(cell_len(line) for cell in (column.header, *column.cells) for line in _lines(cell))
            for column in self.columns
        ]


def _fit(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    widths = list(natural)
    floor = least if sum(least) <= room else [1] * len(widths)
    for _ in range(sum(widths) - room):
        above = [i for i, width in enumerate(widths) if width > floor[i]]
        if not above:
            break
        widths[max(above, key=widths.__getitem__)] -= 1
    return widths


def _lines(cell: object) -> list[str]:
    return str(cell).split("\n")  # of a RichText its words


def _words_of(cell: object) -> list[str]:
    return str(cell).split()


def sign(coverage: Coverage, shapes: Shapes, word: str = "") -> RichText:
    """Write the shape and word of a coverage."""
    shape_style, word_style = STYLES[coverage]
    text = RichText(shapes.coverage[coverage], style=shape_style)
    return RichText.assemble(text, " ", (word or WORDS[coverage], word_style))


def open_fields(narrowest: int = 11) -> RichTable:
    """Begin a list of named fields, to be indented below its headline."""
    fields = RichTable.grid(padding=(0, 2, 0, 0))
    fields.add_column(style="bold", min_width=narrowest, max_width=24, overflow="fold")
    fields.add_column(overflow="fold")
    return fields


def indent(below: RenderableType, columns: int = 2) -> Padding:
    """Set a list of fields, a table or a text below its headline."""
    return Padding(below, (0, 0, 0, columns))


# The matrix

NARROWEST_COLUMN = 14
"""A cell with its shape, word, number and mark."""

_HEADER = "Role"
"""Never broken, however short the roles' names are."""

NARROW, WIDE = 2, 4
"""The gap between columns, on a narrow screen and on a wide one."""


@dataclass(frozen=True, slots=True)
class GridTables:
    """A grid, split into several tables below each other where the screen is too narrow for all levels."""

    grid: Grid
    shapes: Shapes

    def __rich_console__(
        self, _console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        for first, last in self._split(options.max_width):
            yield self._table(first, last, options.max_width)
            yield RichText()
        yield self._legend()

    def _split(self, width: int) -> list[tuple[int, int]]:
        levels = len(self.grid.levels)
        role = min(self._longest(), width // 3)
        fit = max(1, (width - role) // (NARROWEST_COLUMN + NARROW))
        return [(first, min(first + fit, levels)) for first in range(0, levels, fit)]

    def _longest(self) -> int:
        return max(map(cell_len, (_HEADER, *self.grid.roles)))

    def _table(self, first: int, last: int, width: int) -> RenderableType:
        levels = self.grid.levels[first:last]
        longest = self._longest()
        wide, narrow = (
            longest + gap + len(levels) * (NARROWEST_COLUMN + gap) for gap in (WIDE, NARROW)
        )
        table = open_table(self.shapes, WIDE if wide - WIDE <= width else NARROW)
        table.leading = int(self._is_named)
        room = max(width // 3, width - narrow + longest)
        table.add_column(_HEADER, overflow="fold", width=min(longest, room))
        # Only where there is room: rich lets columns of a least width stand over the screen's edge.
        least = NARROWEST_COLUMN if narrow <= width else None
        for level in levels:
            table.add_column(RichText(level), overflow="fold", min_width=least)
        for role, cells in zip(self.grid.roles, self.grid.cells, strict=True):
            table.add_row(RichText(role), *map(self._cell, cells[first:last]))
        return table

    @property
    def _is_named(self) -> bool:
        return isinstance(self.grid, NamedGrid)

    def _cell(self, cell: GridCell) -> RenderableType:
        number = f"{cell.number:>2,}{'!' if cell.is_fragile else ''}" if cell.number else ""
        if self._is_named:
            number = ""
        padded = f"{WORDS[cell.coverage]:<8}" if number else ""
        lines: list[RenderableType] = [sign(cell.coverage, self.shapes, padded).append(number)]
        if cell.share:
            lines.append(indent(RichText(cell.share)))
        if self._is_named:
            names = [", ".join(cell.names)] if cell.names else cell.notes
            lines += map(RichText, names)
        return Group(*lines)

    def _legend(self) -> RichText:
        text = RichText()
        for coverage, number in self.grid.counts:
            text.append_text(sign(coverage, self.shapes, coverage.value)).append(f" {number}  ")
        mark = (
            "! a gap without it" if self._is_named else "number: instruments, ! a gap without one"
        )
        return text.append(f" {mark}")
