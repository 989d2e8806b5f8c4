"""PNG: pixels of an SVG that are the same on every machine, with words for those who cannot see them."""

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

from clustergap.errors import ClusterGapError, MissingExtraError

_FOLDER = Path(__file__).parent.parent / "fonts"
FONT_FILES = tuple(_FOLDER / f"LiberationSans-{weight}.ttf" for weight in ("Regular", "Bold"))
"""The font of all machines; both files draw the same letters, those that ``text_metrics`` knows."""

_HEAD = 33
"""Bytes of the signature and the chunk of sizes, behind which a text may stand."""


def rasterise(svg: str, zoom: float, texts: Mapping[str, str]) -> bytes:
    """Draw an SVG, *zoom* times as large as it says; *texts* go into the file, by PNG's keywords for them.

    Raises:
        MissingExtraError: What draws is not installed.
        ClusterGapError: There is too much to draw.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise MissingExtraError("a PNG", "png") from error

    try:
        png = svg_to_bytes(
            svg_string=svg,
            zoom=zoom,
            font_files=[str(path) for path in FONT_FILES],
            skip_system_fonts=True,
        )
    except ValueError as error:  # a million elements and more
        raise ClusterGapError(
            "there is too much in the picture for a PNG: show less with --role and --level, or write an SVG"
        ) from error
    return png[:_HEAD] + b"".join(_text(*pair) for pair in texts.items()) + png[_HEAD:]


def _text(keyword: str, words: str) -> bytes:
    # Neither compressed nor translated, in English.
    body = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0en\0\0" + words.encode("utf-8")
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
