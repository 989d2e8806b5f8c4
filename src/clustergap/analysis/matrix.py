"""The engine: which statements a query counts, how well they cover each cell, and how two matrices differ.

It follows the definitions of the data model. A cell that only one of two matrices has (a role or level was added or
removed) is unknown in the other.
"""

import dataclasses
import enum
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from clustergap.analysis.caveats import Caveats, Undated, caveats_of, count_undated
from clustergap.analysis.cell_state import CellState
from clustergap.analysis.counting import (
    counted_statements,
    left_out,
    statements_in_force,
    why_not_stated,
)
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.followed_state import FollowedState, lost_and_gained
from clustergap.analysis.units import assessed_units, units_by_level
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Level, Role
from clustergap.model.query import Query
from clustergap.model.statement import Statement

State = TypeVar("State", bound=CellState)
LeavesOut = Callable[[Cell, Statement], bool]


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
    undated: Mapping[Cell, Undated] = field(default_factory=dict)

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

    def count(
        self, levels: Collection[Level], roles: Sequence[Role] | None = None
    ) -> Counter[Coverage]:
        """Count how roles, all that are shown unless some are given, are covered at levels."""
        shown = self.roles if roles is None else roles
        return Counter(
            self.ratings[Cell(role.id, level.id)].coverage for role in shown for level in levels
        )

    def caveats(self) -> Caveats:
        """Say what a reader must know of the cells that are shown, if they are asked for another day than the data's own."""
        sums = [sum(counts) for counts in zip(*self._undated(), strict=True)]
        return caveats_of(self.dataset, self.query.as_of, Undated(*sums))

    def _undated(self) -> Iterator[Undated]:
        yield Undated()
        for role in self.roles:
            for level in self.levels:
                yield self.undated.get(Cell(role.id, level.id), Undated())

    def unknown(self, cells: Iterable[Cell]) -> int:
        """Count the territories of these cells of which nobody knows."""
        shares = (self.ratings[cell].share for cell in cells)
        return sum(share.unknown for share in shares if share)

    def select(self, roles: Collection[str], levels: Collection[str]) -> "Matrix":
        """Show only these roles and levels, by id; none: all. No number in a cell depends on it."""
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
        dataset: A dataset without errors: ``checks`` has already refused unknown roles, levels and codes.
        query: What counts: the day, the place, the target group, which instruments.

    Returns:
        A matrix with exactly one rating per role and level, in file order.
    """
    query = dataclasses.replace(query, as_of=query.as_of or dataset.as_of)
    states = cell_states(dataset, query)
    undated = count_undated(dataset, query.as_of, counted_statements(dataset, query), states)
    return dataclasses.replace(matrix_of(states, dataset, query), undated=undated)


def matrix_of(states: Mapping[Cell, CellState], dataset: Dataset, query: Query) -> Matrix:
    """Rate the cells whose statements are added up; how many of these are undated is not counted."""
    ratings = {cell: state.rate() for cell, state in states.items()}
    return Matrix(dataset, query, dataset.levels, dataset.roles, ratings)


def cell_states(
    dataset: Dataset, query: Query, leaves_out: LeavesOut | None = None
) -> dict[Cell, CellState]:
    """Add up the statements that a *query* counts, by cell; without ``as_of``, those of all days.

    *leaves_out* tells of a statement about a cell whether it is left out as well.
    """
    states = _empty_states(dataset, query, CellState)
    _add_up(states, dataset, query, leaves_out)
    return states


def followed_states(dataset: Dataset, query: Query) -> dict[Cell, FollowedState]:
    """Add up the statements that a *query* counts, by cell, to go on from its day to others."""
    states = _empty_states(dataset, query, FollowedState)
    _add_up(states, dataset, query)
    return states


def _add_up(
    states: Mapping[Cell, CellState],
    dataset: Dataset,
    query: Query,
    leaves_out: LeavesOut | None = None,
) -> None:
    for place, number, instrument, cell, statement in counted_statements(dataset, query):
        if leaves_out is not None and leaves_out(cell, statement):
            continue
        if not why_not_stated(statement, query, instrument):
            states[cell].add(place, statement, instrument.id if instrument else None, number)


def _empty_states(dataset: Dataset, query: Query, kind: type[State]) -> dict[Cell, State]:
    """Return an empty state for each cell, by role, then level."""
    units = units_by_level(dataset, query.place)
    lifelines = dataset.relations.lifelines(left_out(dataset, query))
    cells = (Cell(role.id, level.id) for role in dataset.roles for level in dataset.levels)
    return {
        cell: kind(
            cell,
            units[cell.level],
            assessed_units(dataset, cell, units[cell.level]),
            lifelines,
        )
        for cell in cells
    }


class ChangeKind(enum.StrEnum):
    """What happened to a cell.

    WORSE and BETTER: a step between partial and none, or fewer or more territories that are covered in full at the
    same coverage. CHANGED: neither, but other instruments or other territories.
    """

    OPENED = "opened"
    CLOSED = "closed"
    WORSE = "worse"
    BETTER = "better"
    ASSESSMENT = "assessment"
    CHANGED = "changed"


Widened = tuple[str | None, ...]
"""Ids of the instruments whose cover of a cell lost its territories; None: the cell's observation."""


class CellChange(NamedTuple):
    """A cell that changed; ``widened``: it is better, and these statements about it lost their territories."""

    cell: Cell
    before: Rating
    after: Rating
    kind: ChangeKind
    widened: Widened = ()

    @property
    def is_loss(self) -> bool:
        """Whether coverage was lost, or is no longer known."""
        is_lost = self.after.coverage is Coverage.UNKNOWN is not self.before.coverage
        return is_lost or self.kind in (ChangeKind.OPENED, ChangeKind.WORSE)

    @property
    def is_regression(self) -> bool:
        """Whether something was lost, or improved only because a statement no longer names territories."""
        return self.is_loss or bool(self.widened)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two matrices, and the changes of the cells that they show, in the order of the cells."""

    before: Matrix
    after: Matrix
    changes: tuple[CellChange, ...]

    def summary(self) -> Mapping[ChangeKind, int]:
        """Count the changes of each kind."""
        kinds = [change.kind for change in self.changes]
        return {kind: kinds.count(kind) for kind in ChangeKind}


def compare(before: Matrix, after: Matrix) -> Comparison:
    """Compare what two matrices show."""
    changes, finder = [], _WidenedFinder(before, after)
    for cell in _cells(before, after):
        was, is_now = before.ratings.get(cell), after.ratings.get(cell)
        change = compare_ratings(was or _not_there(cell), is_now or _not_there(cell))
        if change is not None:
            better = change.kind in (ChangeKind.CLOSED, ChangeKind.BETTER)
            changes.append(
                change._replace(widened=finder.find(change.after)) if better else change
            )
    return Comparison(before, after, tuple(changes))


def compare_ratings(before: Rating, after: Rating) -> CellChange | None:
    """Say what happened to one cell, or None if nothing did."""
    kind = _kind(before, after)
    return CellChange(after.cell, before, after, kind) if kind is not None else None


def _kind(before: Rating, after: Rating) -> ChangeKind | None:
    was, is_now = before.coverage, after.coverage
    if was is not is_now:
        return _kind_of_step(was, is_now)
    less = _covered(after) < _covered(before)
    more = _covered(before) < _covered(after)
    if less or more:
        return ChangeKind.WORSE if less else ChangeKind.BETTER
    is_same = _known_share(before) == _known_share(after)
    return None if is_same and not any(lost_and_gained(before, after)) else ChangeKind.CHANGED


def _kind_of_step(was: Coverage, is_now: Coverage) -> ChangeKind:
    if Coverage.UNKNOWN in (was, is_now):
        return ChangeKind.ASSESSMENT
    if Coverage.FULL in (was, is_now):
        return ChangeKind.OPENED if was is Coverage.FULL else ChangeKind.CLOSED
    return ChangeKind.WORSE if was is Coverage.PARTIAL else ChangeKind.BETTER


def _known_share(rating: Rating) -> tuple[object, ...] | None:
    # The order of a level's territories is no difference. Nor is it what a level calls them.
    return rating.share and (*rating.share[:4], frozenset(rating.share.missing))


def _covered(rating: Rating) -> tuple[bool, int]:
    # Whether all territories are covered in full, else how many. If no statement names territories, a full cell is
    # full everywhere, and of any other cell no territory is known to be full.
    share = rating.share
    if share is None:
        return (rating.coverage is Coverage.FULL, 0)
    is_all = rating.coverage is Coverage.FULL and not share.unknown
    return (is_all, 0 if is_all else share.covered)


def _cells(before: Matrix, after: Matrix) -> Iterator[Cell]:
    seen = dict.fromkeys(rating.cell for rating in after)
    seen |= dict.fromkeys(rating.cell for rating in before)
    return iter(seen)


def _not_there(cell: Cell) -> Rating:
    return Rating(cell, Coverage.UNKNOWN)


class _WidenedFinder:
    """Finds statements that named territories before and no longer name any.

    A statement without ``territories`` means everywhere. Leaving them out is the mistake that falsifies a matrix most
    easily: it may close a gap although nothing was added.
    """

    def __init__(self, before: Matrix, after: Matrix) -> None:
        self._before, self._after = before, after
        self._earlier = _earlier(before.dataset, after.dataset)
        self._now = after.dataset.instruments_by_id

    def find(self, rating: Rating) -> Widened:
        """Name the statements of a *rating* of the later matrix that lost their territories, in file order."""
        cell = rating.cell
        widened: list[str | None] = [
            id_
            for id_ in rating.instruments
            if id_ in self._earlier and self._is_wider(cell, self._earlier[id_], self._now[id_])
        ]
        if not self._after.query.kinds:
            widened += [None] if self._is_wider(cell, None, None) else []
        return tuple(widened)

    def _is_wider(self, cell: Cell, before: Instrument | None, after: Instrument | None) -> bool:
        # Compares what is in force on the later day; if nothing of the earlier dataset is, all of it.
        earlier = _stated(self._before.dataset, cell, before)
        in_force = statements_in_force(earlier, self._after.query, before)
        earlier = [statement for _, statement in in_force] or earlier
        later = statements_in_force(
            _stated(self._after.dataset, cell, after), self._after.query, after
        )
        was_located = all(statement.territories is not None for statement in earlier)
        is_everywhere = any(statement.territories is None for _, statement in later)
        return bool(earlier) and was_located and is_everywhere


def _stated(dataset: Dataset, cell: Cell, instrument: Instrument | None) -> Sequence[Statement]:
    if instrument is None:
        return dataset.observations.get(cell, ())
    return instrument.covers.get(cell, ())


def _earlier(before: Dataset, after: Dataset) -> dict[str, Instrument]:
    # The earlier version of each instrument of *after*: by id, else by name if the earlier id no longer exists.
    by_id = before.instruments_by_id
    ids = {instrument.id for instrument in after.instruments}
    gone = {
        instrument.name: instrument
        for instrument in before.instruments
        if instrument.id not in ids
    }
    renamed = {
        instrument.id: gone[instrument.name]
        for instrument in after.instruments
        if instrument.id not in by_id and instrument.name in gone
    }
    return by_id | renamed
