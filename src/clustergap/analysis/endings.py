"""Which cells become a gap soon, as what covers them ends."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.rating import Coverage, Rating
from clustergap.analysis.tally import Tally
from clustergap.analysis.timeline import Progress
from clustergap.analysis.turns import Turn, What, turns_by_day
from clustergap.model.cell import Cell
from clustergap.model.dataset import Extent


class Ending(NamedTuple):
    """A cell that is full today and becomes a gap on a later day, as something that covers it ends.

    Attributes:
        today: How it is rated today.
        left: How it is rated on that day.
        day: The first day on which it is not full, and a unit that is full today is not.
        again: The first day after that on which it is full again; None: none that was looked at.
        ended: What has ended by then and covered such a unit in full: ids in file order, None for an observation.
        loss: The part of the units that are full today which are not on that day, above 0 to 1.
        gone: The codes of those which nothing covers then, not even in part; none where nobody said where.
    """

    today: Rating
    left: Rating
    day: date
    again: date | None
    ended: tuple[str | None, ...]
    loss: float
    gone: tuple[str, ...]


def find_endings(
    matrix: Matrix,
    tallies: Mapping[Cell, Tally],
    until: date,
    progress: Progress | None = None,
) -> tuple[Ending, ...]:
    """Find the cells that become a gap on a day after the matrix' own, in the matrix' order.

    Args:
        matrix: The cells to look at; its query has a day.
        tallies: Of each cell, on that day; they are taken on to the last day.
        until: The last day to look at.
        progress: Told after each day.
    """
    today = matrix.query.as_of
    watched = {
        rating.cell: _Watched(rating, tallies[rating.cell])
        for rating in matrix
        if rating.coverage is Coverage.FULL
    }
    turns = turns_by_day(matrix.dataset, dataclasses.replace(matrix.query, as_of=None))
    days = sorted(day for day in turns if today is not None and today < day <= until)
    for number, day in enumerate(days, 1):
        for cell, its_turns in _by_cell(turns[day], watched).items():
            watched[cell].reach(day, its_turns)
        if progress is not None:
            progress(number, len(days))
    return tuple(one.ending for one in watched.values() if one.ending is not None)


def _by_cell(turns: Iterable[Turn], watched: Iterable[Cell]) -> Mapping[Cell, Sequence[Turn]]:
    cells: dict[Cell, list[Turn]] = {}
    for turn in turns:
        if turn.cell in watched:
            cells.setdefault(turn.cell, []).append(turn)
    return cells


class _Watched:
    """A cell that is full today, on the day that has been reached."""

    def __init__(self, today: Rating, tally: Tally) -> None:
        self.today, self.tally = today, tally
        self.full = tally.full
        self.ended: list[tuple[int, str | None, int]] = []
        self.ending: Ending | None = None

    def reach(self, day: date, turns: Iterable[Turn]) -> None:
        for turn in turns:
            turn.apply(self.tally)
            if turn.what is What.ENDS and turn.statement.extent is Extent.FULL:
                units = self.tally.rated_by(turn.statement)
                self.ended.append((turn.place, turn.instrument, units))
        left = self.tally.rate()
        lost = self.full & ~self.tally.full
        if self.ending is None and lost and left.coverage is not Coverage.FULL:
            self.ending = self._end(day, left, lost)
        elif self.ending and not self.ending.again and left.coverage is Coverage.FULL:
            self.ending = self.ending._replace(again=day)

    def _end(self, day: date, left: Rating, lost: int) -> Ending:
        ended = sorted({(place, id_ or "") for place, id_, units in self.ended if units & lost})
        return Ending(
            self.today,
            left,
            day,
            None,
            tuple(id_ or None for _, id_ in ended),
            lost.bit_count() / self.full.bit_count(),
            self.tally.codes(lost & ~self.tally.stated) if self.today.share or left.share else (),
        )
