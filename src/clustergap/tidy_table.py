"""A tidy table: its columns, each with what it means and the value that it has in a row; and its keys.

A key has the same name in every table. Every command imports this module, so it must be light.
"""

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from clustergap.model.record import Source

SEPARATOR = "; "
"""What stands between several values of a field, in every column of every table."""

TidyValue = str | int | float | bool | date | None
"""A value of a field; None: nothing is said."""


class ColumnType(enum.StrEnum):
    """The types of columns, by their names in a Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


class TidyColumn(NamedTuple):
    """A column.

    Attributes:
        name: Its header; equal to the key in JSON where there is one.
        description: What it means, in a sentence or two.
        value: What it has in the row of a record; several values as a tuple, nothing as None.
        type: The type of its values.
        is_required: Whether every row has a value.
        words: All values that it may have, if they are few.
        least: The lowest number that it may have.
    """

    name: str
    description: str
    value: Callable[[Any], object]
    type: ColumnType = ColumnType.STRING
    is_required: bool = False
    words: tuple[str, ...] = ()
    least: int | None = None

    @property
    def title(self) -> str:
        """The header in words."""
        return self.name.replace("_", " ").capitalize()


class ForeignKey(NamedTuple):
    """Columns that together name a row of another table, or of the same, by its primary key."""

    columns: tuple[str, ...]
    table: str


class TidyTable(NamedTuple):
    """A table.

    Attributes:
        name: Its name, which is that of its file.
        description: What a row is.
        columns: Its columns.
        records: What its rows are made of, one each.
        primary_key: The columns by which a row is known; none: rows have no key.
        foreign_keys: What its columns refer to.
    """

    name: str
    description: str
    columns: tuple[TidyColumn, ...]
    records: Sequence[Any]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    def rows(self) -> Iterator[tuple[TidyValue, ...]]:
        """Make the rows, in order."""
        getters = [column.value for column in self.columns]
        for record in self.records:
            values = [get(record) for get in getters]
            # Most are texts or nothing: a call for each would take as long as finding them.
            yield tuple(
                [
                    value
                    if value is None or type(value) is str
                    else None
                    if value == ()
                    else _single(value)
                    for value in values
                ]
            )


def _single(value: Any) -> TidyValue:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, tuple | list):
        return SEPARATOR.join(map(str, value)) or None
    return str(value) if isinstance(value, enum.StrEnum) else value


class Export(NamedTuple):
    """All tables of an export.

    Attributes:
        title: What the data are about.
        remark: What was asked, and what a reader must know of the answer, in sentences.
        query: The question, with the keys that it has in JSON.
        caveats: What the data leave open about the day asked, likewise.
        sources: The sources of the data, by key.
        is_example: Whether the data are those that come with the program.
        tables: The tables.
        notes: What else is worth knowing of the answers, in sentences.
    """

    title: str
    remark: str
    query: Mapping[str, Any]
    caveats: Mapping[str, Any]
    sources: Mapping[str, Source]
    is_example: bool
    tables: tuple[TidyTable, ...]
    notes: tuple[str, ...]
