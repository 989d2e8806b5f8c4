"""The days on which statements begin and end, and on which instruments stop committing: the causes of whatever changes."""

import dataclasses
import enum
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from clustergap.analysis.cell_state import CellState
from clustergap.analysis.counting import counted_statements, period_of, why_not_counted
from clustergap.analysis.matrix import Matrix, cell_states
from clustergap.analysis.units import LevelUnits, units_by_level
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument
from clustergap.model.query import Query
from clustergap.model.statement import Statement

DAY = timedelta(days=1)


class EventKind(enum.StrEnum):
    """What a statement or an instrument does on a day.

    A statement ENDS on the first day on which it is no longer in force, and an instrument STOPS_COMMITTING on the first on
    which it takes no new commitments: until it ends it winds down, which changes no cell. SEEN: a statement has no first
    day, but somebody saw it in force on that day.
    """

    STARTS = "starts"
    SEEN = "seen"
    ENDS = "ends"
    STOPS_COMMITTING = "stops-committing"


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

    @property
    def is_end(self) -> bool:
        """Whether the statement is no longer in force."""
        return self.kind is EventKind.ENDS

    def apply(self, state: CellState) -> None:
        """Add the statement to its cell's state, or remove it."""
        if self.is_end:
            state.remove(self.place, self.statement, self.number)
        else:
            state.add(self.place, self.statement, self.instrument, self.number)


def events_by_day(dataset: Dataset, query: Query) -> Mapping[date, Sequence[StatementEvent]]:
    """Return what begins and ends on each day, in file order; the days are not sorted.

    Args:
        dataset: A dataset without errors.
        query: What counts, on any day: its ``as_of`` is None.
    """
    events: dict[date, list[StatementEvent]] = defaultdict(list)
    inherited_ends = dataset.relations.inherited_ends
    for place, number, instrument, cell, statement in counted_statements(dataset, query):
        period = period_of(dataset, instrument, statement)
        starts, ends = period.starts, period.ends
        if period.is_empty:
            continue
        id_ = instrument.id if instrument else None
        # What is in force from date.min on never begins, and nothing comes after date.max.
        if starts is not None and starts > date.min:
            kind = EventKind.SEEN if period.is_seen else EventKind.STARTS
            own_day = instrument and (instrument.seen if period.is_seen else instrument.starts)
            subject = _subject(instrument, is_its_own=starts == own_day)
            events[starts].append(
                StatementEvent(place, number, kind, subject, id_, cell, statement)
            )
        if ends is not None and ends < date.max:
            inherited = inherited_ends.get(id_) if id_ and inherited_ends else None
            last_day = inherited.day if inherited else instrument and instrument.ends
            subject = _subject(instrument, is_its_own=ends == last_day)
            ends_with = inherited.owner if inherited and ends == last_day else None
            events[ends + DAY].append(
                StatementEvent(
                    place, number, EventKind.ENDS, subject, id_, cell, statement, ends_with
                )
            )
    return dict(events)


def commitment_ends(matrix: Matrix) -> Mapping[date, Sequence[str]]:
    """Return which instruments take no new commitments from a day on but have not ended, by id in file order.

    They count under the matrix' query on some day, and they or what hangs on them concern a cell that it shows.
    """
    dataset, timeless = matrix.dataset, dataclasses.replace(matrix.query, as_of=None)
    stopping = [
        (instrument.id, instrument.commits_until + DAY)
        for instrument in dataset.instruments
        if instrument.commits_until is not None
        if instrument.commits_until < (dataset.relations.end_of(instrument) or date.max)
        if not why_not_counted(dataset, instrument, timeless)
    ]
    if not stopping:
        return {}
    shown, units = {rating.cell for rating in matrix}, units_by_level(dataset, timeless.place)
    serving = {
        instrument.id
        for _, _, instrument, cell, statement in counted_statements(dataset, timeless)
        if instrument and cell in shown and _concerns(statement, units[cell.level])
    }
    carriers = dataset.relations.carriers(serving)
    ends: defaultdict[date, list[str]] = defaultdict(list)
    for id_, day in stopping:
        if id_ in carriers:
            ends[day].append(id_)
    return dict(ends)


class Ending(NamedTuple):
    """A statement's instrument that ends for some cells on a day; ``instrument`` None: an observation.

    ``reaches``: it concerns units that are shown. ``is_end`` is False for what begins on the same day, which may explain a change
    better than an end that concerns none.
    """

    instrument: str | None
    reaches: bool
    is_end: bool
    cells: tuple[Cell, ...]


def endings_by_day(matrix: Matrix) -> Mapping[date, tuple[Ending, ...]]:
    """Return on each day what ends, in file order, for the cells that a matrix shows: the causes of losses, for any kind."""
    dataset, timeless = matrix.dataset, dataclasses.replace(matrix.query, as_of=None)
    states, shown = cell_states(dataset, timeless), {rating.cell for rating in matrix}
    found: dict[date, tuple[Ending, ...]] = {}
    for day, events in events_by_day(dataset, timeless).items():
        cells: defaultdict[tuple[int, str | None, bool, bool], list[Cell]] = defaultdict(list)
        for event in events:
            if event.cell in shown:
                reaches = states[event.cell].reaches(event.statement)
                cells[event.place, event.instrument, reaches, event.is_end].append(event.cell)
        is_all_explained = all(reaches for _, _, reaches, is_end in cells if is_end)
        endings = tuple(
            Ending(id_, reaches, is_end, tuple(dict.fromkeys(own)))
            for (_, id_, reaches, is_end), own in sorted(cells.items(), key=lambda row: row[0][0])
            if is_end or (reaches and not is_all_explained)
        )
        if any(ending.is_end for ending in endings):
            found[day] = endings
    return found


def _concerns(statement: Statement, units: LevelUnits) -> bool:
    named = statement.territories
    return bool(units.selected if named is None else units.selected & units.of(named))


def _subject(instrument: Instrument | None, *, is_its_own: bool) -> Subject:
    if instrument is None:
        return Subject.OBSERVATION
    return Subject.INSTRUMENT if is_its_own else Subject.COVER
