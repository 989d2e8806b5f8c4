"""A dataset's statements as rows of the list layout."""

from collections.abc import Collection, Iterator, Mapping

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Statement
from clustergap.sheets.cell_text import write_codes, write_day, write_ids, write_refs
from clustergap.sheets.columns import COLUMNS, Column, Part
from clustergap.sheets.names import Names

Row = tuple[str, ...]
"""The texts of a row, in the order of ``COLUMNS``; what is left out is empty."""

_BY_PART = {part: [(n, c) for n, c in enumerate(COLUMNS) if c.part is part] for part in Part}


def list_rows(dataset: Dataset, cells: Collection[Cell] | None = None) -> Iterator[Row]:
    """Write every statement of a dataset, instruments first, then observations, in file order.

    An instrument that covers nothing has one row, without a cell. The instrument is said on each of its rows: who
    filters rows must see it.

    Args:
        dataset: What is written.
        cells: Only statements about these cells; None: all.
    """
    roles, levels = Names(dataset.roles), Names(dataset.levels)
    kinds = Names(dataset.kinds)
    names = {cell: (roles.label(cell.role), levels.label(cell.level)) for cell in _cells(dataset)}
    for instrument in dataset.instruments:
        said = _instrument(instrument, kinds)
        covers = {
            cell: one for cell, one in instrument.covers.items() if cells is None or cell in cells
        }
        for cell, statement in covers.items():
            yield _row(said, names[cell], statement)
        if not instrument.covers and cells is None:
            yield _row(said, ("", ""), None)
    for cell, statement in dataset.observations.items():
        if cells is None or cell in cells:
            yield _row({}, names[cell], statement)


def _cells(dataset: Dataset) -> Iterator[Cell]:
    return (Cell(role.id, level.id) for role in dataset.roles for level in dataset.levels)


def _row(said: Mapping[int, str], cell: tuple[str, str], statement: Statement | None) -> Row:
    row = [""] * len(COLUMNS)
    for place, text in said.items():
        row[place] = text
    for (place, _), name in zip(_BY_PART[Part.CELL], cell, strict=True):
        row[place] = name
    if statement is not None:
        for place, column in _BY_PART[Part.STATEMENT]:
            row[place] = _statement_text(statement, column)
    return tuple(row)


def _instrument(one: Instrument, kinds: Names) -> dict[int, str]:
    texts = {
        "kind": kinds.label(one.kind) if one.kind else "",
        "starts": write_day(one.starts),
        "ends": write_day(one.ends),
        "status": one.status.value,
        "targets": write_ids(one.targets),
        "succeeded_by": write_ids(one.succeeded_by),
        "reviewed": write_day(one.reviewed),
        "sources": write_refs(one.sources),
    }
    return {
        place: texts[column.key] if column.key in texts else getattr(one, column.key) or ""
        for place, column in _BY_PART[Part.INSTRUMENT]
    }


def _statement_text(said: Statement, column: Column) -> str:
    match column.key:
        case "extent":
            return said.extent.value
        case "territories":
            return write_codes(said.territories)
        case "starts":
            return write_day(said.starts)
        case "ends":
            return write_day(said.ends)
        case "sources":
            return write_refs(said.sources)
        case _:
            return said.note or ""
