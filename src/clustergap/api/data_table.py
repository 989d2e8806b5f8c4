"""Tidy tables: of an answer, and of the data themselves; as records, as data frames, in notebooks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from clustergap.analysis.matrix import Matrix
from clustergap.document import (
    Column,
    ColumnKind,
    Document,
    Row,
    Rows,
    Table,
    Value,
)
from clustergap.errors import MissingExtraError
from clustergap.loading.file_reader import Progress
from clustergap.model.dataset import Dataset
from clustergap.model.query import CROWDED, Listed
from clustergap.origin import Origin
from clustergap.prose import Paragraph
from clustergap.text import count
from clustergap.theme import UNICODE
from clustergap.tidy_table import ColumnType, Export, TidyColumn, TidyTable
from clustergap.writers.screen import draw_text

TEXT_WIDTH = 100
"""Columns of what is shown as text."""

MOST_ROWS = 50
"""Rows that are shown; records and data frames have all."""

MOST_COLUMNS = 5
"""Columns that are shown where there is no room for all: the first."""

_TYPES = {
    ColumnType.STRING: None,
    ColumnType.INTEGER: "Int64",
    ColumnType.NUMBER: "Float64",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.DATE: "datetime64[s]",
}
"""Types of pandas, with room for nothing."""


@dataclass(frozen=True, repr=False)
class DataTable:
    """A table of the data; it has the columns of the table of the same name that ``clustergap export`` writes.

    Attributes:
        table: Its columns, what they hold, and its records; these are not stable.
    """

    table: TidyTable

    @property
    def columns(self) -> dict[str, str]:
        """What each column means."""
        return {column.name: column.description for column in self.table.columns}

    def records(self) -> list[dict[str, Value]]:
        """Return a dictionary for each row: ids and names in keys of their own, days as dates, nothing as None.

        Several ids or names stand in one text, with a semicolon and a blank between them.
        """
        return records_of(self._rows())

    def to_pandas(self) -> Any:  # noqa: ANN401 - pandas may not be there
        """Return a data frame of pandas, in which whole numbers, days, and true and false have room for nothing.

        Raises:
            ClusterGapError: pandas is not installed.
        """
        return frame_of(self._rows(), [_TYPES[column.type] for column in self.table.columns])

    def __len__(self) -> int:
        return len(self.table.records)

    def __str__(self) -> str:
        from clustergap.writers.terminal import draw

        columns = self.table.columns
        document = self._document(columns[:MOST_COLUMNS])
        left_out = ", ".join(column.name for column in columns[MOST_COLUMNS:])
        more = Paragraph(f"Further columns: {left_out}.")
        document = document._replace(blocks=(*document.blocks, *([more] if left_out else [])))
        return draw_text(draw(document, UNICODE), TEXT_WIDTH).rstrip("\n")

    def __repr__(self) -> str:
        return f"DataTable({self.table.name}: {count(len(self), 'row')})"

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002 - the notebook chooses itself
        exclude: object = None,  # noqa: ARG002
    ) -> Mapping[str, str]:
        html = html_of(self._document(self.table.columns), ())
        return {"text/plain": str(self), "text/html": html}

    def _rows(self) -> Rows:
        return Rows(tuple(column.name for column in self.table.columns), self.table.rows())

    def _document(self, columns: Sequence[TidyColumn]) -> Document:
        name = self.table.name.capitalize()
        shown = self.table._replace(columns=tuple(columns), records=self.table.records[:MOST_ROWS])
        rows = (
            tuple("" if value is None else str(value) for value in row) for row in shown.rows()
        )
        kinds = {ColumnType.INTEGER: ColumnKind.NUMBER, ColumnType.NUMBER: ColumnKind.NUMBER}
        heads = (Column(each.name, kinds.get(each.type, ColumnKind.TEXT)) for each in columns)
        table = Table(name, self.table.description, tuple(heads), tuple(rows))
        more = len(self) - MOST_ROWS
        left_out = [Paragraph(f"And {count(more, 'row')} more.")] if more > 0 else []
        return Document(f"{name}: {count(len(self), 'row')}", (table, *left_out))


def data_table(dataset: Dataset, what: Listed) -> DataTable:
    """Return a table of the data."""
    from clustergap.export.data_tables import listed_table

    return DataTable(listed_table(dataset, what))


def export_tables(
    matrix: Matrix,
    origin: Origin,
    notes: tuple[str, ...],
    progress: Progress | None = None,
    *,
    is_long: bool,
) -> Export:
    """Make the tables of the answers about all cells and of the data; *is_long*: a statement has a row for each place."""
    from clustergap.analysis.risks import find_risks, horizon
    from clustergap.export.answer_tables import answer_tables
    from clustergap.export.data_tables import data_tables
    from clustergap.export.shared_columns import make_export

    risks = find_risks(matrix, horizon(matrix.query.as_of), CROWDED, progress)
    tables = (*answer_tables(matrix, risks), *data_tables(matrix.dataset, is_long=is_long))
    return make_export(matrix, origin, tables, notes)


def records_of(rows: Rows) -> list[dict[str, Value]]:
    """Return a table as a dictionary for each row; nothing is None."""
    return [dict(zip(rows.header, values, strict=True)) for values in _plain_rows(rows)]


def frame_of(rows: Rows, types: Sequence[str | None] | None = None) -> Any:  # noqa: ANN401 - pandas may not be there
    """Return a table as a data frame of pandas, whose columns have room for nothing.

    Args:
        rows: The table.
        types: The type of each column, None where pandas is to choose; without, what a column holds says its type.

    Raises:
        ClusterGapError: pandas is not installed.
    """
    try:
        pandas = import_module("pandas")
    except ImportError as error:
        raise MissingExtraError("a data frame", "pandas") from error
    table = _plain_rows(rows)
    columns = [[row[n] for row in table] for n in range(len(rows.header))]
    chosen = [*map(_type_of, columns)] if types is None else types
    return pandas.DataFrame(
        {
            name: pandas.Series(values, dtype=type_)
            for name, values, type_ in zip(rows.header, columns, chosen, strict=True)
        }
    )


def html_of(document: Document, notes: Sequence[str]) -> str:
    """Return a document as a part of a page, for a notebook."""
    from clustergap.writers.html import write_fragment

    return write_fragment(document, notes)


def _plain_rows(rows: Rows) -> list[Row]:
    return [tuple(map(_plain, row)) for row in rows.rows]


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        return str(value) or None  # of an enumeration its word
    # A day of a month or a year is one that knows what the data say.
    return date(value.year, value.month, value.day) if isinstance(value, date) else value


def _type_of(values: Sequence[Value]) -> str | None:
    # By what a column holds: a table does not say it. None: texts, for which versions of pandas have each a type of their own.
    types = {type(value) for value in values if value is not None}
    for kinds, name in (
        ({bool}, "boolean"),
        ({int}, "Int64"),
        ({int, float}, "Float64"),
        ({date}, "datetime64[s]"),
    ):
        if types and types <= kinds:
            return name
    return None if types else "object"
