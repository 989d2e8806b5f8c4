"""Why a cell is rated as it is, and what an instrument does: every statement about it, whether it counts or not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from clustergap.analysis.caveats import Caveats, Undated, caveats_of
from clustergap.analysis.cell_state import CellState
from clustergap.analysis.counting import (
    Dependant,
    Period,
    dependants_on,
    period_of,
    statements_in_force,
    why_not_counted,
    why_not_in_force,
    why_not_stated,
)
from clustergap.analysis.coverage import Rating
from clustergap.analysis.gaps import elsewhere
from clustergap.analysis.matrix import Matrix, Summary, cell_states
from clustergap.analysis.swot import Evidence, EvidenceFinder, evidence_naming
from clustergap.analysis.units import LevelUnits, units_by_level
from clustergap.findings import DataPath, statement_path
from clustergap.model.cell import Cell
from clustergap.model.dataset import AcceptedGap, Dataset, Instrument
from clustergap.model.places import Except, Territories
from clustergap.model.query import Query
from clustergap.model.record import SourceRef
from clustergap.model.relations import InheritedEnd
from clustergap.model.statement import Extent, Statement
from clustergap.reference.territories import ancestors, listed_name


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """One statement about a cell.

    ``instrument`` is None for an observation. ``period``: the days on which both the statement and its instrument are
    in force. ``why_not``: why the query does not count it; empty if it does.
    ``data_path``: where it is in the data files.
    """

    cell: Cell
    instrument: Instrument | None
    statement: Statement
    period: Period
    why_not: str
    data_path: DataPath

    def is_seen_later(self, day: date | None) -> bool:
        """Tell whether it does not count on a *day* only because it was first seen later."""
        period = self.period
        is_known_only_since = self.why_not == why_not_in_force(period, day) and period.is_seen
        return is_known_only_since and period._replace(starts=None).holds(day)

    @property
    def sources(self) -> tuple[SourceRef, ...]:
        """The statement's own sources, else its instrument's."""
        inherited = self.instrument.sources if self.instrument else ()
        return self.statement.sources or inherited


class Closing(NamedTuple):
    """A cover that would close a cell's gap and change nothing else: a full one, for the units that are not full.

    Attributes:
        is_located: Whether it must name territories: without them it would count in the whole level.
        territories: Its territories; None if several are missing and none is covered in full: only the author knows which.
        is_named: Whether an instrument has a cover of the cell already; then another instrument must have it.
        holders: The instruments after which it could be written: those of the cell, else of its role, else all.
        contradicts: The observations that call the cell partial or none and would be wrong.
    """

    is_located: bool
    territories: Territories | None
    is_named: bool
    holders: tuple[DataPath, ...]
    contradicts: tuple[DataPath, ...]


@dataclass(frozen=True, slots=True)
class CellExplanation:
    """Everything behind the rating of one cell."""

    matrix: Matrix
    rating: Rating
    statements: tuple[StatementRecord, ...]
    same_role: tuple[Rating, ...]
    same_level: Summary
    evidence: tuple[Evidence, ...]
    accepted: AcceptedGap | None
    closing: Closing | None

    @property
    def data_paths(self) -> tuple[DataPath, ...]:
        """Where all that is said of it is written."""
        return tuple(record.data_path for record in self.statements)

    def caveats(self) -> Caveats:
        """Say what a reader must know of this cell alone."""
        cell = self.rating.cell
        return self.matrix.select((cell.role,), (cell.level,)).caveats()


@dataclass(frozen=True, slots=True)
class InstrumentExplanation:
    """Everything that one instrument does.

    ``opens``: the ratings of the cells that would be a gap without it. ``why_not``: why the query does not
    count it; empty if it does. ``dependants``: what is part of it or paid by it. ``inherited_end``: its last day, if another has
    it as its own.
    """

    matrix: Matrix
    instrument: Instrument
    data_path: DataPath
    why_not: str
    dependants: tuple[Dependant, ...]
    inherited_end: InheritedEnd | None
    statements: tuple[StatementRecord, ...]
    opens: tuple[Rating, ...]
    evidence: tuple[Evidence, ...]

    @property
    def data_paths(self) -> tuple[DataPath, ...]:
        """Where it, and all that is said of it, is written."""
        return (self.data_path, *(record.data_path for record in self.statements))

    def caveats(self) -> Caveats:
        """Say what a reader must know of the instrument's own statements."""
        asked = self.matrix.query.as_of
        counted = [record.period for record in self.statements if not record.why_not]
        undated = Undated(
            no_first_day=sum(period.starts is None for period in counted),
            seen_later=sum(record.is_seen_later(asked) for record in self.statements),
            no_last_day=sum(period.ends is None for period in counted),
        )
        return caveats_of(self.matrix.dataset, asked, undated)


def explain_cell(matrix: Matrix, cell: Cell) -> CellExplanation:
    """Explain the rating of *cell* in a *matrix* of the whole dataset."""
    dataset, rating = matrix.dataset, matrix.ratings[cell]
    return CellExplanation(
        matrix,
        rating,
        statements_of(dataset, matrix.query, cell),
        elsewhere(matrix, cell),
        matrix.select((), (cell.level,)).summary(),
        EvidenceFinder(dataset).find(cell, rating.instruments),
        dataset.accepted_gaps.get(cell),
        find_closing(matrix, cell),
    )


def explain_instrument(matrix: Matrix, instrument_id: str) -> InstrumentExplanation:
    """Explain what an instrument of the *matrix*' dataset does."""
    dataset, reader = matrix.dataset, StatementReader(matrix.dataset, matrix.query)
    index = dataset.instrument_places[instrument_id]
    instrument = dataset.instruments[index]
    hanging = dataset.relations.direct_dependants(instrument_id)
    return InstrumentExplanation(
        matrix,
        instrument,
        ("instruments", index),
        why_not_counted(dataset, instrument, matrix.query),
        tuple(dependants_on(dataset, frozenset({instrument_id}), hanging)),
        dataset.relations.inherited_ends.get(instrument.id),
        tuple(record for cell in instrument.covers for record in reader.covers(index, cell)),
        tuple(rating for rating in matrix.ratings.values() if instrument_id in rating.rests_on),
        evidence_naming(dataset, instrument_id),
    )


def statements_of(dataset: Dataset, query: Query, cell: Cell) -> tuple[StatementRecord, ...]:
    """Return every statement about a *cell*, in file order, each with the reason why a *query* leaves it out.

    A query without ``as_of`` leaves none out for its dates.
    """
    return tuple(StatementReader(dataset, query).about((cell,)))


class StatementReader:
    """Reads statements from a dataset, each with why a query does not count it."""

    def __init__(self, dataset: Dataset, query: Query) -> None:
        self.dataset, self.query = dataset, query
        self.units = units_by_level(self.dataset, self.query.place)

    @cached_property
    def states(self) -> Mapping[Cell, CellState]:
        """The cells with the statements that count."""
        return cell_states(self.dataset, self.query)

    def about(self, cells: Iterable[Cell]) -> Iterator[StatementRecord]:
        """Read every statement about some cells: by cell, in file order, observations last."""
        for cell in cells:
            for index, instrument in enumerate(self.dataset.instruments):
                if cell in instrument.covers:
                    yield from self.covers(index, cell)
            yield from self.observations(cell)

    def covers(self, index: int, cell: Cell) -> Iterator[StatementRecord]:
        """Read what an instrument, by its place in the dataset, says of a cell."""
        instrument = self.dataset.instruments[index]
        why_not = why_not_counted(self.dataset, instrument, self.query)
        holder: DataPath = ("instruments", index, "covers")
        return self._records(cell, instrument, instrument.covers[cell], holder, why_not)

    def observations(self, cell: Cell) -> Iterator[StatementRecord]:
        """Read what is observed of a cell."""
        statements = self.dataset.observations.get(cell, ())
        why_not = "an observation is of no kind" if self.query.kinds else ""
        return self._records(cell, None, statements, ("observations",), why_not)

    def _records(
        self,
        cell: Cell,
        instrument: Instrument | None,
        statements: Sequence[Statement],
        holder: DataPath,
        why_not: str,
    ) -> Iterator[StatementRecord]:
        for number, statement in enumerate(statements):
            yield StatementRecord(
                cell,
                instrument,
                statement,
                period_of(self.dataset, instrument, statement),
                why_not or self._why_not(cell, instrument, statement),
                statement_path(holder, cell, number, len(statements)),
            )

    def _why_not(self, cell: Cell, instrument: Instrument | None, statement: Statement) -> str:
        units = self.units[cell.level]
        ended, place = why_not_stated(statement, self.query, instrument), self.query.place_in_words
        if ended:
            return ended
        if not units.selected:
            return f"{place} is no place of this level"
        if self.states[cell].depends_on(statement):
            return ""
        if units.says_not_where(statement):
            return f"does not say whether in {place}"
        return f"elsewhere than in {place}" if place else "leaves out every territory"


def find_closing(matrix: Matrix, cell: Cell) -> Closing | None:
    """Find the cover that would close a cell's gap under the matrix' query; None if the cell has no gap."""
    if not matrix.ratings[cell].coverage.is_gap:
        return None
    dataset, query = matrix.dataset, matrix.query
    units = units_by_level(dataset, query.place)[cell.level]
    state = cell_states(dataset, query)[cell]
    # If nothing is assessed, and a statement says "not everywhere", any unit would do.
    lacking = state.lacking or units.selected
    is_known = bool(state.full) or lacking.bit_count() == 1
    observations = dataset.observations.get(cell, ())
    partly = [
        statement_path(("observations",), cell, number, len(observations))
        for number, statement in statements_in_force(observations, query)
        if statement.extent is not Extent.FULL
        if statement.territories is None or units.of(statement.territories) & lacking
    ]
    return Closing(
        units.is_located,
        shortest(units, lacking) if units.is_located and is_known else None,
        any(cell in instrument.covers for instrument in dataset.instruments),
        tuple(("instruments", n) for n in _holders(dataset, cell)),
        tuple(partly),
    )


def shortest(units: LevelUnits, wanted: int) -> Territories:
    """Write the *wanted* units in as few codes as possible: those codes, or all except the others."""
    named = _codes(units, wanted)
    others = _codes(units, units.all & ~wanted)
    return Except(**{"except": others}) if others and len(others) < len(named) else named


def _codes(units: LevelUnits, wanted: int) -> tuple[str, ...]:
    # A country or region stands for the units in it, if all of them are wanted and there are several.
    codes: dict[str, None] = {}
    for code in units.codes_of(wanted):
        around = reversed(ancestors(code))
        codes[next((area for area in around if _is_within(units, area, wanted)), code)] = None
    return tuple(codes)


def _is_within(units: LevelUnits, code: str, wanted: int) -> bool:
    # Nobody may know what the beginning of a dataset's own code stands for.
    inside = units.named(code)
    return listed_name(code) is not None and inside & ~wanted == 0 and inside.bit_count() > 1


def _holders(dataset: Dataset, cell: Cell) -> Iterable[int]:
    of_cell, of_role = [], []
    for n, instrument in enumerate(dataset.instruments):
        if cell in instrument.covers:
            of_cell.append(n)
        elif any(covered.role == cell.role for covered in instrument.covers):
            of_role.append(n)
    return of_cell or of_role or range(len(dataset.instruments))
