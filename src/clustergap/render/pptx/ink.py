"""Words written into a file of slides, as its grammar has them."""

from collections.abc import Iterator

from pptx.oxml.xmlchemy import BaseOxmlElement, OxmlElement
from pptx.util import Pt

from clustergap.render.pptx.paragraphs import Block, Paragraph
from clustergap.writers.office import Edge, Stroke

LANGUAGE = "en-GB"

_DASHES = {Stroke.DASHED: "dash", Stroke.DOTTED: "sysDot"}


def fill_body(body: BaseOxmlElement, block: Block) -> None:
    """Write paragraphs into a body of text, in place of all that are there."""
    for old in body.xpath("a:p"):
        body.remove(old)
    body.extend([_paragraph(one) for one in block] or [_empty()])


def solid(colour: str) -> BaseOxmlElement:
    """Write a colour as a filling."""
    fill, value = OxmlElement("a:solidFill"), OxmlElement("a:srgbClr")
    value.set("val", colour.removeprefix("#"))
    fill.append(value)
    return fill


def line(tag: str, edge: Edge) -> BaseOxmlElement:
    """Write a line under the name of its side."""
    drawn = OxmlElement(tag)
    drawn.set("w", str(Pt(edge.width)))
    if edge.stroke is Stroke.BLANK:
        drawn.append(OxmlElement("a:noFill"))
        return drawn
    drawn.set("cmpd", "dbl" if edge.stroke is Stroke.DOUBLE else "sng")
    dash = OxmlElement("a:prstDash")
    dash.set("val", _DASHES.get(edge.stroke, "solid"))
    drawn.extend([solid(edge.colour), dash])
    return drawn


def _paragraph(one: Paragraph) -> BaseOxmlElement:
    written = OxmlElement("a:p")
    written.append(_properties(one))
    for text, is_bold in ((one.text[: one.bold], True), (one.text[one.bold :], False)):
        written.extend(_runs(text, one, is_bold=is_bold))
    end = _letters("a:endParaRPr", one, is_bold=False)
    written.append(end)
    return written


def _empty() -> BaseOxmlElement:
    return _paragraph(Paragraph("", 10))


def _properties(one: Paragraph) -> BaseOxmlElement:
    found = OxmlElement("a:pPr")
    found.set("marL", str(Pt(one.indent)))
    found.set("indent", str(Pt(-one.hang if one.sign else 0)))
    found.set("algn", "l")
    above, points = OxmlElement("a:spcBef"), OxmlElement("a:spcPts")
    points.set("val", str(round(100 * one.above)))
    above.append(points)
    sign = OxmlElement("a:buChar" if one.sign else "a:buNone")
    if one.sign:
        sign.set("char", one.sign)
    found.extend([above, sign])
    return found


def _runs(text: str, one: Paragraph, *, is_bold: bool) -> Iterator[BaseOxmlElement]:
    for number, words in enumerate(text.split("\n")):
        if number:
            broken = OxmlElement("a:br")
            broken.append(_letters("a:rPr", one, is_bold=is_bold))
            yield broken
        if words:
            run, written = OxmlElement("a:r"), OxmlElement("a:t")
            written.text = words
            run.extend([_letters("a:rPr", one, is_bold=is_bold), written])
            yield run


def _letters(tag: str, one: Paragraph, *, is_bold: bool) -> BaseOxmlElement:
    found = OxmlElement(tag)
    found.set("lang", LANGUAGE)
    found.set("sz", str(round(100 * one.size)))
    found.set("b", str(int(is_bold)))
    found.append(solid(one.ink))
    return found
