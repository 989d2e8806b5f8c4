"""The matrix: how every role is covered at every level."""

from collections.abc import Iterator
from typing import Literal

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import (
    Names,
    coverage_counts,
    gaps_in_words,
    headline,
    meanings_in_words,
    names_of,
    worst_in_words,
)
from clustergap.answers.provenance import provenance
from clustergap.answers.ratings import (
    WritePlaces,
    is_unsaid,
    marked_names,
    not_said,
    reasons_beside_word,
    share_columns,
    share_in_words,
    short_notes,
    write_codes,
)
from clustergap.answers.records import CellRecord, CellsRecord, cells_head
from clustergap.document import Document, Grid, GridCell, NamedGrid, Row, Rows
from clustergap.origin import Origin

HEADER = (
    "role", "level", "cell", "coverage", "instruments", "rests on", "covered", "partial", "of", "unknown",
    "missing", "notes", "as of",
)  # fmt: skip


def document(answer: Matrix, origin: Origin) -> Document:
    """Show every role at every level, with as much of each cell as the format has room for."""
    return _document(answer, origin, Grid)


def document_with_names(answer: Matrix, origin: Origin) -> Document:
    """Show the same, but where there is little room, name the instruments instead of counting them."""
    return _document(answer, origin, NamedGrid)


def _document(matrix: Matrix, origin: Origin, kind: type[Grid]) -> Document:
    meanings = (meanings_in_words(matrix),)
    return Document(
        headline(matrix), (grid(matrix, kind),), meanings, **provenance(matrix, origin)
    )


def grid(matrix: Matrix, kind: type[Grid] = Grid) -> Grid:
    """Return the cells that are shown, with all that a format may have room for."""
    names = names_of(matrix)
    return kind(
        "Coverage by role and level",
        f"{gaps_in_words(matrix)} {worst_in_words(matrix)}".strip(),
        tuple(role.name for role in matrix.roles),
        tuple(level.name for level in matrix.levels),
        tuple(tuple(_cell(each, names) for each in ratings) for _, ratings in matrix.by_role()),
        coverage_counts(rating.coverage for rating in matrix),
    )


def _cell(rating: Rating, names: Names) -> GridCell:
    return GridCell(
        rating.coverage,
        len(rating.instruments),
        bool(rating.rests_on),
        tuple(filter(None, (share_in_words(rating.share),))),
        tuple(marked_names(rating, names)),
        (*short_notes(rating), *(not_said(rating) if rating.coverage is Coverage.UNKNOWN else ())),
        tuple(reasons_beside_word(rating, names.places)),
        is_unsaid(rating),
    )


def rows(answer: Matrix) -> Rows:
    """Write every cell that is shown."""
    named = names_of(answer).places.list_with_codes
    return Rows(HEADER, _rows(answer, write_codes), _rows(answer, named))


def _rows(matrix: Matrix, write: WritePlaces) -> Iterator[Row]:
    names = names_of(matrix)
    for rating in matrix:
        yield (
            *names.cell_columns(rating.cell),
            rating.coverage,
            "; ".join(names.list_instruments(rating.instruments)),
            "; ".join(names.list_instruments(rating.rests_on)),
            *share_columns(rating.share, write),
            "; ".join(rating.notes),
            matrix.query.as_of,
        )


# The JSON document


class MatrixRecord(CellsRecord):
    """How well each role is covered at each level."""

    schema_: Literal["clustergap/matrix@1"] = "clustergap/matrix@1"
    cells: tuple[CellRecord, ...]
    """Every cell shown, by role, then level."""


def record(answer: Matrix, origin: Origin) -> MatrixRecord:
    """Return ``clustergap/matrix@1``."""
    return MatrixRecord(**cells_head(answer, origin), cells=tuple(answer))
