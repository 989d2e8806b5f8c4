"""How large the words can be on paper so that the map, its legend and its sources fill one A4 page in landscape.

A style sheet knows no "as large as fits", and a mailed page no printer: the sizes are reckoned here, in millimetres,
for letters as wide as those of a wide font.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, fsum
from typing import NamedTuple

from clustergap.text_metrics import text_width

WIDTH, HEIGHT = 279.0, 190.0
"""A4 in landscape within margins of 8 mm, less a little for what reckoning gets wrong."""

WIDEST_FONT, LEADING, PADDING = 1.3, 1.3, 1.0
"""How much wider than the bundled font texts are reckoned, as a reader's font may be and no line is full to its end; in
sizes of the font the height of a line, and of what a row has beside its lines: padding, borders, the space to the next."""

TITLE, SUMMARY, SMALLEST_SUMMARY = 5.0, 3.9, 1.2
LEGEND, FOOT, GAPS = 12.0, 4.0, 8.0
"""Sizes of what stands above the map, and the heights of three lines of legend, of the last line, and of all gaps."""

LARGEST_CELL, SMALLEST_NAMED, SMALLEST_CELL = 4.4, 2.1, 0.5
LARGEST_SOURCE, SMALLEST_SOURCE = 2.8, 1.6
MOST_FOR_SUMMARY, MOST_FOR_SOURCES = 0.2, 0.45
"""The part of the page that the summary may take, and the part that sources may take from the map."""

COLUMNS, INDENT = 3, 8.0
"""Of the list of sources: its columns, and what of each is no text."""

STEP = 0.05


class Paper(NamedTuple):
    """The sizes of the fonts in millimetres, whether the instruments are named, and how many sources are."""

    cell: float
    source: float
    is_named: bool
    sources: int
    summary: float = SUMMARY


Row = tuple[str, Sequence[tuple[str, str]]]
"""A role's name and, of each of its cells, what stands there anyway and the names of its instruments."""


def fit(title: str, summary: str, rows: Sequence[Row], sources: Sequence[str]) -> Paper:
    """Return the largest sizes with which all of it is on one page.

    Args:
        title: The page's title.
        summary: What stands below it.
        rows: The matrix.
        sources: The sources as they are spelled out.
    """
    words = _fit_summary(summary)
    head = _height(title, TITLE, WIDTH) + _height(summary, words, WIDTH) + LEGEND
    room = HEIGHT - head - FOOT - GAPS
    printed = sources[: _most_sources(sources, MOST_FOR_SOURCES * room)]
    least = _list_height(printed, SMALLEST_SOURCE)
    cell, is_named = _fit_matrix(rows, room - least)
    left = room - _matrix_height(rows, cell, is_named=is_named)
    sizes = _sizes(LARGEST_SOURCE, SMALLEST_SOURCE)
    source = next((size for size in sizes if _list_height(printed, size) <= left), SMALLEST_SOURCE)
    return Paper(cell, source, is_named, len(printed), words)


def _fit_summary(summary: str) -> float:
    most = MOST_FOR_SUMMARY * HEIGHT
    sizes = _sizes(SUMMARY, SMALLEST_SUMMARY)
    return next(
        (size for size in sizes if _height(summary, size, WIDTH) <= most), SMALLEST_SUMMARY
    )


def _most_sources(sources: Sequence[str], room: float) -> int:
    # As _list_height, of more and more of them.
    above = highest = 0.0
    for number, source in enumerate(sources):
        height = _height(source, SMALLEST_SOURCE, WIDTH / COLUMNS - INDENT)
        above, highest = above + height, max(highest, height)
        if above / COLUMNS + highest / 2 > room:
            return number
    return len(sources)


def _fit_matrix(rows: Sequence[Row], room: float) -> tuple[float, bool]:
    for is_named, least in ((True, SMALLEST_NAMED), (False, SMALLEST_CELL)):
        for size in _sizes(LARGEST_CELL, least):
            if _matrix_height(rows, size, is_named=is_named) <= room:
                return size, is_named
    return SMALLEST_CELL, False


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    steps = round((largest - smallest) / STEP)
    return (round(largest - STEP * step, 2) for step in range(steps + 1))


def _list_height(texts: Iterable[str], size: float) -> float:
    width = WIDTH / COLUMNS - INDENT
    heights = [_height(text, size, width) for text in texts]
    # Columns break between entries: the longest entry may stand over.
    return (fsum(heights) / COLUMNS + max(heights) / 2) if heights else 0.0


def _matrix_height(rows: Sequence[Row], size: float, *, is_named: bool) -> float:
    columns = max((len(cells) for _, cells in rows), default=1)
    first = 0.2 * WIDTH
    width = (WIDTH - first) / max(1, columns) - 2 * size
    height = 2 * LEADING * size
    for role, cells in rows:
        lines = [_height(role, size, first - size, bold=len(role))]
        for words, names in cells:
            text = [words, names] if is_named and names else [words]
            lines.append(fsum(_height(part, size, width) for part in text))
        height += max(lines) + PADDING * size
    return height


def _height(text: str, size: float, width: float, bold: int = 0) -> float:
    lines = ceil(WIDEST_FONT * text_width(text, bold) * size / width)
    return max(1, lines) * LEADING * size
