"""The font of pictures in pixels: one for all machines, bundled, and what it can draw."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "fonts"
FILES = tuple(_FOLDER / f"LiberationSans-{style}.ttf" for style in ("Regular", "Bold"))
"""Both draw the same characters."""

_BY_CODE_POINT = b"\0\4"
"""The format of the table of glyphs that both files have: runs of 16-bit code points."""


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
    data = FILES[0].read_bytes()
    at = _offset(data)
    (twice,) = struct.unpack_from(">6xH", data, at)
    words = struct.unpack_from(f">{twice + 1}H", data, at + 14)
    # The ends of all runs, a word of padding, their starts; in this font every code point in a run has a glyph.
    ends, starts = words[: twice // 2], words[twice // 2 + 1 :]
    return frozenset(
        code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1)
    )


def _offset(data: bytes) -> int:
    # Where "cmap" begins, and in it the first table of the format that we read.
    (tables,) = struct.unpack_from(">H", data, 4)
    headers = (struct.unpack_from(">4s4xI", data, 12 + 16 * n) for n in range(tables))
    start = next(int(offset) for name, offset in headers if name == b"cmap")
    (maps,) = struct.unpack_from(">H", data, start + 2)
    records = struct.iter_unpack(">4xI", data[start + 4 : start + 4 + 8 * maps])
    places = [start + int(offset) for (offset,) in records]
    return next(at for at in places if data[at : at + 2] == _BY_CODE_POINT)
