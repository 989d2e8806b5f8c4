"""The empty note: A4, one font, one accent, its language, and at the foot of each page of what it is."""

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from clustergap.render.docx.ink import Run, child, run, within
from clustergap.writers.office import LONGEST_PROPERTY, WRITTEN

LANGUAGE, FONT = "en-GB", "Arial"
INK, ACCENT = "1A1A1A", "0B5394"

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

_ABOVE = {"Heading 1": 20.0, "Heading 2": 12.0}
_BELOW = {"Normal": 6.0, "Title": 6.0, "Subtitle": 10.0, "Heading 1": 6.0, "Heading 2": 4.0}


def open_note(title: str, foot: str) -> Document:
    """Begin a note; *foot* stands at the foot of every page, with its number."""
    note = docx.Document()
    page = note.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm((210 - WIDTH) / 2)
    page.top_margin = page.bottom_margin = Mm(20)
    note.styles.add_style(TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH).base_style = note.styles["Normal"]
    for name, size in SIZES.items():
        _set_up(note.styles[name], size)
    for words in (
        *note.styles.element.xpath("//w:lang"),
        *note.settings.element.xpath("//w:themeFontLang"),
    ):
        words.set(qn("w:val"), LANGUAGE)
    _number_pages(note, foot)
    _drop_thumbnail(note)
    about = note.core_properties
    about.title, about.comments = title[:LONGEST_PROPERTY], ""
    about.language, about.author = LANGUAGE, "clustergap"
    about.last_modified_by, about.revision = "clustergap", 1
    about.created = about.modified = WRITTEN
    return note


def _drop_thumbnail(note: Document) -> None:
    # The library's own file shows in small what it was once.
    parts = note.part.package.rels
    for id_ in [id_ for id_, one in parts.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del parts[id_]


def _set_up(style: ParagraphStyle, size: float) -> None:
    name = str(style.name)
    style.font.size, style.font.name = Pt(size), FONT
    # A theme's font would go before the one that is named.
    for fonts in style.element.xpath("w:rPr/w:rFonts"):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    for odd in style.element.xpath("w:pPr/w:pBdr | w:rPr/w:spacing"):
        odd.getparent().remove(odd)
    style.font.color.rgb = RGBColor.from_string(ACCENT if name.startswith("Heading") else INK)
    style.font.italic, style.font.bold = False, name in ("Title", "Heading 1", "Heading 2")
    style.paragraph_format.space_before = Pt(_ABOVE.get(name, 0))
    style.paragraph_format.space_after = Pt(_BELOW.get(name, 0))
    style.paragraph_format.line_spacing = SPACING


def _number_pages(note: Document, foot: str) -> None:
    stops = note.styles["Footer"].paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    footer = note.sections[0].footer
    footer.is_linked_to_previous = False
    number = within(child("w:fldSimple", instr="PAGE"), run(Run("1")))
    within(footer.part.element.p_lst[0], run(Run(f"{foot}\t")), number)
