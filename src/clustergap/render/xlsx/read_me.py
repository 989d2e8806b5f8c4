"""The sheet Read me of a template: what to do with it, and what each sheet and column holds."""

from collections.abc import Sequence

from clustergap.document import EXAMPLE, Origin
from clustergap.list_format.list_layout import COLUMNS, heading
from clustergap.list_format.reference_layout import MORE_TO_FILL_IN, SEE_TERRITORIES, TO_FILL_IN
from clustergap.render.xlsx.fit import count_lines
from clustergap.render.xlsx.sheet import Sheet

NAME = "Read me"

STEPS = (
    (
        "Look at the sheets Roles and Levels, and add what your table is about: a name is enough. Fill in the other sheets "
        "as far as you need them."
    ),
    (
        "Fill in the sheet Instruments: one row for each instrument and cell. A cell is a role at a level. Role, level, "
        "extent, kind and status have drop-downs, also of what you have added in the other sheets."
    ),
    (
        "An instrument that serves several cells has several rows; what concerns the instrument itself must be the same in "
        "all of them, or stand in the first alone."
    ),
    (
        "A row without id and name is an observation: a statement about a cell that names no instrument, such as "
        '"Not in every country".'
    ),
    (
        "Leave empty what is not known. Do not rename sheets and columns; the order of columns does not matter, and columns "
        "of your own are left out. This sheet is not read."
    ),
    (
        "Then look at what would change: clustergap import FILE --dry-run. What is wrong is named by its cell, and nothing "
        "is written."
    ),
)

PLACES = (
    f"A level that shall say how many of its places are covered names them. In Levels, its territories are one of the lists "
    f"eu27, nuts1-2024, nuts2-2024 and nuts3-2024; or they are your own: write {SEE_TERRITORIES} there, and in the sheet "
    "Territories one row for each place, with the level, a code and a name. An instrument then says where it applies by "
    "these codes."
)

EXAMPLES = {
    "id": "startup-fund",
    "name": "Startup Fund",
    "role": "Innovation",
    "level": "Region",
    "extent": "partial",
    "territories": "RO11, RO12",
    "kind": "Funding programme",
    "short": "SF",
    "starts": "2021",
    "ends": "2027-06",
    "status": "active",
    "targets": "start-ups, clusters",
    "managing_body": "Ministry of Economy",
    "legal_basis": "Act 12/2020",
    "url": "https://example.org/fund",
    "succeeded_by": "startup-fund-2",
    "reviewed": "2026-03-01",
    "sources": "strategy-2024 | page 3",
    "note": "merged with two others in 2023",
    "description": "pays half of the first year",
    "cover_starts": "2022",
    "cover_ends": "2025",
    "cover_note": "two of three regions take part",
    "cover_sources": "strategy-2024 | page 7",
}
"""A value of each column, as people write it."""

_WIDTHS = [18.0, 60.0, 60.0, 34.0]
_SHEETS = ("sheet", "holds")
_COLUMNS = ("column", "says", "is", "for example")


def write_read_me(sheet: Sheet, title: str, tables: Sequence[str], origin: Origin) -> None:
    """Write the sheet for the dataset of that *title*; *tables* are the sheets of small tables behind the list."""
    looks = sheet.looks
    sheet.columns(_WIDTHS)
    sheet.across(
        0, 0, f"Instruments for: {title}" if title else "Instruments to fill in", looks.title
    )
    row = 1
    if origin.is_example:
        words = f"The roles, levels and all other names to choose from are {EXAMPLE}."
        sheet.across(row, 0, words, looks.text)
        row += 1
    for number, step in enumerate(STEPS, 1):
        sheet.text(row, 0, f"{number}.", looks.strong)
        sheet.across(row, 1, step, looks.beside)
        row += 1
    row = _write_sheets(sheet, row + 1, tables)
    sheet.text(row + 1, 0, "Places", looks.strong)
    sheet.across(row + 1, 1, PLACES, looks.beside)
    _write_columns(sheet, row + 3)
    sheet.raw.hide_gridlines(2)


def _write_sheets(sheet: Sheet, row: int, tables: Sequence[str]) -> int:
    for place, name in enumerate(_SHEETS):
        sheet.text(row, place, name, sheet.looks.head)
    holds = {
        "Instruments": "the list: one row for each instrument and cell",
        **TO_FILL_IN,
        **MORE_TO_FILL_IN,
    }
    for name in ("Instruments", *tables):
        row += 1
        sheet.go_to(row, 0, name)
        sheet.text(row, 1, holds[name])
    return row + 1


def _write_columns(sheet: Sheet, row: int) -> None:
    looks = sheet.looks
    for place, name in enumerate(_COLUMNS):
        sheet.text(row, place, name, looks.head)
    for column in COLUMNS:
        row += 1
        texts = (column.meaning, column.holds.value, EXAMPLES[column.name])
        sheet.text(row, 0, heading(column.name), looks.strong)
        for place, text in enumerate(texts, 1):
            sheet.text(row, place, text, looks.example if place == len(texts) else None)
        lines = (count_lines(text, width) for text, width in zip(texts, _WIDTHS[1:], strict=True))
        sheet.fit_row(row, max(lines))
