"""How much of a list and its small tables is read: no workbook is written that holds more."""

from collections.abc import Callable, Collection, Iterable, Mapping

from clustergap.errors import ClusterGapError
from clustergap.sheets.cell_text import read_codes, read_lines, read_refs, split
from clustergap.sheets.columns import COLUMNS, Holds
from clustergap.sheets.rows import Row
from clustergap.sheets.sections import Section

STATEMENTS = 2_000_000
"""Times that a sheet names instruments and cells."""

LISTED_VALUES = 300_000
"""Codes, names and sources that stand in lists in the cells of a sheet."""

RECORDS = 20_000
"""Rows of a small table."""

_LISTS: Mapping[Holds, Callable[[str], Collection[object]]] = {
    Holds.CODES: read_codes,
    Holds.IDS: split,
    Holds.SOURCES: read_refs,
}
_LISTS_OF_TABLES: Mapping[tuple[str, str], Callable[[str], Collection[object]]] = {
    ("Levels", "aliases"): read_lines,
    ("Roles", "aliases"): read_lines,
    ("Assessed", "territories"): read_codes,
}


def refuse_long_list(rows: Collection[Row]) -> None:
    """Refuse to write rows of the list that could not be imported again.

    Raises:
        ClusterGapError: There are more statements or listed values than are read.
    """
    _refuse_more("statements", len(rows), STATEMENTS)
    columns = [
        (place, _LISTS[one.holds]) for place, one in enumerate(COLUMNS) if one.holds in _LISTS
    ]
    listed = (_count(read(row[place])) for row in rows for place, read in columns if row[place])
    _refuse_more("codes, names and sources in its lists", sum(listed), LISTED_VALUES)


def refuse_long_tables(tables: Iterable[Section]) -> None:
    """Refuse to write small tables that could not be imported again.

    Raises:
        ClusterGapError: There are more records or listed values than are read.
    """
    for table in tables:
        _refuse_more(f"rows in its table {table.title}", len(table.rows), RECORDS)
        read_by_place = [_LISTS_OF_TABLES.get((table.title, key)) for key in table.header]
        listed = (
            _count(read(text))
            for row in table.rows
            for read, text in zip(read_by_place, row, strict=True)
            if read and text
        )
        _refuse_more(f"words in lists of its table {table.title}", sum(listed), LISTED_VALUES)


def _count(values: Collection[object]) -> int:
    if isinstance(values, Mapping):
        return sum(map(len, values.values()))
    return len(values)


def _refuse_more(what: str, number: int, most: int) -> None:
    if number > most:
        raise ClusterGapError(
            f"the workbook would hold {number:,} {what}, and import reads at most {most:,}: "
            "choose some roles or levels (--role, --level), or write another format"
        )
