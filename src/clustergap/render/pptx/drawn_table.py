"""A part of a table drawn on a slide, as a table that people can edit."""

from pptx.oxml.xmlchemy import BaseOxmlElement, OxmlElement
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.util import Pt

from clustergap.render.pptx.grid import ABOVE, BESIDE, GridCell
from clustergap.render.pptx.ink import fill_body, line, solid
from clustergap.render.pptx.plan import TablePart
from clustergap.theme import FILLS
from clustergap.writers.office import Edges, edges

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's table style without fills and lines: ours are written into each cell."""

_SIDES = ("a:lnL", "a:lnR", "a:lnT", "a:lnB")

_MARGINS = {"marL": BESIDE, "marR": BESIDE, "marT": ABOVE, "marB": ABOVE}


def draw_table(slide: Slide, part: TablePart) -> None:
    """Draw a table whose first row and column are headers."""
    page, box = part.page, part.box
    rows, columns = len(page.rows), len(page.widths)
    frame = slide.shapes.add_table(rows, columns, *map(Pt, box))
    describe(frame, part.description)
    table = frame.table
    table.first_row, table.first_col, table.horz_banding = True, True, False
    drawn = frame.element.xpath(".//a:tbl")[0]
    drawn.xpath("a:tblPr/a:tableStyleId")[0].text = _NO_STYLE
    for number, width in enumerate(page.widths):
        table.columns[number].width = Pt(width)
    for number, height in enumerate(page.heights):
        table.rows[number].height = Pt(height)
    coverages = [[cell.coverage for cell in row.cells] for row in page.rows]
    for number, row in enumerate(page.rows):
        for place, cell in enumerate(row.cells):
            _fill(drawn.tr_lst[number].tc_lst[place], cell, edges(coverages, number, place))


def describe(shape: BaseShape, words: str) -> None:
    """Say what a shape shows to those who cannot see it."""
    shape.element.xpath(".//p:cNvPr")[0].set("descr", words)


def _fill(drawn: BaseOxmlElement, cell: GridCell, around: Edges) -> None:
    fill_body(drawn.xpath("a:txBody")[0], cell.block)
    for old in drawn.xpath("a:tcPr"):
        drawn.remove(old)
    look = OxmlElement("a:tcPr")
    for name, size in _MARGINS.items():
        look.set(name, str(Pt(size)))
    look.extend([line(side, edge) for side, edge in zip(_SIDES, around, strict=True)])
    look.append(solid(FILLS[cell.coverage]) if cell.coverage else OxmlElement("a:noFill"))
    drawn.append(look)
