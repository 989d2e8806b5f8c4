"""Why a cell is rated as it is, and what an instrument does: every statement behind it, counted or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from clustergap.analysis.counting import why_not_counted, why_not_stated
from clustergap.analysis.evidence import Evidence, evidence_for, evidence_naming
from clustergap.analysis.gaps import elsewhere
from clustergap.analysis.matrix import Matrix, Rating, Summary
from clustergap.analysis.units import Units
from clustergap.findings import DataPath
from clustergap.model.cell import Cell
from clustergap.model.dataset import AcceptedGap, Instrument, Statement
from clustergap.model.source import SourceRef


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


@dataclass(frozen=True, slots=True)
class InstrumentExplanation:
    """Everything that one instrument does.

    ``opens``: the ratings of the cells that would be open without it; ``why_not``: why the query does not
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
        tuple(_said_of(matrix, cell)),
        elsewhere(matrix, cell),
        matrix.select((), (cell.level,)).summary(),
        evidence_for(dataset, cell, rating.instruments),
        dataset.accepted_gaps.get(cell),
    )


def explain_instrument(matrix: Matrix, instrument_id: str) -> InstrumentExplanation:
    """Explain what an instrument of the *matrix*' dataset does."""
    dataset = matrix.dataset
    index = next(i for i, one in enumerate(dataset.instruments) if one.id == instrument_id)
    instrument = dataset.instruments[index]
    return InstrumentExplanation(
        matrix,
        instrument,
        ("instruments", index),
        why_not_counted(instrument, matrix.query),
        tuple(_said_by(matrix, index, cell) for cell in instrument.covers),
        tuple(rating for rating in matrix.ratings.values() if instrument_id in rating.rests_on),
        evidence_naming(dataset, instrument_id),
    )


def _said_of(matrix: Matrix, cell: Cell) -> Iterator[Said]:
    dataset, query = matrix.dataset, matrix.query
    for index, instrument in enumerate(dataset.instruments):
        if cell in instrument.covers:
            yield _said_by(matrix, index, cell)
    if cell in dataset.observations:
        statement = dataset.observations[cell]
        why_not = (
            "an observation is of no kind" if query.kinds else why_not_stated(statement, query)
        )
        path = ("observations", str(cell))
        why_not = why_not or _why_not_here(matrix, cell, statement)
        yield Said(cell, None, statement, statement.starts, statement.ends, why_not, path)


def _said_by(matrix: Matrix, index: int, cell: Cell) -> Said:
    instrument = matrix.dataset.instruments[index]
    statement = instrument.covers[cell]
    starts = [day for day in (instrument.starts, statement.starts) if day]
    ends = [day for day in (instrument.ends, statement.ends) if day]
    return Said(
        cell,
        instrument,
        statement,
        max(starts, default=None),
        min(ends, default=None),
        _why_not(matrix, instrument, cell, statement),
        ("instruments", index, "covers", str(cell)),
    )


def _why_not(matrix: Matrix, instrument: Instrument, cell: Cell, statement: Statement) -> str:
    query = matrix.query
    return (
        why_not_counted(instrument, query)
        or why_not_stated(statement, query)
        or _why_not_here(matrix, cell, statement)
    )


def _why_not_here(matrix: Matrix, cell: Cell, statement: Statement) -> str:
    level = next(level for level in matrix.dataset.levels if level.id == cell.level)
    units = Units(level, matrix.query.place)
    if not units.shown:
        return f"{matrix.query.place} is no territory of this level"
    if statement.territories is not None and not units.of(statement.territories) & units.shown:
        return f"elsewhere than in {matrix.query.place}"
    return ""
