"""Write how wide the letters of the bundled font are, as its files say: what ``clustergap.text_metrics`` measures with.

Run it after the font has changed; a test keeps the two equal.
"""

import json
import struct
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "clustergap"
FONTS = SOURCE / "writers" / "fonts"
WIDTHS = SOURCE / "letter_widths.json"

_BY_CODE_POINT = b"\0\4"
"""The format of the table of glyphs that both files have: runs of 16-bit code points."""


def letter_widths() -> str:
    """Return the file: of each weight and each width, in 2048ths of an em, all letters that are so wide."""
    weights = {
        weight.lower(): _by_width(FONTS / f"LiberationSans-{weight}.ttf")
        for weight in ("Regular", "Bold")
    }
    return json.dumps(weights, indent=1) + "\n"


def _by_width(file: Path) -> dict[int, str]:
    letters: dict[int, str] = {}
    for code, width in _widths(file.read_bytes()):
        letters[width] = letters.get(width, "") + chr(code)
    return dict(sorted(letters.items()))


def _widths(data: bytes) -> Iterator[tuple[int, int]]:
    (tables,) = struct.unpack_from(">H", data, 4)
    headers = (struct.unpack_from(">4s4xI", data, 12 + 16 * n) for n in range(tables))
    at: dict[bytes, int] = {bytes(name): int(offset) for name, offset in headers}
    assert struct.unpack_from(">18xH", data, at[b"head"]) == (2048,)  # noqa: S101 - units of an em
    (wide,) = struct.unpack_from(">34xH", data, at[b"hhea"])
    advances = struct.unpack_from(">" + "Hh" * wide, data, at[b"hmtx"])[::2]
    for code, glyph in _glyphs(data, at[b"cmap"]):
        # From the last one on all glyphs are as wide as it.
        yield code, advances[min(glyph, wide - 1)]


def _glyphs(data: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    (maps,) = struct.unpack_from(">H", data, cmap + 2)
    records = struct.iter_unpack(">4xI", data[cmap + 4 : cmap + 4 + 8 * maps])
    places = [cmap + int(offset) for (offset,) in records]
    at = next(place for place in places if data[place : place + 2] == _BY_CODE_POINT)
    (twice,) = struct.unpack_from(">6xH", data, at)
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{twice // 2}H", data, at + 14 + skipped + part * twice)
        for part, skipped in ((0, 0), (1, 2), (2, 2), (3, 2))
    )
    for n, (first, last, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                # An offset counts from where it itself stands.
                here = at + 16 + 3 * twice + 2 * n
                (glyph,) = struct.unpack_from(">H", data, here + offset + 2 * (code - first))
            yield code, (glyph + delta) & 0xFFFF


if __name__ == "__main__":
    WIDTHS.write_text(letter_widths(), encoding="utf-8")
