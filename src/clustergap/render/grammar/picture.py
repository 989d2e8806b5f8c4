"""A picture in the making: a page of its own width that grows downwards, and what every picture says at its foot."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from clustergap.analysis.rating import Coverage
from clustergap.render.grammar.coverage_svg import MARK, SHAPE, Box, draw_shape, rect
from clustergap.render.grammar.svg import (
    FONT,
    Attributes,
    Face,
    element,
    plain,
    write,
    write_lines,
)
from clustergap.render.look import DEFINITIONS, WORDS

MARGIN, GAP, PADDING = 32.0, 8.0, 12.0

TITLE, HEAD, BODY, SMALL = Face(24, "bold"), MARK, Face(16), Face(13)

_INK = "#1A1A1A"

_MEANINGS = {
    coverage: f"{WORDS[coverage]}: {DEFINITIONS[coverage]}"
    for coverage in (Coverage.FULL, Coverage.PARTIAL, Coverage.NONE, Coverage.UNKNOWN)
}


def column_for(names: Iterable[str], face: Face, least: float) -> float:
    """Return the width of a column of names, in which every word stands whole, however long."""
    words = (word for name in names for word in name.split())
    return max(least, *(face.width(word) + PADDING for word in words))


@dataclass(slots=True)
class Picture:
    """A picture as far as it is drawn; ``y`` is the top of what comes next, all numbers are pixels."""

    width: float
    y: float = MARGIN
    parts: list[str] = field(default_factory=list)

    def paragraph(self, words: str, face: Face) -> None:
        """Write a text from margin to margin."""
        lines = face.wrap(words, self.width - 2 * MARGIN)
        self.parts += write_lines(MARGIN, self.y, lines, face)
        self.y += len(lines) * face.leading + 4

    def legend(self) -> None:
        """Say what the shapes mean, one below the other."""
        self.y += PADDING
        for coverage, meaning in _MEANINGS.items():
            self.parts += draw_shape(coverage, MARGIN + SHAPE, self.y + SHAPE + 2, _INK)
            words = SMALL.wrap(meaning, self.width - 3 * MARGIN)
            self.parts += write_lines(MARGIN + 3 * SHAPE, self.y, words, SMALL)
            self.y += len(words) * SMALL.leading + 2

    def legend_in_a_row(self, face: Face) -> None:
        """Say what the shapes mean, side by side as far as there is room."""
        self.y += PADDING
        x = MARGIN
        for coverage, meaning in _MEANINGS.items():
            width = 3 * SHAPE + face.width(meaning)
            if x > MARGIN and x + width > self.width - MARGIN:
                x, self.y = MARGIN, self.y + face.leading + 2
            self.parts += draw_shape(coverage, x + SHAPE, self.y + SHAPE + 2, _INK)
            self.parts.append(write(x + 3 * SHAPE, self.y + face.size, meaning, face))
            x += width + 2 * PADDING
        self.y += face.leading + 4

    def finish(self, title: str, description: str) -> str:
        """Return the whole document; *description* tells those who cannot see it what it shows."""
        width, height = round(self.width), round(self.y + MARGIN - GAP)
        content = [
            element("title", {"id": "title"}, plain(title)),
            element("desc", {"id": "desc"}, plain(description)),
            rect(Box(0, 0, width, height), "#FFFFFF"),
            *self.parts,
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
        return element("svg", attributes, "\n" + "\n".join(content) + "\n") + "\n"
