"""The days on which statements begin to hold and no longer hold, by their own dates and their instruments'."""

import enum
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from clustergap.analysis.coverage import CellState
from clustergap.analysis.matrix import observation_counts, period_of, why_not_counted
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Statement
from clustergap.model.query import Query

DAY = timedelta(days=1)


class What(enum.StrEnum):
    """What a statement does on a day. It ENDS on the first day on which it no longer holds."""

    STARTS = "starts"
    ENDS = "ends"


class Whose(enum.StrEnum):
    """Whose date it is: the instrument's, that of one of its covers, or that of an observation."""

    INSTRUMENT = "instrument"
    COVER = "cover"
    OBSERVATION = "observation"


class Turn(NamedTuple):
    """A statement that begins to hold on a day, or no longer holds.

    ``place`` is its instrument's in file order, ``number`` its own among what that one says of the cell;
    ``instrument`` an id, None for an observation, whose place is behind all instruments'.
    """

    place: int
    number: int
    what: What
    whose: Whose
    instrument: str | None
    cell: Cell
    statement: Statement

    def apply(self, tally: CellState) -> None:
        """Count the statement in its cell's tally from now on, or no longer."""
        if self.what is What.STARTS:
            tally.add(self.place, self.statement, self.instrument, self.number)
        else:
            tally.remove(self.place, self.statement, self.number)


def turns_by_day(dataset: Dataset, query: Query) -> Mapping[date, Sequence[Turn]]:
    """Say what turns on each day, in file order; the days are in none.

    Args:
        dataset: A dataset without errors.
        query: What counts, on whatever day: its ``as_of`` is None.
    """
    turns: dict[date, list[Turn]] = defaultdict(list)
    for place, number, instrument, cell, statement in _statements(dataset, query):
        starts, ends = period_of(instrument, statement)
        if starts and ends and ends < starts:
            continue  # it never holds
        id_ = instrument.id if instrument else None
        # What has held since the first of all days never begins, and nothing comes after the last.
        if starts is not None and starts > date.min:
            whose = _whose(instrument, is_its_own=starts == (instrument and instrument.starts))
            turns[starts].append(Turn(place, number, What.STARTS, whose, id_, cell, statement))
        if ends is not None and ends < date.max:
            whose = _whose(instrument, is_its_own=ends == (instrument and instrument.ends))
            turns[ends + DAY].append(Turn(place, number, What.ENDS, whose, id_, cell, statement))
    return dict(turns)


def _statements(
    dataset: Dataset, query: Query
) -> Iterator[tuple[int, int, Instrument | None, Cell, Statement]]:
    for place, instrument in enumerate(dataset.instruments):
        if not why_not_counted(instrument, query):
            for cell, statements in instrument.covers.items():
                for number, statement in enumerate(statements):
                    yield place, number, instrument, cell, statement
    for cell, statements in dataset.observations.items():
        for number, statement in enumerate(statements):
            if observation_counts(statement, query):
                yield len(dataset.instruments), number, None, cell, statement


def _whose(instrument: Instrument | None, *, is_its_own: bool) -> Whose:
    if instrument is None:
        return Whose.OBSERVATION
    return Whose.INSTRUMENT if is_its_own else Whose.COVER
