"""Every state that a reader may ask for: each cell on each day on which something changes, for each kind of instrument."""

import dataclasses
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from clustergap.analysis.coverage import CellState, Rating
from clustergap.analysis.evidence import Evidence, evidence_for
from clustergap.analysis.matrix import Matrix, cell_states, why_not_counted
from clustergap.analysis.places import Coverages, Places, raters_by_level
from clustergap.analysis.turns import DAY, turns_by_day
from clustergap.model.cell import Cell
from clustergap.model.query import Query

Progress = Callable[[int, int], None]
"""Told of how much is done, of how much."""


class State(NamedTuple):
    """How a cell is covered, what the SWOT says of it then, and how it is covered in each of its level's places.

    ``is_observed``: whether an observation counts. ``units`` and ``countries`` hold one coverage a place, as ``--in`` that place would rate the cell.
    """

    rating: Rating
    is_observed: bool
    evidence: tuple[Evidence, ...]
    units: Coverages
    countries: Coverages


class Span(NamedTuple):
    """The state of a cell from a stop on, up to the next span's stop."""

    stop: int
    state: State


Spans = Mapping[Cell, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class States:
    """The states of the cells of the roles that are shown, at all levels.

    Attributes:
        matrix: The state to begin with.
        stops: The days in order of time: the day before the first change, those on which a cell that is shown
            changes, and the matrix' own. None comes first, where the matrix ignores dates.
        kinds: Ids of the kinds of instruments by which the question can be narrowed; first None: not narrowed.
        spans: Of each kind, in their order.
        places: Of each level, by its id.
    """

    matrix: Matrix
    stops: tuple[date | None, ...]
    kinds: tuple[str | None, ...]
    spans: tuple[Spans, ...]
    places: Mapping[str, Places]

    @property
    def start(self) -> int:
        """The stop of the matrix' own day."""
        return self.stops.index(self.matrix.query.as_of)

    def at(self, kind: int, stop: int, cell: Cell) -> State:
        """Look up how a cell is covered; *kind* and *stop* are indices."""
        spans = self.spans[kind][cell]
        return spans[bisect_left(spans, stop + 1, key=lambda span: span.stop) - 1].state


def build_states(shown: Matrix, progress: Progress | None = None) -> States:
    """Rate every state of the cells that a matrix shows.

    As in a timeline, a cell is rated again only on the days on which one of its statements begins or has ended: the time
    is linear in the statements, however many days and kinds there are.

    Args:
        shown: A matrix under the question, with the cells to look at.
        progress: Told after each kind.
    """
    kinds = _kinds(shown)
    surveyor = _Surveyor(shown)
    histories = []
    for number, kind in enumerate(kinds, 1):
        narrowed = (kind,) if kind is not None else shown.query.kinds
        histories.append(surveyor.follow(dataclasses.replace(shown.query, kinds=narrowed)))
        if progress is not None:
            progress(number, len(kinds))
    stops = _stops(shown, histories)
    spans = tuple(
        {cell: tuple(_spans(days, stops)) for cell, days in history.items()}
        for history in histories
    )
    places = {level: rater.places for level, rater in surveyor.raters.items()}
    return States(shown, stops, kinds, spans, places)


_History = Mapping[Cell, Mapping[date | None, State]]
"""The states of each cell by the day from which they hold; None: dates ignored, date.min: before all days."""


class _Surveyor:
    """Follows the cells of the roles that are shown through time, under one query after another."""

    def __init__(self, shown: Matrix) -> None:
        self.dataset = shown.dataset
        self.roles = {role.id for role in shown.roles}
        self.raters = raters_by_level(shown.dataset, shown.query.place)
        items = (item for rows in shown.dataset.swot.values() for item in rows)
        self.named = {id_ for item in items for id_ in item.instruments}
        self.evidence: dict[tuple[Cell, tuple[str, ...]], tuple[Evidence, ...]] = {}

    def follow(self, query: Query) -> _History:
        """Rate the cells before all days, and on each day on which they change."""
        history: dict[Cell, dict[date | None, State]] = defaultdict(dict)
        timeless = dataclasses.replace(query, as_of=None)
        if query.as_of is None:
            self.note(history, None, cell_states(self.dataset, timeless))
        tallies = cell_states(self.dataset, dataclasses.replace(query, as_of=date.min))
        self.note(history, date.min, tallies)
        for day, turns in sorted(turns_by_day(self.dataset, timeless).items()):
            for turn in turns:
                turn.apply(tallies[turn.cell])
            self.note(history, day, {turn.cell: tallies[turn.cell] for turn in turns})
        return history

    def note(
        self,
        history: dict[Cell, dict[date | None, State]],
        day: date | None,
        tallies: Mapping[Cell, CellState],
    ) -> None:
        """Note down the state of cells, where it is another than before."""
        for cell, tally in tallies.items():
            if cell.role in self.roles:
                states, state = history[cell], self.state(cell, tally)
                last = next(reversed(states), None)
                if last is None or state != states[last]:
                    states[day] = state

    def state(self, cell: Cell, tally: CellState) -> State:
        """Rate a cell, the whole and place by place."""
        rating = tally.rate()
        evidence = self.evidence_of(cell, rating.instruments)
        return State(rating, tally.is_observed, evidence, *self.raters[cell.level].rate(tally))

    def evidence_of(self, cell: Cell, instruments: tuple[str, ...]) -> tuple[Evidence, ...]:
        """Return what the SWOT says, looked up once for all states with the same instruments that it names."""
        named = tuple([id_ for id_ in instruments if id_ in self.named])
        if (cell, named) not in self.evidence:
            self.evidence[cell, named] = evidence_for(self.dataset, cell, named)
        return self.evidence[cell, named]


def _kinds(shown: Matrix) -> tuple[str | None, ...]:
    # Only those by which something is left to see, in the order of the vocabulary, or else of the file.
    query = dataclasses.replace(shown.query, as_of=None)
    used = {
        one.kind: None
        for one in shown.dataset.instruments
        if one.kind and one.covers and not why_not_counted(one, query)
    }
    known = [kind.id for kind in shown.dataset.kinds if kind.id in used] or list(used)
    return (None, *known) if len(known) > 1 else (None,)


def _stops(shown: Matrix, histories: list[_History]) -> tuple[date | None, ...]:
    cells = {rating.cell for rating in shown}
    changes = {
        day
        for history in histories
        for cell, states in history.items()
        if cell in cells
        for day in states
        if day is not None and day > date.min
    }
    eve = {min(changes) - DAY} if changes else set()
    own = shown.query.as_of
    if own is None:
        return None, *sorted(changes | eve)
    return tuple(sorted({own} | changes | eve))


def _spans(days: Mapping[date | None, State], stops: tuple[date | None, ...]) -> Iterator[Span]:
    dated = [stop for stop in stops if stop is not None]
    undated = len(stops) - len(dated)
    at: dict[int, State] = {}
    for day, state in days.items():
        at[0 if day is None else undated + bisect_left(dated, day)] = state
    for stop, state in at.items():
        if stop < len(stops):
            yield Span(stop, state)
