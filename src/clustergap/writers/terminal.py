"""The terminal: a document as rich prints it, with one rule below the header of a table, and nothing cut."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix
from clustergap.document import (
    Block,
    Code,
    Document,
    Field,
    Fields,
    Kind,
    Origin,
    Paragraph,
    Parts,
    Place,
    Points,
    Run,
    Sign,
    Step,
    Steps,
    Style,
    Table,
    Text,
)
from clustergap.theme import ASCII, STYLES, UNICODE, WORDS, Shapes


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
    box = Box("\n".join([blank, blank, rule, *[blank] * 5]) + "\n", ascii=shapes is ASCII)
    return kind(
        box=box, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0), header_style="bold"
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


def legend(matrix: Matrix, shapes: Shapes, *more: str) -> RichText:
    """Count the cells that are shown, by coverage, with their shapes."""
    summary = matrix.summary()
    counts = {
        Coverage.FULL: summary.full,
        Coverage.PARTIAL: summary.partial,
        Coverage.NONE: summary.none,
        Coverage.UNKNOWN: summary.unknown,
    }
    text = RichText()
    for coverage, number in counts.items():
        if number or coverage is not Coverage.UNKNOWN:
            text.append_text(sign(coverage, shapes, coverage.value)).append(f" {number}  ")
    text.append(" ")
    text.append("  ".join(more))
    return text


def open_fields(narrowest: int = 11) -> RichTable:
    """Begin a list of named fields, to be indented below its headline."""
    fields = RichTable.grid(padding=(0, 2, 0, 0))
    fields.add_column(style="bold", min_width=narrowest, max_width=24, overflow="fold")
    fields.add_column(overflow="fold")
    return fields


def indent(below: RenderableType, columns: int = 2) -> Padding:
    """Set a list of fields, a table or a text below its headline."""
    return Padding(below, (0, 0, 0, columns))


# A document


def draw(document: Document, shapes: Shapes) -> RenderableType:
    """Return an answer as rich prints it: a table has blank lines around it, all else stands below what is above it."""
    parts: list[RenderableType] = [_title(document.title, shapes)]
    widths = _StepWidths.of(document.blocks, shapes)
    is_below_table = False
    for block in document.blocks:
        if is_below_table or isinstance(block, Table | Code):
            parts.append(RichText())
        parts.append(_block(block, shapes, widths))
        is_below_table = isinstance(block, Table)
    if document.meanings:
        parts += [RichText(), RichText(" ".join(document.meanings), style="dim")]
    if document.remark:
        parts.append(RichText(f"\n{document.remark}"))
    return Group(*parts)


def _title(title: Text, shapes: Shapes) -> RichText:
    return RichText(title, style="bold") if isinstance(title, str) else _text(title, shapes)


def _block(block: Block, shapes: Shapes, widths: "_StepWidths") -> RenderableType:
    match block:
        case Paragraph():
            return _text(block.text, shapes)
        case Points():
            return indent(RichText("\n").join(_text(item, shapes) for item in block.items))
        case Fields():
            return indent(_fields(block.fields, shapes))
        case Table():
            return _table(block, shapes)
        case Steps():
            return indent(_StepRows(block.steps, widths, shapes))
        case Code():
            # A line of code is never wrapped: it could not be pasted.
            lines = RichText(block.text.rstrip("\n"), no_wrap=True, overflow="ignore")
            return Group(indent(RichText(block.title)), indent(lines, 4))


def _table(table: Table, shapes: Shapes) -> RenderableType:
    shown = [number for number, column in enumerate(table.columns) if not column.is_detail]
    drawn = headed_table(shapes, *(table.columns[number].name for number in shown))
    for column, number in zip(drawn.columns, shown, strict=True):
        column.justify = "right" if table.columns[number].kind is Kind.NUMBER else "left"
    for row in table.rows:
        drawn.add_row(*(_text(row[number], shapes) for number in shown))
    return drawn


def _fields(fields: Iterable[Field], shapes: Shapes) -> RenderableType:
    table = open_fields()
    for field in fields:
        text = RichText("\n").join(_text(line, shapes) for line in field.lines)
        if field.is_quiet:
            text.stylize("dim")
        table.add_row(RichText(field.label), text)
    return table


_STYLES = {Style.STRONG: "bold", Style.QUIET: "dim"}


def _text(text: Text, shapes: Shapes) -> RichText:
    if isinstance(text, str):
        return RichText(_in(shapes, text))
    written = RichText()
    for run in text:
        match run:
            case str():
                written.append(_in(shapes, run))
            case Sign(coverage):
                written.append_text(sign(coverage, shapes))
            case Place(path, line):
                written.append(f"{'   ' if written else ''}{path}:{line}", "dim")
            case Parts(clauses):
                written.append(f" {shapes.dot} ".join(clauses))
            case Run(words, style):
                written.append(_in(shapes, words), _STYLES.get(style))
    return written


def _in(shapes: Shapes, words: str) -> str:
    return words.replace(UNICODE.arrow, ASCII.arrow) if shapes is ASCII else words


GAP = 3

ROOM_FOR_DETAILS = 24
"""Columns that are left for what happened, if the names of the cells can be wrapped into the others."""


class _StepWidths(NamedTuple):
    """How wide the widest name of a cell is, and what happens to one, among all steps of a document."""

    cell: int
    step: int

    @classmethod
    def of(cls, blocks: Iterable[Block], shapes: Shapes) -> "_StepWidths":
        steps = [step for block in blocks if isinstance(block, Steps) for step in block.steps]
        return cls(
            max((cell_len(step.cell) for step in steps), default=0),
            max((_step(step, shapes).cell_len for step in steps), default=0),
        )

    def fit(self, whole: int) -> tuple[int, int, int]:
        """Share out a line between what a cell does, its name, and the details."""
        room = max(2, whole - self.step - 2 * GAP)
        cell = max(1, min(self.cell, max(room - ROOM_FOR_DETAILS, room // 2)))
        return self.step, cell, max(1, room - cell)


@dataclass(frozen=True, slots=True)
class _StepRows:
    """Some of the steps, set in the width that there is."""

    steps: Iterable[Step]
    widths: _StepWidths
    shapes: Shapes

    def __rich_console__(
        self, _console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        table = RichTable.grid(padding=(0, GAP, 0, 0))
        for width in self.widths.fit(options.max_width):
            table.add_column(width=width, overflow="fold")
        for step in self.steps:
            why = RichText(_in(self.shapes, step.why))
            table.add_row(_step(step, self.shapes), RichText(step.cell), why)
        yield table


def _step(step: Step, shapes: Shapes) -> RichText:
    if step.before is step.after:
        return RichText(step.verb)
    text = sign(step.before, shapes)
    text.append(f" {shapes.arrow} ")
    return text.append_text(sign(step.after, shapes))


def remarked(render: Callable[..., RenderableType]) -> Callable[..., RenderableType]:
    """Let what draws an answer say below it what its reader must know of the data."""

    def draw_with_remark(answer: object, origin: Origin, shapes: Shapes) -> RenderableType:
        drawn = render(answer, origin, shapes)
        return Group(drawn, RichText(f"\n{origin.remark}")) if origin.remark else drawn

    return draw_with_remark
