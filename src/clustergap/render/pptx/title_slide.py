"""The first slide: of what data, under which question, how many gaps, which are the worst; where it is known from."""

from typing import NamedTuple

from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import (
    gaps_in_words,
    query_in_words,
    question_in_words,
    shown_in_words,
    source_in_words,
    worst_in_words,
)
from clustergap.document import Origin
from clustergap.render.pptx.notes import notes_of_dataset
from clustergap.render.pptx.paragraphs import MUTED, Paragraph, height, pages, strong
from clustergap.render.pptx.plan import HEIGHT, WIDTH, Box, Slide, TextPart, body_box, numbered

LEFT, TOP, RIGHT, BOTTOM, BETWEEN = 96.0, 96.0, 72.0, 40.0, 22.0

_SIZES = (40.0, 34.0, 28.0, 22.0)
_MOST_LINES = 3


class Sizes(NamedTuple):
    """Sizes of the letters: of the question, the two sentences, and the source."""

    asked: float
    gaps: float
    worst: float
    source: float


SUMMARY_SIZES = (Sizes(18, 26, 20, 12), Sizes(16, 22, 16, 12), Sizes(14, 18, 14, 12))
"""As large as all is on one slide, else the smallest."""

CONTINUED = "Summary, continued"


def title_slides(matrix: Matrix, origin: Origin, foot: TextPart) -> list[Slide]:
    """Say what a reader of one minute takes home."""
    width = WIDTH - LEFT - RIGHT
    notes = notes_of_dataset(matrix.dataset)
    title = matrix.dataset.title
    head = opening_box(title)
    top = head.y + head.height + BETWEEN
    room = Box(LEFT, top, width, HEIGHT - BOTTOM - top)
    laid_out = [
        pages([(one,) for one in _sentences(matrix, origin, sizes)], width, room.height)
        for sizes in SUMMARY_SIZES
    ]
    first, *others = next((one for one in laid_out if len(one) == 1), laid_out[-1])
    more = body_box(CONTINUED, foot)
    rest = pages(others, more.width, more.height) if others else []
    return [
        Slide(title, (TextPart(room, first, "Summary, question and source"),), notes, opens=True),
        *numbered(
            [Slide(CONTINUED, (TextPart(more, block, CONTINUED),), notes) for block in rest]
        ),
    ]


def opening(title: str) -> Paragraph:
    """Set a deck's title as large as it stands on three lines."""
    width = WIDTH - LEFT - RIGHT
    fitting = (size for size in _SIZES if _lines(title, size, width) <= _MOST_LINES)
    return strong(title, next(fitting, _SIZES[-1]))


def opening_box(title: str) -> Box:
    """Return where it stands."""
    width = WIDTH - LEFT - RIGHT
    return Box(LEFT, TOP, width, height((opening(title),), width))


def _lines(title: str, size: float, width: float) -> float:
    return height((strong(title, size),), width) / size / 1.2


def _sentences(matrix: Matrix, origin: Origin, sizes: Sizes) -> list[Paragraph]:
    asked = " ".join([f"Gap analysis. {question_in_words(matrix)}", *shown_in_words(matrix)])
    source = source_in_words(matrix.dataset, origin, query_in_words(matrix.query))
    worst = worst_in_words(matrix)
    return [
        Paragraph(asked, sizes.asked, MUTED),
        strong(gaps_in_words(matrix), sizes.gaps)._replace(above=2 * BETWEEN),
        *([Paragraph(worst, sizes.worst, above=BETWEEN / 2)] if worst else []),
        Paragraph(source, sizes.source, MUTED, above=BETWEEN),
    ]
