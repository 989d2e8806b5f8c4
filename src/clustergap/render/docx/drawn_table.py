"""A table of a note, with its header on every page and its words for those who cannot see it."""

from collections.abc import Sequence
from math import ceil, fsum

from docx.oxml.xmlchemy import BaseOxmlElement

from clustergap.render.docx.ink import Run, child, paragraph, within
from clustergap.render.docx.template import SIZES, SPACING, TABLE_TEXT, WIDTH
from clustergap.render.note.parts import Table, TableCell
from clustergap.text_metrics import break_lines
from clustergap.theme import FILLS, INKS, UNICODE, WORDS
from clustergap.writers.office import Edge, Edges, Stroke, edges

MOST_LEVELS = 5
"""Columns beside the first that stand next to each other on a page; more go on in a further table."""

STYLE = "TableText"

SHORT = 240.0
"""The height of a row that is not broken over pages, in points, a third of what a page has; a higher header is not
repeated. What is as high as a page, less a header, is cut at its end by LibreOffice rather than go on."""

_PARTS = {
    "Level": 0.7,
    "Coverage": 0.8,
    "Risk": 0.7,
    "Why": 2.0,
    "Elsewhere": 0.9,
}
"""Of a column, how wide it is beside others."""

_STROKES = {
    Stroke.BLANK: "nil",
    Stroke.SOLID: "single",
    Stroke.DASHED: "dashed",
    Stroke.DOTTED: "dotted",
    Stroke.DOUBLE: "double",
}


_MARGINS = (("top", 60), ("left", 90), ("bottom", 60), ("right", 90))
"""Twentieths of a point between a cell's words and its lines."""


def draw_tables(table: Table) -> list[BaseOxmlElement]:
    """Write a table, as several if it has too many columns for a page, each with the first column."""
    others = len(table.header) - 1
    number = ceil(others / max(1, ceil(others / MOST_LEVELS)))
    return [_table(_part(table, first, number)) for first in range(1, others + 1, number)]


def _part(table: Table, first: int, number: int) -> Table:
    shown = slice(first, first + number)
    return table._replace(
        header=(table.header[0], *table.header[shown]),
        rows=tuple((row[0], *row[shown]) for row in table.rows),
    )


def _table(table: Table) -> BaseOxmlElement:
    widths = _widths(table.header)
    header = tuple(TableCell((name,)) for name in table.header)
    rows = (header, *table.rows)
    coverages = [[cell.coverage for cell in row] for row in rows]
    drawn = within(child("w:tbl"), _properties(table), _grid(widths))
    for number, row in enumerate(rows):
        looks, held = _held(number, is_short=_height(row, widths) <= SHORT)
        line = within(child("w:tr"), within(child("w:trPr"), *map(child, looks)))
        for place, cell in enumerate(row):
            is_strong = number == 0 or place == 0
            line.append(
                _cell(cell, widths[place], edges(coverages, number, place), is_strong, held)
            )
        drawn.append(line)
    return drawn


def _held(number: int, *, is_short: bool) -> tuple[list[str], list[str]]:
    """Return what holds a row together, as properties of the row and of its paragraphs; the header is number 0.

    Where the header, or it and one row, just fit at the foot of a page, LibreOffice 7.4 draws no row after them, if they
    may not be broken. So the header goes with the first row, which holds together by its paragraphs.
    """
    if not is_short:
        return [], []
    if number == 0:
        return ["w:cantSplit", "w:tblHeader"], ["w:keepNext"]
    return ([], ["w:keepLines"]) if number == 1 else (["w:cantSplit"], [])


def _height(row: Sequence[TableCell], widths: Sequence[int]) -> float:
    # In points, rather more than less: as if all letters were bold.
    size, (above, left, below, right) = SIZES[TABLE_TEXT], (width for _, width in _MARGINS)
    leadings = [
        fsum(
            line.leading
            for words in _lines(cell)
            for line in break_lines(words, (width - left - right) / 20 / size, len(words))
        )
        for cell, width in zip(row, widths, strict=True)
    ]
    return SPACING * size * max(leadings) + (above + below) / 20


def _widths(header: Sequence[str]) -> list[int]:
    parts = [_PARTS.get(name, 1.0) for name in header]
    return [_twips(WIDTH * part / fsum(parts)) for part in parts]


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


def _properties(table: Table) -> BaseOxmlElement:
    margins = within(
        child("w:tblCellMar"),
        *(child(f"w:{side}", w=width, type="dxa") for side, width in _MARGINS),
    )
    return within(
        child("w:tblPr"),
        child("w:tblW", w=_twips(WIDTH), type="dxa"),
        child("w:tblLayout", type="fixed"),
        margins,
        child("w:tblLook", val="04A0", firstRow=1, firstColumn=1, noHBand=1, noVBand=1),
        child("w:tblCaption", val=table.title),
        child("w:tblDescription", val=table.description),
    )


def _grid(widths: Sequence[int]) -> BaseOxmlElement:
    return within(child("w:tblGrid"), *(child("w:gridCol", w=width) for width in widths))


def _cell(
    cell: TableCell, width: int, around: Edges, is_strong: bool, held: Sequence[str]
) -> BaseOxmlElement:
    look = within(child("w:tcPr"), child("w:tcW", w=width, type="dxa"), _borders(around))
    ink = INKS[cell.coverage] if cell.coverage else ""
    words = []
    for number, line in enumerate(_lines(cell)):
        is_sign = cell.coverage is not None and number == 0
        written = Run(line, is_bold=is_strong or is_sign, colour=ink)
        words.append(paragraph(STYLE, written, looks=[*map(child, held)]))
    if cell.coverage is not None:
        fill = FILLS[cell.coverage].removeprefix("#")
        look.append(child("w:shd", val="clear", color="auto", fill=fill))
    return within(child("w:tc"), look, *words)


def _lines(cell: TableCell) -> tuple[str, ...]:
    if cell.coverage is None:
        return cell.lines or ("",)
    sign = f"{UNICODE.coverage[cell.coverage]} {WORDS[cell.coverage]} {cell.number}".rstrip()
    return (sign, *cell.lines)


def _borders(around: Edges) -> BaseOxmlElement:
    sides = (
        ("top", around.above),
        ("left", around.left),
        ("bottom", around.below),
        ("right", around.right),
    )
    return within(child("w:tcBorders"), *(_border(side, edge) for side, edge in sides))


def _border(side: str, edge: Edge) -> BaseOxmlElement:
    # Eighths of a point, of each of two lines.
    width = edge.width / 3 if edge.stroke is Stroke.DOUBLE else edge.width
    colour = edge.colour.removeprefix("#")
    stroke = _STROKES[edge.stroke]
    return child(f"w:{side}", val=stroke, sz=round(8 * width), space=0, color=colour)
