"""A list as a table that can be sorted and filtered, its header and first column in sight and on every page."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from clustergap.analysis.coverage import Coverage
from clustergap.document import Row, Value
from clustergap.errors import ClusterGapError
from clustergap.render.xlsx.fit import count_lines, longest_line, pieces
from clustergap.render.xlsx.sheet import Sheet
from clustergap.render.xlsx.shown import shown
from clustergap.render.xlsx.widths import FILTER, fit_columns

_STYLE = "Table Style Light 1"


def write_list(sheet: Sheet, header: Sequence[str], rows: Sequence[Row], nothing: str) -> None:
    """Write a list, or the sentence that says that there is *nothing* to list.

    A text that is too long for the highest row goes on in the next one, beside the same names.
    """
    if not rows:
        sheet.columns([longest_line(nothing)])
        sheet.text(0, 0, nothing)
        return
    widths = fit_columns(header, rows)
    write_table(sheet, header, [one for row in rows for one in _continued(row, widths)], widths)


def _continued(row: Row, widths: Sequence[float]) -> Iterator[Row]:
    # Numbers stand once, so that sums stay true.
    parts = [pieces(shown(one), width) for one, width in zip(row, widths, strict=True)]
    yield tuple(one if len(cut) == 1 else cut[0] for one, cut in zip(row, parts, strict=True))
    for number in range(1, max(map(len, parts))):
        yield tuple(_at(number, one, cut) for one, cut in zip(row, parts, strict=True))


def _at(number: int, value: Value, parts: list[str]) -> Value:
    if len(parts) > 1:
        return parts[number] if number < len(parts) else None
    return value if isinstance(value, str | date) else None


def write_table(
    sheet: Sheet, header: Sequence[str], rows: Sequence[Row], widths: list[float]
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
    raw, looks = sheet.raw, sheet.looks
    types = [set(map(type, column)) for column in zip(*rows, strict=True)]
    sheet.columns(widths, [looks.number if one & {int, float} else looks.text for one in types])
    _add_table(sheet, header, len(rows))
    heads = zip(header, widths, strict=True)
    sheet.fit_row(0, max(sheet.lines(name, width - FILTER, looks.head) for name, width in heads))
    for number, row in enumerate(rows, 1):
        _write_row(sheet, number, row)
    _fit_rows(sheet, rows)
    raw.freeze_panes(1, 1)
    raw.repeat_rows(0)
    raw.hide_gridlines(0)  # in print too: not every program draws the table's bands


def _add_table(sheet: Sheet, header: Sequence[str], rows: int) -> None:
    head: list[dict[str, Any]] = [
        {"header": name, "header_format": sheet.looks.head.format} for name in header
    ]
    name = sheet.raw.get_name().replace(" ", "_")
    options = {"name": name, "style": _STYLE, "columns": head}
    sheet.raw.add_table(0, 0, rows, len(header) - 1, options)


def _write_row(sheet: Sheet, number: int, row: Row) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if type(value) is str:
            sheet.text(number, column, value)
        elif isinstance(value, Coverage):
            sheet.text(number, column, shown(value), sheet.looks.coverage[value])
        elif isinstance(value, int | float):
            sheet.number(number, column, value)
        else:
            sheet.text(number, column, shown(value))


def _fit_rows(sheet: Sheet, rows: Sequence[Row]) -> None:
    # Most columns of a long list have texts of one line alone: only the others are looked at in each row.
    lines = [1] * len(rows)
    for column, width in zip(zip(*rows, strict=True), sheet.widths, strict=True):
        found = {one: count_lines(one, width) for one in set(column) if isinstance(one, str)}
        if max(found.values(), default=1) > 1:
            lines = [max(most, found.get(one, 1)) for most, one in zip(lines, column, strict=True)]
    for number, most in enumerate(lines, 1):
        sheet.fit_row(number, most)
