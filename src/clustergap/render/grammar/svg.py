"""SVG text: escaped, measured and wrapped without knowing which font will draw it."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from clustergap.text_metrics import text_width, wrap

FONT = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
"""Fonts that every machine has one of; none is embedded or fetched."""

WIDEST_FONT = 1.25
"""How much wider than the bundled font the widest of those fonts, DejaVu Sans, sets words."""


@dataclass(frozen=True, slots=True)
class Face:
    """How a text is set: its size in pixels, its weight, its colour."""

    size: float
    weight: str = "normal"
    fill: str = "#1A1A1A"

    @property
    def leading(self) -> float:
        """The height of a line, in pixels."""
        return self.size * 1.35

    def width(self, text: str) -> float:
        """Return the most that *text* can measure, in pixels."""
        return WIDEST_FONT * self.size * text_width(text, self._bold(text))

    def wrap(self, text: str, width: float) -> list[str]:
        """Break *text* into lines of at most *width* pixels; a word that is wider alone is broken too."""
        return wrap(text, width / (WIDEST_FONT * self.size), self._bold(text))

    def _bold(self, text: str) -> int:
        return len(text) if self.weight == "bold" else 0


Attributes = Mapping[str, str | float]


def element(name: str, attributes: Attributes, content: str = "") -> str:
    """Write an element; *content* is SVG already, attribute values are escaped.

    >>> element("rect", {"x": 1.0, "stroke-width": 2})
    '<rect x="1" stroke-width="2"/>'
    """
    pairs = "".join(f" {key}={quoteattr(_value(value))}" for key, value in attributes.items())
    return f"<{name}{pairs}>{content}</{name}>" if content else f"<{name}{pairs}/>"


def plain(text: str) -> str:
    """Write text as an element's content."""
    return escape(text)


def write(x: float, y: float, words: str, face: Face) -> str:
    """Write one line of text whose baseline starts at (x, y)."""
    style: Attributes = {"font-size": face.size, "font-weight": face.weight, "fill": face.fill}
    return element("text", {"x": x, "y": y, **style}, escape(words))


def write_lines(x: float, y: float, lines: list[str], face: Face) -> list[str]:
    """Write lines below each other; the first one's top is at *y*."""
    return [write(x, y + face.size + n * face.leading, line, face) for n, line in enumerate(lines)]


def _value(value: str | float) -> str:
    return f"{round(value, 1):g}" if isinstance(value, float) else str(value)
