"""A table of a note, with its header on every page and its words for those who cannot see it."""

from collections.abc import Sequence
from math import ceil, fsum

from docx.oxml.xmlchemy import BaseOxmlElement

from clustergap.render.docx.ink import Run, child, paragraph, within
from clustergap.render.docx.template import WIDTH
from clustergap.render.grammar.edges import Edge, Edges, Stroke, edges
from clustergap.render.look import FILLS, INKS, UNICODE, WORDS
from clustergap.render.note.parts import Table, TableCell

MOST_LEVELS = 5
"""Columns beside the first that stand next to each other on a page; more go on in a further table."""

STYLE = "TableText"

SHORT = 600
"""Characters of a row that is not broken over pages."""

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
        line = within(child("w:tr"), _row_properties(row, is_header=number == 0))
        for place, cell in enumerate(row):
            is_strong = number == 0 or place == 0
            line.append(_cell(cell, widths[place], edges(coverages, number, place), is_strong))
        drawn.append(line)
    return drawn


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


def _row_properties(row: Sequence[TableCell], *, is_header: bool) -> BaseOxmlElement:
    looks = child("w:trPr")
    if sum(len(line) for cell in row for line in cell.lines) <= SHORT:
        looks.append(child("w:cantSplit"))
    if is_header:
        looks.append(child("w:tblHeader"))
    return looks


def _cell(cell: TableCell, width: int, around: Edges, is_strong: bool) -> BaseOxmlElement:
    look = within(child("w:tcPr"), child("w:tcW", w=width, type="dxa"), _borders(around))
    ink = INKS[cell.coverage] if cell.coverage else ""
    words = [paragraph(STYLE, Run(line, is_bold=is_strong, colour=ink)) for line in cell.lines]
    if cell.coverage is not None:
        fill = FILLS[cell.coverage].removeprefix("#")
        look.append(child("w:shd", val="clear", color="auto", fill=fill))
        sign = f"{UNICODE.coverage[cell.coverage]} {WORDS[cell.coverage]} {cell.number}".rstrip()
        words.insert(0, paragraph(STYLE, Run(sign, is_bold=True, colour=ink)))
    return within(child("w:tc"), look, *(words or [paragraph(STYLE)]))


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
