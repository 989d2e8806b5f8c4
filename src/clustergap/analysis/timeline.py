"""Coverage over the years: every day on which a cell changes, and because of what."""

import dataclasses
import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from clustergap.analysis.compare import Change, compare_ratings
from clustergap.analysis.counting import observation_counts, period_of, why_not_counted
from clustergap.analysis.matrix import Matrix, tally_up
from clustergap.analysis.tally import Tally
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Statement
from clustergap.model.query import Query

Progress = Callable[[int, int], None]
"""Told of how many days are done, of how many."""

_DAY = timedelta(days=1)


class What(enum.StrEnum):
    """What an instrument or a statement does on a day: ENDS is told of the first day on which it no longer holds."""

    STARTS = "starts"
    ENDS = "ends"


class Whose(enum.StrEnum):
    """Whose date it is: the instrument's, that of one of its covers, or that of an observation."""

    INSTRUMENT = "instrument"
    COVER = "cover"
    OBSERVATION = "observation"


class Cause(NamedTuple):
    """Why cells change on a day. ``instrument`` is an id, None for an observation."""

    instrument: str | None
    what: What
    whose: Whose
    cells: tuple[Cell, ...]


class Event(NamedTuple):
    """A day on which cells change, against the day before; causes and changes in file order."""

    date: date
    because: tuple[Cause, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days on which the cells that a query shows change.

    Attributes:
        query: The question; it has no day of its own.
        begins: How the cells are on the day before the first one that is looked at.
        first: The first day that is looked at; None: the first in the data.
        last: The last day that is looked at; None: the last in the data.
        events: In the order of time.
    """

    query: Query
    begins: Matrix
    first: date | None
    last: date | None
    events: tuple[Event, ...]


class _Turn(NamedTuple):
    """A statement that begins to hold on a day, or no longer holds; ``place`` is its own in file order."""

    place: int
    what: What
    whose: Whose
    instrument: str | None
    cell: Cell
    statement: Statement


def build_timeline(
    shown: Matrix,
    first: date | None = None,
    last: date | None = None,
    progress: Progress | None = None,
) -> Timeline:
    """Follow the cells of a matrix through time.

    A cell is rated again on the first day of each of its statements and on the day after its last one, and
    on no other: the time is linear in the statements and in the days on which each cell is touched.

    Args:
        shown: A matrix under the question, on whatever day, of the cells to follow.
        first: The first day to look at; None: the first in the data.
        last: The last day to look at; None: the last in the data.
        progress: Told after each day.
    """
    dataset, timeless = shown.dataset, dataclasses.replace(shown.query, as_of=None)
    turns = _turns_by_day(dataset, timeless)
    days = sorted(day for day in turns if (first or day) <= day <= (last or day))
    eve = _eve(first or min(turns, default=None) or dataset.as_of)
    query = dataclasses.replace(timeless, as_of=eve)
    tallies = tally_up(dataset, query)
    ratings = {cell: tally.rate() for cell, tally in tallies.items()}
    begins = dataclasses.replace(shown, query=query, ratings=ratings)
    sweep, events = _Sweep(tallies, begins), list[Event]()
    for number, day in enumerate(days, 1):
        events += sweep.reach(day, turns[day])
        if progress is not None:
            progress(number, len(days))
    return Timeline(timeless, begins, first, last, tuple(events))


class _Sweep:
    """The cells that are shown, on the day that has been reached."""

    def __init__(self, tallies: Mapping[Cell, Tally], begins: Matrix) -> None:
        self.tallies = tallies
        self.ratings = {rating.cell: rating for rating in begins}
        self.order = {cell: n for n, cell in enumerate(self.ratings)}

    def reach(self, day: date, turns: Iterable[_Turn]) -> Iterator[Event]:
        """Go on to a day with its turns; an event if a cell changes."""
        shown = [turn for turn in turns if turn.cell in self.order]
        for turn in shown:
            tally = self.tallies[turn.cell]
            if turn.what is What.STARTS:
                tally.add(turn.place, turn.statement, turn.instrument)
            else:
                tally.remove(turn.place, turn.statement)
        touched = sorted({turn.cell for turn in shown}, key=self.order.__getitem__)
        changes = tuple(filter(None, map(self._rate, touched)))
        if changes:
            yield Event(day, self._causes(shown, changes), changes)

    def _rate(self, cell: Cell) -> Change | None:
        before, after = self.ratings[cell], self.tallies[cell].rate()
        self.ratings[cell] = after
        return compare_ratings(before, after)

    def _causes(self, turns: Iterable[_Turn], changes: Iterable[Change]) -> tuple[Cause, ...]:
        # By what happens, so that a programme that ends in five cells is named once.
        changed = dict.fromkeys(change.cell for change in changes)
        cells: dict[tuple[int, What, Whose, str | None], list[Cell]] = defaultdict(list)
        for turn in turns:
            if turn.cell in changed and self.tallies[turn.cell].reaches(turn.statement):
                cells[turn.place, turn.what, turn.whose, turn.instrument].append(turn.cell)
        return tuple(
            Cause(id_, what, whose, tuple(sorted(named, key=self.order.__getitem__)))
            for (_, what, whose, id_), named in cells.items()
        )


def _eve(day: date | None) -> date:
    # Where nothing has a date, any day will do; before the first day of all there is none.
    return day - _DAY if day is not None and day > date.min else date.min


def _turns_by_day(dataset: Dataset, query: Query) -> dict[date, list[_Turn]]:
    turns: dict[date, list[_Turn]] = defaultdict(list)
    for place, instrument, cell, statement in _statements(dataset, query):
        starts, ends = period_of(instrument, statement)
        if starts and ends and ends < starts:
            continue
        id_ = instrument.id if instrument else None
        if starts is not None and starts > date.min:
            whose = _whose(instrument, starts == (instrument and instrument.starts))
            turns[starts].append(_Turn(place, What.STARTS, whose, id_, cell, statement))
        if ends is not None and ends < date.max:
            whose = _whose(instrument, ends == (instrument and instrument.ends))
            turns[ends + _DAY].append(_Turn(place, What.ENDS, whose, id_, cell, statement))
    return turns


def _statements(
    dataset: Dataset, query: Query
) -> Iterator[tuple[int, Instrument | None, Cell, Statement]]:
    for place, instrument in enumerate(dataset.instruments):
        if not why_not_counted(instrument, query):
            for cell, statement in instrument.covers.items():
                yield place, instrument, cell, statement
    for cell, statement in dataset.observations.items():
        if observation_counts(statement, query):
            yield len(dataset.instruments), None, cell, statement


def _whose(instrument: Instrument | None, is_instruments_own: bool) -> Whose:
    if instrument is None:
        return Whose.OBSERVATION
    return Whose.INSTRUMENT if is_instruments_own else Whose.COVER
