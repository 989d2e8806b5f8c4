"""How wide the columns and how high the rows of a sheet are, so that nothing is cut and all can be read on paper.

Widths are in digits, as in spreadsheets; heights are in points. The first *bold* letters of a text are bold.
"""

from collections.abc import Collection, Iterator, Sequence
from math import fsum
from typing import NamedTuple

from clustergap.text_metrics import line_count, text_width

LETTERS = 10
"""The size of letters on a screen, in points."""

LEAST_LETTERS = 8
"""The least size of letters on paper, in points."""

BESIDE, ABOVE = 0.4, 0.6
"""Inches of the margins."""

_A4 = (8.27, 11.69)

_DIGIT = 7 / 96
"""The width of a digit in inches."""

_BETWEEN = 12 / 7
"""The width by which a column is wider than its texts."""

_LARGER = 1.07
"""LibreOffice makes columns so much wider than they are said to be."""


def _page(inches: float) -> float:
    """Return the width of a page of so many inches with the smallest letters."""
    return (inches - 2 * BESIDE) / _DIGIT * LETTERS / LEAST_LETTERS / _LARGER


PORTRAIT, LANDSCAPE = map(_page, _A4)
"""The widths of pages with the smallest letters."""


class PaperFit(NamedTuple):
    """How a sheet is printed: fitted to the width of one page, or else at *scale* per cent on several side by side.

    Attributes:
        is_portrait: Whether pages stand upright: more rows fit on one.
        scale: Per cent of the size on a screen; None: what the width of one page needs.
        first: The number of columns on the first page.
    """

    is_portrait: bool
    scale: int | None
    first: int


def fit_paper(widths: Sequence[float]) -> PaperFit:
    """Say how a sheet with columns of these widths is printed, on as few pages as can be read."""
    whole = width_on_paper(widths)
    if whole <= LANDSCAPE:
        return PaperFit(whole <= PORTRAIT, None, len(widths))
    # The first column is repeated; no other one is torn, whatever its width.
    widest = width_on_paper([widths[0], *([max(widths[1:])] if len(widths) > 1 else [])])
    scale = 100 * LEAST_LETTERS / LETTERS * min(1.0, LANDSCAPE / widest)
    ends = (width_on_paper(widths[:end]) for end in range(1, len(widths) + 1))
    page = max(LANDSCAPE, widest)
    return PaperFit(is_portrait=False, scale=int(scale), first=sum(end <= page for end in ends))


def width_on_paper(widths: Sequence[float]) -> float:
    """Return how wide columns are together."""
    return fsum(widths) + _BETWEEN * len(widths)


_WRAPPED = (60.0, 50.0, 40.0, 30.0, 24.0, 20.0, 18.0, 16.0)
"""Widths at which texts wrap; the widest with which the columns fit on a page is used."""

_LONGEST_WORD = 30.0
"""The width up to which no word is torn, such as a cell's id."""

_FEW_LINES, _WIDE = 8, 120.0
"""Where no width lets them fit on one page, columns are as wide as their texts need for few lines: high rows fill more
pages than wide ones. Beyond this width rows are as high as they can be."""


def fit_columns(least: Sequence[float], columns: Sequence[Collection[str]]) -> list[float]:
    """Return the widths of columns with which no text is cut in a row of the greatest height, if possible on one page.

    Args:
        least: The least width of each.
        columns: The texts of each.
    """
    natural = [max(map(longest_line, texts), default=0.0) for texts in columns]
    least = [
        max(width, min(_LONGEST_WORD, own, max(map(_longest_word, texts), default=0.0)))
        for width, own, texts in zip(least, natural, columns, strict=True)
    ]
    on_one_page = next(_fits_page(least, natural, columns), None)
    return on_one_page or _on_several_pages(least, natural, columns)


def _longest_word(text: str) -> float:
    # By letters: as wide as most of its words, and found in a fraction of the time.
    return line_width(max(text.split(), key=len, default=""))


def _fits_page(
    least: Sequence[float], natural: Sequence[float], columns: Sequence[Collection[str]]
) -> Iterator[list[float]]:
    for wrapped in _WRAPPED:
        narrowest = [
            max(width, min(own, wrapped)) for width, own in zip(least, natural, strict=True)
        ]
        # Long texts may need more: this is only reckoned where the rest fits, as it takes its time.
        if width_on_paper(narrowest) <= LANDSCAPE:
            widths = _wrapped(least, natural, columns, wrapped)
            if width_on_paper(widths) <= LANDSCAPE:
                yield widths


def _on_several_pages(
    least: Sequence[float], natural: Sequence[float], columns: Sequence[Collection[str]]
) -> list[float]:
    few = [wide_enough(texts, _WIDER[0], _FEW_LINES) for texts in columns]
    first, *others = [
        max(width, min(own, wide if wide <= _WIDE else wide_enough(texts, _WIDE)))
        for width, own, wide, texts in zip(least, natural, few, columns, strict=True)
    ]
    # The first column is repeated: beside it the widest other one must fit on a page, or all letters are smaller.
    room = max(least[0], LANDSCAPE - width_on_paper([0.0, max(others, default=0.0)]))
    return [min(first, wide_enough(columns[0], room)), *others]


def _wrapped(
    least: Sequence[float],
    natural: Sequence[float],
    columns: Sequence[Collection[str]],
    wrapped: float,
) -> list[float]:
    return [
        max(width, own if own <= wrapped else wide_enough(texts, wrapped))
        for width, own, texts in zip(least, natural, columns, strict=True)
    ]


LEADING, PADDING = 12.75, 3.0
"""The height of a line, and the rest of the height of a row."""

MOST_LINES = 31
"""Lines in the highest possible row, of 409 points."""

WIDEST = 250.0
"""The greatest width of a column: 255, without the padding of its texts."""

_EM = 2.0
"""Digits in an em: Arial at 10 points has 13.3 pixels in an em and 7 in a digit; 5 % more, as programs round each letter."""

_WIDER = (24.0, 30.0, 40.0, 50.0, 60.0, 90.0, 120.0, 130.0, 140.0, 150.0, 160.0, 180.0)


def line_width(line: str, bold: int = 0) -> float:
    """Return how wide a line is.

    >>> line_width("WWW") > line_width("mmm") > line_width("iii")
    True
    """
    return _EM * text_width(line, bold)


def longest_line(text: str) -> float:
    """Return the width of the widest line of a text without wrapping."""
    return max(map(line_width, text.split("\n"))) if "\n" in text else line_width(text)


def count_lines(text: str, width: float, bold: int = 0) -> int:
    """Return how many lines a text needs in a column; a word that is wider is broken."""
    if "\n" not in text and line_width(text, bold) <= width:
        return 1
    return line_count(text, width / _EM, bold)


def row_height(lines: int, size: float = 1.0) -> float:
    """Return the height of a row of *lines* lines, with letters of *size* times the usual size."""
    return min(lines, MOST_LINES) * LEADING * size + PADDING


def wide_enough(texts: Collection[str], wide: float, lines: int = MOST_LINES) -> float:
    """Return the width, at least *wide*, with which each text fits in so many lines, by default those of the highest possible row, if there is one."""
    widths = (width for width in (wide, *_WIDER) if width >= wide)
    fits = (width for width in widths if all(count_lines(text, width) <= lines for text in texts))
    return next(fits, WIDEST)
