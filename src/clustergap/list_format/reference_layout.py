"""The reference tables of a workbook, to which its list refers: levels, roles, kinds, sources and so on.

An answer has them below each other in About; a form to fill in has each on a sheet with its title. With them a workbook
holds a whole dataset except for the SWOT; without them its list refers to the dataset into which it is imported. No
workbook is written that has more than import reads.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from clustergap.errors import ClusterGapError
from clustergap.list_format.list_layout import (
    COLUMNS,
    ListRow,
    ValueKind,
    read_codes,
    read_lines,
    read_refs,
    split_list,
    write_codes,
    write_day,
    write_flag,
    write_lines,
    write_places,
    write_refs,
    write_text,
)
from clustergap.model.dataset import Dataset, Level
from clustergap.model.dates import last_day
from clustergap.reference.territories import KNOWN_LISTS, LISTS, territories
from clustergap.text import fold

SEE_TERRITORIES = "see Territories"
"""Written instead of a level's territories if they are its own."""

LISTED_ELSEWHERE = frozenset({fold(SEE_TERRITORIES), "listed below"})
"""The texts that mean so, folded; the last was written by an earlier version."""


@dataclass(frozen=True, slots=True)
class ReferenceTable:
    """A table: its title, its columns, its rows."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


NEVER_READ = frozenset({"Read me", "Summary", "Matrix", "Gaps", "Needs", "Risks", "SWOT", "About"})
"""Sheets of our workbooks that import never reads: answers and explanations."""

QUESTION = "Question"
"""The table with the query: a workbook of some roles or levels does not have all statements."""

HEADERS = {
    QUESTION: ("part", "value"),
    "Dataset": ("title", "as_of"),
    "Levels": ("id", "name", "aliases", "territories", "description", "unit"),
    "Territories": ("level", "code", "name"),
    "Roles": ("id", "name", "aliases", "statement", "description"),
    "Kinds": ("id", "name", "funds", "description"),
    "Targets": ("id", "name", "description"),
    "Groups": ("id", "name", "territories", "sources"),
    "Sources": ("key", "title", "author", "publisher", "date", "url", "licence", "note"),
    "Assessed": ("where", "territories"),
    "Accepted gaps": ("cell", "reason", "by", "until"),
}
"""The columns of each table, by its title."""

KEYS = {
    "Levels": "id",
    "Roles": "id",
    "Kinds": "id",
    "Targets": "id",
    "Groups": "id",
    "Sources": "key",
    "Assessed": "where",
    "Accepted gaps": "cell",
}
"""The key column of each table that has one."""

TO_FILL_IN = {
    "Dataset": "what the whole is called, and the day that it speaks of",
    "Roles": "what clusters are to drive: the rows of the matrix",
    "Levels": "the tiers of government, broad to narrow: the columns of the matrix",
    "Territories": "places of a level that no official list has, one row each",
    "Kinds": "the kinds of instruments, and whether they give money",
    "Targets": "the groups that instruments may be for",
    "Sources": "where statements come from; a row cites a source by its key",
}
"""The tables that a new dataset needs, in the order of filling them in, and what each contains."""

MORE_TO_FILL_IN = {
    "Groups": "places that have a name together; rows name them as they name a place",
    "Assessed": "where somebody has looked; what is not listed there is unknown instead of a gap",
    "Accepted gaps": "gaps that somebody has decided to live with",
}
"""The tables that only larger datasets need."""

ADDED: Mapping[str, AbstractSet[str]] = {
    "Levels": frozenset({"unit"}),
    "Groups": frozenset({"sources"}),
}
"""Columns that stand last in a table and are not in the workbooks of older versions."""


def headers_of(title: str) -> list[tuple[str, ...]]:
    """Return the headers by which a table is known: the one that is written now, and that of older versions."""
    added = ADDED.get(title, frozenset())
    before = tuple(key for key in HEADERS[title] if key not in added)
    return [tuple(HEADERS[title]), *([before] if added else [])]


_ID = "small letters, digits and hyphens; left empty, it is made of the name"

_TERRITORIES = (
    f"which places it counts: {KNOWN_LISTS}; or {SEE_TERRITORIES}; empty: it counts none"
)

MEANINGS = {
    "Dataset": {
        "title": "what the dataset is called",
        "as_of": "the day of every question that names no other: 2026-06-30, 2026-06 or 2026; empty: dates do not count",
    },
    "Roles": {
        "id": _ID,
        "name": "what people call it; the rows of Instruments choose from these names",
        "aliases": "other words for it, one a line",
        "statement": "the role as a sentence",
        "description": "a remark",
    },
    "Levels": {
        "id": _ID,
        "name": "what people call it; the rows of Instruments choose from these names",
        "aliases": "other words for it, one a line",
        "territories": _TERRITORIES,
        "description": "a remark",
        "unit": "what one of its places is called, and on a second line several: region, regions",
    },
    "Territories": {
        "level": "the level whose place this is: its name or id",
        "code": "capitals, digits and single hyphens, such as RO11 or BM-NO",
        "name": "what people call the place",
    },
    "Kinds": {
        "id": _ID,
        "name": "what people call it; the rows of Instruments choose from these names",
        "funds": "yes if instruments of this kind give money, no if they do not",
        "description": "a remark",
    },
    "Targets": {"id": _ID, "name": "what people call the group", "description": "a remark"},
    "Groups": {
        "id": _ID,
        "name": "what people call the places together",
        "territories": "their codes, separated by commas; a name may stand before a code in brackets",
        "sources": "where this is known from, one source a line: its key | the place in it | its words",
    },
    "Sources": {
        "key": "what rows cite it by: small letters, digits and hyphens, such as strategy-2024",
        "title": "what it is called",
        "author": "who wrote it",
        "publisher": "who published it",
        "date": "when: a day, a month or a year",
        "url": "its web address",
        "licence": "under which terms it may be used",
        "note": "a remark",
    },
    "Assessed": {
        "where": "a level, or a cell: role@level",
        "territories": "codes of the places that somebody has looked at, separated by commas; a name may stand before a code in brackets",
    },
    "Accepted gaps": {
        "cell": "role@level",
        "reason": "why it is accepted",
        "by": "who has decided so",
        "until": "the last day that it holds for",
    },
}
"""What each column of a table means."""


def reference_tables(dataset: Dataset) -> list[ReferenceTable]:
    """Return the reference tables of a dataset; a table without rows is left out."""
    return [table for table in _all_tables(dataset) if table.rows]


def tables_to_fill_in(dataset: Dataset) -> list[ReferenceTable]:
    """Return the reference tables to fill in, including those that a new dataset needs but has no rows for."""
    by_title = {table.title: table for table in _all_tables(dataset)}
    more = [by_title[title] for title in MORE_TO_FILL_IN if by_title[title].rows]
    return [*(by_title[title] for title in TO_FILL_IN), *more]


def _all_tables(dataset: Dataset) -> list[ReferenceTable]:
    rows: dict[str, Sequence[ListRow]] = {
        "Dataset": [_row("Dataset", dataset)] if dataset.title else [],
        "Levels": [
            _row(
                "Levels",
                level,
                territories=_territories(level),
                unit=write_lines(level.noun if level.unit else ()),
            )
            for level in dataset.levels
        ],
        "Territories": [
            (level.id, unit.code, unit.name if unit.name != unit.code else "")
            for level in dataset.levels
            if _territories(level) == SEE_TERRITORIES
            for unit in level.units
        ],
        "Roles": [_row("Roles", role) for role in dataset.roles],
        "Kinds": [_row("Kinds", kind) for kind in dataset.kinds],
        "Targets": [_row("Targets", target) for target in dataset.targets],
        "Groups": [
            _row("Groups", group, territories=_places(group.territories, dataset))
            for group in dataset.groups
        ],
        "Sources": [_row("Sources", source, key=key) for key, source in dataset.sources.items()],
        "Assessed": [
            (str(where), _places(codes, dataset)) for where, codes in dataset.assessed.items()
        ],
        "Accepted gaps": [
            _row("Accepted gaps", gap, cell=str(cell))
            for cell, gap in dataset.accepted_gaps.items()
        ],
    }
    return [ReferenceTable(title, HEADERS[title], table) for title, table in rows.items()]


def _row(title: str, record: object, **texts: str) -> ListRow:
    """Write a record as a row of its table; *texts* are those of further columns."""
    return tuple(
        texts[key] if key in texts else _WRITERS.get(key, write_text)(getattr(record, key))
        for key in HEADERS[title]
    )


_WRITERS: Mapping[str, Callable[[Any], str]] = {
    "aliases": write_lines, "funds": write_flag, "as_of": write_day, "until": write_day, "sources": write_refs,
}  # fmt: skip


def says_the_same(key: str, value: object, other: object) -> bool:
    """Tell whether two values of a column say the same: a month and its last day are one day, however each is written.

    >>> says_the_same("as_of", "2018-12", "2018-12-31"), says_the_same("title", "2018-12", "2018-12-31")
    (True, False)
    """
    if value == other or not value or not other or _WRITERS.get(key) is not write_day:
        return value == other
    try:
        return last_day(str(value)) == last_day(str(other))
    except ValueError:
        return False


def _places(codes: tuple[str, ...], dataset: Dataset) -> str:
    named = write_places(codes, dataset.place_names)
    # Names must not make a list too long for a cell.
    return named if fits_cell(named) else write_codes(codes)


def _territories(level: Level) -> str:
    if not level.units:
        return ""
    lists = [item for item in level.units.items if isinstance(item, str)]
    if len(lists) > 1 and len(lists) == len(level.units.items):
        return write_codes(tuple(lists))
    return next((name for name in LISTS if level.units == territories(name)), SEE_TERRITORIES)


STATEMENTS = 2_000_000
"""Times that a sheet names instruments and cells."""

LISTED_VALUES = 300_000
"""Codes, names and sources that stand in lists in the cells of a sheet."""

RECORDS = 20_000
"""Rows of a reference table."""

LONGEST_TEXT = 32_767
"""Units of UTF-16 that a cell of a workbook can have."""

_ID_PLACE = next(place for place, column in enumerate(COLUMNS) if column.name == "id")

_LISTS: Mapping[ValueKind, Callable[[str], Collection[object]]] = {
    ValueKind.CODES: read_codes,
    ValueKind.IDS: split_list,
    ValueKind.SOURCES: read_refs,
}

_LISTS_OF_TABLES: Mapping[tuple[str, str], Callable[[str], Collection[object]]] = {
    ("Levels", "aliases"): read_lines,
    ("Roles", "aliases"): read_lines,
    ("Assessed", "territories"): read_codes,
    ("Groups", "territories"): read_codes,
    ("Groups", "sources"): read_refs,
}


def fits_cell(text: str) -> bool:
    """Tell whether a text fits in a cell."""
    # A character has one unit or two.
    return len(text) <= LONGEST_TEXT // 2 or len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT


def refuse_long_list(rows: Collection[ListRow]) -> None:
    """Refuse to write rows of the list that could not be imported again.

    Raises:
        ClusterGapError: There are more statements or listed values than are read, or a text is longer than a cell.
    """
    _refuse_more("statements", len(rows), STATEMENTS)
    columns = [
        (place, _LISTS[column.holds])
        for place, column in enumerate(COLUMNS)
        if column.holds in _LISTS
    ]
    listed = (_count(read(row[place])) for row in rows for place, read in columns if row[place])
    _refuse_more("codes, names and sources in its lists", sum(listed), LISTED_VALUES)
    for row in rows:
        if sum(map(len, row)) > LONGEST_TEXT // 2:
            for column, text in zip(COLUMNS, row, strict=True):
                refuse_long_text(text, f"{column.name} of {row[_ID_PLACE] or 'an observation'}")


def refuse_long_tables(tables: Iterable[ReferenceTable]) -> None:
    """Refuse to write reference tables that could not be imported again.

    Raises:
        ClusterGapError: There are more records or listed values than are read, or a text is longer than a cell.
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
        for row in table.rows:
            for name, text in zip(table.header, row, strict=True):
                refuse_long_text(text, f"{table.title}, {name} of {row[0]}")


def _count(values: Collection[object]) -> int:
    if isinstance(values, Mapping):
        return sum(map(len, values.values()))
    return len(values)


def _refuse_more(noun: str, number: int, most: int) -> None:
    if number > most:
        raise ClusterGapError(
            f"the workbook would hold {number:,} {noun}, and import reads at most {most:,}: "
            "choose some roles or levels (--role, --level), or write another format"
        )


def refuse_long_text(text: str, name: str) -> None:
    """Refuse to write a text that does not fit in a cell and must not be cut.

    Raises:
        ClusterGapError: It is too long; *name* says what it is.
    """
    if not fits_cell(text):
        raise ClusterGapError(
            f"{name} has {len(text):,} characters, and a cell of a workbook holds {LONGEST_TEXT:,}: "
            "shorten it, or write another format"
        )
