"""The engine: which statements a query counts, and how well they cover each cell, by the definitions of the data model."""

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from clustergap.analysis.coverage import (
    CellState,
    Coverage,
    Rating,
    assessed_units,
    units_by_level,
)
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Level, Role, Statement, Status
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
        return (rating for _, ratings in self.by_role() for rating in ratings)

    def by_role(self) -> Iterator[tuple[Role, tuple[Rating, ...]]]:
        """Walk through the roles that are shown, each with its ratings at the levels that are shown."""
        for role in self.roles:
            yield role, tuple(self.ratings[Cell(role.id, level.id)] for level in self.levels)

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
    ratings = {cell: state.rate() for cell, state in cell_states(dataset, query).items()}
    return Matrix(dataset, query, dataset.levels, dataset.roles, ratings)


def cell_states(dataset: Dataset, query: Query) -> dict[Cell, CellState]:
    """Add up the statements that a *query* counts, by cell; without ``as_of``, on whatever day."""
    states = _empty_states(dataset, query)
    for place, instrument in enumerate(dataset.instruments):
        if not why_not_counted(instrument, query):
            for cell, statements in instrument.covers.items():
                for number, statement in statements_in_force(statements, query):
                    states[cell].add(place, statement, instrument.id, number)
    if not query.kinds:
        for cell, statements in dataset.observations.items():
            for number, statement in statements_in_force(statements, query):
                states[cell].add(len(dataset.instruments), statement, None, number)
    return states


def _empty_states(dataset: Dataset, query: Query) -> dict[Cell, CellState]:
    """Return the state of each cell to which nothing has been added, by role, then level."""
    units = units_by_level(dataset, query.place)
    cells = (Cell(role.id, level.id) for role in dataset.roles for level in dataset.levels)
    return {
        cell: CellState(cell, units[cell.level], assessed_units(dataset, cell, units[cell.level]))
        for cell in cells
    }


def why_not_counted(instrument: Instrument, query: Query) -> str:
    """Say in words why *query* leaves an instrument out; nothing if it counts."""
    if instrument.id in query.without:
        return "left out by the query"
    if instrument.status is Status.PLANNED and not query.with_planned:
        return "planned, and the query counts no planned instruments"
    if query.kinds and instrument.kind not in query.kinds:
        kind = instrument.kind
        return f"of kind {kind}, which the query leaves out" if kind else "of no stated kind"
    if query.target is not None and instrument.targets and query.target not in instrument.targets:
        return f"not for {query.target}"
    return why_not_in_force(instrument.starts, instrument.ends, query.as_of)


def why_not_stated(statement: Statement, query: Query) -> str:
    """Say in words why a cover or observation by itself does not hold; nothing if it does."""
    return why_not_in_force(statement.starts, statement.ends, query.as_of)


def statements_in_force(
    statements: Iterable[Statement], query: Query
) -> list[tuple[int, Statement]]:
    """Return those of an instrument's statements about a cell that hold by themselves, each with its number."""
    return [
        (number, statement)
        for number, statement in enumerate(statements)
        if not why_not_stated(statement, query)
    ]


def period_of(
    instrument: Instrument | None, statement: Statement
) -> tuple[date | None, date | None]:
    """Return the first and last day on which a statement holds: within its own dates and its instrument's.

    A missing bound is open. Where the two periods do not meet, the last day is before the first.
    """
    if instrument is None:
        return statement.starts, statement.ends
    starts = [day for day in (instrument.starts, statement.starts) if day is not None]
    ends = [day for day in (instrument.ends, statement.ends) if day is not None]
    return max(starts, default=None), min(ends, default=None)


def why_not_in_force(starts: date | None, ends: date | None, as_of: date | None) -> str:
    """Say in words why a period does not hold a day; a missing bound is open, without a day any holds."""
    if as_of is None:
        return ""
    if starts is not None and as_of < starts:
        return f"starts only on {starts.isoformat()}"
    if ends is not None and ends < as_of:
        return f"ended on {ends.isoformat()}"
    return ""
