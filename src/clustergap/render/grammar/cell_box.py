"""One cell of the matrix in a picture: what it says, and the box that says it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.answers.ratings import marked_names, share_in_words, short_notes
from clustergap.render.grammar.coverage_svg import SHAPE, Box, draw_box, draw_shape
from clustergap.render.grammar.picture import HEAD, PADDING, SMALL
from clustergap.render.grammar.svg import write, write_lines
from clustergap.theme import INKS, WORDS

LOUD = replace(HEAD, size=20)
"""A gap speaks before everything else does."""


class Column(NamedTuple):
    """Where a column's words and boxes stand, in pixels."""

    left: float
    width: float


def details_of(rating: Rating, label: Mapping[str, str]) -> list[str]:
    """Say what stands below the word of a cell, in paragraphs; *label* names the instruments."""
    names = marked_names(rating, label)
    where = "where is not said" if rating.where_not_said else ""
    said = (share_in_words(rating.share), *short_notes(rating), where, ", ".join(names))
    return [words for words in said if words]


class CellBox:
    """One cell in its column: its shape and word, and its details in lines."""

    def __init__(self, coverage: Coverage, details: list[str], column: Column) -> None:
        self.coverage, self.column = coverage, column
        room = column.width - 2 * PADDING
        self.lines = [line for detail in details for line in SMALL.wrap(detail, room)]
        self.face = replace(LOUD if coverage is Coverage.NONE else HEAD, fill=INKS[coverage])

    def least_height(self) -> float:
        """Return the height that its words need, in pixels."""
        return 2 * PADDING + self.face.leading + len(self.lines) * SMALL.leading

    def draw(self, y: float, height: float) -> list[str]:
        """Draw it from *y* down."""
        x, top, face = self.column.left + PADDING, y + PADDING, self.face
        small = replace(SMALL, fill=face.fill)
        box = Box(self.column.left, y, self.column.width, height)
        return [
            *draw_box(self.coverage, box),
            *draw_shape(self.coverage, x + SHAPE, top + face.size / 2 + 2, face.fill),
            write(x + 3 * SHAPE, top + face.size, WORDS[self.coverage], face),
            *write_lines(x, top + face.leading, self.lines, small),
        ]
