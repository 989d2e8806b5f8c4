"""The sheet Read me of a template: what to do with it, and what each column holds."""

from clustergap.render.origin import EXAMPLE, Origin
from clustergap.render.xlsx.fit import count_lines
from clustergap.render.xlsx.sheet import Sheet
from clustergap.sheets.columns import COLUMNS

NAME = "Read me"

STEPS = (
    "Fill in the sheet Instruments: one row for each instrument and cell. A cell is a role at a level.",
    (
        "An instrument that serves several cells has several rows; what concerns the instrument itself must be the same in "
        "all of them, or stand in the first alone."
    ),
    (
        "A row without id and name is an observation: a statement about a cell that names no instrument, such as "
        '"Not in every country".'
    ),
    (
        "Role, level, extent, kind and status have drop-downs. New roles, levels, kinds and sources go into the small tables "
        "of About."
    ),
    (
        "Leave empty what is not known. Do not rename the columns; their order does not matter, and columns of your own are "
        "left out."
    ),
    (
        "Then look at what would change: clustergap import FILE --dry-run. What is wrong is named by its cell, and nothing "
        "is written."
    ),
)

_WIDTHS = [18.0, 60.0, 60.0]
_HEADER = ("column", "says", "holds")


def write_read_me(sheet: Sheet, title: str, origin: Origin) -> None:
    """Write the sheet for the dataset of that *title*."""
    looks = sheet.looks
    sheet.columns(_WIDTHS)
    sheet.across(0, 0, f"Instruments for: {title}", looks.title)
    if origin.is_example:
        words = f"The roles, levels and all other names to choose from are {EXAMPLE}."
        sheet.across(1, 0, words, looks.text)
    for row, step in enumerate(STEPS, 2):
        sheet.text(row, 0, f"{row - 1}.", looks.strong)
        sheet.across(row, 1, step, looks.beside)
    top = len(STEPS) + 3
    for place, name in enumerate(_HEADER):
        sheet.text(top, place, name, looks.head)
    for row, column in enumerate(COLUMNS, top + 1):
        sheet.text(row, 0, column.name, looks.strong)
        sheet.text(row, 1, column.meaning)
        sheet.text(row, 2, column.holds.value)
        lines = (count_lines(text, _WIDTHS[1]) for text in (column.meaning, column.holds.value))
        sheet.fit_row(row, max(lines))
    sheet.raw.hide_gridlines(2)
