"""The engine: how well each cell is covered, by the definitions of the data model."""

import dataclasses
import enum
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.analysis.counting import observation_counts, why_not_counted, why_not_stated
from clustergap.analysis.units import Units, assessed_units, units_by_level
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Extent, Level, Role, Statement
from clustergap.model.query import Query


class Coverage(enum.StrEnum):
    """How well one cell is covered by all statements together; UNKNOWN where nobody has looked."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"
    UNKNOWN = "unknown"

    @property
    def is_gap(self) -> bool:
        """Whether something is missing; nobody knows of UNKNOWN."""
        return self in (Coverage.NONE, Coverage.PARTIAL)


class Share(NamedTuple):
    """How many of a cell's units are covered. ``of`` counts the units that are not unknown."""

    covered: int
    partial: int
    of: int
    unknown: int
    missing: tuple[str, ...]
    """The codes of the units that nothing covers, in the order of the level's list."""


class Rating(NamedTuple):
    """How one cell is covered, and by what. ``instruments`` and ``rests_on`` hold ids, in file order.

    ``where_not_said``: the cell would be none or unknown but for a statement that says "not everywhere"
    without saying where. ``share`` is None where nobody said where at all.
    """

    cell: Cell
    coverage: Coverage
    instruments: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    share: Share | None = None
    where_not_said: bool = False


class Summary(NamedTuple):
    """How many cells are covered how well."""

    cells: int
    full: int
    partial: int
    none: int
    unknown: int


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
        found = [rating.coverage for rating in self]
        return Summary(
            len(found),
            found.count(Coverage.FULL),
            found.count(Coverage.PARTIAL),
            found.count(Coverage.NONE),
            found.count(Coverage.UNKNOWN),
        )

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
    units = units_by_level(dataset, query.place)
    tallies = {
        Cell(role.id, level.id): _Tally(units[level.id])
        for role in dataset.roles
        for level in dataset.levels
    }
    for instrument in dataset.instruments:
        if not why_not_counted(instrument, query):
            for cell, statement in instrument.covers.items():
                if not why_not_stated(statement, query):
                    tallies[cell].add(statement, instrument.id)
    for cell, statement in dataset.observations.items():
        if observation_counts(statement, query):
            tallies[cell].add(statement, None)
    ratings = {
        cell: tally.rate(cell, assessed_units(dataset, cell, tally.units))
        for cell, tally in tallies.items()
    }
    return Matrix(dataset, query, dataset.levels, dataset.roles, ratings)


class _Tally:
    """What the statements of one cell add up to, unit by unit, as bits."""

    __slots__ = (
        "full",
        "instruments",
        "is_located",
        "lifts",
        "notes",
        "partial",
        "twice",
        "units",
    )

    def __init__(self, units: Units) -> None:
        self.units = units
        self.full = self.twice = self.partial = 0
        self.lifts = self.is_located = False
        self.instruments: list[tuple[str, int]] = []
        self.notes: list[str] = []

    def add(self, statement: Statement, instrument: str | None) -> None:
        units, full = self.units, 0
        if units.says_not_where(statement):
            if not units.shown:
                return
            self.lifts = True
        else:
            where = units.shown
            if statement.territories is not None:
                self.is_located = True
                where &= units.of(statement.territories)
            if not where:
                return
            if statement.extent is Extent.FULL:
                self.twice |= self.full & where
                self.full |= where
                full = where
            else:
                self.partial |= where
        if instrument is not None:
            self.instruments.append((instrument, full))
        if statement.note is not None:
            self.notes.append(statement.note)

    def rate(self, cell: Cell, assessed: int | None) -> Rating:
        shown = self.units.shown
        stated = self.full | self.partial
        unknown = 0 if assessed is None else shown & ~assessed & ~stated
        known = shown & ~unknown
        coverage = self._coverage(known)
        lifted = self.lifts and coverage in (Coverage.NONE, Coverage.UNKNOWN)
        if lifted:
            coverage = Coverage.PARTIAL
        share = None
        if self.is_located or assessed is not None:
            share = Share(
                covered=self.full.bit_count(),
                partial=(self.partial & ~self.full).bit_count(),
                of=known.bit_count(),
                unknown=unknown.bit_count(),
                missing=self.units.names(known & ~stated),
            )
        return Rating(
            cell,
            coverage,
            tuple(instrument for instrument, _ in self.instruments),
            self._rests_on(assessed) if coverage is Coverage.FULL else (),
            tuple(self.notes),
            share,
            lifted,
        )

    def _coverage(self, known: int) -> Coverage:
        if not known:
            return Coverage.UNKNOWN
        if known & ~self.full == 0:
            return Coverage.FULL
        return Coverage.PARTIAL if self.full | self.partial else Coverage.NONE

    def _rests_on(self, assessed: int | None) -> tuple[str, ...]:
        # Without an instrument, the units that it alone covers in full fall to partial, none or unknown. An
        # unknown unit does not count against the cell, unless no known one is left.
        def opens_without(alone: int) -> bool:
            fallen = alone if assessed is None else alone & (assessed | self.partial)
            return bool(fallen) or not self.full & ~alone

        found = []
        for instrument, full in self.instruments:
            alone = full & ~self.twice
            if opens_without(alone):
                found.append(instrument)
        return tuple(found)
