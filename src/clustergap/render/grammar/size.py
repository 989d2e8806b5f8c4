"""How large a picture is asked for."""

import re
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.text import quote

SHORTEST_SIDE, LONGEST_SIDE = 100, 10_000
"""Pixels a side: what is shorter is an icon, what is longer few programs open."""

_SIZE = re.compile(r"([0-9]{1,9})[xX×]([0-9]{1,9})")


class Size(NamedTuple):
    """How large a picture is, in pixels."""

    width: int
    height: int


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
