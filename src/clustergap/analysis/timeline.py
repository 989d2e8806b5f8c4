"""Coverage over the years: the days on which statements begin and end, and on which cells change because of them."""

import dataclasses
import enum
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from clustergap.analysis.coverage import CellState, Coverage, Rating
from clustergap.analysis.matrix import (
    CellChange,
    Matrix,
    Summary,
    cell_states,
    compare_ratings,
    period_of,
    summarise,
    why_not_counted,
)
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Statement
from clustergap.model.query import Query

DAY = timedelta(days=1)

Progress = Callable[[int, int], None]
"""Called with the amount done and the total."""


class EventKind(enum.StrEnum):
    """What a statement does on a day. It ENDS on the first day on which it is no longer in force."""

    STARTS = "starts"
    ENDS = "ends"


class Subject(enum.StrEnum):
    """Whose date it is: the instrument's, that of one of its covers, or that of an observation."""

    INSTRUMENT = "instrument"
    COVER = "cover"
    OBSERVATION = "observation"


class StatementEvent(NamedTuple):
    """A statement that comes into force on a day, or is no longer in force.

    ``place`` is its instrument's in file order, ``number`` its own among what that one says of the cell;
    ``instrument`` an id, None for an observation, whose place comes after those of all instruments. ``ends_with`` is the
    id of the one from which the instrument has its last day.
    """

    place: int
    number: int
    kind: EventKind
    subject: Subject
    instrument: str | None
    cell: Cell
    statement: Statement
    ends_with: str | None = None

    def apply(self, state: CellState) -> None:
        """Add the statement to its cell's state, or remove it."""
        if self.kind is EventKind.STARTS:
            state.add(self.place, self.statement, self.instrument, self.number)
        else:
            state.remove(self.place, self.statement, self.number)


class Cause(NamedTuple):
    """Why cells change on a day: what begins or ends.

    ``instrument`` is an id, None for an observation; ``ends_with`` the id of the one from which it has its last day.
    """

    instrument: str | None
    kind: EventKind
    subject: Subject
    cells: tuple[Cell, ...]
    ends_with: str | None


class Event(NamedTuple):
    """A day on which cells change compared to the day before; causes and changes in file order.

    ``then`` counts all cells that are shown, as they are on that day.
    """

    date: date
    because: tuple[Cause, ...]
    changes: tuple[CellChange, ...]
    then: Summary


class Span(NamedTuple):
    """Consecutive days on which a cell has the same coverage and the same number of unknown units.

    ``starts`` is None for the first span.
    """

    starts: date | None
    coverage: Coverage
    unknown: int


def _span(starts: date | None, rating: Rating) -> Span:
    return Span(starts, rating.coverage, rating.share.unknown if rating.share else 0)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days on which the cells that a query shows change.

    Attributes:
        begins: The matrix on the day before the first day.
        query: The query, without a day.
        first: The first day; None: the first in the data.
        last: The last day; None: the last in the data.
        events: The days on which cells change, in order of time.
    """

    begins: Matrix
    query: Query
    first: date | None
    last: date | None
    events: tuple[Event, ...]

    def spans(self) -> Mapping[Cell, tuple[Span, ...]]:
        """Return the spans of every cell that is shown, in order of time."""
        spans = {rating.cell: [_span(None, rating)] for rating in self.begins}
        for event in self.events:
            for change in event.changes:
                last, span = spans[change.cell][-1], _span(event.date, change.after)
                if span._replace(starts=last.starts) != last:
                    spans[change.cell].append(span)
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
    days = sorted(day for day in events if (first or day) <= day <= (last or day))
    known = [day for day in (min(events, default=None), last) if day is not None]
    eve = _eve(first or min(known, default=dataset.as_of))
    query = dataclasses.replace(timeless, as_of=eve)
    states = cell_states(dataset, query)
    ratings = {cell: state.rate() for cell, state in states.items()}
    begins = dataclasses.replace(matrix, query=query, ratings=ratings)
    sweep, changes = _Sweep(states, begins), list[Event]()
    for number, day in enumerate(days, 1):
        changes += sweep.advance(day, events[day])
        if progress is not None:
            progress(number, len(days))
    return Timeline(begins, timeless, first, last, tuple(changes))


class _Sweep:
    """The ratings of the cells that are shown, on the day that has been reached."""

    def __init__(self, states: Mapping[Cell, CellState], begins: Matrix) -> None:
        self.states = states
        self.ratings = {rating.cell: rating for rating in begins}
        self.order = {cell: n for n, cell in enumerate(self.ratings)}
        self.counts = Counter(rating.coverage for rating in begins)

    def advance(self, day: date, events: Iterable[StatementEvent]) -> Iterator[Event]:
        """Go on to a day by applying the events on it; yield an event if a cell changes."""
        followed = [event for event in events if event.cell in self.order]
        for event in followed:
            event.apply(self.states[event.cell])
        touched = sorted({event.cell for event in followed}, key=self.order.__getitem__)
        changes = tuple(filter(None, map(self._rate, touched)))
        if changes:
            yield Event(day, self._causes(followed, changes), changes, summarise(self.counts))

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


def events_by_day(dataset: Dataset, query: Query) -> Mapping[date, Sequence[StatementEvent]]:
    """Return what begins and ends on each day, in file order; the days are not sorted.

    Args:
        dataset: A dataset without errors.
        query: What counts, on any day: its ``as_of`` is None.
    """
    events: dict[date, list[StatementEvent]] = defaultdict(list)
    relations = dataset.relations
    for place, number, instrument, cell, statement in _statements(dataset, query):
        starts, ends = period_of(dataset, instrument, statement)
        if starts and ends and ends < starts:
            continue  # it is never in force
        id_ = instrument.id if instrument else None
        # What is in force from date.min on never begins, and nothing comes after date.max.
        if starts is not None and starts > date.min:
            subject = _subject(instrument, is_its_own=starts == (instrument and instrument.starts))
            events[starts].append(
                StatementEvent(place, number, EventKind.STARTS, subject, id_, cell, statement)
            )
        if ends is not None and ends < date.max:
            last_day = instrument and relations.end_of(instrument)
            inherited = instrument and relations.inherited_end(instrument)
            subject = _subject(instrument, is_its_own=ends == last_day)
            ends_with = inherited.owner if inherited and ends == last_day else None
            events[ends + DAY].append(
                StatementEvent(
                    place, number, EventKind.ENDS, subject, id_, cell, statement, ends_with
                )
            )
    return dict(events)


def _statements(
    dataset: Dataset, query: Query
) -> Iterator[tuple[int, int, Instrument | None, Cell, Statement]]:
    for place, instrument in enumerate(dataset.instruments):
        if not why_not_counted(dataset, instrument, query):
            for cell, statements in instrument.covers.items():
                for number, statement in enumerate(statements):
                    yield place, number, instrument, cell, statement
    # An observation has no instrument: it has no kind, and is for all targets.
    if not query.kinds:
        for cell, statements in dataset.observations.items():
            for number, statement in enumerate(statements):
                yield len(dataset.instruments), number, None, cell, statement


def _subject(instrument: Instrument | None, *, is_its_own: bool) -> Subject:
    if instrument is None:
        return Subject.OBSERVATION
    return Subject.INSTRUMENT if is_its_own else Subject.COVER
