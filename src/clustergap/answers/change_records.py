"""What the JSON documents of comparisons share: their two sides, and the cells that are not the same."""

from typing import Annotated

from pydantic import BeforeValidator

from clustergap.analysis.compare import ChangeKind
from clustergap.answers.records import (
    AnswerPart,
    CellCoverage,
    CellName,
    Count,
    DatasetRecord,
    InstrumentId,
    QueryRecord,
    ShareRecord,
)


class SideRecord(AnswerPart):
    """One side of a comparison."""

    dataset: DatasetRecord
    query: QueryRecord


class StateRecord(AnswerPart):
    """How a cell is covered, as comparisons see it."""

    coverage: CellCoverage
    instruments: tuple[InstrumentId, ...]
    """The instruments of the cell, in file order."""
    share: ShareRecord | None


class ChangeRecord(AnswerPart):
    """What happened to a cell."""

    cell: CellName
    before: StateRecord
    """How it was."""
    after: StateRecord
    """How it is."""
    kind: ChangeKind
    """What happened."""


class ComparedRecord(ChangeRecord):
    """What happened to a cell."""

    widened: Annotated[bool, BeforeValidator(bool)]
    """Whether it is closed or better, and a statement that named territories names none any more."""


class ChangeSummaryRecord(AnswerPart):
    """How many changes of each kind."""

    opened: Count
    """Of the kind opened."""
    closed: Count
    """Of the kind closed."""
    worse: Count
    """Of the kind worse."""
    better: Count
    """Of the kind better."""
    assessment: Count
    """Of the kind assessment."""
    changed: Count
    """Of the kind changed."""
