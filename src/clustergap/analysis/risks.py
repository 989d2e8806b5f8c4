"""Covered today, but fragile: which cells hang by a thread, end soon, or are covered in name only."""

import dataclasses
import enum
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from clustergap.analysis.cell_state import CellState
from clustergap.analysis.counting import (
    counted_statements,
    left_out,
    lines_of,
    period_of,
    statements_in_force,
    why_not_counted,
)
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix, cell_states
from clustergap.analysis.statement_events import DAY, EventKind, StatementEvent, events_by_day
from clustergap.analysis.timeline import Progress
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.dates import months_later
from clustergap.model.query import WITHIN
from clustergap.model.statement import Extent, Statement


class RiskKind(enum.StrEnum):
    """Why a cell is fragile.

    SINGLE: it rests on an instrument, a gap without it. ENDING: it is a gap soon, as instruments end.
    WINDING_DOWN: all that covers it in full has stopped committing, or does so soon.
    NO_FUNDING: all of its instruments are of kinds that give no money. CROWDED: many instruments serve it, of which those
    that are part of one count once.
    ONE_SIDED: some of its territories are covered in full, others not at all.
    """

    SINGLE = "single"
    ENDING = "ending"
    WINDING_DOWN = "winding-down"
    NO_FUNDING = "no-funding"
    CROWDED = "crowded"
    ONE_SIDED = "one-sided"


class Risk(NamedTuple):
    """One reason why one cell is fragile.

    Attributes:
        kind: The reason.
        rating: How the cell is rated today.
        instruments: Ids in file order: for SINGLE those without any one of which the cell is a gap, for ENDING those
            that end, for WINDING_DOWN those that cover it in full on that day, else all.
        loss: The part of the units that are full today which would be lost in the worst case, from 0 to 1.
        left: How the cell would be rated then; None if nothing is expected to end or be lost.
        territories: Codes of the territories that nothing would cover any more, if known, or that nothing covers
            today (ONE_SIDED).
        day: For ENDING, the first day on which the cell is a gap and a unit that is full today no longer is; for
            WINDING_DOWN, the first on which nothing that covers it in full takes new commitments, which may be past.
        again: The first day after that on which it is full again, if that is near too.
        by_observation: For ENDING, whether the end of an observation contributes.
        ends_with: For ENDING, of each of *instruments* the id of the one from which it has its last day; None: its own.
    """

    kind: RiskKind
    rating: Rating
    instruments: Sequence[str]
    loss: float = 0.0
    left: Rating | None = None
    territories: tuple[str, ...] = ()
    day: date | None = None
    again: date | None = None
    by_observation: bool = False
    ends_with: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Risks:
    """What is fragile among the cells that *matrix* shows; what would lose most first.

    ``until`` is the last day on which a gap that opens counts as near, None if the query has no day to count from;
    ``crowded`` is the number of instruments from which a cell is crowded.
    """

    matrix: Matrix
    risks: tuple[Risk, ...]
    until: date | None
    crowded: int

    @property
    def unjudged(self) -> tuple[RiskKind, ...]:
        """The kinds of risk that cannot be judged without a day, as far as the data can have them."""
        if self.until is not None:
            return ()
        can_wind_down = any(each.commits_until for each in self.matrix.dataset.instruments)
        return (RiskKind.ENDING, RiskKind.WINDING_DOWN) if can_wind_down else (RiskKind.ENDING,)


def horizon(day: date | None, months: int = WITHIN) -> date | None:
    """Return the last day that counts as near, *months* after the day of a query; None without a day."""
    return months_later(day, months) if day else None


def find_risks(
    matrix: Matrix, until: date | None, crowded: int, progress: Progress | None = None
) -> Risks:
    """Find what is fragile on the day of a matrix' query; without a day, all risks but ENDING and WINDING_DOWN.

    Sorted by what would be lost, then by kind, then by date; else in the matrix' order.

    Args:
        matrix: The cells to look at, rated on that day.
        until: The last day on which a gap that opens counts as near; None: endings are not judged.
        crowded: The number of instruments from which a cell is crowded.
        progress: Called with the days that have been processed.
    """
    order = {rating.cell: n for n, rating in enumerate(matrix)}
    states = cell_states(matrix.dataset, matrix.query)
    risks = [
        *_single(matrix, states),
        *(_ending(matrix, states, until, progress) if until else ()),
        *(_winding_down(matrix, until) if until else ()),
        *_no_funding(matrix),
        *_crowded(matrix, crowded),
        *_one_sided(matrix),
    ]
    kinds = list(RiskKind)
    risks.sort(
        key=lambda risk: (
            -risk.loss,
            kinds.index(risk.kind),
            risk.day or date.max,
            order[risk.rating.cell],
        )
    )
    return Risks(matrix, tuple(risks), until, crowded)


def _single(matrix: Matrix, states: Mapping[Cell, CellState]) -> Iterator[Risk]:
    places = matrix.dataset.instrument_places
    relations, without = matrix.dataset.relations, left_out(matrix.dataset, matrix.query)
    for rating in matrix:
        state, losses = states[rating.cell], []
        for id_ in rating.rests_on:
            going = relations.with_dependants(frozenset({id_}), without)
            lost = sorted(places[other] for other in going)
            losses.append(_without(matrix, state, rating.cell, lost))
        if losses:
            worst = max(losses, key=lambda loss: loss.units.bit_count())
            gone = reduce(or_, (loss.gone for loss in losses))
            yield Risk(
                RiskKind.SINGLE,
                rating,
                rating.rests_on,
                worst.units.bit_count() / state.full.bit_count(),
                worst.left,
                state.codes(gone) if rating.share or worst.left.share else (),
            )


class _Loss(NamedTuple):
    """A cell without an instrument: the units that are no longer full, those that nothing covers, its rating."""

    units: int
    gone: int
    left: Rating


def _without(matrix: Matrix, state: CellState, cell: Cell, places: Iterable[int]) -> _Loss:
    full, instruments = state.full, matrix.dataset.instruments
    counted = [
        (place, number, statement)
        for place in places
        if not why_not_counted(matrix.dataset, instruments[place], matrix.query)
        for number, statement in statements_in_force(
            instruments[place].covers.get(cell, ()), matrix.query, instruments[place]
        )
    ]
    for place, number, statement in counted:
        state.remove(place, statement, number)
    units = full & ~state.full
    loss = _Loss(units, units & ~state.stated, state.rate())
    for place, number, statement in counted:
        state.add(place, statement, instruments[place].id, number)
    return loss


def _ending(
    matrix: Matrix, states: Mapping[Cell, CellState], until: date, progress: Progress | None
) -> Iterator[Risk]:
    # This moves the states on to the last day: what needs today's states must come before.
    today = matrix.query.as_of
    covered = {
        rating.cell: _FullCell(rating, states[rating.cell])
        for rating in matrix
        if rating.coverage is Coverage.FULL
    }
    events = events_by_day(matrix.dataset, dataclasses.replace(matrix.query, as_of=None))
    days = sorted(day for day in events if today is not None and today < day <= until)
    for number, day in enumerate(days, 1):
        for cell, own_events in _by_cell(events[day], covered).items():
            covered[cell].advance(day, own_events)
        if progress is not None:
            progress(number, len(days))
    return (cell.risk for cell in covered.values() if cell.risk is not None)


def _by_cell(
    events: Iterable[StatementEvent], cells: Iterable[Cell]
) -> Mapping[Cell, Sequence[StatementEvent]]:
    by_cell: dict[Cell, list[StatementEvent]] = {}
    for event in events:
        if event.cell in cells:
            by_cell.setdefault(event.cell, []).append(event)
    return by_cell


class _FullCell:
    """A cell that is full today, followed day by day until it is a gap, and full again."""

    def __init__(self, today: Rating, state: CellState) -> None:
        self.today, self.state = today, state
        self.full = state.full
        self.ended: list[tuple[StatementEvent, int]] = []
        self.risk: Risk | None = None

    def advance(self, day: date, events: Iterable[StatementEvent]) -> None:
        for event in events:
            event.apply(self.state)
            if event.kind is EventKind.ENDS and event.statement.extent is Extent.FULL:
                units = self.state.rated_by(event.statement)
                self.ended.append((event, units))
        coverage = self.state.degree().coverage
        lost = self.full & ~self.state.full
        if self.risk is None and lost and coverage is not Coverage.FULL:
            self.risk = self._risk(day, self.state.rate(), lost)
        elif self.risk and not self.risk.again and coverage is Coverage.FULL:
            self.risk = self.risk._replace(again=day)

    def _risk(self, day: date, left: Rating, lost: int) -> Risk:
        # Statements that have ended by then and covered a lost unit in full.
        ended = {event.place: event for event, units in self.ended if units & lost}
        events = [event for _, event in sorted(ended.items()) if event.instrument]
        gone = lost & ~self.state.stated
        return Risk(
            RiskKind.ENDING,
            self.today,
            tuple(event.instrument or "" for event in events),
            lost.bit_count() / self.full.bit_count(),
            left,
            self.state.codes(gone) if self.today.share or left.share else (),
            day,
            by_observation=len(events) < len(ended),
            ends_with=tuple(event.ends_with for event in events),
        )


def _winding_down(matrix: Matrix, until: date) -> Iterator[Risk]:
    dataset, today = matrix.dataset, matrix.query.as_of
    stops = {
        place: instrument.commits_until + DAY
        for place, instrument in enumerate(dataset.instruments)
        if instrument.commits_until is not None and instrument.commits_until < date.max
    }
    if not stops or today is None:
        return
    cells = _coverers(matrix, stops, today)
    events = events_by_day(dataset, dataclasses.replace(matrix.query, as_of=None))
    stopping = _stopping_by_day(dataset, stops, cells)
    for day in sorted(day for day in events.keys() | stopping if today < day <= until):
        own_events, stopped = _by_cell(events.get(day, ()), cells), stopping.get(day, {})
        for cell in own_events.keys() | stopped:
            cells[cell].advance(day, stopped.get(cell, ()), own_events.get(cell, ()))
    for coverers in cells.values():
        yield from coverers.risks(dataset)


def _stopping_by_day(
    dataset: Dataset, stops: Mapping[int, date], cells: Collection[Cell]
) -> Mapping[date, Mapping[Cell, Sequence[int]]]:
    """Return the places of the instruments that stop committing on each day, by the cells that they cover."""
    stopping: defaultdict[date, defaultdict[Cell, list[int]]]
    stopping = defaultdict(lambda: defaultdict(list))
    for place, day in stops.items():
        for cell in dataset.instruments[place].covers:
            if cell in cells:
                stopping[day][cell].append(place)
    return stopping


def _coverers(
    matrix: Matrix, stops: Mapping[int, date], today: date
) -> Mapping[Cell, "_Coverers"]:
    """Return what covers each cell that is full today."""
    states = cell_states(matrix.dataset, matrix.query)
    cells = {
        rating.cell: _Coverers(rating, states[rating.cell], stops)
        for rating in matrix
        if rating.coverage is Coverage.FULL
    }
    timeless = dataclasses.replace(matrix.query, as_of=None)
    for place, _, instrument, cell, statement in counted_statements(matrix.dataset, timeless):
        if cell in cells and period_of(matrix.dataset, instrument, statement).holds(today):
            cells[cell].begin(place, statement, today)
    for coverers in cells.values():
        stopped = [stops[place] for place in coverers.statements if place in stops]
        coverers.look(max(stopped, default=today))
    return cells


class _Coverers:
    """The instruments that cover a cell in full on the day that has been reached, and which of them still take new commitments.

    *stops* are the first days on which they take none any more, by the place of the instrument.
    """

    def __init__(self, today: Rating, state: CellState, stops: Mapping[int, date]) -> None:
        self.today, self.state, self.stops = today, state, stops
        self.statements = Counter[int]()
        self.committing = set[int]()
        self.winding_down: tuple[date, list[int]] | None = None

    def begin(self, place: int, statement: Statement, day: date) -> None:
        if statement.extent is Extent.FULL and self.state.rated_by(statement):
            self.statements[place] += 1
            if place not in self.stops or day < self.stops[place]:
                self.committing.add(place)

    def end(self, place: int, statement: Statement) -> None:
        if statement.extent is Extent.FULL and self.state.rated_by(statement):
            self.statements[place] -= 1
            if not self.statements[place]:
                del self.statements[place]
                self.committing.discard(place)

    def advance(self, day: date, stopped: Iterable[int], events: Iterable[StatementEvent]) -> None:
        self.committing.difference_update(stopped)
        for event in events:
            event.apply(self.state)
            if event.kind is EventKind.ENDS:
                self.end(event.place, event.statement)
            else:
                self.begin(event.place, event.statement, day)
        self.look(day)

    def look(self, day: date) -> None:
        # The first such day, whatever comes later.
        is_found = self.winding_down is not None or not self.statements or self.committing
        if not is_found and self.state.degree().coverage is Coverage.FULL:
            self.winding_down = day, sorted(self.statements)

    def risks(self, dataset: Dataset) -> Iterator[Risk]:
        if self.winding_down is not None:
            day, places = self.winding_down
            ids = tuple(dataset.instruments[place].id for place in places)
            yield Risk(RiskKind.WINDING_DOWN, self.today, ids, day=day)


def _no_funding(matrix: Matrix) -> Iterator[Risk]:
    poor = {kind.id for kind in matrix.dataset.kinds if kind.funds is False}
    unfunded = {
        instrument.id for instrument in matrix.dataset.instruments if instrument.kind in poor
    }
    for rating in matrix:
        if rating.instruments and unfunded.issuperset(rating.instruments):
            yield Risk(RiskKind.NO_FUNDING, rating, rating.instruments)


def _crowded(matrix: Matrix, many: int) -> Iterator[Risk]:
    for rating in matrix:
        if len(lines_of(matrix.dataset, rating.instruments)) >= many:
            yield Risk(RiskKind.CROWDED, rating, rating.instruments)


def _one_sided(matrix: Matrix) -> Iterator[Risk]:
    for rating in matrix:
        share = rating.share
        if share and share.covered and share.missing:
            yield Risk(RiskKind.ONE_SIDED, rating, rating.instruments, territories=share.missing)
