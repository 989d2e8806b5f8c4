"""The elements of a note for Word, in its XML: paragraphs, runs, links and tables."""

from collections.abc import Sequence
from math import ceil, fsum
from typing import NamedTuple

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from clustergap.analysis.coverage import Coverage
from clustergap.document import (
    Column,
    ColumnKind,
    Inline,
    Link,
    Place,
    Run,
    Sign,
    Style,
    Table,
    TableCell,
    Text,
    plain,
)
from clustergap.text_metrics import break_lines
from clustergap.theme import FILLS, TEXT_COLOURS, sign_of
from clustergap.writers.ooxml import Edge, Edges, Stroke, edges

INK, ACCENT, SOFT = "1A1A1A", "0B5394", "474D57"
CODE_FONT = "Courier New"

WIDTH = 174.0
"""Width of the text on a page, in millimetres."""

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


class WordRun(NamedTuple):
    """Words with one look; without a colour they have that of their paragraph style."""

    text: str
    is_bold: bool = False
    colour: str = ""
    font: str = ""


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
    style: str, *runs: WordRun, properties: Sequence[BaseOxmlElement] = ()
) -> BaseOxmlElement:
    """Write a paragraph in a style, given by its id, with further *properties*."""
    all_properties = with_children(element("w:pPr"), element("w:pStyle", val=style), *properties)
    return with_children(element("w:p"), all_properties, *map(write_run, runs))


def write_run(run: WordRun) -> BaseOxmlElement:
    """Write a run; its line breaks are kept."""
    node, properties = OxmlElement("w:r"), element("w:rPr")
    if run.font:
        properties.append(element("w:rFonts", ascii=run.font, hAnsi=run.font, cs=run.font))
    if run.is_bold:
        properties.append(element("w:b"))
    if run.colour:
        properties.append(element("w:color", val=run.colour.removeprefix("#")))
    if len(properties):
        node.append(properties)
    node.text = run.text
    return node


def linked(id_: str, words: str) -> BaseOxmlElement:
    """Write a link to the target of a relationship of the document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), id_)
    run = write_run(WordRun(words, colour=ACCENT))
    run.xpath("w:rPr")[0].append(element("w:u", val="single"))
    return with_children(link, run)


def runs_of(text: Text, *, is_bold: bool = False, colour: str = "") -> list[WordRun]:
    """Return a text as runs; the address of a link, which follows a colon, is not among them."""
    runs: list[WordRun] = []
    for inline in [text] if isinstance(text, str) else text:
        run = _run(inline)
        if not runs and isinstance(inline, Place):
            run = run._replace(text=run.text.strip())
        run = run._replace(is_bold=run.is_bold or is_bold, colour=run.colour or colour)
        if runs and runs[-1]._replace(text=run.text) == run:
            run = run._replace(text=runs.pop().text + run.text)
        runs.append(run)
    return runs


def _run(inline: Inline) -> WordRun:
    match inline:
        case Run(text, style):
            colour, font = _STYLES.get(style, ("", ""))
            return WordRun(text, style is Style.STRONG, colour, font)
        case Sign(coverage):
            return WordRun(sign_of(coverage), is_bold=True, colour=ink_of(coverage))
        case Link():
            return WordRun(": ")
        case _:
            return WordRun(plain((inline,)))


_STYLES = {Style.QUIET: (SOFT, ""), Style.CODE: ("", CODE_FONT)}


def ink_of(coverage: Coverage) -> str:
    """Return the colour of a coverage's sign on white paper; in a filled cell that of full is white."""
    return FILLS[coverage] if coverage is Coverage.FULL else TEXT_COLOURS[coverage]


# Tables

MOST_LEVELS = 5
"""Columns beside the first that fit on a page; more go into a further table."""

STYLE = "TableText"

SHORT = 240.0
"""The greatest height of a row that is not broken over pages, in points, a third of a page; a higher header is not
repeated. LibreOffice would cut an unbroken row that is as high as a page without the header."""

_PARTS = {"Cell": 1.4, "Level": 0.7, "Risk": 0.7, "Why": 2.0, "Elsewhere": 0.9, "By": 2.0}
_KINDS = {ColumnKind.TEXT: 1.0, ColumnKind.COVERAGE: 0.8, ColumnKind.NUMBER: 0.5}
"""The relative width of a column, by its name or else its kind."""

_STROKES = {
    Stroke.BLANK: "nil",
    Stroke.SOLID: "single",
    Stroke.DASHED: "dashed",
    Stroke.DOTTED: "dotted",
    Stroke.DOUBLE: "double",
}

_MARGINS = (("top", 60), ("left", 90), ("bottom", 60), ("right", 90))
"""Margins of a cell, in twentieths of a point."""

Cells = Sequence[TableCell]


def draw_tables(table: Table) -> list[BaseOxmlElement]:
    """Write a table; one with too many columns for a page becomes several, each with the first column."""
    others = len(table.columns) - 1
    number = ceil(others / max(1, ceil(others / MOST_LEVELS)))
    return [_part(table, first, number) for first in range(1, others + 1, number)]


def _part(table: Table, first: int, number: int) -> BaseOxmlElement:
    part = slice(first, first + number)
    columns = (table.columns[0], *table.columns[part])
    rows = [[*map(TableCell.of, (row[0], *row[part]))] for row in table.rows]
    return _table(table, columns, [[TableCell((column.name,)) for column in columns], *rows])


def _table(table: Table, columns: Sequence[Column], rows: Sequence[Cells]) -> BaseOxmlElement:
    widths = _widths(columns)
    coverages = [[cell.coverage for cell in row] for row in rows]
    node = with_children(element("w:tbl"), _properties(table), _grid(widths))
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
    # In points, rather too much: as if all letters were bold.
    size, (above, left, below, right) = SIZES[TABLE_TEXT], (width for _, width in _MARGINS)
    leadings = [
        fsum(
            line.leading
            for text in _lines(cell)
            for line in break_lines(
                plain(text), (width - left - right) / 20 / size, len(plain(text))
            )
        )
        for cell, width in zip(row, widths, strict=True)
    ]
    return SPACING * size * max(leadings) + (above + below) / 20


def _widths(columns: Sequence[Column]) -> list[int]:
    parts = [_PARTS.get(column.name, _KINDS[column.kind]) for column in columns]
    return [_twips(WIDTH * part / fsum(parts)) for part in parts]


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


def _properties(table: Table) -> BaseOxmlElement:
    margins = with_children(
        element("w:tblCellMar"),
        *(element(f"w:{side}", w=width, type="dxa") for side, width in _MARGINS),
    )
    return with_children(
        element("w:tblPr"),
        element("w:tblW", w=_twips(WIDTH), type="dxa"),
        element("w:tblLayout", type="fixed"),
        margins,
        element("w:tblLook", val="04A0", firstRow=1, firstColumn=1, noHBand=1, noVBand=1),
        element("w:tblCaption", val=table.title),
        element("w:tblDescription", val=table.description),
    )


def _grid(widths: Sequence[int]) -> BaseOxmlElement:
    return with_children(
        element("w:tblGrid"), *(element("w:gridCol", w=width) for width in widths)
    )


def _cell(
    cell: TableCell, width: int, lines: Edges, is_strong: bool, held: Sequence[str]
) -> BaseOxmlElement:
    properties = with_children(
        element("w:tcPr"), element("w:tcW", w=width, type="dxa"), _borders(lines)
    )
    ink = TEXT_COLOURS[cell.coverage] if cell.coverage else ""
    paragraphs = []
    for number, text in enumerate(_lines(cell)):
        is_sign = cell.coverage is not None and number == 0
        runs = runs_of(text, is_bold=is_strong or is_sign, colour=ink)
        paragraphs.append(paragraph(STYLE, *runs, properties=[*map(element, held)]))
    if cell.coverage is not None:
        fill = FILLS[cell.coverage].removeprefix("#")
        properties.append(element("w:shd", val="clear", color="auto", fill=fill))
    return with_children(element("w:tc"), properties, *paragraphs)


def _lines(cell: TableCell) -> tuple[Text, ...]:
    if cell.coverage is None:
        return cell.lines or ("",)
    sign = f"{sign_of(cell.coverage)} {cell.number}".rstrip()
    return (sign, *cell.lines)


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
