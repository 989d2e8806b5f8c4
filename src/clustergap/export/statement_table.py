"""The table of statements, which say how far, where and when a cell is covered; and the mapping by which import reads it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from clustergap.analysis.units import LevelUnits, units_by_level
from clustergap.export.shared_columns import (
    TO_CELL,
    FullNames,
    attribute_columns,
    cell_columns,
    cited_by,
    column,
    words_of,
)
from clustergap.list_format.list_layout import COLUMNS
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument
from clustergap.model.places import Except
from clustergap.model.statement import Extent, Observation, Statement
from clustergap.tidy_table import ColumnType, ForeignKey, TidyColumn, TidyTable
from clustergap.yaml_edit.write import YamlValue, write_flow, write_scalar

STATEMENTS = "statements"

TO_INSTRUMENT = ForeignKey(("instrument",), "instruments")
"""What a table about instruments refers to."""

_TEXT, _DAY = ColumnType.STRING, ColumnType.DATE


class StatementRow(NamedTuple):
    """A row of statements: the number of the statement, what it is about, and in the long form one of its territories.

    ``cell`` and ``statement`` are None for an *instrument* that covers nothing, ``instrument`` is None for an observation.
    """

    number: int
    cell: Cell | None
    instrument: Instrument | None
    statement: Statement | None
    territory: str | None = None


def stated_in(dataset: Dataset) -> Iterator[StatementRow]:
    """Number the statements of a dataset, instruments first, then observations, in file order."""
    said = (row for of in (_covers(dataset), _observations(dataset)) for row in of)
    return (StatementRow(number, *row) for number, row in enumerate(said, 1))


def _covers(
    dataset: Dataset,
) -> Iterator[tuple[Cell | None, Instrument | None, Statement | None]]:
    for instrument in dataset.instruments:
        for cell, statements in instrument.covers.items():
            for statement in statements:
                yield cell, instrument, statement
        if not instrument.covers:
            yield None, instrument, None


def _observations(dataset: Dataset) -> Iterator[tuple[Cell, None, Statement]]:
    for cell, statements in dataset.observations.items():
        for statement in statements:
            yield cell, None, statement


def in_places(rows: Iterable[StatementRow], dataset: Dataset) -> Iterator[StatementRow]:
    """Make a row of each territory that a statement names, be it in a place, in a group or by those that it leaves out."""
    levels = units_by_level(dataset, None)
    for row in rows:
        for code in _places_of(row, levels) or (None,):
            yield row._replace(territory=code)


def _places_of(row: StatementRow, levels: Mapping[str, LevelUnits]) -> tuple[str, ...]:
    named = row.statement.territories if row.statement else None
    if row.cell is None or named is None:
        return ()
    units = levels[row.cell.level]
    return units.codes_of(units.of(named))


# Statements


_OF_INSTRUMENT = {
    "kind": _TEXT,
    "status": _TEXT,
    "starts": _DAY,
    "ends": _DAY,
    "seen": _DAY,
    "targets": _TEXT,
    "part_of": _TEXT,
    "funded_by": _TEXT,
    "commits_until": _DAY,
}
"""What of an instrument decides whether its statements count."""

_HEADERS = {"id": "instrument", "name": "instrument_name"}
_HEADERS |= {f"cover_{key}": key for key in ("starts", "ends", "seen", "note")}
_HEADERS |= {key: f"instrument_{key}" for key in _OF_INSTRUMENT}
_HEADERS |= {key: key for key in ("role", "level", "extent", "territories", "at_least")}
"""The column of statements that holds each key of the list layout."""


def statement_table(
    rows: tuple[StatementRow, ...], names: FullNames, *, is_long: bool
) -> TidyTable:
    """Make the table of statements; *is_long*: its *rows* name one territory each."""
    words = words_of(Observation)
    known_extents = tuple(extent.value for extent in Extent)
    columns = (
        column(
            "statement",
            "The number of the statement, in file order from 1.",
            lambda row: row.number,
            type=ColumnType.INTEGER,
            is_required=True,
            least=1,
        ),
        *cell_columns(names, lambda row: row.cell, is_required=False),
        column("instrument", "The instrument's id. Nothing: an observation, which names none.", _of("instrument", "id")),
        column("instrument_name", "The instrument's name.", _of("instrument", "name")),
        column(
            "extent",
            f"{words['extent']} Nothing: the instrument covers no cell.",
            _of("statement", "extent"),
            words=known_extents,
        ),
        column(
            "territories",
            "Where: codes of territories and ids of groups; or except, and those that are left out. Nothing: everywhere at the level.",
            lambda row: _where(row.statement),
        ),
        column(
            "territory_names",
            "The same with the names of these places.",
            lambda row: _where(row.statement, names.places),
        ),
        *(_long_columns(names) if is_long else ()),
        column("at_least", words["at_least"], _of("statement", "at_least"), type=ColumnType.BOOLEAN),
        *attribute_columns(Observation, {"starts": _DAY, "ends": _DAY, "seen": _DAY, "note": _TEXT}, part="statement"),
        column("sources", "Keys of the sources that it cites itself.", lambda row: cited_by(row.statement)),
        *attribute_columns(Instrument, _OF_INSTRUMENT, "instrument_", part="instrument"),
    )  # fmt: skip
    each = " and territory that it names" if is_long else ""
    return TidyTable(
        name=STATEMENTS,
        description=f"What is said of cells: a row for each statement{each}. An instrument that covers no cell has a row without one.",
        columns=columns,
        records=rows,
        primary_key=() if is_long else ("statement",),
        foreign_keys=(TO_CELL, TO_INSTRUMENT),
    )


def _long_columns(names: FullNames) -> Iterator[TidyColumn]:
    words = "One of the level's territories that it speaks of by name. Nothing: it names none."
    yield column("territory", words, lambda row: row.territory)
    yield column(
        "territory_name",
        "The name of this territory.",
        lambda row: row.territory and names.places.get(row.territory, row.territory),
    )


def _of(part: str, key: str) -> Callable[[Any], object]:
    return lambda row: getattr(getattr(row, part), key, None)


def _where(statement: Statement | None, names: Mapping[str, str] | None = None) -> object:
    where = statement.territories if statement else None
    if where is None:
        return None
    codes = where.codes if isinstance(where, Except) else where
    first, *others = codes if names is None else [names.get(code, code) for code in codes]
    return [f"except {first}" if isinstance(where, Except) else first, *others]


def mapping_of_statements(statements: TidyTable, title: str) -> str:
    """Write the mapping by which import reads the statements, as the text of a mapping file.

    Args:
        statements: The table.
        title: What the data are about, as which the table is cited.
    """
    rules: dict[str, YamlValue] = {
        key.name: _HEADERS[key.name] for key in COLUMNS if key.name in _HEADERS
    }
    rules["at_least"] = {
        "from": "at_least",
        "values": {"false": ""},
    }  # what nobody says stays unsaid
    unread = [each.name for each in statements.columns if each.name not in _HEADERS.values()]
    return "\n".join(
        [
            "# How clustergap import reads statements.csv. Sources are not among it: what is imported cites this table.",
            "schema: 1",
            "header: 1",
            "layout: list",
            f"source: {write_flow({'id': STATEMENTS, 'title': title})}",
            "columns:",
            *(
                f"  {key}: {write_scalar(rule) if isinstance(rule, str) else write_flow(rule)}"
                for key, rule in rules.items()
            ),
            f"leave_out: {write_flow(unread)}",
            "all_new: true",
            "",
        ]
    )  # fmt: skip
