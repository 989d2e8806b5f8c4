"""The places of a dataset at which rules look, each with its data path."""

from collections.abc import Iterator, Sequence

from clustergap.findings import At, DataPath, Violation
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Except, Statement, Territories
from clustergap.model.source import SourceRef
from clustergap.model.swot import SwotItem

Violations = Iterator[Violation]


def statements(dataset: Dataset) -> Iterator[tuple[DataPath, Cell, Statement]]:
    """Walk through every cover, then every observation."""
    for i, instrument in enumerate(dataset.instruments):
        for cell, statement in instrument.covers.items():
            yield ("instruments", i, "covers", str(cell)), cell, statement
    for cell, statement in dataset.observations.items():
        yield ("observations", str(cell)), cell, statement


def swot_items(dataset: Dataset) -> Iterator[tuple[DataPath, SwotItem]]:
    """Walk through the SWOT, quadrant by quadrant."""
    for quadrant, items in dataset.swot.items():
        for i, item in enumerate(items):
            yield ("swot", quadrant.value, i), item


def cells(dataset: Dataset) -> Iterator[tuple[DataPath, At, Cell]]:
    """Walk through every cell that a file names, as a key or as a value."""
    for path, cell, _ in statements(dataset):
        yield path, At.KEY, cell
    for place in dataset.assessed:
        if isinstance(place, Cell):
            yield ("assessed", str(place)), At.KEY, place
    for cell in dataset.accepted_gaps:
        yield ("accepted_gaps", str(cell)), At.KEY, cell
    for path, item in swot_items(dataset):
        for k, cell in enumerate(item.cells):
            yield (*path, "cells", k), At.VALUE, cell


def citations(dataset: Dataset) -> Iterator[tuple[DataPath, SourceRef]]:
    """Walk through every citation of a source."""
    holders: Iterator[tuple[DataPath, Sequence[SourceRef]]] = _holders_of_citations(dataset)
    for path, refs in holders:
        for k, ref in enumerate(refs):
            yield (*path, "sources", k, "ref"), ref


def _holders_of_citations(dataset: Dataset) -> Iterator[tuple[DataPath, Sequence[SourceRef]]]:
    for i, instrument in enumerate(dataset.instruments):
        yield ("instruments", i), instrument.sources
    for path, _, statement in statements(dataset):
        yield path, statement.sources
    for path, item in swot_items(dataset):
        yield path, item.sources


def codes(dataset: Dataset) -> Iterator[tuple[DataPath, str, Sequence[str]]]:
    """Walk through every list of territories: its data path, the id of its level, its codes."""
    for path, cell, statement in statements(dataset):
        if statement.territories is not None:
            yield _list_of(path, statement.territories, cell.level)
    for place, assessed in dataset.assessed.items():
        level = place.level if isinstance(place, Cell) else place
        yield ("assessed", str(place)), level, assessed


def _list_of(
    path: DataPath, territories: Territories, level: str
) -> tuple[DataPath, str, Sequence[str]]:
    if isinstance(territories, Except):
        return (*path, "territories", "except"), level, territories.codes
    return (*path, "territories"), level, territories
