"""What the terminal's tables have in common: one rule below the header, nothing cut, a legend."""

from collections.abc import Sequence

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix
from clustergap.theme import ASCII, STYLES, WORDS, Shapes


def open_table(shapes: Shapes, gap: int = 3) -> Table:
    """Begin a table with *gap* columns between its own; they wrap and never cut."""
    return _open(Table, shapes, gap)


def headed_table(shapes: Shapes, *headers: str) -> Table:
    """Begin a table with these headers; its columns wrap and never cut."""
    table = _open(HeadedTable, shapes, gap=2)
    for header in headers:
        table.add_column(header, overflow="fold")
    return table


def _open(kind: type[Table], shapes: Shapes, gap: int) -> Table:
    blank, rule = "    ", f"{shapes.rule * 4}"
    box = Box("\n".join([blank, blank, rule, *[blank] * 5]) + "\n", ascii=shapes is ASCII)
    return kind(
        box=box, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0), header_style="bold"
    )


class HeadedTable(Table):
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
    return str(cell).split("\n")  # of a Text its words


def _words_of(cell: object) -> list[str]:
    return str(cell).split()


def sign(coverage: Coverage, shapes: Shapes, word: str = "") -> Text:
    """Write the shape and word of a coverage."""
    shape_style, word_style = STYLES[coverage]
    text = Text(shapes.coverage[coverage], style=shape_style)
    return Text.assemble(text, " ", (word or WORDS[coverage], word_style))


def legend(matrix: Matrix, shapes: Shapes, *more: str) -> Text:
    """Count the cells that are shown, by coverage, with their shapes."""
    summary = matrix.summary()
    counts = {
        Coverage.FULL: summary.full,
        Coverage.PARTIAL: summary.partial,
        Coverage.NONE: summary.none,
        Coverage.UNKNOWN: summary.unknown,
    }
    text = Text()
    for coverage, number in counts.items():
        if number or coverage is not Coverage.UNKNOWN:
            text.append_text(sign(coverage, shapes, coverage.value)).append(f" {number}  ")
    text.append(" ")
    text.append("  ".join(more))
    return text


def meanings(matrix: Matrix) -> Text:
    """Say what the words of the legend mean."""
    words = (
        "full: covered in the whole level. partial: partly covered, only somewhere or in part. "
        "none: not covered. A gap is partial or none."
    )
    unknown = " unknown: not assessed, nobody has looked." if matrix.summary().unknown else ""
    return Text(words + unknown, style="dim")


def open_fields(narrowest: int = 11) -> Table:
    """Begin a list of named fields, to be indented below its headline."""
    fields = Table.grid(padding=(0, 2, 0, 0))
    fields.add_column(style="bold", min_width=narrowest, max_width=24, overflow="fold")
    fields.add_column(overflow="fold")
    return fields


def indent(below: RenderableType, columns: int = 2) -> Padding:
    """Set a list of fields, a table or a text below its headline."""
    return Padding(below, (0, 0, 0, columns))
