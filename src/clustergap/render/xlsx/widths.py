"""How wide the columns of a table are."""

from collections.abc import Collection, Sequence
from math import fsum

from clustergap.document import Row
from clustergap.render.xlsx.fit import MOST_LINES, WIDEST, columns, count_lines, longest_line
from clustergap.render.xlsx.looks import BOLDER
from clustergap.render.xlsx.shown import shown

PAGE = 200.0
"""What a table should have at the most: a page in landscape has room for so much in letters of six points."""

_WIDE = (60.0, 50.0, 40.0, 30.0)
"""From which width on texts wrap, unless that makes their row too high; the widest with which the table fits a page."""

FILTER = 3.0
"""What the button of a filter takes of its header."""


def fit_columns(header: Sequence[str], rows: Sequence[Row]) -> list[float]:
    """Return how wide the columns are, so that texts are whole in rows as high as there are."""
    values = [{shown(one) for one in set(column)} for column in zip(*rows, strict=True)]
    least = [max(map(columns, name.split())) * BOLDER + FILTER for name in header]
    natural = [max(map(longest_line, texts)) for texts in values]
    wide = next((one for one in _WIDE if _sum(least, natural, one) <= PAGE), _WIDE[-1])
    return [
        max(width, own if own <= wide else wide_enough(texts, wide))
        for width, own, texts in zip(least, natural, values, strict=True)
    ]


def _sum(least: Sequence[float], natural: Sequence[float], wide: float) -> float:
    return fsum(max(one, min(other, wide)) for one, other in zip(least, natural, strict=True))


def wide_enough(texts: Collection[str], wide: float) -> float:
    """Return how wide a column is that has room for each text in the highest row, if any has; at least *wide*."""
    widths = (one for one in (wide, 60.0, 90.0, 120.0, 180.0) if one >= wide)
    fits = (one for one in widths if all(count_lines(text, one) <= MOST_LINES for text in texts))
    return next(fits, WIDEST)
