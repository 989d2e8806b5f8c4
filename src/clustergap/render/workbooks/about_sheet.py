"""What a workbook says of itself: its properties, what was asked of which data, and the sheet About.

About explains the words, and holds what the rows of the data take for granted, as small tables that a program reads back.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from clustergap import __version__
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import narrowed
from clustergap.answers.phrases import query_in_words
from clustergap.document import EXAMPLE, Origin
from clustergap.list_format.list_layout import write_day, write_flag, write_ids
from clustergap.list_format.reference_layout import (
    HEADERS,
    QUESTION,
    ReferenceTable,
    reference_tables,
)
from clustergap.text import visible
from clustergap.theme import DEFINITIONS, FRAGILE, GAP_DEFINITION
from clustergap.writers.xlsx.cell_sizes import count_lines, row_height, wide_enough
from clustergap.writers.xlsx.list_table import display
from clustergap.writers.xlsx.worksheet import Workbook, Worksheet, refuse_too_long

ABOUT = "About"

_PACKAGED = f"none: {EXAMPLE}"

_FIRST, _SECOND, _OTHERS = 26.0, 60.0, 32.0
_WIDTHS = [_FIRST, _SECOND] + [_OTHERS] * (max(map(len, HEADERS.values())) - 2)
_URL = "url"


class RowRange(NamedTuple):
    """The rows of a small table: its sheet, the first and the last row, free ones too, counted from 0."""

    sheet: str
    first: int
    last: int


def new_workbook(matrix: Matrix, origin: Origin, subject: str) -> Workbook:
    """Begin a workbook; *subject* says what it answers."""
    comments = (f"Written by clustergap {__version__}.", GAP_DEFINITION, origin.remark)
    day = matrix.query.as_of
    footer = f"As of {day.isoformat()}" if day else "Dates ignored"
    return Workbook(
        title=matrix.dataset.title,
        subject=f"{subject}, {query_in_words(matrix.query)}",
        comments=" ".join(filter(None, comments)),
        footer=f"{footer}, {EXAMPLE}" if origin.is_example else footer,
    )


def write_about_answer(workbook: Workbook, matrix: Matrix, origin: Origin) -> None:
    """Add the sheet to a single answer: what it cites, without the rest of its dataset."""
    tables = reference_tables(matrix.dataset)
    sources = [table for table in tables if table.title == "Sources"]
    write_about(workbook.sheet(ABOUT), matrix, origin, sources)


def write_about(
    sheet: Worksheet,
    matrix: Matrix,
    origin: Origin,
    below: Iterable[ReferenceTable],
    more: Sequence[tuple[str, str]] = (),
) -> Mapping[str, RowRange]:
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
    tables = [table for table in (_question(matrix), *below) if table.rows]
    sheet.columns(_widths(tables))
    row = 0
    # A lone text in the first column is the title of a section: all that stands above them has two.
    for name, text in _head(matrix, origin):
        row = _write_pair(sheet, row, name, text)
    for coverage, meaning in DEFINITIONS.items():
        sheet.text(row, 0, display(coverage), sheet.formats.coverage[coverage])
        sheet.text(row, 1, meaning, sheet.formats.beside)
        row += 1
    for name, text in (("Gap", GAP_DEFINITION), ("!", FRAGILE), *more):
        row = _write_pair(sheet, row, name, text)
    ranges = {}
    for table in tables:
        # With the empty row below it, into which people type what is new.
        ranges[table.title] = RowRange(ABOUT, row + 3, row + 3 + len(table.rows))
        _write_table(sheet, row + 1, table)
        row = ranges[table.title].last
    return ranges


def _widths(tables: Sequence[ReferenceTable]) -> list[float]:
    # As wide as usual, unless a text would be higher than the highest row there is, and cut.
    rows = (row for table in tables for row in table.rows)
    columns = zip_longest(zip_longest(*rows, fillvalue=""), _WIDTHS, fillvalue=())
    return [wide_enough(column, wide) for column, wide in columns if wide]


def _head(matrix: Matrix, origin: Origin) -> list[tuple[str, str]]:
    day = matrix.dataset.as_of
    roles, levels = narrowed(matrix)
    head = [
        ("Written by", f"clustergap {__version__}, a policy gap analyser for clusters"),
        ("Data", matrix.dataset.title),
        ("File or folder", visible(origin.path or _PACKAGED)),
        ("Date of the data", day.isoformat() if day else "none: dates count where a day is asked"),
        ("Asked", query_in_words(matrix.query)),
    ]
    if roles:
        head.append(("Roles shown", ", ".join(role.name for role in matrix.roles)))
    if levels:
        head.append(("Levels shown", ", ".join(level.name for level in matrix.levels)))
    return head


def _question(matrix: Matrix) -> ReferenceTable:
    # The parts of the question that were asked, by their names in JSON; roles and levels where not all are shown.
    query = matrix.query
    roles, levels = narrowed(matrix)
    parts = {
        "as_of": write_day(query.as_of),
        "in": query.place,
        "target": query.target,
        "kinds": write_ids(query.kinds),
        "without": write_ids(query.without),
        "with_planned": write_flag(query.with_planned) if query.with_planned else "",
        "roles": write_ids(roles),
        "levels": write_ids(levels),
    }
    rows = [(part, value) for part, value in parts.items() if value]
    return ReferenceTable(QUESTION, HEADERS[QUESTION], rows)


def _write_pair(sheet: Worksheet, row: int, name: str, text: str) -> int:
    refuse_too_long(text, name)
    sheet.text(row, 0, name, sheet.formats.strong)
    sheet.text(row, 1, text, sheet.formats.beside)
    sheet.fit_row(row, count_lines(text, sheet.widths[1]))
    return row + 1


def _write_table(sheet: Worksheet, row: int, table: ReferenceTable) -> None:
    sheet.text(row, 0, table.title, sheet.formats.title)
    sheet.raw.set_row(row, row_height(1, sheet.formats.title.size))
    for column, name in enumerate(table.header):
        sheet.text(row + 1, column, name, sheet.formats.head)
    for number, texts in enumerate(table.rows, row + 2):
        for column, (name, text) in enumerate(zip(table.header, texts, strict=True)):
            refuse_too_long(text, f"{table.title}, {name} of {texts[0]}")
            if text and name == _URL:
                sheet.link(number, column, text)
            elif text:
                sheet.text(number, column, text)
        widths = zip(texts, sheet.widths, strict=False)
        sheet.fit_row(number, max(count_lines(text, width) for text, width in widths))
