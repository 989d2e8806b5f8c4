"""Pictures: their size, and how they are written and told in words to those who cannot see them."""

import re
from collections.abc import Callable

from clustergap.cli.options import Output
from clustergap.cli.output import emit_document
from clustergap.cli.streams import notice, show_waiting
from clustergap.errors import ClusterGapError
from clustergap.formats import PICTURES, Format
from clustergap.picture import LONGEST_SIDE, SHORTEST_SIDE, Drawing, Size
from clustergap.text import quote

_SIZE = re.compile(r"([0-9]{1,9})[xX×]([0-9]{1,9})")


def read_size(chosen: Format, size: str | None) -> Size | None:
    """Return the size that is asked for.

    Raises:
        ClusterGapError: The format has no size, or the size is none.
    """
    if size is None:
        return None
    if chosen not in PICTURES:
        raise ClusterGapError("--size is for pictures: say -o matrix.svg or -o matrix.png with it")
    return parse_size(size)


def parse_size(text: str) -> Size:
    """Read a size, such as ``1920x1080``.

    Raises:
        ClusterGapError: It is none, or none that can be drawn.
    """
    match = _SIZE.fullmatch(text)
    if match is None:
        raise ClusterGapError(
            f"--size {quote(text)} is not WIDTHxHEIGHT in pixels, such as 1920x1080"
        )
    size = Size(int(match[1]), int(match[2]))
    if not SHORTEST_SIDE <= min(size) <= max(size) <= LONGEST_SIDE:
        sides = f"from {SHORTEST_SIDE} to {LONGEST_SIDE:,} pixels"
        raise ClusterGapError(f"--size {quote(text)} cannot be drawn: each side has {sides}")
    return size


def emit_picture(draw: Callable[[], Drawing[str] | Drawing[bytes]], out: Output) -> None:
    """Draw and write a picture; tell on standard error what it shows, and what is to be known of it."""
    with show_waiting("Drawing"):
        drawing = draw()
    emit_document(drawing.file, out)
    notice(f"alternative text: {drawing.description}", label="clustergap", quiet=out.quiet)
    for remark in drawing.remarks:
        notice(remark, quiet=out.quiet)
