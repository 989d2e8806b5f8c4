"""Why a cell is rated as it is, and what an instrument does: every statement behind it, counted or not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from clustergap.analysis.closing import Closing, find_closing
from clustergap.analysis.counting import period_of, why_not_counted, why_not_stated
from clustergap.analysis.evidence import Evidence, evidence_for, evidence_naming
from clustergap.analysis.gaps import elsewhere
from clustergap.analysis.matrix import Matrix, Summary
from clustergap.analysis.rating import Rating
from clustergap.analysis.units import units_by_level
from clustergap.findings import DataPath, statement_path
from clustergap.model.cell import Cell
from clustergap.model.dataset import AcceptedGap, Dataset, Instrument, Statement
from clustergap.model.query import Query
from clustergap.model.record import SourceRef


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about a cell.

    ``instrument`` is None for an observation. ``starts`` and ``ends`` bound the days on which both the
    statement's and its instrument's dates hold. ``why_not``: why the query does not count it, or nothing.
    ``data_path``: where it stands.
    """

    cell: Cell
    instrument: Instrument | None
    statement: Statement
    starts: date | None
    ends: date | None
    why_not: str
    data_path: DataPath

    @property
    def sources(self) -> tuple[SourceRef, ...]:
        """The statement's own sources, else its instrument's."""
        inherited = self.instrument.sources if self.instrument else ()
        return self.statement.sources or inherited


@dataclass(frozen=True, slots=True)
class CellExplanation:
    """Everything behind the rating of one cell."""

    matrix: Matrix
    rating: Rating
    statements: tuple[Said, ...]
    same_role: tuple[Rating, ...]
    same_level: Summary
    evidence: tuple[Evidence, ...]
    accepted: AcceptedGap | None
    closing: Closing | None


@dataclass(frozen=True, slots=True)
class InstrumentExplanation:
    """Everything that one instrument does.

    ``opens``: the ratings of the cells that would be a gap without it; ``why_not``: why the query does not
    count it, or nothing.
    """

    matrix: Matrix
    instrument: Instrument
    data_path: DataPath
    why_not: str
    statements: tuple[Said, ...]
    opens: tuple[Rating, ...]
    evidence: tuple[Evidence, ...]


def explain_cell(matrix: Matrix, cell: Cell) -> CellExplanation:
    """Explain the rating of *cell* in a *matrix* of the whole dataset."""
    dataset, rating = matrix.dataset, matrix.ratings[cell]
    return CellExplanation(
        matrix,
        rating,
        statements_of(dataset, matrix.query, cell),
        elsewhere(matrix, cell),
        matrix.select((), (cell.level,)).summary(),
        evidence_for(dataset, cell, rating.instruments),
        dataset.accepted_gaps.get(cell),
        find_closing(matrix, cell),
    )


def statements_of(dataset: Dataset, query: Query, cell: Cell) -> tuple[Said, ...]:
    """Return every statement about a *cell*, in file order, and why a *query* leaves it out.

    A query without ``as_of`` leaves none out for its dates.
    """
    witness = _Witness(dataset, query)
    covers = [
        said
        for index, instrument in enumerate(dataset.instruments)
        if cell in instrument.covers
        for said in witness.covers(index, cell)
    ]
    return (*covers, *witness.observations(cell))


def explain_instrument(matrix: Matrix, instrument_id: str) -> InstrumentExplanation:
    """Explain what an instrument of the *matrix*' dataset does."""
    dataset, witness = matrix.dataset, _Witness(matrix.dataset, matrix.query)
    index = next(i for i, one in enumerate(dataset.instruments) if one.id == instrument_id)
    instrument = dataset.instruments[index]
    return InstrumentExplanation(
        matrix,
        instrument,
        ("instruments", index),
        why_not_counted(instrument, matrix.query),
        tuple(said for cell in instrument.covers for said in witness.covers(index, cell)),
        tuple(rating for rating in matrix.ratings.values() if instrument_id in rating.rests_on),
        evidence_naming(dataset, instrument_id),
    )


class _Witness:
    """Tells of each statement whether a query counts it."""

    def __init__(self, dataset: Dataset, query: Query) -> None:
        self.dataset, self.query = dataset, query
        self.units = units_by_level(self.dataset, self.query.place)

    def covers(self, index: int, cell: Cell) -> Iterator[Said]:
        instrument = self.dataset.instruments[index]
        why_not = why_not_counted(instrument, self.query)
        holder: DataPath = ("instruments", index, "covers")
        return self.say(cell, instrument, instrument.covers[cell], holder, why_not)

    def observations(self, cell: Cell) -> Iterator[Said]:
        observed = self.dataset.observations.get(cell, ())
        why_not = "an observation is of no kind" if self.query.kinds else ""
        return self.say(cell, None, observed, ("observations",), why_not)

    def say(
        self,
        cell: Cell,
        instrument: Instrument | None,
        statements: Sequence[Statement],
        holder: DataPath,
        why_not: str,
    ) -> Iterator[Said]:
        for number, statement in enumerate(statements):
            yield Said(
                cell,
                instrument,
                statement,
                *period_of(instrument, statement),
                why_not or self.why_not(cell, statement),
                statement_path(holder, cell, number, len(statements)),
            )

    def why_not(self, cell: Cell, statement: Statement) -> str:
        units = self.units[cell.level]
        ended = why_not_stated(statement, self.query)
        if ended:
            return ended
        if not units.shown:
            return f"{self.query.place} is no territory of this level"
        if statement.territories is not None and not units.of(statement.territories) & units.shown:
            return (
                f"elsewhere than in {self.query.place}"
                if self.query.place
                else "leaves out every territory"
            )
        return ""
