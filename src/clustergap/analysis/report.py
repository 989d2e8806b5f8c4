"""All answers in one result: on the day of the query, and for the gap map on every day on which something changes.

The gap map says how each cell is covered on each of these days, for each kind of instrument, and why.
"""

import dataclasses
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from clustergap.analysis.caveats import Caveats, CaveatsOverTime
from clustergap.analysis.cell_state import CellState
from clustergap.analysis.counting import why_not_counted
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.explain import StatementRecord, statements_of
from clustergap.analysis.followed_state import lost_and_gained
from clustergap.analysis.gaps import Gaps, find_gaps
from clustergap.analysis.matrix import Matrix, followed_states
from clustergap.analysis.needs import Needs, find_needs
from clustergap.analysis.risks import Risks, find_risks, horizon
from clustergap.analysis.statement_events import DAY, events_by_day
from clustergap.analysis.swot import (
    Evidence,
    EvidenceFinder,
    SwotView,
    build_swot,
    narrowed,
)
from clustergap.analysis.timeline import Event, Progress, Timeline, build_timeline, find_next_loss
from clustergap.analysis.units import units_by_level
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import CROWDED, Query
from clustergap.reference.territories import country_of


@dataclass(frozen=True, slots=True)
class FullReport:
    """All answers about the cells that *matrix* shows, for a workbook, slides or a note.

    Attributes:
        matrix: The cells that are shown.
        gaps: The cells that are not covered, or only partly.
        needs: The gaps as needs, with their evidence.
        risks: The cells that are covered, but fragile.
        swot: The items that name the roles and levels that are shown.
        loss: The next day on which something ends and one of the cells is covered less; None if none is near.
    """

    matrix: Matrix
    gaps: Gaps
    needs: Needs
    risks: Risks
    swot: SwotView
    loss: Event | None

    @property
    def is_narrowed(self) -> bool:
        """Whether not all roles and levels are shown."""
        return any(narrowed(self.matrix))


def build_full_report(matrix: Matrix, progress: Progress | None = None) -> FullReport:
    """Answer everything about the cells that a matrix shows, on its day.

    Args:
        matrix: The rated cells; those that are not shown still count for ``elsewhere``.
        progress: Called with the days that have been processed.
    """
    return FullReport(
        matrix,
        find_gaps(matrix),
        find_needs(matrix),
        find_risks(matrix, horizon(matrix.query.as_of), CROWDED, progress),
        build_swot(matrix, *narrowed(matrix)),
        find_next_loss(matrix),
    )


Coverages = tuple[Coverage, ...]


class LevelPlaces(NamedTuple):
    """The codes of the units of a level in a query's place, in the level's order, and of the tiles that stand for them.

    A tile is a country, whose units it holds, or a place of the dataset's own that lies in none.
    """

    units: tuple[str, ...]
    tiles: tuple[str, ...]


class Snapshot(NamedTuple):
    """How a cell is covered on a day, the SWOT's evidence for it, and how it is covered in each place of its level.

    ``is_observed``: whether an observation counts. Of an instrument of the cell each statement about it counts, of others
    none, and so with observations; ``exceptions`` are those of which this is not true, by their indices in
    ``GapMap.statements``. ``units`` and ``tiles`` hold one coverage for each place, as ``--in`` with that place would rate
    the cell.
    """

    rating: Rating
    is_observed: bool
    exceptions: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    units: Coverages
    tiles: Coverages

    @property
    def leaves_open_where(self) -> bool:
        """Whether the places that are unknown are so because something is said to be somewhere, but not where."""
        return self.rating.where_not_said and not _COVERED.intersection(self.units)


_COVERED = frozenset((Coverage.FULL, Coverage.PARTIAL))


class SnapshotSpan(NamedTuple):
    """The snapshot of a cell from one stop until the stop of the next span."""

    stop: int
    snapshot: Snapshot


Spans = Mapping[Cell, tuple[SnapshotSpan, ...]]


@dataclass(frozen=True, slots=True)
class Snapshots:
    """The snapshots of the cells of the roles that are shown, at all levels.

    Attributes:
        matrix: The cells to begin with.
        stops: The days in order of time: the day before the first change, those on which a cell that is shown
            changes or an instrument stops committing, and that of the matrix. None comes first if the matrix ignores dates.
        kinds: Ids of the kinds of instruments by which the query can be narrowed; first None: not narrowed.
        spans: The spans of each cell, for each of *kinds* in its order.
        caveats: What a reader must know of the cells that are shown, at each stop, for each of *kinds*.
        places: The places of each level, by its id.
    """

    matrix: Matrix
    stops: tuple[date | None, ...]
    kinds: tuple[str | None, ...]
    spans: tuple[Spans, ...]
    caveats: tuple[tuple[Caveats, ...], ...]
    places: Mapping[str, LevelPlaces]

    @property
    def start(self) -> int:
        """The index of the stop that is the matrix' own day."""
        return self.stops.index(self.matrix.query.as_of)

    def at(self, kind: int, stop: int, cell: Cell) -> Snapshot:
        """Look up how a cell is covered; *kind* and *stop* are indices."""
        spans = self.spans[kind][cell]
        return spans[bisect_left(spans, stop + 1, key=lambda span: span.stop) - 1].snapshot


@dataclass(frozen=True, slots=True)
class GapMap:
    """What is covered, what is missing and why, on the day of the query and on every other day, as the page shows it.

    Attributes:
        matrix: The cells that are shown, on the day of the query.
        snapshots: The same cells on every day on which something changes.
        timeline: What causes the changes.
        statements: All statements about each of these cells; none is left out for its dates.
        swot: The items that name the roles and levels that are shown.
    """

    matrix: Matrix
    snapshots: Snapshots
    timeline: Timeline
    statements: Mapping[Cell, tuple[StatementRecord, ...]]
    swot: SwotView


def build_gap_map(matrix: Matrix, progress: Progress | None = None) -> GapMap:
    """Answer everything about the cells that a matrix shows, on every day.

    Args:
        matrix: The rated cells, on the day of the query.
        progress: Called after each kind of instrument by which the query can be narrowed.
    """
    timeless = dataclasses.replace(matrix.query, as_of=None)
    timeline = build_timeline(matrix)
    quiet = frozenset(event.date for event in timeline.events if not event.changes)
    return GapMap(
        matrix,
        build_snapshots(matrix, progress, quiet),
        timeline,
        {rating.cell: statements_of(matrix.dataset, timeless, rating.cell) for rating in matrix},
        build_swot(matrix, *narrowed(matrix)),
    )


def build_snapshots(
    matrix: Matrix, progress: Progress | None = None, quiet: frozenset[date] = frozenset()
) -> Snapshots:
    """Take every snapshot of the cells that a matrix shows.

    As in a timeline, a cell is rated again only on the days on which one of its statements begins or has ended: the time
    is linear in the statements, however many days and kinds there are.

    Args:
        matrix: Shows the cells, under the query.
        progress: Called after each kind.
        quiet: Days to stop at although no cell changes.
    """
    kinds = _kinds(matrix)
    builder = _HistoryBuilder(matrix)
    histories = []
    for number, kind in enumerate(kinds, 1):
        counted_kinds = (kind,) if kind is not None else matrix.query.kinds
        histories.append(builder.build(dataclasses.replace(matrix.query, kinds=counted_kinds)))
        if progress is not None:
            progress(number, len(kinds))
    stops = _stops(matrix, histories, quiet)
    spans = tuple(
        {cell: tuple(_spans(days, stops)) for cell, days in history.snapshots.items()}
        for history in histories
    )
    caveats = tuple(tuple(map(history.caveats.at, stops)) for history in histories)
    places = {level: rater.places for level, rater in builder.raters.items()}
    return Snapshots(matrix, stops, kinds, spans, caveats, places)


class _History(NamedTuple):
    """The snapshots of each cell by the day from which they are valid, and the caveats of the cells that are shown.

    None: dates ignored, date.min: before all days.
    """

    snapshots: Mapping[Cell, Mapping[date | None, Snapshot]]
    caveats: CaveatsOverTime


class _HistoryBuilder:
    """Takes the snapshots of the cells of the roles that are shown, under one query after another."""

    def __init__(self, matrix: Matrix) -> None:
        self.dataset, self.shown = matrix.dataset, [rating.cell for rating in matrix]
        self.roles = {role.id for role in matrix.roles}
        self.speakers = _Speakers(matrix)
        self.raters = _raters_by_level(matrix.dataset, matrix.query.place)
        self.finder = EvidenceFinder(matrix.dataset)
        self.instruments_in_swot = self.finder.instruments
        self.evidence: dict[tuple[Cell, tuple[str, ...]], tuple[Evidence, ...]] = {}

    def build(self, query: Query) -> _History:
        """Rate the cells before all days, and on each day on which they change."""
        history: dict[Cell, dict[date | None, Snapshot]] = defaultdict(dict)
        timeless = dataclasses.replace(query, as_of=None)
        if query.as_of is None:
            self.keep_changes(history, None, followed_states(self.dataset, timeless))
        states = followed_states(self.dataset, dataclasses.replace(query, as_of=date.min))
        self.keep_changes(history, date.min, states)
        shown = {cell: states[cell] for cell in self.shown}
        caveats = CaveatsOverTime(self.dataset, timeless, shown)
        for day, events in sorted(events_by_day(self.dataset, timeless).items()):
            for event in events:
                event.apply(states[event.cell])
            self.keep_changes(history, day, {event.cell: states[event.cell] for event in events})
            steps = {(one.cell, one.place, one.number): -1 if one.is_end else 1 for one in events}
            caveats.advance(day, steps)
        return _History(history, caveats)

    def keep_changes(
        self,
        history: dict[Cell, dict[date | None, Snapshot]],
        day: date | None,
        states: Mapping[Cell, CellState],
    ) -> None:
        """Take snapshots of cells, and keep those that differ from the one before."""
        for cell, state in states.items():
            if cell.role in self.roles:
                snapshots = history[cell]
                before = next(reversed(snapshots.values()), None)
                snapshot = self.take_snapshot(cell, state, before)
                if snapshot != before:
                    snapshots[day] = snapshot

    def take_snapshot(self, cell: Cell, state: CellState, before: Snapshot | None) -> Snapshot:
        """Rate a cell, the whole and place by place; *before*: its last snapshot."""
        rating = state.rate()
        evidence = self.evidence_of(rating, before)
        exceptions = self.speakers.exceptions(cell, state, rating)
        places = self.raters[cell.level].rate(state)
        return Snapshot(rating, state.is_observed, exceptions, evidence, *places)

    def evidence_of(self, rating: Rating, before: Snapshot | None) -> tuple[Evidence, ...]:
        """Return the SWOT's evidence for a cell, looked up once for all snapshots that share the instruments it names."""
        in_swot = self.instruments_in_swot
        if before is not None:
            differing = chain(*lost_and_gained(before.rating, rating))
            if not any(id_ in in_swot for id_ in differing):
                return before.evidence
        cell, named = rating.cell, tuple([id_ for id_ in rating.instruments if id_ in in_swot])
        if (cell, named) not in self.evidence:
            self.evidence[cell, named] = self.finder.find(cell, named)
        return self.evidence[cell, named]


class _Speakers:
    """Knows who makes which statement about the cells that are shown: of each the place in file order and the number."""

    def __init__(self, matrix: Matrix) -> None:
        instruments, observations = matrix.dataset.instruments, matrix.dataset.observations
        self._ids = (*(instrument.id for instrument in instruments), None)
        self._indices: dict[Cell, dict[tuple[int, int], int]] = {
            rating.cell: {} for rating in matrix
        }
        self._several = set[Cell]()
        speakers = (*(instrument.covers for instrument in instruments), observations)
        for place, statements_by_cell in enumerate(speakers):
            for cell, statements in statements_by_cell.items():
                indices = self._indices.get(cell)
                if indices is not None:
                    for number in range(len(statements)):
                        indices[place, number] = len(indices)
                    if len(statements) > 1:
                        self._several.add(cell)

    def exceptions(self, cell: Cell, state: CellState, rating: Rating) -> tuple[int, ...]:
        """Return the indices of the statements that count although their speaker is none of the cell's, or the other way round.

        Only where one makes several of a cell, or one may leave open what it does not rate.
        """
        indices, share = self._indices.get(cell, {}), rating.share
        is_open = rating.where_not_said or (share is not None and share.unknown > 0)
        if cell not in self._several and not is_open:
            return ()
        speakers = {*rating.instruments, *([None] if state.is_observed else [])}
        behind = state.behind()
        return tuple(
            index
            for (place, number), index in indices.items()
            if ((place, number) in behind) is not (self._ids[place] in speakers)
        )


def _kinds(matrix: Matrix) -> tuple[str | None, ...]:
    # Only kinds of instruments that cover something and may count, in the order of the vocabulary, else of the file.
    query = dataclasses.replace(matrix.query, as_of=None)
    used = {
        instrument.kind: None
        for instrument in matrix.dataset.instruments
        if instrument.kind and instrument.covers
        if not why_not_counted(matrix.dataset, instrument, query)
    }
    known = [kind.id for kind in matrix.dataset.kinds if kind.id in used] or list(used)
    return (None, *known) if len(known) > 1 else (None,)


def _stops(
    matrix: Matrix, histories: list[_History], quiet: frozenset[date]
) -> tuple[date | None, ...]:
    cells = {rating.cell for rating in matrix}
    changes = {
        day
        for history in histories
        for cell, snapshots in history.snapshots.items()
        if cell in cells
        for day in snapshots
        if day is not None and day > date.min
    }
    changes |= quiet
    eve = {min(changes) - DAY} if changes else set()
    as_of = matrix.query.as_of
    if as_of is None:
        return None, *sorted(changes | eve)
    return tuple(sorted({as_of} | changes | eve))


def _spans(
    days: Mapping[date | None, Snapshot], stops: tuple[date | None, ...]
) -> Iterator[SnapshotSpan]:
    dated = [stop for stop in stops if stop is not None]
    undated = len(stops) - len(dated)
    by_stop: dict[int, Snapshot] = {}
    for day, snapshot in days.items():
        by_stop[0 if day is None else undated + bisect_left(dated, day)] = snapshot
    for stop, snapshot in by_stop.items():
        if stop < len(stops):
            yield SnapshotSpan(stop, snapshot)


class _PlaceRater:
    """Rates the cells of a level place by place; each place is a set of units in the query's place."""

    __slots__ = ("_known", "_of_tiles", "_of_units", "places")

    def __init__(self, units: Mapping[str, int], tiles: Mapping[str, int]) -> None:
        self.places = LevelPlaces(tuple(units), tuple(tiles))
        self._of_units, self._of_tiles = tuple(units.values()), tuple(tiles.values())
        self._known: dict[object, tuple[Coverages, Coverages]] = {}

    def rate(self, state: CellState) -> tuple[Coverages, Coverages]:
        """Rate a cell of the level in each unit and in each tile, as ``--in`` that place would.

        States that cover the same units are rated once.
        """
        outline = state.outline
        if outline not in self._known:
            self._known[outline] = (
                state.rate_places(self._of_units),
                state.rate_places(self._of_tiles),
            )
        return self._known[outline]


def _raters_by_level(dataset: Dataset, place: str | None) -> dict[str, _PlaceRater]:
    """Return a rater for each level under a query's place, by the level's id; a level without territories has no places."""
    raters = {}
    for id_, units in units_by_level(dataset, place).items():
        codes = units.codes_of(units.selected) if units.is_located else ()
        tiles = dict.fromkeys(country_of(code) or code for code in codes)
        raters[id_] = _PlaceRater(
            {code: units.named(code) for code in codes},
            {code: units.named(code) & units.selected for code in tiles},
        )
    return raters
