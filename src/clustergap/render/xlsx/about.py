"""The sheet About: what the words mean, what was asked of which data, and what the rows of the data take for granted."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from clustergap import __version__
from clustergap.analysis.matrix import Matrix
from clustergap.document import EXAMPLE, Origin
from clustergap.list_format.reference_layout import HEADERS, ReferenceTable, reference_tables
from clustergap.render.xlsx.asked import asked_in_words, question
from clustergap.render.xlsx.choices import Place
from clustergap.render.xlsx.fit import count_lines, height
from clustergap.render.xlsx.sheet import Sheet, refuse_too_long
from clustergap.render.xlsx.shown import shown
from clustergap.render.xlsx.widths import wide_enough
from clustergap.text import visible
from clustergap.theme import DEFINITIONS, FRAGILE, GAP_DEFINITION

NAME = "About"

_PACKAGED = f"none: {EXAMPLE}"

_FIRST, _SECOND, _OTHERS = 26.0, 60.0, 32.0
_WIDTHS = [_FIRST, _SECOND] + [_OTHERS] * (max(map(len, HEADERS.values())) - 2)
_URL = "url"


def sources_alone(matrix: Matrix) -> list[ReferenceTable]:
    """Return what an answer cites, without the rest of its dataset."""
    return [one for one in reference_tables(matrix.dataset) if one.title == "Sources"]


def write_about(
    sheet: Sheet,
    matrix: Matrix,
    origin: Origin,
    below: Iterable[ReferenceTable],
    more: Sequence[tuple[str, str]] = (),
) -> Mapping[str, Place]:
    """Write the sheet.

    Args:
        sheet: An empty one.
        matrix: The cells that the workbook shows.
        origin: Where the data came from.
        below: Small tables, behind the question.
        more: Further words that mean something, and what.

    Returns:
        Where the reference tables are, by their titles.
    """
    tables = [one for one in (question(matrix), *below) if one.rows]
    sheet.columns(_widths(tables))
    row = 0
    # A lone text in the first column is the title of a section: all that stands above them has two.
    for name, text in _head(matrix, origin):
        row = _pair(sheet, row, name, text)
    for coverage, meaning in DEFINITIONS.items():
        sheet.text(row, 0, shown(coverage), sheet.looks.coverage[coverage])
        sheet.text(row, 1, meaning, sheet.looks.beside)
        row += 1
    for name, text in (("Gap", GAP_DEFINITION), ("!", FRAGILE), *more):
        row = _pair(sheet, row, name, text)
    places = {}
    for section in tables:
        # With the empty row below it, into which people type what is new.
        places[section.title] = Place(NAME, row + 3, row + 3 + len(section.rows))
        _write_section(sheet, row + 1, section)
        row = places[section.title].last
    return places


def _widths(tables: Sequence[ReferenceTable]) -> list[float]:
    # As wide as usual, unless a text would be higher than the highest row there is, and cut.
    texts = (row for one in tables for row in one.rows)
    columns = zip_longest(zip_longest(*texts, fillvalue=""), _WIDTHS, fillvalue=())
    return [wide_enough(column, wide) for column, wide in columns if wide]


def _head(matrix: Matrix, origin: Origin) -> list[tuple[str, str]]:
    day = matrix.dataset.as_of
    return [
        ("Written by", f"clustergap {__version__}, a policy gap analyser for clusters"),
        ("Data", matrix.dataset.title),
        ("File or folder", visible(origin.path or _PACKAGED)),
        ("Date of the data", day.isoformat() if day else "none: dates count where a day is asked"),
        *asked_in_words(matrix),
    ]


def _pair(sheet: Sheet, row: int, name: str, text: str) -> int:
    refuse_too_long(text, name)
    sheet.text(row, 0, name, sheet.looks.strong)
    sheet.text(row, 1, text, sheet.looks.beside)
    sheet.fit_row(row, count_lines(text, sheet.widths[1]))
    return row + 1


def _write_section(sheet: Sheet, row: int, section: ReferenceTable) -> None:
    sheet.text(row, 0, section.title, sheet.looks.title)
    sheet.raw.set_row(row, height(1, sheet.looks.title.size))
    for column, name in enumerate(section.header):
        sheet.text(row + 1, column, name, sheet.looks.head)
    for number, texts in enumerate(section.rows, row + 2):
        for column, (name, text) in enumerate(zip(section.header, texts, strict=True)):
            refuse_too_long(text, f"{section.title}, {name} of {texts[0]}")
            if text and name == _URL:
                sheet.link(number, column, text)
            elif text:
                sheet.text(number, column, text)
        widths = zip(texts, sheet.widths, strict=False)
        lines = (count_lines(text, width) for text, width in widths)
        sheet.fit_row(number, max(lines))
