"""The elements of a note for Word, in its XML: paragraphs, runs, links and tables."""

import re
from collections.abc import Iterable, Sequence

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from clustergap.document import Column, ColumnKind, Table, TableCell
from clustergap.text import isolate
from clustergap.writers.note_layout import (
    SHORT,
    Cells,
    NoteRun,
    cell_lines,
    cell_texts,
    fill_of,
    tables_of,
    text_height,
    widths_of,
)
from clustergap.writers.ooxml import Edge, Edges, Stroke, edges

WordElement = BaseOxmlElement
"""An element of a note, for modules that do not know the library."""

CODE_FONT = "Courier New"


def element(tag: str, **attributes: str | int) -> BaseOxmlElement:
    """Make an element with attributes in its own namespace."""
    node = OxmlElement(tag)
    for name, value in attributes.items():
        node.set(qn(f"w:{name}"), str(value))
    return node


def with_children(parent: BaseOxmlElement, *children: BaseOxmlElement) -> BaseOxmlElement:
    """Append children to an element, and return it."""
    parent.extend(children)
    return parent


def paragraph(
    style: str, *runs: NoteRun, properties: Sequence[BaseOxmlElement] = ()
) -> BaseOxmlElement:
    """Write a paragraph in a style, given by its id, with further *properties*."""
    all_properties = with_children(element("w:pPr"), element("w:pStyle", val=style), *properties)
    return with_children(
        element("w:p"), all_properties, *(part for run in runs for part in write_runs(run))
    )


_FROM_RIGHT_TO_LEFT = re.compile("(\u2068[^\u2069]*\u2069)")


def write_runs(run: NoteRun, *, is_link: bool = False) -> list[BaseOxmlElement]:
    """Write a run, and apart what of it is written from right to left, which Word lays out so; its line breaks are kept."""
    parts = _FROM_RIGHT_TO_LEFT.split(isolate(run.text))
    return [_write_part(part, run, is_link=is_link) for part in parts if part]


def _write_part(text: str, run: NoteRun, *, is_link: bool) -> BaseOxmlElement:
    node, properties = OxmlElement("w:r"), element("w:rPr")
    if run.is_code:
        properties.append(element("w:rFonts", ascii=CODE_FONT, hAnsi=CODE_FONT, cs=CODE_FONT))
    if run.is_bold:
        # Letters from right to left have a bold of their own.
        with_children(properties, element("w:b"), element("w:bCs"))
    if run.colour:
        properties.append(element("w:color", val=run.colour))
    if is_link:
        properties.append(element("w:u", val="single"))
    if _FROM_RIGHT_TO_LEFT.fullmatch(text):
        properties.append(element("w:rtl"))
    if len(properties):
        node.append(properties)
    node.text = text
    return node


def linked(id_: str, run: NoteRun) -> BaseOxmlElement:
    """Write a link to the target of a relationship of the document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), id_)
    return with_children(link, *write_runs(run, is_link=True))


# Tables

STYLE = "TableText"

_STROKES = {
    Stroke.BLANK: "nil",
    Stroke.SOLID: "single",
    Stroke.DASHED: "dashed",
    Stroke.DOTTED: "dotted",
    Stroke.DOUBLE: "double",
}

_MARGINS = (("top", 60), ("left", 90), ("bottom", 60), ("right", 90))
"""Margins of a cell, in twentieths of a point."""


def draw_tables(table: Table) -> list[BaseOxmlElement]:
    """Write a table; one with too many columns for a page becomes several, each with the first column."""
    return [_table(table, columns, rows) for columns, rows in tables_of(table)]


def _table(table: Table, columns: Sequence[Column], rows: Sequence[Cells]) -> BaseOxmlElement:
    widths = [*map(_twips, widths_of(columns))]
    coverages = [[cell.coverage for cell in row] for row in rows]
    node = open_table(table.title, table.description, widths, _MARGINS)
    for number, row in enumerate(rows):
        of_row, of_paragraphs = _held(number, is_short=_height(row, widths) <= SHORT)
        row_node = with_children(
            element("w:tr"), with_children(element("w:trPr"), *map(element, of_row))
        )
        for place, cell in enumerate(row):
            is_strong = number == 0 or place == 0
            lines = edges(coverages, number, place)
            cell_node = _cell(cell, widths[place], lines, is_strong, of_paragraphs)
            if columns[place].kind is ColumnKind.NUMBER:
                for properties in cell_node.xpath("w:p/w:pPr"):
                    properties.append(element("w:jc", val="right"))
            row_node.append(cell_node)
        node.append(row_node)
    return node


def _held(number: int, *, is_short: bool) -> tuple[list[str], list[str]]:
    """Return the properties of a row and of its paragraphs that keep the row together; the header is number 0.

    If the header, or the header and one row, just fit at the foot of a page and may not be broken, LibreOffice 7.4 draws no
    row after them. So the header is kept with the first row, which is kept together by its paragraphs.
    """
    if not is_short:
        return [], []
    if number == 0:
        return ["w:cantSplit", "w:tblHeader"], ["w:keepNext"]
    return ([], ["w:keepLines"]) if number == 1 else (["w:cantSplit"], [])


def _height(row: Cells, widths: Sequence[int]) -> float:
    above, left, below, right = (width for _, width in _MARGINS)
    rooms = [(width - left - right) / 20 for width in widths]
    return text_height([*map(cell_texts, row)], rooms) + (above + below) / 20


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


Margins = Sequence[tuple[str, int]]
"""The margins of the cells of a table: above, left, below, right, in twentieths of a point, each after its name."""


def open_table(
    title: str, description: str, widths: Sequence[int], margins: Margins
) -> BaseOxmlElement:
    """Return an empty table with columns of these widths, in twentieths of a point; its words are for those who cannot see it."""
    properties = with_children(
        element("w:tblPr"),
        element("w:tblW", w=sum(widths), type="dxa"),
        element("w:tblLayout", type="fixed"),
        with_children(
            element("w:tblCellMar"),
            *(element(f"w:{side}", w=width, type="dxa") for side, width in margins),
        ),
        element("w:tblLook", val="04A0", firstRow=1, firstColumn=1, noHBand=1, noVBand=1),
        element("w:tblCaption", val=title),
        element("w:tblDescription", val=description),
    )
    grid = with_children(
        element("w:tblGrid"), *(element("w:gridCol", w=width) for width in widths)
    )
    return with_children(element("w:tbl"), properties, grid)


def _cell(
    cell: TableCell, width: int, lines: Edges, is_strong: bool, held: Sequence[str]
) -> BaseOxmlElement:
    paragraphs = [
        paragraph(STYLE, *runs, properties=[*map(element, held)])
        for runs in cell_lines(cell, is_strong=is_strong)
    ]
    return draw_cell(paragraphs, width, lines, fill_of(cell))


def draw_cell(
    paragraphs: Iterable[BaseOxmlElement], width: int, lines: Edges, fill: str
) -> BaseOxmlElement:
    """Write a cell of a table; an empty fill is none."""
    properties = with_children(
        element("w:tcPr"), element("w:tcW", w=width, type="dxa"), _borders(lines)
    )
    if fill:
        properties.append(element("w:shd", val="clear", color="auto", fill=fill.removeprefix("#")))
    return with_children(element("w:tc"), properties, *paragraphs)


def _borders(lines: Edges) -> BaseOxmlElement:
    sides = (
        ("top", lines.above),
        ("left", lines.left),
        ("bottom", lines.below),
        ("right", lines.right),
    )
    return with_children(element("w:tcBorders"), *(_border(side, edge) for side, edge in sides))


def _border(side: str, edge: Edge) -> BaseOxmlElement:
    # Eighths of a point, of each of two lines.
    width = edge.width / 3 if edge.stroke is Stroke.DOUBLE else edge.width
    colour = edge.colour.removeprefix("#")
    stroke = _STROKES[edge.stroke]
    return element(f"w:{side}", val=stroke, sz=round(8 * width), space=0, color=colour)
