"""Places side by side: every cell asked of each of them, what differs between two, and one cell on several days.

What is said of a place is what the matrix says under a query for it. The statements are added up once, for all places.
"""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from clustergap.analysis.caveats import (
    Caveats,
    Undated,
    caveats_of,
    count_undated,
    undated_statements,
)
from clustergap.analysis.cell_state import CellState
from clustergap.analysis.counting import CountedStatement
from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.analysis.matrix import Matrix, cell_states, matrix_of
from clustergap.analysis.units import LevelUnits, units_by_level
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level
from clustergap.model.query import Query
from clustergap.model.statement import Extent, Statement

_PAIR = 2


class ComparedPlace(NamedTuple):
    """A place that is compared.

    Attributes:
        id: Its code, or the id of a group.
        name: Its name; its code stands beside it if another has the same, or its letters are not Latin.
        members: The codes of a group's places; None: it is no group.
    """

    id: str
    name: str
    members: tuple[str, ...] | None = None


class Within(NamedTuple):
    """How a place without coverage at one level is covered at a narrower one, where competence may lie.

    ``is_itself``: the place is a single territory of the narrower level.
    """

    level: Level
    share: Share
    is_itself: bool


class PlaceRating(NamedTuple):
    """A cell asked of one place.

    Attributes:
        rating: What the matrix says of the cell under a query for the place.
        own: Ids of the instruments of which a statement names the place, or what it lies in or consists of.
        somewhere: Ids of those that cover somewhere, but never say where.
        within: How it is covered at a narrower level, if nothing is known to cover it at this one.
        members: A group's places that have a territory at the level, or all if it lists none, by how they are covered; None: the
            place is no group.
    """

    rating: Rating
    own: tuple[str, ...]
    somewhere: tuple[str, ...]
    within: Within | None
    members: Mapping[Coverage, tuple[str, ...]] | None

    @property
    def for_all(self) -> tuple[str, ...]:
        """Ids of the others, which cover everywhere, or everywhere but in some places."""
        others = {*self.own, *self.somewhere}
        return tuple(id_ for id_ in self.rating.instruments if id_ not in others)


@dataclass(frozen=True, slots=True)
class PlaceComparison:
    """The cells of a matrix, each asked of several places.

    Attributes:
        matrix: The matrix without a place, which shows these roles and levels.
        places: The places, in the order in which they were named.
        ratings: For each cell that is shown one rating a place.
        caveats: What a reader must know of all of these, if they are asked for another day than the data's own.
        only_own: Only what names places counts.
    """

    matrix: Matrix
    places: tuple[ComparedPlace, ...]
    ratings: Mapping[Cell, tuple[PlaceRating, ...]]
    caveats: Caveats
    only_own: bool

    @property
    def is_pair(self) -> bool:
        """Whether two places are compared, of which it can be said what one has and the other has not."""
        return len(self.places) == _PAIR

    def of_place(self, index: int) -> Iterator[PlaceRating]:
        """Walk through the cells of one place, by role, then level."""
        return (row[index] for row in self.ratings.values())

    def every_rating(self) -> Iterator[PlaceRating]:
        """Walk through all cells of all places, by role, then level, then place."""
        return chain.from_iterable(self.ratings.values())

    def of_cell(self) -> tuple[PlaceRating, ...]:
        """Return the ratings of the one cell that is shown, one a place."""
        (ratings,) = self.ratings.values()
        return ratings


def compare_places(
    dataset: Dataset,
    query: Query,
    places: Sequence[str],
    shown: tuple[Collection[str], Collection[str]] = ((), ()),
    *,
    only_own: bool = False,
) -> PlaceComparison:
    """Ask every cell of each place.

    Args:
        dataset: A dataset without errors.
        query: What counts; it has no place.
        places: Codes of territories, and ids of groups; one may stand there twice.
        shown: Ids of the roles and of the levels to show; none: all roles, and the levels that have territories, if any.
        only_own: Only statements that name places count, those of what is missing, and those that leave open where.

    Returns:
        A comparison of which each rating equals that of ``build_matrix`` under a query for the place, if all statements count.
    """
    query = dataclasses.replace(query, as_of=query.as_of or dataset.as_of)
    units = units_by_level(dataset, None)

    def covers_everywhere(cell: Cell, statement: Statement) -> bool:
        return _is_for_all(statement, units[cell.level])

    states = cell_states(dataset, query, covers_everywhere if only_own else None)
    roles, levels = shown
    located = [level.id for level in dataset.levels if level.units]
    matrix = matrix_of(states, dataset, query).select(roles, levels or located)
    compared = _compared_places(dataset, places)
    views = {level.id: _LevelView(dataset, level, units, compared) for level in matrix.levels}
    in_places: dict[Cell, list[CellState]] = {}
    ratings: dict[Cell, tuple[PlaceRating, ...]] = {}
    for cell in (rating.cell for rating in matrix):
        view = views[cell.level]
        in_places[cell] = list(view.narrow(states[cell]))
        ratings[cell] = tuple(view.rate(cell.role, states, in_places[cell]))
    undated = (
        said
        for said in undated_statements(dataset, query)
        if said.cell in in_places
        if not (only_own and covers_everywhere(said.cell, said.statement))
    )
    caveats = _caveats(dataset, query.as_of, undated, in_places)
    return PlaceComparison(matrix, compared, ratings, caveats, only_own)


def _is_for_all(statement: Statement, units: LevelUnits) -> bool:
    """Tell whether a statement covers everywhere, or everywhere but in some places: it names none that it covers."""
    covers = statement.extent is not Extent.NONE
    return covers and not statement.names_places and not units.says_not_where(statement)


def _compared_places(dataset: Dataset, ids: Sequence[str]) -> tuple[ComparedPlace, ...]:
    groups = dataset.groups_by_id
    names = {id_: dataset.place_names.get(id_, id_) for id_ in ids}
    bearers = Counter(names[id_] for id_ in dict.fromkeys(ids))
    return tuple(
        ComparedPlace(
            id_,
            f"{names[id_]} ({id_})" if bearers[names[id_]] > 1 else names[id_],
            groups[id_].territories if id_ in groups else None,
        )
        for id_ in ids
    )


class _LevelView:
    """The places at one level: which of its units each selects, and which units of narrower levels lie in it."""

    def __init__(
        self,
        dataset: Dataset,
        level: Level,
        units: Mapping[str, LevelUnits],
        places: Sequence[ComparedPlace],
    ) -> None:
        self._level, self._units, self._places = level, units[level.id], places
        self._selections = [self._units.narrowed(place.id) for place in places]
        self._members = [
            {code: self._units.narrowed(code).selected for code in place.members or ()}
            for place in places
        ]
        after = dataset.levels[dataset.levels.index(level) + 1 :]
        self._narrower = [(each, units[each.id]) for each in after]

    def narrow(self, state: CellState) -> Iterator[CellState]:
        """Return the state of a cell in each place."""
        for units in self._selections:
            in_place = copy(state)
            in_place.select(units)
            yield in_place

    def rate(
        self, role: str, states: Mapping[Cell, CellState], in_places: Sequence[CellState]
    ) -> Iterator[PlaceRating]:
        """Rate a role in each place.

        Args:
            role: The role's id.
            states: The states of all cells, everywhere.
            in_places: The states of the role's cell at this level in each place.
        """
        whole = states[Cell(role, self._level.id)]
        rows = zip(self._places, self._members, in_places, strict=True)
        for place, masks, state in rows:
            rating = state.rate()
            is_empty = rating.coverage in (Coverage.NONE, Coverage.UNKNOWN)
            within = self._within(place, role, states) if is_empty else None
            members = None if place.members is None else _by_coverage(whole, masks)
            own, somewhere = state.own_instruments(), state.instruments_somewhere()
            yield PlaceRating(rating, own, somewhere, within, members)

    def _within(
        self, place: ComparedPlace, role: str, states: Mapping[Cell, CellState]
    ) -> Within | None:
        for level, units in self._narrower:
            inside = units.named(place.id)
            share = states[Cell(role, level.id)].share_of(inside)
            if share.covered or share.partial:
                return Within(level, share, units.codes_of(inside) == (place.id,))
        return None


def _by_coverage(state: CellState, masks: Mapping[str, int]) -> Mapping[Coverage, tuple[str, ...]]:
    there = {code: units for code, units in masks.items() if units}
    found: defaultdict[Coverage, list[str]] = defaultdict(list)
    for code, coverage in zip(there, state.rate_places(there.values()), strict=True):
        found[coverage].append(code)
    return {coverage: tuple(found[coverage]) for coverage in _BEST_FIRST if coverage in found}


_BEST_FIRST = (Coverage.FULL, Coverage.PARTIAL, Coverage.NONE, Coverage.UNKNOWN)


def _caveats(
    dataset: Dataset,
    asked: date | None,
    statements: Iterable[CountedStatement],
    states: Mapping[Cell, Sequence[CellState]],
) -> Caveats:
    # A statement behind the cells of several places counts once.
    judges = {cell: _AnyState(in_places) for cell, in_places in states.items()}
    counted = count_undated(dataset, asked, statements, judges).values()
    sums = [sum(numbers) for numbers in zip(Undated(), *counted, strict=True)]
    return caveats_of(dataset, asked, Undated(*sums))


class _AnyState(NamedTuple):
    """The states of one cell in several places: what matters in one of them matters."""

    states: Sequence[CellState]

    def depends_on(self, statement: Statement) -> bool:
        return any(state.depends_on(statement) for state in self.states)

    def reaches(self, statement: Statement) -> bool:
        return any(state.reaches(statement) for state in self.states)


# One cell on several days


@dataclass(frozen=True, slots=True)
class PlacesOverTime:
    """One cell asked of several places on several days.

    Attributes:
        query: What counts, on any day.
        days: The days, in order of time; at least one.
        comparisons: For each day what is said then of the cell in every place, with the caveats of that day.
    """

    query: Query
    days: tuple[date, ...]
    comparisons: tuple[PlaceComparison, ...]

    @property
    def matrix(self) -> Matrix:
        """The matrix without a place on the first day, which shows the cell alone."""
        return self.comparisons[0].matrix

    @property
    def cell(self) -> Cell:
        """The cell."""
        (cell,) = self.comparisons[0].ratings
        return cell

    @property
    def places(self) -> tuple[ComparedPlace, ...]:
        """The places, in the order in which they were named."""
        return self.comparisons[0].places

    @property
    def only_own(self) -> bool:
        """Only what names places counts."""
        return self.comparisons[0].only_own

    def every_rating(self) -> Iterator[PlaceRating]:
        """Walk through the cell in all places on all days, by day, then place."""
        return chain.from_iterable(each.of_cell() for each in self.comparisons)

    def by_place(self) -> Iterator[tuple[ComparedPlace, tuple[PlaceRating, ...]]]:
        """Walk through the places, each with its ratings, one a day."""
        ratings = zip(*(each.of_cell() for each in self.comparisons), strict=True)
        return zip(self.places, ratings, strict=True)


def compare_over(
    dataset: Dataset,
    query: Query,
    places: Sequence[str],
    asked: tuple[Cell, Collection[date]],
    *,
    only_own: bool = False,
) -> PlacesOverTime:
    """Ask one cell of each place on each day, as ``compare_places`` does on its day.

    Args:
        dataset: A dataset without errors.
        query: What counts; its day is ignored.
        places: Codes of territories, and ids of groups.
        asked: The cell, and at least one day, in any order.
        only_own: Only what names places counts.
    """
    cell, days = asked
    in_order, shown = tuple(sorted(days)), ((cell.role,), (cell.level,))
    timeless = dataclasses.replace(query, as_of=None)
    comparisons = (
        compare_places(
            dataset, dataclasses.replace(query, as_of=day), places, shown, only_own=only_own
        )
        for day in in_order
    )
    return PlacesOverTime(timeless, in_order, tuple(comparisons))
