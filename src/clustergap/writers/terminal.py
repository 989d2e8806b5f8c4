"""Documents for the terminal, as rich prints them: tables have one rule below the header, and nothing is cut."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.box import ASCII2, SQUARE
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from clustergap.analysis.coverage import Coverage
from clustergap.document import (
    Block,
    ColumnKind,
    Day,
    Days,
    Document,
    EditLine,
    Edits,
    Grid,
    GridCell,
    NamedGrid,
    PlaceGrid,
    Step,
    Steps,
    Table,
    TableCell,
)
from clustergap.prose import (
    Code,
    Entries,
    Field,
    Fields,
    Heading,
    Item,
    Link,
    Numbered,
    Paragraph,
    Parts,
    Place,
    Points,
    Run,
    Sign,
    Square,
    Style,
    Text,
)
from clustergap.theme import ASCII, STYLES, WORDS, Shapes
from clustergap.writers.screen_table import MANY_ROWS, HeadedTable, LongTable, open_table


def draw(document: Document, shapes: Shapes) -> RenderableType:
    """Return an answer as rich prints it: tables have blank lines around them, other blocks follow directly."""
    heading = _draw_text(document.title, shapes)
    if isinstance(document.title, str):
        heading.style = "bold"
    parts: list[RenderableType] = [heading, *_draw_blocks(document.blocks, shapes)]
    if document.meanings:
        # The legend of a grid and the meanings are one paragraph.
        is_below_grid = isinstance(document.blocks[-1], Grid)
        parts += [] if is_below_grid else [RichText()]
        parts += [RichText(" ".join(document.meanings), style="dim")]
    if document.remark:
        parts.append(RichText(f"\n{document.remark}"))
    return Group(*parts)


def _draw_blocks(blocks: Sequence[Block], shapes: Shapes) -> Iterator[RenderableType]:
    widths = _StepWidths.of(blocks, shapes)
    above: Block | None = None
    for block in blocks:
        if _is_apart(above, block):
            yield RichText()
        yield _block(block, shapes, widths)
        above = block


def _is_apart(above: Block | None, block: Block) -> bool:
    if isinstance(block, Paragraph) and block.is_apart:
        return True
    return isinstance(above, Table) or isinstance(
        block, Grid | Heading | Table | Code | Days | Square
    )


def _block(  # noqa: C901, PLR0911, PLR0912 - one case a block
    block: Block, shapes: Shapes, widths: "_StepWidths"
) -> RenderableType:
    match block:
        case Paragraph():
            return _draw_text(block.text, shapes)
        case Points():
            return _indent(RichText("\n").join(_draw_text(item, shapes) for item in block.items))
        case Fields():
            return _indent(_fields(block.fields, shapes))
        case Grid():
            return _GridTables(block, shapes)
        case Heading():
            return RichText(block.text, style="bold")
        case Numbered():
            return _numbered(block, shapes)
        case Entries():
            return _entries(block, shapes)
        case Square():
            return _SquareFields(block, shapes)
        case Table():
            return _table(block, shapes)
        case Steps():
            return _indent(_StepRows(block.steps, widths, shapes))
        case Days():
            return _days(block.days, shapes, widths)
        case Edits():
            return _indent(_edits(block.edits, shapes))
        case Code():
            # A line of code is never wrapped, so that it can be pasted.
            lines = RichText(block.text.rstrip("\n"), no_wrap=True, overflow="ignore")
            return Group(_indent(RichText(block.title)), _indent(lines, 4))


def _indent(below: RenderableType, columns: int = 2) -> Padding:
    """Indent a list of fields, a table or a text below its headline."""
    return Padding(below, (0, 0, 0, columns))


def _sign(coverage: Coverage, shapes: Shapes, word: str = "") -> RichText:
    """Write the shape and word of a coverage."""
    shape_style, word_style = STYLES[coverage]
    shape = RichText(shapes.coverage[coverage], style=shape_style)
    return RichText.assemble(shape, " ", (word or WORDS[coverage], word_style))


# Tables: one rule below the header, nothing cut


def _table(table: Table, shapes: Shapes) -> RenderableType:
    if len(table.rows) > MANY_ROWS and all(
        type(cell) is str for row in table.rows for cell in row
    ):
        return LongTable.of(table, shapes)
    rich_table = open_table(HeadedTable, shapes, gap=2)
    for column in table.columns:
        if not column.is_detail:
            rich_table.add_column(
                column.name,
                justify="right" if column.kind is ColumnKind.NUMBER else "left",
                overflow="fold",
            )
    for row in table.rows:
        cells = zip(row, table.columns, strict=True)
        rich_table.add_row(
            *(_cell(cell, shapes) for cell, column in cells if not column.is_detail)
        )
    return rich_table


def _cell(content: Text | TableCell, shapes: Shapes) -> RichText:
    if not isinstance(content, TableCell):
        return _draw_text(content, shapes)
    lines = [_draw_text(line, shapes) for line in content.lines]
    if content.coverage is not None:
        number = f" {content.number}" if content.number else ""
        lines.insert(0, _sign(content.coverage, shapes).append(number))
    return RichText("\n").join(lines)


def _fields(fields: Iterable[Field], shapes: Shapes, narrowest: int = 11) -> RenderableType:
    table = RichTable.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", min_width=narrowest, max_width=24, overflow="fold")
    table.add_column(overflow="fold")
    for field in fields:
        text = RichText("\n").join(_draw_text(line, shapes) for line in field.lines)
        if field.is_quiet:
            text.stylize("dim")
        table.add_row(RichText(field.label), text)
    return table


def _numbered(block: Numbered, shapes: Shapes) -> RenderableType:
    # On a screen the items have no numbers; the first is the most important.
    if not block.items:
        return _indent(RichText(block.nothing, style="dim"))
    return Group(*(_indent(_item(item, shapes)) for item in block.items))


def _item(item: Item, shapes: Shapes) -> RenderableType:
    head = RichText.assemble(_sign(item.coverage, shapes), "  ", (item.sentence, "bold"))
    return Group(head, _indent(_fields(item.fields, shapes)))


SIDE_BY_SIDE = 100
"""Width of the terminal from which the fields of a square are side by side."""


@dataclass(frozen=True, slots=True)
class _SquareFields:
    """A square, laid out when the available width is known."""

    square: Square
    shapes: Shapes

    def __rich_console__(
        self, _console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        parts = [
            Group(RichText(part.title, "bold"), _entries(part.entries, self.shapes))
            for part in self.square.fields
        ]
        if options.max_width < SIDE_BY_SIDE:
            for part in parts:
                yield from (part, RichText())
            return
        lines = ASCII2 if self.shapes is ASCII else SQUARE
        square = RichTable(box=lines, show_header=False, show_lines=True, expand=True)
        for _ in range(2):
            square.add_column(ratio=1, overflow="fold")
        square.add_row(*parts[:2])
        square.add_row(*parts[2:])
        yield square


def _entries(block: Entries, shapes: Shapes) -> RenderableType:
    if not block.entries:
        return _indent(RichText(block.nothing, "dim"))
    return _indent(_fields(block.entries, shapes, narrowest=3))


def _days(days: Iterable[Day], shapes: Shapes, widths: "_StepWidths") -> RenderableType:
    parts: list[RenderableType] = []
    for number, day in enumerate(days):
        head = RichText.assemble((day.date.isoformat(), "bold"), "  ", day.because)
        steps = _indent(_StepRows(day.steps, widths, shapes))
        outcome = _indent(RichText(day.outcome, style="dim"))
        parts += [*([RichText()] if number else []), head, steps, outcome]
    return Group(*parts)


def _edits(edits: Iterable[EditLine], shapes: Shapes) -> RenderableType:
    table = RichTable.grid(padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for edit in edits:
        details = RichText(shapes.spell(edit.details))
        table.add_row(RichText(edit.what), RichText(edit.name), details)
    return table


_STYLES = {Style.STRONG: "bold", Style.QUIET: "dim"}


def _draw_text(text: Text, shapes: Shapes) -> RichText:  # noqa: C901 - one case a run
    if isinstance(text, str):
        return RichText(shapes.spell(text))
    written = RichText()
    for run in text:
        match run:
            case str():
                written.append(shapes.spell(run))
            case Sign(coverage):
                written.append_text(_sign(coverage, shapes))
            case Place(path, line):
                written.append(f"{'   ' if written else ''}{path}:{line}", "dim")
            case Parts(clauses, style):
                written.append(f" {shapes.dot} ".join(clauses), _STYLES.get(style))
            case Link(url):
                written.append(f" {url}")
            case Run(words, style):
                written.append(shapes.spell(words), _STYLES.get(style))
    return written


GAP = 3

ROOM_FOR_DETAILS = 24
"""Columns that are reserved for details, if the names of cells can be wrapped into the others."""


class _StepWidths(NamedTuple):
    """The greatest widths of a cell's name and of what happens to a cell, among all steps of a document."""

    cell: int
    step: int

    @classmethod
    def of(cls, blocks: Iterable[Block], shapes: Shapes) -> "_StepWidths":
        steps = [step for block in blocks for step in _steps_of(block)]
        return cls(
            max((cell_len(step.cell) for step in steps), default=0),
            max((_step(step, shapes).cell_len for step in steps), default=0),
        )

    def fit(self, whole: int) -> tuple[int, int, int]:
        """Divide the width of a line among the verb, the name of the cell, and the details."""
        room = max(2, whole - self.step - 2 * GAP)
        cell = max(1, min(self.cell, max(room - ROOM_FOR_DETAILS, room // 2)))
        return self.step, cell, max(1, room - cell)


def _steps_of(block: Block) -> Iterable[Step]:
    if isinstance(block, Days):
        return (step for day in block.days for step in day.steps)
    return block.steps if isinstance(block, Steps) else ()


@dataclass(frozen=True, slots=True)
class _StepRows:
    """Steps, laid out in the available width."""

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
            why = RichText(self.shapes.spell(step.why))
            table.add_row(_step(step, self.shapes), RichText(step.cell), why)
        yield table


def _step(step: Step, shapes: Shapes) -> RichText:
    if step.before is step.after:
        return RichText(step.verb)
    text = _sign(step.before, shapes)
    text.append(f" {shapes.arrow} ")
    return text.append_text(_sign(step.after, shapes))


# The matrix

NARROWEST_COLUMN, NARROWEST_PLACE = 14, 16
"""Columns of a cell with its shape, word, number and mark, and of one with the details of a place."""

NARROW, WIDE = 2, 4  # the gap between columns, on a narrow screen and on a wide one


@dataclass(frozen=True, slots=True)
class _GridTables:
    """A grid, split into several tables below each other if the screen is too narrow for all levels."""

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
        levels = len(self.grid.columns)
        role = min(self._longest(), width // 3)
        fit = max(1, (width - role) // (self._narrowest + NARROW))
        return [(first, min(first + fit, levels)) for first in range(0, levels, fit)]

    def _longest(self) -> int:
        return max(map(cell_len, (self.grid.corner, *self.grid.rows)))

    @property
    def _narrowest(self) -> int:
        return NARROWEST_PLACE if isinstance(self.grid, PlaceGrid) else NARROWEST_COLUMN

    def _table(self, first: int, last: int, width: int) -> RenderableType:
        levels = self.grid.columns[first:last]
        longest = self._longest()
        wide, narrow = (
            longest + gap + len(levels) * (self._narrowest + gap) for gap in (WIDE, NARROW)
        )
        table = open_table(RichTable, self.shapes, WIDE if wide - WIDE <= width else NARROW)
        table.leading = int(isinstance(self.grid, NamedGrid))
        room = max(width // 3, width - narrow + longest)
        table.add_column(self.grid.corner, overflow="fold", width=min(longest, room))
        # Only if there is room: rich lets columns with a least width exceed the screen.
        least = self._narrowest if narrow <= width else None
        for level in levels:
            table.add_column(RichText(level), overflow="fold", min_width=least)
        for role, cells in zip(self.grid.rows, self.grid.cells, strict=True):
            table.add_row(RichText(role), *map(self._cell, cells[first:last]))
        return table

    def _cell(self, cell: GridCell) -> RenderableType:
        is_named = isinstance(self.grid, NamedGrid)
        is_counted = cell.number and not is_named
        number = f"{cell.number:>2,}{'!' if cell.is_fragile else ''}" if is_counted else ""
        padded = f"{WORDS[cell.coverage]:<8}" if number else ""
        lines: list[RenderableType] = [_sign(cell.coverage, self.shapes, padded).append(number)]
        indent = 2 if self._narrowest is NARROWEST_COLUMN else 0
        lines += [_indent(RichText(detail), indent) for detail in cell.details]
        if is_named:
            names = [", ".join(cell.names)] if cell.names else cell.notes
            lines += map(RichText, names)
        return Group(*lines)

    def _legend(self) -> RichText:
        text = RichText()
        for coverage, number in self.grid.counts:
            text.append_text(_sign(coverage, self.shapes, coverage.value)).append(f" {number}  ")
        is_named = isinstance(self.grid, NamedGrid)
        mark = "! a gap without it" if is_named else "number: instruments, ! a gap without one"
        return text.append(f" {mark}")
