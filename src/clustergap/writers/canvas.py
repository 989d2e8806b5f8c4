"""SVG: a canvas that grows downwards, and what is drawn on it: texts, boxes, coverage and a legend.

No font is embedded: texts are escaped, measured and wrapped without knowing which font will draw them. Fill, border and
shape tell coverage apart without colour, as in print and to the colour-blind. All numbers are pixels from the top left.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from clustergap.analysis.coverage import Coverage
from clustergap.masthead import Logo
from clustergap.picture import Caption, Drawing, Size
from clustergap.text import isolate
from clustergap.text_metrics import text_width, wrap
from clustergap.theme import DEFINITIONS, FILLS, TEXT_COLOURS, WORDS
from clustergap.writers.github import inert

FONT = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
"""Every machine has one of these fonts; none is embedded or fetched."""

WIDEST_FONT = 1.25
"""How much wider than the bundled font the widest of those fonts is, DejaVu Sans."""

Attributes = Mapping[str, str | float]

MARGIN, GAP, PADDING = 32.0, 8.0, 12.0

LONGEST_WORD = 400.0
"""Pixels up to which a word widens its column; a longer one, such as an address, is broken."""

LOW = 32.0
"""The height below which the border of a gap is thinner."""

SHAPE = 7.0
"""Half the width of the shape of a coverage."""


@dataclass(frozen=True, slots=True)
class Face:
    """How a text is set: its size, its weight, its colour."""

    size: float
    weight: str = "normal"
    fill: str = "#1A1A1A"

    @property
    def leading(self) -> float:
        """The height of a line."""
        return self.size * 1.35

    def width(self, text: str) -> float:
        """Return the most that *text* can measure."""
        return WIDEST_FONT * self.size * text_width(text, self._bold(text))

    def wrap(self, text: str, width: float) -> list[str]:
        """Break *text* into lines of at most *width*; a word that is wider is broken too."""
        return wrap(text, width / (WIDEST_FONT * self.size), self._bold(text))

    def _bold(self, text: str) -> int:
        return len(text) if self.weight == "bold" else 0


TITLE, HEAD, BODY, SMALL = Face(24, "bold"), Face(16, "bold"), Face(16), Face(13)


class Box(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    def within(self, by: float) -> "Box":
        """Return the rectangle that is smaller on each side."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


_KEY = Box(0, 0, 40, 26)
"""The small cell that shows a coverage in the legend."""


@dataclass(slots=True)
class Canvas:
    """A picture while it is drawn; ``y`` is the top of what comes next."""

    width: float
    y: float = MARGIN
    margin: float = MARGIN
    parts: list[str] = field(default_factory=list)

    @property
    def size(self) -> Size:
        """Its size if nothing more is drawn."""
        return Size(round(self.width), round(self.y + self.margin - GAP))

    def scale_in(self, frame: Size) -> float:
        """Return the factor by which it can be scaled to fit *frame*."""
        size = self.size
        return min(frame.width / size.width, frame.height / size.height)

    def head(self, caption: Caption) -> None:
        """Write the title and the headline."""
        self.paragraph(caption.title, TITLE)
        self.paragraph(caption.headline, BODY)
        self.y += PADDING

    def foot(self, caption: Caption, face: Face, shown: Collection[Coverage]) -> None:
        """Write the legend of the coverages that are *shown*, and the paragraphs at the foot."""
        entries = {
            each: f"{WORDS[each]}: {DEFINITIONS[each]}" for each in DEFINITIONS if each in shown
        }
        self._legend(entries, face)
        for words in caption.foot:
            self.paragraph(words, face)

    def paragraph(self, words: str, face: Face) -> None:
        """Write a text from margin to margin."""
        lines = face.wrap(words, self.width - 2 * self.margin)
        self.parts += write_lines(self.margin, self.y, lines, face)
        self.y += len(lines) * face.leading + 4

    def _legend(self, meanings: Mapping[Coverage, str], face: Face) -> None:
        # As many columns as fit.
        self.y += PADDING
        room, beside = self.width - 2 * MARGIN, _KEY.width + GAP
        columns = next(
            widths
            for widths in (_legend_columns([*meanings.values()], face, n) for n in (4, 2, 1))
            if fsum(widths) <= room or len(widths) == 1
        )
        entries = list(meanings.items())
        for first in range(0, len(entries), len(columns)):
            x, height = MARGIN, _KEY.height
            for (coverage, meaning), width in zip(entries[first:], columns, strict=False):
                words = face.wrap(meaning, min(width, room) - beside)
                down = max(0.0, (_KEY.height - face.leading) / 2)
                self.parts += _draw_key(coverage, x, self.y)
                self.parts += write_lines(x + beside, self.y + down, words, face)
                x, height = x + width, max(height, 2 * down + len(words) * face.leading)
            self.y += height + GAP

    def finish(self, caption: Caption, frame: Size | None = None) -> Drawing[str]:
        """Return the whole picture, in the middle of a *frame* if there is one."""
        size = frame or self.size
        content = [
            element("title", {"id": "title"}, _written(caption.title)),
            element("desc", {"id": "desc"}, _written(caption.description)),
            rect(Box(0, 0, *size), "#FFFFFF"),
            *(self.parts if frame is None else [self._placed_in(frame)]),
        ]
        attributes: Attributes = {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {size.width} {size.height}",
            "width": size.width,
            "height": size.height,
            "role": "img",
            "aria-labelledby": "title desc",
            "font-family": FONT,
        }
        svg = element("svg", attributes, "\n" + "\n".join(content) + "\n") + "\n"
        return Drawing(inert(svg), size, caption.alternative)

    def _placed_in(self, frame: Size) -> str:
        scale, size = self.scale_in(frame), self.size
        x, y = (frame.width - scale * size.width) / 2, (frame.height - scale * size.height) / 2
        place = f"translate({x:.2f} {y:.2f}) scale({scale:.4f})"
        return element("g", {"transform": place}, "\n" + "\n".join(self.parts) + "\n")


def _legend_columns(meanings: Sequence[str], face: Face, count: int) -> list[float]:
    widths = [_KEY.width + GAP + face.width(meaning) + 2 * PADDING for meaning in meanings]
    return [max(widths[n::count]) for n in range(min(count, len(widths)))]


_HALVINGS = 8
"""Steps of bisection of the width: to within about a pixel of the best fit."""


def fit(draw: Callable[[float], Canvas], least: float, frame: Size) -> Canvas:
    """Return the picture with the layout that can be drawn largest in *frame*.

    Args:
        draw: Draws the picture at a width; the wider it is, the lower.
        least: The width below which words would be cut.
        frame: The frame; only its proportions count.
    """
    ratio = frame.width / frame.height
    narrow = draw(least)
    wide = draw(max(least, ratio * narrow.size.height))
    for _ in range(_HALVINGS):
        canvas = draw((narrow.width + wide.width) / 2)
        if canvas.size.width < ratio * canvas.size.height:
            narrow = canvas
        else:
            wide = canvas
    return max(narrow, wide, key=lambda canvas: canvas.scale_in(frame))


# Texts


def longest_word(texts: Iterable[str], face: Face) -> float:
    """Return the width of the longest word in the texts."""
    # One pixel more, so that rounding does not break it.
    return 1 + max((face.width(word) for text in texts for word in text.split()), default=0.0)


def column_for(names: Iterable[str], face: Face, least: float) -> float:
    """Return the width of a column of names in which no word is broken."""
    return max(least, longest_word(names, face) + PADDING)


def _written(words: str) -> str:
    return escape(isolate(words))


def write_line(x: float, y: float, words: str, face: Face) -> str:
    """Write one line of text whose baseline starts at (x, y)."""
    style: Attributes = {"font-size": face.size, "font-weight": face.weight, "fill": face.fill}
    return element("text", {"x": x, "y": y, **style}, _written(words))


def write_run(x: float, y: float, parts: Iterable[tuple[str, Face]]) -> str:
    """Write parts of one line after each other, each in its face, as far apart as the reader's font leaves them."""
    spans = []
    for number, (words, face) in enumerate(parts):
        apart: Attributes = {"dx": GAP} if number else {}
        style: Attributes = {"font-size": face.size, "font-weight": face.weight, "fill": face.fill}
        spans.append(element("tspan", {**apart, **style}, _written(words)))
    return element("text", {"x": x, "y": y}, "".join(spans))


def write_end(x: float, y: float, words: str, face: Face) -> str:
    """Write one line of text whose baseline ends at (x, y)."""
    style: Attributes = {"font-size": face.size, "font-weight": face.weight, "fill": face.fill}
    place: Attributes = {"x": x, "y": y, "text-anchor": "end"}
    return element("text", {**place, **style}, _written(words))


def write_lines(x: float, y: float, lines: list[str], face: Face) -> list[str]:
    """Write lines below each other; the top of the first is at *y*."""
    return [
        write_line(x, y + face.size + n * face.leading, line, face) for n, line in enumerate(lines)
    ]


# Coverage


def draw_box(coverage: Coverage, box: Box) -> list[str]:
    """Draw the background of a cell, or of a span of its days."""
    fill = FILLS[coverage]
    if coverage is Coverage.NONE:
        thick, dashes = (3, "9 5") if box.height >= LOW else (2, "6 4")
        border: Attributes = {"stroke": "#A61B1B", "stroke-width": thick}
        return [rect(box.within(thick / 2), fill, {**border, "stroke-dasharray": dashes})]
    if coverage is Coverage.UNKNOWN:
        dotted: Attributes = {"stroke": "#5A5A5A", "stroke-width": 2, "stroke-dasharray": "2 4"}
        return [rect(box.within(1), fill, dotted)]
    bars = (0.0, 4.5) if coverage is Coverage.PARTIAL else ()
    return [
        rect(box, fill),
        *(rect(Box(box.x + dx, box.y, 2.5, box.height), "#7A5A00") for dx in bars),
    ]


def draw_shape(coverage: Coverage, x: float, y: float, ink: str) -> list[str]:
    """Draw the shape of a coverage around (x, y)."""
    if coverage is Coverage.UNKNOWN:
        return [write_line(x - SHAPE / 2, y + SHAPE - 1, "?", replace(HEAD, fill=ink))]
    r = SHAPE - 1
    fill = ink if coverage is Coverage.FULL else "none"
    circle: Attributes = {"cx": x, "cy": y, "r": r, "fill": fill, "stroke": ink, "stroke-width": 2}
    ring = element("circle", circle)
    if coverage is not Coverage.PARTIAL:
        return [ring]
    half = f"M {x:g} {y - r:g} A {r:g} {r:g} 0 0 0 {x:g} {y + r:g} Z"
    return [ring, element("path", {"d": half, "fill": ink})]


def _draw_key(coverage: Coverage, x: float, y: float) -> list[str]:
    beside_bars = 2 if coverage is Coverage.PARTIAL else 0
    middle = x + _KEY.width / 2 + beside_bars
    return [
        *draw_box(coverage, _KEY._replace(x=x, y=y)),
        *draw_shape(coverage, middle, y + _KEY.height / 2, TEXT_COLOURS[coverage]),
    ]


# Elements

_NO_BORDER: Attributes = {}


def rect(box: Box, fill: str, border: Attributes = _NO_BORDER) -> str:
    """Draw a rectangle."""
    return element("rect", {**box._asdict(), "fill": fill, **border})


def element(name: str, attributes: Attributes, content: str = "") -> str:
    """Write an element; *content* is SVG already, attribute values are escaped.

    >>> element("rect", {"x": 1.0, "stroke-width": 2})
    '<rect x="1" stroke-width="2"/>'
    """
    pairs = "".join(f" {key}={quoteattr(_value(value))}" for key, value in attributes.items())
    return f"<{name}{pairs}>{content}</{name}>" if content else f"<{name}{pairs}/>"


def _value(value: str | float) -> str:
    return f"{round(value, 1):g}" if isinstance(value, float) else str(value)


LOGO_STRIP = 48
"""The height of the strip above a picture that bears a logo."""


def put_logo(drawing: Drawing[str], logo: Logo) -> Drawing[str]:
    """Put a logo into a strip above a picture, which stays as it is drawn."""
    whole = drawing.size._replace(height=drawing.size.height + LOGO_STRIP)
    head, inside = drawing.file.split(">", 1)
    for size in ('"0 0 {0.width} {0.height}"', 'height="{0.height}"'):
        head = head.replace(size.format(drawing.size), size.format(whole))
    inner = {"y": LOGO_STRIP, "width": drawing.size.width, "height": drawing.size.height}
    box = Box(MARGIN, 12, 4 * LOGO_STRIP, LOGO_STRIP - 12)
    image = {**box._asdict(), "href": logo.address, "preserveAspectRatio": "xMinYMid meet"}
    strip = rect(Box(0, 0, whole.width, LOGO_STRIP), "#FFFFFF") + "\n" + element("image", image)
    below = element("svg", inner, inside.removesuffix("</svg>\n"))
    return drawing._replace(file=f"{head}>\n{strip}\n{below}\n</svg>\n", size=whole)
