"""Coverage in pictures: fill, border and shape tell it apart without colour, as in print and to the colour-blind."""

from dataclasses import replace
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.render.grammar.svg import Attributes, Face, element, write
from clustergap.theme import FILLS, INKS

SHAPE = 7.0
"""Half the width of a coverage's shape, in pixels."""

MARK = Face(16, "bold")

NO_BORDER: Attributes = {}


class Box(NamedTuple):
    """A rectangle, in pixels from the top left."""

    x: float
    y: float
    width: float
    height: float

    def within(self, by: float) -> "Box":
        """Return the rectangle that is smaller on each side."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


KEY = Box(0, 0, 40, 26)
"""What explains a coverage: a cell in small."""


def draw_box(coverage: Coverage, box: Box) -> list[str]:
    """Draw the ground of a cell, or of some of its days."""
    fill = FILLS[coverage]
    if coverage is Coverage.NONE:
        dashed: Attributes = {"stroke": "#A61B1B", "stroke-width": 3, "stroke-dasharray": "9 5"}
        return [rect(box.within(1.5), fill, dashed)]
    if coverage is Coverage.UNKNOWN:
        dotted: Attributes = {"stroke": "#5A5A5A", "stroke-width": 2, "stroke-dasharray": "2 4"}
        return [rect(box.within(1), fill, dotted)]
    bars = (0.0, 4.5) if coverage is Coverage.PARTIAL else ()
    return [
        rect(box, fill),
        *(rect(Box(box.x + dx, box.y, 2.5, box.height), "#7A5A00") for dx in bars),
    ]


def draw_key(coverage: Coverage, x: float, y: float) -> list[str]:
    """Draw a cell in small at (x, y), as it looks in the picture."""
    middle = (
        x + KEY.width / 2 + (2 if coverage is Coverage.PARTIAL else 0)
    )  # beside its double bar
    return [
        *draw_box(coverage, KEY._replace(x=x, y=y)),
        *draw_shape(coverage, middle, y + KEY.height / 2, INKS[coverage]),
    ]


def rect(box: Box, fill: str, border: Attributes = NO_BORDER) -> str:
    """Draw a rectangle."""
    return element("rect", {**box._asdict(), "fill": fill, **border})


def draw_shape(coverage: Coverage, x: float, y: float, ink: str) -> list[str]:
    """Draw the shape of a coverage around (x, y)."""
    if coverage is Coverage.UNKNOWN:
        return [write(x - SHAPE / 2, y + SHAPE - 1, "?", replace(MARK, fill=ink))]
    r = SHAPE - 1
    fill = ink if coverage is Coverage.FULL else "none"
    circle: Attributes = {"cx": x, "cy": y, "r": r, "fill": fill, "stroke": ink, "stroke-width": 2}
    ring = element("circle", circle)
    if coverage is not Coverage.PARTIAL:
        return [ring]
    half = f"M {x:g} {y - r:g} A {r:g} {r:g} 0 0 0 {x:g} {y + r:g} Z"
    return [ring, element("path", {"d": half, "fill": ink})]
