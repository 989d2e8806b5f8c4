"""PNG, for programs that do not take SVG: the same pixels on every machine, with a description in the file."""

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

from clustergap.errors import ClusterGapError, MissingExtraError
from clustergap.masthead import Logo
from clustergap.picture import LONGEST_SIDE, Drawing, MatrixPicture, Naming, Size
from clustergap.text import one_of
from clustergap.text_metrics import missing_letters
from clustergap.writers import svg

_FOLDER = Path(__file__).parent / "fonts"
FONT_FILES = tuple(_FOLDER / f"LiberationSans-{weight}.ttf" for weight in ("Regular", "Bold"))
"""The bundled font; both files have the same letters, those that ``text_metrics`` knows."""

CRISP = 2.0
"""Pixels per pixel of the SVG if no size is given: sharp on slides and in print."""

_HEAD = 33
"""Bytes of the signature and the header chunk, after which text chunks may follow."""


def write(
    picture: svg.Picture,
    size: Size | None = None,
    naming: Naming = Naming.AS_FITS,
    logo: Logo | None = None,
) -> Drawing[bytes]:
    """Draw a picture; the matrix exactly as large as *size* if it is given, with numbers if its names would make it too large.

    Raises:
        MissingExtraError: What draws is not installed.
        ClusterGapError: It would be too large.
    """
    drawing = svg.write(picture, size, naming, logo)
    if isinstance(picture, MatrixPicture) and max(drawing.size) > LONGEST_SIDE:
        drawing = _with_numbers(picture, drawing.size, logo)
    zoom = 1.0 if size else _zoom(drawing.size)
    texts = {"Title": picture.caption.title, "Description": picture.caption.description}
    png = rasterise(drawing.file, zoom, texts)
    pixels = Size(round(drawing.size.width * zoom), round(drawing.size.height * zoom))
    return Drawing(
        png, pixels, drawing.description, (*drawing.remarks, *_missing_letters(drawing.file))
    )


def _with_numbers(picture: MatrixPicture, size: Size, logo: Logo | None) -> Drawing[str]:
    remark = (
        f"with names the picture would have {size.width:,} x {size.height:,} pixels, more than {LONGEST_SIDE:,} a side: "
        "instruments are counted; an SVG has their names"
    )
    return svg.write(picture, None, Naming.COUNTS, logo)._replace(remarks=(remark,))


def _zoom(size: Size) -> float:
    zoom = min(CRISP, LONGEST_SIDE / max(size))
    if zoom < 1:
        raise ClusterGapError(
            f"the picture would have {size.width} x {size.height} pixels, more than {LONGEST_SIDE:,} a side: "
            "show less with --role and --level, or fewer places, or write an SVG"
        )
    return zoom


def _missing_letters(svg: str) -> list[str]:
    # Everything in the SVG but the words that are drawn is ASCII, which the font has.
    missing = missing_letters(svg)
    if not missing:
        return []
    return [f"the picture's font lacks {one_of(missing)}; an SVG is drawn with the reader's fonts"]


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
    # Neither compressed nor translated; the language is English.
    body = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0en\0\0" + words.encode("utf-8")
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
