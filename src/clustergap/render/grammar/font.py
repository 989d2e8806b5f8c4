"""The font of pictures in pixels: one for all machines, bundled, and what it can draw."""

import unicodedata
from functools import cache
from pathlib import Path

from clustergap.render.grammar.font_widths import widths

_FOLDER = Path(__file__).parent.parent / "fonts"
FILES = tuple(_FOLDER / f"LiberationSans-{style}.ttf" for style in ("Regular", "Bold"))
"""Both draw the same characters."""


def undrawable(text: str) -> list[str]:
    """Return the characters of *text* that the font has no glyph for, each once, in order.

    >>> undrawable("Łódź, 中文, 中")
    ['中', '文']
    """
    return [
        character
        for character in dict.fromkeys(text)
        if ord(character) not in drawable() and unicodedata.category(character)[0] not in "CZ"
    ]


@cache
def drawable() -> frozenset[int]:
    """Return the code points that the font has glyphs for."""
    return frozenset(widths(FILES[0]))
