"""The widths of the bundled font's letters, as its file says them."""

import struct
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_BY_CODE_POINT = b"\0\4"
"""The format of the table of glyphs that both files have: runs of 16-bit code points."""


@cache
def widths(file: Path) -> Mapping[int, float]:
    """Return the width in em of every code point that a font *file* has a glyph for."""
    data = file.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    headers = (struct.unpack_from(">4s4xI", data, 12 + 16 * n) for n in range(tables))
    at: dict[bytes, int] = {bytes(name): int(offset) for name, offset in headers}
    (em,) = struct.unpack_from(">18xH", data, at[b"head"])
    (wide,) = struct.unpack_from(">34xH", data, at[b"hhea"])
    advances = struct.unpack_from(">" + "Hh" * wide, data, at[b"hmtx"])[::2]
    # From the last one on all glyphs are as wide as it.
    return {
        code: advances[min(glyph, wide - 1)] / em for code, glyph in _glyphs(data, at[b"cmap"])
    }


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
