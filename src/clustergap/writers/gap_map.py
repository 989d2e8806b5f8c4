"""The gap map: a self-contained page to open, to mail, and to print on one A4 page in landscape."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import ceil, fsum
from typing import NamedTuple

from clustergap.model.record import Source
from clustergap.origin import EXAMPLE
from clustergap.picture import GapMapPage, LongestRow
from clustergap.text_metrics import text_width
from clustergap.theme import DEFINITIONS, GAP_DEFINITION, WORDS, WORST_FIRST
from clustergap.writers.csv import columns
from clustergap.writers.html import fill, read_templates
from clustergap.writers.json import SILENT, Json, escape_silent

SCRIPTS = ("dom", "lookup", "question", "map", "panel", "places", "save", "start")
"""The scripts in the order of the page: each may use what earlier ones declare."""

STYLES = ("common.css", "page.css")

_IN_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def write(page: GapMapPage) -> str:
    """Write the page: its words, its style with sizes for paper, its script, and the data that the script looks up."""
    paper = _fit_page(page)
    context = {
        "title": page.title,
        "summary": page.summary,
        "coverages": WORST_FIRST,
        "words": WORDS,
        "definitions": DEFINITIONS,
        "gap_definition": GAP_DEFINITION,
        "sources": page.sources,
        "printed": paper.sources,
        **page.words,
    }
    style = read_style() + _font_sizes(paper)
    return fill("page.html.j2", context, style, read_script(), embed_json(script_data(page)))


def script_data(page: GapMapPage) -> Json:
    """Return what the script looks up, and what it needs to save files as the other writers write them."""
    return {
        "document": page.matrix.model_dump(mode="json", exclude={"cells"}),
        "columns": columns(page.columns, page.is_example),
        **({"example": [EXAMPLE]} if page.is_example else {}),
        "silent": SILENT,
        **page.lookup,
    }


def embed_json(data: Json) -> str:
    r"""Write data for a script element: nothing in it can end the element or begin another.

    >>> embed_json({"name": "</script>&"})
    '{"name":"\\u003c/script\\u003e\\u0026"}'
    """
    text = escape_silent(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    for character, escaped in _IN_HTML.items():
        text = text.replace(character, escaped)
    return text


def read_script() -> str:
    """Return the page's script: its files one after another, as they are written."""
    return read_templates(f"script/{name}.js" for name in SCRIPTS).strip()


def read_style() -> str:
    """Return the page's style: what all pages share, and its own."""
    return read_templates(STYLES)


# Sizes on paper. CSS has no "as large as fits", and a mailed page does not know its printer: the sizes are computed here,
# in millimetres, for the letters of a wide font.

WIDTH, HEIGHT = 279.0, 190.0
"""A4 in landscape within margins of 8 mm, less a little for errors of the computation."""

WIDEST_FONT, LEADING, PADDING = 1.3, 1.3, 1.0
"""How much wider than in the bundled font texts are assumed, as a reader's font may be wider and lines are not full; and in
multiples of the font size the height of a line, and of the rest of a row: padding, borders, the space to the next."""

TITLE, SUMMARY, SMALLEST_SUMMARY, CAVEATS = 5.0, 3.9, 1.2, 2.8
LEGEND, FOOT, GAPS = 12.0, 4.0, 8.0
"""Font sizes above the map, and the heights of three lines of legend, of the last line, and of all gaps."""

LARGEST_CELL, SMALLEST_NAMED, SMALLEST_CELL = 4.4, 2.1, 0.5
LARGEST_SOURCE, SMALLEST_SOURCE = 2.8, 1.6
MOST_FOR_SUMMARY, MOST_FOR_SOURCES = 0.2, 0.45
"""The part of the page that the summary may take, and the part that sources may take from the map."""

COLUMNS, INDENT = 3, 8.0
"""The columns of the list of sources, and their indentation."""

STEP = 0.05


class PaperSizes(NamedTuple):
    """The font sizes on paper in millimetres, whether instruments are named, and how many sources are listed."""

    cell: float
    source: float
    is_named: bool
    sources: int
    summary: float = SUMMARY


def _fit_page(page: GapMapPage) -> PaperSizes:
    sources = [_source_in_words(source) for source in page.sources]
    summary = " ".join(page.summary)
    return fit_paper(page.title, summary, page.longest_rows, sources, page.longest_caveats)


def _source_in_words(source: Source) -> str:
    parts = (source.author, source.title, source.url, source.publisher, source.date)
    return ", ".join(part for part in parts if part)


def _font_sizes(paper: PaperSizes) -> str:
    names = "block" if paper.is_named else "none"
    return (
        f":root {{ --paper-summary: {paper.summary}mm; --paper-cell: {paper.cell}mm; "
        f"--paper-source: {paper.source}mm; --paper-names: {names}; }}"
    )


def fit_paper(
    title: str,
    summary: str,
    rows: Sequence[LongestRow],
    sources: Sequence[str],
    caveats: str = "",
) -> PaperSizes:
    """Return the largest sizes with which all of it is on one page.

    Args:
        title: The title of the page.
        summary: The summary below the title.
        rows: The rows of the matrix.
        sources: The sources in words.
        caveats: The line below the summary, if there is one.
    """
    summary_size = _largest(
        SUMMARY,
        SMALLEST_SUMMARY,
        lambda size: _height(summary, size, WIDTH) <= MOST_FOR_SUMMARY * HEIGHT,
    )
    head = _height(title, TITLE, WIDTH) + _height(summary, summary_size, WIDTH) + LEGEND
    head += _height(caveats, CAVEATS, WIDTH) if caveats else 0
    height = HEIGHT - head - FOOT - GAPS
    printed = sources[: _count_printed(sources, MOST_FOR_SOURCES * height)]
    cell, is_named = _fit_matrix(rows, height - _list_height(printed, SMALLEST_SOURCE))
    rest = height - _matrix_height(rows, cell, is_named=is_named)
    source = _largest(
        LARGEST_SOURCE, SMALLEST_SOURCE, lambda size: _list_height(printed, size) <= rest
    )
    return PaperSizes(cell, source, is_named, len(printed), summary_size)


def _count_printed(sources: Sequence[str], available: float) -> int:
    # The same computation as _list_height, for more and more of them.
    total = highest = 0.0
    for number, source in enumerate(sources):
        height = _height(source, SMALLEST_SOURCE, WIDTH / COLUMNS - INDENT)
        total, highest = total + height, max(highest, height)
        if total / COLUMNS + highest / 2 > available:
            return number
    return len(sources)


def _fit_matrix(rows: Sequence[LongestRow], available: float) -> tuple[float, bool]:
    for is_named, smallest in ((True, SMALLEST_NAMED), (False, SMALLEST_CELL)):
        for size in _sizes(LARGEST_CELL, smallest):
            if _matrix_height(rows, size, is_named=is_named) <= available:
                return size, is_named
    return SMALLEST_CELL, False


def _largest(largest: float, smallest: float, fits: Callable[[float], bool]) -> float:
    return next(filter(fits, _sizes(largest, smallest)), smallest)


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    steps = round((largest - smallest) / STEP)
    return (round(largest - STEP * step, 2) for step in range(steps + 1))


def _list_height(texts: Iterable[str], size: float) -> float:
    width = WIDTH / COLUMNS - INDENT
    heights = [_height(text, size, width) for text in texts]
    # Columns break between entries: one may be higher by the longest entry.
    return (fsum(heights) / COLUMNS + max(heights) / 2) if heights else 0.0


def _matrix_height(rows: Sequence[LongestRow], size: float, *, is_named: bool) -> float:
    levels = max((len(cells) for _, cells in rows), default=1)
    role_width = 0.2 * WIDTH
    width = (WIDTH - role_width) / max(1, levels) - 2 * size
    height = 2 * LEADING * size
    for role, cells in rows:
        heights = [_height(role, size, role_width - size, bold=len(role))]
        for words, names in cells:
            texts = [words, names] if is_named and names else [words]
            heights.append(fsum(_height(text, size, width) for text in texts))
        height += max(heights) + PADDING * size
    return height


def _height(text: str, size: float, width: float, bold: int = 0) -> float:
    lines = ceil(WIDEST_FONT * text_width(text, bold) * size / width)
    return max(1, lines) * LEADING * size
