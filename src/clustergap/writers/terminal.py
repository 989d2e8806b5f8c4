"""The terminal: a document as rich prints it, with one rule below the header of a table, and nothing cut."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text as RichText

from clustergap.document import (
    Block,
    Code,
    Day,
    Days,
    Document,
    EditLine,
    Edits,
    Entries,
    Field,
    Fields,
    Grid,
    Heading,
    Item,
    Kind,
    Link,
    Numbered,
    Paragraph,
    Parts,
    Place,
    Points,
    Run,
    Sign,
    Square,
    Step,
    Steps,
    Style,
    Table,
    TableCell,
    Text,
)
from clustergap.theme import ASCII, UNICODE, Shapes
from clustergap.writers.terminal_tables import (
    GridTables,
    headed_table,
    indent,
    open_fields,
    sign,
)


def draw(document: Document, shapes: Shapes) -> RenderableType:
    """Return an answer as rich prints it: a table has blank lines around it, all else stands below what is above it."""
    parts: list[RenderableType] = [
        _title(document.title, shapes),
        *draw_blocks(document.blocks, shapes),
    ]
    if document.meanings:
        # A grid's legend and what its words mean are one.
        is_below_grid = isinstance(document.blocks[-1], Grid)
        parts += [] if is_below_grid else [RichText()]
        parts += [RichText(" ".join(document.meanings), style="dim")]
    if document.remark:
        parts.append(RichText(f"\n{document.remark}"))
    return Group(*parts)


def draw_blocks(blocks: Sequence[Block], shapes: Shapes) -> Iterator[RenderableType]:
    """Return the blocks of an answer, and the blank lines between them."""
    widths = _StepWidths.of(blocks, shapes)
    above: Block | None = None
    for block in blocks:
        if _is_apart(above, block):
            yield RichText()
        yield _block(block, shapes, widths)
        above = block


def _is_apart(above: Block | None, block: Block) -> bool:
    if isinstance(block, Paragraph):
        return block.is_apart or isinstance(above, Table)
    return isinstance(block, Grid | Heading | Table | Code | Days | Square) or isinstance(
        above, Table
    )


def _title(title: Text, shapes: Shapes) -> RichText:
    return RichText(title, style="bold") if isinstance(title, str) else draw_text(title, shapes)


def _block(  # noqa: C901, PLR0911, PLR0912 - one case a block
    block: Block, shapes: Shapes, widths: "_StepWidths"
) -> RenderableType:
    match block:
        case Paragraph():
            return draw_text(block.text, shapes)
        case Points():
            return indent(RichText("\n").join(draw_text(item, shapes) for item in block.items))
        case Fields():
            return indent(_fields(block.fields, shapes))
        case Grid():
            return GridTables(block, shapes)
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
            return indent(_StepRows(block.steps, widths, shapes))
        case Days():
            return _days(block.days, shapes, widths)
        case Edits():
            return indent(_edits(block.edits, shapes))
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
        drawn.add_row(*(_cell(row[number], shapes) for number in shown))
    return drawn


def _cell(content: Text | TableCell, shapes: Shapes) -> RichText:
    if not isinstance(content, TableCell):
        return draw_text(content, shapes)
    lines = [draw_text(line, shapes) for line in content.lines]
    if content.coverage is not None:
        number = f" {content.number}" if content.number else ""
        lines.insert(0, sign(content.coverage, shapes).append(number))
    return RichText("\n").join(lines)


def _fields(fields: Iterable[Field], shapes: Shapes, narrowest: int = 11) -> RenderableType:
    table = open_fields(narrowest)
    for field in fields:
        text = RichText("\n").join(draw_text(line, shapes) for line in field.lines)
        if field.is_quiet:
            text.stylize("dim")
        table.add_row(RichText(field.label), text)
    return table


def _numbered(block: Numbered, shapes: Shapes) -> RenderableType:
    # A screen has no numbers: what comes first is the most important.
    if not block.items:
        return indent(RichText(block.nothing, style="dim"))
    return Group(*(indent(_item(item, shapes)) for item in block.items))


def _item(item: Item, shapes: Shapes) -> RenderableType:
    head = RichText.assemble(sign(item.coverage, shapes), "  ", (item.sentence, "bold"))
    return Group(head, indent(_fields(item.fields, shapes)))


SIDE_BY_SIDE = 100
"""Columns from which the fields of a square stand beside each other."""


@dataclass(frozen=True, slots=True)
class _SquareFields:
    """A square, laid out when it is known how wide it may be."""

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
        lines = box.ASCII2 if self.shapes is ASCII else box.SQUARE
        square = RichTable(box=lines, show_header=False, show_lines=True, expand=True)
        for _ in range(2):
            square.add_column(ratio=1, overflow="fold")
        square.add_row(*parts[:2])
        square.add_row(*parts[2:])
        yield square


def _entries(block: Entries, shapes: Shapes) -> RenderableType:
    if not block.entries:
        return indent(RichText(block.nothing, "dim"))
    return indent(_fields(block.entries, shapes, narrowest=3))


def _days(days: Iterable[Day], shapes: Shapes, widths: "_StepWidths") -> RenderableType:
    parts: list[RenderableType] = []
    for number, day in enumerate(days):
        head = RichText.assemble((day.date.isoformat(), "bold"), "  ", day.because)
        steps = indent(_StepRows(day.steps, widths, shapes))
        outcome = indent(RichText(day.outcome, style="dim"))
        parts += [*([RichText()] if number else []), head, steps, outcome]
    return Group(*parts)


def _edits(edits: Iterable[EditLine], shapes: Shapes) -> RenderableType:
    table = RichTable.grid(padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for edit in edits:
        details = RichText(_in(shapes, edit.details))
        table.add_row(RichText(edit.what), RichText(edit.name), details)
    return table


_STYLES = {Style.STRONG: "bold", Style.QUIET: "dim"}


def draw_text(text: Text, shapes: Shapes) -> RichText:  # noqa: C901 - one case a run
    """Return a text with its runs as they stand out on a screen."""
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
            case Parts(clauses, style):
                written.append(f" {shapes.dot} ".join(clauses), _STYLES.get(style))
            case Link(url):
                written.append(f" {url}")
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
        listed = (_steps_of(block) for block in blocks)
        steps = list(chain.from_iterable(listed))
        return cls(
            max((cell_len(step.cell) for step in steps), default=0),
            max((_step(step, shapes).cell_len for step in steps), default=0),
        )

    def fit(self, whole: int) -> tuple[int, int, int]:
        """Share out a line between what a cell does, its name, and the details."""
        room = max(2, whole - self.step - 2 * GAP)
        cell = max(1, min(self.cell, max(room - ROOM_FOR_DETAILS, room // 2)))
        return self.step, cell, max(1, room - cell)


def _steps_of(block: Block) -> Iterable[Step]:
    if isinstance(block, Days):
        return (step for day in block.days for step in day.steps)
    return block.steps if isinstance(block, Steps) else ()


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
