"""Words on a slide: how high they are, and how they go on where there is no more room. All sizes are points."""

from collections.abc import Iterable
from itertools import pairwise
from math import fsum
from typing import NamedTuple

from clustergap.text_metrics import Line, break_lines

INK, MUTED, ACCENT = "#1A1A1A", "#5A5A5A", "#0B5394"

_CAREFUL = 0.97
"""The part of a line that is reckoned with: programs differ a little in how they set letters."""


_WORTH_STARTING = 100.0
"""Less room than this at the end of a column is left empty rather than begin what needs more than a column."""


class Paragraph(NamedTuple):
    """A text set in one size.

    Attributes:
        text: The words; a line break in them stays one.
        size: Of the letters.
        ink: Their colour.
        bold: How many of the first letters are bold.
        indent: What is left free before each line.
        sign: What stands before the first line, *hang* to the left of it.
        above: What is left free above it.
    """

    text: str
    size: float
    ink: str = INK
    bold: int = 0
    indent: float = 0.0
    sign: str = ""
    hang: float = 0.0
    above: float = 0.0


Block = tuple[Paragraph, ...]
"""Paragraphs below each other."""


def strong(text: str, size: float, ink: str = INK) -> Paragraph:
    """Set a text in bold letters."""
    return Paragraph(text, size, ink, len(text))


def height(block: Block, width: float) -> float:
    """Return how high paragraphs are in a column."""
    return fsum(one.above + fsum(_heights(one, width)) for one in block)


def breaks_words(block: Block, width: float) -> bool:
    """Tell whether a word of some paragraph is too long for a line."""
    lines = (pairwise(_lines(paragraph, width)) for paragraph in block)
    return any(one.end == other.start for pairs in lines for one, other in pairs)


def split(block: Block, width: float, room: float) -> tuple[Block, Block]:
    """Part what fits into *room* from what does not, at a paragraph or else between its lines."""
    for number, paragraph in enumerate(block):
        needed = paragraph.above + fsum(_heights(paragraph, width))
        if needed > room:
            head, tail = _split(paragraph, width, room)
            return (*block[:number], *head), (*tail, *block[number + 1 :])
        room -= needed
    return block, ()


def pages(entries: Iterable[Block], width: float, room: float) -> list[Block]:
    """Fill columns of *room* with *entries*; one stays whole unless it needs more than a column."""
    found: list[Block] = []
    page: Block = ()
    left = room
    for entry in entries:
        rest, needed = entry, height(entry, width)
        if page and needed > left and (needed <= room or left < _WORTH_STARTING):
            found.append(page)
            page, left = (), room
        while needed > left:
            head, rest = split(rest, width, left)
            found.append((*page, *head))
            page, left, needed = (), room, height(rest, width)
        page, left = (*page, *rest), left - needed
    return [*found, page] if page or not found else found


def _heights(paragraph: Paragraph, width: float) -> list[float]:
    return [paragraph.size * line.leading for line in _lines(paragraph, width)]


def _lines(paragraph: Paragraph, width: float) -> tuple[Line, ...]:
    room = _CAREFUL * (width - paragraph.indent) / paragraph.size
    return break_lines(paragraph.text, room, paragraph.bold)


def _split(paragraph: Paragraph, width: float, room: float) -> tuple[Block, Block]:
    lines = _lines(paragraph, width)
    room -= paragraph.above
    fits = 0
    while fits < len(lines) - 1 and (room := room - paragraph.size * lines[fits].leading) >= 0:
        fits += 1
    if fits == 0:
        return (), (paragraph,)
    end, start = lines[fits - 1].end, lines[fits].start
    head = paragraph._replace(text=paragraph.text[:end])
    tail = paragraph._replace(
        text=paragraph.text[start:], bold=max(0, paragraph.bold - start), sign="", above=0.0
    )
    return (head,), (tail,)
