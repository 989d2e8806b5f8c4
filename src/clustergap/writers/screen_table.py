"""Tables on the terminal: one rule below the header, nothing cut, and no word broken while there is room."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat, zip_longest
from typing import NamedTuple

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text as RichText

from clustergap.document import ColumnKind, Table
from clustergap.theme import ASCII, Shapes

MANY_ROWS = 500
"""Rows above which a table is not drawn by rich."""

_LONGEST_ID = 30
"""The width up to which the first column is widened for a word."""

_GAP = "  "
"""What stands between the columns of a long table."""


def open_table(kind: type[RichTable], shapes: Shapes, gap: int) -> RichTable:
    """Return a table without columns or rows, whose columns will stand so far apart."""
    blank, rule = "    ", shapes.rule * 4
    lines = Box("\n".join([blank, blank, rule, *[blank] * 5]) + "\n", ascii=shapes is ASCII)
    return kind(
        box=lines, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0), header_style="bold"
    )


class HeadedTable(RichTable):
    """A table that breaks no word that fits in a quarter of the screen while there is room, and a header's after all others."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        heads = [str(column.header) for column in self.columns]
        cells = [[str(cell) for cell in column.cells] for column in self.columns]
        room = options.max_width - (len(heads) - 1) * (self.padding[1] + 1)
        for column, width in zip(self.columns, _widths(heads, cells, room), strict=True):
            column.width = width
        yield from super().__rich_console__(console, options)


class LongTable(NamedTuple):
    """A table of many rows of plain text, laid out as ``HeadedTable`` does; rich would take a second for 15,000 cells.

    Attributes:
        heads: The names of the columns.
        columns: Their cells.
        is_number: Whether each column has numbers, which are aligned to the right.
        rule: What the rule below the header is drawn with.
    """

    heads: Sequence[str]
    columns: Sequence[Sequence[str]]
    is_number: Sequence[bool]
    rule: str

    @classmethod
    def of(cls, table: Table, shapes: Shapes) -> "LongTable":
        """Return a table of which every cell is a plain text."""
        shown = [n for n, column in enumerate(table.columns) if not column.is_detail]
        return cls(
            [table.columns[n].name for n in shown],
            [[shapes.spell(str(row[n])) for row in table.rows] for n in shown],
            [table.columns[n].kind is ColumnKind.NUMBER for n in shown],
            shapes.rule,
        )

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.max_width - (len(self.heads) - 1) * len(_GAP)
        widths = _widths(self.heads, self.columns, room)
        for line in self._head(widths, console):
            yield from (Segment(line, Style(bold=True)), Segment.line())
        yield Segment(self.rule * (sum(widths) + (len(widths) - 1) * len(_GAP)) + "\n")
        rows = zip(*self.columns, strict=True)
        yield Segment(
            "".join(f"{line}\n" for row in rows for line in self._row(row, widths, console))
        )

    def _head(self, widths: Sequence[int], console: Console) -> Iterator[str]:
        # All names stand on the rule.
        wrapped = [*map(_wrap, self.heads, widths, repeat(console))]
        upwards = zip_longest(*map(reversed, wrapped), fillvalue="")
        return reversed([self._line(cells, widths) for cells in upwards])

    def _row(self, row: Sequence[str], widths: Sequence[int], console: Console) -> Iterator[str]:
        wrapped = [*map(_wrap, row, widths, repeat(console))]
        lines = [row] if max(map(len, wrapped)) == 1 else zip_longest(*wrapped, fillvalue="")
        return (self._line(cells, widths) for cells in lines)

    def _line(self, cells: Sequence[str], widths: Sequence[int]) -> str:
        return _GAP.join(map(_aligned, cells, widths, self.is_number))


def _wrap(cell: str, width: int, console: Console) -> Sequence[str]:
    if _cells(cell) <= width and "\n" not in cell:
        return (cell,)
    lines = RichText(cell).wrap(console, width, overflow="fold")
    return [line.plain.rstrip() for line in lines]


def _aligned(text: str, width: int, is_number: bool) -> str:
    blanks = " " * (width - _cells(text))
    return blanks + text if is_number else text + blanks


def _cells(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


def _widths(heads: Sequence[str], columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the widths of columns: as wide as their texts while there is room, else no word is broken that need not be."""
    natural = [_longest((head, *cells)) for head, cells in zip(heads, columns, strict=True)]
    if sum(natural) <= room:
        return natural
    # rich also narrows the widest column, but without a least width.
    of_heads = [_longest_word((head,), room) for head in heads]
    of_cells = [_longest_word(cells, room // 4) for cells in columns]
    both = [max(widths) for widths in zip(of_heads, of_cells, strict=True)]
    # The first column names the rows, often by ids, which are a single long word.
    named = [max(both[0], _longest_word(columns[0], min(room // 3, _LONGEST_ID))), *both[1:]]
    floors = (least for least in (named, both, of_heads) if sum(least) <= room)
    return _fit(natural, next(floors, [1] * len(natural)), room)


def _longest(cells: Iterable[str]) -> int:
    return max(_cells(line) for cell in cells for line in cell.split("\n"))


def _longest_word(cells: Iterable[str], most: int) -> int:
    words = {word for cell in cells for word in cell.split()}
    return max((width for width in map(_cells, words) if width <= most), default=1)


def _fit(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    widths = list(natural)
    for _ in range(sum(widths) - room):
        above = [i for i, width in enumerate(widths) if width > least[i]]
        if not above:
            break
        widths[max(above, key=widths.__getitem__)] -= 1
    return widths
