"""How wide and how high texts are in cells, so that nothing is cut: who writes a file has no program to ask.

Widths are those of a digit, as in spreadsheets; heights are points. The first *bold* letters of a text are bold.
"""

from collections.abc import Collection

from clustergap.text_metrics import break_lines, text_width

LEADING, PADDING = 12.75, 3.0
"""The height of a line, and what a row has beside its lines."""

MOST_LINES = 31
"""What the highest row that there is, of 409 points, has room for."""

WIDEST = 250.0
"""What a column may have at the most: 255, less what its texts keep from its borders."""

_EM = 2.0
"""Digits in an em: of Arial's 13.3 pixels, at 10 points, a digit has 7; with 5 % more, as programs round each letter."""

_WIDER = (60.0, 90.0, 120.0, 180.0)


def line_width(line: str, bold: int = 0) -> float:
    """Return how wide a line is.

    >>> line_width("WWW") > line_width("mmm") > line_width("iii")
    True
    """
    return _EM * text_width(line, bold)


def longest_line(text: str) -> float:
    """Return the width of the widest line of a text as it stands."""
    return max(map(line_width, text.split("\n"))) if "\n" in text else line_width(text)


def count_lines(text: str, width: float, bold: int = 0) -> int:
    """Return how many lines a text needs in a column; a word that is wider alone is broken."""
    if "\n" not in text and line_width(text, bold) <= width:
        return 1
    return len(break_lines(text, width / _EM, bold))


def row_height(lines: int, size: float = 1.0) -> float:
    """Return the height of a row of so many lines, whose letters are *size* times as large as others."""
    return min(lines, MOST_LINES) * LEADING * size + PADDING


def wide_enough(texts: Collection[str], wide: float) -> float:
    """Return how wide a column is that has room for each text in the highest row, if any has; at least *wide*."""
    widths = (width for width in (wide, *_WIDER) if width >= wide)
    fits = (
        width for width in widths if all(count_lines(text, width) <= MOST_LINES for text in texts)
    )
    return next(fits, WIDEST)
