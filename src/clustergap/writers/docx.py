"""Notes for Word: a document with the styles by which Word navigates."""

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from clustergap.errors import MissingExtraError

try:
    import docx
except ImportError as error:
    raise MissingExtraError("a note for Word", "office") from error

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from clustergap.document import (
    Block,
    Code,
    Days,
    Document,
    Edits,
    Entries,
    Field,
    Fields,
    Grid,
    Heading,
    Inline,
    Item,
    Link,
    Numbered,
    Paragraph,
    Points,
    Run,
    Square,
    Steps,
    Style,
    Table,
    Text,
    plain,
)
from clustergap.text import as_sentence
from clustergap.theme import TEXT_COLOURS, UNICODE
from clustergap.writers.docx_parts import (
    ACCENT,
    INK,
    SIZES,
    SOFT,
    SPACING,
    TABLE_TEXT,
    WIDTH,
    WordRun,
    draw_tables,
    element,
    linked,
    paragraph,
    runs_of,
    with_children,
    write_run,
)
from clustergap.writers.ooxml import LANGUAGE, repack, set_properties

FONT = "Arial"

_ABOVE = {"Heading 1": 20.0, "Heading 2": 12.0}
_BELOW = {"Normal": 6.0, "Title": 6.0, "Subtitle": 10.0, "Heading 1": 6.0, "Heading 2": 4.0}


def write(document: Document) -> bytes:
    """Write a note; the foot of every page says what was asked."""
    title = document.subject or document.title
    note = _open(plain(title), " ".join(document.question))
    parts = [_paragraph(note, "Title", title)]
    if document.subject:
        parts.append(_paragraph(note, "Subtitle", document.title))
    for block in (*_blocks(document), *_end(document)):
        parts += _block(note, block)
    for part in parts:
        note.element.body.insert_element_before(part, "w:sectPr")
    written = io.BytesIO()
    note.save(written)
    return repack(written.getvalue())


def _blocks(document: Document) -> Iterator[Block]:
    for block in document.blocks:
        match block:
            case Square(fields):
                inner: Iterable[Block] = chain.from_iterable(field.blocks for field in fields)
            case Days(days):
                inner = chain.from_iterable(day.blocks for day in days)
            case Grid():
                inner = block.blocks
            case _:
                inner = (block,)
        for each in inner:
            if isinstance(each, Heading) and not document.has_chapters:
                yield Heading(each.text, each.depth - 1)
            else:
                yield each


def _end(document: Document) -> Iterator[Block]:
    if document.meanings:
        yield Heading("What the words mean", 1)
        is_one = len(document.meanings) == 1
        yield Paragraph(document.meanings[0]) if is_one else Points(document.meanings)
    yield from (Paragraph(text) for text in (document.source, document.remark) if text)


def _block(note: WordDocument, block: Block) -> Iterator[BaseOxmlElement]:  # noqa: C901 - one case a block
    match block:
        case Heading(text, depth):
            yield _paragraph(note, f"Heading{depth}", text)
        case Paragraph(text):
            yield _paragraph(note, "Normal", text)
        case Points(items):
            yield from (_paragraph(note, "ListBullet", item) for item in items)
        case Numbered(items, nothing):
            yield from _numbered(note, items) if items else _nothing(note, nothing)
        case Entries(entries, nothing):
            yield from _entries(note, entries) if entries else _nothing(note, nothing)
        case Fields(fields):
            yield from _fields(note, fields)
        case Table():
            yield from _tables(block)
        case Steps():
            yield from _tables(block.table)
        case Edits(edits):
            for edit in edits:
                details = f": {edit.details}" if edit.details else ""
                yield _paragraph(note, "ListBullet", f"{edit.what} {edit.name}{details}")
        case Code(title, text):
            yield _paragraph(note, "Normal", f"{title}:")
            yield _paragraph(note, "Normal", (Run(text.rstrip("\n"), Style.CODE),))
        case Square() | Days() | Grid():
            raise AssertionError("these are written part by part")


def _paragraph(
    note: WordDocument, style: str, text: Text, colour: str = "", *, label: str = ""
) -> BaseOxmlElement:
    """Write a text, after a label if it has one."""
    written = paragraph(style, *([WordRun(label, is_bold=True)] if label else []))
    runs = (text,) if isinstance(text, str) else text
    first = 0
    for last, run in enumerate(runs):
        if isinstance(run, Link):
            written.extend(map(write_run, runs_of(runs[first : last + 1], colour=colour)))
            relation = RELATIONSHIP_TYPE.HYPERLINK
            id_ = note.part.relate_to(run.address, relation, is_external=True)
            written.append(linked(id_, run.url))
            first = last + 1
    written.extend(map(write_run, runs_of(runs[first:], colour=colour)))
    return written


def _nothing(note: WordDocument, words: str) -> Iterator[BaseOxmlElement]:
    yield _paragraph(note, "Normal", as_sentence(words))


def _numbered(note: WordDocument, items: Iterable[Item]) -> Iterator[BaseOxmlElement]:
    list_ = _new_list(note)
    for item in items:
        shape = UNICODE.coverage[item.coverage]
        sign = WordRun(f"{shape} ", is_bold=True, colour=TEXT_COLOURS[item.coverage])
        numbered = with_children(
            element("w:numPr"), element("w:ilvl", val=0), element("w:numId", val=list_)
        )
        properties = (*([element("w:keepNext")] if item.fields else []), numbered)
        yield paragraph(
            "ListNumber", sign, WordRun(item.sentence, is_bold=True), properties=properties
        )
        label = ""
        for field in item.fields:
            label = field.label or label
            yield _paragraph(note, "ListBullet2", (f"{label}: ", *_runs(field.lines)))


def _new_list(note: WordDocument) -> int:
    # A list of the same style would continue the numbers of the previous one.
    numbering = note.part.numbering_part.element
    style = note.styles["List Number"].element
    of_style = numbering.num_having_numId(int(style.xpath("w:pPr/w:numPr/w:numId/@w:val")[0]))
    number = numbering.add_num(of_style.abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _entries(note: WordDocument, entries: Iterable[Field]) -> Iterator[BaseOxmlElement]:
    for field in entries:
        text, *more = field.lines
        yield _paragraph(note, "ListBullet", text, label=f"{field.label} ")
        yield from (_paragraph(note, "ListBullet2", line) for line in more)


def _fields(note: WordDocument, fields: Sequence[Field]) -> Iterator[BaseOxmlElement]:
    """Write each label with its only line beside it, or with several below it."""
    starts = [number for number, field in enumerate(fields) if field.label]
    for first, last in pairwise([*starts, len(fields)]):
        label, group = fields[first].label, fields[first:last]
        lines = group[0].lines if len(group) == 1 else [_runs(each.lines) for each in group]
        quiet = SOFT if all(each.is_quiet for each in group) else ""
        if len(lines) == 1:
            yield _paragraph(note, "ListBullet", lines[0], quiet, label=f"{label}: ")
            continue
        yield _paragraph(note, "ListBullet", "", quiet, label=label)
        yield from (_paragraph(note, "ListBullet2", line, quiet) for line in lines)


def _runs(lines: Iterable[Text]) -> tuple[Inline, ...]:
    """Join lines into one text."""
    runs: list[Inline] = []
    for line in lines:
        runs += ["\n"] if runs else []
        runs += [line] if isinstance(line, str) else line
    return tuple(runs)


def _tables(table: Table) -> Iterator[BaseOxmlElement]:
    for part in draw_tables(table):
        # Adjacent tables would become one.
        yield from (part, paragraph("TableText"))


# The empty note


def _open(title: str, foot: str) -> WordDocument:
    """Open an empty note on A4: one font, one accent colour, a language, and *foot* with the page number on every page."""
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
    note.core_properties.comments = ""
    set_properties(note.core_properties, title)
    return note


def _drop_thumbnail(note: WordDocument) -> None:
    # The library's template has a thumbnail of its own.
    relations = note.part.package.rels
    thumbnail = RELATIONSHIP_TYPE.THUMBNAIL
    for id_ in [id_ for id_, each in relations.items() if each.reltype == thumbnail]:
        del relations[id_]


def _set_up(style: ParagraphStyle, size: float) -> None:
    name = str(style.name)
    style.font.size, style.font.name = Pt(size), FONT
    # A font of the theme would take precedence over the named one.
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


def _number_pages(note: WordDocument, foot: str) -> None:
    stops = note.styles["Footer"].paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    footer = note.sections[0].footer
    footer.is_linked_to_previous = False
    number = with_children(element("w:fldSimple", instr="PAGE"), write_run(WordRun("1")))
    with_children(footer.part.element.p_lst[0], write_run(WordRun(f"{foot}\t")), number)
