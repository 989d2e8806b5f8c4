"""How well each role is covered at each level."""

from typing import Literal

from clustergap.analysis.matrix import Matrix
from clustergap.answers.records import (
    CellRecord,
    Levels,
    QuestionRecord,
    Roles,
    SummaryRecord,
    axes,
    head,
)
from clustergap.document import Origin


class MatrixRecord(QuestionRecord):
    """How well each role is covered at each level."""

    schema_: Literal["clustergap/matrix@1"] = "clustergap/matrix@1"
    levels: Levels
    roles: Roles
    summary: SummaryRecord
    cells: tuple[CellRecord, ...]
    """Every cell shown, by role, then level."""


def record(matrix: Matrix, origin: Origin) -> MatrixRecord:
    """Return ``clustergap/matrix@1``."""
    return MatrixRecord(**head(matrix, origin), **axes(matrix), cells=tuple(matrix))
