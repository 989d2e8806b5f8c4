"""A workbook to fill in: no statement yet, but what the dataset knows, to choose from and to add to.

Its sheets are Read me, the empty list of instruments, and each small table on a sheet of its own with free rows.
"""

from collections.abc import Mapping, Sequence

from clustergap.analysis.matrix import Matrix
from clustergap.document import EXAMPLE, Origin, Row
from clustergap.list_format.list_layout import COLUMNS, heading
from clustergap.list_format.reference_layout import (
    MEANINGS,
    MORE_TO_FILL_IN,
    SEE_TERRITORIES,
    TO_FILL_IN,
    ReferenceTable,
    tables_to_fill_in,
)
from clustergap.reference.territories import LISTS
from clustergap.render.workbooks.about_sheet import RowRange, new_workbook
from clustergap.render.workbooks.instrument_list import Source, names_to_choose, write_empty_list
from clustergap.writers.xlsx.cell_sizes import count_lines
from clustergap.writers.xlsx.list_table import fit_columns, write_table
from clustergap.writers.xlsx.worksheet import Choice, Worksheet, refuse_too_long

READ_ME, LIST = "Read me", "Instruments"

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

_READ_ME_WIDTHS = [18.0, 60.0, 60.0, 34.0]
_SHEETS = ("sheet", "holds")
_READ_ME_COLUMNS = ("column", "says", "is", "for example")

_FREE = 50
"""Rows below the last one that belong to a small table too."""

_ROOM: Mapping[str, float] = {
    "id": 22,
    "name": 36,
    "title": 40,
    "aliases": 24,
    "statement": 44,
    "description": 44,
}
_OTHER_ROOM = 22
"""How wide a column is at least, for what is to be typed into it."""

_URL = "url"


def template_workbook(matrix: Matrix, origin: Origin) -> bytes:
    """Return a workbook to fill in for a dataset."""
    dataset = matrix.dataset
    workbook = new_workbook(matrix, origin, "A list of instruments to fill in")
    tables = tables_to_fill_in(dataset)
    titles = [table.title for table in tables]
    sheets = {name: workbook.sheet(name) for name in (READ_ME, LIST, *titles)}
    names = names_to_choose(dataset, {table.title: _rows_of(table) for table in tables})
    _write_read_me(sheets[READ_ME], dataset.title, titles, origin)
    write_empty_list(sheets[LIST], names)
    for table in tables:
        _write_small_table(sheets[table.title], table, names)
    return workbook.close()


def _write_read_me(sheet: Worksheet, title: str, tables: Sequence[str], origin: Origin) -> None:
    # What to do with the workbook, and what each sheet and column holds; *tables* are the sheets behind the list.
    formats = sheet.formats
    sheet.columns(_READ_ME_WIDTHS)
    sheet.across(
        0, 0, f"Instruments for: {title}" if title else "Instruments to fill in", formats.title
    )
    row = 1
    if origin.is_example:
        words = f"The roles, levels and all other names to choose from are {EXAMPLE}."
        sheet.across(row, 0, words, formats.text)
        row += 1
    for number, step in enumerate(STEPS, 1):
        sheet.text(row, 0, f"{number}.", formats.strong)
        sheet.across(row, 1, step, formats.beside)
        row += 1
    row = _write_sheets(sheet, row + 1, tables)
    sheet.text(row + 1, 0, "Places", formats.strong)
    sheet.across(row + 1, 1, PLACES, formats.beside)
    _write_columns(sheet, row + 3)
    sheet.raw.hide_gridlines(2)


def _write_sheets(sheet: Worksheet, row: int, tables: Sequence[str]) -> int:
    for column, name in enumerate(_SHEETS):
        sheet.text(row, column, name, sheet.formats.head)
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


def _write_columns(sheet: Worksheet, row: int) -> None:
    formats = sheet.formats
    for place, name in enumerate(_READ_ME_COLUMNS):
        sheet.text(row, place, name, formats.head)
    for column in COLUMNS:
        row += 1
        texts = (column.meaning, column.holds.value, EXAMPLES[column.name])
        sheet.text(row, 0, heading(column.name), formats.strong)
        for place, text in enumerate(texts, 1):
            sheet.text(row, place, text, formats.example if place == len(texts) else None)
        lines = (
            count_lines(text, width)
            for text, width in zip(texts, _READ_ME_WIDTHS[1:], strict=True)
        )
        sheet.fit_row(row, max(lines))


def _rows_of(table: ReferenceTable) -> RowRange:
    free = 0 if table.title == "Dataset" and table.rows else _FREE
    return RowRange(table.title, 1, len(table.rows) + free)


def _write_small_table(
    sheet: Worksheet, table: ReferenceTable, names: Mapping[str, Source]
) -> None:
    place = _rows_of(table)
    free = place.last - len(table.rows)
    rows: list[Row] = [*map(tuple, table.rows), *[("",) * len(table.header)] * free]
    for row in table.rows:
        for name, text in zip(table.header, row, strict=True):
            refuse_too_long(text, f"{table.title}, {name} of {row[0]}")
    header = tuple(map(heading, table.header))
    widths = zip(fit_columns(header, rows), table.header, strict=True)
    room = [max(width, _ROOM.get(key, _OTHER_ROOM)) for width, key in widths]
    write_table(sheet, header, rows, room)
    for column, key in enumerate(table.header):
        sheet.explain(0, column, key, MEANINGS[table.title][key])
        if source := _choices(table.title, key, names):
            choice = Choice(source, key, "Its header says what it may be.")
            sheet.offer(column, place.first, place.last, choice)
    if _URL in table.header:
        column = table.header.index(_URL)
        for number, row in enumerate(table.rows, 1):
            if row[column]:
                sheet.link(number, column, row[column])
    sheet.raw.ignore_errors({"number_stored_as_text": f"A1:XFD{place.last + 1}"})


def _choices(title: str, key: str, names: Mapping[str, Source]) -> Source | None:
    choices: Mapping[tuple[str, str], Source | None] = {
        ("Levels", "territories"): [*LISTS, SEE_TERRITORIES],
        ("Territories", "level"): names.get("Levels"),
        ("Kinds", "funds"): ["yes", "no"],
    }
    return choices.get((title, key))
