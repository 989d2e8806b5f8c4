"""What a reader must know of an answer for another day than the data's own: how many statements have no first or last day.

A matrix counts them for its day; for the gap map they are followed through time.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from clustergap.analysis.cell_state import CellState
from clustergap.analysis.counting import CountedStatement, Period, counted_statements, period_of
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.model.statement import Statement


class Undated(NamedTuple):
    """How many of the statements behind a cell have no first day, are first seen later, have no last day."""

    no_first_day: int = 0
    seen_later: int = 0
    no_last_day: int = 0


class Caveats(NamedTuple):
    """What a reader must know of an answer for another day than the data's own; all None on that day.

    Attributes:
        no_first_day: Asked for an earlier day: how many statements behind the answer have no first day.
        seen_later: Asked for an earlier day: how many statements do not count only because they were first seen later.
        no_last_day: Asked for a later day: how many statements behind the answer have no last day.
        data_as_of: Asked for a later day: the day of the data.
    """

    no_first_day: int | None = None
    seen_later: int | None = None
    no_last_day: int | None = None
    data_as_of: date | None = None


def caveats_of(dataset: Dataset, asked: date | None, undated: Undated) -> Caveats:
    """Say what a reader must know of an answer for a day, behind which so many statements are undated."""
    own = dataset.as_of
    if own is None or asked is None or own == asked:
        return Caveats()
    if asked < own:
        return Caveats(undated.no_first_day, undated.seen_later)
    return Caveats(no_last_day=undated.no_last_day, data_as_of=own)


def undated_statements(dataset: Dataset, query: Query) -> Iterator[CountedStatement]:
    """Walk through the statements that a *query* counts of which nobody knows the first or the last day: mostly few."""
    return (
        counted
        for counted in counted_statements(dataset, query)
        if _first_day(counted) is None or _last_day(counted, dataset) is None
    )


def _first_day(counted: CountedStatement) -> date | None:
    # That somebody saw it says nothing of when it began.
    own, instrument = counted.statement.starts, counted.instrument
    return own or (instrument.starts if instrument else None)


def _last_day(counted: CountedStatement, dataset: Dataset) -> date | None:
    own, instrument = counted.statement.ends, counted.instrument
    return own or (dataset.relations.end_of(instrument) if instrument else None)


class Judge(Protocol):
    """What tells which statements matter to an answer, such as the state of a cell."""

    def depends_on(self, statement: Statement) -> bool:
        """Tell whether a statement is behind it."""

    def reaches(self, statement: Statement) -> bool:
        """Tell whether a statement concerns what is asked."""


def count_undated(
    dataset: Dataset,
    asked: date | None,
    statements: Iterable[CountedStatement],
    states: Mapping[Cell, Judge],
) -> Mapping[Cell, Undated]:
    """Count the *statements* behind each cell that have no first or last day; nothing on the data's own day."""
    own = dataset.as_of
    if own is None or asked is None or own == asked:
        return {}
    is_earlier, counts = asked < own, defaultdict[Cell, Counter[str]](Counter)
    for counted in statements:
        # Nearly all have the day that matters: neither are they open nor only seen.
        if (_first_day(counted) if is_earlier else _last_day(counted, dataset)) is not None:
            continue
        _, _, instrument, cell, statement = counted
        period, state = period_of(dataset, instrument, statement), states[cell]
        if period.holds(asked):
            is_open = period.starts is None if is_earlier else period.ends is None
            if is_open and state.depends_on(statement):
                counts[cell]["no_first_day" if is_earlier else "no_last_day"] += 1
        elif is_earlier and period.is_seen and period._replace(starts=None).holds(asked):
            counts[cell]["seen_later"] += state.reaches(statement)
    return {cell: Undated(**counted) for cell, counted in counts.items()}


# Over time


class _Alike(NamedTuple):
    """Whether a statement rates a unit, says that its list may not be whole, and names territories.

    A rating depends on all statements that are alike in this, or on none of them.
    """

    is_rating: bool
    at_least: bool
    is_located: bool


class _OpenStatements:
    """How many of the statements in force about one cell have no first, or no last day."""

    __slots__ = ("_counts", "_state")

    def __init__(self, state: CellState) -> None:
        self._state = state
        self._counts: dict[_Alike, tuple[Statement, int, int]] = {}

    def count(self, statement: Statement, period: Period, step: int) -> None:
        """Count a statement once more (a step of 1), or once less (-1)."""
        is_located = statement.territories is not None
        key = _Alike(bool(self._state.rated_by(statement)), statement.at_least, is_located)
        _, first, last = self._counts.get(key, (statement, 0, 0))
        first += step * (period.starts is None)
        last += step * (period.ends is None)
        self._counts[key] = (statement, first, last)

    def behind_rating(self) -> tuple[int, int]:
        """Return how many of those on which the rating depends have no first, and how many no last day."""
        rows = [row[1:] for row in self._counts.values() if self._state.depends_on(row[0])]
        return sum(first for first, _ in rows), sum(last for _, last in rows)


StatementKey = tuple[Cell, int, int]
"""The cell of a statement, its instrument's place in file order, and its number among what that one says of the cell."""


class CaveatsOverTime:
    """The caveats of an answer on every day, as far as its statements have been followed.

    A cell is counted again only on the days on which one of its statements begins or has ended.

    Args:
        dataset: Without a day of its own it has no caveats, and nothing is counted.
        query: What counts, on any day.
        states: The states of the cells of the answer on the first of all days; others are ignored.
    """

    def __init__(self, dataset: Dataset, query: Query, states: Mapping[Cell, CellState]) -> None:
        self._dataset = dataset
        self._days, self._totals = [date.min], [(0, 0)]
        self._open: dict[Cell, _OpenStatements] = {}
        self._behind: dict[Cell, tuple[int, int]] = {}
        self._undated: dict[StatementKey, tuple[Statement, Period]] = {}
        # The days on which somebody first saw what has no first day.
        self._seen: list[date] = []
        if dataset.as_of is not None:
            self._open = {cell: _OpenStatements(state) for cell, state in states.items()}
            self._behind = dict.fromkeys(states, (0, 0))
            self._begin(query, states)

    def _begin(self, query: Query, states: Mapping[Cell, CellState]) -> None:
        for place, number, instrument, cell, statement in counted_statements(self._dataset, query):
            if cell not in self._open:
                continue
            period = period_of(self._dataset, instrument, statement)
            is_seen = period.is_seen and not period.is_empty
            if is_seen and period.starts and states[cell].reaches(statement):
                self._seen.append(period.starts)
            if period.starts is None or period.ends is None:
                self._undated[cell, place, number] = statement, period
                if period.holds(date.min):
                    self._open[cell].count(statement, period, 1)
        self._seen.sort()
        self._add_up(self._open)

    def advance(self, day: date, steps: Mapping[StatementKey, int]) -> None:
        """Go on to a day on which the states have changed.

        Args:
            day: The day.
            steps: 1 for each statement that begins on it, -1 for each that has ended.
        """
        for key, step in steps.items():
            if key in self._undated:
                self._open[key[0]].count(*self._undated[key], step)
        touched = dict.fromkeys(cell for cell, _, _ in steps if cell in self._open)
        if touched:
            self._days.append(day)
            self._totals.append(self._totals[-1])
            self._add_up(touched)

    def _add_up(self, cells: Iterable[Cell]) -> None:
        first, last = self._totals[-1]
        for cell in cells:
            was, now = self._behind[cell], self._open[cell].behind_rating()
            first, last = first + now[0] - was[0], last + now[1] - was[1]
            self._behind[cell] = now
        self._totals[-1] = first, last

    def at(self, day: date | None) -> Caveats:
        """Say what a reader must know of the answer for a day."""
        asked = day or date.min
        first, last = self._totals[bisect_right(self._days, asked) - 1]
        later = len(self._seen) - bisect_right(self._seen, asked)
        return caveats_of(self._dataset, day, Undated(first, later, last))
