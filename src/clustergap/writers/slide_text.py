"""Text on slides: its height, how it continues when there is no more room, and its boxes.

All sizes are points.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import fsum
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.text_metrics import Line, break_lines

WIDTH, HEIGHT, MARGIN, TOP = 960.0, 540.0, 48.0, 34.0
"""Width and height of a slide of 13.333 x 7.5 inches, and its margins."""

OPENING_LEFT, OPENING_TOP, OPENING_RIGHT = 96.0, 96.0, 72.0
"""The margins of the first slide."""

SPACING = 14.0
"""Space between two parts of a slide."""

_TITLE_SIZES, _TITLE_LINES = (26.0, 22.0, 18.0, 14.0), 2
_OPENING_SIZES, _OPENING_LINES = (40.0, 34.0, 28.0, 22.0), 3

_NUMBER = " (999 of 999)"
"""Room for the number of a slide, which is known only after all are laid out."""

_FOOT_SIZE = 10.0


INK, MUTED, ACCENT = "#1A1A1A", "#5A5A5A", "#0B5394"

_CAREFUL = 0.97
"""The part of a line that is used, as programs set letters a little differently."""

_WORTH_STARTING = 100.0
"""With less room at the end of a column, an entry that needs more than a column is not begun there."""


class SlideText(NamedTuple):
    """A paragraph set in one size.

    Attributes:
        text: The words; line breaks are kept.
        size: The font size.
        colour: The colour of the letters.
        bold: How many of the first letters are bold.
        indent: The space before each line.
        sign: A sign before the first line.
        hang: How far the sign is to the left of the first line.
        above: The space above the paragraph.
    """

    text: str
    size: float
    colour: str = INK
    bold: int = 0
    indent: float = 0.0
    sign: str = ""
    hang: float = 0.0
    above: float = 0.0


TextBlock = tuple[SlideText, ...]
"""Paragraphs below each other."""


class SlideBox(NamedTuple):
    """A rectangle on a slide, measured from its top left."""

    x: float
    y: float
    width: float
    height: float


class TextPart(NamedTuple):
    """Text in a box, with the margin ``inside``; with a coverage the box has its fill and border, pale if nobody says how much.

    ``description`` is for those who cannot see it.
    """

    box: SlideBox
    block: TextBlock
    description: str
    coverage: Coverage | None = None
    inside: float = 0.0
    is_pale: bool = False


def strong(text: str, size: float, colour: str = INK) -> SlideText:
    """Set a text in bold letters."""
    return SlideText(text, size, colour, len(text))


def block_height(block: TextBlock, width: float) -> float:
    """Return the height of paragraphs in a column."""
    return fsum(paragraph.above + fsum(_heights(paragraph, width)) for paragraph in block)


def fit_entries(
    versions: Iterable[Iterable[TextBlock]], width: float, room: float
) -> list[TextBlock]:
    """Return the first of *versions* that fits in one column, else the last in as many as it needs.

    Args:
        versions: The same entries in several font sizes, the largest first.
        width: The width of a column.
        room: The height of a column.
    """
    *larger, smallest = versions
    for entries in larger:
        columns = fill_columns(entries, width, room)
        if len(columns) == 1:
            return columns
    return fill_columns(smallest, width, room)


def fill_columns(entries: Iterable[TextBlock], width: float, room: float) -> list[TextBlock]:
    """Fill columns of height *room* with *entries*; an entry is only split if it needs more than a column."""
    columns: list[TextBlock] = []
    column: TextBlock = ()
    left = room
    for entry in entries:
        rest = entry
        if (
            column
            and _is_higher(entry, width, left)
            and (left < _WORTH_STARTING or not _is_higher(entry, width, room))
        ):
            columns.append(column)
            column, left = (), room
        while _is_higher(rest, width, left):
            head, rest = split_block(rest, width, left)
            columns.append((*column, *head))
            column, left = (), room
        column, left = (*column, *rest), left - block_height(rest, width)
    return [*columns, column] if column or not columns else columns


def _is_higher(block: TextBlock, width: float, room: float) -> bool:
    return is_far_higher(block, width, room) or block_height(block, width) > room


def is_far_higher(block: TextBlock, width: float, room: float) -> bool:
    """Tell whether paragraphs are higher than a room by a point at least; what is below it is not looked at.

    A text of thousands of lines is continued on so many slides that it cannot be measured whole for each.
    """
    high = 0.0
    for paragraph in block:
        high += paragraph.above
        for line in lines_of(paragraph, width):
            high += paragraph.size * line.leading
            if high > room + 1:
                return True
    return False


def split_block(block: TextBlock, width: float, room: float) -> tuple[TextBlock, TextBlock]:
    # Split off what fits into the room, between paragraphs or else between lines.
    for number, paragraph in enumerate(block):
        if _is_higher((paragraph,), width, room):
            head, tail = _split_paragraph(paragraph, width, room)
            return (*block[:number], *head), (*tail, *block[number + 1 :])
        room -= block_height((paragraph,), width)
    return block, ()


def _split_paragraph(
    paragraph: SlideText, width: float, room: float
) -> tuple[TextBlock, TextBlock]:
    room -= paragraph.above
    end = start = -1
    for line, following in pairwise(lines_of(paragraph, width)):
        room -= paragraph.size * line.leading
        if room < 0:
            break
        end, start = line.end, following.start
    if start < 0:
        return (), (paragraph,)
    head = paragraph._replace(text=paragraph.text[:end])
    tail = paragraph._replace(
        text=paragraph.text[start:], bold=max(0, paragraph.bold - start), sign="", above=0.0
    )
    return (head,), (tail,)


def _heights(paragraph: SlideText, width: float) -> list[float]:
    return [paragraph.size * line.leading for line in lines_of(paragraph, width)]


def lines_of(paragraph: SlideText, width: float) -> Iterator[Line]:
    """Break a paragraph into the lines of a column, one after another."""
    room = _CAREFUL * (width - paragraph.indent) / paragraph.size
    return break_lines(paragraph.text, room, paragraph.bold)


# A slide: its title, its foot, and the space between them


def title_part(title: str) -> TextPart:
    """Set a slide's title, with room for its number, as large as fits on two lines."""
    width = WIDTH - 2 * MARGIN
    heights = {
        size: block_height((strong(f"{title}{_NUMBER}", size),), width) for size in _TITLE_SIZES
    }
    fitting = (size for size, high in heights.items() if high <= _TITLE_LINES * size * 1.5)
    size = next(fitting, _TITLE_SIZES[-1])
    return TextPart(SlideBox(MARGIN, TOP, width, heights[size]), (strong(title, size),), title)


def opening_title(title: str) -> TextPart:
    """Set a deck's title as large as fits on three lines of its first slide."""
    width = WIDTH - OPENING_LEFT - OPENING_RIGHT
    heights = {size: block_height((strong(title, size),), width) for size in _OPENING_SIZES}
    fitting = (size for size, high in heights.items() if high / size / 1.2 <= _OPENING_LINES)
    size = next(fitting, _OPENING_SIZES[-1])
    box = SlideBox(OPENING_LEFT, OPENING_TOP, width, heights[size])
    return TextPart(box, (strong(title, size),), title)


def foot_part(words: str) -> TextPart:
    """Set the foot of a slide, which names the data, as slides are copied one by one."""
    block = (SlideText(words, _FOOT_SIZE, MUTED),)
    needed = block_height(block, WIDTH - 2 * MARGIN)
    box = SlideBox(MARGIN, HEIGHT - TOP / 2 - needed, WIDTH - 2 * MARGIN, needed)
    return TextPart(box, block, "The data that this slide is made from")


def body_box(title: str, foot: TextPart) -> SlideBox:
    """Return the space between title and foot."""
    head = title_part(title).box
    top = head.y + head.height + SPACING
    return SlideBox(MARGIN, top, WIDTH - 2 * MARGIN, foot.box.y - SPACING - top)
