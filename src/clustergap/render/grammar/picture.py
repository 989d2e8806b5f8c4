"""A picture in the making: a page of its own width that grows downwards, and what every picture says at its foot."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import fsum

from clustergap.render.grammar.coverage_svg import KEY, MARK, Box, draw_key, rect
from clustergap.render.grammar.size import Size
from clustergap.render.grammar.svg import FONT, Attributes, Face, element, plain, write_lines
from clustergap.theme import DEFINITIONS, WORDS
from clustergap.writers.xml_text import inert

MARGIN, GAP, PADDING = 32.0, 8.0, 12.0

TITLE, HEAD, BODY, SMALL = Face(24, "bold"), MARK, Face(16), Face(13)

_MEANINGS = {
    coverage: f"{WORDS[coverage]}: {meaning}" for coverage, meaning in DEFINITIONS.items()
}


def longest_word(texts: Iterable[str], face: Face) -> float:
    """Return the room that the longest word of all the texts needs, in pixels."""
    # One more, so that no rounding breaks it.
    return 1 + max((face.width(word) for text in texts for word in text.split()), default=0.0)


def column_for(names: Iterable[str], face: Face, least: float) -> float:
    """Return the width of a column of names, in which every word stands whole, however long."""
    return max(least, longest_word(names, face) + PADDING)


@dataclass(slots=True)
class Picture:
    """A picture as far as it is drawn; ``y`` is the top of what comes next, all numbers are pixels."""

    width: float
    y: float = MARGIN
    parts: list[str] = field(default_factory=list)

    @property
    def size(self) -> Size:
        """How large it is if nothing more is drawn."""
        return Size(round(self.width), round(self.y + MARGIN - GAP))

    def scale_in(self, frame: Size) -> float:
        """Return by how much it may grow to fit *frame*."""
        size = self.size
        return min(frame.width / size.width, frame.height / size.height)

    def paragraph(self, words: str, face: Face) -> None:
        """Write a text from margin to margin."""
        lines = face.wrap(words, self.width - 2 * MARGIN)
        self.parts += write_lines(MARGIN, self.y, lines, face)
        self.y += len(lines) * face.leading + 4

    def legend(self, face: Face) -> None:
        """Say what coverage looks like and means, in as many columns as there is room for."""
        self.y += PADDING
        room, beside = self.width - 2 * MARGIN, KEY.width + GAP
        columns = next(
            widths
            for widths in (_legend_columns(face, count) for count in (4, 2, 1))
            if fsum(widths) <= room or len(widths) == 1
        )
        entries = list(_MEANINGS.items())
        for first in range(0, len(entries), len(columns)):
            x, height = MARGIN, KEY.height
            for (coverage, meaning), width in zip(entries[first:], columns, strict=False):
                words = face.wrap(meaning, min(width, room) - beside)
                down = max(0.0, (KEY.height - face.leading) / 2)
                self.parts += draw_key(coverage, x, self.y)
                self.parts += write_lines(x + beside, self.y + down, words, face)
                x, height = x + width, max(height, 2 * down + len(words) * face.leading)
            self.y += height + GAP

    def finish(self, title: str, description: str, frame: Size | None = None) -> str:
        """Return the whole document, in the middle of a *frame* if there is one.

        *description* tells those who cannot see it what it shows.
        """
        width, height = frame or self.size
        content = [
            element("title", {"id": "title"}, plain(title)),
            element("desc", {"id": "desc"}, plain(description)),
            rect(Box(0, 0, width, height), "#FFFFFF"),
            *(self.parts if frame is None else [self._placed_in(frame)]),
        ]
        attributes: Attributes = {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": width,
            "height": height,
            "role": "img",
            "aria-labelledby": "title desc",
            "font-family": FONT,
        }
        return inert(element("svg", attributes, "\n" + "\n".join(content) + "\n") + "\n")

    def _placed_in(self, frame: Size) -> str:
        scale, size = self.scale_in(frame), self.size
        x, y = (frame.width - scale * size.width) / 2, (frame.height - scale * size.height) / 2
        place = f"translate({x:.2f} {y:.2f}) scale({scale:.4f})"
        return element("g", {"transform": place}, "\n" + "\n".join(self.parts) + "\n")


def _legend_columns(face: Face, count: int) -> list[float]:
    widths = [
        KEY.width + GAP + face.width(meaning) + 2 * PADDING for meaning in _MEANINGS.values()
    ]
    return [max(widths[n::count]) for n in range(count)]
