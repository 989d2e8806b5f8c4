"""What is on a slide, as plain data: where it stands, what it says, and what it says to those who cannot see it."""

from collections.abc import Sequence
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.render.pptx.grid import GridPage
from clustergap.render.pptx.paragraphs import MUTED, Block, Paragraph, height, strong

WIDTH, HEIGHT, MARGIN, TOP = 960.0, 540.0, 48.0, 34.0
"""Of a slide of 13.333 x 7.5 inches, in points."""

GAP = 14.0

_SIZES = (26.0, 22.0, 18.0, 14.0)
_MOST_LINES = 2
_NUMBER = " (999 of 999)"
"""Room for the number of a slide, which nobody knows before all are laid out."""

_FOOT = 10.0


class Box(NamedTuple):
    """A place on a slide, in points from its top left."""

    x: float
    y: float
    width: float
    height: float


class TextPart(NamedTuple):
    """Words in a box, in a frame that leaves *inside* free if it is any; one with a coverage has its fill and border."""

    box: Box
    block: Block
    description: str
    coverage: Coverage | None = None
    inside: float = 0.0


class TablePart(NamedTuple):
    """A table, or the part of it that fits."""

    box: Box
    page: GridPage
    description: str


class Slide(NamedTuple):
    """One slide: its title, what stands below it in the order of reading, and what its speaker reads."""

    title: str
    parts: tuple[TextPart | TablePart, ...]
    notes: tuple[str, ...]
    opens: bool = False


def title_paragraph(title: str) -> Paragraph:
    """Set a slide's title as large as it stands on two lines."""
    width = WIDTH - 2 * MARGIN
    for size in _SIZES:
        paragraph = strong(title, size)
        if height((strong(f"{title}{_NUMBER}", size),), width) <= _MOST_LINES * size * 1.5:
            return paragraph
    return strong(title, _SIZES[-1])


def title_box(title: str) -> Box:
    """Return where a slide's title stands."""
    size = title_paragraph(title).size
    needed = height((strong(f"{title}{_NUMBER}", size),), WIDTH - 2 * MARGIN)
    return Box(MARGIN, TOP, WIDTH - 2 * MARGIN, needed)


def foot_part(words: str) -> TextPart:
    """Say at the foot of a slide of what data it is: slides are copied one by one."""
    block = (Paragraph(words, _FOOT, MUTED),)
    needed = height(block, WIDTH - 2 * MARGIN)
    box = Box(MARGIN, HEIGHT - TOP / 2 - needed, WIDTH - 2 * MARGIN, needed)
    return TextPart(box, block, "The data that this slide is made from")


def body_box(title: str, foot: TextPart) -> Box:
    """Return what is left between title and foot."""
    head = title_box(title)
    top = head.y + head.height + GAP
    return Box(MARGIN, top, WIDTH - 2 * MARGIN, foot.box.y - GAP - top)


def numbered(slides: Sequence[Slide]) -> list[Slide]:
    """Number slides that go on from each other in their titles."""
    if len(slides) == 1:
        return list(slides)
    return [
        one._replace(title=f"{one.title} ({number} of {len(slides)})")
        for number, one in enumerate(slides, 1)
    ]
