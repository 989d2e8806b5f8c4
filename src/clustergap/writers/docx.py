"""Notes for Word: a document with the styles by which Word navigates."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from clustergap.errors import MissingExtraError

try:
    import docx
except ImportError as error:
    raise MissingExtraError("a note for Word", "office") from error

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from clustergap.document import Block, Days, Document, Edits, Grid, Steps, Table
from clustergap.masthead import Logo
from clustergap.prose import (
    Code,
    Entries,
    Fields,
    Heading,
    Item,
    Numbered,
    Paragraph,
    Points,
    Square,
    plain,
)
from clustergap.text import as_sentence
from clustergap.writers.docx_parts import (
    draw_tables,
    element,
    linked,
    paragraph,
    with_children,
    write_runs,
)
from clustergap.writers.note_layout import (
    ACCENT,
    INK,
    LOGO,
    SIZES,
    SPACING,
    WIDTH,
    NoteRun,
    blocks_of,
    list_items,
    numbered_items,
    runs_of,
)
from clustergap.writers.ooxml import LANGUAGE, repack, set_properties

FONT = "Arial"


_ABOVE = {"Heading 1": 20.0, "Heading 2": 12.0}
_BELOW = {"Normal": 6.0, "Title": 6.0, "Subtitle": 10.0, "Heading 1": 6.0, "Heading 2": 4.0}


def write(document: Document, logo: Logo | None = None) -> bytes:
    """Write a note; the foot of every page says what was asked."""
    title = document.subject or document.title
    note = open_note(plain(title), _LOOK, logo)
    _number_pages(note, " ".join(document.question))
    parts = [_paragraph(note, "Title", runs_of(title))]
    if document.subject:
        parts.append(_paragraph(note, "Subtitle", runs_of(document.title)))
    for block in blocks_of(document):
        parts += _block(note, block)
    return save_note(note, parts)


def _block(note: WordDocument, block: Block) -> Iterator[BaseOxmlElement]:  # noqa: C901 - one case a block
    match block:
        case Heading(text, depth):
            yield _paragraph(note, f"Heading{depth}", runs_of(text))
        case Numbered((), nothing) | Entries((), nothing):
            yield _paragraph(note, "Normal", runs_of(as_sentence(nothing)))
        case Paragraph(text):
            yield _paragraph(note, "Normal", runs_of(text))
        case Numbered(items):
            yield from _numbered(note, items)
        case Points() | Fields() | Entries() | Edits():
            for item in list_items(block):
                yield _paragraph(note, "ListBullet", item.runs)
                yield from (_paragraph(note, "ListBullet2", runs) for runs in item.below)
        case Table():
            yield from _tables(block)
        case Steps():
            yield from _tables(block.table)
        case Code(title, text):
            yield _paragraph(note, "Normal", (NoteRun(f"{title}:"),))
            yield _paragraph(note, "Normal", (NoteRun(text.rstrip("\n"), is_code=True),))
        case Square() | Days() | Grid():
            raise AssertionError("these are written part by part")


def _paragraph(
    note: WordDocument,
    style: str,
    runs: Iterable[NoteRun],
    properties: Sequence[BaseOxmlElement] = (),
) -> BaseOxmlElement:
    written = paragraph(style, properties=properties)
    for run in runs:
        if run.address:
            relation = RELATIONSHIP_TYPE.HYPERLINK
            id_ = note.part.relate_to(run.address, relation, is_external=True)
            written.append(linked(id_, run))
        else:
            written.extend(write_runs(run))
    return written


def _numbered(note: WordDocument, items: Iterable[Item]) -> Iterator[BaseOxmlElement]:
    list_ = _new_list(note)
    for item in numbered_items(items):
        numbered = with_children(
            element("w:numPr"), element("w:ilvl", val=0), element("w:numId", val=list_)
        )
        properties = (*([element("w:keepNext")] if item.below else []), numbered)
        yield _paragraph(note, "ListNumber", item.runs, properties)
        yield from (_paragraph(note, "ListBullet2", runs) for runs in item.below)


def _new_list(note: WordDocument) -> int:
    # A list of the same style would continue the numbers of the previous one.
    numbering = note.part.numbering_part.element
    style = note.styles["List Number"].element
    of_style = numbering.num_having_numId(int(style.xpath("w:pPr/w:numPr/w:numId/@w:val")[0]))
    number = numbering.add_num(of_style.abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _tables(table: Table) -> Iterator[BaseOxmlElement]:
    for part in draw_tables(table):
        # Adjacent tables would become one.
        yield from (part, paragraph("TableText"))


# The empty note


class NoteLook(NamedTuple):
    """How a note looks; sizes and spaces are in points, by the names of styles.

    Attributes:
        sizes: The sizes of letters. A style that Word does not have is like its Normal.
        above: Spaces above paragraphs.
        below: Spaces below paragraphs.
        spacing: The line spacing, as a multiple of the height of the letters.
        beside: The margins left and right, in millimetres.
        margin: The margins above and below, in millimetres.
    """

    sizes: Mapping[str, float]
    above: Mapping[str, float]
    below: Mapping[str, float]
    spacing: float
    beside: float
    margin: float


_LOOK = NoteLook(SIZES, _ABOVE, _BELOW, SPACING, (210 - WIDTH) / 2, 20)


def open_note(title: str, look: NoteLook, logo: Logo | None = None) -> WordDocument:
    """Open an empty note on A4: one font, one accent colour, a language, a logo at the head of its pages."""
    note = docx.Document()
    page = note.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(look.beside)
    page.top_margin = page.bottom_margin = Mm(look.margin)
    for name in look.sizes:
        if name not in note.styles:
            style = note.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = note.styles["Normal"]
        _set_up(note.styles[name], look)
    for words in (
        *note.styles.element.xpath("//w:lang"),
        *note.settings.element.xpath("//w:themeFontLang"),
    ):
        words.set(qn("w:val"), LANGUAGE)
    _drop_thumbnail(note)
    if logo is not None:
        _put_logo(page, logo, look.margin)
    note.core_properties.comments = ""
    set_properties(note.core_properties, title)
    return note


def save_note(note: WordDocument, parts: Iterable[BaseOxmlElement]) -> bytes:
    """Return a note that consists of *parts*."""
    for part in parts:
        note.element.body.insert_element_before(part, "w:sectPr")
    written = io.BytesIO()
    note.save(written)
    return repack(written.getvalue())


def _put_logo(page: Section, logo: Logo, margin: float) -> None:
    # In the middle of the upper margin.
    height = logo.height_in(*LOGO)
    page.header_distance = Mm((margin - height) / 2)
    line = page.header.paragraphs[0]
    line.paragraph_format.space_after = Pt(0)
    line.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
    line.add_run().add_picture(io.BytesIO(logo.file), height=Mm(height))
    for properties in line.paragraph_format.element.xpath(".//pic:cNvPr | .//wp:docPr"):
        properties.set("descr", "Logo")
        properties.set("name", "Logo")


def _drop_thumbnail(note: WordDocument) -> None:
    # The library's template has a thumbnail of its own.
    relations = note.part.package.rels
    thumbnail = RELATIONSHIP_TYPE.THUMBNAIL
    for id_ in [id_ for id_, each in relations.items() if each.reltype == thumbnail]:
        del relations[id_]


def _set_up(style: ParagraphStyle, look: NoteLook) -> None:
    name = str(style.name)
    style.font.size, style.font.name = Pt(look.sizes[name]), FONT
    # Letters from right to left have a size of their own.
    letters = style.element.get_or_add_rPr()
    for size in letters.findall(qn("w:szCs")):
        letters.remove(size)
    letters.find(qn("w:sz")).addnext(element("w:szCs", val=str(round(2 * look.sizes[name]))))
    # A font of the theme would take precedence over the named one.
    for fonts in style.element.xpath("w:rPr/w:rFonts"):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    for odd in style.element.xpath("w:pPr/w:pBdr | w:rPr/w:spacing"):
        odd.getparent().remove(odd)
    style.font.color.rgb = RGBColor.from_string(ACCENT if name.startswith("Heading") else INK)
    style.font.italic, style.font.bold = False, name in ("Title", "Heading 1", "Heading 2")
    style.font.cs_bold = style.font.bold
    style.paragraph_format.space_before = Pt(look.above.get(name, 0))
    style.paragraph_format.space_after = Pt(look.below.get(name, 0))
    style.paragraph_format.line_spacing = look.spacing


def _number_pages(note: WordDocument, foot: str) -> None:
    stops = note.styles["Footer"].paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    footer = note.sections[0].footer
    footer.is_linked_to_previous = False
    number = with_children(element("w:fldSimple", instr="PAGE"), *write_runs(NoteRun("1")))
    with_children(footer.part.element.p_lst[0], *write_runs(NoteRun(f"{foot}\t")), number)
