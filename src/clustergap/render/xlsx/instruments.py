"""The sheet Instruments: the list layout, one row for each instrument and cell, to be edited and imported again."""

from collections.abc import Mapping, Sequence

from clustergap.analysis.briefing import Briefing
from clustergap.model.dataset import Dataset
from clustergap.render.xlsx.about import Place
from clustergap.render.xlsx.choices import offer_choices
from clustergap.render.xlsx.sheet import LONGEST_TEXT, Sheet, refuse_too_long
from clustergap.render.xlsx.table import write_table
from clustergap.render.xlsx.widths import fit_columns
from clustergap.sheets.columns import COLUMNS, Holds
from clustergap.sheets.rows import Row, list_rows

NAME = "Instruments"

HEADER = tuple(column.name for column in COLUMNS)

_URL, _ID = HEADER.index("url"), HEADER.index("id")
_ROOM: Mapping[Holds, float] = {
    Holds.ID: 16,
    Holds.LINE: 32,
    Holds.TEXT: 40,
    Holds.DAY: 12,
    Holds.IDS: 24,
    Holds.ROLE: 28,
    Holds.LEVEL: 14,
    Holds.KIND: 20,
    Holds.EXTENT: 10,
    Holds.STATUS: 10,
    Holds.CODES: 24,
    Holds.SOURCES: 40,
}
"""How wide an empty column is, for what is to be typed into it."""

_SPARE = 1_000
"""Rows below the last one that have drop-downs too."""


def write_instruments(sheet: Sheet, briefing: Briefing, places: Mapping[str, Place]) -> None:
    """Write the statements about the cells that are shown: no text is changed or torn apart.

    Args:
        sheet: An empty one.
        briefing: The answers.
        places: Where About has what is chosen from.

    Raises:
        ClusterGapError: A text or the list is too long.
    """
    matrix = briefing.matrix
    cells = {rating.cell for rating in matrix} if briefing.is_narrowed else None
    write_statements(sheet, matrix.dataset, list(list_rows(matrix.dataset, cells)), places)


def write_statements(
    sheet: Sheet, dataset: Dataset, rows: Sequence[Row], places: Mapping[str, Place]
) -> None:
    """Write rows of the list layout, none too, with drop-downs of what the dataset knows, also below them.

    Raises:
        ClusterGapError: A text or the list is too long.
    """
    for row in rows:
        _refuse_too_long(row)
    shown = rows or [("",) * len(HEADER)]
    widths = fit_columns(HEADER, shown)
    if not rows:
        widths = [
            max(one, _ROOM[column.holds]) for one, column in zip(widths, COLUMNS, strict=True)
        ]
    write_table(sheet, HEADER, shown, widths)
    for number, row in enumerate(rows, 1):
        if row[_URL]:
            sheet.link(number, _URL, row[_URL])
    last = len(shown) + _SPARE
    sheet.raw.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    offer_choices(sheet, dataset, places, last)


def _refuse_too_long(row: Row) -> None:
    if sum(map(len, row)) > LONGEST_TEXT // 2:
        for name, text in zip(HEADER, row, strict=True):
            refuse_too_long(text, f"{name} of {row[_ID] or 'an observation'}")
