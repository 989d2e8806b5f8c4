"""The sheet Instruments: the list layout, one row for each instrument and cell, to be edited and imported again."""

from collections.abc import Mapping, Sequence

from clustergap.analysis.full_report import FullReport
from clustergap.list_format.list_layout import (
    COLUMNS,
    ListColumn,
    ListRow,
    ValueKind,
    heading,
    list_rows,
)
from clustergap.list_format.reference_layout import refuse_long_list
from clustergap.render.xlsx.choices import Place, Source, names_to_choose, offer_in_list
from clustergap.render.xlsx.sheet import LONGEST_TEXT, Sheet, refuse_too_long
from clustergap.render.xlsx.table import write_table
from clustergap.render.xlsx.widths import fit_columns

NAME = "Instruments"

HEADER = tuple(column.name for column in COLUMNS)

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
    *(one for one in COLUMNS if one.holds is not ValueKind.ID),
    *(one for one in COLUMNS if one.holds is ValueKind.ID),
)
"""The columns for whoever fills in a list: nobody begins with an id."""


def write_instruments(sheet: Sheet, briefing: FullReport, places: Mapping[str, Place]) -> None:
    """Write the statements about the cells that are shown: no text is changed or torn apart.

    Args:
        sheet: An empty one.
        briefing: The answers.
        places: Where small tables have what is chosen from.

    Raises:
        ClusterGapError: A text or the list is too long, for a workbook or for who imports it again.
    """
    matrix = briefing.matrix
    dataset = matrix.dataset
    cells = {rating.cell for rating in matrix} if briefing.is_narrowed else None
    rows = list(list_rows(dataset, cells))
    refuse_long_list(rows)
    for row in rows:
        _refuse_too_long(row)
    shown = rows or [("",) * len(HEADER)]
    write_table(sheet, HEADER, shown, fit_columns(HEADER, shown))
    for number, row in enumerate(rows, 1):
        if row[_URL]:
            sheet.link(number, _URL, row[_URL])
    _help_typing(sheet, COLUMNS, names_to_choose(dataset, places))


def write_empty_list(sheet: Sheet, names: Mapping[str, Source]) -> None:
    """Write a list to fill in, with drop-downs of the *names* that small tables hold."""
    header = tuple(heading(column.name) for column in _ID_LAST)
    rows = [("",) * len(header)] * _FREE
    fitting = zip(fit_columns(header, rows), _ID_LAST, strict=True)
    write_table(sheet, header, rows, [max(one, _ROOM[column.holds]) for one, column in fitting])
    for place, column in enumerate(_ID_LAST):
        sheet.explain(0, place, column.name, f"{column.meaning}. It is {column.holds.value}.")
    _help_typing(sheet, _ID_LAST, names)


def _help_typing(sheet: Sheet, columns: Sequence[ListColumn], names: Mapping[str, Source]) -> None:
    sheet.raw.ignore_errors({"number_stored_as_text": f"A1:XFD{sheet.most_rows}"})
    offer_in_list(sheet, columns, names)


def _refuse_too_long(row: ListRow) -> None:
    if sum(map(len, row)) > LONGEST_TEXT // 2:
        for name, text in zip(HEADER, row, strict=True):
            refuse_too_long(text, f"{name} of {row[_ID] or 'an observation'}")
