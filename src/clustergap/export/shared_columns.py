"""What the columns of several tables share: names, cells, attributes of records; and the tables together with what was asked."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from clustergap.analysis.matrix import Matrix
from clustergap.answers.provenance import caveats_in_words, question_in_words
from clustergap.answers.records import CaveatsRecord, QueryRecord
from clustergap.model.dataset import Dataset
from clustergap.model.place_names import PlaceNames
from clustergap.origin import Origin
from clustergap.schema.generate import attribute_docstrings
from clustergap.tidy_table import ColumnType, Export, ForeignKey, TidyColumn, TidyTable


def make_export(
    matrix: Matrix, origin: Origin, tables: Iterable[TidyTable], notes: tuple[str, ...]
) -> Export:
    """Put tables together with what was asked, and of which data."""
    caveats = matrix.caveats()
    sentences = question_in_words(matrix), caveats_in_words(caveats), origin.remark
    return Export(
        matrix.dataset.title,
        " ".join(filter(None, sentences)),
        QueryRecord.model_validate(matrix.query).model_dump(mode="json"),
        CaveatsRecord.model_validate(caveats).model_dump(mode="json"),
        matrix.dataset.sources,
        origin.is_example,
        tuple(tables),
        notes,
    )


class FullNames(NamedTuple):
    """The names of what a dataset has, by id, in full as its files have them; and of places, by code or a group's id."""

    roles: Mapping[str, str]
    levels: Mapping[str, str]
    instruments: Mapping[str, str]
    kinds: Mapping[str, str]
    targets: Mapping[str, str]
    places: PlaceNames

    @classmethod
    def of(cls, dataset: Dataset) -> "FullNames":
        """Return the names of a dataset; what has no vocabulary has none."""
        return cls(
            {role.id: role.name for role in dataset.roles},
            {level.id: level.name for level in dataset.levels},
            {instrument.id: instrument.name for instrument in dataset.instruments},
            {kind.id: kind.name for kind in dataset.kinds},
            {target.id: target.name for target in dataset.targets},
            dataset.place_names,
        )


def column(
    name: str,
    description: str,
    value: Callable[[Any], object],
    **more: Any,  # noqa: ANN401 - the other fields of a column
) -> TidyColumn:
    """Make a column that only one table has; *more*: further fields of it."""
    return TidyColumn(name=name, description=description, value=value, **more)


_AS_WRITTEN = re.compile(
    r": YYYY, YYYY-MM or YYYY-MM-DD(?:; a month or a year means (its (?:first|last) day))?"
)
"""How docstrings say that a file may write a day."""


def words_of(record: type) -> Mapping[str, str]:
    """Return what the attributes of a record mean, by name; of days as tables have them, where a month or a year is a day."""
    return {
        name: _AS_WRITTEN.sub(_as_day, words).replace("Null: ", "Nothing: ")
        for name, words in attribute_docstrings(record).items()
    }


def _as_day(match: re.Match[str]) -> str:
    return f"; of a month or a year {match[1]}" if match[1] else ""


def attribute_columns(
    record: type, types: Mapping[str, ColumnType], prefix: str = "", part: str = ""
) -> Iterator[TidyColumn]:
    """Make a column of each of some attributes of a record, which their docstrings describe.

    Args:
        record: The class of the records.
        types: The types of the attributes, by name, in the order of the columns.
        prefix: What stands before the names of the columns.
        part: The attribute of a row that is such a record, or None; empty: the row is one itself.
    """
    words = words_of(record)
    for name, type_ in types.items():
        yield column(f"{prefix}{name}", words[name], _attribute(name, part), type=type_)


def _attribute(name: str, part: str) -> Callable[[Any], object]:
    if not part:
        return attrgetter(name)
    return lambda row: getattr(getattr(row, part), name, None)


def cell_columns(
    names: FullNames, cell_of: Callable[[Any], Any], *, is_required: bool = True
) -> Sequence[TidyColumn]:
    """Return the columns that say which cell a row is about; *cell_of* finds it in a record, None if it is about none."""
    parts: tuple[tuple[str, str, Callable[[Any], object]], ...] = (
        ("cell", "The cell: role@level, by their ids.", str),
        ("role", "The role's id.", lambda cell: cell.role),
        ("role_name", "The role's name.", lambda cell: names.roles[cell.role]),
        ("level", "The level's id.", lambda cell: cell.level),
        ("level_name", "The level's name.", lambda cell: names.levels[cell.level]),
    )
    return [
        column(name, words, _of_cell(cell_of, part), is_required=is_required)
        for name, words, part in parts
    ]


def _of_cell(
    cell_of: Callable[[Any], Any], part: Callable[[Any], object]
) -> Callable[[Any], object]:
    def value(record: object) -> object:
        cell = cell_of(record)
        return None if cell is None else part(cell)

    return value


def cited_by(record: Any) -> object:  # noqa: ANN401 - whatever has sources
    """Return the keys of the sources that a record cites, each once; None if there is no record."""
    return list(dict.fromkeys(ref.ref for ref in record.sources)) if record else None


TO_CELL = ForeignKey(("cell",), "cells")
"""What a table about cells refers to."""
