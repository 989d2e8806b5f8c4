"""SVG text: escaped, measured and wrapped without knowing which font will draw it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum
from xml.sax.saxutils import escape, quoteattr

FONT = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
"""Fonts that every machine has one of; none is embedded or fetched."""

# Widths in em of the widest of those fonts (DejaVu Sans), rounded up, so that nothing is clipped in any.
_NARROW, _WIDE = frozenset("fijlrtI.,:;'|!()[]/\\-` "), frozenset("mwMW@%…—&")


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
        """Return the most that *text* can measure, in pixels; bold text is up to a fifth wider."""
        return self.size * (1.2 if self.weight == "bold" else 1.0) * fsum(map(_em, text))

    def wrap(self, text: str, width: float) -> list[str]:
        """Break *text* into lines of at most *width* pixels; a word that is wider alone is broken too."""
        lines = [""]
        for word in text.split():
            joined = f"{lines[-1]} {word}".strip()
            if self.width(joined) <= width:
                lines[-1] = joined
                continue
            if lines[-1]:
                lines.append("")
            for piece in word:
                if lines[-1] and self.width(lines[-1] + piece) > width:
                    lines.append("")
                lines[-1] += piece
        return lines


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


@cache
def _em(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if not character.isascii():
        base = unicodedata.normalize("NFD", character)[0]
        return _em(base) if base.isascii() else 0.9
    if character in _NARROW:
        return 0.42
    if character in _WIDE:
        return 1.0
    return 0.8 if character.isupper() else 0.85 if character in "#+<=>~^" else 0.65
