"""How a note is laid out, for Word and as a PDF alike: its blocks one by one, its lists, its tables in parts as wide as a page."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from math import ceil, fsum
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.document import (
    Block,
    Column,
    ColumnKind,
    Days,
    Document,
    Edits,
    Grid,
    Table,
    TableCell,
)
from clustergap.prose import (
    Entries,
    Field,
    Fields,
    Heading,
    Inline,
    Item,
    Link,
    Paragraph,
    Place,
    Points,
    Run,
    Sign,
    Square,
    Style,
    Text,
    plain,
)
from clustergap.text_metrics import break_lines
from clustergap.theme import FILLS, PALE, TEXT_COLOURS, UNICODE, sign_of

INK, ACCENT, SOFT = "1A1A1A", "0B5394", "474D57"

WIDTH = 174.0
"""Width of the text on a page, in millimetres."""

LOGO = (50.0, 9.0)
"""The greatest width and height of a logo, in millimetres."""

SPACING = 1.15
"""Line spacing, as a multiple of the height of the letters."""

TABLE_TEXT = "Table Text"

SIZES = {
    "Normal": 10.5,
    "Title": 24.0,
    "Subtitle": 12.0,
    "Heading 1": 16.0,
    "Heading 2": 13.0,
    "Footer": 8.5,
    TABLE_TEXT: 9.0,
}
"""Font sizes in points, by the names of the styles."""

# Blocks


def blocks_of(document: Document) -> Iterator[Block]:
    """Return the blocks of a note in order: none holds others, its headings begin at depth 1, and what the words mean is among them."""
    for block in document.blocks:
        for each in _within(block):
            if isinstance(each, Heading) and not document.has_chapters:
                yield Heading(each.text, each.depth - 1)
            else:
                yield each
    if document.meanings:
        yield Heading("What the words mean", 1)
        is_one = len(document.meanings) == 1
        yield Paragraph(document.meanings[0]) if is_one else Points(document.meanings)
    yield from (Paragraph(text) for text in (document.source, document.remark) if text)


def _within(block: Block) -> Iterable[Block]:
    match block:
        case Square(fields):
            return chain.from_iterable(field.blocks for field in fields)
        case Days(days):
            return chain.from_iterable(day.blocks for day in days)
        case Grid():
            return block.blocks
        case _:
            return (block,)


# Runs and lists


class NoteRun(NamedTuple):
    """Words with one look; without a colour they have that of their paragraph. With an address they are a link."""

    text: str
    is_bold: bool = False
    colour: str = ""
    is_code: bool = False
    address: str = ""


Runs = tuple[NoteRun, ...]


class NoteItem(NamedTuple):
    """An entry of a list, and the entries of the list below it."""

    runs: Runs
    below: tuple[Runs, ...] = ()


def runs_of(text: Text, *, is_bold: bool = False, colour: str = "") -> Runs:
    """Return a text as runs, neighbours of one look in one; the address of a link follows a colon."""
    runs: list[NoteRun] = []
    for inline in [text] if isinstance(text, str) else text:
        for run in _runs_of(inline):
            made = run._replace(is_bold=run.is_bold or is_bold, colour=run.colour or colour)
            if not runs and isinstance(inline, Place):
                made = made._replace(text=made.text.strip())
            if runs and not made.address and runs[-1]._replace(text=made.text) == made:
                made = made._replace(text=runs.pop().text + made.text)
            runs.append(made)
    return tuple(runs)


def _runs_of(inline: Inline) -> Runs:
    match inline:
        case Run(text, style):
            colour = SOFT if style is Style.QUIET else ""
            return (NoteRun(text, style is Style.STRONG, colour, style is Style.CODE),)
        case Sign(coverage):
            return (NoteRun(sign_of(coverage), is_bold=True, colour=ink_of(coverage)),)
        case Link(url):
            return NoteRun(": "), NoteRun(url, colour=ACCENT, address=inline.address)
        case _:
            return (NoteRun(plain((inline,))),)


def ink_of(coverage: Coverage) -> str:
    """Return the colour of a coverage's sign on white paper; in a filled cell that of full is white."""
    colour = FILLS[coverage] if coverage is Coverage.FULL else TEXT_COLOURS[coverage]
    return colour.removeprefix("#")


def numbered_items(items: Iterable[Item]) -> Iterator[NoteItem]:
    """Return the entries of a numbered list; their fields are below them."""
    for item in items:
        shape = UNICODE.coverage[item.coverage]
        colour = TEXT_COLOURS[item.coverage].removeprefix("#")
        sign = NoteRun(f"{shape} ", is_bold=True, colour=colour)
        label, below = "", []
        for field in item.fields:
            label = field.label or label
            below.append(runs_of((f"{label}: ", *_joined(field.lines))))
        yield NoteItem((sign, NoteRun(item.sentence, is_bold=True)), tuple(below))


def list_items(block: Points | Fields | Entries | Edits) -> Iterator[NoteItem]:
    """Return the entries of a list without numbers."""
    match block:
        case Points(items):
            yield from (NoteItem(runs_of(item)) for item in items)
        case Fields(fields):
            yield from _fields(fields)
        case Entries(entries):
            for field in entries:
                text, *more = field.lines
                yield NoteItem(_labelled(f"{field.label} ", text), tuple(map(runs_of, more)))
        case Edits(edits):
            for edit in edits:
                details = f": {edit.details}" if edit.details else ""
                yield NoteItem(runs_of(f"{edit.what} {edit.name}{details}"))


def _fields(fields: Sequence[Field]) -> Iterator[NoteItem]:
    """Write each label with its only line beside it, or with several below it."""
    starts = [number for number, field in enumerate(fields) if field.label]
    for first, last in pairwise([*starts, len(fields)]):
        label, group = fields[first].label, fields[first:last]
        lines = group[0].lines if len(group) == 1 else [_joined(each.lines) for each in group]
        colour = SOFT if all(each.is_quiet for each in group) else ""
        if len(lines) == 1:
            yield NoteItem(_labelled(f"{label}: ", lines[0], colour))
        else:
            below = tuple(runs_of(line, colour=colour) for line in lines)
            yield NoteItem(_labelled(label, "", colour), below)


def _labelled(label: str, text: Text, colour: str = "") -> Runs:
    return (NoteRun(label, is_bold=True), *runs_of(text, colour=colour))


def _joined(lines: Iterable[Text]) -> tuple[Inline, ...]:
    """Join lines into one text."""
    runs: list[Inline] = []
    for line in lines:
        runs += ["\n"] if runs else []
        runs += [line] if isinstance(line, str) else line
    return tuple(runs)


# Tables

MOST_LEVELS = 5
"""Columns beside the first that fit on a page; more go into a further table."""

SHORT = 240.0
"""The greatest height of a row that is not broken over pages, in points, a third of a page; a higher header is not
repeated. LibreOffice would cut an unbroken row that is as high as a page without the header."""

_PARTS = {
    "Role and level": 1.4,
    "Role": 1.3,
    "Level": 0.7,
    "Risk": 0.7,
    "Why": 2.0,
    "Elsewhere": 0.9,
    "By": 2.0,
}
_KINDS = {ColumnKind.TEXT: 1.0, ColumnKind.COVERAGE: 0.8, ColumnKind.NUMBER: 0.5}
"""The relative width of a column, by its name or else its kind."""

Cells = Sequence[TableCell]


def tables_of(table: Table) -> list[tuple[Sequence[Column], list[Cells]]]:
    """Return the columns and the rows of a table, the header first.

    One with too many columns for a page becomes several, each with the first column.
    """
    others = len(table.columns) - 1
    number = ceil(others / max(1, ceil(others / MOST_LEVELS)))
    return [_part(table, first, number) for first in range(1, others + 1, number)]


def _part(table: Table, first: int, number: int) -> tuple[Sequence[Column], list[Cells]]:
    part = slice(first, first + number)
    columns = (table.columns[0], *table.columns[part])
    rows = [[*map(TableCell.of, (row[0], *row[part]))] for row in table.rows]
    return columns, [[TableCell((column.name,)) for column in columns], *rows]


def widths_of(columns: Sequence[Column]) -> list[float]:
    """Return the widths of the columns of a table, in millimetres."""
    parts = [_PARTS.get(column.name, _KINDS[column.kind]) for column in columns]
    return [WIDTH * part / fsum(parts) for part in parts]


def fill_of(cell: TableCell) -> str:
    """Return the colour that fills a cell, or nothing; it is pale where something is somewhere and nobody says where."""
    if cell.coverage is None:
        return ""
    return (PALE if cell.is_unsaid else FILLS[cell.coverage]).removeprefix("#")


def cell_lines(cell: TableCell, *, is_strong: bool) -> list[Runs]:
    """Return the lines of a cell: the sign of its coverage first, in its colour. *is_strong*: all are bold."""
    ink = TEXT_COLOURS[cell.coverage].removeprefix("#") if cell.coverage else ""
    return [
        runs_of(text, is_bold=is_strong or (number == 0 and cell.coverage is not None), colour=ink)
        for number, text in enumerate(_lines(cell))
    ]


def text_height(row: Sequence[Sequence[str]], rooms: Sequence[float]) -> float:
    """Return how high the lines of the cells of a row are, rather too much, as if all letters were bold; all is in points."""
    size = SIZES[TABLE_TEXT]
    leadings = [
        fsum(line.leading for text in cell for line in break_lines(text, room / size, len(text)))
        for cell, room in zip(row, rooms, strict=True)
    ]
    return SPACING * size * max(leadings)


def cell_texts(cell: TableCell) -> list[str]:
    """Return the words of the lines of a cell."""
    return [plain(text) for text in _lines(cell)]


def _lines(cell: TableCell) -> tuple[Text, ...]:
    if cell.coverage is None:
        return cell.lines or ("",)
    sign = f"{sign_of(cell.coverage)} {cell.number}".rstrip()
    return (sign, *cell.lines)
