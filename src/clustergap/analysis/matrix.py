"""The engine: how well each cell is covered, by the definitions of the data model."""

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.analysis.counting import stated, why_not_counted
from clustergap.analysis.rating import Coverage, Rating
from clustergap.analysis.tally import Tally
from clustergap.analysis.units import assessed_units, units_by_level
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level, Role
from clustergap.model.query import Query


class Summary(NamedTuple):
    """How many cells are covered how well."""

    cells: int
    full: int
    partial: int
    none: int
    unknown: int


def summarise(counts: Mapping[Coverage, int]) -> Summary:
    """Sum up how many cells are covered how well."""
    return Summary(
        sum(counts.values()),
        counts.get(Coverage.FULL, 0),
        counts.get(Coverage.PARTIAL, 0),
        counts.get(Coverage.NONE, 0),
        counts.get(Coverage.UNKNOWN, 0),
    )


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every cell of a dataset under a query, by role, then level, in file order.

    ``query.as_of`` is the day that was used.
    """

    dataset: Dataset
    query: Query
    levels: tuple[Level, ...]
    roles: tuple[Role, ...]
    ratings: Mapping[Cell, Rating]

    def __iter__(self) -> Iterator[Rating]:
        """Walk through the ratings of the cells that are shown."""
        return (
            self.ratings[Cell(role.id, level.id)] for role in self.roles for level in self.levels
        )

    def summary(self) -> Summary:
        """Count the cells that are shown."""
        return summarise(Counter(rating.coverage for rating in self))

    def unassessed(self, cells: Iterable[Cell]) -> int:
        """Count the territories of these cells that nobody has assessed."""
        shares = (self.ratings[cell].share for cell in cells)
        return sum(share.unknown for share in shares if share)

    def select(self, roles: Collection[str], levels: Collection[str]) -> "Matrix":
        """Show only these roles and levels, by id; none given: all. It changes no number in a cell."""
        return dataclasses.replace(
            self,
            roles=tuple(role for role in self.roles if not roles or role.id in roles),
            levels=tuple(level for level in self.levels if not levels or level.id in levels),
        )


def build_matrix(dataset: Dataset, query: Query) -> Matrix:
    """Rate every cell of *dataset* under *query*.

    Full statements for different territories add up over a level; partial ones never add up to a full
    one. A partial statement that names no territories says "not everywhere": it rates no territory and
    only lifts an empty or unknown cell to partial.

    Args:
        dataset: A dataset without errors; ``checks`` has refused unknown roles, levels and codes before.
        query: What counts: the day, the place, the target group, which instruments.

    Returns:
        A matrix with exactly one rating per role and level, in file order.
    """
    query = dataclasses.replace(query, as_of=query.as_of or dataset.as_of)
    ratings = {cell: tally.rate() for cell, tally in tally_up(dataset, query).items()}
    return Matrix(dataset, query, dataset.levels, dataset.roles, ratings)


def tally_up(dataset: Dataset, query: Query) -> dict[Cell, Tally]:
    """Add up every statement that a *query* counts, by cell; without ``as_of``, on whatever day."""
    tallies = empty_tallies(dataset, query)
    for place, instrument in enumerate(dataset.instruments):
        if not why_not_counted(instrument, query):
            for cell, statements in instrument.covers.items():
                for number, statement in stated(statements, query):
                    tallies[cell].add(place, statement, instrument.id, number)
    if not query.kinds:
        for cell, statements in dataset.observations.items():
            for number, statement in stated(statements, query):
                tallies[cell].add(len(dataset.instruments), statement, None, number)
    return tallies


def empty_tallies(dataset: Dataset, query: Query) -> dict[Cell, Tally]:
    """Return a tally of each cell to which nothing has been added, by role, then level."""
    units = units_by_level(dataset, query.place)
    cells = (Cell(role.id, level.id) for role in dataset.roles for level in dataset.levels)
    return {
        cell: Tally(cell, units[cell.level], assessed_units(dataset, cell, units[cell.level]))
        for cell in cells
    }
