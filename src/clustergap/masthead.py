"""What the reader puts at the head of a page, a picture, slides or a note: a title of their own, and a logo."""

import base64
import enum
import re
import struct
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.text import quote

LONGEST_TITLE = 200
"""Characters of a title."""

LARGEST_LOGO = 200_000
"""Bytes of the file of a logo: each document holds a copy."""

LONGEST_SIDE = 4_096
"""Pixels of a side of a logo: a small file may hold a picture that fills a computer's memory."""


class LogoKind(enum.Enum):
    """The format of a logo's file, with its media type."""

    PNG = "image/png"
    SVG = "image/svg+xml"


class Logo(NamedTuple):
    """A logo as it is in its file."""

    kind: LogoKind
    file: bytes

    @property
    def address(self) -> str:
        """The logo as an address that holds all of it, for an image that loads nothing else."""
        return f"data:{self.kind.value};base64,{base64.b64encode(self.file).decode('ascii')}"

    def height_in(self, width: float, height: float) -> float:
        """Return how high a PNG is where there is room of that width and height."""
        return min(height, width / self.proportion)

    @property
    def proportion(self) -> float:
        """The width of a PNG, as a multiple of its height."""
        width, height = _size(self.file)
        return width / height


class Masthead(NamedTuple):
    """A title and a logo; empty or None where there is none."""

    title: str = ""
    logo: Logo | None = None


def read_title(text: str) -> str:
    """Read a title that somebody has typed.

    Raises:
        ClusterGapError: It is empty, too long or not on one line.

    >>> read_title("  Clusters in 2027 ")
    'Clusters in 2027'
    """
    title = text.strip()
    if not title:
        raise ClusterGapError("--title is empty: leave it out, and the finding is the title")
    if len(title) > LONGEST_TITLE:
        raise ClusterGapError(
            f"--title has {len(title):,} characters, and at most {LONGEST_TITLE} are read at a glance"
        )
    if not title.isprintable():
        raise ClusterGapError(f"--title {quote(title)} is not one line of letters")
    return title


def read_logo(file: bytes, name: str) -> Logo:
    """Read a logo from its file, of which one byte more than ``LARGEST_LOGO`` suffices; messages say its *name*.

    Raises:
        ClusterGapError: It is no PNG or SVG, or too large.
    """
    if len(file) > LARGEST_LOGO:
        raise ClusterGapError(
            f"the logo {quote(name)} is larger than {LARGEST_LOGO // 1000} kB, and every document would hold it: save it smaller"
        )
    if file.startswith(_SIGNATURE):
        _check_size(file, name)
        return Logo(LogoKind.PNG, file)
    if _is_svg(file):
        return Logo(LogoKind.SVG, file)
    raise ClusterGapError(f"the logo {quote(name)} is neither a PNG nor an SVG: save it as a PNG")


_SIGNATURE = b"\x89PNG\r\n\x1a\n"

_HEADER = len(_SIGNATURE) + 16
"""Bytes to the end of the width and height, in the first chunk."""

_SVG = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>)?(?:\s|<!--.*?-->|<!DOCTYPE\s[^>\[]*>)*<svg[\s>/]", re.DOTALL
)
"""The beginning of an SVG; a type of document with entities of its own is none."""


def _check_size(file: bytes, name: str) -> None:
    is_whole = (
        len(file) > _HEADER and file[12:16] == b"IHDR" and file.rstrip(b"\0")[-8:-4] == b"IEND"
    )
    width, height = _size(file) if is_whole else (0, 0)
    if not width or not height:
        raise ClusterGapError(f"the logo {quote(name)} is not a whole PNG: save it again")
    if max(width, height) > LONGEST_SIDE:
        raise ClusterGapError(
            f"the logo {quote(name)} has {width:,} x {height:,} pixels, more than {LONGEST_SIDE:,} a side: save it smaller"
        )


def _size(file: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", file[_HEADER - 8 : _HEADER])
    return width, height


def _is_svg(file: bytes) -> bool:
    try:
        return _SVG.match(file.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False
