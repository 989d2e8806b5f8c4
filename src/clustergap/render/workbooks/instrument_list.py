"""The sheet Instruments: the list layout, one row for each instrument and cell, to be edited or filled in and imported.

Its columns have drop-downs of what the dataset knows: the names that small tables list, those that people have added too.
"""

from collections.abc import Mapping, Sequence

from clustergap.analysis.report import FullReport
from clustergap.list_format.list_layout import (
    COLUMNS,
    ListColumn,
    ListRow,
    ValueKind,
    heading,
    list_rows,
)
from clustergap.list_format.reference_layout import refuse_long_list
from clustergap.model.dataset import Dataset, Extent, Status
from clustergap.model.record import Named, Names
from clustergap.render.workbooks.about_sheet import RowRange
from clustergap.writers.xlsx.list_table import fit_columns, write_table
from clustergap.writers.xlsx.worksheet import LONGEST_TEXT, Choice, Worksheet, refuse_too_long

HEADER = tuple(column.name for column in COLUMNS)

Source = str | Sequence[str]
"""What one chooses from: words, or the formula of the cells that hold them."""

_IDS, _NAMES = "A", "B"
"""The columns of the small tables that hold them."""

_URL, _ID = HEADER.index("url"), HEADER.index("id")
_ROOM: Mapping[ValueKind, float] = {
    ValueKind.ID: 16,
    ValueKind.LINE: 32,
    ValueKind.TEXT: 40,
    ValueKind.DAY: 12,
    ValueKind.IDS: 24,
    ValueKind.ROLE: 28,
    ValueKind.LEVEL: 14,
    ValueKind.KIND: 20,
    ValueKind.EXTENT: 10,
    ValueKind.STATUS: 10,
    ValueKind.CODES: 24,
    ValueKind.SOURCES: 40,
}
"""How wide an empty column is, for what is to be typed into it."""

_FREE = 50
"""Rows of an empty list that look like those of a list."""

_ID_LAST = (
    *(column for column in COLUMNS if column.holds is not ValueKind.ID),
    *(column for column in COLUMNS if column.holds is ValueKind.ID),
)
"""The columns for whoever fills in a list: nobody begins with an id."""


def write_instruments(
    sheet: Worksheet, report: FullReport, ranges: Mapping[str, RowRange]
) -> None:
    """Write the statements about the cells that are shown: no text is changed.

    Args:
        sheet: An empty one.
        report: The answers.
        ranges: Where small tables have what is chosen from.

    Raises:
        ClusterGapError: A text or the list is too long, for a workbook or for who imports it again.
    """
    dataset = report.matrix.dataset
    cells = {rating.cell for rating in report.matrix} if report.is_narrowed else None
    rows = list(list_rows(dataset, cells))
    refuse_long_list(rows)
    for row in rows:
        _refuse_too_long(row)
    listed = rows or [("",) * len(HEADER)]
    write_table(sheet, HEADER, listed, fit_columns(HEADER, listed))
    for number, row in enumerate(rows, 1):
        if row[_URL]:
            sheet.link(number, _URL, row[_URL])
    _help_typing(sheet, COLUMNS, names_to_choose(dataset, ranges))


def write_empty_list(sheet: Worksheet, names: Mapping[str, Source]) -> None:
    """Write a list to fill in, with drop-downs of the *names* that small tables hold."""
    header = tuple(heading(column.name) for column in _ID_LAST)
    rows = [("",) * len(header)] * _FREE
    widths = zip(fit_columns(header, rows), _ID_LAST, strict=True)
    write_table(sheet, header, rows, [max(width, _ROOM[column.holds]) for width, column in widths])
    for number, column in enumerate(_ID_LAST):
        sheet.explain(0, number, column.name, f"{column.meaning}. It is {column.holds.value}.")
    _help_typing(sheet, _ID_LAST, names)


def names_to_choose(dataset: Dataset, ranges: Mapping[str, RowRange]) -> Mapping[str, Source]:
    """Return where the names of roles, levels and kinds stand, by the title of their table."""
    records: Mapping[str, Sequence[Named]] = {
        "Roles": dataset.roles,
        "Levels": dataset.levels,
        "Kinds": dataset.kinds,
    }
    return {
        title: _filled_cells(ranges[title], named)
        for title, named in records.items()
        if title in ranges
    }


def _filled_cells(rows: RowRange, records: Sequence[Named]) -> str:
    names = Names(records)
    # Where two have one name, only ids tell them apart.
    column = _NAMES if names.labels() == names.names() else _IDS
    first = f"{rows.sheet}!${column}${rows.first + 1}"
    cells = f"{first}:${column}${rows.last + 1}"
    # As many as are filled: what is empty would stand in the drop-down too.
    return f"=OFFSET({first},0,0,MAX(1,COUNTA({cells})),1)"


def _help_typing(
    sheet: Worksheet, columns: Sequence[ListColumn], names: Mapping[str, Source]
) -> None:
    # In each row that a sheet has.
    sheet.raw.ignore_errors({"number_stored_as_text": f"A1:XFD{sheet.most_rows}"})
    sources = {
        ValueKind.EXTENT: [extent.value for extent in Extent],
        ValueKind.STATUS: [status.value for status in Status],
        ValueKind.ROLE: names.get("Roles"),
        ValueKind.LEVEL: names.get("Levels"),
        ValueKind.KIND: names.get("Kinds"),
    }
    for number, column in enumerate(columns):
        if source := sources.get(column.holds):
            choice = Choice(source, column.name, f"This column holds {column.holds.value}.")
            sheet.offer(number, 1, sheet.most_rows - 1, choice)


def _refuse_too_long(row: ListRow) -> None:
    if sum(map(len, row)) > LONGEST_TEXT // 2:
        for name, text in zip(HEADER, row, strict=True):
            refuse_too_long(text, f"{name} of {row[_ID] or 'an observation'}")
