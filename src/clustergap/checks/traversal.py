"""Checks, and walks through the parts of a dataset that they look at, each with its data path."""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from clustergap.analysis.matrix import Matrix
from clustergap.findings import DataPath, Rule, Violation, statement_path
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.places import Except, FileTerritories, Territories
from clustergap.model.record import SourceRef
from clustergap.model.statement import Statement
from clustergap.model.swot import MeantLinks, SwotItem
from clustergap.text import count

Violations = Iterator[Violation]


class Check(NamedTuple):
    """A rule, the function that finds its violations, and the top-level keys that must be complete for it to be right."""

    rule: Rule
    find: Callable[[Dataset], Violations]
    needs: frozenset[str] = frozenset()


class DatedCheck(NamedTuple):
    """A rule that depends on today's date, and a test whether it applies to a dataset."""

    rule: Rule
    find: Callable[[Dataset, date], Violations]
    applies: Callable[[Dataset], bool]


class RatedCheck(NamedTuple):
    """A rule that depends on the coverage on the dataset's date, and so only applies if no file has an error."""

    rule: Rule
    find: Callable[[Matrix], Violations]


class StatementPlace(NamedTuple):
    """Where a statement is: the mapping that holds it, its cell, its index among the statements there, their number."""

    holder: DataPath
    cell: Cell
    number: int
    of: int

    @property
    def path(self) -> DataPath:
        """The statement's own data path."""
        return statement_path(*self)


def statements(
    dataset: Dataset, wanted: Callable[[Statement], object]
) -> Iterator[tuple[StatementPlace, Statement]]:
    """Walk through every cover, then every observation, that is *wanted*, each with its place.

    Nearly none of 100,000 is, so places are made only for those.
    """
    for i, instrument in enumerate(dataset.instruments):
        for cell, row in instrument.covers.items():
            for number, statement in enumerate(row):
                if wanted(statement):
                    yield (
                        StatementPlace(("instruments", i, "covers"), cell, number, len(row)),
                        statement,
                    )
    for cell, row in dataset.observations.items():
        for number, statement in enumerate(row):
            if wanted(statement):
                yield StatementPlace(("observations",), cell, number, len(row)), statement


def statement_lists(
    dataset: Dataset,
) -> Iterator[tuple[DataPath, Cell, tuple[Statement, ...]]]:
    """Walk through the statements of each cell, in the same order, each with the data path of the mapping that holds it."""
    for i, instrument in enumerate(dataset.instruments):
        holder = ("instruments", i, "covers")
        for cell, row in instrument.covers.items():
            yield holder, cell, row
    for cell, row in dataset.observations.items():
        yield ("observations",), cell, row


def territory_lists(dataset: Dataset) -> Iterator[tuple[DataPath, str, Sequence[str]]]:
    """Walk through every list of codes, each with its data path and its level's id."""
    for spot, statement in statements(dataset, attrgetter("territories")):
        named = _written(statement.territories)
        if isinstance(named, Except):
            yield (*spot.path, "territories", "except"), spot.cell.level, named.codes
        elif named is not None:
            yield (*spot.path, "territories"), spot.cell.level, named
    for place, codes in dataset.assessed.items():
        level = place.level if isinstance(place, Cell) else place
        yield ("assessed", str(place)), level, codes


def _written(where: Territories | None) -> Territories | None:
    # What a statement says itself, not what it has from its file.
    return where.written if isinstance(where, FileTerritories) else where


def named_codes(dataset: Dataset) -> Mapping[str, AbstractSet[str]]:
    """Return the codes in all ``territory_lists``, by the id of their level."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    covers = (instrument.covers for instrument in dataset.instruments)
    for stated in (*covers, dataset.observations):
        for cell, row in stated.items():
            for statement in row:
                if statement.territories is not None:
                    codes = _written(statement.territories) or ()
                    named[cell.level].update(codes.codes if isinstance(codes, Except) else codes)
    for place, codes in dataset.assessed.items():
        named[place.level if isinstance(place, Cell) else place].update(codes)
    return named


def swot_items(dataset: Dataset) -> Iterator[tuple[DataPath, SwotItem]]:
    """Walk through the SWOT, quadrant by quadrant."""
    for quadrant, items in dataset.swot.items():
        for i, item in enumerate(items):
            yield ("swot", quadrant.value, i), item


def swot_links(dataset: Dataset) -> Iterator[tuple[DataPath, SwotItem | MeantLinks]]:
    """Walk through the SWOT's links: of each item those that its words name, then those that they mean."""
    for path, item in swot_items(dataset):
        yield path, item
        yield (*path, "meant"), item.meant


def cells(dataset: Dataset) -> Iterator[tuple[DataPath, Cell]]:
    """Walk through every cell that is a key of a file, each with the data path of its entry."""
    for holder, cell, _ in statement_lists(dataset):
        yield (*holder, str(cell)), cell
    for place in dataset.assessed:
        if isinstance(place, Cell):
            yield ("assessed", str(place)), place
    for cell in dataset.accepted_gaps:
        yield ("accepted_gaps", str(cell)), cell


def distinct_cells(dataset: Dataset) -> AbstractSet[Cell]:
    """Return the distinct cells that ``cells`` walks through."""
    covered = {cell for instrument in dataset.instruments for cell in instrument.covers}
    assessed = {place for place in dataset.assessed if isinstance(place, Cell)}
    return covered | assessed | dataset.observations.keys() | dataset.accepted_gaps.keys()


def unknown_in_words(matrix: Matrix, cells: Collection[Cell]) -> str:
    """Say how many territories of *cells* are unknown; nothing if all are."""
    unknown = matrix.unknown(cells)
    return f" ({count(unknown, 'territory', 'territories')} unknown)" if unknown else ""


def citations(
    dataset: Dataset, but: Container[str]
) -> Iterator[tuple[DataPath, Sequence[SourceRef]]]:
    """Walk through every list of citations, each with the data path of its record.

    Instruments that cite only sources in *but* are skipped.
    """
    for i, group in enumerate(dataset.groups):
        yield ("groups", i), group.sources
    for i, instrument in enumerate(dataset.instruments):
        for citation in instrument.sources:
            if citation.ref not in but:
                yield ("instruments", i), instrument.sources
                break
    for spot, statement in statements(dataset, attrgetter("sources")):
        yield spot.path, statement.sources
    for path, item in swot_items(dataset):
        yield path, item.sources
