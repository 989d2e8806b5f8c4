"""Coverage over the years: every day on which a cell changes, and because of what."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from clustergap.analysis.compare import Change, compare_ratings
from clustergap.analysis.coverage import CellState, Coverage, Rating
from clustergap.analysis.matrix import Matrix, Summary, cell_states, summarise
from clustergap.analysis.turns import DAY, Turn, What, Whose, turns_by_day
from clustergap.model.cell import Cell
from clustergap.model.query import Query

Progress = Callable[[int, int], None]
"""Told of how much is done, of how much."""


class Cause(NamedTuple):
    """Why cells change on a day. ``instrument`` is an id, None for an observation."""

    instrument: str | None
    what: What
    whose: Whose
    cells: tuple[Cell, ...]


class Event(NamedTuple):
    """A day on which cells change, against the day before; causes and changes in file order.

    ``then`` counts all cells that are shown, as they are on that day.
    """

    date: date
    because: tuple[Cause, ...]
    changes: tuple[Change, ...]
    then: Summary


class Span(NamedTuple):
    """Days in a row on which a cell is covered equally well, with as many units of which nobody knows.

    ``starts`` is None for the first span of all.
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
        begins: How the cells are on the day before the first one that is looked at.
        query: The question; it has no day of its own.
        first: The first day that is looked at; None: the first in the data.
        last: The last day that is looked at; None: the last in the data.
        events: In the order of time.
    """

    begins: Matrix
    query: Query
    first: date | None
    last: date | None
    events: tuple[Event, ...]

    def spans(self) -> Mapping[Cell, tuple[Span, ...]]:
        """Say of every cell that is shown how well it is covered from when on, and how much of it is unknown."""
        spans = {rating.cell: [_span(None, rating)] for rating in self.begins}
        for event in self.events:
            for change in event.changes:
                last, here = spans[change.cell][-1], _span(event.date, change.after)
                if here._replace(starts=last.starts) != last:
                    spans[change.cell].append(here)
        return {cell: tuple(found) for cell, found in spans.items()}


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
    turns = turns_by_day(dataset, timeless)
    days = sorted(day for day in turns if (first or day) <= day <= (last or day))
    known = [day for day in (min(turns, default=None), last) if day is not None]
    eve = _eve(first or min(known, default=dataset.as_of))
    query = dataclasses.replace(timeless, as_of=eve)
    tallies = cell_states(dataset, query)
    ratings = {cell: tally.rate() for cell, tally in tallies.items()}
    begins = dataclasses.replace(shown, query=query, ratings=ratings)
    sweep, events = _Sweep(tallies, begins), list[Event]()
    for number, day in enumerate(days, 1):
        events += sweep.reach(day, turns[day])
        if progress is not None:
            progress(number, len(days))
    return Timeline(begins, timeless, first, last, tuple(events))


class _Sweep:
    """The cells that are shown, on the day that has been reached."""

    def __init__(self, tallies: Mapping[Cell, CellState], begins: Matrix) -> None:
        self.tallies = tallies
        self.ratings = {rating.cell: rating for rating in begins}
        self.order = {cell: n for n, cell in enumerate(self.ratings)}
        self.counts = Counter(rating.coverage for rating in begins)

    def reach(self, day: date, turns: Iterable[Turn]) -> Iterator[Event]:
        """Go on to a day with its turns; an event if a cell changes."""
        shown = [turn for turn in turns if turn.cell in self.order]
        for turn in shown:
            turn.apply(self.tallies[turn.cell])
        touched = sorted({turn.cell for turn in shown}, key=self.order.__getitem__)
        changes = tuple(filter(None, map(self._rate, touched)))
        if changes:
            yield Event(day, self._causes(shown, changes), changes, summarise(self.counts))

    def _rate(self, cell: Cell) -> Change | None:
        before, after = self.ratings[cell], self.tallies[cell].rate()
        self.ratings[cell] = after
        self.counts[before.coverage] -= 1
        self.counts[after.coverage] += 1
        return compare_ratings(before, after)

    def _causes(self, turns: Iterable[Turn], changes: Iterable[Change]) -> tuple[Cause, ...]:
        changed = dict.fromkeys(change.cell for change in changes)
        reaching = [turn for turn in turns if turn.cell in changed and self._reaches(turn)]
        # What reaches no unit that is shown may still say that somebody knows where.
        unexplained = changed.keys() - {turn.cell for turn in reaching}
        reaching += [turn for turn in turns if turn.cell in unexplained]
        # By what happens, so that a programme that ends in five cells is named once.
        cells: dict[tuple[int, What, Whose, str | None], set[Cell]] = defaultdict(set)
        for turn in reaching:
            cells[turn.place, turn.what, turn.whose, turn.instrument].add(turn.cell)
        return tuple(
            Cause(id_, what, whose, tuple(sorted(named, key=self.order.__getitem__)))
            for (_, what, whose, id_), named in sorted(cells.items(), key=lambda row: row[0][0])
        )

    def _reaches(self, turn: Turn) -> bool:
        return self.tallies[turn.cell].reaches(turn.statement)


def _eve(day: date | None) -> date:
    # Where nothing has a date, any day will do; before the first day of all there is none.
    return day - DAY if day is not None and day > date.min else date.min
