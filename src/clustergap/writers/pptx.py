"""Slides for PowerPoint: the same bytes on every run, with tables that people can edit."""

import io
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, count
from typing import NamedTuple

from clustergap.errors import MissingExtraError

try:
    from pptx import Presentation
except ImportError as error:
    raise MissingExtraError("a file of slides", "office") from error

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.oxml.xmlchemy import BaseOxmlElement, OxmlElement
from pptx.parts.slide import SlideMasterPart
from pptx.presentation import Presentation as PowerPointFile
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide as PowerPointSlide
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from clustergap.masthead import Logo
from clustergap.office import Deck
from clustergap.one_page import OneSlide
from clustergap.text import isolate
from clustergap.theme import FILLS, PALE
from clustergap.writers.one_slide import lay_out_one
from clustergap.writers.ooxml import (
    LANGUAGE,
    Edge,
    Edges,
    Stroke,
    edge_around,
    edges,
    repack,
    set_properties,
)
from clustergap.writers.slide_layout import PlacedSlide, lay_out
from clustergap.writers.slide_tables import BESIDE, SlideCell, TablePart
from clustergap.writers.slide_text import (
    ACCENT,
    HEIGHT,
    WIDTH,
    SlideText,
    TextBlock,
    TextPart,
    opening_title,
    title_part,
)

_NOTES_SIZE = 12.0
"""Font size of the speaker's notes."""

_LAYOUTS = ("Title Slide", "Title Only")
"""Layouts of the library's template that are kept, for adding slides."""

_WIDER = WIDTH / 720.0
"""How much wider our slides are than those of the library's template, which are 4:3."""

_THEME = (
    (b'typeface="Calibri"', b'typeface="Arial"'),
    (b'srgbClr val="4F81BD"', b'srgbClr val="0B5394"'),
)

_STRIPE = (
    f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Accent"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
    f'<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{Pt(10)}" cy="{Pt(HEIGHT)}"/></a:xfrm>'
    f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    f'<a:solidFill><a:srgbClr val="{ACCENT[1:]}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
)

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's table style without fills and lines: each cell gets its own."""

_SIDES = ("a:lnL", "a:lnR", "a:lnT", "a:lnB")

_DASHES = {Stroke.DASHED: "dash", Stroke.DOTTED: "sysDot"}


_LOGO_WIDTH, _LOGO_HEIGHT, _LOGO_BESIDE, _LOGO_ABOVE = 120.0, 21.0, 24.0, 4.0
"""The greatest width and height of a logo, and its distances from the right and upper edges of a slide."""

MOST_SLIDES = 20
"""Slides of a report, unless all are asked for: nobody shows more."""


class SlideFile(NamedTuple):
    """A file of slides, and the number of those that are left out."""

    file: bytes
    left_out: int


def write(deck: Deck, logo: Logo | None = None) -> bytes:
    """Write all slides; of several with one title all but the first get a number."""
    return write_most(deck, None, logo).file


def write_most(deck: Deck, most: int | None = MOST_SLIDES, logo: Logo | None = None) -> SlideFile:
    """Write so many slides at most; the last of them says what is left out. None: all."""
    file = _open_file(deck.title, logo)
    slides, left_out = lay_out(deck, most)
    taken: set[str] = set()
    for slide in slides:
        numbers = (f"{slide.title} ({number})" for number in count(2))
        own = next(name for name in chain((slide.title,), numbers) if name not in taken)
        taken.add(own)
        head = opening_title(own) if slide.opens else title_part(own)
        _draw(file, slide._replace(title=own), head)
    return SlideFile(_save(file), left_out)


def write_one(slide: OneSlide, logo: Logo | None = None) -> bytes:
    """Write a single slide, on which everything has room."""
    file = _open_file(slide.title, logo)
    head, placed = lay_out_one(slide)
    _draw(file, placed, head)
    return _save(file)


def _save(file: PowerPointFile) -> bytes:
    written = io.BytesIO()
    file.save(written)
    return repack(written.getvalue())


# The empty file: 16:9, one font, one accent, two layouts.


def _open_file(title: str, logo: Logo | None) -> PowerPointFile:
    file = Presentation()
    file.slide_width, file.slide_height = Pt(WIDTH), Pt(HEIGHT)
    master = file.slide_master
    for layout in list(file.slide_layouts):
        if layout.name in _LAYOUTS:
            _set_up(layout)
        else:
            file.slide_layouts.remove(layout)
    _set_up(master)
    master.element.cSld.spTree.insert(2, parse_xml(_STRIPE))
    if logo is not None:
        _put_logo(master, logo)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    for old, new in _THEME:
        theme.blob = theme.blob.replace(old, new)
    _drop_leftovers(file)
    _number_parts(file)
    set_properties(file.core_properties, title)
    return file


def _put_logo(master: SlideMaster, logo: Logo) -> None:
    # On the master it stands on every slide, above all titles, and is kept once.
    part = master.part
    assert isinstance(part, SlideMasterPart)  # noqa: S101 - the library says only that it is XML
    _, relation = part.get_or_add_image_part(io.BytesIO(logo.file))
    height = logo.height_in(_LOGO_WIDTH, _LOGO_HEIGHT)
    width = height * logo.proportion
    left, top = WIDTH - _LOGO_BESIDE - width, _LOGO_ABOVE + (_LOGO_HEIGHT - height) / 2
    master.element.cSld.spTree.append(
        parse_xml(
            f'<p:pic {nsdecls("p", "a", "r")}><p:nvPicPr><p:cNvPr id="98" name="Logo" descr="Logo"/>'
            '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f'<p:spPr><a:xfrm><a:off x="{Pt(left)}" y="{Pt(top)}"/><a:ext cx="{Pt(width)}" cy="{Pt(height)}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )
    )


def _drop_leftovers(file: PowerPointFile) -> None:
    # The library's template has a thumbnail and printer settings.
    package = file.part.package
    thumbnail = package.part_related_by(RELATIONSHIP_TYPE.THUMBNAIL)
    package.drop_rel(package.relate_to(thumbnail, RELATIONSHIP_TYPE.THUMBNAIL))
    printer = file.part.part_related_by(RELATIONSHIP_TYPE.PRINTER_SETTINGS)
    file.part.drop_rel(file.part.relate_to(printer, RELATIONSHIP_TYPE.PRINTER_SETTINGS))


def _number_parts(file: PowerPointFile) -> None:
    # To name a new part the library looks at all parts, so that the time would grow as the square of the slides' number.
    package = file.part.package
    taken = {part.partname for part in package.iter_parts()}
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))

    def next_partname(template: str) -> PackURI:
        names = (PackURI(template % number) for number in numbers[template])
        return next(name for name in names if name not in taken)

    package.next_partname = next_partname  # type: ignore[method-assign, assignment]


def _set_up(page: SlideMaster | SlideLayout) -> None:
    for place in page.element.xpath(".//a:xfrm/a:off"):
        place.set("x", str(round(int(place.get("x")) * _WIDER)))
    for place in page.element.xpath(".//a:xfrm/a:ext"):
        place.set("cx", str(round(int(place.get("cx")) * _WIDER)))
    for words in page.element.xpath(".//*[@lang]"):
        words.set("lang", LANGUAGE)
    for style in page.element.xpath(".//p:titleStyle/a:lvl1pPr"):
        style.set("algn", "l")


# A slide.


def _draw(file: PowerPointFile, slide: PlacedSlide, title: TextPart) -> None:
    page = file.slides.add_slide(file.slide_layouts[0 if slide.opens else 1])
    head, *others = page.placeholders
    _draw_text(head, title)
    for part in slide.parts:
        if isinstance(part, TablePart):
            _draw_table(page, part)
        else:
            shape = others.pop() if others else page.shapes.add_textbox(0, 0, 0, 0)
            _draw_text(shape, part)
    _write_notes(page, slide.notes)


def _draw_text(shape: Shape, part: TextPart) -> None:
    box, frame = part.box, shape.text_frame
    shape.left, shape.top = Pt(box.x), Pt(box.y)
    shape.width, shape.height = Pt(box.width), Pt(box.height)
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if part.coverage else MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = Pt(part.inside)
    frame.margin_top = frame.margin_bottom = Pt(0 if part.coverage else part.inside)
    _fill_body(shape.element.xpath("p:txBody")[0], part.block)
    _describe(shape, part.description)
    if part.coverage or part.inside:
        colour = PALE if part.is_pale else FILLS[part.coverage] if part.coverage else None
        fill = [_solid(colour)] if colour else []
        shape.element.spPr.extend([*fill, _line("a:ln", edge_around(part.coverage))])


def _draw_table(page: PowerPointSlide, part: TablePart) -> None:
    # The first row and column are headers.
    content = part.page
    frame = page.shapes.add_table(len(content.rows), len(content.widths), *map(Pt, part.box))
    _describe(frame, part.description)
    table = frame.table
    table.first_row, table.first_col, table.horz_banding = True, part.names_rows, False
    element = frame.element.xpath(".//a:tbl")[0]
    element.xpath("a:tblPr/a:tableStyleId")[0].text = _NO_STYLE
    for number, width in enumerate(content.widths):
        table.columns[number].width = Pt(width)
    for number, height in enumerate(content.heights):
        table.rows[number].height = Pt(height)
    coverages = [[cell.coverage for cell in row.cells] for row in content.rows]
    for number, row in enumerate(content.rows):
        for place, cell in enumerate(row.cells):
            target = element.tr_lst[number].tc_lst[place]
            _fill_cell(target, cell, edges(coverages, number, place), content.above)
            if part.is_centred and number:
                target.xpath("a:tcPr")[0].set("anchor", "ctr")


def _fill_cell(target: BaseOxmlElement, cell: SlideCell, lines: Edges, above: float) -> None:
    _fill_body(target.xpath("a:txBody")[0], cell.block)
    for old in target.xpath("a:tcPr"):
        target.remove(old)
    properties = OxmlElement("a:tcPr")
    margins = {"marL": BESIDE, "marR": BESIDE, "marT": above, "marB": above}
    for name, size in margins.items():
        properties.set(name, str(Pt(size)))
    properties.extend([_line(side, edge) for side, edge in zip(_SIDES, lines, strict=True)])
    fill = PALE if cell.is_pale else FILLS[cell.coverage] if cell.coverage else None
    properties.append(_solid(fill) if fill else OxmlElement("a:noFill"))
    target.append(properties)


def _write_notes(page: PowerPointSlide, words: tuple[str, ...]) -> None:
    notes = page.notes_slide
    for shape in notes.shapes:
        _describe(shape, f"{shape.name} of the notes")
    body = notes.notes_placeholder
    if body is not None:
        block = tuple(SlideText(line, _NOTES_SIZE) for line in words)
        _fill_body(body.element.xpath("p:txBody")[0], block)


def _describe(shape: BaseShape, words: str) -> None:
    # The alternative text of a shape.
    shape.element.xpath(".//p:cNvPr")[0].set("descr", words)


# Words, colours and lines in the XML of the file.


def _fill_body(body: BaseOxmlElement, block: TextBlock) -> None:
    for old in body.xpath("a:p"):
        body.remove(old)
    body.extend([_paragraph(text) for text in block or (SlideText("", 10),)])


def _paragraph(text: SlideText) -> BaseOxmlElement:
    paragraph = OxmlElement("a:p")
    paragraph.append(_properties(text))
    paragraph.extend(_runs(text.text[: text.bold], text, is_bold=True))
    paragraph.extend(_runs(text.text[text.bold :], text, is_bold=False))
    paragraph.append(_letters("a:endParaRPr", text, is_bold=False))
    return paragraph


def _properties(text: SlideText) -> BaseOxmlElement:
    properties = OxmlElement("a:pPr")
    properties.set("marL", str(Pt(text.indent)))
    properties.set("indent", str(Pt(-text.hang if text.sign else 0)))
    properties.set("algn", "l")
    above, points = OxmlElement("a:spcBef"), OxmlElement("a:spcPts")
    points.set("val", str(round(100 * text.above)))
    above.append(points)
    sign = OxmlElement("a:buChar" if text.sign else "a:buNone")
    if text.sign:
        sign.set("char", text.sign)
    properties.extend([above, sign])
    return properties


def _runs(words: str, text: SlideText, *, is_bold: bool) -> Iterator[BaseOxmlElement]:
    for number, line in enumerate(words.split("\n")):
        if number:
            line_break = OxmlElement("a:br")
            line_break.append(_letters("a:rPr", text, is_bold=is_bold))
            yield line_break
        if line:
            run, content = OxmlElement("a:r"), OxmlElement("a:t")
            content.text = isolate(line)
            run.extend([_letters("a:rPr", text, is_bold=is_bold), content])
            yield run


def _letters(tag: str, text: SlideText, *, is_bold: bool) -> BaseOxmlElement:
    letters = OxmlElement(tag)
    letters.set("lang", LANGUAGE)
    letters.set("sz", str(round(100 * text.size)))
    letters.set("b", str(int(is_bold)))
    letters.append(_solid(text.colour))
    return letters


def _solid(colour: str) -> BaseOxmlElement:
    fill, value = OxmlElement("a:solidFill"), OxmlElement("a:srgbClr")
    value.set("val", colour.removeprefix("#"))
    fill.append(value)
    return fill


def _line(tag: str, edge: Edge) -> BaseOxmlElement:
    # The tag names the side of the line.
    line = OxmlElement(tag)
    line.set("w", str(Pt(edge.width)))
    if edge.stroke is Stroke.BLANK:
        line.append(OxmlElement("a:noFill"))
        return line
    line.set("cmpd", "dbl" if edge.stroke is Stroke.DOUBLE else "sng")
    dash = OxmlElement("a:prstDash")
    dash.set("val", _DASHES.get(edge.stroke, "solid"))
    line.extend([_solid(edge.colour), dash])
    return line
