"""Words written into a note, as its grammar has them."""

from collections.abc import Sequence
from typing import NamedTuple

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement


class Run(NamedTuple):
    """Words of one look; without a colour in that of their paragraph's style."""

    text: str
    is_bold: bool = False
    colour: str = ""


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


def paragraph(style: str, *runs: Run, looks: Sequence[BaseOxmlElement] = ()) -> BaseOxmlElement:
    """Write a paragraph in a style, by the style's id, with *looks* beside what the style says."""
    properties = within(child("w:pPr"), child("w:pStyle", val=style), *looks)
    return within(child("w:p"), properties, *map(run, runs))


def run(one: Run) -> BaseOxmlElement:
    """Write words; a line break in them stays one."""
    written = OxmlElement("w:r")
    look = child("w:rPr")
    if one.is_bold:
        look.append(child("w:b"))
    if one.colour:
        look.append(child("w:color", val=one.colour.removeprefix("#")))
    if len(look):
        written.append(look)
    written.text = one.text
    return written


def linked(id_: str, words: str, colour: str) -> BaseOxmlElement:
    """Write a link to what a relationship of the document names."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), id_)
    shown = run(Run(words, colour=colour))
    shown.xpath("w:rPr")[0].append(child("w:u", val="single"))
    return within(link, shown)
