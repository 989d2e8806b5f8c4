"""A list as a table that can be sorted and filtered, its header and first column in sight and on every page."""

from collections.abc import Sequence
from datetime import date
from math import fsum
from typing import Any

from clustergap.analysis.coverage import Coverage
from clustergap.document import Row, Rows, Value
from clustergap.errors import ClusterGapError
from clustergap.theme import UNICODE, WORDS
from clustergap.writers.xlsx.cell_sizes import (
    count_lines,
    line_width,
    longest_line,
    wide_enough,
)
from clustergap.writers.xlsx.worksheet import Worksheet

_STYLE = "Table Style Light 1"

_PAGE = 200.0
"""What a table should have at the most: a page in landscape has room for so much in letters of six points."""

_WRAPPED = (60.0, 50.0, 40.0, 30.0)
"""From which width on texts wrap, unless that makes their row too high; the widest with which the table fits a page."""

_FILTER = 3.0
"""What the button of a filter takes of its header."""


def display(value: Value) -> str:
    """Return a value as people see it in a cell; a coverage by shape and word."""
    if isinstance(value, Coverage):
        return f"{UNICODE.coverage[value]} {WORDS[value]}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def write_list(sheet: Worksheet, answer: Rows, nothing: str) -> None:
    """Write the rows of an answer, or the sentence that says that there is *nothing* to list."""
    rows = list(answer.rows)
    if rows:
        write_table(sheet, answer.header, rows, fit_columns(answer.header, rows))
    else:
        sheet.columns([longest_line(nothing)])
        sheet.text(0, 0, nothing)


def fit_columns(header: Sequence[str], rows: Sequence[Row]) -> list[float]:
    """Return how wide the columns are, so that texts are whole in rows as high as there are."""
    columns = [{display(value) for value in set(column)} for column in zip(*rows, strict=True)]
    least = [
        max(line_width(word, len(word)) for word in name.split()) + _FILTER for name in header
    ]
    natural = [max(map(longest_line, texts)) for texts in columns]
    wrapped = next(
        (width for width in _WRAPPED if _sum(least, natural, width) <= _PAGE), _WRAPPED[-1]
    )
    return [
        max(width, own if own <= wrapped else wide_enough(texts, wrapped))
        for width, own, texts in zip(least, natural, columns, strict=True)
    ]


def _sum(least: Sequence[float], natural: Sequence[float], wrapped: float) -> float:
    return fsum(max(width, min(own, wrapped)) for width, own in zip(least, natural, strict=True))


def write_table(
    sheet: Worksheet, header: Sequence[str], rows: Sequence[Row], widths: list[float]
) -> None:
    """Write rows below their header, in columns of these widths.

    Raises:
        ClusterGapError: There are more than a sheet holds.
    """
    if len(rows) >= sheet.most_rows:
        raise ClusterGapError(
            f"{len(rows):,} rows are more than a sheet of a workbook holds, {sheet.most_rows - 1:,}: "
            "show less with --role and --level, or write another format"
        )
    raw, formats = sheet.raw, sheet.formats
    types = [set(map(type, column)) for column in zip(*rows, strict=True)]
    sheet.columns(
        widths, [formats.number if found & {int, float} else formats.text for found in types]
    )
    _add_table(sheet, header, len(rows))
    heads = zip(header, widths, strict=True)
    sheet.fit_row(
        0, max(sheet.lines(name, width - _FILTER, formats.head) for name, width in heads)
    )
    for number, row in enumerate(rows, 1):
        _write_row(sheet, number, row)
    _fit_rows(sheet, rows)
    raw.freeze_panes(1, 1)
    raw.repeat_rows(0)
    raw.hide_gridlines(0)  # in print too: not every program draws the table's bands


def _add_table(sheet: Worksheet, header: Sequence[str], rows: int) -> None:
    head: list[dict[str, Any]] = [
        {"header": name, "header_format": sheet.formats.head.format} for name in header
    ]
    name = sheet.raw.get_name().replace(" ", "_")
    options = {"name": name, "style": _STYLE, "columns": head}
    sheet.raw.add_table(0, 0, rows, len(header) - 1, options)


def _write_row(sheet: Worksheet, number: int, row: Row) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if type(value) is str:
            sheet.text(number, column, value)
        elif isinstance(value, Coverage):
            sheet.text(number, column, display(value), sheet.formats.coverage[value])
        elif isinstance(value, int | float):
            sheet.number(number, column, value)
        else:
            sheet.text(number, column, display(value))


def _fit_rows(sheet: Worksheet, rows: Sequence[Row]) -> None:
    # Most columns of a long list have texts of one line alone: only the others are looked at in each row.
    lines = [1] * len(rows)
    for column, width in zip(zip(*rows, strict=True), sheet.widths, strict=True):
        needed = {text: count_lines(text, width) for text in set(column) if isinstance(text, str)}
        if max(needed.values(), default=1) > 1:
            lines = [
                max(most, needed.get(value, 1)) for most, value in zip(lines, column, strict=True)
            ]
    for number, most in enumerate(lines, 1):
        sheet.fit_row(number, most)
