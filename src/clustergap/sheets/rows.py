"""A dataset's statements as rows of the list layout."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Statement
from clustergap.model.record_names import Names
from clustergap.sheets.cell_text import write_codes, write_day, write_ids, write_refs
from clustergap.sheets.columns import COLUMNS, Holds, Part

Row = tuple[str, ...]
"""The texts of a row, in the order of ``COLUMNS``; what is left out is empty."""

_WRITERS: Mapping[Holds, Callable[[Any], str]] = {
    Holds.DAY: write_day,
    Holds.IDS: write_ids,
    Holds.CODES: write_codes,
    Holds.SOURCES: write_refs,
}
"""How values are written that are no texts."""


def _write_text(value: str | None) -> str:
    return str(value or "")


def _columns(part: Part) -> list[tuple[int, str, Callable[[Any], str]]]:
    return [
        (place, column.key, _WRITERS.get(column.holds, _write_text))
        for place, column in enumerate(COLUMNS)
        if column.part is part
    ]


_INSTRUMENT, _CELL, _STATEMENT = map(_columns, Part)
_KIND = next(place for place, column in enumerate(COLUMNS) if column.holds is Holds.KIND)


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
        for cell, statements in covers.items():
            for statement in statements:
                yield _row(said, names[cell], statement)
        if not instrument.covers and cells is None:
            yield _row(said, ("", ""), None)
    for cell, statements in dataset.observations.items():
        if cells is None or cell in cells:
            for statement in statements:
                yield _row({}, names[cell], statement)


def _cells(dataset: Dataset) -> Iterator[Cell]:
    return (Cell(role.id, level.id) for role in dataset.roles for level in dataset.levels)


def _row(said: Mapping[int, str], cell: tuple[str, str], statement: Statement | None) -> Row:
    row = [""] * len(COLUMNS)
    for place, text in said.items():
        row[place] = text
    for (place, *_), name in zip(_CELL, cell, strict=True):
        row[place] = name
    if statement is not None:
        for place, key, write in _STATEMENT:
            row[place] = write(getattr(statement, key))
    return tuple(row)


def _instrument(one: Instrument, kinds: Names) -> dict[int, str]:
    texts = {place: write(getattr(one, key)) for place, key, write in _INSTRUMENT}
    return {**texts, _KIND: kinds.label(one.kind) if one.kind else ""}
