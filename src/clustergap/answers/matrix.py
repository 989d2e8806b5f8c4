"""The matrix: how every role is covered at every level."""

from collections.abc import Iterator, Mapping
from typing import Literal

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import (
    carried,
    gaps_in_words,
    headline,
    labels,
    level_names,
    meanings_in_words,
    query_in_words,
    role_names,
    source_in_words,
    worst_in_words,
)
from clustergap.answers.ratings import (
    marked_names,
    reasons_beside_word,
    share_in_words,
    short_notes,
)
from clustergap.answers.records import (
    CellRecord,
    Levels,
    QuestionRecord,
    Roles,
    SummaryRecord,
    axes,
    head,
)
from clustergap.document import Document, Grid, GridCell, NamedGrid, Origin, Row, Rows
from clustergap.model.cell import Cell
from clustergap.picture import Caption, MatrixPicture, PictureCell
from clustergap.text import count
from clustergap.theme import GAP_DEFINITION

COLUMNS = (
    "role", "level", "cell", "coverage", "instruments", "rests on", "covered", "partial", "of", "unknown",
    "missing", "notes", "as of",
)  # fmt: skip


class MatrixRecord(QuestionRecord):
    """How well each role is covered at each level."""

    schema_: Literal["clustergap/matrix@1"] = "clustergap/matrix@1"
    levels: Levels
    roles: Roles
    summary: SummaryRecord
    cells: tuple[CellRecord, ...]
    """Every cell shown, by role, then level."""


def document(answer: Matrix, origin: Origin) -> Document:
    """Show every role at every level, with as much of each cell as a medium has room for."""
    return _document(answer, origin, Grid)


def document_with_names(answer: Matrix, origin: Origin) -> Document:
    """Show the same, where there is little room with the names of the instruments instead of their number."""
    return _document(answer, origin, NamedGrid)


def rows(answer: Matrix) -> Rows:
    """Write every cell that is shown."""
    return Rows(COLUMNS, _rows(answer))


def picture(answer: Matrix, origin: Origin) -> MatrixPicture:
    """Show how each cell is covered, how much of it, and by what."""
    summary, asked = answer.summary(), query_in_words(answer.query)
    gaps = f"{summary.none} not covered and {summary.partial} partly covered"
    caption = Caption(
        answer.dataset.title,
        f"{gaps} of {count(summary.cells, 'cell')}, {asked}",
        (
            f"{GAP_DEFINITION} A name with ! is one without which the cell would be a gap.",
            source_in_words(answer.dataset, origin, asked),
        ),
        _description(answer, origin),
    )
    label = labels(answer)
    cells = tuple(
        tuple(
            _picture_cell(answer.ratings[Cell(role.id, level.id)], label)
            for level in answer.levels
        )
        for role in answer.roles
    )
    return MatrixPicture(
        caption,
        tuple(role.name for role in answer.roles),
        tuple(level.name for level in answer.levels),
        cells,
    )


def record(matrix: Matrix, origin: Origin) -> MatrixRecord:
    """Return ``clustergap/matrix@1``."""
    return MatrixRecord(**head(matrix, origin), **axes(matrix), cells=tuple(matrix))


def _document(matrix: Matrix, origin: Origin, kind: type[Grid]) -> Document:
    summary = matrix.summary()
    counts = {
        Coverage.FULL: summary.full,
        Coverage.PARTIAL: summary.partial,
        Coverage.NONE: summary.none,
        Coverage.UNKNOWN: summary.unknown,
    }
    label = labels(matrix)
    grid = kind(
        "Coverage by role and level",
        f"{gaps_in_words(matrix)} {worst_in_words(matrix)}".strip(),
        tuple(role.name for role in matrix.roles),
        tuple(level.name for level in matrix.levels),
        tuple(
            tuple(_cell(matrix.ratings[Cell(role.id, level.id)], label) for level in matrix.levels)
            for role in matrix.roles
        ),
        tuple(
            (coverage, number)
            for coverage, number in counts.items()
            if number or coverage is not Coverage.UNKNOWN
        ),
    )
    return Document(
        headline(matrix), (grid,), (meanings_in_words(matrix),), **carried(matrix, origin)
    )


def _cell(rating: Rating, label: Mapping[str, str]) -> GridCell:
    return GridCell(
        rating.coverage,
        len(rating.instruments),
        bool(rating.rests_on),
        share_in_words(rating.share),
        tuple(marked_names(rating, label)),
        tuple(short_notes(rating)),
        tuple(reasons_beside_word(rating)),
    )


def _description(matrix: Matrix, origin: Origin) -> str:
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    summary = matrix.summary()
    text = (
        f"{headline(matrix)}. {summary.full} full, {summary.partial} partial, {summary.none} none."
    )
    for coverage, words in ((Coverage.NONE, "Not covered"), (Coverage.PARTIAL, "Partly covered")):
        cells = [r.cell for r in matrix if r.coverage is coverage]
        if cells:
            text += (
                f" {words}: {'; '.join(f'{roles[c.role]} at {levels[c.level]}' for c in cells)}."
            )
    return f"{text} {origin.remark}".rstrip()


def _picture_cell(rating: Rating, label: Mapping[str, str]) -> PictureCell:
    where = "where is not said" if rating.where_not_said else ""
    names = ", ".join(marked_names(rating, label))
    details = (share_in_words(rating.share), *short_notes(rating), where, names)
    return PictureCell(rating.coverage, tuple(words for words in details if words))


def _rows(matrix: Matrix) -> Iterator[Row]:
    label = labels(matrix)
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    for rating in matrix:
        share = rating.share
        yield (
            roles[rating.cell.role],
            levels[rating.cell.level],
            str(rating.cell),
            rating.coverage,
            "; ".join(label[id_] for id_ in rating.instruments),
            "; ".join(label[id_] for id_ in rating.rests_on),
            *((share.covered, share.partial, share.of, share.unknown) if share else (None,) * 4),
            " ".join(share.missing) if share else None,
            "; ".join(rating.notes),
            matrix.query.as_of,
        )
