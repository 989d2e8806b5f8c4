"""What a note for Word is made of, as its grammar has it: paragraphs, words, links and tables."""

from collections.abc import Sequence
from math import ceil, fsum
from typing import NamedTuple

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from clustergap.analysis.coverage import Coverage
from clustergap.document import (
    Column,
    Inline,
    Kind,
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
from clustergap.theme import FILLS, TEXT_COLOURS, UNICODE, WORDS
from clustergap.writers.ooxml import Edge, Edges, Stroke, edges

INK, ACCENT, SOFT = "1A1A1A", "0B5394", "474D57"
CODE_FONT = "Courier New"

WIDTH = 174.0
"""Of the text on a page, in millimetres."""

SPACING = 1.15
"""Of lines, as a part of how high they are by their letters."""

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
"""In points, by the names of the styles that are used."""


class Words(NamedTuple):
    """Words of one look; without a colour in that of their paragraph's style."""

    text: str
    is_bold: bool = False
    colour: str = ""
    font: str = ""


def child(tag: str, **attributes: str | int) -> BaseOxmlElement:
    """Make an element with attributes of its own namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def within(parent: BaseOxmlElement, *children: BaseOxmlElement) -> BaseOxmlElement:
    """Put elements into another, and return that."""
    parent.extend(children)
    return parent


def paragraph(style: str, *words: Words, looks: Sequence[BaseOxmlElement] = ()) -> BaseOxmlElement:
    """Write a paragraph in a style, by the style's id, with *looks* beside what the style says."""
    properties = within(child("w:pPr"), child("w:pStyle", val=style), *looks)
    return within(child("w:p"), properties, *map(write_words, words))


def write_words(words: Words) -> BaseOxmlElement:
    """Write words; a line break in them stays one."""
    written = OxmlElement("w:r")
    look = child("w:rPr")
    if words.font:
        look.append(child("w:rFonts", ascii=words.font, hAnsi=words.font, cs=words.font))
    if words.is_bold:
        look.append(child("w:b"))
    if words.colour:
        look.append(child("w:color", val=words.colour.removeprefix("#")))
    if len(look):
        written.append(look)
    written.text = words.text
    return written


def linked(id_: str, words: str) -> BaseOxmlElement:
    """Write a link to what a relationship of the document names."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), id_)
    written = write_words(Words(words, colour=ACCENT))
    written.xpath("w:rPr")[0].append(child("w:u", val="single"))
    return within(link, written)


def words_of(text: Text, *, is_bold: bool = False, colour: str = "") -> list[Words]:
    """Return the words of a text by their looks; a link's stand behind a colon, and are not among them."""
    words: list[Words] = []
    for run in [text] if isinstance(text, str) else text:
        looks = _words(run)
        if not words and isinstance(run, Place):
            looks = looks._replace(text=looks.text.strip())
        looks = looks._replace(is_bold=looks.is_bold or is_bold, colour=looks.colour or colour)
        if words and words[-1]._replace(text=looks.text) == looks:
            looks = looks._replace(text=words.pop().text + looks.text)
        words.append(looks)
    return words


def _words(run: Inline) -> Words:
    match run:
        case Run(text, style):
            colour, font = _LOOKS.get(style, ("", ""))
            return Words(text, style is Style.STRONG, colour, font)
        case Sign(coverage):
            sign = f"{UNICODE.coverage[coverage]} {WORDS[coverage]}"
            return Words(sign, is_bold=True, colour=ink_of(coverage))
        case Link():
            return Words(": ")
        case _:
            return Words(plain((run,)))


_LOOKS = {Style.QUIET: (SOFT, ""), Style.CODE: ("", CODE_FONT)}


def ink_of(coverage: Coverage) -> str:
    """Return the colour of a coverage's sign on the paper itself: that of full is white where it is filled."""
    return FILLS[coverage] if coverage is Coverage.FULL else TEXT_COLOURS[coverage]


# Tables

MOST_LEVELS = 5
"""Columns beside the first that stand next to each other on a page; more go on in a further table."""

STYLE = "TableText"

SHORT = 240.0
"""The height of a row that is not broken over pages, in points, a third of what a page has; a higher header is not
repeated. What is as high as a page, less a header, is cut at its end by LibreOffice rather than go on."""

_PARTS = {"Cell": 1.4, "Level": 0.7, "Risk": 0.7, "Why": 2.0, "Elsewhere": 0.9}
_KINDS = {Kind.TEXT: 1.0, Kind.COVERAGE: 0.8, Kind.NUMBER: 0.5}
"""Of a column, by its name or else its kind, how wide it is beside others."""

_STROKES = {
    Stroke.BLANK: "nil",
    Stroke.SOLID: "single",
    Stroke.DASHED: "dashed",
    Stroke.DOTTED: "dotted",
    Stroke.DOUBLE: "double",
}

_MARGINS = (("top", 60), ("left", 90), ("bottom", 60), ("right", 90))
"""Twentieths of a point between a cell's words and its lines."""

Cells = Sequence[TableCell]


def draw_tables(table: Table) -> list[BaseOxmlElement]:
    """Write a table, as several if it has too many columns for a page, each with the first column."""
    others = len(table.columns) - 1
    number = ceil(others / max(1, ceil(others / MOST_LEVELS)))
    return [_part(table, first, number) for first in range(1, others + 1, number)]


def _part(table: Table, first: int, number: int) -> BaseOxmlElement:
    shown = slice(first, first + number)
    columns = (table.columns[0], *table.columns[shown])
    rows = [[*map(TableCell.of, (row[0], *row[shown]))] for row in table.rows]
    return _table(table, columns, [[TableCell((column.name,)) for column in columns], *rows])


def _table(table: Table, columns: Sequence[Column], rows: Sequence[Cells]) -> BaseOxmlElement:
    widths = _widths(columns)
    coverages = [[cell.coverage for cell in row] for row in rows]
    drawn = within(child("w:tbl"), _properties(table), _grid(widths))
    for number, row in enumerate(rows):
        looks, held = _held(number, is_short=_height(row, widths) <= SHORT)
        line = within(child("w:tr"), within(child("w:trPr"), *map(child, looks)))
        for place, cell in enumerate(row):
            is_strong = number == 0 or place == 0
            around = edges(coverages, number, place)
            drawn_cell = _cell(cell, widths[place], around, is_strong, held)
            if columns[place].kind is Kind.NUMBER:
                for properties in drawn_cell.xpath("w:p/w:pPr"):
                    properties.append(child("w:jc", val="right"))
            line.append(drawn_cell)
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


def _height(row: Cells, widths: Sequence[int]) -> float:
    # In points, rather more than less: as if all letters were bold.
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
    ink = TEXT_COLOURS[cell.coverage] if cell.coverage else ""
    words = []
    for number, line in enumerate(_lines(cell)):
        is_sign = cell.coverage is not None and number == 0
        written = words_of(line, is_bold=is_strong or is_sign, colour=ink)
        words.append(paragraph(STYLE, *written, looks=[*map(child, held)]))
    if cell.coverage is not None:
        fill = FILLS[cell.coverage].removeprefix("#")
        look.append(child("w:shd", val="clear", color="auto", fill=fill))
    return within(child("w:tc"), look, *words)


def _lines(cell: TableCell) -> tuple[Text, ...]:
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
