"""A note written section by section."""

import io
from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.xmlchemy import BaseOxmlElement

from clustergap.render.docx.drawn_table import draw_tables
from clustergap.render.docx.ink import Run, child, linked, paragraph, within
from clustergap.render.docx.template import ACCENT, open_note
from clustergap.render.grammar.address import address_of
from clustergap.render.note.parts import (
    Item,
    Note,
    Numbered,
    Points,
    Reference,
    References,
    Section,
    Table,
    Words,
)
from clustergap.theme import INKS, UNICODE
from clustergap.writers.office import repack


def write_note(note: Note, foot: str) -> bytes:
    """Write a note; *foot* stands at the foot of every page."""
    document = open_note(note.title, foot)
    _add(document, paragraph("Title", Run(note.title)))
    _add(document, paragraph("Subtitle", Run(note.subtitle)))
    for section in note.sections:
        for part in _section(document, section):
            _add(document, part)
    written = io.BytesIO()
    document.save(written)
    return repack(written.getvalue())


def _add(document: Document, part: BaseOxmlElement) -> None:
    document.element.body.insert_element_before(part, "w:sectPr")


def _section(document: Document, section: Section) -> Iterator[BaseOxmlElement]:
    yield paragraph(f"Heading{section.depth}", Run(section.title))
    for block in section.blocks:
        yield from _block(document, block)


def _block(
    document: Document, block: Words | Points | Numbered | Table | References
) -> Iterator[BaseOxmlElement]:
    match block:
        case Words():
            yield paragraph("Normal", Run(block.text, is_bold=block.is_strong))
        case Points():
            yield from (paragraph("ListBullet", Run(line)) for line in block.lines)
        case Numbered():
            list_ = _new_list(document)
            for item in block.items:
                yield from _item(item, list_)
        case Table():
            for table in draw_tables(block):
                # Tables that touch would be one.
                yield from (table, paragraph("TableText"))
        case References():
            yield from (_reference(document, one) for one in block.sources)


def _new_list(document: Document) -> int:
    # A list of the same style would go on counting where the last one ended.
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    of_style = numbering.num_having_numId(int(style.xpath("w:pPr/w:numPr/w:numId/@w:val")[0]))
    number = numbering.add_num(of_style.abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _item(item: Item, list_: int) -> Iterator[BaseOxmlElement]:
    sign = Run(f"{UNICODE.coverage[item.coverage]} ", is_bold=True, colour=INKS[item.coverage])
    numbered = within(child("w:numPr"), child("w:ilvl", val=0), child("w:numId", val=list_))
    looks = (*([child("w:keepNext")] if item.points else []), numbered)
    yield paragraph("ListNumber", sign, Run(item.sentence, is_bold=True), looks=looks)
    yield from (paragraph("ListBullet2", Run(point)) for point in item.points)


def _reference(document: Document, one: Reference) -> BaseOxmlElement:
    gap = ": " if one.url else ""
    said = paragraph("ListBullet", Run(one.key, is_bold=True), Run(f" {one.text}{gap}"))
    if one.url:
        address = address_of(one.url)
        id_ = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        said.append(linked(id_, one.url, ACCENT))
    return said
