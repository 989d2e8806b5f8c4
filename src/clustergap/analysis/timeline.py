"""Coverage over the years: the days on which cells change, and why, and the spans between them."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from clustergap.analysis.caveats import Caveats, count_undated, undated_statements
from clustergap.analysis.cell_state import CellState
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import (
    CellChange,
    Matrix,
    Summary,
    compare_ratings,
    followed_states,
    summarise,
)
from clustergap.analysis.statement_events import (
    DAY,
    EventKind,
    StatementEvent,
    Subject,
    commitment_ends,
    events_by_day,
)
from clustergap.model.cell import Cell
from clustergap.model.dates import months_later
from clustergap.model.query import WITHIN, Query

Progress = Callable[[int, int], None]
"""Called with the amount done and the total."""


class Cause(NamedTuple):
    """What happens on a day: what begins or ends, with the cells that change because of it, and what stops committing.

    ``instrument`` is an id, None for an observation; ``ends_with`` the id of the one from which it has its last day.
    """

    instrument: str | None
    kind: EventKind
    subject: Subject
    cells: tuple[Cell, ...]
    ends_with: str | None


class Event(NamedTuple):
    """A day on which cells change compared to the day before, or instruments stop committing; all in file order.

    What stops committing comes last in ``because``, which is not empty. ``then`` counts all cells that are shown, as they are on that day.
    """

    date: date
    because: tuple[Cause, ...]
    changes: tuple[CellChange, ...]
    then: Summary


class Span(NamedTuple):
    """Consecutive days on which a cell has the same coverage and the same number of unknown units.

    ``starts`` is None for the first span. ``is_seen``: it may have begun before, as only days on which somebody saw
    something in force begin it.
    """

    starts: date | None
    coverage: Coverage
    unknown: int
    is_seen: bool = False


def _span(starts: date | None, rating: Rating) -> Span:
    return Span(starts, rating.coverage, rating.share.unknown if rating.share else 0)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days on which the cells that a query shows change, or what serves them stops committing.

    Attributes:
        begins: The matrix on the day before the first day.
        query: The query, without a day.
        first: The first day; None: the first in the data.
        last: The last day; None: the last in the data.
        events: These days, in order of time.
        caveats: What a reader must know of the day before the first day, and of the last one.
    """

    begins: Matrix
    query: Query
    first: date | None
    last: date | None
    events: tuple[Event, ...]
    caveats: Caveats

    def spans(self) -> Mapping[Cell, tuple[Span, ...]]:
        """Return the spans of every cell that is shown, in order of time."""
        spans = {rating.cell: [_span(None, rating)] for rating in self.begins}
        for event in self.events:
            begun = {
                cell
                for cause in event.because
                if cause.kind is not EventKind.SEEN
                for cell in cause.cells
            }
            for change in event.changes:
                last, span = spans[change.cell][-1], _span(event.date, change.after)
                if span[1:3] != last[1:3]:
                    spans[change.cell].append(span._replace(is_seen=change.cell not in begun))
        return {cell: tuple(row) for cell, row in spans.items()}


def build_timeline(
    matrix: Matrix,
    first: date | None = None,
    last: date | None = None,
    progress: Progress | None = None,
) -> Timeline:
    """Follow the cells of a matrix through time.

    A cell is rated again only on the first day of each of its statements and on the day after its last day: the time
    is linear in the statements and in the days on which each cell is touched.

    Args:
        matrix: A matrix under the query, on any day, that shows the cells to follow.
        first: The first day to look at; None: the first in the data.
        last: The last day to look at; None: the last in the data.
        progress: Called after each day.
    """
    dataset, timeless = matrix.dataset, dataclasses.replace(matrix.query, as_of=None)
    events = events_by_day(dataset, timeless)
    stops = commitment_ends(matrix)
    known_days = events.keys() | stops.keys()
    days = sorted(day for day in known_days if (first or day) <= day <= (last or day))
    known = [day for day in (min(known_days, default=None), last) if day is not None]
    eve = _eve(first or min(known, default=dataset.as_of))
    query = dataclasses.replace(timeless, as_of=eve)
    states = followed_states(dataset, query)
    open_ended = tuple(undated_statements(dataset, timeless)) if dataset.as_of else ()
    undated = count_undated(dataset, eve, open_ended, states)
    ratings = {cell: _with_names(state.rate()) for cell, state in states.items()}
    begins = dataclasses.replace(matrix, query=query, ratings=ratings, undated=undated)
    sweep, happening = _Sweep(states, begins), list[Event]()
    for number, day in enumerate(days, 1):
        happening += sweep.advance(day, events.get(day, ()), stops.get(day, ()))
        if progress is not None:
            progress(number, len(days))
    end = dataclasses.replace(timeless, as_of=last or (days[-1] if days else None))
    undated = count_undated(dataset, end.as_of, open_ended, states)
    ends = dataclasses.replace(begins, query=end, undated=undated)
    caveats = _caveats_between(begins.caveats(), ends.caveats())
    return Timeline(begins, timeless, first, last, tuple(happening), caveats)


def find_next_loss(matrix: Matrix) -> Event | None:
    """Return the first day soon after that of a matrix on which something ends and a cell that is shown is covered less."""
    day = matrix.query.as_of
    if day is None or day == date.max:
        return None
    return next_loss(build_timeline(matrix, day + DAY, months_later(day, WITHIN)), day)


def next_loss(timeline: Timeline, day: date | None) -> Event | None:
    """Return the first day soon after a day on which something ends and a cell is covered less; None without a day."""
    if day is None:
        return None
    soon = (event for event in timeline.events if day < event.date <= months_later(day, WITHIN))
    return next(filter(_is_loss, soon), None)


def _is_loss(event: Event) -> bool:
    """Tell whether something ends on a day and a cell is covered less, or is no longer known."""
    ends = any(cause.kind is EventKind.ENDS for cause in event.because)
    return ends and any(change.is_loss for change in event.changes)


def _caveats_between(first: Caveats, last: Caveats) -> Caveats:
    # What was first seen later is not left out: it comes in the course of time.
    seen_later = None if first.no_first_day is None else 0
    return Caveats(first.no_first_day, seen_later, last.no_last_day, last.data_as_of)


def _with_names(rating: Rating) -> Rating:
    return rating._replace(instruments=tuple(rating.instruments))


class _Sweep:
    """The ratings of the cells that are shown, on the day that has been reached."""

    def __init__(self, states: Mapping[Cell, CellState], begins: Matrix) -> None:
        self.states = states
        self.ratings = {rating.cell: states[rating.cell].rate() for rating in begins}
        self.order = {cell: n for n, cell in enumerate(self.ratings)}
        self.counts = Counter(rating.coverage for rating in begins)

    def advance(
        self, day: date, events: Iterable[StatementEvent], stops: Iterable[str]
    ) -> Iterator[Event]:
        """Go on to a day by applying the events on it; yield an event if a cell changes, or instruments stop committing.

        Args:
            day: The day.
            events: What begins or ends on it.
            stops: Ids of the instruments that take no new commitments from this day on.
        """
        followed = [event for event in events if event.cell in self.order]
        for event in followed:
            event.apply(self.states[event.cell])
        touched = sorted({event.cell for event in followed}, key=self.order.__getitem__)
        changes = tuple(filter(None, map(self._rate, touched)))
        stopping = tuple(
            Cause(id_, EventKind.STOPS_COMMITTING, Subject.INSTRUMENT, (), None) for id_ in stops
        )
        if changes or stopping:
            causes = (*self._causes(followed, changes), *stopping)
            yield Event(day, causes, changes, summarise(self.counts))

    def _rate(self, cell: Cell) -> CellChange | None:
        before, after = self.ratings[cell], self.states[cell].rate()
        self.ratings[cell] = after
        self.counts[before.coverage] -= 1
        self.counts[after.coverage] += 1
        return compare_ratings(before, after)

    def _causes(
        self, events: Iterable[StatementEvent], changes: Iterable[CellChange]
    ) -> tuple[Cause, ...]:
        changed = dict.fromkeys(change.cell for change in changes)
        reaching = [event for event in events if event.cell in changed and self._reaches(event)]
        # A statement about no unit that is shown may still change the cell, as it names territories.
        unexplained = changed.keys() - {event.cell for event in reaching}
        reaching += [event for event in events if event.cell in unexplained]
        # Grouped by what happens, so that a programme that ends in five cells is named once.
        cells: dict[tuple[int, EventKind, Subject, str | None, str | None], set[Cell]]
        cells = defaultdict(set)
        for event in reaching:
            cause = event.place, event.kind, event.subject, event.instrument, event.ends_with
            cells[cause].add(event.cell)
        return tuple(
            Cause(
                id_, kind, subject, tuple(sorted(own_cells, key=self.order.__getitem__)), ends_with
            )
            for (_, kind, subject, id_, ends_with), own_cells in sorted(
                cells.items(), key=lambda row: row[0][0]
            )
        )

    def _reaches(self, event: StatementEvent) -> bool:
        return self.states[event.cell].reaches(event.statement)


def _eve(day: date | None) -> date:
    # If nothing has a date, any day will do. No day is before date.min.
    return day - DAY if day is not None and day > date.min else date.min
