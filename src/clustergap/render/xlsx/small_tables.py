"""A small table on a sheet of its own, to be filled in: a header that explains itself, and free rows."""

from collections.abc import Mapping

from clustergap.document import Row
from clustergap.list_format.list_layout import heading
from clustergap.list_format.reference_layout import MEANINGS, ReferenceTable
from clustergap.render.xlsx.choices import Place, Source, offer_in_table
from clustergap.render.xlsx.sheet import Sheet, refuse_too_long
from clustergap.render.xlsx.table import write_table
from clustergap.render.xlsx.widths import fit_columns

FREE = 50
"""Rows below the last one that belong to the table too."""

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


def place_of(section: ReferenceTable) -> Place:
    """Say where the rows of a small table stand."""
    free = 0 if section.title == "Dataset" and section.rows else FREE
    return Place(section.title, 1, len(section.rows) + free)


def write_small_table(sheet: Sheet, section: ReferenceTable, names: Mapping[str, Source]) -> None:
    """Write the sheet; *names* are those that some of its columns choose from."""
    place = place_of(section)
    free = place.last - len(section.rows)
    rows: list[Row] = [*map(tuple, section.rows), *[("",) * len(section.header)] * free]
    for row in section.rows:
        for name, text in zip(section.header, row, strict=True):
            refuse_too_long(text, f"{section.title}, {name} of {row[0]}")
    header = tuple(map(heading, section.header))
    widths = zip(fit_columns(header, rows), section.header, strict=True)
    write_table(
        sheet,
        header,
        rows,
        [max(width, _ROOM.get(key, _OTHER_ROOM)) for width, key in widths],
    )
    for column, key in enumerate(section.header):
        sheet.explain(0, column, key, MEANINGS[section.title][key])
        offer_in_table(sheet, place, key, column, names)
    if _URL in section.header:
        column = section.header.index(_URL)
        for number, row in enumerate(section.rows, 1):
            if row[column]:
                sheet.link(number, column, row[column])
    sheet.raw.ignore_errors({"number_stored_as_text": f"A1:XFD{place.last + 1}"})
