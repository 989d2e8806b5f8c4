"""The places of a dataset at which rules look, each with its data path."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from clustergap.analysis.matrix import Matrix
from clustergap.findings import DataPath, Violation
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Except, Statement
from clustergap.model.source import SourceRef
from clustergap.model.swot import SwotItem
from clustergap.wording import count

Violations = Iterator[Violation]


def statements(dataset: Dataset) -> Iterator[tuple[DataPath, Cell, Statement]]:
    """Walk through every cover, then every observation, each with the data path of the mapping that holds it.

    The statement's own path is one step longer (``statement_path``); hardly any is ever asked for.
    """
    for i, instrument in enumerate(dataset.instruments):
        holder = ("instruments", i, "covers")
        for cell, statement in instrument.covers.items():
            yield holder, cell, statement
    for cell, statement in dataset.observations.items():
        yield ("observations",), cell, statement


def territory_lists(dataset: Dataset) -> Iterator[tuple[DataPath, str, Sequence[str]]]:
    """Walk through every list of codes, each with its data path and its level's id."""
    for holder, cell, statement in statements(dataset):
        named = statement.territories
        if isinstance(named, Except):
            yield (*statement_path(holder, cell), "territories", "except"), cell.level, named.codes
        elif named is not None:
            yield (*statement_path(holder, cell), "territories"), cell.level, named
    for place, codes in dataset.assessed.items():
        level = place.level if isinstance(place, Cell) else place
        yield ("assessed", str(place)), level, codes


def named_codes(dataset: Dataset) -> Mapping[str, AbstractSet[str]]:
    """Return the codes in what ``territory_lists`` walks through, by the level's id."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    covers = (instrument.covers for instrument in dataset.instruments)
    for stated in (*covers, dataset.observations):
        for cell, statement in stated.items():
            one = statement.territories
            if one is not None:
                named[cell.level].update(one.codes if isinstance(one, Except) else one)
    for place, codes in dataset.assessed.items():
        named[place.level if isinstance(place, Cell) else place].update(codes)
    return named


def statement_path(holder: DataPath, cell: Cell) -> DataPath:
    """Return the data path of the statement about *cell* in its *holder*."""
    return (*holder, str(cell))


def swot_items(dataset: Dataset) -> Iterator[tuple[DataPath, SwotItem]]:
    """Walk through the SWOT, quadrant by quadrant."""
    for quadrant, items in dataset.swot.items():
        for i, item in enumerate(items):
            yield ("swot", quadrant.value, i), item


def cells(dataset: Dataset) -> Iterator[tuple[DataPath, Cell]]:
    """Walk through every cell that is a key of a file, each with the data path of the mapping that holds it."""
    for holder, cell, _ in statements(dataset):
        yield holder, cell
    for place in dataset.assessed:
        if isinstance(place, Cell):
            yield ("assessed",), place
    for cell in dataset.accepted_gaps:
        yield ("accepted_gaps",), cell


def distinct_cells(dataset: Dataset) -> AbstractSet[Cell]:
    """Return what ``cells`` walks through, each once."""
    covered = {cell for instrument in dataset.instruments for cell in instrument.covers}
    assessed = {place for place in dataset.assessed if isinstance(place, Cell)}
    return covered | assessed | dataset.observations.keys() | dataset.accepted_gaps.keys()


def not_assessed(matrix: Matrix, cells: Collection[Cell]) -> str:
    """Say of how many territories of *cells* nothing is known, or nothing if all are known."""
    unknown = matrix.unassessed(cells)
    return f" ({count(unknown, 'territory', 'territories')} not assessed)" if unknown else ""


def citations(
    dataset: Dataset, but: Container[str]
) -> Iterator[tuple[DataPath, Sequence[SourceRef]]]:
    """Walk through every list of citations, each with the data path of its record.

    Instruments whose every citation is of a source in *but* are passed over.
    """
    for i, instrument in enumerate(dataset.instruments):
        for citation in instrument.sources:
            if citation.ref not in but:
                yield ("instruments", i), instrument.sources
                break
    for holder, cell, statement in statements(dataset):
        if statement.sources:
            yield statement_path(holder, cell), statement.sources
    for path, item in swot_items(dataset):
        yield path, item.sources
