"""Tidy tables as a database of SQLite, with the foreign keys and a comment beside every column.

It is built in memory, row by row in the order of the tables, and compacted: the same tables give the same bytes.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date

from clustergap.tidy_table import ColumnType, Export, TidyColumn, TidyTable, TidyValue

_OWN = int.from_bytes(b"ClGp")
"""What our files say of themselves in their header, where SQLite leaves room for it."""

_HEADER, _OWN_AT = b"SQLite format 3\0", slice(68, 72)

_TYPES = {
    ColumnType.STRING: "TEXT",
    ColumnType.DATE: "TEXT",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.BOOLEAN: "INTEGER",
    ColumnType.NUMBER: "REAL",
}
"""Types of SQLite, which has none for days, nor for true and false."""


def write_sqlite(export: Export) -> bytes:
    """Write a database; beside the tables it has ``about``, which says what was asked of which data."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        for pragma in ("page_size = 4096", "encoding = 'UTF-8'", f"application_id = {_OWN}"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        database.execute(_ABOUT)
        database.executemany("INSERT INTO about VALUES (?, ?)", _about(export))
        keys = {table.name: table.primary_key for table in export.tables}
        for table in export.tables:
            database.execute(_definition(table, keys))
            places = ", ".join("?" * len(table.columns))
            rows = (tuple(map(_bound, row)) for row in table.rows())
            database.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows)  # noqa: S608 - our own name
        database.execute("COMMIT")
        database.execute("VACUUM")
        return database.serialize()


def is_own_database(data: bytes) -> bool:
    """Tell whether a file is a database of ours, so that it may be written anew."""
    return data.startswith(_HEADER) and data[_OWN_AT] == _OWN.to_bytes(4)


_ABOUT = """\
CREATE TABLE about (
  -- What was asked of which data.
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT
)"""


def _about(export: Export) -> Iterator[tuple[str, str | None]]:
    yield "title", export.title
    yield "remark", export.remark
    for key, value in (*export.query.items(), *export.caveats.items()):
        yield key, value if value is None or isinstance(value, str) else json.dumps(value)


def _definition(table: TidyTable, keys: Mapping[str, tuple[str, ...]]) -> str:
    constraints = [f"PRIMARY KEY ({_quoted(table.primary_key)})"] if table.primary_key else []
    constraints += [
        f"FOREIGN KEY ({_quoted(key.columns)}) REFERENCES {key.table} ({_quoted(keys[key.table])})"
        for key in table.foreign_keys
    ]
    # What stands behind a comma and a comment belongs to the column above.
    entries = [(_column(each), f" -- {each.description}") for each in table.columns]
    entries += [(words, "") for words in constraints]
    lines = [
        f"  {words}{',' if n < len(entries) else ''}{comment}"
        for n, (words, comment) in enumerate(entries, 1)
    ]
    return "\n".join([f"CREATE TABLE {table.name} (", f"  -- {table.description}", *lines, ")"])


def _column(column: TidyColumn) -> str:
    words = [_quoted((column.name,)), _TYPES[column.type]]
    words += ["NOT NULL"] if column.is_required else []
    words += [f"CHECK ({check})" for check in _checks(column)]
    return " ".join(words)


def _checks(column: TidyColumn) -> Iterator[str]:
    name = _quoted((column.name,))
    if column.words:
        words = ", ".join(f"'{word}'" for word in column.words)
        yield f"{name} IN ({words})"
    if column.type is ColumnType.BOOLEAN:
        yield f"{name} IN (0, 1)"
    if column.least is not None:
        yield f"{name} >= {column.least}"


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _bound(value: TidyValue) -> TidyValue:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value
