"""Pictures of a size that somebody asks for: laid out for it, so that they fill it as well as they can."""

from collections.abc import Callable

from clustergap.render.grammar.picture import Picture
from clustergap.render.grammar.size import Size

_STEPS = 8
"""Halvings of the width's range: to within a pixel or so of what fits best."""


def fit(draw: Callable[[float], Picture], least: float, frame: Size) -> Picture:
    """Return the picture that can be drawn largest in *frame*.

    Args:
        draw: Lays it out at a width, in pixels: the wider, the less high.
        least: The width below which words would be cut.
        frame: What it must fit into; only how wide it is for its height counts.
    """
    ratio = frame.width / frame.height
    narrow = draw(least)
    wide = draw(max(least, ratio * narrow.size.height))
    for _ in range(_STEPS):
        picture = draw((narrow.width + wide.width) / 2)
        if picture.size.width < ratio * picture.size.height:
            narrow = picture
        else:
            wide = picture
    return max(narrow, wide, key=lambda picture: picture.scale_in(frame))
